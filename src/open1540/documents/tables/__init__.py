"""Tables read out of PDF, DOCX, XLSX and CSV files: rows of text cells with page, table, row and column.

What a table means is left to the desks. Files are not trusted: size, archives and XML are checked before they are opened,
no formula is evaluated, and what could not be surely read is said so.
"""

import zipfile
from io import BytesIO

from open1540.documents.formats import check_size
from open1540.documents.tables import text, word
from open1540.documents.tables.table import Doubt, Row, Table, Tables, guarded, unguarded
from open1540.vocabulary import UnreadableDocument

__all__ = ["Doubt", "Row", "Table", "Tables", "guarded", "read_tables", "unguarded"]


def read_tables(data: bytes, name: str) -> Tables:
    """The tables of a file, its kind told by its content.

    Raises UnreadableDocument for an empty, damaged, hostile or encrypted file, one of another kind, or one without tables.
    """
    check_size(len(data), name)
    if b"%PDF-" in data[:1024]:
        # The page reader is slow to load, and only printed files need it.
        from open1540.documents.tables import page

        found = page.read(data, name)
    elif data.startswith(b"PK\x03\x04"):
        found = _archive(data, name)
    else:
        found = text.read(data, name)
    if not found.tables:
        raise UnreadableDocument(
            f"a {found.format.upper()} file without a table",
            expected="a matrix in tables with lines around their cells",
            where=name,
            remedy="check that this is the right file; of a scan, recognise its text first",
        )
    return found


def _archive(data: bytes, name: str) -> Tables:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument(
            "a damaged archive",
            expected="a complete DOCX or XLSX file",
            where=name,
            remedy="download or save it again",
        ) from error
    if "word/document.xml" in names:
        return word.read(data, name)
    if "xl/workbook.xml" in names:
        from open1540.documents.tables import workbook

        return workbook.read(data, name)
    raise UnreadableDocument(
        "a zip archive or another office format",
        expected="PDF, DOCX, XLSX or CSV",
        where=name,
        remedy="open it in an office program and save it as DOCX or XLSX",
    )
