"""Member States and observers of the United Nations, with their names as of a date."""

import datetime as dt
import difflib
from functools import cache
from typing import Literal

import msgspec

from open1540.reference import labels
from open1540.reference.facts import rows
from open1540.vocabulary import Confidence, UnknownCode

NAMES = "states/names.csv"


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A Member State or observer State.

    Attributes:
        iso3, iso2, m49: ISO 3166-1 and United Nations M49 codes, as text.
        regional_group: regional group of the General Assembly; None where a State belongs to none.
        un_languages: official languages of the United Nations among the State's own, ISO 639-1, separated by ``;``.
        admitted_on: day of admission to the United Nations; None for observers.
    """

    iso3: str
    iso2: str
    m49: str
    un_status: Literal["member", "observer"]
    regional_group: str | None
    m49_region: str | None
    m49_subregion: str | None
    m49_intermediate: str | None
    un_languages: str | None
    admitted_on: dt.date | None
    source: str
    as_of: str
    confidence: Confidence

    def name(self, language: str = "en", on: dt.date | None = None) -> str:
        """The short name the United Nations uses, or used on that day, in one of the six languages."""
        if on:
            for former in former_names():
                if former.id == self.iso3 and former.lang == language and former.held_on(on):
                    return former.label
        return labels.preferred(NAMES)[self.iso3, language]

    def names(self) -> tuple[labels.Label, ...]:
        """Every name on record: preferred, formal, variant and inflected forms in six languages."""
        return tuple(row for row in labels.table(NAMES) if row.id == self.iso3)


class FormerName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name a State once had, with the last day of its use."""

    id: str
    lang: str
    label: str
    since: dt.date | None
    until: dt.date | None
    source: str
    as_of: str
    confidence: Confidence

    def held_on(self, day: dt.date) -> bool:
        """Whether the State bore the name on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def former_names() -> tuple[FormerName, ...]:
    """Former names of States."""
    return rows("states/former_names.csv", FormerName)


class AmbiguousName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name of a State that also means something else: a word, a river, a city, a part of longer words.

    Attributes:
        lang, label: the name, as ``states/names.csv`` has it.
        reason: what else it means.
        not_in: longer phrases that hold the name without meaning the State, with ``;`` between.
        only_after: words one of which must stand before the name for it to mean the State, with ``;`` between.
    """

    lang: str
    label: str
    reason: str
    not_in: str | None
    only_after: str | None = None


def ambiguous_names(language: str | None = None) -> tuple[AmbiguousName, ...]:
    """Names of States that need their context to be understood, in one language or in all."""
    everything = rows("states/ambiguous.csv", AmbiguousName)
    return tuple(name for name in everything if language in (None, name.lang))


@cache
def _all() -> dict[str, State]:
    return {state.iso3: state for state in rows("states/states.csv", State)}


def states(on: dt.date | None = None) -> tuple[State, ...]:
    """All Member States and observers; with a date, only the members admitted by then and the observers."""
    everyone = tuple(_all().values())
    if on is None:
        return everyone
    return tuple(s for s in everyone if s.admitted_on is None or s.admitted_on <= on)


def state(code: str) -> State:
    """The State with this ISO 3166-1 code (two or three letters), M49 code or name in any of the six languages.

    Raises UnknownCode with the nearest names where there is none.
    """
    known = _by_code().get(code.strip().upper()) or _by_name().get(labels.folded(code))
    if known is None:
        near = difflib.get_close_matches(labels.folded(code), _by_name(), n=3)
        hint = ", ".join(sorted({f"{_by_name()[name].iso3} ({_by_name()[name].name()})" for name in near}))
        raise UnknownCode(
            f"State {code!r}",
            expected="an ISO 3166-1 code, an M49 code or a name of a State",
            where="State",
            remedy=f"did you mean {hint}?" if hint else "use a code such as FRA",
        )
    return known


@cache
def _by_code() -> dict[str, State]:
    return {code: s for s in _all().values() for code in (s.iso3, s.iso2, s.m49)}


@cache
def _by_name() -> dict[str, State]:
    everyone = _all()
    former = {labels.folded(row.label): everyone[row.id] for row in former_names()}
    return former | {labels.folded(row.label): everyone[row.id] for row in labels.table(NAMES)}


@cache
def regions() -> dict[str, frozenset[str]]:
    """Regional groups of the General Assembly and regions of M49 of every size, each with its States, by name."""
    found: dict[str, set[str]] = {}
    for known in _all().values():
        for name in (known.regional_group, known.m49_region, known.m49_subregion, known.m49_intermediate):
            if name:
                found.setdefault(name, set()).add(known.iso3)
    return {name: frozenset(members) for name, members in sorted(found.items())}
