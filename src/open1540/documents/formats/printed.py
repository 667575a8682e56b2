"""Printed lines with their place on the page, and the plain text that keeps gaps, indents and columns visible.

All lengths are points. A page of any type size is read alike: distances are measured against the height of its letters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Shares of a letter's height.
SAME_LINE = 0.35
TOUCHING = 0.12
INDENT = 0.6
WIDEST_INDENT = 4.0
EDGE = 0.25
# A gap this much wider than the usual one parts paragraphs.
GAP = 1.3
FULL = 0.92
VERY_FULL = 0.98
# Lines of a page among which heads and feet are looked for, at each end.
EDGE_LINES = 4
SHORTEST = 12
# What the layout room knows notes by.
RULE = "_" * 18
# Notes are set smaller than the text by more than this.
SMALL = 0.93
_NOTE = re.compile(r"(\d{1,3}|\*{1,3})[ \u00a0]?(?=[^\W\d_]|[\"“«‘(])")
COMMAS = frozenset(",，،")
TERMINAL = frozenset(".!?;:,。！？；：，؛؟،…")
STEP_GRAIN = 0.05


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
    usual = _usual_step(step for page in pages for step in _steps(page.lines))
    written: list[str] = []
    unfinished = False
    for page in pages:
        body, notes = _parted(page, usual)
        written.append(_page_text(body, usual, unfinished) + "".join(f"{line}\n" for line in notes))
        unfinished = _is_unfinished(body.lines, usual)
    return written


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
    """Running heads and feet are often drawn after the text, or before it; they are read where they stand."""
    middle = lines[EDGE_LINES:-EDGE_LINES]
    if not middle:
        return lines
    top, bottom = max(line.base for line in middle), min(line.base for line in middle)
    outer = [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]
    heads = [line for line in outer if line.base > top]
    feet = [line for line in outer if line.base < bottom]
    if heads == lines[: len(heads)] and feet == lines[len(lines) - len(feet) :]:
        return lines
    inner = [line for line in outer if bottom <= line.base <= top]
    before = [line for line in inner if line in lines[:EDGE_LINES]]
    after = [line for line in inner if line not in before]
    return [*sorted(heads, key=_down), *before, *middle, *after, *sorted(feet, key=_down)]


def _down(line: PrintedLine) -> float:
    return -line.base


def _steps(lines: Sequence[PrintedLine]) -> Iterator[float]:
    """Distances from line to line downwards, in heights."""
    for above, below in pairwise(lines):
        step = (above.base - below.base) / below.height
        if 0.5 < step < 3 and len(below.text) > SHORTEST:
            yield step


def _usual_step(steps: Iterable[float]) -> float:
    """The distance of lines within a paragraph: the smallest that is no exception."""
    counted = Counter(round(step / STEP_GRAIN) for step in steps)
    enough = max(2, 0.1 * sum(counted.values()))
    near = {one: sum(counted[one + d] for d in (-1, 0, 1)) for one in counted}
    return min((one for one, number in near.items() if number >= enough), default=round(1.2 / STEP_GRAIN)) * STEP_GRAIN


def _parted(page: Page, usual: float) -> tuple[Page, list[str]]:
    """A page without its footnotes, and these below a rule: small lines set apart, the first beginning with its mark."""
    size = median([line.height for line in page.lines] or [1.0])
    notes: list[str] = []
    kept: list[PrintedLine] = []
    noted: PrintedLine | None = None
    for above, line in zip((None, *page.lines), page.lines, strict=False):
        small = above is not None and line.height < SMALL * size and above.base > line.base
        opens = small and above is not None and _apart(above, line, usual) and _NOTE.match(line.text)
        if opens or (small and above is noted):
            notes.append(_NOTE.sub(r"\1 ", line.text, count=1))
            noted = line
        else:
            kept.append(line)
    return Page(tuple(kept), page.right_to_left), [RULE, *notes] if notes else []


def _is_unfinished(lines: Sequence[PrintedLine], usual: float) -> bool:
    """Whether the text of a page breaks off in a sentence: its last line, above its feet, has no end or no room."""
    last = len(lines) - 1
    for at in range(last, max(len(lines) - EDGE_LINES, 0), -1):
        if _apart(lines[at - 1], lines[at], usual):
            last = at - 1
    if last < 0:
        return False
    end = lines[last].text.rstrip()[-1:]
    full = lines[last].right - lines[last].left > VERY_FULL * max(line.right - line.left for line in lines)
    return end not in TERMINAL or (end in COMMAS and full)


def _page_text(page: Page, usual: float, unfinished: bool) -> str:
    """The text of a page; ``unfinished`` where the page before it broke off in a sentence."""
    if not page.lines:
        return ""
    insets = _insets(page)
    written: list[str] = []
    above: PrintedLine | None = None
    for index, (line, inset) in enumerate(zip(page.lines, insets, strict=True)):
        # What goes on from the page before does so however far it stands below the running head.
        headed = unfinished and index == 1 and 2 * len(page.lines[0].text) < len(line.text)
        if above is not None and _apart(above, line, usual) and not headed:
            written.append("")
        written.append((" " if inset else "") + line.text)
        above = line
    return "\n".join(written) + "\n"


def _apart(above: PrintedLine, line: PrintedLine, usual: float) -> bool:
    height = max(min(above.height, line.height), 1.0)
    step = (above.base - line.base) / height
    return step > GAP * usual or step < -1


def _insets(page: Page) -> list[bool]:
    """For each line whether it is indented as first lines of paragraphs are, and not with its whole block."""
    starts = [-line.right if page.right_to_left else line.left for line in page.lines]
    size = median(line.height for line in page.lines)
    edges = _edges(starts, size)
    openings = _opening_edges(page, starts, edges, size)
    return [_is_inset(start, edges, openings, size) for start in starts]


def _edges(starts: Sequence[float], size: float) -> list[float]:
    """Where lines begin again and again: margins of columns and blocks, from the outermost inwards."""
    grain = EDGE * size
    counted = Counter(round(start / grain) for start in starts)
    found: list[float] = []
    for cell in sorted(counted):
        if counted[cell] + counted[cell + 1] >= 2 and (not found or cell * grain - found[-1] > 2 * grain):
            found.append((cell if counted[cell] >= counted[cell + 1] else cell + 1) * grain)
    return found or [min(starts)]


def _opening_edges(page: Page, starts: Sequence[float], edges: Sequence[float], size: float) -> frozenset[float]:
    """Edges that lines leave to the outside more often than full lines stay at them: those of first lines."""
    returns, stays = Counter[float](), Counter[float]()
    farthest = max(line.right - line.left for line in page.lines)
    for (line, start), (below, next_start) in pairwise(zip(page.lines, starts, strict=True)):
        edge = _edge_of(start, edges, size)
        if edge is None or line.base < below.base:
            continue
        if INDENT * size < start - next_start < WIDEST_INDENT * size:
            returns[edge] += 1
        elif abs(start - next_start) < EDGE * size and line.right - line.left > FULL * (farthest - start + min(starts)):
            stays[edge] += 1
    return frozenset(edge for edge, number in returns.items() if number > stays[edge])


def _edge_of(start: float, edges: Sequence[float], size: float) -> float | None:
    return next((edge for edge in edges if abs(start - edge) <= 2 * EDGE * size), None)


def _is_inset(start: float, edges: Sequence[float], openings: frozenset[float], size: float) -> bool:
    edge = _edge_of(start, edges, size)
    if edge is not None:
        return edge in openings
    outer = [one for one in edges if one < start]
    return not outer or start - outer[-1] > INDENT * size
