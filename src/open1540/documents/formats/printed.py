"""Printed lines with their place on the page, and the plain text that keeps gaps, indents and columns visible.

All lengths are points. A page of any type size is read alike: distances are measured against the height of its letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Shares of a letter's height.
SAME_LINE = 0.35
TOUCHING = 0.12
INDENT = 0.8
WIDEST_INDENT = 5.0
EDGE = 0.25
# A gap this much wider than the usual one parts paragraphs.
GAP = 1.3
FULL = 0.92


class PrintedLine(NamedTuple):
    """A line of a page: left and right edge, baseline, height and text."""

    left: float
    right: float
    base: float
    height: float
    text: str


class Page(NamedTuple):
    """The lines of a page from top to bottom, column after column, and whether they run from right to left."""

    lines: tuple[PrintedLine, ...]
    right_to_left: bool


def page_of(lines: Sequence[PrintedLine]) -> Page:
    """A page from lines in the order they were drawn."""
    letters = sum(len(line.text) for line in lines)
    right_to_left = 3 * sum(len(_ARABIC.findall(line.text)) for line in lines) > letters
    return Page(tuple(_heads_first(list(_whole(lines, right_to_left)))), right_to_left)


def as_text(pages: Sequence[Page]) -> list[str]:
    """The text of each page: an empty line for a gap between paragraphs, a blank in front of an indented line."""
    usual = _usual_step(line for page in pages for line in _steps(page.lines))
    return [_page_text(page, usual) for page in pages]


def _whole(lines: Iterable[PrintedLine], right_to_left: bool) -> Iterator[PrintedLine]:
    """Lines whose parts were drawn one by one, as raised numbers and vowel signs are, put together again."""
    current: PrintedLine | None = None
    for line in lines:
        joined = _joined(current, line, right_to_left) if current else None
        if current and not joined:
            yield current
        current = joined or line
    if current:
        yield current


def _joined(one: PrintedLine, other: PrintedLine, right_to_left: bool) -> PrintedLine | None:
    height = max(one.height, other.height)
    if abs(one.base - other.base) > SAME_LINE * height:
        return None
    first, second = (one, other) if (one.left <= other.left) != right_to_left else (other, one)
    gap = (first.left - second.right) if right_to_left else (second.left - first.right)
    if gap < -height:
        return None
    text = first.text + ("" if gap < TOUCHING * height else " ") + second.text.lstrip(" ")
    larger = max(one, other, key=lambda line: len(line.text))
    return PrintedLine(min(one.left, other.left), max(one.right, other.right), larger.base, larger.height, text)


def _heads_first(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Running heads are often drawn last and feet first; they are read where they stand."""
    if len(lines) < 3:
        return lines
    first = 0
    while first < len(lines) and _stands(lines[first], lines[first + 1 :], above=False):
        first += 1
    feet, lines = lines[:first], lines[first:]
    last = len(lines)
    while last > 1 and any(_stands(lines[i], lines[: last - 1], above=True) for i in range(last - 1, len(lines))):
        if not _stands(lines[last - 1], lines[: last - 1], above=True) and lines[last - 1].base > lines[0].base:
            break
        last -= 1
        if not _outside(lines[last], lines[:last]):
            last += 1
            break
    tail = lines[last:]
    heads = [line for line in tail if _stands(line, lines[:last], above=True)]
    return [*heads, *lines[:last], *(line for line in tail if line not in heads), *feet]
