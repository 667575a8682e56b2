"""PDF files with a text layer: printed lines in reading order, with indents and gaps kept as blanks and empty lines.

The layout room reads a printed page by its indents, gaps and line widths; this file gives it a page of plain text that
has them. Scans have no text layer and are refused with the way to make one.
"""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator
from statistics import median

import pypdfium2
from pypdfium2 import raw as pdfium

from open1540.documents.formats import arabic, hyphens
from open1540.documents.formats.printed import Page, PrintedLine, as_text, page_of
from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

# A page of a scan may carry a stamp or a page number; a document with less text than this has no text layer.
LETTERS_OF_A_PAGE = 20
# Letters at either end of a line that are measured; the outermost may be a vowel sign, or a number set the other way.
MEASURED = 7
# The text layer marks a hyphen at the end of a line, and swallows the line's end with it.
_LINE_END = re.compile("\r?\n|[\ufffe\x02]")
# Stretched blanks of justified lines get others beside them.
_MADE_UP = re.compile(" ?\u00a0 | \u00a0")
_STRAY_MARK = re.compile("(?<![\u0621-\u064a\u064b-\u0652\u0671-\u06d3])[\u064b-\u0652]")


def read(data: bytes, name: str) -> RawText:
    """The text layer of a PDF, page after page; memory does not grow with the drawings on them."""
    document = opened(data, name)
    try:
        pages = [_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise damaged(error, name) from error
    finally:
        document.close()
    if sum(letter.isalnum() for page in pages for line in page.lines for letter in line.text) < LETTERS_OF_A_PAGE:
        raise without_text(len(pages), name)
    text, repairs = arabic.put_right(hyphens.told_apart("\f".join(as_text(pages))))
    starts = (0, *(match.end() for match in re.finditer("\f", text)))
    return RawText(text=text, format="pdf", page_starts=starts, repairs=repairs)


def opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """The open document. Raises UnreadableDocument where it is damaged or encrypted."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" not in str(error).lower():
            raise damaged(error, name) from error
        raise UnreadableDocument(
            "an encrypted PDF",
            expected="a PDF that opens without a password",
            where=name,
            remedy="remove the password and save it again",
        ) from error


def damaged(error: Exception, name: str) -> UnreadableDocument:
    """The refusal of a PDF that cannot be read to its end."""
    return UnreadableDocument(
        f"a damaged PDF ({error})",
        expected="a complete PDF",
        where=name,
        remedy="download it again, or print it to PDF from a program that still opens it",
    )


def without_text(pages: int, name: str) -> UnreadableDocument:
    """The refusal of a scan."""
    return UnreadableDocument(
        f"a PDF of {pages} pages without a text layer",
        expected="a PDF whose text can be selected",
        where=name,
        remedy="recognise its text first (OCR), for example with `ocrmypdf in.pdf out.pdf`",
    )


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            return page_of(list(_printed_lines(textpage)))
        finally:
            textpage.close()
    finally:
        page.close()


def _printed_lines(textpage: pypdfium2.PdfTextPage) -> Iterator[PrintedLine]:
    """Lines in the order of the text layer."""
    text = textpage.get_text_range()
    boxes = _Boxes(textpage, text)
    start = 0
    for end in _LINE_END.finditer(text):
        yield from _line(text, start, end.start(), boxes, "-" if end.group() in "\ufffe\x02" else "")
        start = end.end()
    yield from _line(text, start, len(text), boxes, "")


def _line(text: str, start: int, end: int, boxes: "_Boxes", hyphen: str) -> Iterator[PrintedLine]:
    inked = [at for at in range(start, end) if not text[at].isspace()]
    if not inked:
        return
    measured = [boxes[at] for at in (*inked[:MEASURED], inked[len(inked) // 2], *inked[-MEASURED:])]
    content = _MADE_UP.sub("\u00a0", text[start:end].strip())
    if _STRAY_MARK.search(content):
        content = arabic.marks_on_letters([(text[at], boxes[at]) for at in range(start, end)])
    base, top = median(box[1] for box in measured), median(box[3] for box in measured)
    left, right = min(box[0] for box in measured), max(box[2] for box in measured)
    yield PrintedLine(left, right, base, max(top - base, 1.0), content.replace("\f", " ") + hyphen)


class _Boxes:
    """Left, bottom, right and top of each letter by its place in the page's text."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, text: str) -> None:
        self._page = textpage.raw
        self._rect = pdfium.FS_RECTF()
        # The text layer counts letters beyond the basic plane twice.
        self._wide = [at for at, letter in enumerate(text) if letter > "\uffff"]

    def __getitem__(self, at: int) -> tuple[float, float, float, float]:
        index = at + bisect_left(self._wide, at)
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._page, index, ctypes.byref(rect)):
            return 0.0, 0.0, 0.0, 0.0
        return rect.left, rect.bottom, rect.right, rect.top
