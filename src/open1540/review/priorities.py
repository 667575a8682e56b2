"""Where to strengthen: fields and themes in an order whose every component is shown, and how stable that order is.

Fields and themes are ordered, States never. Each component lies between 0 and 1; the order is that of their weighted mean
(multi-attribute value with additive weights, Keeney and Raiffa 1976). Weights are the user's; the sensitivity run draws other
weights around them and tells how often the order holds.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from open1540 import reference
from open1540.reference import facts
from open1540.review.cells import BASES, BLANK, NOT_APPLICABLE, RECORDED, UNCLEAR, Cells
from open1540.review.groups import themes
from open1540.review.tables import Cell, Kind, Note, Table, table
from open1540.vocabulary import BadInput, Confidence

CHAPTER = "Where to strengthen"
DRAWS = 500
SEED = 1540
# How far the drawn weights lie from the user's: the larger, the nearer (parameter of the Dirichlet distribution).
NEARNESS = 20.0
TOP = 10
DEFINITIONS = {
    "unknown": "share of applicable cells that are blank",
    "unclear": "share of applicable cells with the code ?",
    "not enforced": "where the law is recorded, share of cells whose penalty is not",
    "no progress": "share of applicable cells that were blank on the earlier day and still are",
    "weak evidence": "share of recorded cells that rest on a self-declaration or on nothing shown",
    "asked for": "requests for assistance that name the theme, against the most named one",
    "pathways": "pathways whose measures include the field, against the field in most of them",
}
COMPONENTS = tuple(DEFINITIONS)
_SINCE = "no progress"
_WEAK = [BASES.index("self-declaration"), BASES.index("none")]


class _Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    weights: dict[str, float]


@cache
def default_weights() -> dict[str, float]:
    """The editors' weights (``facts/review_weights.yaml``)."""
    return facts.tree("review_weights.yaml", _Defaults).weights


def checked(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of all components, the default where none is given.

    Raises BadInput for a component nobody knows, a negative weight, or weights that are all zero.
    """
    unknown = sorted(set(weights) - set(COMPONENTS))
    merged = {**default_weights(), **weights}
    if unknown or any(not 0 <= value < math.inf for value in merged.values()) or not sum(merged.values()):
        raise BadInput(
            "weights " + ", ".join(unknown or (f"{name}={value:g}" for name, value in merged.items())),
            expected="weights of zero or more, not all zero, for: " + ", ".join(COMPONENTS),
            where="--weights",
            remedy="write them like --weights unknown=2 --weights not-enforced=1",
        )
    return {component: float(merged[component]) for component in COMPONENTS}


def tables(after: Cells, before: Cells | None, weights: Mapping[str, float]) -> list[Table]:
    """Priorities of themes and fields with their components, and the sensitivity of both orders."""
    used = _answerable(checked(weights), before)
    of_fields = _field_components(after, before)
    in_template = [field.field for field in after.fields]
    grouped = [theme for theme in themes() if theme.fields & set(in_template)]
    of_themes = np.array([of_fields[after.of_fields(theme.fields)].mean(axis=0) for theme in grouped])
    themed = [at for at, field in enumerate(after.fields) if field.aspect or field.section == "V"]
    return [
        _weights(used),
        _order("theme", [theme.id for theme in grouped], of_themes, used),
        _sensitivity("theme", [theme.id for theme in grouped], of_themes, used),
        _order("field", [in_template[at] for at in themed], of_fields[themed], used),
        _sensitivity("field", [in_template[at] for at in themed], of_fields[themed], used),
    ]


def _answerable(weights: dict[str, float], before: Cells | None) -> dict[str, float]:
    """The weights of the components that can be told; without an earlier day there is no progress to speak of."""
    told = weights if before else {**weights, _SINCE: 0.0}
    if not sum(told.values()):
        raise BadInput(
            f"a weight for {_SINCE!r} alone, and no earlier day",
            expected="an earlier day to compare with, or a weight for another component",
            where="--weights",
            remedy="add --against YYYY-MM-DD",
        )
    return told


def value(components: NDArray[np.float64], weights: Iterable[float]) -> NDArray[np.float64]:
    """The weighted mean of the components, row by row."""
    weighed = np.array(list(weights))
    return np.asarray(components @ (weighed / weighed.sum()))


def _field_components(after: Cells, before: Cells | None) -> NDArray[np.float64]:
    applicable = after.codes != NOT_APPLICABLE
    recorded = after.codes == RECORDED
    blank = after.codes == BLANK
    unclear = _ratio((after.codes == UNCLEAR).sum(axis=0), applicable.sum(axis=0))
    unknown = _ratio(blank.sum(axis=0), applicable.sum(axis=0))
    weak = _ratio((recorded & np.isin(after.bases, _WEAK)).sum(axis=0), recorded.sum(axis=0))
    return np.column_stack(
        [
            unknown,
            unclear,
            _not_enforced(after),
            _no_progress(after, before, applicable),
            weak,
            _asked_for(after),
            _pathways(after),
        ]
    )


def _not_enforced(cells: Cells) -> NDArray[np.float64]:
    """For both fields of a measure: of the States whose law is recorded, the share whose penalty is not."""
    at = {field.field: index for index, field in enumerate(cells.fields)}
    found = np.zeros(len(cells.fields))
    for field, law in at.items():
        penalty = at.get(field.removesuffix(".legal") + ".enforcement") if field.endswith(".legal") else None
        if penalty is not None:
            has_law = cells.codes[:, law] == RECORDED
            without = has_law & (cells.codes[:, penalty] != RECORDED) & (cells.codes[:, penalty] != NOT_APPLICABLE)
            found[[law, penalty]] = without.sum() / has_law.sum() if has_law.any() else 0.0
    return found


def _no_progress(after: Cells, before: Cells | None, applicable: NDArray[np.bool_]) -> NDArray[np.float64]:
    if before is None:
        return np.zeros(len(after.fields))
    both = sorted(set(before.states) & set(after.states))
    then, now = before.of_states(both), after.of_states(both)
    still = (before.codes[then] == BLANK) & (after.codes[now] == BLANK)
    return _ratio(still.sum(axis=0), applicable[now].sum(axis=0))


def _asked_for(cells: Cells) -> NDArray[np.float64]:
    topics = {theme.id: frozenset(theme.topics) for theme in reference.themes()}
    requests = reference.assistance_requests()
    named = {
        theme: len([request for request in requests if not wanted.isdisjoint(request.topics)])
        for theme, wanted in topics.items()
    }
    found = [max((named[theme.id] for theme in reference.themes_of(f.field)), default=0) for f in cells.fields]
    return _against_most(found)


def _pathways(cells: Cells) -> NDArray[np.float64]:
    needed = [pathway.matching() for pathway in reference.pathways()]
    return _against_most([sum(1 for fields in needed if field.field in fields) for field in cells.fields])


def _against_most(counts: Sequence[int]) -> NDArray[np.float64]:
    most = max(counts, default=0)
    return np.array(counts, dtype=float) / most if most else np.zeros(len(counts))


def _ratio(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _weights(weights: Mapping[str, float]) -> Table:
    return table(
        "priority-weights",
        "Components and their weights",
        [("component", "text"), ("definition", "text"), ("weight", "number")],
        ((component, DEFINITIONS[component], weights[component]) for component in COMPONENTS),
        notes=[
            "Weights are a choice of whoever asks; equal ones are the default. Section I is not put in an order. Without an earlier "
            "day there is no progress to tell, and its weight is zero."
        ],
        chapter=CHAPTER,
    )


def _order(kind: Kind, ids: Sequence[str], components: NDArray[np.float64], weights: Mapping[str, float]) -> Table:
    worth = value(components, weights.values())
    places = _places(worth)
    order = sorted(range(len(ids)), key=lambda at: (places[at], at))
    rows: Iterable[Iterable[Cell]] = (
        (places[at], ids[at], round(float(worth[at]), 4), *(round(float(one), 4) for one in components[at]))
        for at in order
    )
    columns: list[tuple[str, Kind]] = [("place", "count"), (kind, kind), ("priority", "number")]
    return table(
        f"priority-of-{kind}s",
        f"Where to strengthen, by {kind}",
        [*columns, *((component, "number") for component in COMPONENTS)],
        rows,
        notes=[
            "An order of themes and fields, never of States. The priority is the weighted mean; equal ones share a place."
        ],
        chapter=CHAPTER,
    )


def _sensitivity(
    kind: Kind, ids: Sequence[str], components: NDArray[np.float64], weights: Mapping[str, float]
) -> Table:
    """How the order fares under weights drawn around the user's (fixed seed, so that two runs agree)."""
    mean = np.array(list(weights.values())) / sum(weights.values())
    drawn = np.random.default_rng(SEED).dirichlet(np.maximum(mean * NEARNESS * len(mean), 1e-6), size=DRAWS)
    own = value(components, mean)
    worths = components @ drawn.T
    places = np.array([_places(worths[:, draw]) for draw in range(DRAWS)])
    agreement = [float(kendalltau(own, worths[:, draw], variant="b").statistic) for draw in range(DRAWS)]
    usual = sorted(0.0 if np.isnan(one) else one for one in agreement)
    median, low = usual[DRAWS // 2], usual[DRAWS // 20]
    own_places = _places(own)
    rows = (
        (
            ids[at],
            own_places[at],
            int(np.percentile(places[:, at], 5)),
            int(np.percentile(places[:, at], 95)),
            round(float((places[:, at] <= TOP).mean()), 4),
        )
        for at in sorted(range(len(ids)), key=lambda at: (own_places[at], at))
    )
    return table(
        f"sensitivity-of-{kind}s",
        f"How stable the order of {kind}s is",
        [
            (kind, kind),
            ("place", "count"),
            ("lowest place", "count"),
            ("highest place", "count"),
            ("share among the first ten", "share"),
        ],
        rows,
        notes=[
            Note(
                "{draws} sets of weights were drawn around those given; the places are those between the 5th and the 95th "
                "percentile. Kendall's tau-b between these orders and the one shown is {median} in the median, and {low} or less "
                "in one of twenty.",
                {"draws": DRAWS, "median": round(median, 2), "low": round(low, 2)},
            )
        ],
        chapter=CHAPTER,
    )


def _places(worth: NDArray[np.float64]) -> list[int]:
    """Places from 1; what is equal to nine decimals shares one."""
    rounded = np.round(worth, 9)
    ordered = np.sort(-rounded)
    return (np.searchsorted(ordered, -rounded, side="left") + 1).tolist()  # type: ignore[no-any-return]
