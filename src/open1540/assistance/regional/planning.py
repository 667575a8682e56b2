"""A regional programme: candidates, a good plan to begin with, a bound, the exact choice, a calendar."""

import random
import time
from collections.abc import Sequence
from math import inf

import msgspec

from open1540.assistance.regional.asked import Asked, Event, Programme
from open1540.assistance.regional.blocks import Chosen, placed
from open1540.assistance.regional.bounding import bounded
from open1540.assistance.regional.candidates import Candidate, candidates
from open1540.assistance.regional.checking import check
from open1540.assistance.regional.choosing import Choice
from open1540.assistance.regional.greedy import Greedy
from open1540.assistance.regional.ground import Ground, loosened
from open1540.assistance.regional.measures import measure
from open1540.assistance.regional.rules import broken
from open1540.assistance.regional.seats import Seats
from open1540.reasoning import Aim, Answer, Conflict, How, solve
from open1540.vocabulary import BadInput

# Sets of themes looked at for each group and format.
EACH = 6
STARTS = 4
# Above so many candidates the choice is among the promising ones, and the bound comes from all.
FEW = 150
PROMISING = 60
# Events set free at a time where a plan is improved piece by piece.
FREED = 8
# How near to its best a piece is brought, how many branches that may take, and how many pieces in a row may bring nothing.
PIECE, BRANCHES, PATIENCE = 0.003, 1, 15
SEED = 1540
BETTER = 1e-9


class Contradiction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits that cannot be kept together.

    Attributes:
        limits: their names, as in ``Limits``, with the State or region after a colon; each with its figure where it has one.
        least_cost: of any meeting looked at, where the budget is among them.
        irreducible: without any one of them the others can be kept; False where time ran out before that was shown.
    """

    limits: dict[str, float | None]
    least_cost: float | None
    irreducible: bool

    def error(self) -> BadInput:
        """The same as an error in four parts."""
        told = ", ".join(name if value is None else f"{name} ({value:,.10g})" for name, value in self.limits.items())
        least = f"; the least costly meeting costs {self.least_cost:,.0f}" if self.least_cost is not None else ""
        return BadInput(
            f"limits that contradict each other: {told or 'none that has a name'}",
            expected=f"limits that some plan keeps{least}",
            where="limits",
            remedy=f"loosen one of {', '.join(self.limits)}" if self.limits else "allow more time and try again",
        )


def plan(
    asked: Asked, *, gap: float = 0.02, seconds: float = 60.0, start: Sequence[Event] = ()
) -> Programme | Contradiction:
    """Work out a programme, or say which limits contradict each other.

    Arguments:
        gap: share of the value that may be missing to the best plan; seconds: time for it.
        start: events of an earlier plan to begin with.

    Raises BadInput, UnknownCode where what is asked cannot be worked with, or allows no meeting at all.
    """
    began = time.perf_counter()
    check(asked)
    ground = Ground(asked)
    offered = candidates(ground, EACH)
    if not offered:
        raise _no_meeting(asked)
    seats = Seats(ground, offered)
    first = _start(ground, seats, start)
    hurried = False
    bound, chosen_from, sure = inf, list(range(len(offered))), tuple[int, ...]()
    if len(offered) > FEW and not asked.weights.in_order:
        limit = bounded(ground, seats, first, seconds / 3)
        bound = limit.bound
        own = {id(event.candidate) for event in first}
        sure, hurried = limit.sure, not limit.finished
        chosen_from = sorted(
            {*sure, *limit.promising[:PROMISING], *(at for at, one in enumerate(offered) if id(one) in own)}
        )
    left = seconds - (time.perf_counter() - began)
    choice = Choice(asked, [offered[at] for at in chosen_from])
    answer = _chosen(choice, first, [chosen_from.index(at) for at in sure], bound, gap, left)
    if isinstance(answer, Conflict) and len(chosen_from) < len(offered):
        choice = Choice(asked, offered)
        answer = _chosen(choice, first, (), inf, gap, left)
    if isinstance(answer, Conflict):
        return _contradiction(asked, answer, offered)
    if len(choice.offered) == len(offered) and not asked.weights.in_order:
        bound = min(bound, answer.bound)
    if hurried:
        answer = msgspec.structs.replace(answer, stopped="time")
    return _programme(asked, choice, answer, bound, len(offered), time.perf_counter() - began)


def _start(ground: Ground, seats: Seats, start: Sequence[Event]) -> tuple[Chosen, ...]:
    """The best of a few plans made step by step, and of an earlier one as far as its meetings are among the candidates."""
    greedy = Greedy(ground, seats)
    found: list[tuple[float, tuple[Chosen, ...]]] = []
    for seed in (None, *range(1, STARTS)):
        events = greedy.plan(seed)
        found.append((greedy.draft.value(), events))
    best = max(found, key=lambda pair: pair[0])
    again = _again(seats, start)
    earlier = measure(ground.asked, events_of(ground.asked, again)).value if len(again) == len(start) > 0 else -inf
    return again if earlier >= best[0] else best[1]


def _again(seats: Seats, start: Sequence[Event]) -> tuple[Chosen, ...]:
    blocks = {block.id: at for at, block in enumerate(seats.ground.asked.blocks)}
    known = {(one.format.id, one.themes, one.offer, one.languages, one.host, one.group): one for one in seats.offered}
    found = []
    for event in start:
        one = known.get((event.format, event.themes, event.offer, event.languages, event.host, event.group))
        if one is not None and set(event.states) <= set(one.states):
            found.append(Chosen(one, event.states, blocks.get(event.block, -1)))
    return tuple(found)


def _chosen(
    choice: Choice, first: Sequence[Chosen], sure: Sequence[int], bound: float, gap: float, seconds: float
) -> Answer | Conflict:
    """The exact choice; where it is large, piece by piece: most events stay, a few are set free together with all candidates.

    The first piece keeps what the bound's own relaxation holds nearly whole.
    """
    until = time.perf_counter() + seconds
    aims, start = choice.aims(), choice.start(first)
    if bound == inf:
        how: How = "in order" if choice.asked.weights.in_order else "weighed"
        return solve(choice.model, aims, how, gap=gap, seconds=seconds, start=start)
    chance = random.Random(SEED)
    best = _piece(choice, aims, [choice.held[at] for at in sure], start, seconds)
    stopped, same = "gap", 0
    while best is None or bound - best.value > gap * abs(best.value):
        left = until - time.perf_counter()
        if left <= 0 or same >= PATIENCE:
            stopped = "time" if left <= 0 else "effort"
            break
        values = best.values if best else start
        held = [key for key in choice.held if values[key] > 0.5]
        found = _piece(choice, aims, chance.sample(held, max(len(held) - FREED, 0)), values, left)
        if found is None and best is None:
            break
        better = found is not None and (best is None or found.value > best.value + BETTER)
        best, same = (found, 0) if better else (best, same + 1)
    if best is None:
        return solve(choice.model, aims, gap=gap, seconds=max(until - time.perf_counter(), seconds / 2), start=start)
    return msgspec.structs.replace(best, bound=bound, stopped=stopped)


def _piece(
    choice: Choice, aims: Sequence[Aim], kept: Sequence[int], start: Sequence[float], seconds: float
) -> Answer | None:
    model = choice.model.at_least(dict.fromkeys(kept, 1.0))
    found = solve(model, aims, gap=PIECE, seconds=seconds, start=start, nodes=BRANCHES, explain=False)
    return found if isinstance(found, Answer) else None


def _programme(asked: Asked, choice: Choice, answer: Answer, bound: float, looked_at: int, seconds: float) -> Programme:
    chosen = placed(asked, choice.chosen(answer.values))
    events = events_of(asked, chosen) if chosen is not None else ()
    troubles = broken(asked, events)
    if chosen is None or troubles:
        raise BadInput(
            f"{len(asked.blocks)} blocks into which the meetings do not go: "
            + ", ".join(sorted({one.limit for one in troubles}) or ["blocks"]),
            expected="blocks enough for every State and provider to be at one place at a time",
            where="blocks",
            remedy="add a block, or lower per_state, events_at_least, share_at_least or the States to include",
        )
    measures = measure(asked, events)
    if asked.weights.in_order:
        gap, bound = answer.gap, answer.bound
    else:
        gap = max(bound - measures.value, 0.0) / max(abs(measures.value), 1e-9)
    return Programme(events, measures, gap, bound, looked_at, answer.stopped, round(seconds, 2))


def events_of(asked: Asked, chosen: Sequence[Chosen]) -> tuple[Event, ...]:
    """The events of a choice with their names, in the order of days."""
    ordered = sorted(
        chosen,
        key=lambda one: (
            asked.blocks[one.block].since,
            one.candidate.group,
            one.candidate.format.id,
            one.candidate.themes,
            one.candidate.states,
        ),
    )
    return tuple(
        Event(
            f"E{at + 1:02}",
            one.candidate.format.id,
            one.candidate.group,
            one.candidate.themes,
            one.states,
            one.candidate.host,
            one.candidate.offer,
            one.candidate.languages,
            asked.blocks[one.block].id,
        )
        for at, one in enumerate(ordered)
    )


def _contradiction(asked: Asked, found: Conflict, offered: Sequence[Candidate]) -> Contradiction:
    limits: dict[str, float | None] = {}
    for name in found.limits:
        value = getattr(asked.limits, name.partition(":")[0], None)
        limits[name] = float(value) if isinstance(value, int | float) else None
    least = None
    if "budget" in limits:
        least = min(one.fixed + sum(sorted(one.costs.values())[: one.format.participants[0]]) for one in offered)
    if "blocks" in limits:
        limits["blocks"] = float(len(asked.blocks))
    return Contradiction(limits, least, found.irreducible and found.known)


def _no_meeting(asked: Asked) -> BadInput:
    """No meeting can be formed at all: named are the limits without any one of which some could."""
    helping = [name for name, looser in loosened(asked) if candidates(Ground(looser), 1)]
    return BadInput(
        "no meeting that can be formed",
        expected="States with a need in common, a language, a host, practice on record and a provider for it",
        where="limits, offers, practices",
        remedy=f"loosen one of: {', '.join(helping)}"
        if helping
        else "loosen several limits at once, or add offers, practice or needs that States share",
    )
