"""What a plan comes to, worked out from its events alone."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import asin, cos, radians, sin, sqrt

from open1540 import reference
from open1540.assistance.regional.asked import Asked, Event, Measures, Need
from open1540.reference import Format

EARTH = 6371.0088
"""Mean radius in kilometres (IUGG)."""


@cache
def distance(one: str, other: str) -> float:
    """Kilometres on the great circle between the middles of two States' outlines: good for a comparison, not for a ticket."""
    a, b = reference.middles()[one], reference.middles()[other]
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    half = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return round(2 * EARTH * asin(sqrt(min(half, 1.0))), 1)


def travelled(held: Format, state: str, host: str) -> float:
    """Kilometres of a State's delegates to a host and back."""
    return 2 * held.delegates * distance(state, host)


def fixed_cost(held: Format, languages: Sequence[str]) -> float:
    """What an event costs before anyone comes."""
    costs = held.costs
    day = costs.venue + held.experts * costs.expert + (len(languages) - 1) * costs.interpretation
    return held.days * day


def cost_of(held: Format, state: str, host: str) -> float:
    """What it costs that a State takes part."""
    return held.delegates * held.days * held.costs.daily + travelled(held, state, host) * held.costs.kilometre


def cost(asked: Asked, event: Event) -> float:
    """What an event costs."""
    held = asked.format(event.format)
    return fixed_cost(held, event.languages) + sum(cost_of(held, state, event.host) for state in event.states)


def meets(asked: Asked, event: Event, need: Need) -> bool:
    """Whether an event treats what a State needs, in a way it asks for, with the State there."""
    wanted = not need.types or asked.format(event.format).type in need.types
    return need.state in event.states and need.theme in event.themes and wanted


def needs_met(asked: Asked, events: Sequence[Event]) -> Iterator[Need]:
    """The needs the events meet, each once."""
    treating: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        for state in event.states:
            for theme in event.themes:
                treating.setdefault((state, theme), []).append(event)
    for need in asked.needs:
        if any(meets(asked, event, need) for event in treating.get((need.state, need.theme), ())):
            yield need


def measure(asked: Asked, events: Sequence[Event]) -> Measures:
    """What a plan comes to."""
    regions: dict[str, list[float]] = {}
    themes: dict[str, list[float]] = {}
    for at, found in ((1, asked.needs), (0, tuple(needs_met(asked, events)))):
        for need in found:
            regions.setdefault(asked.region(need.state), [0.0, 0.0])[at] += need.weight
            themes.setdefault(need.theme, [0.0, 0.0])[at] += need.weight
    met, needed = (sum(pair[at] for pair in regions.values()) for at in (0, 1))
    least = min((own / all_ for own, all_ in regions.values() if all_), default=0.0)
    spent = sum(cost(asked, event) for event in events)
    travel = sum(travelled(asked.format(event.format), state, event.host) for event in events for state in event.states)
    weights = asked.weights
    value = (
        weights.needs * met / max(needed, 1e-9)
        + weights.equity * least
        - weights.cost * spent / cost_scale(asked)
        - weights.travel * travel / weights.travel_unit
    )
    return Measures(met, needed, _pairs(regions), _pairs(themes), least, round(spent, 2), round(travel, 1), value)


def cost_scale(asked: Asked) -> float:
    """The amount of money that counts as one: the budget, or the unit given where there is none."""
    return asked.limits.budget or asked.weights.cost_unit


def _pairs(sums: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    return {name: (met, needed) for name, (met, needed) in sorted(sums.items())}
