"""What is asked, offered or planned against what is planned or held already, so that nobody does a thing twice unknowingly.

Two things overlap where they share a theme, no class of weapon parts them, their States or sub-regions meet, and they are near in time.
What one side does not say parts nothing; what is shared is told as it is, and whether it is too much is for people to decide.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Literal

import msgspec

from open1540 import reference
from open1540.assistance.matching import open_to
from open1540.assistance.records import Activity, ActivityStatus, Offer, Request, Subject
from open1540.documents.lexicon import fold

# Half a year: meetings on one theme for the same officials this near are planned with each other in mind. An assumption, to be changed.
NEAR = 183
Degree = Literal["same", "near"]


class Meant(msgspec.Struct, frozen=True):
    """What is asked about: a request, an offer, an activity, or an event of a plan.

    Attributes:
        id: so that it is not compared with itself.
        states: ISO codes of those it is for; none where it may be any.
        request: id of the request it is or answers.
    """

    id: str
    title: str
    subject: Subject
    states: frozenset[str] = frozenset()
    request: str | None = None


class Overlap(msgspec.Struct, frozen=True):
    """An activity that overlaps with what is meant.

    Attributes:
        activity, title, provider, status: the activity.
        degree: same where kind of help and a State are shared too; else near.
        themes, types, weapons, states: what both name, in order.
        regions: sub-regions in which both have States, where no State is shared.
        days: between the periods, 0 where they meet; None where either names none.
        answers: whether the activity was planned for this very request.
    """

    activity: str
    title: str
    provider: str
    status: ActivityStatus
    degree: Degree
    themes: tuple[str, ...]
    types: tuple[str, ...]
    weapons: tuple[str, ...]
    states: tuple[str, ...]
    regions: tuple[str, ...]
    days: int | None
    answers: bool


class Twice(msgspec.Struct, frozen=True):
    """Two records that may be one: their ids, and what makes them alike: ``provider``, ``title``, and what both name."""

    kind: Literal["offer", "activity"]
    first: str
    second: str
    alike: tuple[Literal["provider", "title"], ...]
    themes: tuple[str, ...]
    types: tuple[str, ...]
    states: tuple[str, ...]


def meant_of(record: Request | Offer | Activity) -> Meant:
    """What a record means to do, for whom."""
    if isinstance(record, Request):
        states = frozenset([record.state] if record.state else [])
        return Meant(record.id, record.title, record.subject, states, record.id or None)
    if isinstance(record, Offer):
        return Meant(record.id, record.title, record.subject, open_to(record))
    return Meant(record.id, record.title, record.subject, frozenset(record.states), record.request)


def overlaps(meant: Meant, activities: Iterable[Activity], near: int = NEAR) -> tuple[Overlap, ...]:
    """The activities, none of them cancelled, that overlap with what is meant; the closest first.

    Arguments:
        near: days that may lie between two periods.
    """
    found = (
        _overlap(meant, one, near)
        for one in activities
        if one.status != "cancelled" and not (one.id and one.id == meant.id)
    )
    return tuple(sorted((one for one in found if one), key=_closeness))


def twice(records: Sequence[Offer] | Sequence[Activity]) -> tuple[Twice, ...]:
    """Records that may be on record twice: a theme and a kind shared, States and periods that meet, and one provider or one title.

    Withdrawn offers and cancelled activities are left out.
    """
    by_theme: dict[str, list[Offer | Activity]] = defaultdict(list)
    for record in records:
        if not (record.withdrawn if isinstance(record, Offer) else record.status == "cancelled"):
            for theme in record.subject.themes:
                by_theme[theme].append(record)
    found = {}
    for alike in by_theme.values():
        for first, second in combinations(alike, 2):
            told = _twice(first, second)
            if told:
                found[told.first, told.second] = told
    return tuple(found[key] for key in sorted(found))


def _overlap(meant: Meant, activity: Activity, near: int) -> Overlap | None:
    ours, theirs = meant.subject, activity.subject
    themes = _both(ours.themes, theirs.themes)
    if not themes or _parted(ours.weapons, theirs.weapons):
        return None
    days = days_between(ours, theirs)
    states = tuple(sorted(meant.states.intersection(activity.states)))
    regions = () if states else tuple(sorted(_areas(meant.states) & _areas(activity.states)))
    apart = bool(meant.states and activity.states) and not states and not regions
    if apart or (days is not None and days > near):
        return None
    types = _both(ours.types, theirs.types)
    return Overlap(
        activity.id,
        activity.title,
        activity.provider,
        activity.status,
        "same" if states and types else "near",
        themes,
        types,
        _both(ours.weapons, theirs.weapons),
        states,
        regions,
        days,
        activity.request is not None and activity.request == meant.request,
    )


def _closeness(one: Overlap) -> tuple[bool, bool, int, int, float, str]:
    days = float("inf") if one.days is None else one.days
    return not one.answers, one.degree != "same", -len(one.themes), -len(one.states), days, one.activity


def _twice(first: Offer | Activity, second: Offer | Activity) -> Twice | None:
    one, other = sorted((first, second), key=lambda record: record.id)
    ours, theirs = one.subject, other.subject
    alike = tuple(_alike(one, other))
    types, days = _both(ours.types, theirs.types), days_between(ours, theirs)
    for_one, for_other = meant_of(one).states, meant_of(other).states
    states = for_one & for_other
    apart = bool(for_one and for_other) and not states
    parted = _parted(ours.types, theirs.types) or _parted(ours.weapons, theirs.weapons) or bool(days)
    if not alike or apart or parted:
        return None
    kind: Literal["offer", "activity"] = "offer" if isinstance(one, Offer) else "activity"
    return Twice(kind, one.id, other.id, alike, _both(ours.themes, theirs.themes), types, tuple(sorted(states)))


def _alike(one: Offer | Activity, other: Offer | Activity) -> Iterator[Literal["provider", "title"]]:
    if _plain(one.provider) == _plain(other.provider):
        yield "provider"
    if _plain(one.title) == _plain(other.title):
        yield "title"


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def days_between(one: Subject, other: Subject) -> int | None:
    """Days between two periods, 0 where they meet; None where either names no day at all. An open end goes on."""
    if not (one.since or one.until) or not (other.since or other.until):
        return None
    late = max(one.since or dt.date.min, other.since or dt.date.min)
    early = min(one.until or dt.date.max, other.until or dt.date.max)
    return max((late - early).days, 0)


def _both(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in ours if one in theirs)


def _parted(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both sides name something, but nothing together."""
    return bool(ours and theirs) and not _both(ours, theirs)


def _areas(states: Iterable[str]) -> frozenset[str]:
    return frozenset(_area()[state] for state in states if state in _area())


@cache
def _area() -> dict[str, str]:
    """The smallest region of M49 each State lies in."""
    named = ((one.iso3, one.m49_intermediate or one.m49_subregion) for one in reference.states())
    return {code: area for code, area in named if area}
