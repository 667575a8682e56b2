"""The facts as lists: searched, narrowed, as of a day, with what hangs together; the pages and the API show the same."""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

import msgspec

from open1540 import reference
from open1540.matrix.section_one import meaning
from open1540.reference import (
    Actor,
    Field,
    Instrument,
    Obligation,
    Pathway,
    Resolution,
    Status,
    Theme,
    Topic,
    facts,
    labels,
)
from open1540.reference.actors import LABELS as ACTOR_LABELS
from open1540.reference.status import LABELS as INSTRUMENT_LABELS
from open1540.reference.status import Record, records
from open1540.reference.topics import LABELS as TOPIC_LABELS
from open1540.vocabulary import Source, UnknownCode
from open1540.workflows.facts import as_day
from open1540.workflows.overview import Shade, World, world_of_instrument

Labels = dict[str, dict[str, tuple[str, ...]]]


class InstrumentRow(msgspec.Struct, frozen=True):
    """An instrument with how many States stand how on a day; ``disputed`` counts those other sources say otherwise of."""

    instrument: Instrument
    numbers: dict[Shade, int]
    disputed: int


class Joined(msgspec.Struct, frozen=True):
    """A year in which States joined, the States, and how many had joined by its end and are still in."""

    year: int
    states: tuple[str, ...]
    total: int


class ActorRow(msgspec.Struct, frozen=True):
    """An actor with its names by language, the preferred one first."""

    actor: Actor
    names: dict[str, tuple[str, ...]]


class TopicRow(msgspec.Struct, frozen=True):
    """A topic with its labels by language, the preferred one first, and the narrower topics."""

    topic: Topic
    names: dict[str, tuple[str, ...]]
    narrower: tuple[str, ...]


class TemplateRow(msgspec.Struct, frozen=True):
    """A generation of the matrix with how many fields it has and how many of them were not read in a source."""

    id: str
    title: str
    in_use_since: str
    in_use_until: str | None
    fields: int
    reconstructed: int
    source: str
    as_of: dt.date
    note: str


class Crossing(msgspec.Struct, frozen=True):
    """A field of one template with a field of the other; ``to_field`` is None for one that was dropped, ``from_field`` for a new one."""

    from_field: str | None
    to_field: str | None
    relation: str
    note: str
    source: str


class SourceRow(msgspec.Struct, frozen=True):
    """A source with the tables that rest on it and how many rows of each do."""

    source: Source
    used_in: dict[str, int]

    @property
    def uses(self) -> int:
        """How many rows of the facts rest on it."""
        return sum(self.used_in.values())


def instruments(*, on: str | None = None, words: str = "", kind: str = "") -> tuple[InstrumentRow, ...]:
    """Instruments with how many States stand how on a day.

    Arguments:
        on: ISO day, default today. words: in any name in any language. kind: treaty, regime, organisation ...
    """
    day = as_day(on or None) or dt.date.today()
    names = names_of(INSTRUMENT_LABELS)
    found = (
        one
        for one in reference.instruments()
        if kind in ("", one.kind) and _holds(words, [one.id, one.title, *_all_names(names.get(one.id, {}))])
    )
    return tuple(_row(one, day) for one in found)


def instrument_statuses(
    instrument_id: str, *, on: str | None = None, shade: str = "", words: str = "", disputed: bool = False
) -> tuple[Status, ...]:
    """The status of every State to an instrument on a day.

    Arguments:
        shade: only these: bound, signed, disagree, none, unknown. words: in the State's name, in any language.
        disputed: only States of which sources say different things.

    Raises UnknownCode where there is no such instrument.
    """
    wanted = reference.instrument(instrument_id).id
    day = as_day(on or None) or dt.date.today()
    shades = {one.state: one.shade for one in world_of_instrument(wanted, day).states}
    return tuple(
        status
        for status in _statuses(wanted, day)
        if shade in ("", shades[status.state])
        and (not disputed or is_disputed(status))
        and (
            not words or _holds(words, [status.state, *(name.label for name in reference.state(status.state).names())])
        )
    )


def world_on(instrument_id: str, on: str | None = None) -> World:
    """An instrument, State by State, on a day (ISO, default today). Raises UnknownCode where there is none."""
    return world_of_instrument(reference.instrument(instrument_id).id, as_day(on or None) or dt.date.today())


def is_disputed(status: Status) -> bool:
    """Whether sources say different things of a State: other words, or another year."""
    shown = status.shown
    return status.value == "sources_disagree" or (
        shown is not None and any(_differs(shown, other) for other in status.others)
    )


def joined(instrument_id: str) -> tuple[tuple[Joined, ...], tuple[str, ...]]:
    """Year by year the States that are in and since when; then those that are in without a date on record."""
    wanted = reference.instrument(instrument_id).id
    years: dict[int, list[str]] = {}
    undated = []
    for status in _statuses(wanted, None):
        if status.shown is None or meaning(status.value, wanted).code != "X":
            continue
        if status.shown.since:
            years.setdefault(int(status.shown.since[:4]), []).append(status.state)
        else:
            undated.append(status.state)
    told, total = [], 0
    for year in sorted(years):
        total += len(years[year])
        told.append(Joined(year, tuple(sorted(years[year])), total))
    return tuple(told), tuple(undated)


def resolutions(*, words: str = "", body: str = "") -> tuple[Resolution, ...]:
    """Resolutions, the latest first. ``body``: only those that give this actor a mandate."""
    found = (
        one
        for one in reversed(reference.resolutions())
        if (not body or body in one.bodies) and _holds(words, [one.symbol, one.subject, one.effect or ""])
    )
    return tuple(sorted(found, key=lambda one: one.adopted_on, reverse=True))


def lineage(body: str) -> tuple[Resolution, ...]:
    """The resolutions that created and extended a body's mandate, the first first."""
    return tuple(sorted((one for one in reference.resolutions() if body in one.bodies), key=lambda one: one.adopted_on))


def obligations(*, on: str | None = None, words: str = "") -> tuple[Obligation, ...]:
    """Obligations of resolution 1540 in force on a day; ``words`` anywhere in id, titles or summary."""
    return tuple(
        one
        for one in reference.obligations(as_day(on or None))
        if _holds(words, [one.id, one.summary, *one.titles.values()])
    )


def topics(*, words: str = "") -> tuple[TopicRow, ...]:
    """Topics; ``words`` in any label in any language, or in the scope note."""
    names = names_of(TOPIC_LABELS)
    return tuple(
        topic(one.id)
        for one in reference.topics()
        if _holds(words, [one.id, one.scope_note, *_all_names(names.get(one.id, {}))])
    )


def topic(topic_id: str) -> TopicRow:
    """A topic with its labels. Raises UnknownCode where there is none."""
    known = reference.topic(topic_id)
    narrower = tuple(one.id for one in reference.topics() if known.id in one.broader)
    return TopicRow(known, names_of(TOPIC_LABELS).get(known.id, {}), narrower)


def actors(*, words: str = "", kind: str = "") -> tuple[ActorRow, ...]:
    """Actors other than States; ``words`` in any name in any language, ``kind`` as the facts call it."""
    names = names_of(ACTOR_LABELS)
    return tuple(
        ActorRow(one, names.get(one.id, {}))
        for one in reference.actors()
        if kind in ("", one.type) and _holds(words, [one.id, *_all_names(names.get(one.id, {}))])
    )


def actor(actor_id: str) -> ActorRow:
    """An actor with its names. Raises UnknownCode where there is none."""
    known = reference.actor(actor_id)
    return ActorRow(known, names_of(ACTOR_LABELS).get(known.id, {}))


def templates() -> tuple[TemplateRow, ...]:
    """Generations of the matrix."""
    return tuple(
        TemplateRow(
            one.id,
            one.title,
            one.in_use_since,
            one.in_use_until,
            len(one.fields),
            sum(field.reconstructed for field in one.fields),
            one.source,
            one.as_of,
            one.note,
        )
        for one in reference.templates()
    )


def fields(template_id: str, *, words: str = "", section: str = "") -> tuple[Field, ...]:
    """Fields of a template; ``words`` in id or label in any language. Raises UnknownCode where there is no such template."""
    return tuple(
        field
        for field in reference.template(template_id).fields
        if section in ("", field.section)
        and (not words or _holds(words, [field.field, field.label, *(field.title(one) for one in reference.LANGUAGES)]))
    )


def crossings(from_template: str, to_template: str, *, words: str = "", relation: str = "") -> tuple[Crossing, ...]:
    """Which field of one template says what a field of another said; those without a counterpart too."""
    table = reference.crosswalk(from_template, to_template)
    found = [
        Crossing(field, link.field, link.relation, link.note, link.source)
        for field, links in table.links.items()
        for link in links
    ]
    found += [Crossing(field, None, "dropped", "", "") for field in table.dropped]
    found += [Crossing(None, field, "new", "", "") for field in table.new]
    return tuple(
        one
        for one in found
        if relation in ("", one.relation) and _holds(words, [one.from_field or "", one.to_field or "", one.note])
    )


def themes(*, words: str = "") -> tuple[Theme, ...]:
    """Themes of the matrix."""
    return tuple(one for one in reference.themes() if _holds(words, [one.id, *one.titles.values()]))


def pathways(*, words: str = "") -> tuple[Pathway, ...]:
    """Threat pathways."""
    return tuple(one for one in reference.pathways() if _holds(words, [one.id, one.summary, *one.titles.values()]))


def sources(*, words: str = "", kind: str = "") -> tuple[SourceRow, ...]:
    """Sources, those most rests on first, each with what rests on it."""
    used = _uses()
    found = (
        SourceRow(one, used.get(one.id, {}))
        for one in reference.sources().values()
        if kind in ("", one.kind) and _holds(words, [one.id, one.title, one.locator, one.note or ""])
    )
    return tuple(sorted(found, key=lambda row: (-row.uses, row.source.title.casefold())))


def source(source_id: str) -> SourceRow:
    """A source with what rests on it. Raises UnknownCode where there is none."""
    known = reference.sources().get(source_id)
    if known is None:
        raise UnknownCode(
            f"source {source_id!r}",
            expected="the id of a source on record",
            where="facts/sources",
            remedy="choose one that is listed",
        )
    return SourceRow(known, _uses().get(known.id, {}))


def said_by(source_id: str) -> tuple[Record, ...]:
    """What a source says of States and instruments."""
    return tuple(record for record in records() if record.source == source_id)


@cache
def names_of(table: str) -> Labels:
    """Every name of a table of labels: by id and language; the preferred one comes first."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in sorted(labels.table(table), key=lambda row: row.kind != "preferred"):
        if row.kind in ("preferred", "formal", "variant", "former"):
            found.setdefault(row.id, {}).setdefault(row.lang, []).append(row.label)
    return {key: {language: tuple(names) for language, names in told.items()} for key, told in found.items()}


def _row(instrument: Instrument, day: dt.date) -> InstrumentRow:
    numbers = world_of_instrument(instrument.id, day).numbers()
    return InstrumentRow(instrument, numbers, sum(is_disputed(status) for status in _statuses(instrument.id, day)))


@lru_cache(512)
def _statuses(instrument: str, day: dt.date | None) -> tuple[Status, ...]:
    return tuple(reference.status(state.iso3, instrument, day) for state in reference.states(day))


def _differs(shown: Record, other: Record) -> bool:
    if shown.status != other.status:
        return True
    return bool(shown.since and other.since and shown.since[:4] != other.since[:4])


@cache
def _uses() -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for path in facts.all_paths(".csv"):
        header, *lines = facts.cells(path)
        if "source" in header and not path.startswith("sources/"):
            at = header.index("source")
            for line in lines:
                for one in line[at].split(";"):
                    found.setdefault(one, Counter())[path] += 1
    for path in facts.all_paths(".yaml"):
        top, _ = facts.outline(path)
        if top.get("source"):
            found.setdefault(top["source"], Counter())[path] += 1
    return {key: dict(told) for key, told in found.items()}


def _all_names(names: dict[str, tuple[str, ...]]) -> Iterable[str]:
    return (name for told in names.values() for name in told)


def _holds(words: str, texts: Iterable[str]) -> bool:
    """Whether every word stands in one of the texts; without case, accents and vowel signs."""
    wanted = _folded(words).split()
    if not wanted:
        return True
    searched = "\n".join(_folded(text) for text in texts)
    return all(word in searched for word in wanted)


@lru_cache(20_000)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
