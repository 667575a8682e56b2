"""Printed lines with their place, indent and distance from the line before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_LINE = re.compile(r"[^\n\f]*[\n\f]?")
_BLANKS = " \t\r\u00a0\u3000\u200e\u200f\u202a\u202b\u202c"


class Line(NamedTuple):
    """A line that holds something: raw offsets of what it holds, blanks in front, empty lines above, page.

    ``torn``: furniture, notes or a page break part it from the line before, so the empty lines above say nothing.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int
    page: int
    torn: bool = False


def lines(text: str) -> Iterator[Line]:
    """The non-empty lines of a text. A form feed ends a line and a page."""
    gap = page = 0
    for match in _LINE.finditer(text):
        whole = match.group()
        content = whole.rstrip("\n\f").strip(_BLANKS)
        if content:
            body = whole.rstrip("\n\f")
            indent = len(body) - len(body.lstrip(_BLANKS))
            start = match.start() + indent
            yield Line(start, start + len(content), content, indent, gap, page)
            gap = 0
        elif whole:
            gap += 1
        if whole.endswith("\f"):
            page += 1


def mark_torn(kept: Sequence[Line], every: Iterable[Line]) -> list[Line]:
    """The kept lines, each told whether something was taken away, or a page ended, just before it."""
    rest = iter(every)
    marked: list[Line] = []
    for line in kept:
        taken = next(rest).start != line.start
        while taken and next(rest).start != line.start:
            pass
        turned = bool(marked) and marked[-1].page != line.page
        marked.append(line._replace(torn=True) if taken or turned else line)
    return marked
