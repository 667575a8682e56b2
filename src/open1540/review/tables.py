"""The one shape of every answer: a table with named columns and rows in a fixed order. Outputs draw tables and nothing else."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Kind = Literal[
    "text",
    "count",
    "share",
    "day",
    "code",
    "basis",
    "field",
    "section",
    "weapon",
    "aspect",
    "obligation",
    "theme",
    "pathway",
    "stage",
    "region",
    "language",
    "state",
    "states",
    "fields",
    "citation",
]
"""What a column holds, so that a door can name it in the reader's language; ``share`` is between 0 and 1."""

Cell = str | int | float | None


class Column(msgspec.Struct, frozen=True):
    """A column: its heading in English, which is also its key, and what it holds."""

    name: str
    kind: Kind


class Note(msgspec.Struct, frozen=True):
    """A sentence or two in English with places for values, so that doors can translate it: ``over {states} States``."""

    text: str
    values: dict[str, str | int | float] = {}

    def __str__(self) -> str:
        """The note in English."""
        return self.text.format(**self.values)


class Table(msgspec.Struct, frozen=True):
    """One answer of the review.

    Attributes:
        id: short name, used for files and citations.
        title: in English; doors translate it.
        columns, rows: ``rows[i][j]`` belongs to ``columns[j]``; None is unknown.
        notes: how the figures came about and what they do not say.
        chapter: the part of the report it belongs to.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Note, ...]
    chapter: str

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of a column, from top to bottom."""
        at = next(index for index, column in enumerate(self.columns) if column.name == name)
        return tuple(row[at] for row in self.rows)


def table(
    table_id: str,
    title: str,
    columns: Iterable[tuple[str, Kind]],
    rows: Iterable[Iterable[Cell]],
    *,
    notes: Iterable[Note | str],
    chapter: str,
) -> Table:
    """A table from pairs of heading and kind and any iterables of cells."""
    named = tuple(Column(name, kind) for name, kind in columns)
    told = tuple(Note(note) if isinstance(note, str) else note for note in notes)
    return Table(table_id, title, named, tuple(tuple(row) for row in rows), told, chapter)
