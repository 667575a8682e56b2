"""Columns of tables of offers and activities, and names of regions, in six languages."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence

COLUMNS, REGIONS = "assistance/columns.yaml", "assistance/regions.yaml"
ColumnKind = Literal[
    "text", "state", "states", "regions", "choice", "fields", "day", "number", "provider", "status", "yes-no"
]
Exchanged = Literal["offer", "activity"]


class OfferColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column.

    Attributes:
        id: the attribute of an offer or activity, ``subject.themes`` for one of its subject.
        kind: what a cell holds; of: which tables have it.
        titles: its heading by language; also: other words for it in any language.
    """

    id: str
    kind: ColumnKind
    titles: dict[str, str]
    also: tuple[str, ...] = ()
    of: tuple[Exchanged, ...] = ("offer", "activity")


class NamedRegion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region or regional group with its names by language, and its code in M49 where it has one."""

    name: str
    titles: dict[str, str]
    m49: str | None = None


class _Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    columns: tuple[OfferColumn, ...]
    providers: dict[str, dict[str, str]]
    statuses: dict[str, dict[str, str]]
    weapons: dict[str, tuple[str, ...]]


class _Regions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    regions: tuple[NamedRegion, ...]


@cache
def _columns() -> _Columns:
    return tree(COLUMNS, _Columns)


def offer_columns(kind: Exchanged) -> tuple[OfferColumn, ...]:
    """The columns of a table of offers or of activities, in order."""
    return tuple(column for column in _columns().columns if kind in column.of)


def provider_kinds() -> dict[str, dict[str, str]]:
    """Sorts of providers with their titles by language."""
    return _columns().providers


def activity_statuses() -> dict[str, dict[str, str]]:
    """What an activity can stand at, with titles by language."""
    return _columns().statuses


def weapon_words() -> dict[str, tuple[str, ...]]:
    """Short words by which lists kept elsewhere name the classes of weapons, besides their titles."""
    return _columns().weapons


@cache
def named_regions() -> tuple[NamedRegion, ...]:
    """Every region and group, with names in six languages."""
    return tree(REGIONS, _Regions).regions
