"""Resolution 1540's operative paragraphs as a tree of obligations, in this project's own words."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, UnknownCode


class Obligation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One operative paragraph or point.

    Attributes:
        id: ``OP3(d)`` and the like.
        addressee: who must or should act.
        binding: whether the Council decides it, or calls for it.
        topics: topic ids it is about.
        fields: patterns of matrix fields that record it, ``*`` for any part.
        titles: a short title by language.
    """

    id: str
    addressee: str
    binding: bool
    summary: str
    topics: tuple[str, ...]
    fields: tuple[str, ...]
    titles: dict[str, str]
    parent: str | None = None

    @property
    def source(self) -> str:
        """The source of every obligation: the resolution itself."""
        return _tree().source

    def title(self, language: str = "en") -> str:
        """The short title in one of the six languages."""
        return self.titles[language]


class _Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    in_force_since: dt.date
    obligations: tuple[Obligation, ...]


@cache
def _tree() -> _Tree:
    return tree("obligations.yaml", _Tree)


def obligations(on: dt.date | None = None) -> tuple[Obligation, ...]:
    """All obligations; none before the resolution's adoption."""
    facts = _tree()
    return facts.obligations if on is None or on >= facts.in_force_since else ()


def obligation(obligation_id: str) -> Obligation:
    """The obligation with this id. Raises UnknownCode where there is none."""
    wanted = obligation_id.replace(" ", "").upper().removeprefix("OP").lower()
    for known in obligations():
        if known.id[2:].lower() == wanted:
            return known
    raise UnknownCode(
        f"obligation {obligation_id!r}",
        expected="OP1 to OP12, such as OP3(d)",
        where="obligation",
        remedy="run `open1540 facts list obligations`",
    )
