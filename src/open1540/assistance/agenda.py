"""The agenda of an event: shared gaps, practice on record, the provider and what is expected, each with where it is written.

The texts stand in the facts in six languages; here they are only put together for the working languages of the event.
"""

import datetime as dt

import msgspec

from open1540 import reference
from open1540.assistance.regional import Asked, Event, Need, Practice
from open1540.assistance.regional.measures import meets
from open1540.vocabulary import UnknownCode


class SharedGap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What participants need under a theme; those who ask or have it blank, with where that is written."""

    theme: str
    titles: dict[str, str]
    states: tuple[str, ...]
    fields: tuple[str, ...]
    needs: tuple[Need, ...]
    practices: tuple[Practice, ...]


class Giver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The provider, and what has to be asked because the offer does not say it: ``types``, ``languages``, ``capacity``."""

    offer: str
    provider: str
    title: str
    conditions: str
    source: str
    to_ask: tuple[str, ...]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the agenda and its titles in the working languages."""

    id: str
    titles: dict[str, str]


class Agenda(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agenda as a record that a report writes out.

    Attributes:
        type_titles: what kind of event it is; outcomes: what is expected; both by working language.
        states: names of the participants by code and working language; speaks: which working languages each can follow.
        gaps: by theme, those that most States share first; the fewest a theme needs to be shared is two.
        single: themes only one participant needs.
    """

    event: str
    format: str
    type_titles: dict[str, str]
    languages: tuple[str, ...]
    since: dt.date
    until: dt.date
    days: int
    host: str
    states: dict[str, dict[str, str]]
    speaks: dict[str, tuple[str, ...]]
    parts: tuple[Part, ...]
    gaps: tuple[SharedGap, ...]
    single: tuple[SharedGap, ...]
    giver: Giver | None
    outcomes: dict[str, str]


SHARED = 2


def agenda(asked: Asked, event: Event, titles: dict[str, dict[str, str]] | None = None) -> Agenda:
    """The agenda of an event of a plan.

    Arguments:
        titles: of themes by id and language, for themes that are not of ``facts/themes.yaml``; without them their id stands.
    """
    held = asked.format(event.format)
    block = {one.id: one for one in asked.blocks}[event.block]
    gaps = sorted(
        (_gap(asked, event, theme, titles or {}) for theme in event.themes),
        key=lambda one: (-len(one.states), one.theme),
    )
    return Agenda(
        event.id,
        event.format,
        _in(event, reference.assistance_type(held.type).titles),
        event.languages,
        block.since,
        block.until,
        held.days,
        event.host,
        {
            code: {language: reference.state(code).name(language) for language in event.languages}
            for code in event.states
        },
        {code: tuple(one for one in event.languages if one in asked.spoken(code)) for code in event.states},
        tuple(
            Part(part.id, _in(event, part.titles))
            for part in reference.agenda_parts()
            if event.offer or part.id != "providers"
        ),
        tuple(one for one in gaps if len(one.states) >= SHARED),
        tuple(one for one in gaps if len(one.states) < SHARED),
        _giver(asked, event),
        _in(event, held.outcomes),
    )


def _gap(asked: Asked, event: Event, theme: str, titles: dict[str, dict[str, str]]) -> SharedGap:
    needs = sorted(
        (need for need in asked.needs if need.theme == theme and meets(asked, event, need)),
        key=lambda need: (need.state, need.source),
    )
    practices = sorted(
        (one for one in asked.practices if one.theme == theme and one.state in event.states),
        key=lambda one: (one.state, one.citation),
    )
    fields = sorted({field for need in needs for field in need.fields})
    states = tuple(dict.fromkeys(need.state for need in needs))
    return SharedGap(theme, _in(event, _titles(theme, titles)), states, tuple(fields), tuple(needs), tuple(practices))


def _titles(theme: str, titles: dict[str, dict[str, str]]) -> dict[str, str]:
    if theme in titles:
        return titles[theme]
    try:
        return reference.theme(theme).titles
    except UnknownCode:
        return dict.fromkeys(reference.LANGUAGES, theme)


def _in(event: Event, titles: dict[str, str]) -> dict[str, str]:
    return {language: titles[language] for language in event.languages}


def _giver(asked: Asked, event: Event) -> Giver | None:
    if event.offer is None:
        return None
    offer = {one.id: one for one in asked.offers}[event.offer]
    said = {"types": offer.subject.types, "languages": offer.subject.languages, "capacity": offer.capacity}
    return Giver(
        offer.id,
        offer.provider,
        offer.title,
        offer.conditions,
        offer.source,
        tuple(name for name, value in said.items() if not value),
    )
