"""Search in the passages, alike on both engines: a passage is found where it holds a phrase, folded, as it stands.

Words in scripts that separate them must match from their beginning; Chinese phrases may stand anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from itertools import zip_longest

from sqlalchemy import Connection, RowMapping, text

from open1540.store.records import Found

_SILENT = re.compile("[\x00\ud800-\udfff\u0640\u064b-\u0652\u0670\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad]")
_LETTERS = str.maketrans({"ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "’": "'", "‘": "'"})
_WIDE = re.compile(r"[\u2e80-\u9fff]")
SNIPPET = 90
SHORTEST_TRIGRAM = 3


def folded(written: str) -> str:
    """A text as it is searched: small letters, no accents, no kashida, one kind of apostrophe, single blanks."""
    letters = _SILENT.sub("", written.lower().translate(_LETTERS))
    decomposed = unicodedata.normalize("NFKD", letters).lower()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", plain)).strip()


def search(
    connection: Connection,
    phrases: Sequence[str],
    languages: Iterable[str] | None,
    limit: int,
    among: Set[str] | None = None,
) -> list[Found]:
    """Passages that hold any of the phrases, each once: one of each language after the other, so that none hides another.

    Arguments:
        phrases: the user's words first, then other names of the same topic; within a language their passages come in this order.
        languages: restrict to documents in these; None for all.
        limit: most passages returned.
        among: ids of the documents searched; None for all.
    """
    wanted = set(languages) if languages else None
    found: dict[str, dict[int, Found]] = {}
    for phrase in phrases:
        needle = folded(phrase)
        if not needle:
            continue
        for row in _candidates(connection, needle):
            if (wanted is None or row["language"] in wanted) and (among is None or row["document_id"] in among):
                held = found.setdefault(row["language"], {})
                if row["id"] not in held and len(held) < limit and holds(row["searched"], needle):
                    held[row["id"]] = _found(row, needle, phrase)
    turns = zip_longest(*(held.values() for held in found.values()))
    return [passage for turn in turns for passage in turn if passage][:limit]


def holds(searched: str, needle: str) -> bool:
    """Whether a folded text holds a folded phrase, at the beginning of a word where the script has words."""
    if _WIDE.search(needle):
        return needle in searched
    at = searched.find(needle)
    while at >= 0:
        before = searched[at - 1 : at]
        if not before.isalnum() or _is_arabic_prefix(searched, at):
            return True
        at = searched.find(needle, at + 1)
    return False


def _is_arabic_prefix(searched: str, at: int) -> bool:
    """Arabic writes and, by, to and the article together with the word."""
    word = searched[:at].rsplit(" ", 1)[-1]
    return len(word) <= 3 and bool(word) and set(word) <= set("وفبلكا")


_JOINED = """
    SELECT p.id, p.document_id, p.number, p.start, p."end", p.text, p.searched, d.name, d.language, d.symbol
    FROM passages p JOIN documents d ON d.id = p.document_id
"""
_BY_TRIGRAM = text(_JOINED + "WHERE p.id IN (SELECT rowid FROM trigrams WHERE trigrams MATCH :wanted) ORDER BY p.id")  # noqa: S608 - constants only
_BY_LIKE = text(_JOINED + "WHERE p.searched LIKE :wanted ESCAPE '!' ORDER BY p.id")


def _candidates(connection: Connection, needle: str) -> Iterable[RowMapping]:
    """Passages that may hold the phrase, by this engine's index; every one that does is among them."""
    if connection.dialect.name == "sqlite" and len(needle) >= SHORTEST_TRIGRAM:
        quoted = '"' + needle.replace('"', '""') + '"'
        return connection.execute(_BY_TRIGRAM, {"wanted": quoted}).mappings()
    escaped = needle.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return connection.execute(_BY_LIKE, {"wanted": f"%{escaped}%"}).mappings()


def _found(row: RowMapping, needle: str, phrase: str) -> Found:
    at = max(row["searched"].find(needle), 0)
    first = max(0, at - SNIPPET // 2)
    snippet = row["text"][first : first + SNIPPET + len(needle)]
    shown = ("…" if first else "") + snippet + ("…" if first + len(snippet) < len(row["text"]) else "")
    return Found(
        row["document_id"],
        row["name"],
        row["language"],
        row["symbol"],
        row["number"],
        row["start"],
        row["end"],
        shown,
        phrase,
    )
