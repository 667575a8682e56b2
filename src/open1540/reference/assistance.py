"""Requests for assistance and offers of it, as far as public copies of the Committee's pages show them."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import rows, tree
from open1540.reference.states import state as find_state
from open1540.vocabulary import Confidence, UnknownCode

REQUESTS = "states/assistance_requests.csv"
PROVIDERS = "states/assistance_providers.csv"
TYPES = "assistance/types.yaml"


class RequestRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the table of requests; ``topics`` are topic ids with ``;`` between."""

    state: str | None
    requester: str
    requested_on: str | None
    subject: str
    topics: str | None
    source: str
    as_of: str
    confidence: Confidence


class AssistanceRequest(msgspec.Struct, frozen=True):
    """A request to the Committee.

    Attributes:
        state: ISO code of the State that asks; None for a regional organisation.
        requester: who asks, as the source names it.
        requested_on: the day, where the source tells it.
        subject: what is asked for, in few words.
        topics: topics the subject names; none means that the source does not say, not that nothing was asked.
        as_of: the day, month or year the source speaks of, in its own words.
    """

    state: str | None
    requester: str
    requested_on: str | None
    subject: str
    topics: tuple[str, ...]
    source: str
    as_of: str
    confidence: Confidence


class AssistanceProvider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A State or organisation that offers assistance, and what the source says it offers."""

    state: str | None
    provider: str
    type: str
    content: str
    source: str
    confidence: Confidence


class AssistanceType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of assistance with its titles by language; ``group`` where States come together for it."""

    id: str
    titles: dict[str, str]
    group: bool = False


class _Types(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    types: tuple[AssistanceType, ...]


@cache
def assistance_types() -> tuple[AssistanceType, ...]:
    """Every kind of assistance, in the order of the table."""
    return tree(TYPES, _Types).types


def assistance_type(type_id: str) -> AssistanceType:
    """The kind of assistance with this id. Raises UnknownCode where there is none."""
    for known in assistance_types():
        if known.id == type_id:
            return known
    raise UnknownCode(
        f"kind of assistance {type_id!r}",
        expected="one of " + ", ".join(known.id for known in assistance_types()),
        where="type",
        remedy="choose one of these",
    )


def assistance_requests(state: str | None = None) -> tuple[AssistanceRequest, ...]:
    """The requests on record, all of them or those of one State, in the order of the table.

    Raises UnknownCode for a State nobody knows.
    """
    code = find_state(state).iso3 if state else None
    return tuple(request for request in _requests() if code is None or request.state == code)


@cache
def assistance_providers() -> tuple[AssistanceProvider, ...]:
    """Those who offer assistance."""
    return rows(PROVIDERS, AssistanceProvider)


@cache
def _requests() -> tuple[AssistanceRequest, ...]:
    return tuple(
        AssistanceRequest(
            row.state,
            row.requester,
            row.requested_on,
            row.subject,
            tuple(row.topics.split(";")) if row.topics else (),
            row.source,
            row.as_of,
            row.confidence,
        )
        for row in rows(REQUESTS, RequestRow)
    )
