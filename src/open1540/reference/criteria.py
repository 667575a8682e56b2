"""By what requests and offers are compared, and how much each counts."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence

CRITERIA = "assistance/criteria.yaml"


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A criterion; ``needed`` where an offer it speaks against is no match."""

    id: str
    weight: float
    needed: bool
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
