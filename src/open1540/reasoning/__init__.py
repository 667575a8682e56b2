"""Reasoning: optimisation that says why.

In come named quantities, limits and aims; out go an answer with its gap, or the limits that contradict each other. What the
quantities mean is left to the desks.
"""

from open1540.reasoning.columns import Growing, Prices
from open1540.reasoning.conflict import Conflict, conflict
from open1540.reasoning.model import Aim, Model
from open1540.reasoning.solving import Answer, How, solve

__all__ = ["Aim", "Answer", "Conflict", "Growing", "How", "Model", "Prices", "conflict", "solve"]
