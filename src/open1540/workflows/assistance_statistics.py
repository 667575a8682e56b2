"""Figures on requests for assistance, over those a person is shown; where that is what everyone sees, small ones are withheld."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import get_args

import msgspec

from open1540 import reference
from open1540.assistance import statistics
from open1540.assistance.records import Feedback, Request
from open1540.assistance.statistics import By, Changes, Count, Duration, Outcome, Standing
from open1540.matrix.crosswalk import carry
from open1540.store import Store
from open1540.workflows import assistance_requests
from open1540.workflows.assistance_requests import Shown, today
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, seen_of


class Statistics(msgspec.Struct, frozen=True):
    """Figures on the requests a person is shown.

    Attributes:
        public: whether figures that fewer than three requesters stand behind are withheld.
        requests: how many were sent.
        standings: of those shown in full.
    """

    on: dt.date
    public: bool
    requests: int
    counts: Mapping[By, tuple[Count, ...]]
    durations: tuple[Duration, ...]
    outcomes: tuple[Outcome, ...]
    standings: tuple[Standing, ...]


class Recorded(msgspec.Struct, frozen=True):
    """What the matrix of a State recorded in the fields a request is about when it was sent, and on a later day.

    Attributes:
        then, now: numbers of the versions compared; None where there was none, so that all its fields count as blank.
        changes: what the record shows; it tells no cause.
    """

    request: str
    state: str
    sent: dt.date
    then: int | None
    now: int | None
    changes: Changes


def figures(*, database_url: str | None, who: Person, on: dt.date | None = None) -> Statistics:
    """Figures on the requests a person is shown; feedback counts of those shown in full only.

    ``on`` is the day up to which open steps are counted; today at Headquarters when left out.
    """
    day = on or today()
    shown = assistance_requests.requests(database_url=database_url, who=who)
    entries = [(one.request, one.progress) for one in shown if one.progress.standing != "draft"]
    full = {one.request.id for one in shown if not one.summary}
    with opened(database_url) as store:
        feedback = [one for one in store.records(Feedback) if one.request in full]
    public = is_public(who)
    return Statistics(
        on=day,
        public=public,
        requests=len(entries),
        counts={by: statistics.counts(entries, by, public=public) for by in get_args(By)},
        durations=statistics.durations(entries, day, public=public),
        outcomes=statistics.outcomes(entries, feedback, public=public),
        standings=statistics.standings([(one.request, one.progress) for one in shown if one.request.id in full], day),
    )


def recorded_since(*, database_url: str | None, who: Person, on: dt.date | None = None) -> tuple[Recorded, ...]:
    """For each request shown in full, what the matrix of its State recorded then and on a day, as far as the person is shown it.

    Requests that name neither themes nor fields, and those of organisations, are left out.
    """
    day = on or today()
    shown = assistance_requests.requests(database_url=database_url, who=who)
    with opened(database_url) as store:
        return tuple(
            _recorded(store, one.request, sent.on, day, who)
            for one in shown
            if _is_comparable(one) and (sent := one.progress.last("submit"))
        )


def is_public(who: Person) -> bool:
    """Whether a person is shown no more requests of others than everyone is."""
    return who.sees.requests == ("posted",)


def _is_comparable(one: Shown) -> bool:
    subject = one.request.subject
    return not one.summary and one.request.state is not None and bool(subject.themes or subject.fields)


def _recorded(store: Store, request: Request, sent: dt.date, day: dt.date, who: Person) -> Recorded:
    state = str(request.state)
    then, before = _codes(store, state, sent, who)
    now, after = _codes(store, state, day, who)
    return Recorded(request.id, state, sent, then, now, statistics.changes(before, after, _fields(request)))


def _fields(request: Request) -> Iterable[str]:
    """The fields a request names, or else those of its themes and weapon classes, in the template of today."""
    subject = request.subject
    if subject.fields:
        return subject.fields
    named = frozenset().union(*(reference.theme(theme).matching() for theme in subject.themes))
    fields = reference.current_template().fields
    return [
        field.field
        for field in fields
        if field.field in named and (not subject.weapons or not field.weapon or field.weapon in subject.weapons)
    ]


def _codes(store: Store, state: str, on: dt.date, who: Person) -> tuple[int | None, dict[str, str]]:
    sees = seen_of(who, state).sees
    current = reference.current_template().id
    for version, _ in store.versions_standing(on, sees.sees, withheld=sees.withheld, states=[state]):
        entries = carry(version.entries, version.template, current).entries
        return version.number, {entry.field: entry.code for entry in entries if entry.code}
    return None, {}
