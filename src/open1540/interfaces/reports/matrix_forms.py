"""A matrix in each form it leaves in. Writers are loaded only where they are asked for: the compiler of pages takes its time."""

from collections.abc import Callable

from open1540.matrix.sheet_flat import MatrixData
from open1540.vocabulary import UnknownCode

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
FORMS = tuple(MEDIA)


def written(data: MatrixData, form: str) -> bytes:
    """The matrix in a form. Raises UnknownCode for a form nobody writes, JobFailed where a font is missing for a PDF."""
    return _writer(form)(data)


def file_name(data: MatrixData, form: str) -> str:
    """What the file is called: ``FRA-v3.xlsx``; without a version ``FRA.xlsx``."""
    number = data.heading.number
    return f"{data.heading.state}{f'-v{number}' if number else ''}.{form}"


def _writer(form: str) -> Callable[[MatrixData], bytes]:
    from open1540.interfaces.reports import matrix_docx, matrix_flat, matrix_pdf, matrix_sheet, matrix_xlsx

    drawn = {"xlsx": matrix_xlsx.as_xlsx, "docx": matrix_docx.as_docx, "pdf": matrix_pdf.as_pdf}
    if form in drawn:
        return lambda data: drawn[form](matrix_sheet.sheet_in(data.entries, data.heading))
    if form not in MEDIA:
        raise UnknownCode(f"form {form!r}", expected="one of " + ", ".join(FORMS), where="address", remedy="choose one")
    flat = matrix_flat.as_csv if form == "csv" else matrix_flat.as_json
    return lambda data: flat(data.entries, data.heading)
