"""Regional programmes: which States meet on which shared needs, where, when, with whom, in which languages.

In come needs, practice on record, offers, limits and weights; out go a plan with its gap, or the limits that contradict each other,
and reasons found by testing. Where the needs come from and what is done with a plan is left to others. No State is scored: needs
are counted by region and theme.
"""

from open1540.assistance.regional.asked import (
    Asked,
    Block,
    Event,
    Limits,
    Measures,
    Need,
    Practice,
    Programme,
    Weights,
)
from open1540.assistance.regional.measures import cost, measure
from open1540.assistance.regional.planning import Contradiction, plan
from open1540.assistance.regional.reasons import Added, Tried, Why, one_more, why
from open1540.assistance.regional.rules import Broken, broken

__all__ = [
    "Added",
    "Asked",
    "Block",
    "Broken",
    "Contradiction",
    "Event",
    "Limits",
    "Measures",
    "Need",
    "Practice",
    "Programme",
    "Tried",
    "Weights",
    "Why",
    "broken",
    "cost",
    "measure",
    "one_more",
    "plan",
    "why",
]
