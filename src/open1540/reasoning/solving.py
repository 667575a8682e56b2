"""The best values for the aims of a model: weighed against each other, or taken in their order."""

import time
from collections.abc import Sequence
from math import inf
from typing import Literal

import msgspec

from open1540.reasoning.conflict import Conflict, conflict
from open1540.reasoning.engine import Run, minimise
from open1540.reasoning.model import Aim, Model, Terms

How = Literal["weighed", "in order"]
# What rounding may cost when the best value of one aim becomes a limit for the next.
ROUNDING = 1e-6


class Reached(msgspec.Struct, frozen=True):
    """What one aim came to. ``bound``: no answer can do better; only known of the aim that was optimised by itself."""

    aim: str
    value: float
    bound: float | None = None


class Answer(msgspec.Struct, frozen=True):
    """Values of all quantities, and how good they are.

    Attributes:
        values: by number of the quantity.
        aims: what each aim came to.
        value, bound: the weighed sum (of the last aim, where aims are taken in order) and what no answer can exceed.
        gap: what may be missing at most, as a share of the value: the largest over the aims taken in order.
        stopped: ``gap`` where the wanted gap was reached; ``effort`` or ``time``: a longer run may find better, after ``time`` another machine other values.
        seconds: how long it took.
    """

    values: tuple[float, ...]
    aims: tuple[Reached, ...]
    value: float
    bound: float
    gap: float
    stopped: str
    seconds: float


def solve(
    model: Model,
    aims: Sequence[Aim],
    how: How = "weighed",
    *,
    gap: float = 0.01,
    seconds: float = 60.0,
    start: Sequence[float] | None = None,
    nodes: int | None = None,
    explain: bool = True,
) -> Answer | Conflict:
    """Find values that keep every limit and serve the aims best, or say which limits contradict each other.

    Arguments:
        gap: share of the value that may be missing to the best.
        seconds: time for it, for all aims together.
        start: values to begin with; they need not keep the limits.
        nodes: most branches to try where aims are weighed; unlike time it stops at the same answer on every machine.
        explain: whether to look for the limits that contradict each other where there is no answer.
    """
    began = time.perf_counter()
    if how == "weighed":
        return _weighed(model, aims, gap, seconds, start, began, nodes, explain)
    return _in_order(model, aims, gap, seconds, start, began)


def _weighed(
    model: Model,
    aims: Sequence[Aim],
    gap: float,
    seconds: float,
    start: Sequence[float] | None,
    began: float,
    nodes: int | None,
    explain: bool,
) -> Answer | Conflict:
    costs: dict[int, float] = {}
    for aim in aims:
        for at, factor in _costs(aim).items():
            costs[at] = costs.get(at, 0.0) + factor * aim.weight / aim.scale
    run = minimise(model, costs, gap=gap, seconds=seconds, start=start, nodes=nodes)
    if not run.values:
        return _none(model, run, seconds if explain else 0.0)
    reached = tuple(Reached(aim.name, aim.value(run.values)) for aim in aims)
    return Answer(
        run.values, reached, -run.least, -run.bound, _gap(run), run.stopped, round(time.perf_counter() - began, 2)
    )


def _in_order(
    model: Model, aims: Sequence[Aim], gap: float, seconds: float, start: Sequence[float] | None, began: float
) -> Answer | Conflict:
    held = model.without(())
    bounds: dict[str, float] = {}
    gaps: list[float] = []
    stopped = "gap"
    run: Run | None = None
    for done, aim in enumerate(aims):
        left = (seconds - (time.perf_counter() - began)) / (len(aims) - done)
        run = minimise(held, _costs(aim), gap=gap, seconds=left, start=run.values if run else start)
        if not run.values:
            return _none(model, run, seconds)
        sign = -1.0 if aim.more else 1.0
        bounds[aim.name] = sign * run.bound
        gaps.append(_gap(run))
        stopped = "time" if run.stopped == "time" else stopped
        worst = run.least + abs(run.least) * aim.tolerance + ROUNDING * max(1.0, abs(run.least))
        held.limit("", _costs(aim), high=worst)
    assert run is not None, "aims are never empty"
    reached = tuple(Reached(aim.name, aim.value(run.values), bounds[aim.name]) for aim in aims)
    last = aims[-1]
    return Answer(
        run.values,
        reached,
        last.value(run.values),
        bounds[last.name],
        max(gaps),
        stopped,
        round(time.perf_counter() - began, 2),
    )


def _none(model: Model, run: Run, seconds: float) -> Conflict:
    if run.feasible is False and seconds > 0:
        return conflict(model, seconds=seconds)
    return Conflict((), irreducible=False, known=False)


def _costs(aim: Aim) -> Terms:
    return {at: -factor for at, factor in aim.terms.items()} if aim.more else aim.terms


def _gap(run: Run) -> float:
    missing = run.least - run.bound
    if missing <= 1e-9:
        return 0.0
    return missing / abs(run.least) if run.least else inf
