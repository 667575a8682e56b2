"""What falls due when: ends of mandates, and what the Council has asked of the 1540 Committee by a day."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.reference.resolutions import resolutions
from open1540.vocabulary import Confidence

FILE = "calendar.yaml"
DueKind = Literal["mandate", "review", "programme", "briefing", "report"]


class Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a resolution asks of a body by a day: once by ``last_day``, or by month and day of each year of a span."""

    id: str
    kind: DueKind
    body: str
    resolution: str
    paragraph: str
    titles: dict[str, str]
    last_day: dt.date | None = None
    yearly: str | None = None
    first_year: int | None = None
    last_year: int | None = None

    def days(self) -> tuple[dt.date, ...]:
        """Every day it falls due."""
        if self.last_day:
            return (self.last_day,)
        years = range(self.first_year or 0, (self.last_year or 0) + 1)
        return tuple(dt.date.fromisoformat(f"{year}-{self.yearly}") for year in years)


class Due(msgspec.Struct, frozen=True):
    """Something that falls due on a day.

    Attributes:
        day: the last day; bodies: ids of the actors concerned.
        titles: by language; empty for the end of a mandate.
        source: id of the source that says so; paragraph: of the resolution.
    """

    day: dt.date
    kind: DueKind
    bodies: tuple[str, ...]
    resolution: str
    paragraph: str | None
    titles: dict[str, str]
    source: str


class _Duties(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    duties: tuple[Duty, ...]


@cache
def _told() -> _Duties:
    return tree(FILE, _Duties)


def duties() -> tuple[Duty, ...]:
    """What the Council has asked for by a day."""
    return _told().duties


def due(since: dt.date, until: dt.date) -> tuple[Due, ...]:
    """What falls due from one day to another, both included, in order.

    A mandate that a later resolution extended ends with the later one only.
    """
    found = [one for one in (*_mandates(since), *_duties()) if since <= one.day <= until]
    return tuple(sorted(found, key=lambda one: (one.day, one.kind, one.resolution)))


def _mandates(on: dt.date) -> Iterator[Due]:
    """Each body's mandate as it stands on a day or as resolutions adopted until then last extended it."""
    latest = {
        body: known
        for known in resolutions()
        if known.mandate_until and known.adopted_on <= on
        for body in known.bodies
    }
    for symbol in dict.fromkeys(known.symbol for known in latest.values()):
        bodies = tuple(body for body, known in latest.items() if known.symbol == symbol)
        known = latest[bodies[0]]
        if known.mandate_until:
            yield Due(known.mandate_until, "mandate", bodies, symbol, None, {}, known.source)


def _duties() -> Iterator[Due]:
    for duty in duties():
        for day in duty.days():
            yield Due(day, duty.kind, (duty.body,), duty.resolution, duty.paragraph, duty.titles, _told().source)
