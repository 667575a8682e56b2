"""Printed lines with their place, indent and distance from the line before."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

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
    gap = at = 0
    for page, whole in enumerate(text.split("\f")):
        for line in whole.split("\n"):
            content = line.strip(_BLANKS)
            if content:
                indent = line.index(content)
                start = at + indent
                yield Line(start, start + len(content), content, indent, gap, page)
                gap = 0
            else:
                gap += 1
            at += len(line) + 1


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
