"""A table of a page in every form it is wanted in: the same rows as CSV, workbook, JSON, and a description of them."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Literal, get_args

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

import open1540
from open1540.documents.tables import guarded
from open1540.interfaces.reports.archives import packed, unpacked

Form = Literal["csv", "xlsx", "json", "metadata.json"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "metadata.json": "application/json",
}
Value = str | int | float | bool | dt.date | None
_CREATED = dt.datetime(2004, 4, 28)
_WIDEST = 60


class Column(msgspec.Struct, frozen=True):
    """A column: the key its values have in JSON, its heading as people read it, what it means."""

    key: str
    heading: str
    meaning: str = ""


class Table(msgspec.Struct, frozen=True):
    """The rows a page shows, after its filters.

    Attributes:
        name: file name without its ending.
        title: as people read it.
        sources: where the figures come from.
        notes: what they do not say.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def table(
    name: str,
    title: str,
    columns: Iterable[tuple[str, str]],
    rows: Iterable[Sequence[Value]],
    *,
    sources: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> Table:
    """A table from pairs of key and heading, and rows."""
    told = tuple(Column(key, heading) for key, heading in columns)
    return Table(name, title, told, tuple(tuple(row) for row in rows), tuple(sources), tuple(notes))


def written(shown: Table, form: Form, *, address: str, filters: dict[str, str], language: str, changes: int) -> bytes:
    """The bytes of a table in a form.

    Arguments:
        address: of the page; filters: what its address asks for; changes: number of the record's last change.
    """
    if form == "csv":
        return _csv(shown)
    if form == "xlsx":
        return _xlsx(shown, address)
    if form == "json":
        keys = [column.key for column in shown.columns]
        return msgspec.json.encode([dict(zip(keys, row, strict=True)) for row in shown.rows])
    return msgspec.json.encode(
        {
            "title": shown.title,
            "page": address,
            "filters": filters,
            "language": language,
            "rows": len(shown.rows),
            "columns": [{"key": c.key, "heading": c.heading, "meaning": c.meaning} for c in shown.columns],
            "sources": shown.sources,
            "notes": shown.notes,
            "software": f"open1540 {open1540.__version__}",
            "record": f"change {changes}",
            "blank": "unknown: nothing is recorded; never that there is no measure",
        }
    )


def safe(value: Value) -> Value:
    """A value that no spreadsheet program takes for a formula."""
    return guarded(value) if isinstance(value, str) else value


def _csv(shown: Table) -> bytes:
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([safe(column.heading) for column in shown.columns])
    writer.writerows([safe(_plain(value)) for value in row] for row in shown.rows)
    # The mark by which spreadsheet programs know UTF-8.
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _xlsx(shown: Table, address: str) -> bytes:
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _CREATED
    book.properties.title = shown.title
    sheet = book.create_sheet(_sheet_name(shown.name))
    sheet.freeze_panes = "A2"
    for at, column in enumerate(shown.columns):
        widest = max([len(column.heading), *(len(str(row[at] or "")) for row in shown.rows[:200])])
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(widest, _WIDEST) + 2
    sheet.append([_cell(sheet, column.heading, bold=True) for column in shown.columns])
    for row in shown.rows:
        sheet.append([_cell(sheet, _plain(value)) for value in row])
    about = book.create_sheet("about")
    for line in (shown.title, address, *shown.sources, *shown.notes):
        about.append([_cell(about, line)])
    buffer = BytesIO()
    book.save(buffer)
    return packed(unpacked(buffer.getvalue()))


def _cell(sheet: object, value: Value, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe(value))
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        # Control characters have no place in a workbook.
        return "".join(c for c in value if c >= " " or c in "\n\t")
    return value.isoformat() if isinstance(value, dt.date) else value


def _sheet_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else "-" for c in name)[:31] or "table"
