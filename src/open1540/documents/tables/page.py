"""PDF files: cells by the lines drawn around them, their text letter by letter from the text layer.

A table that goes on over pages is one table: repeated headings are left out, and a row torn by a page is put together.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

import pdfplumber
from pdfplumber.table import Table as PdfTable

from open1540.documents.formats import pdf
from open1540.documents.tables import checks
from open1540.documents.tables.page_cells import Cell, Known, cell_of, known, settled, together
from open1540.documents.tables.page_letters import Letters, Line, Rect
from open1540.documents.tables.table import Doubt, Row, Table, Tables
from open1540.vocabulary import UnreadableDocument

# Its warnings about damaged objects are no answer to whoever asked for a matrix.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
MAX_PAGES = 2_000
# Printed lines before a table among which its heading is looked for: heading and question may each take several.
LINES_ABOVE_PRINTED = 8


_COVERED = Cell("", from_above=True)
# A line that goes on so far beyond a table, in points, is one of a row the page's edge tears.
_TORN = 3
_Boxes = list[Rect | None]
_DIGITS = re.compile(r"\d+")


class _Drawn(NamedTuple):
    """A table of one page as it is drawn: the lines of its cells, not read yet."""

    page: int
    rows: list[list[list[Line] | Cell | None]]
    above: list[Line]
    below: list[Line]
    columns: tuple[int, ...]
    right_to_left: bool


class _Grid(NamedTuple):
    """A table of one page.

    Attributes:
        above, below: free lines between it and the table or the page's end before it and behind it.
        columns: where its columns begin, in points.
    """

    page: int
    rows: list[list[Cell | None]]
    above: tuple[str, ...]
    below: tuple[str, ...]
    columns: tuple[int, ...]


def read(data: bytes, name: str) -> Tables:
    """The tables of a PDF. Raises UnreadableDocument for a damaged or encrypted one, and one without a text layer."""
    document = pdf.opened(data, name)
    try:
        if len(document) > MAX_PAGES:
            raise _too_long(len(document), name)
        sums = checks.sums(document.get_metadata_dict().get("Keywords", ""))
        drawn, free, letters, turned = _pages(data)
    except UnreadableDocument:
        raise
    except Exception as error:
        # What reads the lines of a page meets damage with whatever error its parser happens upon.
        raise pdf.damaged(error, name) from error
    finally:
        document.close()
    if letters < pdf.LETTERS_OF_A_PAGE:
        raise pdf.without_text(len(drawn), name)
    cells = [cell for one in drawn for row in one.rows for cell in row if isinstance(cell, list)]
    file = known(sums, cells, any(one.right_to_left for one in drawn))
    grids = [_read(one, file) for one in drawn]
    doubts = [Doubt(f"page {page}", "a page set on its side", "an upright page") for page in turned]
    tables = [
        _table(number, [grid for _, grid in group], file)
        for number, (_, group) in enumerate(groupby(_numbered(grids), key=lambda pair: pair[0]), 1)
    ]
    outside = [cell_of([line], file, right_to_left=own).text for line, own in free]
    return Tables(name, "pdf", tuple(tables), tuple(outside), tuple(doubts))


def _pages(data: bytes) -> tuple[list[_Drawn], list[tuple[Line, bool]], int, list[int]]:
    drawn: list[_Drawn] = []
    free: list[tuple[Line, bool]] = []
    turned: list[int] = []
    letters = 0
    with pdfplumber.open(BytesIO(data)) as plumbed:
        for index, page in enumerate(plumbed.pages):
            if page.rotation:
                turned.append(index + 1)
            text = Letters(page.chars)
            letters += text.count
            used = text.free()
            found = page.find_tables()
            upright = [edge for edge in page.edges if edge["orientation"] == "v"]
            boxes = [_with_torn_rows(table, upright) for table in found]
            rows = [_rows(own, text, used) for own in boxes]
            borders = [0.0, *(height for own in boxes for height in _heights(own)), float("inf")]
            for at in range(len(found)):
                drawn.append(
                    _Drawn(
                        index + 1,
                        rows[at],
                        text.lines(~used, (borders[2 * at], borders[2 * at + 1])),
                        text.lines(~used, (borders[2 * at + 2], borders[2 * at + 3])),
                        tuple(round(start) for start in _starts(boxes[at])),
                        text.right_to_left,
                    )
                )
            free += [(line, text.right_to_left) for line in text.lines(~used)]
            page.close()
    return drawn, free, letters, turned


def _with_torn_rows(table: PdfTable, upright: Sequence[Mapping[str, Any]]) -> list[_Boxes]:
    """The boxes of a table's rows, with what the page's edge tore off its first or last row: it has no line there.

    Arguments:
        upright: the upright lines of the page.
    """
    left, top, right, bottom = table.bbox
    own = [e for e in upright if left - 1 < e["x0"] < right + 1 and e["top"] < bottom + 1 and e["bottom"] > top - 1]
    rows: list[_Boxes] = [list(row.cells) for row in table.rows]
    highest, lowest = min((e["top"] for e in own), default=top), max((e["bottom"] for e in own), default=bottom)
    if lowest > bottom + _TORN:
        rows.append(_between([e["x0"] for e in own if e["bottom"] > bottom + _TORN], bottom, lowest, rows))
    if highest < top - _TORN:
        rows.insert(0, _between([e["x0"] for e in own if e["top"] < top - _TORN], highest, top, rows))
    return rows


def _between(lines: Sequence[float], top: float, bottom: float, rows: Sequence[_Boxes]) -> _Boxes:
    """The boxes of a row between upright lines, as many as the table has columns."""
    starts = _starts(rows)
    ends = [*starts[1:], max(box[2] for row in rows for box in row if box)]
    parted = [any(abs(line - start) < 1 for line in lines) for start in starts]
    row: _Boxes = [None] * len(starts)
    for at, start in enumerate(starts):
        if parted[at] or at == 0:
            last = next((n for n in range(at + 1, len(starts)) if parted[n]), len(starts)) - 1
            row[at] = (start, top, ends[last], bottom)
    return row


def _heights(rows: Sequence[_Boxes]) -> tuple[float, float]:
    boxes = [box for row in rows for box in row if box]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _starts(rows: Sequence[_Boxes]) -> list[float]:
    return sorted({box[0] for row in rows for box in row if box})


def _rows(boxes: Sequence[_Boxes], text: Letters, used: Any) -> list[list[list[Line] | Cell | None]]:
    starts = _starts(boxes)
    rows = [
        [_covered(row, starts[at]) if box is None else text.cell(box, used) for at, box in enumerate(row)]
        for row in boxes
    ]
    if not text.right_to_left:
        return rows
    return [_turned(row, told, starts) for row, told in zip(boxes, rows, strict=True)]


def _read(drawn: _Drawn, file: Known) -> _Grid:
    def one(cell: list[Line] | Cell | None) -> Cell | None:
        return cell_of(cell, file, right_to_left=drawn.right_to_left) if isinstance(cell, list) else cell

    def free(lines: Sequence[Line]) -> tuple[str, ...]:
        return tuple(cell_of([line], file, right_to_left=drawn.right_to_left).text for line in lines)

    rows = [[one(cell) for cell in row] for row in drawn.rows]
    return _Grid(drawn.page, rows, free(drawn.above), free(drawn.below), drawn.columns)


def _covered(boxes: Sequence[Rect | None], start: float) -> Cell | None:
    """What stands in a column without a cell of its own: None beneath a wide cell of the row, else one from above."""
    return None if any(box and box[0] - 1 < start < box[2] - 1 for box in boxes) else _COVERED


def _turned(
    boxes: Sequence[Rect | None], cells: list[list[Line] | Cell | None], starts: Sequence[float]
) -> list[list[Line] | Cell | None]:
    """A row of a table that begins at the right, its first column first; a wide cell stands in the first it covers.

    Arguments:
        boxes, cells: of the row, from the left.
        starts: where the table's columns begin at their left.
    """
    turned: list[list[Line] | Cell | None] = [None] * len(cells)
    for at, (box, cell) in enumerate(zip(boxes, cells, strict=True)):
        if cell is _COVERED:
            turned[len(cells) - at - 1] = cell
        elif box is not None:
            covered = sum(box[0] - 1 < start < box[2] - 1 for start in starts)
            turned[max(len(cells) - at - max(covered, 1), 0)] = cell
    return turned


def _numbered(grids: Sequence[_Grid]) -> Iterator[tuple[int, _Grid]]:
    """Grids with the number of their table: one goes on at the top of the next page, beneath the same headings or none."""
    furniture = _furniture(grids)
    number, before, head = 0, None, None
    for grid in grids:
        goes_on = before is not None and head is not None and _goes_on(before, head, grid, furniture)
        number += not goes_on
        head = head if goes_on else grid
        # A heading may have stayed at the foot of the page before.
        left_behind = before.below if before is not None and before.page == grid.page - 1 else ()
        yield number, grid._replace(above=(*left_behind, *grid.above))
        before = grid


def _furniture(grids: Sequence[_Grid]) -> frozenset[str]:
    """Lines that stand above or below tables on several pages, page numbers left out."""
    pages: dict[str, set[int]] = {}
    for grid in grids:
        for line in (*grid.above, *grid.below):
            pages.setdefault(_DIGITS.sub("0", line), set()).add(grid.page)
    return frozenset(line for line, seen in pages.items() if len(seen) > 1 or line == "0")


def _goes_on(before: _Grid, head: _Grid, grid: _Grid, furniture: frozenset[str]) -> bool:
    """Whether a table is the rest of the one before: at the next page's top, in the same columns."""
    if grid.page != before.page + 1 or not (before.rows and grid.rows):
        return False
    between = {_DIGITS.sub("0", line) for line in (*before.below, *grid.above)} - furniture
    return not between and (_same(head.rows[0], grid.rows[0]) or grid.columns == before.columns)


def _same(one: Sequence[Cell | None], other: Sequence[Cell | None]) -> bool:
    return [cell and cell.text for cell in one] == [cell and cell.text for cell in other]


def _table(number: int, grids: Sequence[_Grid], file: Known) -> Table:
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
            if rows and at == 0 and len(cells) == len(rows[-1][1]) and (_torn(cells) or _torn(rows[-1][1])):
                rows[-1] = rows[-1][0], [together(*pair, file) for pair in zip(rows[-1][1], cells, strict=True)]
            else:
                rows.append((grid.page, cells))
    return Table(
        number,
        tuple(_row(at, page, cells, file) for at, (page, cells) in enumerate(rows, 1)),
        above=grids[0].above[-LINES_ABOVE_PRINTED:],
    )


def _torn(cells: Sequence[Cell | None]) -> bool:
    """Whether a row at a page's edge is only part of one: it begins with an empty cell."""
    return cells[0] is not None and not cells[0].text and any(cell and cell.text for cell in cells)


def _row(number: int, page: int, cells: Sequence[Cell | None], file: Known) -> Row:
    texts: list[str | None] = []
    doubtful = []
    for at, cell in enumerate(cells):
        text, sure = (None, True) if cell is None or cell.from_above else settled(cell, file)
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
