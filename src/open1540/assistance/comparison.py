"""Two plans for the same States beside each other: what each comes to, and what only one of them does."""

import msgspec

from open1540.assistance.regional import Asked, Event, Programme
from open1540.assistance.regional.measures import needs_met


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure in both plans."""

    first: float
    second: float


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two plans beside each other.

    Attributes:
        events, states, met, needed, least_share, cost, travel: in all.
        by_region, by_theme: weight of needs met.
        events_only: what only one plan holds, told by format, themes, host and States; event ids of each plan.
        states_only: States that take part in only one.
        needs_only: State and theme of needs only one meets.
    """

    events: Beside
    states: Beside
    met: Beside
    needed: Beside
    least_share: Beside
    cost: Beside
    travel: Beside
    by_region: dict[str, Beside]
    by_theme: dict[str, Beside]
    events_only: tuple[tuple[str, ...], tuple[str, ...]]
    states_only: tuple[tuple[str, ...], tuple[str, ...]]
    needs_only: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]


def compare(asked: Asked, first: Programme, second: Programme, second_asked: Asked | None = None) -> Comparison:
    """Set two plans beside each other; ``second_asked`` where the second was worked out from something else."""
    other = second_asked or asked
    one, two = first.measures, second.measures
    states = [{state for event in plan.events for state in event.states} for plan in (first, second)]
    needs = [
        {(need.state, need.theme) for need in needs_met(basis, plan.events)}
        for basis, plan in ((asked, first), (other, second))
    ]
    meetings = [{_same(event): event.id for event in plan.events} for plan in (first, second)]
    return Comparison(
        Beside(len(first.events), len(second.events)),
        Beside(len(states[0]), len(states[1])),
        Beside(one.met, two.met),
        Beside(one.needed, two.needed),
        Beside(one.least_share, two.least_share),
        Beside(one.cost, two.cost),
        Beside(one.travel, two.travel),
        _met(one.by_region, two.by_region),
        _met(one.by_theme, two.by_theme),
        (_only(meetings[0], meetings[1]), _only(meetings[1], meetings[0])),
        (tuple(sorted(states[0] - states[1])), tuple(sorted(states[1] - states[0]))),
        (tuple(sorted(needs[0] - needs[1])), tuple(sorted(needs[1] - needs[0]))),
    )


def _same(event: Event) -> tuple[object, ...]:
    """What makes two meetings the same for a reader: not their number, block or provider."""
    return event.format, frozenset(event.themes), event.host, frozenset(event.states)


def _only(own: dict[tuple[object, ...], str], other: dict[tuple[object, ...], str]) -> tuple[str, ...]:
    return tuple(sorted(name for meeting, name in own.items() if meeting not in other))


def _met(first: dict[str, tuple[float, float]], second: dict[str, tuple[float, float]]) -> dict[str, Beside]:
    nothing = (0.0, 0.0)
    return {
        name: Beside(first.get(name, nothing)[0], second.get(name, nothing)[0]) for name in sorted({*first, *second})
    }
