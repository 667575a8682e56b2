"""The action plan as a workbook: one line for each measure, blanks to fill, no cell that a spreadsheet would run."""

import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from open1540 import reference
from open1540.documents.tables import guarded
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.archives import packed, unpacked
from open1540.interfaces.reports.national import plan_rows
from open1540.interfaces.reports.typeset import CREATED
from open1540.workflows.national import NationalPlan

_PROPERTIES = "docProps/core.xml"
_WIDTHS = (6, 24, 24, 32, 20, 32, 32, 32, 36, 32, 26, 12, 12, 40, 32, 28, 28, 24)
# Control characters that XML 1.0 forbids.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_xlsx(plan: NationalPlan, t: Translator) -> bytes:
    """The plan's lines as a workbook of one sheet; the same plan gives the same bytes."""
    heads, rows = plan_rows(plan, t)
    book = Workbook()
    sheet = book.active
    sheet.title = t("Action plan")
    sheet.sheet_view.rightToLeft = t.direction == "rtl"
    book.properties.title = f"{t('Action plan')}: {reference.state(plan.draft.state).name(t.language)}"
    book.properties.creator = "open1540"
    book.properties.language = t.language
    book.properties.created = CREATED.replace(tzinfo=None)
    for row in (heads, *rows):
        sheet.append([safe(cell) for cell in row])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EAEEF2")
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s" if cell.value else "n"
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions
    written = io.BytesIO()
    book.save(written)
    return _undated(written.getvalue())


def safe(text: str) -> str:
    """A cell's text, with an apostrophe before one that a spreadsheet would run."""
    text = _FORBIDDEN.sub("", text.replace("\u2068", "").replace("\u2069", ""))
    return guarded(text)


def _undated(book: bytes) -> bytes:
    """The workbook with a fixed moment for the clock's, in its properties and its archive."""
    moment = CREATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    parts = unpacked(book)
    parts[_PROPERTIES] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, parts[_PROPERTIES])
    return packed(parts)
