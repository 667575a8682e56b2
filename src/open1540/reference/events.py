"""Formats of meetings between States, as assumptions a user replaces, and the parts of their agendas."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, UnknownCode

FILE = "assistance/events.yaml"


class Costs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Prices in one currency of the user's choice.

    Attributes:
        venue, expert, interpretation: by the day; interpretation for each working language after the first.
        daily: of one delegate, by the day.
        kilometre: of one delegate, by the kilometre; there and back are counted.
    """

    venue: float
    expert: float
    interpretation: float
    daily: float
    kilometre: float


class Format(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A format of meeting.

    Attributes:
        type: the kind of assistance it is, of ``facts/assistance/types.yaml``.
        participants: fewest and most States.
        days: how long it lasts; delegates: how many each State sends; experts: how many must be there.
        provider: whether a provider must give it.
        outcomes: what is expected of it, by language.
    """

    id: str
    type: str
    participants: tuple[int, int]
    days: int
    delegates: int
    experts: int
    provider: bool
    costs: Costs
    outcomes: dict[str, str]


class AgendaPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an agenda with its titles by language."""

    id: str
    titles: dict[str, str]


class _Events(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    assumption: bool
    formats: tuple[Format, ...]
    parts: tuple[AgendaPart, ...]


@cache
def _tree() -> _Events:
    return tree(FILE, _Events)


def event_formats() -> tuple[Format, ...]:
    """Every format; its numbers are the editors' assumptions."""
    return _tree().formats


def event_format(format_id: str) -> Format:
    """The format with this id. Raises UnknownCode where there is none."""
    for known in event_formats():
        if known.id == format_id:
            return known
    raise UnknownCode(
        f"format {format_id!r}",
        expected="one of " + ", ".join(known.id for known in event_formats()),
        where="formats",
        remedy="choose one of these",
    )


def agenda_parts() -> tuple[AgendaPart, ...]:
    """The parts of an agenda, in their order."""
    return _tree().parts
