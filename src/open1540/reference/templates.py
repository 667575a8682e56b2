"""Matrix templates as versioned data; rows that no public copy showed say that they are reconstructed."""

import datetime as dt
import fnmatch
from functools import cache
from typing import Literal

import msgspec

from open1540.reference import matrix_words
from open1540.reference.facts import rows, tree
from open1540.vocabulary import Confidence, UnknownCode


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of the matrix, such as ``OP2.CW.finance.legal``."""

    field: str
    section: str
    row: int
    weapon: Literal["NW", "CW", "BW"] | None
    aspect: Literal["legal", "enforcement"] | None
    label: str
    provenance: Literal["sourced", "recalled-high", "recalled-medium", "recalled-low"]
    source: str

    @property
    def reconstructed(self) -> bool:
        """Whether the row was not read in a source."""
        return self.provenance != "sourced"

    @property
    def row_id(self) -> str:
        """The field without weapon and aspect, such as ``OP2.finance``: what one label names."""
        return ".".join(part for part in self.field.split(".") if part not in (self.weapon, self.aspect))

    def title(self, language: str = "en") -> str:
        """The label of the field's row in one of the six languages. Raises UnknownCode for another language."""
        try:
            return matrix_words.row_labels()[self.row_id, language]
        except KeyError:
            raise UnknownCode(
                f"label of {self.row_id} in language {language!r}",
                expected="one of ar, zh, en, fr, ru, es",
                where=f"facts/{matrix_words.LABELS}",
                remedy="choose one of these, or add the label",
            ) from None

    def caption(self, language: str = "en") -> str:
        """The row's label with weapon class and aspect, for a reader who sees the field outside the matrix."""
        known = (part for part in (self.weapon, self.aspect) if part)
        return " · ".join((self.title(language), *(matrix_words.matrix_word(part, language) for part in known)))


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code of an entry (X, ?, NA, blank) with its meaning and caveat."""

    code: str
    meaning: str
    source: str
    confidence: Confidence
    labels: dict[str, str]


class Caveat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the Committee says an entry is, and is not."""

    text: str
    source: str


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One generation of the matrix."""

    id: str
    title: str
    in_use_since: str
    in_use_until: str | None
    source: str
    as_of: dt.date
    confidence: Confidence
    note: str
    header: tuple[str, ...]
    sections: dict[str, str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The template's fields in printed order."""
        return _fields(self.id)

    def section_title(self, section: str, language: str = "en") -> str:
        """The title of a section in one of the six languages. Raises UnknownCode where there is none."""
        return matrix_words.section_title(section, language)

    def section_question(self, section: str, language: str = "en") -> str:
        """The question a section asks, in one of the six languages. Raises UnknownCode where there is none."""
        return matrix_words.section_question(section, language)

    def field(self, field_id: str) -> Field:
        """The field with this id. Raises UnknownCode where the template has none."""
        try:
            return _by_id(self.id)[field_id]
        except KeyError:
            raise UnknownCode(
                f"matrix field {field_id!r}",
                expected=f"a field of template {self.id}, such as OP2.CW.finance.legal",
                where="matrix field",
                remedy=f"run `open1540 facts show {self.id}`",
            ) from None


class _Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    templates: tuple[Template, ...]
    codes: tuple[Code, ...]
    caveats: tuple[Caveat, ...]


@cache
def _facts() -> _Templates:
    return tree("matrix_templates/templates.yaml", _Templates)


@cache
def _fields(template_id: str) -> tuple[Field, ...]:
    return rows(f"matrix_templates/{template_id}.csv", Field)


@cache
def _by_id(template_id: str) -> dict[str, Field]:
    return {field.field: field for field in _fields(template_id)}


def templates() -> tuple[Template, ...]:
    """Every template on record."""
    return _facts().templates


def template(template_id: str) -> Template:
    """The template with this id. Raises UnknownCode where there is none."""
    for known in templates():
        if known.id == template_id:
            return known
    raise UnknownCode(
        f"matrix template {template_id!r}",
        expected="one of " + ", ".join(known.id for known in templates()),
        where="matrix template",
        remedy="choose one of these",
    )


def current_template() -> Template:
    """The template in use now: the one whose use has no end."""
    return next(known for known in reversed(templates()) if known.in_use_until is None)


def template_on(day: dt.date) -> Template:
    """The template in use on a day; of two in the same year the newer. Raises UnknownCode for a day before the first."""
    begun = [known for known in templates() if known.in_use_since <= day.isoformat()]
    if not begun:
        raise UnknownCode(
            f"no matrix template in use on {day}",
            expected=f"a day since {templates()[0].in_use_since}",
            where="facts/matrix_templates/templates.yaml",
            remedy="ask for a later day",
        )
    return begun[-1]


def codes() -> tuple[Code, ...]:
    """The codes of an entry."""
    return _facts().codes


def caveats() -> tuple[Caveat, ...]:
    """The Committee's caveats on the matrix."""
    return _facts().caveats


def matrix_field(field_id: str) -> Field:
    """The field with this id, of the newest template that has it. Raises UnknownCode where none does."""
    try:
        return _every_field()[field_id]
    except KeyError:
        raise UnknownCode(
            f"matrix field {field_id!r}",
            expected="a field of a template, such as OP2.CW.finance.legal",
            where="matrix field",
            remedy="run `open1540 matrix fields` for the ids",
        ) from None


@cache
def _every_field() -> dict[str, Field]:
    return {field.field: field for known in templates() for field in known.fields}


@cache
def field_ids() -> frozenset[str]:
    """Ids of all fields of all templates."""
    return frozenset(field.field for known in templates() for field in known.fields)


@cache
def row_names(language: str) -> tuple[tuple[str, str], ...]:
    """(wording, row id) of every row in a language, as a reader of printed matrices wants them: labels, then variants.

    A wording may name rows of several sections (``other``), never two rows of one section.
    """
    labels = [(label, row) for (row, lang), label in matrix_words.row_labels().items() if lang == language]
    printed = [(f.label, f.row_id) for known in templates() for f in known.fields if language == "en"]
    variants = rows(matrix_words.VARIANTS, matrix_words.RowVariant)
    return tuple(dict.fromkeys([*labels, *printed, *((v.label, v.row) for v in variants if v.lang == language)]))


@cache
def fields_matching(patterns: tuple[str, ...]) -> frozenset[str]:
    """Ids of the fields, of all templates, that one of the patterns names; ``*`` stands for any part of an id."""
    known = sorted(field_ids())
    return frozenset(field for pattern in patterns for field in fnmatch.filter(known, pattern))
