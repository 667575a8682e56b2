"""By what requests and offers are compared, and how much each counts."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence

CRITERIA = "assistance/criteria.yaml"


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A criterion.

    Attributes:
        weight: how much it counts in the order.
        against: whether an offer it speaks against is refused, or that is counted as a doubt.
        unknown: whether an offer of which it is not known is refused, a partial match at most, or as good as any.
    """

    id: str
    weight: float
    against: Literal["refuses", "counts"]
    unknown: Literal["refuses", "doubts", "passes"]
    titles: dict[str, str]


class _Criteria(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    criteria: tuple[Criterion, ...]


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every criterion, in the order in which reasons are told."""
    return tree(CRITERIA, _Criteria).criteria
