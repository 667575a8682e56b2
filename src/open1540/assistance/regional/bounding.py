"""What no plan can exceed, whatever candidates it takes: column generation on the weighed aims.

A column is a candidate with its participants; the linear master chooses among columns, and the worths it gives to needs, States' time and
money price all candidates at once (``Seats``). Where none is worth more than it costs, the master's value bounds every plan
(Dantzig and Wolfe 1960); before that, the value plus the most that the missing columns can add (Lasdon 1970). On the way the candidates
worth a closer look come out.
"""

import time
from collections.abc import Sequence
from math import inf

import msgspec
import numpy as np

from open1540.assistance.regional.blocks import Chosen
from open1540.assistance.regional.choosing import by_region, weights_of
from open1540.assistance.regional.ground import Ground
from open1540.assistance.regional.measures import cost_scale
from open1540.assistance.regional.seats import Filled, Floats, Seats
from open1540.reasoning import Growing, Model, Prices

COLUMNS = 60
SURE = 0.9
# Where a column is worth less than this share of the value, the rest is left.
ENOUGH = 2e-4
# What a demand left unmet costs in the master: far more than any plan is worth.
UNMET = 100.0


class Bounded(msgspec.Struct, frozen=True):
    """What came out.

    Attributes:
        bound: no plan's value exceeds it.
        promising: numbers of candidates, the most promising first; sure: those the master holds nearly whole.
        finished: the bound is as low as it gets; False where time ran out first, so that another run may give other candidates.
        rounds: how often the master was solved.
    """

    bound: float
    promising: tuple[int, ...]
    sure: tuple[int, ...]
    finished: bool
    rounds: int


def bounded(ground: Ground, seats: Seats, first: Sequence[Chosen], seconds: float) -> Bounded:
    """Bound every plan from these candidates; ``first`` are events to begin with."""
    return _Master(ground, seats).bounded(first, seconds)


class _Master:
    def __init__(self, ground: Ground, seats: Seats) -> None:
        self.ground, self.seats = ground, seats
        asked = self.asked = ground.asked
        self.weights = weights_of(asked)
        self.keys = list(self.weights)
        total = max(sum(self.weights.values()), 1e-9)
        model = Model()
        costs: dict[int, float] = {}
        self.met = {key: model.quantity("met", high=1.0) for key in self.keys}
        for key, at in self.met.items():
            costs[at] = -asked.weights.needs * self.weights[key] / total
        least = model.quantity("least share", high=1.0)
        costs[least] = -asked.weights.equity
        self.unmet = model.quantity("demands unmet")
        costs[self.unmet] = UNMET
        self.cover = {key: model.limit("", {at: 1.0}, high=0.0) for key, at in self.met.items()}
        for keys in by_region(asked, self.weights).values():
            needed = sum(self.weights[key] for key in keys)
            share = {self.met[key]: self.weights[key] / needed for key in keys}
            model.limit("", {least: 1.0, **{at: -factor for at, factor in share.items()}}, high=0.0)
            if asked.limits.share_at_least:
                model.limit("", {**share, self.unmet: 1.0}, low=asked.limits.share_at_least)
        self._limits(model)
        self.master = Growing(model, costs)
        self.columns: dict[tuple[int, tuple[str, ...]], int] = {}

    def _limits(self, model: Model) -> None:
        limits, blocks = self.asked.limits, len(self.asked.blocks)
        self.events = model.limit("", {}, high=limits.events)
        self.fewest = model.limit("", {self.unmet: 1.0}, low=limits.events_at_least)
        self.budget = model.limit("", {}, high=inf if limits.budget is None else 1.0)
        self.experts = model.limit("", {}, high=inf if limits.experts is None else limits.experts * blocks)
        most = min(limits.per_state, blocks)
        self.state = [model.limit("", {}, high=most) for _ in self.ground.states]
        self.include = {
            self.ground.row[state]: model.limit("", {self.unmet: 1.0}, low=1.0) for state in sorted(limits.include)
        }
        open_blocks: dict[str, set[int]] = {}
        for one in self.seats.offered:
            if one.offer:
                open_blocks.setdefault(one.offer, set()).update(one.blocks)
        self.capacity = {
            offer.id: model.limit("", {}, high=offer.capacity * len(open_blocks[offer.id]))
            for offer in self.asked.offers
            if offer.capacity is not None and offer.id in open_blocks
        }

    def bounded(self, first: Sequence[Chosen], seconds: float) -> Bounded:
        until = time.perf_counter() + seconds
        rows = {id(one): at for at, one in enumerate(self.seats.offered)}
        for event in first:
            self._add(rows[id(event.candidate)], event.states)
        best, rounds = inf, 0
        prices = self.master.solve()
        assert prices is not None, "the demands may stay unmet"
        while True:
            rounds += 1
            filled, reduced = self._priced(prices)
            # No plan holds a candidate twice, nor more events than it may.
            missing = float(np.sort(np.maximum(reduced, 0.0))[::-1][: self.asked.limits.events].sum())
            best = min(best, missing - prices.least)
            finished = missing < ENOUGH * max(abs(best), 1e-9)
            if finished or time.perf_counter() > until:
                break
            order = np.argsort(-reduced, kind="stable")[:COLUMNS]
            added = [
                self._add(int(row), self.seats.states_of(int(row), filled.places(int(row))))
                for row in order
                if reduced[row] > 0
            ]
            solved = self.master.solve() if any(added) else None
            if solved is None:
                # Nothing new can be priced, or only with rounding in the way: the bound so far holds.
                finished = True
                break
            prices = solved
        used = self._used(prices)
        promising = np.lexsort((np.arange(len(reduced)), -reduced, -used))
        return Bounded(best, tuple(promising.tolist()), tuple(np.flatnonzero(used >= SURE).tolist()), finished, rounds)

    def _used(self, prices: Prices) -> Floats:
        """How much of each candidate the master holds, whoever takes part."""
        used = np.zeros(len(self.seats.offered))
        for (row, _), at in self.columns.items():
            used[row] += prices.values[at]
        return used

    def _add(self, row: int, states: tuple[str, ...]) -> bool:
        if (row, states) in self.columns:
            return False
        one, weights = self.seats.offered[row], self.asked.weights
        spent = (one.fixed + sum(one.costs[state] for state in states)) / cost_scale(self.asked)
        travel = sum(one.travel[state] for state in states)
        terms = {self.events: 1.0, self.fewest: 1.0, self.budget: spent, self.experts: float(one.format.experts)}
        for state in states:
            at = self.ground.row[state]
            terms[self.state[at]] = 1.0
            if at in self.include:
                terms[self.include[at]] = 1.0
        if one.offer in self.capacity:
            terms[self.capacity[one.offer]] = 1.0
        for types in self.kinds_of_need:
            if not types or one.format.type in types:
                for state in states:
                    for theme in one.themes:
                        if (row_of := self.cover.get((state, theme, types))) is not None:
                            terms[row_of] = -1.0
        cost = weights.cost * spent + weights.travel * travel / weights.travel_unit
        self.columns[row, states] = self.master.add(cost, terms)
        return True

    @property
    def kinds_of_need(self) -> list[tuple[str, ...]]:
        return sorted({types for _, _, types in self.keys})

    def _priced(self, prices: Prices) -> tuple[Filled, Floats]:
        """The best participants of every candidate at these prices, and what each is worth more than it costs."""
        duals, weights = -prices.duals, self.asked.weights
        money = (duals[self.budget] + weights.cost) / cost_scale(self.asked)
        filled = self.seats.filled(
            self._worth(duals), self._price_of_states(duals), float(money), weights.travel / weights.travel_unit
        )
        fixed = money * self.seats.fixed + duals[self.experts] * self.seats.experts
        fixed += duals[self.events] + duals[self.fewest]
        fixed += [duals[self.capacity[one.offer]] if one.offer in self.capacity else 0.0 for one in self.seats.offered]
        return filled, filled.worth - fixed

    def _price_of_states(self, duals: Floats) -> Floats:
        price = duals[self.state].copy()
        for at, row in self.include.items():
            price[at] += duals[row]
        return np.asarray(price)

    def _worth(self, duals: Floats) -> list[Floats]:
        tables = [np.zeros((len(self.ground.states), len(self.ground.themes))) for _ in self.seats.kinds]
        for (state, theme, types), row in self.cover.items():
            for kind, table in zip(self.seats.kinds, tables, strict=True):
                if not types or kind in types:
                    table[self.ground.row[state], self.ground.column[theme]] += duals[row]
        return tables
