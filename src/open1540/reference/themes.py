"""Themes that group the rows of the matrix as the Committee speaks of them: prohibitions, border controls, transit ..."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import tree
from open1540.reference.templates import fields_matching
from open1540.vocabulary import Confidence, UnknownCode

FILE = "themes.yaml"


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A theme.

    Attributes:
        titles: by language.
        obligations: obligations of resolution 1540 it bears on.
        topics: topics of documents and requests that speak of it.
        fields: patterns of the matrix fields it groups, ``*`` for any part.
    """

    id: str
    titles: dict[str, str]
    obligations: tuple[str, ...]
    topics: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def source(self) -> str:
        """The source of the grouping."""
        return _tree().source

    def title(self, language: str = "en") -> str:
        """The title in one of the six languages."""
        return self.titles[language]

    def matching(self) -> frozenset[str]:
        """The ids of its fields, of all templates."""
        return fields_matching(self.fields)


class _Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    themes: tuple[Theme, ...]


@cache
def _tree() -> _Tree:
    return tree(FILE, _Tree)


def themes() -> tuple[Theme, ...]:
    """Every theme."""
    return _tree().themes


def theme(theme_id: str) -> Theme:
    """The theme with this id. Raises UnknownCode where there is none."""
    for known in themes():
        if known.id == theme_id:
            return known
    raise UnknownCode(
        f"theme {theme_id!r}",
        expected="one of " + ", ".join(known.id for known in themes()),
        where=f"facts/{FILE}",
        remedy="choose one of these",
    )


def themes_of(field: str) -> tuple[Theme, ...]:
    """The themes a matrix field belongs to; none for a field nobody knows and for most of section I."""
    return _by_field().get(field, ())


def themes_about(topic: str) -> tuple[Theme, ...]:
    """The themes a topic of a document or a request speaks of; none for a topic of another subject."""
    return tuple(known for known in themes() if topic in known.topics)


@cache
def _by_field() -> dict[str, tuple[Theme, ...]]:
    found: dict[str, tuple[Theme, ...]] = {}
    for known in themes():
        for field in known.matching():
            found[field] = (*found.get(field, ()), known)
    return found
