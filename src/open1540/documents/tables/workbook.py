"""XLSX files: every sheet a table. Merged cells keep their text once; formulas are neither evaluated nor read."""

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import range_boundaries

from open1540.documents.formats import docx, xml
from open1540.documents.tables.table import MAX_COLUMNS, MAX_ROWS, Doubt, Row, Table, Tables, unguarded
from open1540.vocabulary import UnreadableDocument

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Formulas and errors.
_NO_TEXT = ("f", "e")
_MAX_PARTS = 2_000
_MAX_WHOLE = 300_000_000


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
    except UnreadableDocument:
        raise
    except Exception as error:
        # A workbook can be damaged in any of its parts, and its reader meets that with any error.
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
        whole = sum(part.file_size for part in archive.infolist())
        if len(archive.infolist()) > _MAX_PARTS or whole > _MAX_WHOLE:
            raise docx.bomb(whole, len(data), name)
        for part in archive.namelist():
            content = docx.part(archive, part, name)
            if part.endswith((".xml", ".rels")):
                xml.refuse_entities(content, name)


def _table(sheet: Any, number: int, data: bytes, name: str, doubts: list[Doubt]) -> Table:
    sheet.reset_dimensions()
    root = _root(sheet, data, name)
    covered = dict(place for merged in root.iter(f"{_S}mergeCell") for place in _places(merged.get("ref", "")))
    if any(_beyond(row) for row in root.iter(f"{_S}row")):
        raise _too_large(sheet, name)
    rows = []
    for at, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), 1):
        texts = [
            None if (at, column) in covered else _text(cell, sheet.title, at, column, doubts)
            for column, cell in enumerate(cells, 1)
        ]
        while texts and texts[-1] == "":
            texts.pop()
        doubtful = tuple(place for place, cell in enumerate(cells) if cell.data_type in _NO_TEXT)
        if any(texts) or doubtful:
            from_above = tuple(place for place in range(len(texts)) if covered.get((at, place + 1)))
            rows.append(Row(at, tuple(texts), doubtful=doubtful, from_above=from_above))
    return Table(number, tuple(rows), sheet.title)


def _text(cell: Any, sheet: str, row: int, column: int, doubts: list[Doubt]) -> str:
    if cell.value is None:
        return ""
    if cell.data_type in _NO_TEXT:
        where = f"sheet {sheet}, cell {get_column_letter(column)}{row}"
        doubts.append(Doubt(where, f"a formula or an error: {cell.value}", "text; no formula is evaluated"))
        return ""
    if cell.data_type == "d":
        return str(cell.value.date() if hasattr(cell.value, "date") else cell.value)
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return unguarded(str(cell.value))


def _root(sheet: Any, data: bytes, name: str) -> etree._Element:
    """The sheet's XML, which alone tells merged cells and rows far below without reading them all."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return xml.parse(docx.part(archive, sheet._worksheet_path.lstrip("/"), name), name)


def _beyond(row: etree._Element) -> bool:
    """Whether a row holds something below or beside all a matrix can have."""
    filled = [cell for cell in row if len(cell)]
    number = row.get("r", "")
    letters = filled[-1].get("r", "").rstrip("0123456789") if filled else ""
    wide = letters.isalpha() and (len(letters) > 3 or column_index_from_string(letters) > MAX_COLUMNS)
    return bool(filled) and (wide or (number.isdecimal() and int(number) > MAX_ROWS))


def _too_large(sheet: Any, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"a sheet of more than {MAX_ROWS} rows or {MAX_COLUMNS} columns",
        expected="a matrix, which has some hundred rows",
        where=f"{name}: {sheet.title}",
        remedy="check that this is the right file",
    )


def _places(reference: str) -> Iterator[tuple[tuple[int, int], bool]]:
    """The places a merged cell covers beside its own, and whether from a row above."""
    left, top, right, bottom = range_boundaries(reference)
    for row in range(top, min(bottom, MAX_ROWS) + 1):
        for column in range(left, min(right, MAX_COLUMNS) + 1):
            if (row, column) != (top, left):
                yield (row, column), row > top
