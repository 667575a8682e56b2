"""The matrix as one flat table, a row for each field, as a spreadsheet or a statistics program wants it."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec

from open1540 import reference
from open1540.matrix import sheet_text
from open1540.matrix.sheet import Heading
from open1540.vocabulary import Entry

COLUMNS = (
    "state",
    "template",
    "version",
    "step",
    "information_as_of",
    "language",
    "reported",
    "addenda",
    "approved",
    "section",
    "row",
    "weapon",
    "aspect",
    "label",
    "field",
    "code",
    "citations",
    "remarks",
    "since",
    "until",
    "as_of",
)


class MatrixData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A matrix as JSON keeps it: everything, also the evidence no printed form shows."""

    heading: Heading
    entries: tuple[Entry, ...]
    format: Literal["open1540 matrix 1"] = "open1540 matrix 1"


def flat(entries: Iterable[Entry], heading: Heading) -> list[tuple[str, ...]]:
    """The column names, then one row for each field of the template, blank ones too."""
    template = reference.template(heading.template)
    by_field = {template.field(entry.field).field: entry for entry in entries}
    dates = heading.dates
    head = (
        heading.state,
        heading.template,
        "" if heading.number is None else str(heading.number),
        heading.step,
        _day(heading.as_of),
        heading.language,
        _day(dates.reported),
        " ".join(map(_day, dates.addenda)),
        _day(dates.approved),
    )
    rows: list[tuple[str, ...]] = [COLUMNS]
    for field in template.fields:
        entry = by_field.get(field.field) or Entry(heading.state, field.field)
        label = field.title(heading.language)
        rows.append(
            (
                *head,
                field.section,
                str(field.row),
                field.weapon or "",
                field.aspect or "",
                label,
                field.field,
                entry.code,
                sheet_text.joined(entry.citations),
                sheet_text.written(entry.remarks, "|") if entry.remarks else "",
                _day(entry.validity.since),
                _day(entry.validity.until),
                entry.as_of or "",
            )
        )
    return rows


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
