"""Which field of one generation of the matrix says what a field of another said, so that trends stay comparable."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import rows
from open1540.reference.templates import Template, template
from open1540.vocabulary import Confidence

TABLE = "matrix_templates/crosswalk.csv"
Relation = Literal["same", "broader", "narrower", "split", "merged"]
_INVERSE: dict[Relation, Relation] = {
    "same": "same",
    "broader": "narrower",
    "narrower": "broader",
    "split": "merged",
    "merged": "split",
}


class CrosswalkRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the table; a field without weapon and aspect (``OP2.stockpile``) stands for each of them."""

    from_template: str
    from_field: str
    to_template: str
    to_field: str
    relation: Relation
    note: str
    source: str
    as_of: dt.date
    confidence: Confidence

    def turned(self) -> "CrosswalkRow":
        """The same line read from the other end."""
        return CrosswalkRow(
            self.to_template,
            self.to_field,
            self.from_template,
            self.from_field,
            _INVERSE[self.relation],
            self.note,
            self.source,
            self.as_of,
            self.confidence,
        )


class Link(msgspec.Struct, frozen=True):
    """A field of the other template, and what it covers beside the field asked about.

    ``same`` the same; ``broader`` more; ``narrower`` less; ``split`` a part, the rest being in other fields; ``merged`` this
    field and others. ``note`` and ``source`` say why; they are empty where the two bear the same id.
    """

    field: str
    relation: Relation
    note: str = ""
    source: str = ""
    confidence: Confidence = "high"


class Crosswalk(msgspec.Struct, frozen=True):
    """From one template to another.

    Attributes:
        links: for every field of the first template its fields in the second; none where it was dropped.
        dropped: fields of the first template without a field in the second.
        new: fields of the second template without a field in the first.
    """

    from_template: str
    to_template: str
    links: dict[str, tuple[Link, ...]]
    dropped: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def comparable(self) -> tuple[str, ...]:
        """Fields that mean the same in both, under the id of the first template."""
        return tuple(field for field, links in self.links.items() if any(link.relation == "same" for link in links))


@cache
def crosswalk(from_template: str, to_template: str) -> Crosswalk:
    """Every field of one template with its fields in the other; equal ids mean the same unless the facts say otherwise.

    Raises UnknownCode where there is no such template.
    """
    before, after = template(from_template), template(to_template)
    told = _told(before, after)
    kept = {field.field for field in after.fields}
    total = {field.field: _links(field.field, told.get(field.field, []), kept) for field in before.fields}
    reached = {link.field for found in total.values() for link in found}
    return Crosswalk(
        before.id,
        after.id,
        total,
        tuple(field for field, found in total.items() if not found),
        tuple(field.field for field in after.fields if field.field not in reached),
    )


def _links(field: str, told: list[Link], kept: set[str]) -> tuple[Link, ...]:
    if field in kept and field not in [link.field for link in told]:
        return (Link(field, "same"), *told)
    return tuple(told)


def _told(before: Template, after: Template) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for row in _between(before.id, after.id):
        for field in before.fields:
            if row.from_field in (field.field, field.row_id):
                other = row.to_field if row.from_field == field.field else _with(field.field, row.to_field)
                found.setdefault(field.field, []).append(
                    Link(other, row.relation, row.note, row.source, row.confidence)
                )
    return found


def _with(field: str, row: str) -> str:
    """The field of another row for the same weapon and aspect: ``OP2.CW.stockpile.legal``, ``OP2.possess``."""
    parts = field.split(".")
    if len(parts) != 4:
        return row
    section, name = row.split(".")
    return ".".join((section, parts[1], name, parts[3]))


def _between(before: str, after: str) -> Iterator[CrosswalkRow]:
    for row in rows(TABLE, CrosswalkRow):
        if (row.from_template, row.to_template) == (before, after):
            yield row
        elif (row.to_template, row.from_template) == (before, after):
            yield row.turned()
