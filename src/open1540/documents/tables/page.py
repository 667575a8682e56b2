"""PDF files: cells by the lines drawn around them, their text letter by letter from the text layer.

A table that goes on over pages is one table: repeated headings are left out, and a row torn by a page is put together.
"""

import ctypes
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, groupby, islice, pairwise, product
from typing import Any, NamedTuple

import numpy as np
import pdfplumber
import pypdfium2
from pypdfium2 import raw as pdfium

from open1540.documents.formats import pdf
from open1540.documents.formats.arabic import Box
from open1540.documents.tables import checks, right_to_left
from open1540.documents.tables.right_to_left import ARABIC
from open1540.documents.tables.table import LINES_ABOVE, Doubt, Row, Table, Tables
from open1540.vocabulary import UnreadableDocument

# Its warnings about damaged objects are no answer to whoever asked for a matrix.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
MAX_PAGES = 2_000
# Readings of one cell that are tried against the check sums of its file.
MOST_READINGS = 1_024
# Where a line may end within what is written without a blank.
_GLUED_END = re.compile(r"[-\u2010-\u2015/\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]$")
_SPACED_END = re.compile(r"[|;,\\]$")
_GLUED_START = re.compile(r"^[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# A line that ends so may end a word, break one, or stand before a blank: only a check sum tells.
_BROKEN = re.compile("[-\u2010\u00ad]$")
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_LATIN = re.compile("[A-Za-z]")


_Rect = tuple[float, float, float, float]


class _Cell(NamedTuple):
    """A cell's text, and the other readings of it where a page leaves more than one."""

    text: str
    others: Callable[[], Iterable[str]] = tuple
    sure: bool = True
    broken: tuple[str, ...] = ()
    from_above: bool = False


_COVERED = _Cell("", from_above=True)


class _Known(NamedTuple):
    """What the file itself tells: check sums of its cells, and words it writes with a hyphen where no line ends."""

    sums: frozenset[str]
    words: frozenset[str]


class _Grid(NamedTuple):
    page: int
    rows: list[list[_Cell | None]]
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
    known = _Known(sums, frozenset(words))
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
            text = _Text(document[index], float(page.height))
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


def _covered(boxes: Sequence[_Rect | None], start: float) -> _Cell | None:
    """What stands in a column without a cell of its own: None beneath a wide cell of the row, else one from above."""
    return None if any(box and box[0] - 1 < start < box[2] - 1 for box in boxes) else _COVERED


def _turned(boxes: Sequence[_Rect | None], cells: list[_Cell | None], starts: Sequence[float]) -> list[_Cell | None]:
    """A row of a table that begins at the right, its first column first; a wide cell stands in the first it covers.

    Arguments:
        boxes, cells: of the row, from the left.
        starts: where the table's columns begin at their left.
    """
    turned: list[_Cell | None] = [None] * len(cells)
    for at, (box, cell) in enumerate(zip(boxes, cells, strict=True)):
        if cell is _COVERED:
            turned[len(cells) - at - 1] = cell
        elif box is not None:
            covered = sum(box[0] - 1 < start < box[2] - 1 for start in starts)
            turned[max(len(cells) - at - max(covered, 1), 0)] = cell
    return turned


class _Text:
    """The letters of a page with their places."""

    def __init__(self, page: pypdfium2.PdfPage, height: float) -> None:
        textpage = page.get_textpage()
        rect, handle = pdfium.FS_RECTF(), textpage.raw
        self.signs: list[str] = []
        self._boxes: list[Box] = []
        written: list[str] = []
        for at in range(textpage.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(handle, at))
            pdfium.FPDFText_GetLooseCharBox(handle, at, ctypes.byref(rect))
            if self._boxes and abs(rect.bottom - self._boxes[-1][1]) > 0.6 * max(rect.top - rect.bottom, 1.0):
                written.append("\n")
            written.append(sign)
            self.signs.append("-" if sign in "\ufffe\x02" else sign)
            self._boxes.append((rect.left, rect.bottom, rect.right, rect.top))
        textpage.close()
        page.close()
        self.hyphenated = set(_HYPHENATED.findall("".join(written)))
        boxes = np.array(self._boxes or [(0.0, 0.0, 0.0, 0.0)])
        self._x = (boxes[:, 0] + boxes[:, 2]) / 2
        self._y = height - (boxes[:, 1] + boxes[:, 3]) / 2
        letters = sum(sign.isalpha() for sign in self.signs)
        self.right_to_left = len(ARABIC.findall("".join(self.signs))) > 0.5 * max(letters, 1)

    def cell(self, box: _Rect, used: Any) -> _Cell:
        """The text within a box (left, top, right, bottom, from the page's top)."""
        if not self.signs:
            return _Cell("")
        left, top, right, bottom = box
        inside = (self._x > left) & (self._x < right) & (self._y > top) & (self._y < bottom)
        used |= inside
        return _reading(self._lines(np.flatnonzero(inside)))

    def lines(self, free: Any) -> Iterator[_Cell]:
        """Each line of the letters that are free."""
        if self.signs:
            for line in self._lines(np.flatnonzero(free)):
                if (told := _reading([line])).text:
                    yield told

    def lines_above(self, top: float, free: Any) -> list[str]:
        """The last free lines above a height."""
        return [cell.text for cell in self.lines(free & (self._y < top))][-LINES_ABOVE:] if self.signs else []

    def _lines(self, places: Any) -> list[list[tuple[str, Box]]]:
        """Letters by printed line, in the order of the text layer."""
        lines: list[list[tuple[str, Box]]] = [[]]
        before: Box | None = None
        for at in places:
            sign, box = self.signs[at], self._boxes[at]
            if sign in "\r\n":
                continue
            if before and not sign.isspace() and abs(box[1] - before[1]) > 0.6 * max(box[3] - box[1], 1.0):
                lines.append([])
            if not sign.isspace():
                before = box
            lines[-1].append((sign, box))
        return [line for line in lines if line]


def _reading(lines: Sequence[Sequence[tuple[str, Box]]]) -> _Cell:
    """The text of a cell's lines, and the other readings where a page leaves more than one."""
    if not lines:
        return _Cell("")
    plain = ["".join(sign for sign, _ in line) for line in lines]
    if not any(ARABIC.search(line) for line in plain):
        return _Cell(next(_joined(plain)), lambda: chain(_joined(plain), _from_left(lines)), True, _broken(plain))
    turned = {right_to_left.balanced(_in_turn(lines, reading)) for reading in right_to_left.READINGS}
    first = right_to_left.balanced(_in_turn(lines, right_to_left.READINGS[0]))
    sure = len(turned) == 1 and not _LATIN.search(first)
    return _Cell(first, lambda: _other_turns(lines, plain), sure)


def _broken(lines: Sequence[str]) -> tuple[str, ...]:
    """The words a hyphen at a line's end and the next line make: one word, or two, or one that was only hyphenated."""
    return tuple(
        above.split()[-1].lstrip('(“«"') + re.split(r"[\s,;.:)]", below.lstrip(), maxsplit=1)[0]
        for above, below in pairwise(lines)
        if _BROKEN.search(above) and not above.isspace()
    )


def _from_left(lines: Sequence[Sequence[tuple[str, Box]]]) -> Iterator[str]:
    """Lines of a cell that reads from the left, on a page that reads from the right."""
    for reading in _joined([right_to_left.from_left(line) for line in lines]):
        yield reading
        yield right_to_left.balanced(reading)


def _in_turn(lines: Sequence[Sequence[tuple[str, Box]]], reading: str) -> str:
    return " ".join(right_to_left.as_written(line, reading) for line in lines)


def _other_turns(lines: Sequence[Sequence[tuple[str, Box]]], plain: Sequence[str]) -> Iterator[str]:
    """Every line by the same rules, then lines of other letters alone read from the left, then each line by its own."""
    readings = [_in_turn(lines, reading) for reading in right_to_left.READINGS]
    for reading in right_to_left.READINGS:
        told = zip(lines, plain, strict=True)
        readings.append(
            " ".join(
                right_to_left.as_written(line, reading) if ARABIC.search(text) else right_to_left.from_left(line)
                for line, text in told
            )
        )
    readings.append(" ".join(map(right_to_left.from_left, lines)))
    readings.append(" ".join(plain))
    yield from map(right_to_left.balanced, readings)
    yield from readings
    ways = (right_to_left.as_written, right_to_left.from_left)
    each = [list(dict.fromkeys(way(line, one) for way in ways for one in right_to_left.READINGS)) for line in lines]
    for parts in islice(product(*each), MOST_READINGS):
        yield right_to_left.balanced(" ".join(parts))
        yield " ".join(parts)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines of one cell as one text, the likeliest first: a line's end is a blank, but where none is needed or there."""
    ends = [("",)] + [_between(above, below) for above, below in pairwise(lines)]
    for between in islice(product(*ends), MOST_READINGS):
        yield checks.plain(
            "".join(part for pair in zip(between, (line.strip() for line in lines), strict=True) for part in pair)
        )


def _between(above: str, below: str) -> tuple[str, ...]:
    """What may stand between two lines: the text layer mostly keeps a blank at a line's end, but not beside hyphens."""
    if _SPACED_END.search(above):
        return (" ", "")
    if above[-1:].isspace():
        return (" ", "") if _GLUED_START.search(below) else (" ",)
    glued = _GLUED_END.search(above) or _GLUED_START.search(below)
    return ("", " ") if glued else (" ", "")


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


def _same(one: Sequence[_Cell | None], other: Sequence[_Cell | None]) -> bool:
    return [cell and cell.text for cell in one] == [cell and cell.text for cell in other]


def _table(number: int, grids: Sequence[_Grid], known: _Known, doubts: list[Doubt]) -> Table:
    rows: list[tuple[int, list[_Cell | None]]] = []
    head: list[list[_Cell | None]] = []
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
                rows[-1] = rows[-1][0], [_together(*pair) for pair in zip(rows[-1][1], cells, strict=True)]
            else:
                rows.append((grid.page, cells))
    return Table(
        number,
        tuple(_row(at, page, cells, f"table {number}", known, doubts) for at, (page, cells) in enumerate(rows, 1)),
        above=grids[0].above,
    )


def _torn(cells: Sequence[_Cell | None]) -> bool:
    """Whether a row below repeated headings goes on from the page before: it begins with an empty cell."""
    return cells[0] is not None and not cells[0].text and any(cell and cell.text for cell in cells)


def _together(above: _Cell | None, below: _Cell | None) -> _Cell | None:
    if above is None or below is None or not below.text:
        return above
    first = next(_joined([above.text, below.text]))

    def others() -> Iterator[str]:
        pairs = product((above.text, *above.others()), (below.text, *below.others()), (" ", ""))
        return (f"{one}{between}{other}" for one, other, between in islice(pairs, MOST_READINGS))

    return _Cell(
        first, others, above.sure and below.sure, (*above.broken, *below.broken, *_broken([above.text, below.text]))
    )


def _row(number: int, page: int, cells: Sequence[_Cell | None], where: str, known: _Known, doubts: list[Doubt]) -> Row:
    texts: list[str | None] = []
    doubtful = []
    for at, cell in enumerate(cells):
        text, sure = (None, True) if cell is None or cell.from_above else _settled(cell, known)
        texts.append(text)
        if not sure:
            doubtful.append(at)
    from_above = tuple(at for at, cell in enumerate(cells) if cell and cell.from_above)
    return Row(number, tuple(texts), page, tuple(doubtful), from_above)


def _settled(cell: _Cell, known: _Known) -> tuple[str, bool]:
    """The reading of a cell the file's own check sums confirm; without sums the first, if the letters leave no doubt."""
    if not cell.text:
        return "", True
    if known.sums:
        for reading in map(checks.plain, chain((cell.text,), cell.others())):
            if checks.check_sum(reading) in known.sums:
                return reading, True
        return cell.text, False
    return cell.text, cell.sure and known.words.issuperset(cell.broken)


def _too_long(pages: int, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"a PDF of {pages} pages",
        expected=f"at most {MAX_PAGES} pages",
        where=name,
        remedy="take the matrix out of it",
    )
