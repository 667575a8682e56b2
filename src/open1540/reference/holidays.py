"""Official holidays of the United Nations in New York, by which working days are counted."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import rows
from open1540.vocabulary import Confidence

HOLIDAYS = "assistance/holidays.csv"


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day on which Headquarters is closed."""

    day: dt.date
    name: str
    source: str
    as_of: str
    confidence: Confidence


@cache
def holidays() -> tuple[Holiday, ...]:
    """Every holiday on record, in order."""
    return rows(HOLIDAYS, Holiday)
