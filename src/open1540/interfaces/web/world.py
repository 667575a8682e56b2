"""A map of the world as SVG: Equal Earth projection, lines made simpler once, one shape for each State."""

from collections.abc import Iterator
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540.reference import outlines

WIDTH, MARGIN = 1000, 4
# How far, in units of the drawing, a line made simpler may leave the line as it is kept.
OFF = 0.35
# Equal Earth: B. Savric, T. Patterson, B. Jenny, The Equal Earth map projection (2018), table 1.
_A = (1.340264, -0.081106, 0.000893, 0.003796)
# The middle of the map, in degrees east: its edges then run through the Bering Strait and the open Pacific.
CENTRE = 11.0
# The southernmost inhabited land lies far north of this; Antarctica belongs to no State and is left out.
_SOUTHERNMOST = -58.0
_Points = NDArray[np.float64]


class Shape(msgspec.Struct, frozen=True):
    """What is drawn of one State or one neutral area: a path, and for a State too small to be seen a circle."""

    path: str
    circle: tuple[float, float] | None = None


class Map(msgspec.Struct, frozen=True):
    """The shapes of all States by code, those of neutral areas together, and the size of the drawing."""

    states: dict[str, Shape]
    neutral: str
    width: int
    height: int


@cache
def world() -> Map:
    """The map; worked out once, in about half a second."""
    lines = [_simpler(_unbroken(np.array(line))) for line in outlines.arcs()]
    parts: dict[str | None, list[str]] = {}
    for area in outlines.areas():
        parts.setdefault(area.state, []).extend(_paths(area, lines))
    circles = {one.state: _middle(one) for one in outlines.small_states()}
    # Small States come last, so that nothing is drawn over them.
    codes = sorted((code for code in parts if code), key=lambda code: (code in circles, code))
    shapes = {code: Shape("".join(parts[code]), circles.get(code)) for code in codes}
    return Map(shapes, "".join(parts[None]), WIDTH, _height())


def _middle(place: outlines.Place) -> tuple[float, float]:
    ((x, y),) = _projected(_placed(np.array([(place.longitude, place.latitude)])))
    return round(float(x), 1), round(float(y), 1)


def _unbroken(points: _Points) -> _Points:
    """Longitudes that go on beyond 180 degrees where a line crosses the antimeridian."""
    longitudes = np.degrees(np.unwrap(np.radians(points[:, 0])))
    return np.column_stack((longitudes, points[:, 1]))


def _placed(points: _Points) -> _Points:
    """A ring moved by a whole turn to where most of it lies on the map, its longitudes counted from the middle."""
    from_centre = points[:, 0] - CENTRE
    turns = np.floor((from_centre.mean() + 180) / 360)
    return np.column_stack((from_centre - 360 * turns, points[:, 1]))


def _equal_earth(points: _Points) -> _Points:
    """Longitude and latitude in degrees as x and y on a globe of radius one."""
    a1, a2, a3, a4 = _A
    turned = np.radians(points)
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(turned[:, 1]))
    squared, sixth = theta**2, theta**6
    slope = 9 * a4 * sixth * squared + 7 * a3 * sixth + 3 * a2 * squared + a1
    x = 2 * np.sqrt(3) * turned[:, 0] * np.cos(theta) / (3 * slope)
    y = theta * (a4 * sixth * squared + a3 * sixth + a2 * squared + a1)
    return np.column_stack((x, y))


@cache
def _frame() -> tuple[float, float, float]:
    """Half the width of the globe, the top of the map, and how many units of the drawing one radius makes."""
    half = float(_equal_earth(np.array([(180.0, 0.0)]))[0, 0])
    top = float(_equal_earth(np.array([(0.0, 84.0)]))[0, 1])
    return half, top, (WIDTH - 2 * MARGIN) / (2 * half)


def _height() -> int:
    _, top, scale = _frame()
    bottom = float(_equal_earth(np.array([(0.0, _SOUTHERNMOST)]))[0, 1])
    return round((top - bottom) * scale) + 2 * MARGIN


def _projected(points: _Points) -> _Points:
    half, top, scale = _frame()
    flat = _equal_earth(points)
    return np.column_stack(((flat[:, 0] + half) * scale + MARGIN, (top - flat[:, 1]) * scale + MARGIN))


def _simpler(line: _Points) -> _Points:
    """A line with fewer points that leaves it by no more than OFF when drawn (Douglas and Peucker, 1973); ends stay."""
    points, line = line, _projected(line - (CENTRE, 0))
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        between = line[first + 1 : last]
        along = line[last] - line[first]
        length = float(np.hypot(*along))
        away = between - line[first]
        off = np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length if length else np.hypot(*away.T)
        farthest = int(off.argmax())
        if off[farthest] > OFF:
            middle = first + 1 + farthest
            keep[middle] = True
            waiting += [(first, middle), (middle, last)]
    return points[keep]


def _paths(area: outlines.Area, lines: list[_Points]) -> Iterator[str]:
    for polygon in area.polygons:
        for ring in polygon:
            round_it = np.concatenate([lines[part] if part >= 0 else lines[~part][::-1] for part in ring])
            points = _projected(_placed(_unbroken(round_it)))
            if points[:, 1].min() < _height():
                yield _path(points)


def _path(points: _Points) -> str:
    """A ring in tenths of a unit, each point told by its step from the one before; nothing where it vanishes."""
    tenths = np.rint(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)][:-1]
    if len(steps) < 2:
        return ""
    told = "".join(f"{_number(x)}{_number(y, signed=True)}" for x, y in _spaced(steps))
    return f"M{_number(tenths[0][0])}{_number(tenths[0][1], signed=True)}l{told}z"


def _spaced(steps: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    return ((int(x), int(y)) for x, y in steps)


def _number(tenths: int, *, signed: bool = False) -> str:
    whole = f"{tenths / 10:g}"
    return whole if tenths < 0 else f" {whole}"
