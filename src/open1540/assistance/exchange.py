"""Offers and activities out of a table kept elsewhere: which column is which, and each row as a record or as what is wrong with it.

What the columns mean is guessed from their headings and shown; whoever brings the table corrects it. A row is taken whole or not at all.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from open1540.assistance import exchange_cells
from open1540.assistance.records import Activity, Contact, Offer, Subject
from open1540.assistance.validity import checked
from open1540.documents.tables import Row, Table, Tables
from open1540.reference.labels import folded
from open1540.reference.offer_columns import Exchanged, OfferColumn, offer_columns
from open1540.vocabulary import BadInput, Open1540Error, UnknownCode

# A heading is taken for a known one where it is this like it.
ALIKE = 0.88
# Titles and notes may stand above the headings.
_LOOKED_THROUGH = 20
_SAMPLES = 3
_FEWEST = 2
_LONGEST = 100
_NOTES = re.compile(r"[(（\[].*?[)）\]]")
Record = Offer | Activity


class Heads(msgspec.Struct, frozen=True):
    """The headings of a table, and what each column is taken for.

    Attributes:
        table, row: numbers of the table in its file and of the row of headings in it.
        headings: the text above each column, the first first; samples: the first rows below.
        mapping: ids of columns of offers or activities by the number of the column, from 1; what is not among them is not read.
    """

    table: int
    row: int
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    mapping: dict[int, str]


class Problem(msgspec.Struct, frozen=True):
    """Why a row is no record, in four parts, with the number of the column it is about where it is about one."""

    column: int | None
    found: str
    expected: str
    where: str
    remedy: str


class ReadRow(msgspec.Struct, frozen=True):
    """A row of the table: its number, and the record it gives or its problems."""

    number: int
    record: Record | None
    problems: tuple[Problem, ...] = ()


def heads(tables: Tables, kind: Exchanged, table: int | None = None) -> Heads:
    """The headings found in the tables of a file, and what they are taken for.

    Arguments:
        table: number of the table to look in; the one with most headings known when left out.

    Raises BadInput where there is no such table.
    """
    chosen = [one for one in tables.tables if one.rows and table in (None, one.number)]
    if not chosen:
        raise BadInput(
            f"table {table}",
            expected="one of " + ", ".join(str(one.number) for one in tables.tables),
            where=tables.name,
            remedy="choose one of these",
        )
    rows = [(one, row) for one in chosen for row in one.rows[:_LOOKED_THROUGH]]
    best = max(rows, key=lambda pair: len(_known(pair[1], kind)))
    return _heads(*best, kind) if len(_known(best[1], kind)) >= _FEWEST else _heads(*rows[0], kind)


def read_rows(
    tables: Tables, kind: Exchanged, found: Heads, mapping: Mapping[int, str] | None = None, provider: str = ""
) -> tuple[ReadRow, ...]:
    """Every row below the headings that is not blank.

    Arguments:
        mapping: as the user corrected it; the guessed one when left out.
        provider: whose offers or activities these are, where the table does not say.

    Raises UnknownCode or BadInput for a mapping that cannot be.
    """
    columns = _checked(found, found.mapping if mapping is None else mapping, kind, provider)
    table = next(one for one in tables.tables if one.number == found.table)
    place = f"sheet {table.name}" if table.name else f"table {table.number}"
    below = (row for row in table.rows if row.number > found.row and (any(row.cells) or row.doubtful))
    return tuple(
        _read(row, columns, kind, provider, f"{tables.name}, {place}, row {row.number}")
        for row in below
        if _texts(row) != found.headings
    )


def _heads(table: Table, row: Row, kind: Exchanged) -> Heads:
    mapping: dict[int, str] = {}
    for number, text in enumerate(row.cells, 1):
        known = _meant(text or "", kind)
        if known and known not in mapping.values():
            mapping[number] = known
    below = [_texts(one) for one in table.rows if one.number > row.number and any(one.cells)]
    return Heads(table.number, row.number, _texts(row), tuple(below[:_SAMPLES]), mapping)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple((cell or "").strip() for cell in row.cells)


def _known(row: Row, kind: Exchanged) -> set[str]:
    """The columns a row names word for word."""
    found = (_headings(kind).get(plain) for cell in row.cells if cell for plain in _wordings(cell))
    return {column for column in found if column}


def _meant(heading: str, kind: Exchanged) -> str | None:
    """The column a heading names: by its wording, else by one very like it."""
    known, wordings = _headings(kind), _wordings(heading[:_LONGEST])
    told = next((known[plain] for plain in wordings if plain in known), None)
    near = difflib.get_close_matches(wordings[-1], known, n=1, cutoff=ALIKE) if not told and wordings[-1] else []
    return known[near[0]] if near else told


def _wordings(heading: str) -> tuple[str, str]:
    """A heading as it stands, and without notes in brackets."""
    return _plain(heading), _plain(_NOTES.sub("", heading))


@cache
def _headings(kind: Exchanged) -> dict[str, str]:
    columns = offer_columns(kind)
    return {_plain(title): one.id for one in columns for title in (*one.also, *one.titles.values())}


def _plain(heading: str) -> str:
    return folded(heading).strip(" *:：.。#")


def _checked(found: Heads, mapping: Mapping[int, str], kind: Exchanged, provider: str) -> dict[int, OfferColumn]:
    known = {column.id: column for column in offer_columns(kind)}
    columns: dict[int, OfferColumn] = {}
    for number, column in mapping.items():
        if column not in known:
            raise UnknownCode(
                f"column {column!r}",
                expected="one of " + ", ".join(known),
                where=f"mapping of column {number}",
                remedy="choose one of these, or leave the column out",
            )
        if not 1 <= number <= len(found.headings):
            raise BadInput(
                f"column {number}",
                expected=f"1 to {len(found.headings)}",
                where="mapping",
                remedy="choose a column the table has",
            )
        columns[number] = known[column]
    _check_each_once(mapping)
    given = {*mapping.values(), *(["provider"] if provider.strip() else [])}
    for needed in ("title", "provider"):
        if needed not in given:
            raise BadInput(
                f"no column for the {needed}",
                expected="a column for the title, and a provider in a column or for all rows",
                where="mapping",
                remedy="say which column it is"
                + (", or name the provider of all rows" if needed == "provider" else ""),
            )
    return columns


def _check_each_once(mapping: Mapping[int, str]) -> None:
    for column in set(mapping.values()):
        numbers = [number for number, one in mapping.items() if one == column]
        if len(numbers) > 1:
            raise BadInput(
                f"columns {', '.join(map(str, numbers))} for {column}",
                expected="one column for each part",
                where="mapping",
                remedy="choose one of them",
            )


def _read(row: Row, columns: Mapping[int, OfferColumn], kind: Exchanged, provider: str, where: str) -> ReadRow:
    values: dict[str, Any] = {"provider": provider.strip()}
    problems: list[Problem] = []
    for number, column in columns.items():
        try:
            value = _value(row, number - 1, column)
        except BadInput as error:
            place = f"{where}, column {number}"
            problems.append(Problem(number, error.found, error.expected, place, error.remedy))
        else:
            values |= {} if value is None else {column.id: value}
    if problems:
        return ReadRow(row.number, None, tuple(problems))
    record = _record(values, kind)
    try:
        checked(record)
    except Open1540Error as error:
        told = Problem(None, error.found, error.expected, f"{where}: {error.where}", error.remedy)
        return ReadRow(row.number, None, (told,))
    return ReadRow(row.number, record)


def _value(row: Row, at: int, column: OfferColumn) -> Any:
    if at in row.doubtful:
        raise _unsure("a formula or an error in the cell", "text, a number or a day", "put its value in its place")
    if at >= len(row.cells):
        return None
    cell = row.cells[at]
    if cell is None:
        raise _unsure("a merged cell", "a cell of its own for each row and column", "part the cell and fill each")
    return exchange_cells.understood(column, cell) if cell.strip() else None


def _unsure(found: str, expected: str, remedy: str) -> BadInput:
    return BadInput(found, expected=expected, where="cell", remedy=remedy)


def _record(values: Mapping[str, Any], kind: Exchanged) -> Record:
    rooms: dict[str, dict[str, Any]] = {"": {}, "subject": {}, "contact": {}}
    for name, value in values.items():
        room, _, part = name.rpartition(".")
        rooms[room][part] = value
    parts = {"title": "", **rooms[""], "subject": Subject(**rooms["subject"])}
    if kind == "activity":
        return Activity(**parts)
    usual = {"kind": "State" if parts.get("state") else "other", "contact": Contact(**rooms["contact"])}
    return Offer(**(usual | parts))


def cells(record: Record, language: str) -> Iterator[str]:
    """The cells of the row of a record, in the order of the columns."""
    for column in offer_columns("offer" if isinstance(record, Offer) else "activity"):
        value: Any = record
        for name in column.id.split("."):
            value = getattr(value, name)
        yield exchange_cells.written(column, value, language)
