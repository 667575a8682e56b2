"""Working days of United Nations Headquarters in New York: Monday to Friday, without its official holidays."""

import datetime as dt
from functools import cache

import numpy as np

from open1540 import reference
from open1540.vocabulary import Confidence

_FROM_SURE_TO_DOUBTFUL: tuple[Confidence, ...] = ("high", "medium", "low")


@cache
def _calendar() -> np.busdaycalendar:
    return np.busdaycalendar(holidays=[holiday.day for holiday in reference.holidays()])


@cache
def _certainties() -> dict[int, Confidence]:
    found: dict[int, Confidence] = {}
    for holiday in reference.holidays():
        year = holiday.day.year
        found[year] = _least_sure(found.get(year, "high"), holiday.confidence)
    return found


def _least_sure(*known: Confidence) -> Confidence:
    return max(known, key=_FROM_SURE_TO_DOUBTFUL.index)


def certainty(first: dt.date, last: dt.date | None = None) -> Confidence | None:
    """How sure the holidays are of the year of a day, or of all years from one day to another.

    As sure as the least sure holiday; None where a year has no list on file, so that weekends alone were counted.
    """
    years = range(first.year, (last or first).year + 1)
    if any(year not in _certainties() for year in years):
        return None
    return _least_sure(*(_certainties()[year] for year in years))


def is_working(day: dt.date) -> bool:
    """Whether Headquarters works on a day."""
    return bool(np.is_busday(day, busdaycal=_calendar()))


def after(day: dt.date, working_days: int) -> dt.date:
    """The working day so many working days after a day; the first one counted is the next working day."""
    return dt.date.fromisoformat(str(np.busday_offset(day, working_days, roll="backward", busdaycal=_calendar())))


def between(first: dt.date, last: dt.date) -> int:
    """How many working days lie after one day up to another, which counts itself."""
    day = dt.timedelta(days=1)
    return int(np.busday_count(first + day, last + day, busdaycal=_calendar()))
