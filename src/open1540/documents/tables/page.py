"""PDF files: cells by the lines drawn around them, their text letter by letter from the text layer.

A table that goes on over pages is one table: repeated headings are left out, and a row torn by a page is put together.
"""

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pdfplumber
import pypdfium2

from open1540.documents.formats import pdf
from open1540.documents.tables import checks
from open1540.documents.tables.page_cells import Cell, Known, settled, together
from open1540.documents.tables.page_letters import Letters, Rect
from open1540.documents.tables.table import Doubt, Row, Table, Tables
from open1540.vocabulary import UnreadableDocument

# Its warnings about damaged objects are no answer to whoever asked for a matrix.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
MAX_PAGES = 2_000


_COVERED = Cell("", from_above=True)


class _Grid(NamedTuple):
    page: int
    rows: list[list[Cell | None]]
    above: tuple[str, ...]


def read(data: bytes, name: str) -> Tables:
    """The tables of a PDF. Raises UnreadableDocument for a damaged or encrypted one, and one without a text layer."""
    document = pdf.opened(data, name)
    try:
        if len(document) > MAX_PAGES:
            raise _too_long(len(document), name)
        sums = checks.sums(document.get_metadata_dict().get("Keywords", ""))
        grids, outside, letters, turned, words = _pages(document, data, name)
    except UnreadableDocument:
        raise
    except Exception as error:
        # What reads the lines of a page meets damage with whatever error its parser happens upon.
        raise pdf.damaged(error, name) from error
    finally:
        document.close()
    if letters < pdf.LETTERS_OF_A_PAGE:
        raise pdf.without_text(len(grids), name)
    known = Known(sums, frozenset(words))
    doubts = [Doubt(f"page {page}", "a page set on its side", "an upright page") for page in turned]
    tables = [
        _table(number, [grid for _, grid in group], known, doubts)
        for number, (_, group) in enumerate(groupby(_numbered(grids), key=lambda pair: pair[0]), 1)
    ]
    return Tables(name, "pdf", tuple(tables), tuple(outside), tuple(doubts))


def _pages(
    document: pypdfium2.PdfDocument, data: bytes, name: str
) -> tuple[list[_Grid], list[str], int, list[int], set[str]]:
    grids: list[_Grid] = []
    outside: list[str] = []
    turned: list[int] = []
    words: set[str] = set()
    letters = 0
    with pdfplumber.open(BytesIO(data)) as plumbed:
        for index, page in enumerate(plumbed.pages):
            if page.rotation:
                turned.append(index + 1)
            text = Letters(document[index], float(page.height))
            letters += len(text.signs)
            words |= text.hyphenated
            used = np.zeros(len(text.signs), bool)
            for table in page.find_tables():
                lines = text.lines_above(table.bbox[1], ~used)
                starts = sorted({box[0] for row in table.rows for box in row.cells if box})
                rows = [
                    [
                        _covered(row.cells, starts[at]) if box is None else text.cell(box, used)
                        for at, box in enumerate(row.cells)
                    ]
                    for row in table.rows
                ]
                if text.right_to_left:
                    rows = [_turned(row.cells, told, starts) for row, told in zip(table.rows, rows, strict=True)]
                grids.append(_Grid(index + 1, rows, tuple(lines)))
            outside += [cell.text for cell in text.lines(~used)]
            page.close()
    return grids, outside, letters, turned, words


def _covered(boxes: Sequence[Rect | None], start: float) -> Cell | None:
    """What stands in a column without a cell of its own: None beneath a wide cell of the row, else one from above."""
    return None if any(box and box[0] - 1 < start < box[2] - 1 for box in boxes) else _COVERED


def _turned(boxes: Sequence[Rect | None], cells: list[Cell | None], starts: Sequence[float]) -> list[Cell | None]:
    """A row of a table that begins at the right, its first column first; a wide cell stands in the first it covers.

    Arguments:
        boxes, cells: of the row, from the left.
        starts: where the table's columns begin at their left.
    """
    turned: list[Cell | None] = [None] * len(cells)
    for at, (box, cell) in enumerate(zip(boxes, cells, strict=True)):
        if cell is _COVERED:
            turned[len(cells) - at - 1] = cell
        elif box is not None:
            covered = sum(box[0] - 1 < start < box[2] - 1 for start in starts)
            turned[max(len(cells) - at - max(covered, 1), 0)] = cell
    return turned


def _numbered(grids: Sequence[_Grid]) -> Iterator[tuple[int, _Grid]]:
    """Grids with the number of their table: one goes on over a page that begins with the same headings, or with none."""
    number, before = 0, None
    for grid in grids:
        goes_on = before is not None and grid.page == before.page + 1 and _goes_on(before, grid)
        number += not goes_on
        yield number, grid
        before = grid if not goes_on else _Grid(grid.page, before.rows if before else grid.rows, grid.above)


def _goes_on(before: _Grid, grid: _Grid) -> bool:
    return bool(before.rows and grid.rows) and _same(before.rows[0], grid.rows[0])


def _same(one: Sequence[Cell | None], other: Sequence[Cell | None]) -> bool:
    return [cell and cell.text for cell in one] == [cell and cell.text for cell in other]


def _table(number: int, grids: Sequence[_Grid], known: Known, doubts: list[Doubt]) -> Table:
    rows: list[tuple[int, list[Cell | None]]] = []
    head: list[list[Cell | None]] = []
    for grid in grids:
        own = grid.rows
        repeated = 0
        if rows:
            while repeated < min(len(head), len(own)) and _same(head[repeated], own[repeated]):
                repeated += 1
        else:
            head = own
        for at, cells in enumerate(own[repeated:]):
            if rows and repeated and at == 0 and _torn(cells) and len(cells) == len(rows[-1][1]):
                rows[-1] = rows[-1][0], [together(*pair) for pair in zip(rows[-1][1], cells, strict=True)]
            else:
                rows.append((grid.page, cells))
    return Table(
        number,
        tuple(_row(at, page, cells, f"table {number}", known, doubts) for at, (page, cells) in enumerate(rows, 1)),
        above=grids[0].above,
    )


def _torn(cells: Sequence[Cell | None]) -> bool:
    """Whether a row below repeated headings goes on from the page before: it begins with an empty cell."""
    return cells[0] is not None and not cells[0].text and any(cell and cell.text for cell in cells)


def _row(number: int, page: int, cells: Sequence[Cell | None], where: str, known: Known, doubts: list[Doubt]) -> Row:
    texts: list[str | None] = []
    doubtful = []
    for at, cell in enumerate(cells):
        text, sure = (None, True) if cell is None or cell.from_above else settled(cell, known)
        texts.append(text)
        if not sure:
            doubtful.append(at)
    from_above = tuple(at for at, cell in enumerate(cells) if cell and cell.from_above)
    return Row(number, tuple(texts), page, tuple(doubtful), from_above)


def _too_long(pages: int, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"a PDF of {pages} pages",
        expected=f"at most {MAX_PAGES} pages",
        where=name,
        remedy="take the matrix out of it",
    )
