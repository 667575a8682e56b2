"""Does a plan keep to what was asked? Every limit by itself, from the events as they stand; how they were chosen plays no part."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from open1540.assistance.regional.asked import Asked, Event
from open1540.assistance.regional.ground import gives, is_open, offered, speaks
from open1540.assistance.regional.measures import cost, measure

ROUNDING = 1e-6


class Broken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A limit a plan does not keep.

    Attributes:
        limit: its name, as in ``Limits``, or ``participants``, ``languages``, ``host``, ``offer``, ``capacity``, ``blocks``.
        event, state: where; allowed, found: the figures.
    """

    limit: str
    event: str = ""
    state: str = ""
    allowed: float | None = None
    found: float | None = None


def broken(asked: Asked, events: Sequence[Event]) -> tuple[Broken, ...]:
    """Every limit the events do not keep."""
    return tuple(one for rule in RULES for one in rule(asked, events))


def _participants(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    for event in events:
        fewest, most = asked.format(event.format).participants
        number = len(set(event.states))
        if number != len(event.states) or not fewest <= number <= most:
            yield Broken("participants", event.id, allowed=most if number > most else fewest, found=number)
        yield from (Broken("states", event.id, state) for state in event.states if state not in asked.states)
        if len(event.themes) > asked.limits.themes_per_event or not set(event.themes) <= set(asked.themes):
            yield Broken("themes_per_event", event.id, allowed=asked.limits.themes_per_event, found=len(event.themes))


def _practices(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    for event in events:
        known = {one.state for one in asked.practices if one.theme in event.themes}
        if (number := len(known & set(event.states))) < asked.limits.practices:
            yield Broken("practices", event.id, allowed=asked.limits.practices, found=number)


def _hosts(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    for event in events:
        willing = asked.limits.hosts is None or event.host in asked.limits.hosts
        if event.host not in event.states or not willing:
            yield Broken("hosts", event.id, event.host)


def _languages(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    for event in events:
        if not 1 <= len(event.languages) <= asked.limits.per_event:
            yield Broken("per_event", event.id, allowed=asked.limits.per_event, found=len(event.languages))
        if not set(event.languages) <= set(asked.limits.languages):
            yield Broken("languages", event.id)
        for state in event.states:
            if set(asked.spoken(state)).isdisjoint(event.languages):
                yield Broken("languages", event.id, state)


def _offers(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    by_id = {offer.id: offer for offer in asked.offers if not offer.withdrawn}
    blocks = {block.id: block for block in asked.blocks}
    for event in events:
        held = asked.format(event.format)
        if event.offer is None:
            if held.provider:
                yield Broken("offer", event.id)
            continue
        offer = by_id.get(event.offer)
        able = (
            offer is not None
            and set(event.themes) <= set(offer.subject.themes)
            and gives(offer, held)
            and speaks(offer, event.languages)
            and event.block in blocks
            and offered(offer, blocks[event.block], held.days)
        )
        if not able or offer is None:
            yield Broken("offer", event.id)
        else:
            yield from (Broken("offer", event.id, state) for state in event.states if not is_open(offer, state))


def _calendar(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    blocks = {block.id: block for block in asked.blocks}
    capacity = {offer.id: offer.capacity for offer in asked.offers}
    given = Counter((event.offer, event.block) for event in events if event.offer)
    for event in events:
        if event.block not in blocks or blocks[event.block].days < asked.format(event.format).days:
            yield Broken("blocks", event.id)
    at_once = Counter((state, event.block) for event in events for state in event.states)
    for (state, _), number in at_once.items():
        if number > 1:
            yield Broken("blocks", state=state, allowed=1, found=number)
    for (offer, _), number in given.items():
        most = capacity.get(offer or "")
        if most is not None and number > most:
            yield Broken("capacity", allowed=most, found=number)
    for block in blocks:
        sent = sum(asked.format(event.format).experts for event in events if event.block == block)
        if asked.limits.experts is not None and sent > asked.limits.experts:
            yield Broken("experts", allowed=asked.limits.experts, found=sent)


def _sums(asked: Asked, events: Sequence[Event]) -> Iterator[Broken]:
    limits = asked.limits
    if len(events) > limits.events:
        yield Broken("events", allowed=limits.events, found=len(events))
    if len(events) < limits.events_at_least:
        yield Broken("events_at_least", allowed=limits.events_at_least, found=len(events))
    spent = sum(cost(asked, event) for event in events)
    if limits.budget is not None and spent > limits.budget * (1 + ROUNDING):
        yield Broken("budget", allowed=limits.budget, found=round(spent, 2))
    taking = Counter(state for event in events for state in event.states)
    for state, number in taking.items():
        if number > limits.per_state:
            yield Broken("per_state", state=state, allowed=limits.per_state, found=number)
    yield from (Broken("include", state=state) for state in limits.include if state not in taking)
    if limits.share_at_least:
        for _, (met, needed) in measure(asked, events).by_region.items():
            if met < needed * limits.share_at_least - ROUNDING:
                yield Broken("share_at_least", allowed=limits.share_at_least, found=met / needed)


RULES: tuple[Callable[[Asked, Sequence[Event]], Iterator[Broken]], ...] = (
    _participants,
    _practices,
    _hosts,
    _languages,
    _offers,
    _calendar,
    _sums,
)
