"""XLSX files: every sheet a table. Merged cells keep their text once; formulas are neither evaluated nor read."""

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from open1540.documents.formats import docx, xml
from open1540.documents.tables.table import MAX_COLUMNS, MAX_ROWS, Doubt, Row, Table, Tables, unguarded
from open1540.vocabulary import UnreadableDocument

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAX_PARTS = 2_000


def read(data: bytes, name: str) -> Tables:
    """The sheets of a workbook. Raises UnreadableDocument for a damaged, protected or hostile one."""
    _check(data, name)
    doubts: list[Doubt] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False)
        tables = [_table(sheet, number, data, name, doubts) for number, sheet in enumerate(book.worksheets, 1)]
        book.close()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(
            f"a damaged workbook ({type(error).__name__})",
            expected="a complete XLSX file without a password",
            where=name,
            remedy="open it in an office program and save it again",
        ) from error
    return Tables(name, "xlsx", tuple(table for table in tables if table.rows), doubts=tuple(doubts))


def _check(data: bytes, name: str) -> None:
    """Unpack every part once within its limits, so that what opens the file later cannot be made to swell."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if len(archive.infolist()) > _MAX_PARTS:
            raise docx.bomb(len(archive.infolist()), len(data), name)
        for part in archive.namelist():
            content = docx.part(archive, part, name)
            if part.endswith((".xml", ".rels")):
                xml.refuse_entities(content, name)


def _table(sheet: Any, number: int, data: bytes, name: str, doubts: list[Doubt]) -> Table:
    sheet.reset_dimensions()
    covered = _covered(sheet, data, name)
    rows = []
    for at, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1), 1):
        texts = [
            None if (at, column) in covered else _text(cell, sheet.title, at, column, doubts)
            for column, cell in enumerate(cells, 1)
        ]
        while texts and not texts[-1]:
            texts.pop()
        if texts and (at > MAX_ROWS or len(texts) > MAX_COLUMNS):
            raise UnreadableDocument(
                f"a sheet of more than {MAX_ROWS} rows or {MAX_COLUMNS} columns",
                expected="a matrix, which has some hundred rows",
                where=f"{name}: {sheet.title}",
                remedy="check that this is the right file",
            )
        if texts:
            rows.append(Row(at, tuple(texts)))
    return Table(number, tuple(rows), sheet.title)


def _text(cell: Any, sheet: str, row: int, column: int, doubts: list[Doubt]) -> str:
    if cell.value is None:
        return ""
    if cell.data_type in ("f", "e"):
        where = f"sheet {sheet}, cell {get_column_letter(column)}{row}"
        doubts.append(Doubt(where, f"a formula or an error: {cell.value}", "text; no formula is evaluated"))
        return ""
    if cell.data_type == "d":
        return str(cell.value.date() if hasattr(cell.value, "date") else cell.value)
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return unguarded(str(cell.value))


def _covered(sheet: Any, data: bytes, name: str) -> frozenset[tuple[int, int]]:
    """Rows and columns of the cells that merged ones cover, but for the first cell of each."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = xml.parse(docx.part(archive, sheet._worksheet_path.lstrip("/"), name), name)
    return frozenset(place for merged in root.iter(f"{_S}mergeCell") for place in _places(merged.get("ref", "")))


def _places(reference: str) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = range_boundaries(reference)
    for row in range(top, min(bottom, MAX_ROWS) + 1):
        for column in range(left, min(right, MAX_COLUMNS) + 1):
            if (row, column) != (top, left):
                yield row, column
