"""Meetings worth looking at: a group of States, themes they share, a format, a provider, a host, working languages.

Of all that could be formed, each group keeps those that would meet most of its needs; the needs a kept one would meet count less for the
next, so that what is kept differs. How many were looked at is told with the plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540.assistance.records import Offer
from open1540.assistance.regional.ground import Ground, gives, is_open, speaks
from open1540.assistance.regional.measures import cost_of, distance, fixed_cost, travelled
from open1540.reference import Format

# Themes of a group that are combined with each other: those with most needs that one provider treats.
LEADING = 7
HOSTS = 2
PROVIDERS = 2
GUESTS = 3
# What a need counts that a meeting kept before would meet as well.
AGAIN = 0.5


class Candidate(msgspec.Struct, frozen=True):
    """A meeting that could be held.

    Attributes:
        states: who could take part, the host first; practising: those with practice on record under one of the themes.
        value: weight of the needs of each State it would meet.
        fixed: what it costs before anyone comes; costs, travel: of each State.
        blocks: numbers of blocks it could be held in.
    """

    group: str
    themes: tuple[str, ...]
    format: Format
    languages: tuple[str, ...]
    offer: str | None
    states: tuple[str, ...]
    practising: frozenset[str]
    value: dict[str, float]
    fixed: float
    costs: dict[str, float]
    travel: dict[str, float]
    blocks: tuple[int, ...]

    @property
    def host(self) -> str:
        """Where it would be."""
        return self.states[0]


def candidates(ground: Ground, each: int) -> tuple[Candidate, ...]:
    """Meetings worth looking at, ``each`` sets of themes for every group and format, with hosts and languages for them."""
    found: dict[tuple[object, ...], Candidate] = {}
    for held in ground.asked.formats:
        wanted = ground.wanted(held)
        offers = [one for one in ground.offers if gives(one, held)]
        for name, states in ground.groups:
            for themes, providers in _bundles(ground, held, wanted, offers, states, each):
                for one in _formed(ground, held, wanted, name, states, themes, providers):
                    key = (one.format.id, one.themes, one.offer, one.languages, one.states)
                    found.setdefault(key, one)
    return tuple(found.values())


def _bundles(
    ground: Ground,
    held: Format,
    wanted: NDArray[np.float64],
    offers: Sequence[Offer],
    states: Sequence[str],
    each: int,
) -> Iterator[tuple[tuple[int, ...], list[Offer | None]]]:
    """Sets of themes for a group, those with most needs met first, with the providers for each."""
    rows = [ground.row[state] for state in states]
    able = _able(ground, held, wanted[rows].sum(axis=0), offers, states)
    sets = sorted(able)
    left = wanted[rows].copy()
    for _ in range(min(each, len(sets))):
        gains = np.stack([left[:, themes].sum(axis=1) for themes in map(list, sets)])
        best = np.sort(gains, axis=1)[:, ::-1][:, : held.participants[1]].sum(axis=1)
        at = int(np.argmax(best))
        if best[at] <= 0:
            return
        themes = sets.pop(at)
        left[:, list(themes)] *= AGAIN
        yield themes, able[themes]


def _able(
    ground: Ground, held: Format, totals: NDArray[np.float64], offers: Sequence[Offer], states: Sequence[str]
) -> dict[tuple[int, ...], list[Offer | None]]:
    size = ground.asked.limits.themes_per_event
    able: dict[tuple[int, ...], list[Offer | None]] = {}
    if not held.provider:
        for themes in _sets(range(len(ground.themes)), totals, size):
            able[themes] = [None]
        return able
    for offer in offers:
        if sum(is_open(offer, state) for state in states) >= held.participants[0] and ground.blocks(held, offer):
            own = [ground.column[theme] for theme in offer.subject.themes if theme in ground.column]
            for themes in _sets(own, totals, size):
                able.setdefault(themes, []).append(offer)
    return able


def _sets(themes: Sequence[int], totals: NDArray[np.float64], size: int) -> Iterator[tuple[int, ...]]:
    needed = sorted((at for at in set(themes) if totals[at] > 0), key=lambda at: (-totals[at], at))[:LEADING]
    for chosen in combinations(sorted(needed), min(size, len(needed))):
        if chosen:
            yield chosen


def _formed(
    ground: Ground,
    held: Format,
    wanted: NDArray[np.float64],
    name: str,
    states: Sequence[str],
    themes: tuple[int, ...],
    providers: Sequence[Offer | None],
) -> Iterator[Candidate]:
    value = dict(zip(ground.states, wanted[:, list(themes)].sum(axis=1).tolist(), strict=True))
    practice: NDArray[np.bool_] = np.asarray(ground.practice[:, list(themes)].any(axis=1))
    for offer in _first(providers):
        for languages in _languages(ground, states, value, offer):
            able = [s for s in states if ground.follows(s, languages) and (offer is None or is_open(offer, s))]
            for host in ground.hosts(able, HOSTS):
                guests = _guests(ground, practice, able, host, languages, offer)
                come = [s for s in able if s != host and (value[s] > 0 or practice[ground.row[s]])]
                taking = (host, *come, *guests)
                practising = frozenset(s for s in taking if practice[ground.row[s]])
                blocks = ground.blocks(held, offer)
                if len(taking) >= held.participants[0] and len(practising) >= ground.asked.limits.practices and blocks:
                    yield _candidate(ground, held, name, themes, offer, languages, taking, practising, value, blocks)


def _first(providers: Sequence[Offer | None]) -> list[Offer | None]:
    """The providers that can do most at the same time."""
    return sorted(providers, key=lambda one: (-(one.capacity or 99) if one else 0, one.id if one else ""))[:PROVIDERS]


def _languages(
    ground: Ground, states: Sequence[str], value: Mapping[str, float], offer: Offer | None
) -> Iterator[tuple[str, ...]]:
    """The best set of working languages of each size that reaches more needs than a smaller one."""
    reached = 0.0
    for size in range(1, ground.asked.limits.per_event + 1):
        sets = [
            chosen
            for chosen in ground.language_sets
            if len(chosen) == size and (offer is None or speaks(offer, chosen))
        ]
        worth = {chosen: sum(value[s] for s in states if ground.follows(s, chosen)) for chosen in sets}
        if sets:
            best = max(sets, key=lambda chosen: (worth[chosen], tuple(-ord(c) for c in "".join(chosen))))
            if worth[best] > reached:
                reached = worth[best]
                yield best


def _guests(
    ground: Ground,
    practice: NDArray[np.bool_],
    able: Sequence[str],
    host: str,
    languages: Sequence[str],
    offer: Offer | None,
) -> list[str]:
    """States of other groups with practice on record, the nearest, where the group has too few."""
    if sum(bool(practice[ground.row[state]]) for state in able) >= ground.asked.limits.practices:
        return []
    others = [
        state
        for state in ground.states
        if practice[ground.row[state]]
        and state not in able
        and ground.follows(state, languages)
        and (offer is None or is_open(offer, state))
    ]
    return sorted(others, key=lambda state: (distance(host, state), state))[:GUESTS]


def _candidate(
    ground: Ground,
    held: Format,
    name: str,
    themes: tuple[int, ...],
    offer: Offer | None,
    languages: tuple[str, ...],
    taking: tuple[str, ...],
    practising: frozenset[str],
    value: Mapping[str, float],
    blocks: tuple[int, ...],
) -> Candidate:
    return Candidate(
        name,
        tuple(ground.themes[at] for at in themes),
        held,
        languages,
        offer.id if offer else None,
        taking,
        practising,
        {state: value[state] for state in taking},
        fixed_cost(held, languages),
        {state: cost_of(held, state, taking[0]) for state in taking},
        {state: travelled(held, state, taking[0]) for state in taking},
        blocks,
    )
