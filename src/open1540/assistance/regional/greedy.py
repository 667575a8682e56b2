"""A plan made step by step: the event that adds most for its money, then the next; with chance, so that many plans can be tried.

After the last event each is taken out again in turn and replaced by whatever then adds most. It is the start for the exact
choice, and what that choice has to beat.
"""

import random
from collections.abc import Iterable, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from open1540.assistance.regional.blocks import Chosen
from open1540.assistance.regional.choosing import by_region, weights_of
from open1540.assistance.regional.ground import Ground
from open1540.assistance.regional.measures import cost_scale
from open1540.assistance.regional.seats import Floats, Seats, Whole

# Events tried with their calendar before one is taken.
TRIED = 8
# Candidates looked at in a step, and after how many events all are looked at again.
LOOKED_AT, AFRESH = 500, 5
BETTER = 1e-9


class Draft:
    """Events taken so far, and what they leave."""

    def __init__(self, ground: Ground, seats: Seats) -> None:
        self.ground, self.seats, self.asked = ground, seats, ground.asked
        self.scale = cost_scale(self.asked)
        self.total = max(ground.total, 1e-9)
        self.capacity = {offer.id: offer.capacity for offer in self.asked.offers}
        regions = by_region(self.asked, weights_of(self.asked))
        names = {name: at for at, name in enumerate(regions)}
        self.region = np.array([names.get(self.asked.region(state), -1) for state in ground.states], dtype=np.int64)
        self.needs = ground.needs
        self.needed = np.array(
            [sum(table[self.region == at].sum() for table in self.needs.values()) for at in range(len(regions))]
        )
        self.clear()

    def clear(self) -> None:
        """Take everything out."""
        self.events: dict[int, Chosen] = {}
        self.left = {types: table.copy() for types, table in self.needs.items()}
        self.taking = np.zeros(len(self.ground.states), dtype=np.int64)
        self.busy = np.zeros((len(self.asked.blocks), len(self.ground.states)), dtype=bool)
        self.experts = np.zeros(len(self.asked.blocks), dtype=np.int64)
        self.given: dict[tuple[str, int], int] = {}
        self.met = np.zeros(len(self.needed))
        self.spent = self.travelled = 0.0

    def value(self) -> float:
        """The aims weighed, as ``measure`` tells it."""
        weights = self.asked.weights
        least = float((self.met / self.needed).min()) if len(self.needed) else 0.0
        gained = weights.needs * float(self.met.sum()) / self.total + weights.equity * least
        spent = weights.cost * self.spent / self.scale + weights.travel * self.travelled / weights.travel_unit
        return gained - spent

    def add(self, row: int, states: Sequence[str], block: int) -> None:
        """Take an event."""
        one = self.seats.offered[row]
        self.events[row] = Chosen(one, tuple(states), block)
        rows = [self.ground.row[state] for state in states]
        columns = [self.ground.column[theme] for theme in one.themes]
        for types, table in self.left.items():
            if not types or one.format.type in types:
                met = table[np.ix_(rows, columns)].sum(axis=1)
                np.add.at(self.met, self.region[rows][met > 0], met[met > 0])
                table[np.ix_(rows, columns)] = 0.0
        self.taking[rows] += 1
        self.busy[block, rows] = True
        self.experts[block] += one.format.experts
        if one.offer:
            self.given[one.offer, block] = self.given.get((one.offer, block), 0) + 1
        self.spent += one.fixed + sum(one.costs[state] for state in states)
        self.travelled += sum(one.travel[state] for state in states)

    @property
    def free(self) -> NDArray[np.bool_]:
        """States that can take part in one more event."""
        return self.taking < min(self.asked.limits.per_state, len(self.asked.blocks))

    def again(self, events: Iterable[tuple[int, Chosen]]) -> None:
        """Take these events and no others."""
        kept = list(events)
        self.clear()
        for row, event in kept:
            self.add(row, event.states, event.block)

    def worth(self) -> list[Floats]:
        """The worth of each need left, for each kind of assistance; more in the region with the least share."""
        weights = self.asked.weights
        by_state = np.full(len(self.ground.states), weights.needs / self.total)
        if len(self.needed):
            share = self.met / self.needed
            last = np.flatnonzero(share <= share.min() + 0.005)
            extra = weights.equity / self.needed / len(last)
            for at in last:
                by_state[self.region == at] += extra[at]
        return [
            sum((table for types, table in self.left.items() if not types or kind in types), self.ground.nothing)
            * by_state[:, None]
            for kind in self.seats.kinds
        ]

    def blocks(self, row: int) -> list[int]:
        """Blocks in which an event could still be held: its host, experts and provider are free."""
        one, limits = self.seats.offered[row], self.asked.limits
        host = self.ground.row[one.host]
        capacity = self.capacity.get(one.offer or "")
        return [
            block
            for block in one.blocks
            if not self.busy[block, host]
            and (limits.experts is None or self.experts[block] + one.format.experts <= limits.experts)
            and (capacity is None or self.given.get((one.offer or "", block), 0) < capacity)
        ]


class Greedy:
    """Plans step by step for what is asked; the same seed gives the same plan."""

    def __init__(self, ground: Ground, seats: Seats) -> None:
        self.ground, self.seats, self.asked = ground, seats, ground.asked
        self.draft = Draft(ground, seats)
        self._last = np.full(len(seats.offered), inf)

    def plan(self, seed: int | None, passes: int = 1) -> tuple[Chosen, ...]:
        """A plan. Without a seed always the best step; with one, chance among the good ones. ``passes`` of improvement follow."""
        chance = random.Random(seed)
        breadth = 0.0 if seed is None else chance.choice((0.02, 0.05, 0.1, 0.2))
        by_money = 0.0 if seed is None else chance.choice((0.0, 0.0, 0.5, 1.0))
        self.draft.clear()
        while self._step(chance, breadth, by_money):
            pass
        for _ in range(passes):
            if not self._improve(chance):
                break
        return tuple(self.draft.events.values())

    def _step(self, chance: random.Random, breadth: float, by_money: float) -> bool:
        draft, limits = self.draft, self.asked.limits
        if len(draft.events) >= limits.events:
            return False
        rows = self._worth_a_look()
        weights = self.asked.weights
        money, travel = weights.cost / draft.scale, weights.travel / weights.travel_unit
        of_states = self.seats.gains(rows, draft.worth(), np.zeros(len(draft.taking)), money, travel)
        gain = self.seats.best(rows, of_states, draft.free).worth - money * self.seats.fixed[rows]
        self._last[rows] = gain
        gain[np.isin(rows, list(draft.events))] = -inf
        if by_money and limits.budget:
            gain = np.where(gain > 0, gain / (self.seats.fixed[rows] + 1.0) ** by_money, gain)
        order = np.argsort(-gain, kind="stable")
        best = gain[order[0]] if len(order) else -inf
        if best <= 0 and len(draft.events) >= limits.events_at_least:
            return False
        good = [int(at) for at in order[: 4 * TRIED] if gain[at] >= best * (1 - breadth) and gain[at] > -inf]
        if breadth:
            chance.shuffle(good)
        rest = [int(at) for at in order[: 12 * TRIED] if gain[at] > 0 and int(at) not in good]
        return any(self._take(int(rows[at]), of_states[at]) for at in (*good, *rest))

    def _worth_a_look(self) -> Whole:
        """The candidates that were worth most when last looked at: what is taken leaves less for the others, seldom more."""
        if len(self.draft.events) % AFRESH == 0 or len(self._last) <= LOOKED_AT:
            return np.arange(len(self._last))
        return np.sort(np.argsort(-self._last, kind="stable")[:LOOKED_AT])

    def _take(self, row: int, gain: Floats) -> bool:
        """Take an event in the block where most of those it is for are free, if any block and the budget allow it."""
        draft, limits = self.draft, self.asked.limits
        one = self.seats.offered[row]
        blocks = draft.blocks(row)
        if not blocks:
            return False
        filled = self.seats.in_turn(row, gain, ~draft.busy[blocks] & draft.free)
        left = inf if limits.budget is None else limits.budget - draft.spent
        fixed = self.asked.weights.cost / draft.scale * one.fixed
        for at in np.argsort(-filled.worth, kind="stable").tolist():
            wanted = filled.worth[at] > fixed or len(draft.events) < limits.events_at_least
            if filled.worth[at] == -inf or not wanted:
                return False
            states = self.seats.states_of(row, filled.places(at))
            if one.fixed + sum(one.costs[state] for state in states) <= left:
                draft.add(row, states, blocks[at])
                return True
        return False

    def _improve(self, chance: random.Random) -> bool:
        """Take each event out once and put what then adds most in its place; keep what is better."""
        draft = self.draft
        better = False
        order = list(draft.events)
        chance.shuffle(order)
        for row in order:
            before = draft.value()
            kept = list(draft.events.items())
            draft.again((own, event) for own, event in kept if own != row)
            while self._step(chance, 0.0, 0.0):
                pass
            if draft.value() > before + BETTER:
                better = True
            else:
                draft.again(kept)
        return better
