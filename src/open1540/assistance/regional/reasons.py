"""Why a State is in a plan or not, and what one more of a limit would add: found by trying it out, never by guessing."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from open1540.assistance.regional.asked import Asked, Event, Measures, Need, Programme
from open1540.assistance.regional.candidates import candidates
from open1540.assistance.regional.ground import Ground, loosened
from open1540.assistance.regional.measures import measure, meets
from open1540.assistance.regional.planning import EACH, Contradiction, plan
from open1540.assistance.regional.rules import Broken, broken

Standing = Literal["takes part", "no need", "no meeting", "left out"]
More = Literal["events", "budget", "experts", "per_state", "participants", "blocks"]


class Tried(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of letting a State take part in one event.

    Attributes:
        event: its id; empty for one more event, of ``themes``.
        broken: limits the plan would then not keep; none where it only would not be worth it.
        met, cost, travel, value: what it would add.
    """

    event: str
    themes: tuple[str, ...]
    broken: tuple[Broken, ...]
    met: float
    cost: float
    travel: float
    value: float


class Why(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a State stands in a plan.

    Attributes:
        standing: ``no need``: it has none on the themes chosen; ``no meeting``: none of those looked at could take it;
            ``left out``: some could, see ``tried``.
        events: those it takes part in; met, unmet: its needs.
        tried: each event that treats what it still needs, and one more event where none does.
        lacking: where no meeting could take it: the limits without which one could.
    """

    state: str
    standing: Standing
    events: tuple[str, ...]
    met: tuple[Need, ...]
    unmet: tuple[Need, ...]
    tried: tuple[Tried, ...] = ()
    lacking: tuple[str, ...] = ()


class Added(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one more of a limit adds.

    Attributes:
        limit, step: the limit and by how much it was raised.
        at_least: value the plan found gains; at_most: value no plan can gain beyond; both of the aims weighed.
        met, least_share, cost: change of the measures in the plan found.
        states: States that would come in.
    """

    limit: str
    step: float
    at_least: float
    at_most: float
    met: float
    least_share: float
    cost: float
    states: tuple[str, ...]


def why(asked: Asked, programme: Programme, state: str) -> Why:
    """Why a State is in a plan or not, with every event tried that treats what it still needs."""
    own = [need for need in asked.needs if need.state == state]
    taking = tuple(event.id for event in programme.events if state in event.states)
    met = tuple(need for need in own if any(meets(asked, event, need) for event in programme.events))
    unmet = tuple(need for need in own if need not in met)
    tried = tuple(_tried(asked, programme, state, unmet)) if unmet else ()
    if taking:
        return Why(state, "takes part", taking, met, unmet, tried)
    if not own:
        return Why(state, "no need", (), (), ())
    if tried:
        return Why(state, "left out", (), met, unmet, tried)
    return Why(state, "no meeting", (), met, unmet, (), tuple(_lacking(asked, state)))


def one_more(
    asked: Asked, programme: Programme, limit: More, *, gap: float = 0.02, seconds: float = 60.0
) -> Added | Contradiction:
    """What one more of a limit would add: the plan worked out again with it, from the plan there is.

    One more event, expert at a time, event for each State, place in each event, block as long as the longest, or a tenth of the budget.
    """
    raised, step = _raised(asked, limit)
    # The aims are measured as before, or a larger budget would make every cost look smaller.
    found = plan(raised, gap=gap, seconds=seconds, start=programme.events)
    if isinstance(found, Contradiction):
        return found
    before, after = programme.measures, measure(asked, found.events)
    kept = found.events if after.value >= before.value else programme.events
    after = measure(asked, kept)
    here = {state for event in programme.events for state in event.states}
    there = {state for event in kept for state in event.states}
    return Added(
        limit,
        step,
        after.value - before.value,
        max(found.bound - measure(raised, found.events).value + after.value, after.value) - before.value,
        after.met - before.met,
        after.least_share - before.least_share,
        after.cost - before.cost,
        tuple(sorted(there - here)),
    )


def _tried(asked: Asked, programme: Programme, state: str, unmet: Sequence[Need]) -> Iterator[Tried]:
    treated = False
    for event in programme.events:
        if state in event.states or not any(_treats(asked, event, need) for need in unmet):
            continue
        treated = True
        joined = msgspec.structs.replace(event, states=(*event.states, state))
        events = [joined if one.id == event.id else one for one in programme.events]
        yield _outcome(asked, programme.measures, events, event.id, event.themes, state)
    if not treated:
        yield from _one_event_more(asked, programme, state)


def _treats(asked: Asked, event: Event, need: Need) -> bool:
    return need.theme in event.themes and (not need.types or asked.format(event.format).type in need.types)


def _one_event_more(asked: Asked, programme: Programme, state: str) -> Iterator[Tried]:
    """The candidate that would meet most of a State's needs, added with its fewest participants."""
    offered = [one for one in candidates(Ground(asked), EACH) if one.value.get(state, 0.0) > 0]
    if not offered:
        return
    best = max(offered, key=lambda one: (one.value[state], -one.fixed, one.themes))
    fewest = best.format.participants[0]
    needed = {best.host, state, *sorted(best.practising)[: asked.limits.practices]}
    others = sorted((s for s in best.states if s not in needed), key=lambda s: (-best.value[s], s))
    states = (*sorted(needed), *others[: max(fewest - len(needed), 0)])
    tries = []
    for at in best.blocks:
        event = Event(
            "",
            best.format.id,
            best.group,
            best.themes,
            states,
            best.host,
            best.offer,
            best.languages,
            asked.blocks[at].id,
        )
        tries.append(_outcome(asked, programme.measures, [*programme.events, event], "", best.themes, state))
    yield min(tries, key=lambda one: len(one.broken))


def _outcome(
    asked: Asked, before: Measures, events: Sequence[Event], event: str, themes: tuple[str, ...], state: str
) -> Tried:
    after = measure(asked, events)
    return Tried(
        event,
        themes,
        tuple(one for one in broken(asked, events) if one.event in ("", event) and one.state in ("", state)),
        after.met - before.met,
        after.cost - before.cost,
        after.travel - before.travel,
        after.value - before.value,
    )


def _lacking(asked: Asked, state: str) -> Iterator[str]:
    """Limits without any one of which some meeting could take a State."""
    for name, looser in loosened(asked):
        if any(one.value.get(state, 0.0) > 0 for one in candidates(Ground(looser), EACH)):
            yield name


def _raised(asked: Asked, limit: More) -> tuple[Asked, float]:
    limits = asked.limits
    if limit == "participants":
        formats = tuple(
            msgspec.structs.replace(one, participants=(one.participants[0], one.participants[1] + 1))
            if one.type != "peer-review"
            else one
            for one in asked.formats
        )
        return msgspec.structs.replace(asked, formats=formats), 1.0
    if limit == "blocks":
        last = max(asked.blocks, key=lambda block: block.until)
        longest = max(block.until - block.since for block in asked.blocks)
        since = last.until + dt.timedelta(days=1)
        more = msgspec.structs.replace(last, id=f"{last.id}+", since=since, until=since + longest)
        return msgspec.structs.replace(asked, blocks=(*asked.blocks, more)), 1.0
    value = getattr(limits, limit)
    step = 0.0 if value is None else value / 10 if limit == "budget" else 1.0
    weights = asked.weights
    if limit == "budget" and value:
        weights = msgspec.structs.replace(weights, cost=weights.cost * (value + step) / value)
    raised = limits if value is None else msgspec.structs.replace(limits, **{limit: value + step})
    return msgspec.structs.replace(asked, limits=raised, weights=weights), step
