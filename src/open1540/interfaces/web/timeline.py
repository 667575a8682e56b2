"""Who joined when, as a drawing: a bar for each year, and a line for how many have joined by its end."""

from collections.abc import Sequence

import msgspec

WIDTH, HEIGHT = 900, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 28
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
_LINES = 5
_YEARS_APART = 70


class Bar(msgspec.Struct, frozen=True):
    """A year with how many joined in it and how many have by its end; lengths in units of the drawing."""

    year: int
    joined: int
    total: int
    x: float
    y: float
    width: float
    height: float


class Timeline(msgspec.Struct, frozen=True):
    """The drawing.

    Attributes:
        line: points of the line of all who have joined. levels: height and number of each level line.
        years: place and number of each year that is written.
    """

    bars: tuple[Bar, ...]
    line: str
    levels: tuple[tuple[float, int], ...]
    years: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def timeline(counts: Sequence[tuple[int, int]], until: int) -> Timeline | None:
    """The drawing of (year, how many joined), in the order of the years, up to a year; None where nobody has joined."""
    if not counts:
        return None
    first, last = counts[0][0] - 1, max(until, counts[-1][0])
    total = sum(number for _, number in counts)
    wide, high = (WIDTH - LEFT - RIGHT) / (last - first + 1), (HEIGHT - TOP - BOTTOM) / total
    bottom = HEIGHT - BOTTOM
    bars, points, so_far = [], [f"{LEFT},{bottom}"], 0
    for year, number in counts:
        x = LEFT + (year - first) * wide
        points.append(f"{x:.1f},{bottom - so_far * high:.1f}")
        so_far += number
        points.append(f"{x:.1f},{bottom - so_far * high:.1f}")
        tall = number * high
        bars.append(
            Bar(year, number, so_far, round(x, 1), round(bottom - tall, 1), round(max(wide - 1, 1), 1), round(tall, 1))
        )
    points.append(f"{WIDTH - RIGHT},{bottom - so_far * high:.1f}")
    step = next((step for step in _STEPS if total / step <= _LINES), _STEPS[-1])
    levels = tuple((round(bottom - level * high, 1), level) for level in range(0, total + 1, step))
    apart = next(step for step in _STEPS if step * wide >= _YEARS_APART or step == _STEPS[-1])
    years = tuple(
        (round(LEFT + (year - first + 0.5) * wide, 1), year) for year in range(first + 1, last + 1) if year % apart == 0
    )
    return Timeline(tuple(bars), " ".join(points), levels, years)
