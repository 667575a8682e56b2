"""Groups of States that face the same problems, by what is unknown in their matrices, their region and their language.

Agglomerative clustering with average linkage (Sokal and Michener 1958) on a stated distance; the number of groups is the one with
the best mean silhouette (Rousseeuw 1987). Legal tradition would matter too: no source on record gives it, so it is left out.
"""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform

from open1540 import reference
from open1540.review.cells import BLANK, Cells
from open1540.review.tables import Cell, Note, Table, table

CHAPTER = "States that face the same problems"
FEWEST_FILLED = 10
GROUPS = range(3, 11)
MARKS = 6
SEED = 1540
RUNS = 20
LEFT_OUT = 0.1
FLIPPED = 0.01


class Weights(msgspec.Struct, frozen=True):
    """What the distance between two States is made of; the parts add up to one."""

    gaps: float = 0.7
    region: float = 0.2
    language: float = 0.1


class Clusters(msgspec.Struct, frozen=True):
    """Groups of States.

    Attributes:
        groups: each of two States or more, sorted; the larger groups first.
        alone: States that no other is like.
        apart: States with too little recorded beyond section I to be grouped.
        agreement: adjusted Rand index of reruns with fields left out and cells flipped: median and least.
    """

    groups: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...]
    apart: tuple[str, ...]
    agreement: tuple[float, float] | None


def clusters(cells: Cells, weights: Weights = Weights()) -> Clusters:  # noqa: B008 - a frozen value
    """Group the States of the cells. The same cells give the same groups, whatever the order of States."""
    measures = np.array([field.section != "I" for field in cells.fields], dtype=bool)
    gaps = cells.codes[:, measures] == BLANK
    grouped = np.flatnonzero((~gaps).sum(axis=1) >= FEWEST_FILLED)
    apart = tuple(state for at, state in enumerate(cells.states) if at not in set(grouped.tolist()))
    states = [cells.states[at] for at in grouped]
    if len(states) < GROUPS.start:
        return Clusters((), (), tuple(sorted((*apart, *states))), None)
    around = _region(states) * weights.region + _language(states) * weights.language
    chosen = _labels(_gap_distance(gaps[grouped]) * weights.gaps + around)
    members = {label: tuple(s for s, own in zip(states, chosen, strict=True) if own == label) for label in set(chosen)}
    groups = tuple(sorted((m for m in members.values() if len(m) > 1), key=lambda group: (-len(group), group)))
    alone = tuple(sorted(member[0] for member in members.values() if len(member) == 1))
    return Clusters(groups, alone, apart, _stability(gaps[grouped], around, weights, chosen))


def tables(cells: Cells, weights: Weights = Weights()) -> list[Table]:  # noqa: B008 - a frozen value
    """The groups, and the fields that mark each of them."""
    found = clusters(cells, weights)
    return [_groups(found, weights), _marks(found, cells)]


def adjusted_rand(first: Sequence[int], second: Sequence[int]) -> float:
    """How far two groupings agree (Hubert and Arabie 1985): 1 for the same, about 0 for chance."""
    _, rows = np.unique(first, return_inverse=True)
    _, columns = np.unique(second, return_inverse=True)
    both = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(both, (rows, columns), 1)
    together, of_first, of_second = (_pairs(counts) for counts in (both, both.sum(axis=1), both.sum(axis=0)))
    by_chance = of_first * of_second / max(_pairs(np.array([float(len(rows))])), 1.0)
    highest = (of_first + of_second) / 2
    return 1.0 if highest == by_chance else float((together - by_chance) / (highest - by_chance))


def _pairs(counts: NDArray[np.float64]) -> float:
    return float((counts * (counts - 1) / 2).sum())


def _gap_distance(gaps: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Share of fields unknown in one of two States only, among those unknown in either (Jaccard)."""
    return np.asarray(np.nan_to_num(pdist(gaps, "jaccard")))


def _region(states: Sequence[str]) -> NDArray[np.float64]:
    """0 in the same sub-region, half in the same regional group, 1 elsewhere."""
    known = [reference.state(code) for code in states]
    group = np.array([[state.regional_group or state.iso3] for state in known])
    area = np.array([[state.m49_subregion or state.iso3] for state in known])
    return (_differ(group) + _differ(area)) / 2


def _differ(names: NDArray[np.str_]) -> NDArray[np.float64]:
    _, numbers = np.unique(names, return_inverse=True)
    return np.asarray(pdist(numbers.reshape(-1, 1), "hamming"))


def _language(states: Sequence[str]) -> NDArray[np.float64]:
    """0 where two States share an official language of the United Nations, else 1."""
    spoken = [frozenset((reference.state(code).un_languages or "").split(";")) - {""} for code in states]
    pairs = [
        float(spoken[one].isdisjoint(spoken[other]))
        for one in range(len(states))
        for other in range(one + 1, len(states))
    ]
    return np.array(pairs)


def _labels(distances: NDArray[np.float64]) -> list[int]:
    """Groups by average linkage, as many as give the best mean silhouette; the fewest among equals."""
    tree = linkage(distances, "average")
    square = squareform(distances)
    best: tuple[float, list[int]] = (-2.0, [])
    for number in GROUPS:
        labels = fcluster(tree, number, "maxclust")
        if len(set(labels.tolist())) > 1 and (worth := round(_silhouette(square, labels), 9)) > best[0]:
            best = worth, labels.tolist()
    return best[1] or [1] * len(square)


def _silhouette(square: NDArray[np.float64], labels: NDArray[np.int32]) -> float:
    numbers = sorted(set(labels.tolist()))
    sums = np.column_stack([square[:, labels == number].sum(axis=1) for number in numbers])
    sizes = np.array([np.count_nonzero(labels == number) for number in numbers])
    own = np.searchsorted(numbers, labels)
    rows = np.arange(len(labels))
    single = sizes[own] == 1
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    widths = np.where(single, 0.0, (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-12))
    return float(widths.mean())


def _stability(
    gaps: NDArray[np.bool_], around: NDArray[np.float64], weights: Weights, chosen: Sequence[int]
) -> tuple[float, float]:
    """Agreement with reruns in which some fields are left out and some cells flipped (fixed seed)."""
    random = np.random.default_rng(SEED)
    agreement = []
    for _ in range(RUNS):
        kept = np.asarray(random.random(gaps.shape[1]) >= LEFT_OUT)
        changed = gaps[:, kept] ^ (random.random((len(gaps), np.count_nonzero(kept))) < FLIPPED)
        again = _labels(_gap_distance(changed) * weights.gaps + around)
        agreement.append(adjusted_rand(chosen, again))
    return round(float(np.median(agreement)), 4), round(min(agreement), 4)


def _groups(found: Clusters, weights: Weights) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (str(number), ";".join(group), _regions(group), _languages(group))
        for number, group in enumerate(found.groups, start=1)
    ]
    for why, states in (("like no other", found.alone), ("too little recorded to group", found.apart)):
        if states:
            rows.append((why, ";".join(states), "", ""))
    return table(
        "groups-of-states",
        "Groups of States with like gaps",
        [("group", "text"), ("States", "states"), ("regions", "regions"), ("languages", "languages")],
        rows,
        notes=[_distance(weights), _agreement(found)],
        chapter=CHAPTER,
    )


def _distance(weights: Weights) -> Note:
    return Note(
        "Distance between two States: {gaps} for gaps, {region} for region, {language} for language. Groups are meant for seminars "
        "between States that face the same questions; they are no order. Legal tradition is left out for want of a source.",
        {"gaps": weights.gaps, "region": weights.region, "language": weights.language},
    )


def _agreement(found: Clusters) -> Note:
    if found.agreement is None:
        return Note("Too few States have entries beyond section I to form groups.")
    median, least = found.agreement
    return Note(
        "Rerun {runs} times without a tenth of the fields and with one entry in a hundred changed, the groups agree by an adjusted "
        "Rand index of {median} in the median and {least} at least (1 is the same, 0 chance).",
        {"runs": RUNS, "median": round(median, 2), "least": round(least, 2)},
    )


def _regions(group: Sequence[str]) -> str:
    return ";".join(sorted({reference.state(code).m49_subregion or "" for code in group} - {""}))


def _languages(group: Sequence[str]) -> str:
    spoken = {language for code in group for language in (reference.state(code).un_languages or "").split(";")}
    return ";".join(sorted(spoken - {""}))


def _marks(found: Clusters, cells: Cells) -> Table:
    return table(
        "marks-of-groups",
        "What marks each group",
        [
            ("group", "text"),
            ("field", "field"),
            ("share unknown in the group", "share"),
            ("share unknown elsewhere", "share"),
        ],
        _mark_rows(found, cells),
        notes=[
            "The fields whose share of unknown cells differs most between the States of the group and the others grouped."
        ],
        chapter=CHAPTER,
    )


def _mark_rows(found: Clusters, cells: Cells) -> Iterator[tuple[Cell, ...]]:
    everyone = cells.of_states(state for group in found.groups for state in group)
    for number, group in enumerate(found.groups, start=1):
        inside = cells.of_states(group)
        outside = everyone & ~inside
        if not outside.any():
            return
        blank = cells.codes == BLANK
        own, others = blank[inside].mean(axis=0), blank[outside].mean(axis=0)
        measures = np.array([field.section != "I" for field in cells.fields])
        order = np.argsort(-np.where(measures, np.abs(own - others), -1.0), kind="stable")[:MARKS]
        for at in order:
            yield str(number), cells.fields[at].field, round(float(own[at]), 4), round(float(others[at]), 4)
