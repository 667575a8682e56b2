"""The charts of the review as Vega-Lite specifications that hold their own data, and as SVG, drawn without a network.

Colours are those of Okabe and Ito (2008) and single-hue ramps, which people with any colour vision can tell apart; what a colour
says is also written. A chart draws a table and nothing else.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
import vl_convert

from open1540.interfaces.reports.review_words import Words
from open1540.review import Cell, Table
from open1540.review.priorities import COMPONENTS

Spec = dict[str, Any]
VEGA_LITE = "5.20"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# Whoever draws the letters takes the first family that has any of a text, so the language goes first.
FONTS = {
    "ar": "Noto Sans Arabic, Noto Sans, sans-serif",
    "zh": "Noto Sans CJK SC, Noto Sans, sans-serif",
}
FONT = "Noto Sans, sans-serif"
INK, QUIET, RULE = "#24292f", "#57606a", "#d0d7de"
RECORDED, UNCLEAR, NOT_APPLICABLE, UNKNOWN = "#0072B2", "#E69F00", "#8c959f", "#e6e9ec"
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")
_RAMP = ["#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b"]
_BASES = {
    "law": "#0072B2",
    "official record": "#56B4E9",
    "secondary source": "#009E73",
    "self-declaration": "#E69F00",
    "imported matrix": "#CC79A7",
    "expert": "#D55E00",
    "none": UNKNOWN,
}
# A word with the blank before it; each Chinese sign with the punctuation behind it.
_WORDS = re.compile("[\u2e80-\u9fff][\u3000-\u303f\uff00-\uffef]?|\\s?[^\\s\u2e80-\u9fff]+")
_WIDE_FROM = "\u2e80"
NARROW = 14
_TEXT = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
_LINE = re.compile(r"<tspan([^>/]*)(?:/>|>(.*?)</tspan>)", re.DOTALL)
_STEP = re.compile(r'dy="([\d.]+)"')
_LATIN = re.compile(r"[A-Za-z0-9%·+](?:[A-Za-z0-9%·+()., /–-]*[A-Za-z0-9%·+()])?")
_LATIN_FONT = r'<tspan font-family="Noto Sans">\g<0></tspan>'
_GRADIENT = re.compile(r"gradient_\d+")
WIDTH, BAR, LABELS, LINE = 430, 20, 350, 13


def specs(tables: Sequence[Table], words: Words) -> dict[str, Spec]:
    """The charts of the tables that have one, by the table's id; none for a table without rows."""
    drawn = dict(_DRAWN)
    for table in tables:
        if table.id == "priority-weights":
            drawn["priority-of-themes"] = partial(
                _priorities, dict(zip(table.column("component"), table.column("weight"), strict=True))
            )
    return {
        table.id: {**_frame(words.title(table), words), **body}
        for table in tables
        if table.rows and table.id in drawn and (body := drawn[table.id](table, words))
    }


def as_svg(spec: Spec) -> str:
    """The chart drawn; the same specification gives the same text. Nothing is fetched."""
    svg = str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]))
    # The compiler counts the ids of its gradients on from one drawing to the next.
    order = {found: at for at, found in enumerate(dict.fromkeys(_GRADIENT.findall(svg)))}
    svg = _GRADIENT.sub(lambda found: f"gradient_{order[found[0]]}", svg)
    return _dressed(svg) if spec["config"]["font"] == FONTS["ar"] else svg


def _dressed(svg: str) -> str:
    """Arabic texts as every viewer draws them: each line by itself, Latin letters and digits in a family that has them."""
    apart = _TEXT.sub(lambda found: "".join(_lines(found[1], found[2])), svg)
    return _TEXT.sub(lambda found: f"<text{found[1]}>{_LATIN.sub(_LATIN_FONT, found[2])}</text>", apart)


def _lines(attributes: str, inside: str) -> Iterator[str]:
    """One text for each line of a text of several, at the height it had."""
    height = 0.0
    for attached, line in _LINE.findall(inside) or [("", inside)]:
        step = _STEP.search(attached)
        height += float(step[1]) if step else 0.0
        if line:
            yield f'<text{attributes} y="{height:g}">{line}</text>'


def as_json(spec: Spec) -> bytes:
    """The specification as a file."""
    return msgspec.json.format(msgspec.json.encode(spec), indent=1) + b"\n"


def config(words: Words) -> Spec:
    """What all charts look like."""
    start = "end" if words.right_to_left else "start"
    return {
        "font": FONTS.get(words.language, FONT),
        "locale": {"number": {**words.marks(), "grouping": [3], "currency": ["", ""]}},
        "background": "white",
        "view": {"stroke": None},
        "title": {"fontSize": 14, "anchor": start, "offset": 12, "color": INK, "frame": "group"},
        "axis": {
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": QUIET,
            "labelLimit": LABELS,
            "gridColor": "#eaeef2",
            "domainColor": RULE,
            "tickColor": RULE,
        },
        "legend": {
            "orient": "top",
            "title": None,
            "labelFontSize": 11,
            "labelLimit": LABELS,
            "symbolType": "square",
            "symbolSize": 120,
            "columnPadding": 16,
        },
    }


def _frame(title: str, words: Words) -> Spec:
    return {"$schema": SCHEMA, "title": title, "padding": 8, "config": config(words)}


def _values(table: Table) -> Iterator[dict[str, Cell]]:
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield dict(zip(names, row, strict=True))


def _labels(table: Table, words: Words, column: int = 0) -> list[str]:
    """The names in the column, each once, in the order of the table."""
    kind = table.columns[column].kind
    return list(dict.fromkeys(words.led(words.cell(kind, row[column])) for row in table.rows))


def _across(words: Words, field: str, *, sort: list[str] | None = None, **axis: Any) -> Spec:
    """The axis of labels at the side where a line begins."""
    side = {"orient": "right"} if words.right_to_left else {}
    return {
        "field": field,
        "type": "nominal",
        "sort": sort,
        "axis": {"title": None, "domain": False, "ticks": False, "labelPadding": 6, **side, **axis},
    }


def _along(words: Words, field: str, title: str, **more: Any) -> Spec:
    """The axis of a measure, which runs as the language does."""
    scale = {"reverse": True, "nice": False} if words.right_to_left else {"nice": False}
    axis = {"title": title, **more.pop("axis", {})}
    return {"field": field, "type": "quantitative", "scale": {**scale, **more.pop("scale", {})}, "axis": axis, **more}


def _colour(domain: Sequence[str], colours: Sequence[str], field: str = "part", **legend: Any) -> Spec:
    return {
        "field": field,
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(domain), "range": list(colours)},
        "legend": {"columns": min(len(domain), 4), **legend},
    }


def _stacked(groups: list[str], parts: Sequence[tuple[str, str]], values: list[Spec], title: str, words: Words) -> Spec:
    """Bars of shares that add up to a whole, a group a bar."""
    return {
        "width": WIDTH,
        "height": {"step": BAR + 6},
        "data": {"values": values},
        "mark": {"type": "bar", "size": BAR, "stroke": "white", "strokeWidth": 0.7},
        "encoding": {
            "y": _across(words, "group", sort=groups),
            "x": _along(words, "count", title, stack="normalize", axis={"format": "~%", "tickCount": 5}),
            "color": _colour([name for name, _ in parts], [colour for _, colour in parts]),
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": [{"field": name} for name in ("group", "part", "count")],
        },
    }


def _by_code(table: Table, words: Words) -> Spec:
    t = words.t
    parts = {
        "recorded": (t("recorded"), RECORDED),
        "unclear": (t("unclear"), UNCLEAR),
        "not applicable": (t("not applicable"), NOT_APPLICABLE),
        "unknown": (t("unknown"), UNKNOWN),
    }
    kind = table.columns[0]
    values = [
        {
            "group": words.led(words.cell(kind.kind, row[kind.name])),
            "part": parts[part][0],
            "order": at,
            "count": row[part],
        }
        for row in _values(table)
        for at, part in enumerate(parts)
    ]
    return _stacked(_labels(table, words), list(parts.values()), values, t("share of entries"), words)


def _by_basis(table: Table, words: Words) -> Spec:
    used = [basis for basis in _BASES if any(row["basis"] == basis and row["entries"] for row in _values(table))]
    parts = [(words.t(basis), _BASES[basis]) for basis in used]
    values = [
        {
            "group": words.led(words.cell("section", row["section"])),
            "part": words.t(str(row["basis"])),
            "order": used.index(str(row["basis"])),
            "count": row["entries"],
        }
        for row in _values(table)
        if row["basis"] in used
    ]
    return _stacked(_labels(table, words), parts, values, words.t("share of entries"), words)


def _by_age(table: Table, words: Words) -> Spec:
    values = [{"group": words.cell("text", row["years"]), "count": row["entries"]} for row in _values(table)]
    return {
        "width": WIDTH,
        "height": {"step": BAR + 6},
        "data": {"values": values},
        "encoding": {
            "y": _across(words, "group", sort=_labels(table, words), title=words.t("years")),
            "x": _along(words, "count", words.t("entries")),
        },
        "layer": [{"mark": {"type": "bar", "size": BAR, "color": RECORDED}}],
    }


def _grid(
    words: Words,
    values: list[Spec],
    rows: list[str],
    columns: list[str],
    *,
    legend: str,
    written: str = "written",
) -> Spec:
    """A grid of cells, darker where the share is higher, with what each says written in it."""
    side = "right" if words.right_to_left else "left"
    return {
        "width": {"step": max(54, min(96, 520 // max(1, len(columns))))},
        "height": {"step": BAR + 2 if len(rows) <= 20 else BAR - 5},
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "row",
                "type": "nominal",
                "sort": rows,
                "axis": {"title": None, "domain": False, "ticks": False, "orient": side, "labelPadding": 6},
            },
            "x": {
                "field": "column",
                "type": "nominal",
                "sort": columns,
                "scale": {"reverse": words.right_to_left},
                "axis": {
                    "title": None,
                    "orient": "top",
                    "domain": False,
                    "ticks": False,
                    "labelAngle": 0,
                    "labelLimit": 110,
                    "labelExpr": "split(datum.label, '\\n')",
                    "labelLineHeight": LINE,
                    "labelPadding": 4 + LINE * max(label.count("\n") for label in columns),
                },
            },
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white", "strokeWidth": 1.5},
                "encoding": {
                    "color": {
                        "field": "share",
                        "type": "quantitative",
                        "scale": {"domain": [0, 1], "range": _RAMP},
                        "legend": {
                            "title": legend,
                            "format": "~%",
                            "orient": "bottom",
                            "direction": "horizontal",
                            "gradientLength": 220,
                            "titleFontWeight": "normal",
                            "titleFontSize": 11,
                            "titleLimit": 400,
                        },
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 10},
                "encoding": {
                    "text": {"field": written},
                    "color": {"condition": {"test": "datum.share > 0.55", "value": "white"}, "value": INK},
                },
            },
        ],
    }


def _by_region(table: Table, words: Words) -> Spec:
    shown = [row for row in _values(table) if row["scheme"] != "M49 intermediate region"]
    values: list[Spec] = [
        {
            "row": words.t(str(row["region"])),
            "column": words.cell("section", row["section"]),
            "share": row["share recorded"],
            "written": words.cell("share", row["share recorded"]),
        }
        for row in shown
    ]
    columns = _level(values)
    return _grid(words, values, _each("row", values), columns, legend=words.t("share recorded"))


def _pathways(table: Table, words: Words) -> Spec:
    across = table.columns[1]
    values: list[Spec] = [
        {
            "row": words.cell("pathway", row["pathway"]),
            "column": words.cell(across.kind, row[across.name]),
            "share": row["share recorded"],
            "written": words.cell("share", row["share recorded"]),
        }
        for row in _values(table)
    ]
    columns = _level(values)
    return _grid(words, values, _labels(table, words), columns, legend=words.t("share recorded"))


def _assistance(table: Table, words: Words) -> Spec:
    named = "requests that name the theme"
    values: list[Spec] = [
        {
            "row": words.cell("theme", row["theme"]),
            "column": words.cell("region", row["region"]),
            "share": row["share unknown"],
            "written": f"{words.cell('share', row['share unknown'])} · {row[named]}"
            if row[named]
            else words.cell("share", row["share unknown"]),
        }
        for row in _values(table)
    ]
    columns = _level(values)
    legend = words.t("share unknown") + "; " + words.t("behind the dot: requests that name the theme")
    return _grid(words, values, _labels(table, words, 1), columns, legend=legend)


def _over_time(table: Table, words: Words) -> Spec:
    days = [words.cell("day", day) for day in dict.fromkeys(table.column("day"))]
    if len(days) < 2:
        return {}
    sections = _labels(table, words, 1)
    values = [
        {
            "day": words.cell("day", row["day"]),
            "part": words.led(words.cell("section", row["section"])),
            "share": row["share recorded"],
        }
        for row in _values(table)
    ]
    return {
        "width": WIDTH + 160,
        "height": 220,
        "data": {"values": values},
        "mark": {"type": "line", "point": {"size": 70, "filled": True}, "strokeWidth": 2},
        "encoding": {
            "x": {
                "field": "day",
                "type": "nominal",
                "sort": days,
                "scale": {"reverse": words.right_to_left, "type": "point", "padding": 0.3},
                "axis": {"title": None, "labelAngle": 0},
            },
            "y": {
                "field": "share",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": {
                    "title": words.t("share recorded"),
                    "format": "~%",
                    "orient": "right" if words.right_to_left else "left",
                },
            },
            "color": _colour(sections, SERIES, columns=2),
            "shape": {
                "field": "part",
                "type": "nominal",
                "sort": None,
                "scale": {"domain": sections, "range": list(SHAPES)},
            },
        },
    }


def _changes(table: Table, words: Words) -> Spec:
    parts = {"newly recorded": RECORDED, "no longer recorded": "#D55E00", "otherwise changed": "#E69F00"}
    values = [
        {
            "group": words.led(words.cell("section", row["section"])),
            "part": words.t(part),
            "count": row[part],
            "order": at,
        }
        for row in _values(table)
        for at, part in enumerate(parts)
    ]
    return {
        "width": WIDTH,
        "height": {"step": 13},
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "y": _across(words, "group", sort=_labels(table, words)),
            "yOffset": {"field": "order", "type": "nominal"},
            "x": _along(words, "count", words.t("entries")),
            "color": _colour([words.t(part) for part in parts], list(parts.values())),
        },
    }


def _priorities(weights: Mapping[Cell, Cell], table: Table, words: Words) -> Spec:
    """What each component adds to the priority of a theme: its value times its share of the weights."""
    whole = sum(float(weight or 0) for weight in weights.values())
    values = [
        {
            "group": words.cell("theme", row["theme"]),
            "part": words.t(component),
            "count": round(float(row[component] or 0) * float(weights[component] or 0) / whole, 4),
            "order": at,
        }
        for row in _values(table)
        for at, component in enumerate(COMPONENTS)
    ]
    return {
        "width": WIDTH,
        "height": {"step": BAR + 2},
        "data": {"values": values},
        "mark": {"type": "bar", "size": BAR - 4, "stroke": "white", "strokeWidth": 0.7},
        "encoding": {
            "y": _across(words, "group", sort=_labels(table, words, 1)),
            "x": _along(words, "count", words.t("priority")),
            "color": _colour([words.t(one) for one in COMPONENTS], SERIES),
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def _stability(table: Table, words: Words) -> Spec:
    values = [
        {
            "group": words.cell("theme", row["theme"]),
            "first": row["lowest place"],
            "last": row["highest place"],
            "place": row["place"],
        }
        for row in _values(table)
    ]
    number = len(values)
    place = _along(
        words,
        "place",
        words.t("place"),
        scale={"domain": [0.5, number + 0.5]},
        axis={"tickMinStep": 1, "values": list(range(1, number + 1)), "grid": True},
    )
    return {
        "width": WIDTH,
        "height": {"step": BAR},
        "data": {"values": values},
        "encoding": {"y": _across(words, "group", sort=_labels(table, words))},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 5, "color": "#9ecae1", "strokeCap": "round"},
                "encoding": {"x": {**place, "field": "first"}, "x2": {"field": "last"}},
            },
            {"mark": {"type": "point", "filled": True, "size": 70, "color": "#08306b"}, "encoding": {"x": place}},
        ],
    }


def _each(name: str, values: Sequence[Spec]) -> list[str]:
    return list(dict.fromkeys(str(value[name]) for value in values))


def _level(values: list[Spec]) -> list[str]:
    """The headings of narrow columns, each broken at its blanks and standing on one foot; the values take them over."""
    broken = {name: _broken(name) for name in _each("column", values)}
    most = max((len(lines) for lines in broken.values()), default=0)
    level = {name: "\n".join([" "] * (most - len(lines)) + lines) for name, lines in broken.items()}
    for value in values:
        value["column"] = level[value["column"]]
    return list(level.values())


def _broken(label: str) -> list[str]:
    """A label in lines a narrow column holds: broken at blanks, in Chinese anywhere."""
    lines = [""]
    for word in _WORDS.findall(label):
        wide = len(lines[-1]) + len(word) + sum(sign > _WIDE_FROM for sign in lines[-1] + word)
        if lines[-1] and wide > NARROW:
            lines.append(word.lstrip())
        else:
            lines[-1] += word
    return lines


_DRAWN: dict[str, Callable[[Table, Words], Spec]] = {
    "recorded-by-section": _by_code,
    "recorded-by-obligation": _by_code,
    "recorded-by-weapon": _by_code,
    "recorded-by-aspect": _by_code,
    "recorded-by-theme": _by_code,
    "recorded-by-region": _by_region,
    "recorded-over-time": _over_time,
    "changes-by-section": _changes,
    "evidence-by-basis": _by_basis,
    "evidence-by-age": _by_age,
    "assistance-against-gaps": _assistance,
    "sensitivity-of-themes": _stability,
    "pathways-by-stage": _pathways,
    "pathways-by-region": _pathways,
}
# Every table that has a chart.
CHARTS = frozenset((*_DRAWN, "priority-of-themes"))
