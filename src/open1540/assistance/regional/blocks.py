"""When: a block for each event, so that nobody is at two places at once and nobody gives more than they can at a time."""

from collections.abc import Mapping, Sequence

import msgspec

from open1540.assistance.regional.asked import Asked
from open1540.assistance.regional.candidates import Candidate
from open1540.reasoning import Aim, Answer, Model, solve

SECONDS = 20.0


class Chosen(msgspec.Struct, frozen=True):
    """A candidate that is to be held, and who takes part."""

    candidate: Candidate
    states: tuple[str, ...]
    block: int = -1


def placed(asked: Asked, chosen: Sequence[Chosen]) -> tuple[Chosen, ...] | None:
    """The events with a block each; where the blocks do not suffice, with as few States and events less as can be.

    None where even that keeps to no calendar.
    """
    model = Model()
    when = _when(model, asked, chosen)
    for shared in _shared(chosen).values():
        for block in range(len(asked.blocks)):
            model.limit("", {when[at, block]: 1.0 for at in shared if (at, block) in when}, high=1.0)
    for at in range(len(chosen)):
        model.limit("", {key: 1.0 for (own, _), key in when.items() if own == at}, low=1.0, high=1.0)
    early = Aim("early", {key: float(block) for (_, block), key in when.items()}, more=False)
    answer = solve(model, [early], gap=0.05, seconds=SECONDS)
    if isinstance(answer, Answer):
        return tuple(
            msgspec.structs.replace(chosen[at], block=block)
            for (at, block), key in when.items()
            if answer.values[key] > 0.5
        )
    return _thinned(asked, chosen)


def _when(model: Model, asked: Asked, chosen: Sequence[Chosen]) -> dict[tuple[int, int], int]:
    """A quantity for each event and block it can be in, within what providers and experts can do at a time."""
    when = {
        (at, block): model.quantity(f"{at} in {block}", high=1.0, whole=True)
        for at, one in enumerate(chosen)
        for block in one.candidate.blocks
    }
    capacities = {offer.id: offer.capacity for offer in asked.offers}
    for block in range(len(asked.blocks)):
        own = {at: key for (at, placed_in), key in when.items() if placed_in == block}
        experts = {key: float(chosen[at].candidate.format.experts) for at, key in own.items()}
        if asked.limits.experts is not None:
            model.limit("", experts, high=asked.limits.experts)
        by_offer: dict[str, dict[int, float]] = {}
        for at, key in own.items():
            if offer := chosen[at].candidate.offer:
                by_offer.setdefault(offer, {})[key] = 1.0
        for offer, terms in by_offer.items():
            if (capacity := capacities[offer]) is not None:
                model.limit("", terms, high=capacity)
    return when


def _shared(chosen: Sequence[Chosen]) -> Mapping[str, list[int]]:
    """The events of each State that takes part in two or more."""
    events: dict[str, list[int]] = {}
    for at, one in enumerate(chosen):
        for state in one.states:
            events.setdefault(state, []).append(at)
    return {state: own for state, own in events.items() if len(own) > 1}


def _thinned(asked: Asked, chosen: Sequence[Chosen]) -> tuple[Chosen, ...] | None:
    """The events with a block each, leaving out what meets the fewest needs."""
    model = Model()
    when = _when(model, asked, chosen)
    held = [model.quantity(f"{at} held", high=1.0, whole=True) for at in range(len(chosen))]
    stay = {
        (at, state): model.quantity(f"{state} at {at}", high=1.0, whole=True)
        for at, one in enumerate(chosen)
        for state in one.states
    }
    for at, one in enumerate(chosen):
        model.limit(
            "", {**{key: 1.0 for (own, _), key in when.items() if own == at}, held[at]: -1.0}, low=0.0, high=0.0
        )
        own_states = {key: 1.0 for (own, _), key in stay.items() if own == at}
        model.limit("", {**own_states, held[at]: -float(one.candidate.format.participants[0])}, low=0.0)
        model.limit("", {stay[at, one.candidate.host]: 1.0, held[at]: -1.0}, low=0.0)
        practising = {stay[at, state]: 1.0 for state in one.states if state in one.candidate.practising}
        model.limit("", {**practising, held[at]: -float(asked.limits.practices)}, low=0.0)
        for state in one.states:
            model.limit("", {stay[at, state]: 1.0, held[at]: -1.0}, high=0.0)
    for state, own in _shared(chosen).items():
        for position, at in enumerate(own):
            for other in own[position + 1 :]:
                for block in sorted(set(chosen[at].candidate.blocks) & set(chosen[other].candidate.blocks)):
                    clash = (stay[at, state], stay[other, state], when[at, block], when[other, block])
                    model.limit("", dict.fromkeys(clash, 1.0), high=3.0)
    for state in asked.limits.include:
        model.limit("", {key: 1.0 for (_, who), key in stay.items() if who == state}, low=1.0)
    model.limit("", dict.fromkeys(held, 1.0), low=asked.limits.events_at_least)
    worth = {key: chosen[at].candidate.value[state] + 0.01 for (at, state), key in stay.items()}
    answer = solve(model, [Aim("kept", worth)], gap=0.001, seconds=SECONDS)
    if not isinstance(answer, Answer):
        return None
    return tuple(
        Chosen(chosen[at].candidate, tuple(s for s in chosen[at].states if answer.values[stay[at, s]] > 0.5), block)
        for (at, block), key in when.items()
        if answer.values[key] > 0.5
    )
