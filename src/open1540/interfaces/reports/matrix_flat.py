"""A matrix as data: CSV with a row for each field, and JSON that keeps everything, evidence and passages too."""

import csv
import io
from collections.abc import Iterable

import msgspec

from open1540.documents.tables import guarded
from open1540.matrix.sheet import Heading
from open1540.matrix.sheet_flat import MatrixData, flat
from open1540.vocabulary import Entry


def as_csv(entries: Iterable[Entry], heading: Heading) -> bytes:
    """One row for each field, in UTF-8 with the mark spreadsheet programs want; no cell begins as a formula does."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(map(guarded, row) for row in flat(entries, heading))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def as_json(entries: Iterable[Entry], heading: Heading) -> bytes:
    """Header and entries with their evidence, without loss."""
    data = MatrixData(heading=heading, entries=tuple(entries))
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"
