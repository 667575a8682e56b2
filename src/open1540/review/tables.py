"""The one shape of every answer: a table with named columns and rows in a fixed order. Outputs draw tables and nothing else."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec

Kind = Literal[
    "text",
    "remark",
    "count",
    "share",
    "number",
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
    "regions",
    "languages",
    "state",
    "states",
    "fields",
    "obligations",
    "sources",
    "citation",
]
"""What a column holds, so that a door can name it in the reader's language; ``share`` is between 0 and 1.

Of ``text`` there are few and a door translates them; a ``remark`` and a ``citation`` stay as they were written. A kind in the
plural holds several ids with ``;`` between.
"""

Cell = str | int | float | None


class Column(msgspec.Struct, frozen=True):
    """A column: its heading in English, which is also its key, and what it holds.

    Attributes:
        state: the State whose column it is, where several stand side by side; the heading then says what of it.
    """

    name: str
    kind: Kind
    state: str | None = None

    @property
    def heading(self) -> str:
        """What the column holds, in English, without the State it is of."""
        return self.name if self.state is None else self.name.removeprefix(self.state).removeprefix(": ")


class Note(msgspec.Struct, frozen=True):
    """A sentence or two in English with places for values, so that doors can translate it: ``over {states} States``.

    A tuple among the values holds ISO codes of States.
    """

    text: str
    values: dict[str, str | int | float | dt.date | tuple[str, ...]] = {}

    def __str__(self) -> str:
        """The note in English."""
        told = {name: ", ".join(v) if isinstance(v, tuple) else v for name, v in self.values.items()}
        return self.text.format(**told)


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
    columns: Iterable[tuple[str, Kind] | Column],
    rows: Iterable[Iterable[Cell]],
    *,
    notes: Iterable[Note | str],
    chapter: str,
) -> Table:
    """A table from columns, or pairs of heading and kind, and any iterables of cells."""
    named = tuple(one if isinstance(one, Column) else Column(*one) for one in columns)
    told = tuple(Note(note) if isinstance(note, str) else note for note in notes)
    return Table(table_id, title, named, tuple(tuple(row) for row in rows), told, chapter)
