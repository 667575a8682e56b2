"""A world map of what is recorded of one instrument or one field: four plain shades, never a degree and never an order of States.

Outlines are those of ``facts/map``; areas whose status is disputed and territories without a matrix of their own are neutral.
"""

import re
from typing import Any

import msgspec

from open1540 import reference
from open1540.interfaces.reports import review_charts
from open1540.interfaces.reports.review_charts import INK, NOT_APPLICABLE, QUIET, RECORDED, SCHEMA, UNCLEAR, Spec
from open1540.interfaces.reports.review_words import Words
from open1540.reference import outlines
from open1540.workflows.review import Layer

WIDTH, HEIGHT = 760, 370
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
                        {"properties": {"shade": told[one.state]}, "x": one.longitude, "y": one.latitude}
                        for one in outlines.small_states()
                        if one.state in told
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
    kept = outlines.topology()
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
        for state in [outlines.state_of(area["properties"]["a3"])]
    ]
    countries = {"type": "GeometryCollection", "geometries": geometries}
    return {
        "type": "Topology",
        "transform": kept["transform"],
        "arcs": kept["arcs"],
        "objects": {"countries": countries},
    }


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
