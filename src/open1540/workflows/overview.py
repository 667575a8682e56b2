"""What the first page shows: a map of one instrument or field, how much there is, what falls due, what changed lately."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import Lock
from typing import Literal

import msgspec

from open1540 import reference
from open1540.matrix.crosswalk import carry
from open1540.matrix.record import Version, standing_template
from open1540.matrix.section_one import meaning, section_one
from open1540.reference.calendar import Due, due
from open1540.reference.status import Status
from open1540.store import Figures, ReadingSize, Store
from open1540.vocabulary import BadInput, Code, UnknownCode
from open1540.workflows.brief import UPCOMING
from open1540.workflows.database import opened
from open1540.workflows.facts import as_day
from open1540.workflows.log import seen
from open1540.workflows.permissions import Person, table

__all__ = ["Figures"]

DEFAULT = "BWC"
Shade = Literal["bound", "signed", "disagree", "none", "recorded", "unclear", "not applicable", "unknown"]
SHADES: dict[Literal["instrument", "field"], tuple[Shade, ...]] = {
    "instrument": ("bound", "signed", "disagree", "none", "unknown"),
    "field": ("recorded", "unclear", "not applicable", "unknown"),
}
_OF_CODE: dict[Code, Shade] = {"X": "recorded", "?": "unclear", "NA": "not applicable", "": "unknown"}
_OF_STATUS: dict[Code, Shade] = {"X": "bound", "?": "signed", "NA": "none", "": "none"}
# How far ahead is looked where nobody says, and how far anybody may look.
AHEAD, FARTHEST = dt.timedelta(days=3 * 365), dt.timedelta(days=30 * 366)
# Codes of a few days as a few roles are shown them, some 600 kB each.
_KEPT_RECORDS = 16
_KEPT_READINGS = 50_000
# A hundred readers who ask at once wait for one answer instead of working out a hundred.
_one_at_a_time = Lock()


class Shown(msgspec.Struct, frozen=True):
    """What is on record of one State.

    Attributes:
        value: the source's own word on the status, or the code of the entry.
        since: day or year of consent; as_of: the day the source or the version speaks of; both None where unknown.
        source: id of the source of a status; version: number of the version an entry stands in.
    """

    state: str
    shade: Shade
    value: str
    since: str | None = None
    as_of: str | None = None
    source: str | None = None
    version: int | None = None


class World(msgspec.Struct, frozen=True):
    """One instrument or one field, for every State there was on a day, in the order of their codes."""

    id: str
    kind: Literal["instrument", "field"]
    on: dt.date
    states: tuple[Shown, ...]

    def numbers(self) -> dict[Shade, int]:
        """How many States have each shade."""
        return {shade: sum(one.shade == shade for one in self.states) for shade in SHADES[self.kind]}


class Ahead(msgspec.Struct, frozen=True):
    """Something that falls due: asked by a resolution, or said in a document the person is shown.

    Attributes:
        day: ISO; the last day of a month, season or range. written: the date as facts or document give it.
        title: by language, for what a resolution asks; text: the words of a document.
        bodies: ids of the actors concerned. resolution, paragraph; document, name: where it stands.
    """

    day: str
    written: str
    kind: str
    title: dict[str, str] = {}
    text: str = ""
    bodies: tuple[str, ...] = ()
    resolution: str | None = None
    paragraph: str | None = None
    document: str | None = None
    name: str | None = None
    start: int = 0


class _Date(msgspec.Struct, frozen=True):
    value: str
    role: str
    surface: str
    start: int


class _Dates(msgspec.Struct, frozen=True):
    """Of a reading only its dates; all else is passed over."""

    dates: tuple[_Date, ...] = ()


def world(show: str, *, database_url: str | None, who: Person, on: str | None = None) -> World:
    """An instrument, or a field of the matrix, State by State, as a person is shown it.

    Arguments:
        show: id of the instrument or field.
        on: the day asked about, ISO; default today.

    Raises UnknownCode where there is no such instrument or field, BadInput for a day that is none.
    """
    day = as_day(on or None) or dt.date.today()
    wanted = show.strip()
    instrument = next((one.id for one in reference.instruments() if one.id.casefold() == wanted.casefold()), None)
    if instrument:
        return world_of_instrument(instrument, day)
    field = next((one.field for one in standing_template().fields if one.field.casefold() == wanted.casefold()), None)
    if field is None:
        raise UnknownCode(
            f"{show!r} for a map",
            expected="an instrument such as CWC, or a field of the matrix such as OP2.CW.finance.legal",
            where="show",
            remedy="choose one that is listed",
        )
    return World(field, "field", day, _in_order(_entries(field, day, database_url, who)))


@lru_cache(512)
def world_of_instrument(instrument: str, day: dt.date) -> World:
    """An instrument, State by State, on a day; the same for everybody, since it rests on published facts."""
    found = (_participation(reference.status(state.iso3, instrument, day)) for state in reference.states(day))
    return World(instrument, "instrument", day, _in_order(found))


def figures(*, database_url: str | None, who: Person) -> Figures:
    """How much there is of what a person is shown."""
    return _figures(database_url, _changes(database_url), who.role, who.state)


def ahead(*, database_url: str | None, who: Person, since: dt.date, until: dt.date) -> tuple[Ahead, ...]:
    """What falls due from one day to another: mandates, reviews, and deadlines and plans in documents the person is shown."""
    with _one_at_a_time:
        return _ahead(database_url, _changes(database_url), who.role, who.state, since, until)


@lru_cache(_KEPT_RECORDS)
def _ahead(
    database_url: str | None, changes: int, role: str, own: str | None, since: dt.date, until: dt.date
) -> tuple[Ahead, ...]:
    asked = [_asked(one) for one in due(since, until)]
    everything = _said(database_url, changes, role, own)
    said = [one for one in everything if since.isoformat() <= one.day <= until.isoformat()]
    return tuple(sorted((*asked, *said), key=lambda one: (one.day, one.kind, one.name or "", one.start)))


def span(since: str, until: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day asked for; empty ones are today and three years on. Raises BadInput for days in no order."""
    first = as_day(since or None) or today
    last = as_day(until or None) or first + AHEAD
    if not first <= last <= first + FARTHEST:
        raise BadInput(
            f"from {first} until {last}",
            expected=f"a last day not before the first, and at most {FARTHEST.days // 366} years behind it",
            where="since, until",
            remedy="change one of the two days",
        )
    return first, last


def _participation(status: Status) -> Shown:
    record = status.shown
    if status.value == "unknown":
        return Shown(status.state, "unknown", status.value)
    disputed = status.value == "sources_disagree"
    shade: Shade = "disagree" if disputed else _OF_STATUS[meaning(status.value, status.instrument).code]
    if record is None:
        return Shown(status.state, shade, status.value)
    return Shown(status.state, shade, status.value, record.since, record.as_of, record.source)


def _entries(field: str, day: dt.date, database_url: str | None, who: Person) -> Iterator[Shown]:
    changes = _changes(database_url)
    with _one_at_a_time:
        codes = _codes(database_url, changes, day, who.role, who.state)
    for state in reference.states(day):
        number, as_of, by_field = codes.get(state.iso3) or (None, None, _facts_only(state.iso3, day))
        code = by_field.get(field, "")
        yield Shown(state.iso3, _OF_CODE[code], code, as_of=as_of, version=number)


def _changes(database_url: str | None) -> int:
    with opened(database_url) as store:
        return store.changes()


_Codes = dict[str, tuple[int, str, dict[str, Code]]]


@lru_cache(_KEPT_RECORDS)
def _codes(database_url: str | None, changes: int, day: dt.date, role: str, own: str | None) -> _Codes:
    """Of each State with a version to show its number, its day and what is recorded in each field that is not blank."""
    who = Person("", role, own)
    with opened(database_url) as store:
        return {version.state: _told(version) for version in _standing(store, day, who)}


def _standing(store: Store, day: dt.date, who: Person) -> Iterator[Version]:
    sees = who.sees
    if not sees.own:
        yield from (one for one, _ in store.versions_standing(day, sees.sees, withheld=sees.withheld))
        return
    # A point of contact sees its own State's drafts, and of the others what everybody sees.
    everyone = table().roles["reader"]
    if who.state:
        yield from (
            one for one, _ in store.versions_standing(day, sees.sees, withheld=sees.withheld, states=[who.state])
        )
    for one, _ in store.versions_standing(day, everyone.sees, withheld=everyone.withheld):
        if one.state != who.state:
            yield one


def _told(version: Version) -> tuple[int, str, dict[str, Code]]:
    entries = carry(version.entries, version.template, standing_template().id).entries
    return version.number, version.as_of.isoformat(), {entry.field: entry.code for entry in entries if entry.code}


@lru_cache(4096)
def _facts_only(state: str, day: dt.date) -> dict[str, Code]:
    return {entry.field: entry.code for entry in section_one(state, day, standing_template()) if entry.code}


def _in_order(found: Iterable[Shown]) -> tuple[Shown, ...]:
    return tuple(sorted(found, key=lambda one: one.state))


def _asked(one: Due) -> Ahead:
    return Ahead(
        day=one.day.isoformat(),
        written=one.day.isoformat(),
        kind=one.kind,
        title=one.titles,
        bodies=one.bodies,
        resolution=one.resolution,
        paragraph=one.paragraph,
    )


@lru_cache(_KEPT_RECORDS)
def _figures(database_url: str | None, changes: int, role: str, own: str | None) -> Figures:
    with opened(database_url) as store:
        return store.figures(seen(Person("", role, own)))


@lru_cache(_KEPT_RECORDS)
def _said(database_url: str | None, changes: int, role: str, own: str | None) -> tuple[Ahead, ...]:
    """The deadlines and planned days of every document a role is shown."""
    with opened(database_url) as store:
        documents = store.reading_sizes(seen(Person("", role, own)))
    return tuple(
        _of_document(document, date)
        for document in documents
        for date in _dates(database_url, document.id, document.reader, document.size)
    )


@lru_cache(_KEPT_READINGS)
def _dates(database_url: str | None, document: str, reader: str, size: int) -> tuple[_Date, ...]:
    """The deadlines and planned days of a document; read again where it was read otherwise."""
    with opened(database_url) as store:
        found = msgspec.json.decode(store.reading_json(document), type=_Dates)
    return tuple(date for date in found.dates if date.role in UPCOMING and _last_day(date.value))


def _of_document(document: ReadingSize, date: _Date) -> Ahead:
    return Ahead(
        day=_last_day(date.value) or date.value,
        written=date.value,
        kind=date.role,
        text=date.surface,
        document=document.id,
        name=document.title or document.symbol or document.name,
        start=date.start,
    )


def _last_day(value: str) -> str | None:
    """The last day of a date as ISO 8601 writes it (``2021``, ``2021-03``, ``2020-05-01/2020-06``); None for a duration."""
    end = value.rsplit("/", 1)[-1]
    try:
        match end.count("-"):
            case 0:
                return dt.date(int(end), 12, 31).isoformat()
            case 1:
                year, month = (int(part) for part in end.split("-"))
                return (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).isoformat()
            case _:
                return dt.date.fromisoformat(end).isoformat()
    except ValueError:
        return None
