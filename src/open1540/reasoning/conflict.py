"""Which named limits of a model contradict each other.

Elastic filter, then deletion filter (Chinneck and Dravnieks 1991; Guieu and Chinneck 1999 for whole numbers): limits that had to
break are made firm until nothing fits any more; of these each is left out in turn and stays out if the rest still contradict.
"""

import time

import msgspec

from open1540.reasoning.engine import minimise
from open1540.reasoning.model import Model

BROKEN = 1e-6


class Conflict(msgspec.Struct, frozen=True):
    """Limits that cannot be kept together.

    Attributes:
        limits: their names, in the order of the model; empty where the quantities' own meaning already contradicts itself.
        irreducible: without any one of them the rest can be kept; False where time ran out before that was shown.
        known: False where time ran out before anything was found, contradiction or answer.
    """

    limits: tuple[str, ...]
    irreducible: bool = True
    known: bool = True


def conflict(model: Model, *, seconds: float = 60.0) -> Conflict:
    """The limits of a model without an answer that contradict each other; unnamed limits are kept throughout."""
    until = time.perf_counter() + seconds
    if _possible(model.without(model.named()), until) is False:
        return Conflict(())
    suspects = _firm(model, until)
    kept = list(suspects)
    sure = True
    for name in suspects:
        rest = [other for other in kept if other != name]
        possible = _possible(_only(model, rest), until)
        if possible is False:
            kept = rest
        elif possible is None:
            sure = False
    return Conflict(tuple(name for name in model.named() if name in kept), irreducible=sure)


def _firm(model: Model, until: float) -> list[str]:
    """Names that suffice for a contradiction: those that break when all may, made firm, and again until nothing fits."""
    firm: list[str] = []
    while soft := [name for name in model.named() if name not in firm]:
        elastic, breaks = model.elastic(soft)
        run = minimise(
            elastic,
            {at: 1.0 / size for at, (_, size) in breaks.items()},
            gap=0.0,
            seconds=until - time.perf_counter(),
        )
        broken = {name for at, (name, _) in breaks.items() if run.values and run.values[at] > BROKEN}
        if run.feasible is False:
            return firm
        if not broken:
            return list(model.named())
        firm += [name for name in model.named() if name in broken]
    return firm


def _only(model: Model, names: list[str]) -> Model:
    return model.without(name for name in model.named() if name not in names)


def _possible(model: Model, until: float) -> bool | None:
    return minimise(model, {}, gap=1.0, seconds=until - time.perf_counter()).feasible
