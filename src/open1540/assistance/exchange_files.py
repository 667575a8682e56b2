"""Offers and activities as files that others can take over: CSV, XLSX and JSON."""

import csv
import datetime as dt
from collections.abc import Sequence
from io import BytesIO, StringIO

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from open1540.assistance.exchange import Record, cells
from open1540.documents.tables import guarded
from open1540.reference.offer_columns import Exchanged, offer_columns

_OF_THE_HOUSE = ("by", "at", "note")


def as_csv(records: Sequence[Record], kind: Exchanged, language: str) -> bytes:
    """A table in UTF-8 with the mark spreadsheet programs want; no cell begins as a formula does."""
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(_rows(records, kind, language))
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(records: Sequence[Record], kind: Exchanged, language: str) -> bytes:
    """A workbook of one sheet; every cell is text, and none a formula."""
    book = Workbook(write_only=True)
    book.properties.creator = "open1540"
    sheet = book.create_sheet(kind)
    sheet.sheet_view.rightToLeft = language == "ar"
    sheet.freeze_panes = "A2"
    for row in _rows(records, kind, language):
        sheet.append([_text(sheet, cell) for cell in row])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_json(records: Sequence[Record], kind: Exchanged, on: dt.date) -> bytes:
    """The records with ids and numbers, but not who wrote them."""
    told = [
        {name: value for name, value in msgspec.to_builtins(one).items() if name not in _OF_THE_HOUSE}
        for one in records
    ]
    return msgspec.json.format(msgspec.json.encode({"kind": kind, "written_on": on, "records": told}), indent=2)


def _rows(records: Sequence[Record], kind: Exchanged, language: str) -> list[list[str]]:
    heading = [column.titles[language] for column in offer_columns(kind)]
    return [[guarded(cell) for cell in row] for row in (heading, *(cells(one, language) for one in records))]


def _text(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text or None)
    # A text such as #N/A would else be written as an error.
    cell.data_type = "s" if text else "n"
    return cell
