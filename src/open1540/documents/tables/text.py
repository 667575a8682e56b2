"""CSV files: one table, its separator told by its first line."""

import csv
import io
from itertools import zip_longest

from open1540.documents.tables.table import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Row, Table, Tables, unguarded
from open1540.vocabulary import UnreadableDocument

_SEPARATORS = (",", ";", "\t")


def read(data: bytes, name: str) -> Tables:
    """The table of a CSV file in UTF-8 or UTF-16. Raises UnreadableDocument for anything else."""
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other(name, "a file of another kind")
    try:
        written = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _other(name, "text that is not in UTF-8") from error
    first = written.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    if separator not in first:
        raise _other(name, "text without columns")
    before = csv.field_size_limit(MAX_CELL)
    try:
        lines = list(zip_longest(range(MAX_ROWS), csv.reader(io.StringIO(written, newline=""), delimiter=separator)))
    except csv.Error as error:
        raise _other(name, f"a table that is not whole ({error})") from error
    finally:
        csv.field_size_limit(before)
    rows = [
        Row(place + 1, tuple(unguarded(cell) for cell in cells))
        for place, cells in lines
        if place is not None and cells is not None
    ]
    if any(place is None for place, _ in lines) or any(len(row.cells) > MAX_COLUMNS for row in rows):
        raise _other(name, f"a table of more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")
    return Tables(name, "csv", (Table(1, tuple(rows)),) if rows else ())


def _other(name: str, found: str) -> UnreadableDocument:
    return UnreadableDocument(
        found,
        expected="PDF, DOCX, XLSX, or CSV in UTF-8 with a line of headings",
        where=name,
        remedy="check that this is the right file, or save it as XLSX or CSV (UTF-8)",
    )
