"""Matrix templates as versioned data; rows that no public copy showed say that they are reconstructed."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

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

    def field(self, field_id: str) -> Field:
        """The field with this id. Raises UnknownCode where the template has none."""
        for known in self.fields:
            if known.field == field_id:
                return known
        raise UnknownCode(
            f"matrix field {field_id!r}",
            expected=f"a field of template {self.id}, such as OP2.CW.finance.legal",
            where="matrix field",
            remedy=f"run `open1540 facts show {self.id}`",
        )


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


def codes() -> tuple[Code, ...]:
    """The codes of an entry."""
    return _facts().codes


def caveats() -> tuple[Caveat, ...]:
    """The Committee's caveats on the matrix."""
    return _facts().caveats


@cache
def field_ids() -> frozenset[str]:
    """Ids of all fields of all templates."""
    return frozenset(field.field for known in templates() for field in known.fields)
