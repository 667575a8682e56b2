"""Outlines of States and territories for maps, and which State each area is shaded with.

Lines and names are those of ``facts/map``; none of this is an opinion on the status of any territory.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any

import msgspec

from open1540.reference.facts import content, tree
from open1540.reference.states import states
from open1540.vocabulary import Confidence

OUTLINES, AREAS = "map/world-50m.json", "map/areas.yaml"
# States smaller than this, in square degrees narrowed towards the poles, cannot be seen on a map of the world.
SMALL = 0.4
Line = tuple[tuple[float, float], ...]
"""Points as longitude and latitude, in degrees."""


class Area(msgspec.Struct, frozen=True):
    """An outlined area.

    Attributes:
        code: of the outline, mostly ISO 3166-1 alpha-3.
        state: code of the State whose record it is shaded with; None for a neutral area.
        polygons: each a tuple of rings, each ring the numbers of its arcs; ``~n`` is arc ``n`` from its end.
    """

    code: str
    state: str | None
    polygons: tuple[tuple[tuple[int, ...], ...], ...]


class Place(msgspec.Struct, frozen=True):
    """The middle of the largest part of a State's outline, in degrees: the mean of its points, no capital and no address."""

    state: str
    longitude: float
    latitude: float


class _Drawn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    area: str
    why: str
    state: str | None = None


class _Areas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    drawn_with: tuple[_Drawn, ...]
    neutral: tuple[_Drawn, ...]
    differences: tuple[str, ...]


@cache
def topology() -> dict[str, Any]:
    """The outlines as they are kept, in TopoJSON."""
    found: dict[str, Any] = msgspec.json.decode(content(OUTLINES))
    return found


@cache
def areas() -> tuple[Area, ...]:
    """Every outlined area."""
    return tuple(
        Area(area["properties"]["a3"], state_of(area["properties"]["a3"]), _polygons(area))
        for area in topology()["objects"]["countries"]["geometries"]
    )


def state_of(area: str) -> str | None:
    """The State an area is shaded with; None for a neutral one."""
    return _shading().get(area)


@cache
def arcs() -> tuple[Line, ...]:
    """The lines of the outlines."""
    kept = topology()
    return tuple(tuple(_absolute(arc, kept["transform"])) for arc in kept["arcs"])


@cache
def small_states() -> tuple[Place, ...]:
    """States too small to be seen on a map of the world."""
    return tuple(_small())


@cache
def middles() -> dict[str, Place]:
    """A point for each State, good for distances between regions and no better."""
    return {code: _middle(code, rings) for code, rings in _own()}


@cache
def _shading() -> dict[str, str | None]:
    told = tree(AREAS, _Areas)
    own: dict[str, str | None] = {state.iso3: state.iso3 for state in states()}
    return own | {one.area: one.state for one in (*told.drawn_with, *told.neutral)}


def _polygons(area: dict[str, Any]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    parts = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
    return tuple(tuple(tuple(ring) for ring in part) for part in parts)


def _small() -> Iterator[Place]:
    for code, rings in _own():
        if sum(_size(ring) for ring in rings) < SMALL:
            yield _middle(code, rings)


def _own() -> Iterator[tuple[str, list[list[tuple[float, float]]]]]:
    """Each State by its own outline, with the outer ring of each part."""
    for area in areas():
        if area.state is not None and area.state == area.code:
            yield area.state, [_ring(polygon[0]) for polygon in area.polygons]


def _middle(code: str, rings: list[list[tuple[float, float]]]) -> Place:
    # Averaged in space, so that an outline on both sides of the 180th meridian has its middle there and not in the Atlantic.
    points = [(radians(x), radians(y)) for x, y in max(rings, key=_size)]
    east = sum(cos(y) * cos(x) for x, y in points)
    north = sum(cos(y) * sin(x) for x, y in points)
    up = sum(sin(y) for _, y in points)
    return Place(code, round(degrees(atan2(north, east)), 3), round(degrees(atan2(up, hypot(east, north))), 3))


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """The points of an arc, whose numbers are steps from one point to the next (TopoJSON, section 2.1.3)."""
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield (
            x * transform["scale"][0] + transform["translate"][0],
            y * transform["scale"][1] + transform["translate"][1],
        )


def _ring(parts: tuple[int, ...]) -> list[tuple[float, float]]:
    lines = arcs()
    return [point for part in parts for point in (lines[part] if part >= 0 else lines[~part][::-1])]


def _size(ring: list[tuple[float, float]]) -> float:
    """Area by the shoelace formula in square degrees, narrowed towards the poles."""
    doubled = sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))
    return abs(doubled) / 2 * cos(radians(ring[0][1]))
