"""The letters of a printed page with their places, gathered into cells and lines."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
from pypdfium2 import raw as pdfium

from open1540.documents.formats.arabic import Box
from open1540.documents.tables.page_cells import Cell, cell_of
from open1540.documents.tables.right_to_left import ARABIC
from open1540.documents.tables.table import LINES_ABOVE

Rect = tuple[float, float, float, float]
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


class Letters:
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

    def cell(self, box: Rect, used: Any) -> Cell:
        """The text within a box (left, top, right, bottom, from the page's top)."""
        if not self.signs:
            return Cell("")
        left, top, right, bottom = box
        inside = (self._x > left) & (self._x < right) & (self._y > top) & (self._y < bottom)
        used |= inside
        return cell_of(self._lines(np.flatnonzero(inside)))

    def lines(self, free: Any) -> Iterator[Cell]:
        """Each line of the letters that are free."""
        if self.signs:
            for line in self._lines(np.flatnonzero(free)):
                if (told := cell_of([line])).text:
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
