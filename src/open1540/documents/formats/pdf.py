"""PDF files with a text layer: printed lines in reading order, with indents and gaps kept as blanks and empty lines.

The layout room reads a printed page by its indents, gaps and line widths; this file gives it a page of plain text that
has them. Scans have no text layer and are refused with the way to make one.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import pypdfium2

from open1540.documents.formats.arabic import put_right
from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

# A page of a scan may carry a stamp or a page number; a document with less text than this has no text layer.
LETTERS_OF_A_PAGE = 20
_INDENT = 0.8
_GAP = 1.45


class PrintedLine(NamedTuple):
    """A line of a page: left and right edge, baseline, height and text."""

    left: float
    right: float
    base: float
    height: float
    text: str


def read(data: bytes, name: str) -> RawText:
    """The text layer of a PDF, page after page; memory does not grow with the number of pages."""
    document = _open(data, name)
    try:
        pages = [_page_text(document, index) for index in range(len(document))]
    finally:
        document.close()
    text = "\f".join(pages)
    if sum(1 for character in text if character.isalnum()) < LETTERS_OF_A_PAGE:
        raise UnreadableDocument(
            f"a PDF of {len(pages)} pages without a text layer",
            expected="a PDF whose text can be selected",
            where=name,
            remedy="recognise its text first (OCR), for example with `ocrmypdf in.pdf out.pdf`",
        )
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    text, repairs = put_right(text)
    return RawText(text=text, format="pdf", page_starts=tuple(starts), repairs=repairs)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        raise UnreadableDocument(
            "an encrypted PDF" if protected else f"a damaged PDF ({error})",
            expected="a PDF that opens without a password",
            where=name,
            remedy="remove the password and save it again" if protected else "download it again",
        ) from error


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            return _as_text(list(_printed_lines(textpage)))
        finally:
            textpage.close()
    finally:
        page.close()


def _printed_lines(textpage: pypdfium2.PdfTextPage) -> Iterator[PrintedLine]:
    """Lines as the text layer orders them; each of its rectangles knows its edges."""
    text = textpage.get_text_range()
    position = 0
    for line in text.split("\n"):
        content = line.rstrip("\r")
        if content.strip():
            box = _box(textpage, position, content)
            if box:
                yield PrintedLine(*box, content.replace("\ufffe", "-").replace("\x02", "-").strip())
        position += len(line) + 1


def _box(textpage: pypdfium2.PdfTextPage, start: int, content: str) -> tuple[float, float, float, float] | None:
    """Edges of a line from its first and last letters and its tallest."""
    inked = [start + i for i, character in enumerate(content) if not character.isspace()]
    boxes = [textpage.get_charbox(i, loose=True) for i in (inked[0], inked[len(inked) // 2], inked[-1])]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    base, top = median(b[1] for b in boxes), median(b[3] for b in boxes)
    return left, right, base, max(top - base, 1.0)


def _as_text(lines: Sequence[PrintedLine]) -> str:
    if not lines:
        return ""
    right_to_left = sum(len(re.findall(r"[\u0600-\u06ff]", line.text)) for line in lines) * 3 > sum(
        len(line.text) for line in lines
    )
    body = [line for line in lines if len(line.text) > 12] or list(lines)
    size = median(line.height for line in body)
    margin = _margin(body, right_to_left, size)
    steps = [a.base - b.base for a, b in itertools.pairwise(body) if 0 < a.base - b.base < 4 * size]
    step = median(steps) if steps else size
    written: list[str] = []
    above: PrintedLine | None = None
    for line in lines:
        if above is not None and (above.base - line.base > _GAP * step or line.base > above.base + size):
            written.append("")
        inset = (margin - line.right) if right_to_left else (line.left - margin)
        written.append((" " if inset > _INDENT * size else "") + line.text)
        above = line
    return "\n".join(written) + "\n"


def _margin(lines: Sequence[PrintedLine], right_to_left: bool, size: float) -> float:
    """The edge most lines begin at."""
    edges = sorted(round((line.right if right_to_left else line.left) / (size / 4)) for line in lines)
    commonest = max(set(edges), key=lambda edge: (edges.count(edge), edge if right_to_left else -edge))
    return commonest * size / 4
