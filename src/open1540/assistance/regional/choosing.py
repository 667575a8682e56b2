"""Who meets whom on what: the choice among candidates as a linear model.

For each candidate whether it is held, for each State whether it takes part, for each need whether it is met: a State takes part only
in what is held, a need is met only where its State takes part in an event that treats it. Blocks are not in the model, only what
they allow in sum, so its bound holds for any calendar.
"""

from collections.abc import Mapping, Sequence

from open1540.assistance.regional.asked import Asked
from open1540.assistance.regional.blocks import Chosen
from open1540.assistance.regional.candidates import Candidate
from open1540.assistance.regional.measures import cost_scale
from open1540.reasoning import Aim, Model

Key = tuple[str, str, tuple[str, ...]]


class Choice:
    """The model of a choice among candidates, with the numbers of its quantities."""

    def __init__(self, asked: Asked, offered: Sequence[Candidate]) -> None:
        self.asked = asked
        self.offered = offered
        self.model = Model()
        add = self.model.quantity
        self.held = [add(f"hold {at}", high=1.0, whole=True) for at in range(len(offered))]
        # The host of an event takes part in it: the same quantity.
        self.taking = {
            (at, state): self.held[at] if state == one.host else add(f"{state} at {at}", high=1.0, whole=True)
            for at, one in enumerate(offered)
            for state in one.states
        }
        self.weights = weights_of(asked)
        self.met = {key: add(f"met {key}", high=1.0) for key in self.weights}
        self.regions = by_region(asked, self.weights)
        self.least = add("least share", high=1.0)
        self._events()
        self._needs()
        self._sums()

    def aims(self) -> list[Aim]:
        """The aims, weighed or in their order, with those of no weight left out."""
        weights = self.asked.weights
        total = max(sum(self.weights.values()), 1e-9)
        met = {self.met[key]: weight / total for key, weight in self.weights.items()}
        everything = {
            "needs": Aim("needs", met, True, weights.needs),
            "equity": Aim("equity", {self.least: 1.0}, True, weights.equity),
            "cost": Aim("cost", self._spent(), False, weights.cost),
            "travel": Aim("travel", self._travelled(), False, weights.travel, weights.travel_unit),
        }
        if weights.in_order:
            return [_tolerant(everything[name], weights.tolerance) for name in weights.in_order]
        return [aim for aim in everything.values() if aim.weight]

    def chosen(self, values: Sequence[float]) -> tuple[Chosen, ...]:
        """The events of an answer."""
        return tuple(
            Chosen(one, tuple(state for state in one.states if values[self.taking[at, state]] > 0.5))
            for at, one in enumerate(self.offered)
            if values[self.held[at]] > 0.5
        )

    def start(self, chosen: Sequence[Chosen]) -> list[float]:
        """The values of all quantities for given events, each of them among the candidates."""
        at_of = {id(one): at for at, one in enumerate(self.offered)}
        values: dict[int, float] = {}
        for event in chosen:
            at = at_of[id(event.candidate)]
            values[self.held[at]] = 1.0
            for state in event.states:
                values[self.taking[at, state]] = 1.0
        for key, sources in self._sources.items():
            values[self.met[key]] = min(1.0, sum(values.get(source, 0.0) for source in sources))
        shares = [
            sum(self.weights[key] * values[self.met[key]] for key in keys) / sum(self.weights[key] for key in keys)
            for keys in self.regions.values()
        ]
        values[self.least] = min(shares, default=0.0)
        return self.model.start(values)

    def _events(self) -> None:
        for at, one in enumerate(self.offered):
            held = self.held[at]
            others = {self.taking[at, state]: 1.0 for state in one.states[1:]}
            fewest, most = one.format.participants
            for taking in others:
                self.model.limit("", {taking: 1.0, held: -1.0}, high=0.0)
            self.model.limit("participants at least", {**others, held: 1.0 - fewest}, low=0.0)
            if len(one.states) > most:
                self.model.limit("participants at most", {**others, held: 1.0 - most}, high=0.0)
            practising = dict.fromkeys((self.taking[at, s] for s in one.states if s in one.practising), 1.0)
            practising[held] = practising.get(held, 0.0) - self.asked.limits.practices
            if practising[held] < 0:
                self.model.limit("practices", practising, low=0.0)

    def _needs(self) -> None:
        by_place: dict[tuple[str, str], list[int]] = {}
        for at, one in enumerate(self.offered):
            for state in one.states:
                for theme in one.themes:
                    by_place.setdefault((state, theme), []).append(at)
        self._sources: dict[Key, list[int]] = {}
        for key in self.weights:
            state, theme, types = key
            at_all = by_place.get((state, theme), [])
            self._sources[key] = [
                self.taking[at, state] for at in at_all if not types or self.offered[at].format.type in types
            ]
            self.model.limit("", {self.met[key]: 1.0, **dict.fromkeys(self._sources[key], -1.0)}, high=0.0)
        for keys in self.regions.values():
            needed = sum(self.weights[key] for key in keys)
            terms = {self.met[key]: -self.weights[key] / needed for key in keys}
            self.model.limit("", {self.least: 1.0, **terms}, high=0.0)

    def _sums(self) -> None:
        limits, model = self.asked.limits, self.model
        held = dict.fromkeys(self.held, 1.0)
        model.limit("events", held, high=limits.events)
        model.limit("events_at_least", held, low=limits.events_at_least)
        if limits.budget is not None:
            model.limit("budget", self._spent(), high=1.0)
        blocks = len(self.asked.blocks)
        if limits.experts is not None:
            experts = {self.held[at]: float(one.format.experts) for at, one in enumerate(self.offered)}
            model.limit("experts", experts, high=limits.experts * blocks)
        self._states()
        for offer in self.asked.offers:
            own = [at for at, one in enumerate(self.offered) if one.offer == offer.id]
            if own and offer.capacity is not None:
                open_blocks = len({block for at in own for block in self.offered[at].blocks})
                model.limit(
                    f"capacity:{offer.id}", {self.held[at]: 1.0 for at in own}, high=offer.capacity * open_blocks
                )
        for region, keys in self.regions.items():
            if limits.share_at_least:
                needed = sum(self.weights[key] for key in keys)
                terms = {self.met[key]: self.weights[key] / needed for key in keys}
                model.limit(f"share_at_least:{region}", terms, low=limits.share_at_least)

    def _states(self) -> None:
        limits = self.asked.limits
        own: dict[str, dict[int, float]] = {state: {} for state in self.asked.states}
        for (_, state), key in self.taking.items():
            own[state][key] = 1.0
        for state, terms in sorted(own.items()):
            for name, most in (("per_state", limits.per_state), ("blocks", len(self.asked.blocks))):
                if len(terms) > most:
                    self.model.limit(name, terms, high=most)
            if state in limits.include:
                self.model.limit(f"include:{state}", terms, low=1.0)

    def _spent(self) -> Mapping[int, float]:
        """Money, in units of what counts as one: the budget, where there is one."""
        terms = self._summed({at: one.fixed for at, one in enumerate(self.offered)}, "costs")
        return {key: amount / cost_scale(self.asked) for key, amount in terms.items()}

    def _travelled(self) -> Mapping[int, float]:
        return self._summed({}, "travel")

    def _summed(self, fixed: Mapping[int, float], part: str) -> Mapping[int, float]:
        terms = {self.held[at]: amount for at, amount in fixed.items()}
        for (at, state), key in self.taking.items():
            amount = getattr(self.offered[at], part)[state]
            terms[key] = terms.get(key, 0.0) + amount
        return terms


def weights_of(asked: Asked) -> dict[Key, float]:
    """Weight of needs of the same State, theme and kinds of assistance."""
    found: dict[Key, float] = {}
    for need in asked.needs:
        key = need.state, need.theme, tuple(sorted(need.types))
        found[key] = found.get(key, 0.0) + need.weight
    return dict(sorted(found.items()))


def by_region(asked: Asked, weights: Mapping[Key, float]) -> dict[str, list[Key]]:
    """The needs of each region."""
    regions: dict[str, list[Key]] = {}
    for key, weight in weights.items():
        if weight:
            regions.setdefault(asked.region(key[0]), []).append(key)
    return dict(sorted(regions.items()))


def _tolerant(aim: Aim, tolerance: float) -> Aim:
    return Aim(aim.name, aim.terms, aim.more, aim.weight, aim.scale, tolerance)
