"""Finds the words of a vocabulary in a text, all at once: names, topics, cues.

Texts and labels are compared folded: letter case, kinds of apostrophe, hyphen and blank, kashida and vowel signs make no
difference. Every hit carries offsets into the text as it was given.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import ahocorasick
import msgspec

LONG = 20_000
_Match = tuple[int, int, tuple[tuple[str, str], ...]]

# Letters that Arabic writes together with the word that follows: and, so, by, to, as, the, and their unions.
ARABIC_PREFIXES = frozenset(
    ["و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "فال", "بال", "كال", "ول", "وب", "وك", "فل", "فب", "ولل", "وبال"]
)
_FOLDS = (
    ("’‘ʼ`´", "'"),
    ("\u00a0\u202f\u2009\u3000\n", " "),
    ("\u2010\u2011\u2012", "-"),
    ("أإآٱ", "ا"),
    ("ى", "ي"),
    ("ة", "ه"),
    ("ё", "е"),
    ("（", "("),
    ("）", ")"),
)
_FOLDED_ASCII = tuple((sign, folded) for signs, folded in _FOLDS for sign in signs if sign.isascii())
_FOLDED = tuple((sign, folded) for signs, folded in _FOLDS for sign in signs)
_SILENT = re.compile("[\u0640\u064b-\u0652\u0670\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad]")


class Hit(msgspec.Struct, frozen=True, order=True, gc=False):
    """A label found: half-open offsets, the value it stands for and the label's kind."""

    start: int
    end: int
    value: str
    kind: str


class Lexicon:
    """A vocabulary of one language, ready to be searched for.

    Arguments:
        labels: (label, value, kind). A label may stand for several values.
        language: decides about word boundaries: none in Chinese, attached prefixes in Arabic.
    """

    def __init__(self, labels: Iterable[tuple[str, str, str]], language: str) -> None:
        """Build the automaton; costs about a microsecond for each character of the labels."""
        self._spaced = language != "zh"
        self._prefixed = language == "ar"
        entries: dict[str, list[tuple[str, str]]] = {}
        for label, value, kind in labels:
            folded = _SILENT.sub("", fold(label)).strip()
            if folded and all(value != known for known, _ in entries.setdefault(folded, [])):
                entries[folded].append((value, kind))
        self._automaton = ahocorasick.Automaton()
        for label, meanings in entries.items():
            self._automaton.add_word(label, (len(label), tuple(meanings)))
            if self._prefixed and label.startswith("ال") and (merged := _after_lam(label)) not in entries:
                self._automaton.add_word(merged, (len(label) - 2, tuple(meanings)))
        self._empty = not entries
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """Hits in text order that do not overlap: of those that would, the one that starts first, then the longest."""
        # Matches come in the order of their ends, so the longest at each place comes last and stays.
        longest = {start: (end, meanings) for start, end, meanings in self._matches(text)}
        found: list[Hit] = []
        free = 0
        for start in sorted(longest):
            if start >= free:
                free, meanings = longest[start]
                for value, kind in meanings:
                    found.append(Hit(start, free, value, kind))
        return found

    def find_all(self, text: str) -> list[Hit]:
        """Every hit in text order, also those inside longer ones."""
        return [
            Hit(start, end, value, kind)
            for start, end, meanings in sorted(self._matches(text), key=_widest_first)
            for value, kind in meanings
        ]

    def _matches(self, text: str) -> list[_Match]:
        """Start, end and meanings of every label found, in the order of their ends."""
        if self._empty:
            return []
        folded, places = _prepared_once(text) if len(text) > LONG else _prepared(text)
        hits = self._automaton.iter(folded)
        if not self._spaced:
            found = [(last + 1 - length, last + 1, meanings) for last, (length, meanings) in hits]
        else:
            # A blank at the end stands behind the last letter, and by index -1 before the first.
            padded = folded + " "
            found = [
                (last + 1 - length, last + 1, meanings)
                for last, (length, meanings) in hits
                if not (padded[last - length].isalnum() or padded[last + 1].isalnum())
                or self._is_word(folded, last + 1 - length, last + 1)
            ]
        if places is None:
            return found
        return [(places[start], places[end - 1] + 1, meanings) for start, end, meanings in found]

    def _is_word(self, text: str, start: int, end: int) -> bool:
        if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            return False
        if start == 0 or not text[start - 1].isalnum() or not text[start].isalnum():
            return True
        return self._prefixed and _prefix_before(text, start) in ARABIC_PREFIXES


def _widest_first(match: _Match) -> tuple[int, int]:
    return match[0], -match[1]


def fold(text: str) -> str:
    """The text with differences that carry no meaning taken away; as long as it was."""
    folded = in_small_letters(text)
    # One replacement after another is many times as fast as a table, because most signs do not occur at all.
    for sign, meant in _FOLDED_ASCII if folded.isascii() else _FOLDED:
        folded = folded.replace(sign, meant)
    return folded


def in_small_letters(text: str) -> str:
    """The text in small letters, but for the few letters that would become two; as long as it was."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _prepared(text: str) -> tuple[str, list[int] | None]:
    """The folded text without silent signs, and the place of each letter where some were taken out."""
    folded = fold(text)
    return _without_silent(folded) if _SILENT.search(folded) else (folded, None)


@lru_cache(maxsize=2)
def _prepared_once(text: str) -> tuple[str, list[int] | None]:
    """The same for a whole document, which every vocabulary searches in turn."""
    return _prepared(text)


def _after_lam(label: str) -> str:
    """An Arabic name with the article, as it is written after the preposition "to": the article loses its alif."""
    rest = label[2:]
    return ("ل" if rest.startswith("ل") else "لل") + rest


def _prefix_before(text: str, start: int) -> str:
    first = start
    while first > 0 and text[first - 1].isalpha() and start - first <= 4:
        first -= 1
    return text[first:start]


def _without_silent(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for silent in _SILENT.finditer(text):
        parts.append(text[at : silent.start()])
        places.extend(range(at, silent.start()))
        at = silent.end()
    return "".join((*parts, text[at:])), [*places, *range(at, len(text))]
