"""A world map of what is recorded of one instrument or one field: four plain shades, never a degree and never an order of States.

Outlines are those of ``facts/map``; areas whose status is disputed and territories without a matrix of their own are neutral.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from math import cos, radians
from typing import Any

import msgspec

from open1540 import reference
from open1540.interfaces.reports import review_charts
from open1540.interfaces.reports.review_charts import INK, NOT_APPLICABLE, QUIET, RECORDED, SCHEMA, UNCLEAR, Spec
from open1540.interfaces.reports.review_words import Words
from open1540.reference import facts
from open1540.vocabulary import Confidence
from open1540.workflows.review import Layer

OUTLINES, AREAS = "map/world-50m.json", "map/areas.yaml"
WIDTH, HEIGHT = 760, 370
# States smaller than this, in square degrees on the equal-area projection, get a dot that can be seen.
SMALL = 0.4
NEUTRAL, BLANK, EDGE = "#e6e9ec", "#ffffff", "#8c959f"
_SHADES: dict[str, dict[str, tuple[str, str]]] = {
    "instrument": {
        "recorded": ("party or member", RECORDED),
        "unclear": ("signed, less than a full member, or sources disagree", UNCLEAR),
        "none": ("no consent on record", "#56B4E9"),
        "unknown": ("unknown", BLANK),
    },
    "field": {
        "recorded": ("recorded", RECORDED),
        "unclear": ("unclear", UNCLEAR),
        "not applicable": ("not applicable", NOT_APPLICABLE),
        "unknown": ("unknown", BLANK),
    },
}
_LINE = {"zh": 58}
_FINE = re.compile(r"(\.\d)\d+")
_Ring = list[tuple[float, float]]


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


def title(layer: Layer, words: Words) -> str:
    """What the map shows, in the reader's language."""
    if layer.kind == "field":
        return words.name("field", layer.id)
    return words.t("Participation: {instrument}").format(instrument=_instrument(layer.id, words.language))


def disclaimers(words: Words) -> list[str]:
    """What must be said beside every map."""
    t = words.t
    return [
        t(
            "The boundaries and names shown and the designations used on this map do not imply official endorsement or acceptance by "
            "the United Nations."
        ),
        t("Areas whose status is disputed or undetermined, territories, and States outside this review are neutral."),
        t("White means unknown: no source on record speaks of it."),
    ]


def spec(layer: Layer, words: Words) -> Spec:
    """The map as a Vega-Lite specification with its outlines and data in it."""
    shades = _SHADES[layer.kind]
    domain = [words.t(name) for name, _ in shades.values()] + [words.t("not shown")]
    colours = [colour for _, colour in shades.values()] + [NEUTRAL]
    told = {state: words.t(shades[shade][0]) for state, shade in layer.shades.items()}
    colour = {
        "field": "properties.shade",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": domain, "range": colours},
        "legend": {
            "columns": 3,
            "orient": "bottom",
            "symbolType": "square",
            "symbolStrokeColor": EDGE,
            "symbolStrokeWidth": 0.7,
            "labelLimit": 360,
        },
    }
    return {
        "$schema": SCHEMA,
        "title": {
            "text": title(layer, words),
            "subtitle": [line for told in disclaimers(words) for line in _lines(told, words)],
            "subtitleFontSize": 10,
            "subtitleColor": QUIET,
        },
        "padding": 8,
        "config": review_charts.config(words),
        "width": WIDTH,
        "height": HEIGHT,
        "projection": {"type": "equalEarth"},
        "layer": [
            {
                "data": {"values": _shaded(told, words), "format": {"type": "topojson", "feature": "countries"}},
                "mark": {"type": "geoshape", "stroke": EDGE, "strokeWidth": 0.4, "strokeJoin": "round"},
                "encoding": {"color": colour},
            },
            {
                "data": {
                    "values": [
                        {"properties": {"shade": told[state]}, "x": x, "y": y}
                        for state, x, y in _dots()
                        if state in told
                    ]
                },
                "mark": {"type": "circle", "size": 26, "opacity": 1, "stroke": INK, "strokeWidth": 0.6},
                "encoding": {
                    "longitude": {"field": "x", "type": "quantitative"},
                    "latitude": {"field": "y", "type": "quantitative"},
                    "color": colour,
                },
            },
        ],
    }


def bare(drawn: Spec) -> Spec:
    """The map without its disclaimers, for a page that prints them beside it."""
    return {**drawn, "title": {"text": drawn["title"]["text"]}}


def as_svg(drawn: Spec) -> str:
    """The map drawn; a tenth of a pixel is fine enough."""
    return _FINE.sub(r"\1", review_charts.as_svg(drawn))


def as_json(drawn: Spec) -> bytes:
    """The specification as a file."""
    return msgspec.json.encode(drawn) + b"\n"


def _shaded(told: dict[str, str], words: Words) -> dict[str, Any]:
    """The outlines, each with its name and shade."""
    kept = _outlines()
    geometries = [
        {
            "type": area["type"],
            "arcs": area["arcs"],
            "id": area["properties"]["a3"],
            "properties": {
                "state": words.state(state) if state else None,
                "shade": told.get(state or "", words.t("not shown")),
            },
        }
        for area in kept["objects"]["countries"]["geometries"]
        for state in [_state(area["properties"]["a3"])]
    ]
    countries = {"type": "GeometryCollection", "geometries": geometries}
    return {
        "type": "Topology",
        "transform": kept["transform"],
        "arcs": kept["arcs"],
        "objects": {"countries": countries},
    }


@cache
def _outlines() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(facts.content(OUTLINES))
    return found


@cache
def _shading() -> dict[str, str | None]:
    """By area the State it is shaded with; None for a neutral one."""
    told = facts.tree(AREAS, _Areas)
    return {one.area: one.state for one in (*told.drawn_with, *told.neutral)}


def _state(area: str) -> str | None:
    known = {state.iso3 for state in reference.states()}
    return _shading().get(area, area if area in known else None)


@cache
def _dots() -> tuple[tuple[str, float, float], ...]:
    """Small States with the middle of their largest island."""
    return tuple(_small(_outlines()))


def _small(kept: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    arcs = [list(_absolute(arc, kept["transform"])) for arc in kept["arcs"]]
    for area in kept["objects"]["countries"]["geometries"]:
        state = _state(area["properties"]["a3"])
        if state is None or state != area["properties"]["a3"]:
            continue
        parts = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
        rings = [_ring(part[0], arcs) for part in parts]
        sizes = [_size(ring) for ring in rings]
        if sum(sizes) < SMALL:
            largest = rings[sizes.index(max(sizes))]
            yield (
                state,
                round(sum(x for x, _ in largest) / len(largest), 3),
                round(sum(y for _, y in largest) / len(largest), 3),
            )


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """The points of an arc, whose numbers are steps from one point to the next (TopoJSON, section 2.1.3)."""
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield (
            x * transform["scale"][0] + transform["translate"][0],
            y * transform["scale"][1] + transform["translate"][1],
        )


def _ring(parts: list[int], arcs: list[_Ring]) -> _Ring:
    return [point for part in parts for point in (arcs[part] if part >= 0 else arcs[~part][::-1])]


def _size(ring: _Ring) -> float:
    """Area by the shoelace formula in square degrees, narrowed towards the poles."""
    doubled = sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))
    return abs(doubled) / 2 * cos(radians(ring[0][1]))


def _instrument(instrument: str, language: str) -> str:
    labels = [
        label
        for label, known, kind in reference.instrument_labels(language)
        if known == instrument and kind == "preferred"
    ]
    return labels[0] if labels else reference.instrument(instrument).title


def _lines(text: str, words: Words) -> list[str]:
    """The text in lines that fit below the title."""
    longest = _LINE.get(words.language, 145)
    if words.language == "zh":
        return [text[at : at + longest] for at in range(0, len(text), longest)]
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) >= longest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
