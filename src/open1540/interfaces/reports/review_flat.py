"""The tables of the review as data: one CSV for each, ids with their names beside them."""

import csv
import io
from collections.abc import Iterator

from open1540.documents.tables import guarded
from open1540.interfaces.reports.review_words import CODED, Words
from open1540.review import Cell, Column, Table


def as_csv(table: Table, words: Words) -> bytes:
    """A table in UTF-8 with the mark spreadsheet programs want; no cell begins as a formula does."""
    return _encoded([headings(table, words), *rows(table, words)])


def all_as_csv(tables: tuple[Table, ...], words: Words) -> bytes:
    """Several tables in one file, each below its title and followed by an empty line."""
    lines: list[list[Cell]] = []
    for table in tables:
        lines += [[words.title(table)], list(headings(table, words)), *rows(table, words), []]
    return _encoded(lines)


def headings(table: Table, words: Words) -> list[Cell]:
    """The headings, two for a column of ids."""
    found: list[Cell] = []
    for column in table.columns:
        heading = words.heading(column)
        found += [heading, f"{heading} ({words.t('name')})"] if column.kind in CODED else [heading]
    return found


def rows(table: Table, words: Words) -> Iterator[list[Cell]]:
    """The rows; numbers stay numbers, a share lies between 0 and 1, days are ISO."""
    for row in table.rows:
        yield [cell for column, value in zip(table.columns, row, strict=True) for cell in _cells(column, value, words)]


def _cells(column: Column, value: Cell, words: Words) -> tuple[Cell, ...]:
    if column.kind in CODED:
        told = str(value or "")
        return told.replace(";", "; "), words.name(column.kind, told) if told else ""
    if isinstance(value, str) and column.kind != "day":
        return (words.name(column.kind, value) if value else "",)
    return (value,)


def _encoded(lines: list[list[Cell]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
