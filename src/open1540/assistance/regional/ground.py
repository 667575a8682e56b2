"""The ground a plan stands on: who needs what, who has practice on record, who may meet, what a provider can give and when."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540 import reference
from open1540.assistance.records import Offer
from open1540.assistance.regional.asked import Asked, Block
from open1540.assistance.regional.measures import distance
from open1540.reference import LANGUAGES, Format, State

FEWEST = 2


class Ground:
    """What is asked, in tables: States by row, themes by column."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.states = tuple(sorted(set(asked.states)))
        self.themes = tuple(sorted(set(asked.themes)))
        self.row = {state: at for at, state in enumerate(self.states)}
        self.column = {theme: at for at, theme in enumerate(self.themes)}
        self.spoken = {state: frozenset(asked.spoken(state)) for state in self.states}
        self.total = sum(need.weight for need in asked.needs)

    @cached_property
    def practice(self) -> NDArray[np.bool_]:
        """Where a State has practice on record under a theme."""
        found = np.zeros((len(self.states), len(self.themes)), dtype=bool)
        for one in self.asked.practices:
            found[self.row[one.state], self.column[one.theme]] = True
        return found

    @cached_property
    def nothing(self) -> NDArray[np.float64]:
        """No needs at all, by State and theme."""
        return np.zeros((len(self.states), len(self.themes)))

    @cached_property
    def needs(self) -> dict[tuple[str, ...], NDArray[np.float64]]:
        """Weight of needs by State and theme, apart for each set of kinds of assistance asked for; none where any will do."""
        found: dict[tuple[str, ...], NDArray[np.float64]] = {}
        for need in self.asked.needs:
            types = tuple(sorted(set(need.types)))
            table = found.setdefault(types, self.nothing.copy())
            table[self.row[need.state], self.column[need.theme]] += need.weight
        return dict(sorted(found.items()))

    def wanted(self, held: Format) -> NDArray[np.float64]:
        """Weight of the needs of each State under each theme that a format can meet."""
        return sum((table for types, table in self.needs.items() if not types or held.type in types), self.nothing)

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Groups of States that might meet, by name; each set of States once, under its first name."""
        seen: dict[tuple[str, ...], str] = {}
        for name, states in self._groups():
            members = tuple(sorted(state for state in states if state in self.row))
            if len(members) >= FEWEST:
                seen.setdefault(members, name)
        return tuple((name, members) for members, name in seen.items())

    def _groups(self) -> Iterator[tuple[str, Sequence[str]]]:
        yield from sorted(self.asked.groups.items())
        known = {code: reference.state(code) for code in self.states}
        kinds: dict[str, Callable[[State], str | None]] = {
            "sub-region": lambda s: s.m49_intermediate or s.m49_subregion,
            "wider sub-region": lambda s: s.m49_subregion,
            "region": lambda s: s.m49_region,
            "regional group": lambda s: s.regional_group,
        }
        for kind, of in kinds.items():
            names = sorted({name for state in known.values() if (name := of(state))})
            for name in names:
                members = [code for code, state in known.items() if of(state) == name]
                yield f"{kind}: {name}", members
                if kind == "region":
                    for language in sorted(self.asked.limits.languages):
                        yield (
                            f"{kind}: {name}; language: {language}",
                            [code for code in members if language in self.spoken[code]],
                        )

    def hosts(self, states: Sequence[str], most: int) -> tuple[str, ...]:
        """Those willing to host that are nearest to all, at most so many."""
        willing = self.asked.limits.hosts
        able = [state for state in states if willing is None or state in willing]
        return tuple(sorted(able, key=lambda host: (sum(distance(host, state) for state in states), host))[:most])

    @cached_property
    def language_sets(self) -> tuple[tuple[str, ...], ...]:
        """Sets of working languages an event may have."""
        languages = sorted(set(self.asked.limits.languages))
        return tuple(
            chosen for size in range(1, self.asked.limits.per_event + 1) for chosen in combinations(languages, size)
        )

    def follows(self, state: str, languages: Sequence[str]) -> bool:
        """Whether a State's officials can follow one of the languages."""
        return not self.spoken[state].isdisjoint(languages)

    def blocks(self, held: Format, offer: Offer | None) -> tuple[int, ...]:
        """Numbers of the blocks long enough for a format and within the days of an offer."""
        return tuple(
            at
            for at, block in enumerate(self.asked.blocks)
            if block.days >= held.days and (offer is None or offered(offer, block, held.days))
        )

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Offers that stand, each under its id."""
        return tuple(sorted((one for one in self.asked.offers if not one.withdrawn), key=lambda one: one.id))


def is_open(offer: Offer, state: str) -> bool:
    """Whether an offer is open to a State; one that names neither States nor regions is open to any."""
    if not offer.states and not offer.regions:
        return True
    known = reference.state(state)
    regions = {known.m49_region, known.m49_subregion, known.m49_intermediate, known.regional_group}
    return state in offer.states or not regions.isdisjoint(offer.regions)


def offered(offer: Offer, block: Block, days: int) -> bool:
    """Whether so many days of a block lie within the period of an offer."""
    first = max(block.since, offer.subject.since or block.since)
    last = min(block.until, offer.subject.until or block.until)
    return (last - first).days + 1 >= days


def gives(offer: Offer, held: Format) -> bool:
    """Whether an offer can be given in a format; one that names no kinds has to be asked, and is not left out."""
    return not offer.subject.types or held.type in offer.subject.types


def speaks(offer: Offer, languages: Sequence[str]) -> bool:
    """Whether an offer can be given in one of the languages; one that names none has to be asked, and is not left out."""
    return not offer.subject.languages or not set(offer.subject.languages).isdisjoint(languages)


def loosened(asked: Asked) -> Iterator[tuple[str, Asked]]:
    """What is asked with one limit on forming a meeting left out, each in turn, by its name."""
    replace, limits, formats = msgspec.structs.replace, asked.limits, asked.formats
    yield "languages", replace(asked, limits=replace(limits, languages=LANGUAGES, per_event=max(limits.per_event, 2)))
    yield "practices", replace(asked, limits=replace(limits, practices=0))
    yield "hosts", replace(asked, limits=replace(limits, hosts=None))
    yield "offer", replace(asked, formats=tuple(replace(one, provider=False) for one in formats))
    fewer = (replace(one, participants=(FEWEST, max(one.participants[1], FEWEST))) for one in formats)
    yield "participants", replace(asked, formats=tuple(fewer))
