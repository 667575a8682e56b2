"""Working days of United Nations Headquarters in New York: Monday to Friday, without its official holidays."""

import datetime as dt
from functools import cache

import numpy as np

from open1540 import reference


@cache
def _calendar() -> np.busdaycalendar:
    return np.busdaycalendar(holidays=[holiday.day for holiday in reference.holidays()])


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
