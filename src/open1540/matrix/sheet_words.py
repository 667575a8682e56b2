"""The words of a printed matrix, to print it and to know it again in any of six languages."""

import datetime as dt
import re
import unicodedata
from functools import cache

import msgspec

from open1540 import reference
from open1540.reference.facts import tree
from open1540.vocabulary import Code, Confidence

TABLE = "matrix_templates/sheet.yaml"
# Header lines in printed order: our name of each, and the fact that words it (None: in this room's own table).
HEADER = {
    "state": "state",
    "reported": "date of report",
    "addenda": "dates of addenda",
    "approved": "date of Committee approval",
    "as-of": None,
    "step": None,
    "version": None,
    "template": None,
    "language": None,
}
_MARKS = re.compile(r"[\W_]+")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    words: dict[str, dict[str, str]]
    steps: dict[str, dict[str, str]]
    codes: dict[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    return tree(TABLE, _Words)


def word(name: str, language: str) -> str:
    """A word of the sheet: a header line, a short mark, or a word of the matrix itself."""
    if name in _words().words:
        return _words().words[name][language]
    return reference.matrix_word(HEADER.get(name) or name, language)


def step_word(step: str, language: str) -> str:
    """How the status of the document is printed."""
    return _words().steps[step][language]


def tag(weapon: str | None, aspect: str | None, language: str) -> str:
    """The mark of a field within a cell it shares: ``NW``, ``NW law``; empty for what every field of the cell has."""
    parts = (weapon and f"{weapon.lower()}-short", aspect and f"{aspect}-short")
    return " ".join(word(part, language) for part in parts if part)


def plain(text: str) -> str:
    """A text as labels are compared: folded, without marks and blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub(" ", folded).strip()


@cache
def header_names() -> dict[str, str]:
    """Header line by its plain wording in each of the six languages."""
    return {plain(word(name, language)): name for name in (*HEADER, "note") for language in reference.LANGUAGES}


@cache
def steps_by_word() -> dict[str, str]:
    """Status by its plain wording."""
    return {plain(text): step for step, texts in _words().steps.items() for text in (step, *texts.values())}


@cache
def codes_by_word() -> dict[str, Code]:
    """Code by the ways of writing it, in lower case."""
    known: dict[str, Code] = {"x": "X", "?": "?", "na": "NA", "": ""}
    names: dict[str, Code] = {"X": "X", "?": "?", "NA": "NA"}
    for code, forms in _words().codes.items():
        known |= {form.casefold(): names[code] for form in forms}
    return known


@cache
def tags_by_word() -> dict[str, tuple[str | None, str | None]]:
    """Weapon class and aspect by the mark of a field in a shared cell, in each of the six languages."""
    weapons, aspects = ("NW", "CW", "BW", None), ("legal", "enforcement", None)
    return {
        plain(tag(weapon, aspect, language)): (weapon, aspect)
        for language in reference.LANGUAGES
        for weapon in weapons
        for aspect in aspects
        if weapon or aspect
    }


@cache
def columns_by_word() -> dict[str, str]:
    """Column by its plain heading: number, measure, yes, information, source, remarks, legal, enforcement, NW, CW, BW."""
    named = ("number", "measure", "yes", "relevant-information", "source", "remarks", "legal", "enforcement")
    known = {plain(word(name, language)): name for name in named for language in reference.LANGUAGES}
    for weapon in ("NW", "CW", "BW"):
        known |= {plain(word(f"{weapon.lower()}-short", language)): weapon for language in reference.LANGUAGES}
    return known | {"n m": "number", "nw": "NW", "cw": "CW", "bw": "BW", "nuclear": "NW", "chemical": "CW"}
