"""The words of the printed matrix in six languages: rows, sections, columns and header lines."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import rows, tree
from open1540.vocabulary import Confidence, UnknownCode

LABELS = "matrix_templates/labels.csv"
VARIANTS = "matrix_templates/variants.csv"


class RowLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The label of a row in one language; ``row`` is a field id without weapon and aspect, such as ``OP2.finance``."""

    row: str
    lang: str
    label: str


class RowVariant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another wording under which matrices print a row."""

    row: str
    lang: str
    label: str
    source: str


class MatrixWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles and questions by section, other words by key, each by language."""

    source: str
    as_of: dt.date
    confidence: Confidence
    titles: dict[str, dict[str, str]]
    questions: dict[str, dict[str, str]]
    words: dict[str, dict[str, str]]


@cache
def matrix_words() -> MatrixWords:
    """All words of the matrix but the labels of its rows."""
    return tree("matrix_templates/words.yaml", MatrixWords)


@cache
def row_labels() -> dict[tuple[str, str], str]:
    """Label of every row by row id and language."""
    return {(row.row, row.lang): row.label for row in rows(LABELS, RowLabel)}


def matrix_word(word: str, language: str = "en") -> str:
    """A heading or name of the printed matrix in one of the six languages.

    Arguments:
        word: ``yes``, ``legal``, ``enforcement``, ``source``, ``remarks``, ``relevant-information``, ``measure``, ``NW``,
            ``NW-short`` and so on, or a header line of a template such as ``date of report``.
        language: one of the six.

    Raises UnknownCode where the facts have no such word or language.
    """
    return _in(matrix_words().words, word.replace(" ", "-").lower(), language)


def section_title(section: str, language: str = "en") -> str:
    """The title of a section of the matrix. Raises UnknownCode where the facts have no such section or language."""
    return _in(matrix_words().titles, section, language)


def section_question(section: str, language: str = "en") -> str:
    """The question a section asks; ``II-NW`` asks that of ``II``. Raises UnknownCode as ``section_title`` does."""
    return _in(matrix_words().questions, section.partition("-")[0], language)


def _in(texts: dict[str, dict[str, str]], key: str, language: str) -> str:
    try:
        return texts[key][language]
    except KeyError:
        raise UnknownCode(
            f"{key!r} in language {language!r}",
            expected="one of " + ", ".join(texts) + " in ar, zh, en, fr, ru or es",
            where="facts/matrix_templates/words.yaml",
            remedy="choose one of these",
        ) from None
