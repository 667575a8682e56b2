"""Codes of the IATI Standard that an export of offers and activities uses."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence

CODES = "assistance/iati.yaml"


class IatiCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes, each by what it stands for here.

    Attributes:
        version: of the standard.
        providers: types of organisation by sort of provider; statuses: of an activity; role: of who implements.
        dates: of first and last day, for what is planned and what was held.
        contact: general enquiries; condition: a description that is none of the named sorts.
        vocabularies: the reporter's own, and regions of M49.
    """

    source: str
    as_of: dt.date
    confidence: Confidence
    version: str
    providers: dict[str, str]
    statuses: dict[str, str]
    dates: dict[str, tuple[str, str]]
    role: str
    contact: str
    condition: str
    vocabularies: dict[str, str]


@cache
def iati() -> IatiCodes:
    """The codes."""
    return tree(CODES, IatiCodes)
