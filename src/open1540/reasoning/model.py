"""A linear model: quantities, limits on their sums, aims. Names stay with them, so that an answer can speak of them."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf

import highspy
import msgspec
import numpy as np

Terms = Mapping[int, float]
"""Numbers of quantities with their factors."""


class Aim(msgspec.Struct, frozen=True):
    """What is wanted more of, or less of.

    Attributes:
        name: what it is called.
        terms: its measure, as a sum over quantities.
        more: whether more is better.
        weight: how much one unit of ``scale`` counts, where aims are weighed against each other.
        scale: the amount that counts as one.
        tolerance: share of the best value that may be given up for the aims after it, where aims are taken in order.
    """

    name: str
    terms: Terms
    more: bool = True
    weight: float = 1.0
    scale: float = 1.0
    tolerance: float = 0.0

    def value(self, values: Sequence[float]) -> float:
        """Its measure at given values of all quantities."""
        return float(sum(factor * values[at] for at, factor in self.terms.items()))


class Model:
    """Quantities and limits, collected one by one.

    A limit without a name belongs to what the quantities mean and is never given up; limits that share a name stand or fall
    together when contradictions are looked for.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._whole: list[bool] = []
        self.limits: list[str] = []
        self._row_low: list[float] = []
        self._row_high: list[float] = []
        self._starts: list[int] = [0]
        self._columns: list[int] = []
        self._factors: list[float] = []

    def quantity(self, name: str, low: float = 0.0, high: float = inf, *, whole: bool = False) -> int:
        """Add a quantity between two bounds, of whole numbers if so wanted, and give its number."""
        self.names.append(name)
        self._low.append(low)
        self._high.append(high)
        self._whole.append(whole)
        return len(self.names) - 1

    def limit(self, name: str, terms: Terms, low: float = -inf, high: float = inf) -> int:
        """Keep a sum over quantities between two bounds, and give the number of the row."""
        self.limits.append(name)
        self._row_low.append(low)
        self._row_high.append(high)
        self._columns.extend(terms)
        self._factors.extend(terms.values())
        self._starts.append(len(self._columns))
        return len(self.limits) - 1

    def named(self) -> tuple[str, ...]:
        """Names of limits, each once, in the order of their first use."""
        return tuple(dict.fromkeys(name for name in self.limits if name))

    def without(self, left_out: Iterable[str]) -> "Model":
        """The same model with the limits of some names left out."""
        return self._copied(set(left_out), ())[0]

    def at_least(self, lows: Mapping[int, float]) -> "Model":
        """The same model with other lower bounds of some quantities."""
        copy = self.without(())
        for at, low in lows.items():
            copy._low[at] = low
        return copy

    def elastic(self, bending: Iterable[str]) -> tuple["Model", dict[int, tuple[str, float]]]:
        """The same model in which limits of some names may be broken.

        Gives the quantities that say by how much, each with the name of its limit and the size of a break that counts as one.
        """
        return self._copied(set(), tuple(bending))

    def _copied(self, left_out: set[str], bending: Sequence[str]) -> tuple["Model", dict[int, tuple[str, float]]]:
        copy = Model()
        copy.names, copy._low = list(self.names), list(self._low)
        copy._high, copy._whole = list(self._high), list(self._whole)
        breaks: dict[int, tuple[str, float]] = {}
        soft = set(bending)
        for row, name in enumerate(self.limits):
            if name in left_out:
                continue
            at = slice(self._starts[row], self._starts[row + 1])
            terms = dict(zip(self._columns[at], self._factors[at], strict=True))
            low, high = self._row_low[row], self._row_high[row]
            if name in soft:
                size = max([1.0, *(abs(bound) for bound in (low, high) if abs(bound) != inf)])
                for bound, sign in ((low, 1.0), (high, -1.0)):
                    if abs(bound) != inf:
                        slack = copy.quantity(f"break of {name}")
                        terms[slack] = sign
                        breaks[slack] = name, size
            copy.limit(name, terms, low, high)
        return copy, breaks

    def start(self, values: Mapping[int, float]) -> list[float]:
        """Values of all quantities, those not given at their lower bound."""
        return [values.get(at, low) for at, low in enumerate(self._low)]

    def as_highs(self, costs: Terms) -> highspy.HighsLp:
        """The model as HiGHS takes it, to be made as small as can be."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.names), len(self.limits)
        cost = np.zeros(len(self.names))
        for at, factor in costs.items():
            cost[at] += factor
        lp.col_cost_ = cost
        lp.col_lower_, lp.col_upper_ = np.array(self._low, float), np.array(self._high, float)
        lp.row_lower_, lp.row_upper_ = np.array(self._row_low, float), np.array(self._row_high, float)
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in self._whole
        ]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self._columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self._factors, float)
        return lp
