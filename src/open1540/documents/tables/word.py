"""DOCX files: their tables with merged cells, tables within cells as tables of their own, and the lines around them."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from open1540.documents.formats import docx, xml
from open1540.documents.formats.docx import W
from open1540.documents.tables.table import LINES_ABOVE, MAX_COLUMNS, Row, Table, Tables


def read(data: bytes, name: str) -> Tables:
    """The tables of a Word document. Raises UnreadableDocument for a damaged or hostile one."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = xml.parse(docx.part(archive, "word/document.xml", name), name)
        numbering = docx.Numbering(archive, name)
    tables: list[Table] = []
    outside: list[str] = []
    for block in docx.blocks(body):
        if block.tag == f"{W}tbl":
            above = tuple(outside[-LINES_ABOVE:])
            _add(block, "", tables, numbering, above)
        else:
            outside += [line for line in docx.shown_lines(block, numbering) if line.strip()]
    return Tables(name, "docx", tuple(tables), tuple(outside))


def _add(
    element: etree._Element, name: str, tables: list[Table], numbering: docx.Numbering, above: tuple[str, ...] = ()
) -> None:
    """Add a table, then those within its cells."""
    number = len(tables) + 1
    rows = [_cells(row) for row in _own(element, "tr")]
    texts = tuple(
        Row(at, tuple(None if cell is None else _text(cell, numbering) for cell in cells), from_above=from_above)
        for at, (cells, from_above) in enumerate(rows, 1)
    )
    tables.append(Table(number, texts, name, above))
    for at, (cells, _) in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            for inner in _own(cell, "tbl") if cell is not None else ():
                _add(inner, f"within table {number}, row {at}, column {column}", tables, numbering)


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Elements of this name that stand in no table or row between; content controls may stand between."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag not in (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}del"):
            waiting.extend(reversed(child))


def _cells(row: etree._Element) -> tuple[list[etree._Element | None], tuple[int, ...]]:
    """The cells by column of the grid, None where a merged one covers it; and the columns one covers from above."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    cells: list[etree._Element | None] = [None] * _whole(before)
    from_above: list[int] = []
    for cell in _own(row, "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        span = max(_whole(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
        if continued:
            from_above += range(len(cells), len(cells) + span)
        cells += [None if continued else cell, *[None] * (span - 1)]
    return cells[:MAX_COLUMNS], tuple(at for at in from_above if at < MAX_COLUMNS)


def _whole(element: etree._Element | None) -> int:
    written = element.get(f"{W}val", "") if element is not None else ""
    return min(int(written), MAX_COLUMNS) if written.isdecimal() else 0


def _text(cell: etree._Element, numbering: docx.Numbering) -> str:
    """The paragraphs of a cell but not of tables within it, one a line."""
    lines = []
    for paragraph in _own(cell, "p"):
        label = numbering.label(paragraph)
        written = docx.typed(paragraph)
        lines.append(f"{label} {written}".strip() if label else written)
    return "\n".join(lines)
