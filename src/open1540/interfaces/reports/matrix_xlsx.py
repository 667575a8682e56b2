"""A matrix as a workbook: a sheet with its header, then one for each section."""

import re
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from open1540.documents.tables import guarded
from open1540.interfaces.language import RIGHT_TO_LEFT
from open1540.interfaces.reports.archives import packed, unpacked
from open1540.interfaces.reports.matrix_sheet import headings, note_lines
from open1540.matrix.sheet import Sheet, SheetSection
from open1540.vocabulary import JobFailed

# What one cell of a workbook can hold; more would be cut without a word.
LONGEST = 32_000
_PART = 2.3
_LINE = Side(style="thin", color="999999")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_CREATED = b"2004-04-28T00:00:00Z"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def as_xlsx(drawn: Sheet) -> bytes:
    """The sheet as a workbook, the same bytes each time. Raises JobFailed for a text no cell can hold."""
    book = Workbook()
    book.properties.creator = "open1540"
    book.properties.title = drawn.title
    first = book.active
    assert first is not None
    first.title = drawn.title[:31]
    _head(first, drawn)
    for section in drawn.sections:
        _section(book.create_sheet(section.id), section)
    for page in book.worksheets:
        page.sheet_view.rightToLeft = drawn.language in RIGHT_TO_LEFT
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    buffer = BytesIO()
    book.save(buffer)
    parts = unpacked(buffer.getvalue())
    parts["docProps/core.xml"] = _STAMP.sub(rb"\g<1>" + _CREATED, parts["docProps/core.xml"])
    return packed(parts)


def _head(page: Any, drawn: Sheet) -> None:
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 100
    _put(page, 1, 1, drawn.title, Font(bold=True, size=16), wrap=False)
    for at, (label, value) in enumerate((*drawn.facts, *note_lines(drawn)), 3):
        _put(page, at, 1, label, Font(bold=True))
        _put(page, at, 2, value)


def _section(page: Any, section: SheetSection) -> None:
    width = len(section.columns)
    for at, text in ((1, section.title), (2, section.question)):
        _put(page, at, 1, text, Font(bold=at == 1, italic=at == 2, size=13 if at == 1 else 11))
        page.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
    page.row_dimensions[2].height = 32
    upper, lower = headings(section)
    rows = _headings(page, upper, lower)
    for at, column in enumerate(section.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width * _PART
    for at, row in enumerate(section.rows, 3 + rows):
        for place, cell in enumerate(row.cells, 1):
            written = _put(page, at, place, cell)
            written.border = _BORDER
    page.freeze_panes = page.cell(3 + rows, 3)
    page.print_title_rows = f"1:{2 + rows}"


def _headings(page: Any, upper: list[tuple[str, int, bool]], lower: list[str]) -> int:
    """Draw the headings from row 3; the number of rows they take."""
    rows = 2 if lower else 1
    at, below = 1, iter(lower)
    for text, span, down in upper:
        _put(page, 3, at, text, Font(bold=True))
        if not down:
            for place in range(at, at + span):
                _put(page, 4, place, next(below), Font(bold=True))
        if span > 1 or (down and rows > 1):
            page.merge_cells(
                start_row=3, end_row=4 if down and rows > 1 else 3, start_column=at, end_column=at + span - 1
            )
        at += span
    for row in range(3, 3 + rows):
        for place in range(1, at):
            page.cell(row, place).fill = _HEAD
            page.cell(row, place).border = _BORDER
    return rows


def _put(page: Any, row: int, column: int, text: str, font: Font | None = None, *, wrap: bool = True) -> Any:
    if len(text) > LONGEST:
        raise JobFailed(
            f"a text of {len(text):,} characters for one cell",
            expected=f"at most {LONGEST:,} in a workbook",
            where=f"sheet {page.title}, cell {get_column_letter(column)}{row}",
            remedy="write --to docx, csv or json instead",
        )
    cell = page.cell(row, column)
    cell.value = int(text) if text.isdecimal() and len(text) < 4 else guarded(text) or None
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    if font:
        cell.font = font
    return cell
