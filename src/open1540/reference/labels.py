"""Labels in six languages, as every table of names keeps them: id, language, label, kind."""

import unicodedata
from collections.abc import Iterable
from functools import cache

import msgspec

from open1540.reference.facts import rows

_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑‒–—", "-"), "\u0640": None})
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name of something in one language; ``kind`` is preferred, formal, variant, former, inflected or cue."""

    id: str
    lang: str
    label: str
    kind: str


@cache
def table(path: str) -> tuple[Label, ...]:
    """All labels of one table."""
    return rows(path, Label)


@cache
def preferred(path: str) -> dict[tuple[str, str], str]:
    """The preferred label by id and language."""
    return {(row.id, row.lang): row.label for row in table(path) if row.kind == "preferred"}


def in_language(path: str, language: str) -> Iterable[tuple[str, str, str]]:
    """(label, id, kind) of every label in a language, as a matcher wants them."""
    return ((row.label, row.id, row.kind) for row in table(path) if row.lang == language)


def folded(name: str) -> str:
    """A name as it is compared: without case, accents, vowel signs and kinds of apostrophe, dash and blank."""
    plain = unicodedata.normalize("NFKD", name.translate(_ALIKE)).casefold()
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
