"""A section of the matrix as the Committee's copies lay it out: rows, weapon classes by law and enforcement, sources, remarks."""

from collections.abc import Mapping, Sequence

import msgspec

from open1540.matrix import sheet
from open1540.reference import Field, Template
from open1540.workflows.matrix import ShownEntry


class Text(msgspec.Struct, frozen=True):
    """What one field says in a cell it may share: the field's mark, empty where the cell is its own, and the texts."""

    mark: str
    texts: tuple[str, ...]


class Cell(msgspec.Struct, frozen=True):
    """A cell: a field with its code, or texts; neither where the row has no such field."""

    key: str
    entry: ShownEntry | None = None
    texts: tuple[Text, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """A row of the template."""

    number: int
    title: str
    reconstructed: bool
    cells: tuple[Cell, ...]


class Grid(msgspec.Struct, frozen=True):
    """A section with its columns and rows; ``above`` are the headings that several columns share, with their number."""

    section: str
    title: str
    question: str
    columns: tuple[sheet.Column, ...]
    above: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


def grid(template: Template, section: str, entries: Mapping[str, ShownEntry], language: str) -> Grid:
    """A section of a matrix. Raises UnknownCode for a section the template does not have."""
    columns = tuple(c for c in sheet.columns(template, section, language) if c.key not in ("number", "measure"))
    above: list[tuple[str, int]] = []
    for column in columns:
        if above and column.above and above[-1][0] == column.above:
            above[-1] = (column.above, above[-1][1] + 1)
        else:
            above.append((column.above, 1))
    return Grid(
        section,
        template.section_title(section, language),
        template.section_question(section, language),
        columns,
        tuple(above),
        tuple(
            Row(
                number,
                fields[0].title(language),
                fields[0].reconstructed,
                tuple(_cell(column.key, fields, entries, language) for column in columns),
            )
            for number, fields in sheet.rows(template, section)
        ),
    )


def _cell(key: str, fields: Sequence[Field], entries: Mapping[str, ShownEntry], language: str) -> Cell:
    own = [entries[field.field] for field in sheet.fields_of(key, fields)]
    if key == "yes" or key[:2] in ("NW", "CW", "BW"):
        return Cell(key, own[0] if own else None)
    marks = sheet.marks(key, sheet.fields_of(key, fields), language) if own else []
    said = [(mark, _texts(key, one)) for mark, one in zip(marks, own, strict=True)]
    return Cell(key, None, _merged(said))


def _texts(key: str, one: ShownEntry) -> tuple[str, ...]:
    entry = one.entry
    return ((entry.remarks,) if entry.remarks else ()) if key == "remarks" else entry.citations


def _merged(said: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[Text, ...]:
    """Fields that say the same stand together: ``NW, CW``."""
    marks: dict[tuple[str, ...], list[str]] = {}
    for mark, texts in said:
        if texts:
            marks.setdefault(texts, []).append(mark)
    return tuple(Text(" · ".join(filter(None, own)), texts) for texts, own in marks.items())
