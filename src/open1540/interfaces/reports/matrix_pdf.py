"""A matrix as a PDF: lines around every cell, headings repeated on each page, check sums of its cells for a reader."""

import re
from collections.abc import Sequence

import msgspec

from open1540.documents.tables import checks
from open1540.interfaces.language import RIGHT_TO_LEFT
from open1540.interfaces.reports.matrix_sheet import headings, texts
from open1540.interfaces.reports.typeset import typeset
from open1540.matrix import sheet_text
from open1540.matrix.sheet import Sheet, SheetSection

# Signs without a place to break them that fit into the narrowest column of texts.
FITS = 22
# A row with a longer text may go on over a page.
WHOLE = 900
_UNIT = re.compile(r"\\u\{[0-9a-f]+\}|\\.|.", re.DOTALL)
_BREAKS = re.compile(
    "[ \n\u00a0\u202f\u3000/\\-\u2010\u2012-\u2015\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u0600-\u06ff]"
)
_HYPHEN = re.compile("(?<=[-\u2010-\u2015/\u2e80-\u9fff\uff00-\uffef]) | (?=[\u2e80-\u9fff\uff00-\uffef])")
_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff\u2e80-\u9fff]")


class _Cell(msgspec.Struct):
    text: str
    dir: str


def as_pdf(drawn: Sheet, *, with_sums: bool = True) -> bytes:
    """The sheet as a PDF, the same bytes each time.

    Arguments:
        with_sums: keep check sums of the cells among the keywords, so that a reader is sure of what it reads.

    Raises JobFailed where this machine lacks a font.
    """
    direction = "rtl" if drawn.language in RIGHT_TO_LEFT else "ltr"
    model = {
        "title": drawn.title,
        "language": drawn.language,
        "direction": direction,
        "facts": [[label, _cell(value, direction)] for label, value in drawn.facts],
        "legend": drawn.legend,
        "notes": drawn.notes,
        "sections": [_section(section, direction) for section in drawn.sections],
    }
    cells = [text for section in drawn.sections for row in section.rows for text in map(printed, row.cells)]
    heads = [text for s in drawn.sections for c in s.columns for text in (c.heading, c.above, s.title)]
    facts = [text for label, value in drawn.facts for text in (label, printed(value))]
    keywords = checks.keywords((*cells, *heads, *facts)) if with_sums else ""
    return typeset("matrix", "sheet", model, texts(drawn), keywords=keywords)


def printed(text: str) -> str:
    """A cell as it can be printed: nothing a page cannot show, and a place to break in words longer than a column.

    Where a line ends behind a hyphen, none can tell whether a blank was there; so none ends behind a hyphen with one.
    """
    told, run = list[str](), 0
    for unit in _UNIT.findall(_HYPHEN.sub("\u00a0", sheet_text.printable(text))):
        run = 0 if _BREAKS.fullmatch(unit) else run + len(unit)
        if run > FITS:
            told.append("\\ ")
            run = len(unit)
        told.append(unit)
    return "".join(told)


def _section(section: SheetSection, direction: str) -> dict[str, object]:
    upper, lower = headings(section)
    return {
        "title": section.title,
        "question": section.question,
        "widths": [column.width for column in section.columns],
        "upper": [{"text": text, "span": span, "down": 2 if down and lower else 1} for text, span, down in upper],
        "lower": lower,
        "rows": [_row(row.cells, direction) for row in section.rows],
    }


def _row(cells: Sequence[str], direction: str) -> dict[str, object]:
    whole = all(len(printed(text)) < WHOLE for text in cells)
    return {"cells": [_cell(text, direction) for text in cells], "whole": whole}


def _cell(text: str, direction: str) -> _Cell:
    return _Cell(printed(text), _own_direction(text, direction))


def _own_direction(text: str, direction: str) -> str:
    """The direction of the first letter that has one."""
    right, left = _RIGHT.search(text), _LEFT.search(text)
    if right and left:
        return "rtl" if right.start() < left.start() else "ltr"
    return "rtl" if right else "ltr" if left else direction
