"""The comprehensive review as data: the same answers as the pages, table by table."""

import datetime as dt

import msgspec

from open1540.interfaces.api.endpoints import Endpoints
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.reviewing import Wanting
from open1540.review import Cell, Column
from open1540.workflows.review import Asked, Day, FactFile, Layer

door = Endpoints("review")


class TableRow(msgspec.Struct, frozen=True):
    """A table of the review without its rows."""

    id: str
    title: str
    chapter: str
    rows: int


class ReviewTable(msgspec.Struct, frozen=True):
    """An answer: ``rows[i][j]`` belongs to ``columns[j]``, null is unknown; notes say how the figures came about."""

    id: str
    title: str
    chapter: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]


class ReviewSummary(msgspec.Struct, frozen=True):
    """What a review was asked, what it rests on, and the tables it answers with."""

    asked: Asked
    on: dt.date
    days: tuple[Day, ...]
    facts: tuple[FactFile, ...]
    tables: tuple[TableRow, ...]
    maps: tuple[Layer, ...]


@door.gives("/review", "read", ReviewSummary)
def summary(ask: Asking, wanted: Wanting) -> ReviewSummary:
    """The review of all Member States or some, as of a day and against earlier ones; its tables are at ``/review/tables``."""
    made = wanted.made
    rows = tuple(TableRow(table.id, table.title, table.chapter, len(table.rows)) for table in made.tables)
    return ReviewSummary(made.asked, made.asked.on, made.days, made.facts, rows, made.layers)


@door.gives("/review/tables/{table}", "read", ReviewTable)
def one_table(ask: Asking, wanted: Wanting, table: str) -> ReviewTable:
    """One answer of the review, its ids as they are and its notes in the reader's language."""
    found, words = wanted.table(table), wanted.words
    notes = tuple(words.note(note) for note in found.notes)
    return ReviewTable(found.id, words.title(found), found.chapter, found.columns, found.rows, notes)
