"""Who should take part in each candidate, if a need met, a State's time and money have given worths: for all candidates at once.

With those worths fixed the best participants are simply those of the greatest worth: the host, enough States with practice on
record, then all that are worth their place, up to the most and down to the fewest a format allows.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540.assistance.regional.candidates import Candidate
from open1540.assistance.regional.ground import Ground

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Filled(msgspec.Struct, frozen=True):
    """The best participants of each candidate.

    Attributes:
        worth: of each, minus infinity where too few can come.
        key: worth of each place, those that must be there first, minus infinity for those who cannot; count: how many take part.
    """

    worth: Floats
    key: Floats
    count: NDArray[np.int64]

    def places(self, row: int) -> list[int]:
        """The places of those who take part, in their order."""
        best = np.argsort(-self.key[row], kind="stable")[: self.count[row]]
        return sorted(best.tolist())


class Seats:
    """The candidates in tables, a row each, with a place for every State that could take part."""

    def __init__(self, ground: Ground, offered: Sequence[Candidate]) -> None:
        self.ground = ground
        self.offered = offered
        width = max((len(one.states) for one in offered), default=1)
        shape = len(offered), width
        self.state = np.zeros(shape, dtype=np.int64)
        self.there = np.zeros(shape, dtype=bool)
        self.practising = np.zeros(shape, dtype=bool)
        self.cost, self.travel = np.zeros(shape), np.zeros(shape)
        self.fixed = np.array([one.fixed for one in offered])
        self.fewest = np.array([one.format.participants[0] for one in offered], dtype=np.int64)
        self.most = np.array([one.format.participants[1] for one in offered], dtype=np.int64)
        self.experts = np.array([one.format.experts for one in offered], dtype=np.int64)
        self.kinds = sorted({one.format.type for one in offered})
        self.kind = np.array([self.kinds.index(one.format.type) for one in offered], dtype=np.int64)
        # The themes of each candidate; where it has fewer than others, a column without needs.
        self.treats = np.full((len(offered), max((len(one.themes) for one in offered), default=1)), len(ground.themes))
        for row, one in enumerate(offered):
            self.treats[row, : len(one.themes)] = [ground.column[theme] for theme in one.themes]
            places = slice(0, len(one.states))
            self.state[row, places] = [ground.row[state] for state in one.states]
            self.there[row, places] = True
            self.practising[row, places] = [state in one.practising for state in one.states]
            self.cost[row, places] = [one.costs[state] for state in one.states]
            self.travel[row, places] = [one.travel[state] for state in one.states]

    def filled(
        self,
        worth_of_needs: Sequence[Floats],
        price_of_states: Floats,
        price_of_money: float,
        price_of_travel: float,
    ) -> Filled:
        """The best participants of every candidate, not counting what it costs before anyone comes.

        Arguments:
            worth_of_needs: for each of ``kinds``, the worth of a need met by State and theme.
            price_of_states: what one more event costs each State.
        """
        rows = np.arange(len(self.offered))
        gain = self.gains(rows, worth_of_needs, price_of_states, price_of_money, price_of_travel)
        return self.best(rows, gain, np.ones(len(self.ground.states), dtype=bool))

    def gains(
        self,
        rows: Whole,
        worth_of_needs: Sequence[Floats],
        price_of_states: Floats,
        price_of_money: float,
        price_of_travel: float,
    ) -> Floats:
        """What each State's taking part is worth more than it costs, in some candidates."""
        worth = np.zeros((len(self.kinds), len(self.ground.states), len(self.ground.themes) + 1))
        worth[:, :, :-1] = worth_of_needs
        state, kind = self.state[rows], self.kind[rows, None]
        gain = np.zeros(state.shape)
        for theme in self.treats[rows].T:
            gain += worth[kind, state, theme[:, None]]
        gain -= price_of_states[state] + price_of_money * self.cost[rows] + price_of_travel * self.travel[rows]
        return np.asarray(gain)

    def best(self, rows: Whole, gain: Floats, free: NDArray[np.bool_]) -> Filled:
        """The best participants of some candidates among the States that are free."""
        return self._best(gain, self.there[rows] & free[self.state[rows]], rows)

    def in_turn(self, row: int, gain: Floats, free: NDArray[np.bool_]) -> Filled:
        """The best participants of one candidate for several sets of States that are free, a row for each."""
        rows = np.full(len(free), row)
        gains = np.broadcast_to(gain, (len(free), len(gain)))
        return self._best(gains, self.there[row] & free[:, self.state[row]], rows)

    def states_of(self, row: int, places: Sequence[int]) -> tuple[str, ...]:
        """Codes of the States at some places of a candidate."""
        return tuple(self.offered[row].states[place] for place in places)

    def _best(self, gain: Floats, there: NDArray[np.bool_], rows: Whole) -> Filled:
        own = np.arange(len(gain))
        practising = self.practising[rows] & there
        forced = np.zeros_like(there)
        forced[:, 0] = True
        able = there[:, 0].copy()
        for number in range(self.ground.asked.limits.practices):
            lacking = (practising & forced).sum(axis=1) <= number
            others = np.where(practising & ~forced, gain, -np.inf)
            best = others.argmax(axis=1)
            found = others[own, best] > -np.inf
            forced[own[lacking & found], best[lacking & found]] = True
            able &= found | ~lacking
        free = there & ~forced
        rest = np.where(free, gain, -np.inf)
        must = forced.sum(axis=1)
        more = np.clip((rest > 0).sum(axis=1), self.fewest[rows] - must, self.most[rows] - must)
        able &= free.sum(axis=1) >= more
        ordered = np.sort(rest, axis=1)[:, ::-1]
        sums = np.cumsum(np.where(ordered > -np.inf, ordered, 0.0), axis=1)
        worth = np.where(forced, gain, 0.0).sum(axis=1) + np.where(more > 0, sums[own, np.maximum(more, 1) - 1], 0.0)
        key = np.where(forced, np.inf, rest)
        return Filled(np.where(able, worth, -np.inf), key, must + more)
