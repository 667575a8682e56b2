"""The tables of the review as one workbook: contents and caveats first, then a sheet for each table."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from open1540.documents.tables import guarded
from open1540.interfaces.reports import review_flat
from open1540.interfaces.reports.archives import packed, unpacked
from open1540.interfaces.reports.review_words import CODED, Words
from open1540.review import Cell, Kind, Table

# What one cell of a workbook can hold; a longer list of citations ends with a mark, and is whole in the CSV file.
LONGEST = 32_000
_CREATED = b"2004-04-28T00:00:00Z"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_FORMATS: dict[Kind, str] = {"share": "0.0%", "number": "0.00", "count": "#,##0"}
_NARROW, _WIDE = 9, 60
_WRAPPED, _TOP = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")


def as_xlsx(tables: Sequence[Table], head: Sequence[tuple[str, str]], title: str, words: Words) -> bytes:
    """A workbook, the same bytes each time; no cell is a formula.

    Arguments:
        head: label and text of what a reader must know first.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "open1540"
    book.properties.title = title
    _contents(book, tables, head, title, words)
    for table in tables:
        _table(book, table, words)
    buffer = BytesIO()
    book.save(buffer)
    parts = unpacked(buffer.getvalue())
    parts["docProps/core.xml"] = _STAMP.sub(rb"\g<1>" + _CREATED, parts["docProps/core.xml"])
    return packed(parts)


def _contents(
    book: Workbook, tables: Sequence[Table], head: Sequence[tuple[str, str]], title: str, words: Words
) -> None:
    page = _sheet(book, words.t("Contents")[:31], words)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 110
    page.append([_text(page, title, Font(bold=True, size=15))])
    page.append([])
    for label, told in head:
        page.append([_text(page, label, Font(bold=True)), _text(page, told)])
    page.append([])
    for table in tables:
        link = _text(page, table.id, Font(color="0B5394", underline="single"))
        link.hyperlink = f"#'{table.id[:31]}'!A1"
        page.append([link, _text(page, words.title(table))])


def _table(book: Workbook, table: Table, words: Words) -> None:
    page = _sheet(book, table.id[:31], words)
    headings, rows = review_flat.headings(table, words), list(review_flat.rows(table, words))
    kinds = [kind for column in table.columns for kind in _kinds(column.kind)]
    for at, heading in enumerate(headings):
        page.column_dimensions[get_column_letter(at + 1)].width = _width(str(heading), [row[at] for row in rows])
    first = len(table.notes) + 3
    page.freeze_panes = f"A{first + 1}"
    if rows:
        page.auto_filter.ref = f"A{first}:{get_column_letter(len(headings))}{first + len(rows)}"
    page.print_title_rows = f"{first}:{first}"
    page.append([_text(page, words.title(table), Font(bold=True, size=13), _TOP)])
    for note in table.notes:
        page.append([_text(page, words.note(note), Font(italic=True, color="57606A"), _TOP)])
    page.append([])
    page.append([_text(page, str(heading), Font(bold=True), fill=_HEAD) for heading in headings])
    for row in rows:
        page.append([_cell(page, kind, value) for kind, value in zip(kinds, row, strict=True)])


def _kinds(kind: Kind) -> tuple[Kind, ...]:
    return (kind, "text") if kind in CODED else (kind,)


def _sheet(book: Workbook, title: str, words: Words) -> Any:
    page = book.create_sheet(title)
    page.sheet_view.rightToLeft = words.right_to_left
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return page


def _width(heading: str, cells: Sequence[Cell]) -> float:
    longest = max((len(str(cell)) for cell in cells if isinstance(cell, str)), default=0)
    words = max((len(word) for word in heading.split()), default=0)
    return min(_WIDE, max(_NARROW, words + 3, min(longest, _WIDE) * 0.95 + 2))


def _cell(page: Any, kind: Kind, value: Cell) -> Any:
    if isinstance(value, str):
        return _text(page, value)
    cell = WriteOnlyCell(page, value)
    cell.number_format = _FORMATS.get(kind, "General")
    cell.alignment = _TOP
    return cell


def _text(
    page: Any, text: str, font: Font | None = None, alignment: Alignment = _WRAPPED, fill: PatternFill | None = None
) -> Any:
    whole = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell = WriteOnlyCell(page, guarded(whole if len(whole) <= LONGEST else whole[: LONGEST - 2] + " …") or None)
    cell.alignment = alignment
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell
