"""What a table read out of a file is: rows of text cells, each with its place."""

import msgspec

# What no printed table has; a file beyond it is damaged or hostile.
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 200_000
# Lines before a table among which its heading is looked for.
LINES_ABOVE = 3
# Signs with which a spreadsheet program begins a formula, and the one that keeps it from doing so.
_FORMULA = "=+-@\t\r"
_GUARD = "'"


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of a table.

    Attributes:
        number: 1, 2, 3 ... in its table.
        cells: the text of each column; None where a merged cell beside or above covers it.
        page: of a printed file, else None.
        doubtful: columns (from 0) whose text could not be read with certainty; their text is shown, not to be used.
        from_above: columns (from 0) covered by a merged cell that begins in a row above.
    """

    number: int
    cells: tuple[str | None, ...]
    page: int | None = None
    doubtful: tuple[int, ...] = ()
    from_above: tuple[int, ...] = ()


class Table(msgspec.Struct, frozen=True, omit_defaults=True):
    """A table.

    Attributes:
        number: 1, 2, 3 ... in its file.
        name: of its sheet, or in which cell of which table it stands.
        above: the last lines of text before it.
    """

    number: int
    rows: tuple[Row, ...]
    name: str = ""
    above: tuple[str, ...] = ()


class Doubt(msgspec.Struct, frozen=True):
    """Something that was not surely read: where it stands, what was found, what was expected."""

    where: str
    found: str
    expected: str


class Tables(msgspec.Struct, frozen=True, omit_defaults=True):
    """All tables of a file.

    Attributes:
        name, format: of the file (pdf, docx, xlsx, csv).
        tables: in reading order.
        outside: lines of text that stand in no table.
        doubts: what could not be read, place by place.
    """

    name: str
    format: str
    tables: tuple[Table, ...]
    outside: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def guarded(text: str) -> str:
    """The text as a spreadsheet cell that no program takes for a formula: with an apostrophe before where it could be."""
    return _GUARD + text if text.startswith((*_FORMULA, _GUARD)) else text


def unguarded(text: str) -> str:
    """The text of a spreadsheet cell without the apostrophe ``guarded`` put before it."""
    return text[1:] if text[:1] == _GUARD and text[1:2] and text[1] in _FORMULA + _GUARD else text
