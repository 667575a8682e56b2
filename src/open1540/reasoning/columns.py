"""Column generation: a linear model that grows by quantities worth having, at the prices its limits have at the moment."""

from math import inf

import highspy
import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540.reasoning.engine import quiet
from open1540.reasoning.model import Model, Terms


class Prices(msgspec.Struct, frozen=True):
    """The least value of the model as it stands.

    Attributes:
        least: the value; values: of all quantities, those added last at the end.
        duals: by row, what the value would change by if the row's bound were one higher.
    """

    least: float
    values: NDArray[np.float64]
    duals: NDArray[np.float64]


class Growing:
    """A linear model, made as small as can be again and again while quantities are added; whole numbers are not asked for."""

    def __init__(self, model: Model, costs: Terms) -> None:
        lp = model.as_highs(costs)
        lp.integrality_ = []
        self._solver = quiet()
        self._solver.passModel(lp)
        self.size = len(model.names)

    def add(self, cost: float, terms: Terms) -> int:
        """Add a quantity, none or more of it, with its factors by row, and give its number."""
        rows, factors = np.array(list(terms), dtype=np.int32), np.array(list(terms.values()), float)
        self._solver.addCol(cost, 0.0, inf, len(rows), rows, factors)
        self.size += 1
        return self.size - 1

    def solve(self) -> Prices | None:
        """The least value and the prices it gives; None where the rows cannot be kept."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        return Prices(
            self._solver.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.row_dual),
        )
