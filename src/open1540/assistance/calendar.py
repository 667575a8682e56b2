"""What falls due as entries of a calendar: the day, what is to be done about which request, and how sure the day is."""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from open1540.assistance import workdays
from open1540.assistance.procedure import Due
from open1540.reference import procedure, step_rule
from open1540.reference.letters import BRIEFING
from open1540.vocabulary import Confidence


class CalendarEntry(msgspec.Struct, frozen=True):
    """A whole day of a calendar.

    Attributes:
        step: of the procedure, or ``briefing``; titles: what it is called, by language.
        by: roles that may enter it.
        request: its id, and its title; None and empty for a briefing.
        overdue: working days since the day, 0 where it has not passed.
        certainty: how sure the holidays of that year are; None where it has no list, so that the day may move.
    """

    day: dt.date
    step: str
    titles: dict[str, str]
    by: tuple[str, ...]
    request: str | None
    title: str
    overdue: int
    certainty: Confidence | None


def entries(due: Iterable[Due], titles: Mapping[str, str]) -> tuple[CalendarEntry, ...]:
    """Entries for what falls due, in the order given.

    Arguments:
        titles: of the requests, by id, as far as they may be shown.
    """
    return tuple(
        CalendarEntry(
            day=one.day,
            step=one.step,
            titles=step_titles(one.step),
            by=one.by,
            request=one.request,
            title=titles.get(one.request or "", ""),
            overdue=one.overdue,
            certainty=workdays.certainty(one.day),
        )
        for one in due
    )


def step_titles(step: str) -> dict[str, str]:
    """What a step, or the briefing of the Committee, is called, by language. Raises UnknownCode for one nobody knows."""
    return procedure().briefing.titles if step == BRIEFING else step_rule(step).titles
