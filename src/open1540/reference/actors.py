"""Organisations, bodies, regimes, groups, classes, regions, places and office-holders, with names in six languages."""

from functools import cache

import msgspec

from open1540.reference import labels
from open1540.reference.facts import rows
from open1540.reference.states import NAMES, states
from open1540.vocabulary import Confidence, UnknownCode

LABELS = "actors/labels.csv"


class Actor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An actor other than a State; ``parent`` is the body or State it belongs to."""

    id: str
    type: str
    parent: str | None
    since: str | None
    until: str | None
    source: str
    as_of: str
    confidence: Confidence
    note: str | None


@cache
def _all() -> dict[str, Actor]:
    return {row.id: row for row in rows("actors/actors.csv", Actor)}


def actors() -> tuple[Actor, ...]:
    """Every actor on record."""
    return tuple(_all().values())


def actor(actor_id: str) -> Actor:
    """The actor with this id. Raises UnknownCode where there is none."""
    try:
        return _all()[actor_id]
    except KeyError:
        raise UnknownCode(
            f"actor {actor_id!r}",
            expected="an actor of the facts, such as IAEA or UN.SC.1540COMMITTEE",
            where="facts/actors/actors.csv",
            remedy="run `open1540 facts list actors`",
        ) from None


def actor_labels(language: str) -> tuple[tuple[str, str, str], ...]:
    """(label, actor id, kind) in a language, States included."""
    return (*labels.in_language(NAMES, language), *labels.in_language(LABELS, language))


def actor_name(actor_id: str, language: str = "en") -> str | None:
    """What an actor or State is called in a language, in English where it has no name there, or None."""
    known = labels.preferred(LABELS), labels.preferred(NAMES)
    return next((name for told in (language, "en") for table in known if (name := table.get((actor_id, told)))), None)


def actor_type(actor_id: str) -> str:
    """``State`` for States, the recorded type for other actors, ``body`` for those a text founds itself."""
    if actor_id in {state.iso3 for state in states()}:
        return "State"
    known = _all().get(actor_id)
    if known:
        return known.type
    return "person" if actor_id.startswith("PERSON:") else "body"
