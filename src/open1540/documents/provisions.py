"""Which matrix fields a passage speaks to: concepts found in it, joined by rules (``facts/laws.yaml``)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from open1540.documents.lexicon import Lexicon
from open1540.documents.wording import spelled_out
from open1540.reference import facts

WEAPONS = ("NW", "CW", "BW")
# A field whose weapon class the passage does not name is proposed with less confidence.
_UNNAMED = 0.7


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts that together speak to fields.

    Attributes:
        needs: all of these; any: at least one of these, where given; unless: none of these.
        needs_one: at least one of these in the article so far.
        act: the group of acts (``acts``, ``trade``, ``handling``) of which each act named makes a field.
        only: weapon classes the fields exist for.
        trade_law: the rule holds only in a law on trade, where licences are licences to export.
    """

    id: str
    needs: tuple[str, ...]
    fields: tuple[str, ...]
    confidence: float
    any: tuple[str, ...] = ()
    needs_one: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    act: Literal["acts", "trade", "handling"] | None = None
    only: tuple[str, ...] = WEAPONS
    trade_law: bool = False


class Provisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules; ``breach`` names the concepts of a provision that punishes the breach of another."""

    acts: dict[str, str]
    trade: dict[str, str]
    handling: dict[str, str]
    rules: tuple[Rule, ...]
    breach: tuple[str, ...]


class Proposed(NamedTuple):
    """A field a rule proposes for a passage."""

    field: str
    rule: str
    confidence: float


@cache
def provisions() -> Provisions:
    """The rules, read once. Raises FactsError where their file is broken."""
    return facts.tree("laws.yaml", Provisions)


@cache
def concepts_of(language: str) -> Lexicon:
    """Words of law of a language; a hit's value is its concepts, joined by blanks."""
    words = _words(language).items()
    labels = [(word, named, "law") for named, phrases in words for phrase in phrases for word in spelled_out(phrase)]
    return Lexicon(labels, language)


def vocabulary(language: str) -> frozenset[str]:
    """The concepts a language has words for."""
    return concepts(_words(language))


@cache
def _words(language: str) -> dict[str, tuple[str, ...]]:
    return facts.tree(f"language/{language}/laws.yaml", dict[str, tuple[str, ...]])


def concepts(values: Iterable[str]) -> frozenset[str]:
    """The concepts named by the values of hits."""
    return frozenset(concept for value in values for concept in value.split())


def weapons(named: frozenset[str]) -> tuple[str, ...]:
    """The weapon classes among concepts."""
    return tuple(weapon for weapon in WEAPONS if weapon in named)


@lru_cache(maxsize=4096)
def fields(
    named: frozenset[str], meant: tuple[str, ...], *, context: frozenset[str], trade_law: bool
) -> tuple[Proposed, ...]:
    """Fields the rules propose.

    Arguments:
        named: the concepts of the passage.
        meant: weapon classes to take where the passage names none.
        context: the concepts of the article around it; what is controlled may be named there only.
        trade_law: whether the passage belongs to a law on trade.
    """
    own = weapons(named)
    certainty = 1.0 if own else _UNNAMED
    return tuple(
        Proposed(field, f"laws.{rule.id}", round(rule.confidence * certainty, 3))
        for rule in provisions().rules
        if _applies(rule, named, context, trade_law)
        for pattern in rule.fields
        for field in _filled(pattern, rule, named, own or meant)
    )


def _applies(rule: Rule, named: frozenset[str], context: frozenset[str], trade_law: bool) -> bool:
    return (
        named.issuperset(rule.needs)
        and named.isdisjoint(rule.unless)
        and (not rule.any or not named.isdisjoint(rule.any))
        and (not rule.needs_one or not context.isdisjoint(rule.needs_one))
        and (trade_law or not rule.trade_law)
    )


def _filled(pattern: str, rule: Rule, named: frozenset[str], meant: tuple[str, ...]) -> Iterator[str]:
    acts = [word for act, word in _group(rule).items() if act in named] if rule.act else [""]
    for act in acts:
        possible = [weapon for weapon in meant if weapon in rule.only]
        if "{weapon}" not in pattern and possible:
            yield pattern.format(act=act)
            continue
        for weapon in possible:
            yield pattern.format(weapon=weapon, act=act)


def _group(rule: Rule) -> Mapping[str, str]:
    known = provisions()
    return {"acts": known.acts, "trade": known.trade, "handling": known.handling}[rule.act or "acts"]
