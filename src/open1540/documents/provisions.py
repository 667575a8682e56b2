"""Which matrix fields a passage speaks to: concepts found in it, joined by rules (``facts/laws.yaml``)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from open1540.documents.lexicon import Lexicon
from open1540.documents.stems import Stems
from open1540.documents.wording import spelled_out
from open1540.reference import facts
from open1540.vocabulary.claims import Strength

WEAPONS = ("NW", "CW", "BW")
# A field whose weapon class the passage does not name is proposed with less confidence.
_UNNAMED = 0.7
_BOUND = frozenset({"prohibition", "penalty", "licence", "duty", "applies", "entry-regime"})


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts that together speak to fields.

    Attributes:
        needs: all of these; any: at least one of these, where given; unless: none of these.
        needs_one: at least one of these in the article so far; with ``own`` in the passage itself.
        act: the group of acts (``acts``, ``trade``, ``handling``) of which each act named makes a field.
        fields: without their aspect, which is enforcement where the passage punishes and legal elsewhere.
        conduct: the field tells people what to do, so that its breach can be punished; others organise the State.
        criminal: a passage that punishes also makes the law: it supports both aspects.
        always: every passage supports both aspects.
        required_where_punished: to punish an act without a licence is to require one.
        only: weapon classes the fields exist for.
        law: the rule holds only in a law about one of these, such as ``trade-law``.
        strength: whether the measure is stated or inferred.
    """

    id: str
    needs: tuple[str, ...]
    fields: tuple[str, ...]
    confidence: float
    any: tuple[str, ...] = ()
    needs_one: tuple[str, ...] = ()
    own: bool = False
    unless: tuple[str, ...] = ()
    act: Literal["acts", "trade", "handling"] | None = None
    only: tuple[str, ...] = WEAPONS
    law: tuple[str, ...] = ()
    strength: Strength = "explicit"
    conduct: bool = True
    criminal: bool = False
    always: bool = False
    required_where_punished: bool = False


class Breach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conduct a passage punishes that breaks what other provisions of the law require.

    Attributes:
        needs: all of these concepts in the passage; any: at least one, where given; unless: none of these.
        rows: the rows of the matrix whose requirements, as far as the law states them before, the passage enforces.
        same: one of these must be named both in the passage and in the requirement it enforces, where given.
    """

    id: str
    needs: tuple[str, ...]
    rows: tuple[str, ...]
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


class Preference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes one passage a better citation for a field than another.

    Attributes:
        by: how much more directly (less, where negative) the passage supports a field.
        named: any of these concepts in the passage or its lead-in.
        lacks: none of these in the passage itself.
        led_in: the passage is an item, and part of what it says stands in its lead-in.
        rows: only for these rows of the matrix; spared: for all but these; aspect: only for this one.
    """

    id: str
    by: float
    named: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    led_in: bool = False
    rows: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    aspect: Literal["legal", "enforcement"] | None = None


class Provisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules and preferences; the concepts a defined term brings along, and as what; those a short name brings."""

    acts: dict[str, str]
    trade: dict[str, str]
    handling: dict[str, str]
    rules: tuple[Rule, ...]
    preferences: tuple[Preference, ...]
    breaches: tuple[Breach, ...]
    brought_by_terms: dict[str, str]
    brought_by_names: tuple[str, ...]


class Proposed(NamedTuple):
    """A field a rule proposes for a passage; ``direct`` is how directly, whether or not weapons are named there."""

    field: str
    rule: str
    confidence: float
    strength: Strength
    direct: float = 0.0
    conduct: bool = True


class Own(NamedTuple):
    """The concepts of a passage without its lead-in, and whether the lead-in adds any."""

    named: frozenset[str]
    led_in: bool


@cache
def provisions() -> Provisions:
    """The rules, read once. Raises FactsError where their file is broken."""
    return facts.tree("laws.yaml", Provisions)


@cache
def required_where_punished() -> frozenset[str]:
    """The rules, as proposals name them, by which a penalty alone tells of a requirement."""
    return frozenset(f"laws.{rule.id}" for rule in provisions().rules if rule.required_where_punished)


@cache
def concepts_of(language: str) -> Lexicon | Stems:
    """Words of law of a language; a hit's value is its concepts, joined by blanks."""
    words = _words(language).items()
    labels = [(word, named) for named, phrases in words for phrase in phrases for word in spelled_out(phrase)]
    if language == "zh":
        return Lexicon(((word, named, "law") for word, named in labels), language)
    return Stems(labels, language)


def vocabulary(language: str) -> frozenset[str]:
    """The concepts a language has words for."""
    return concepts(_words(language))


@cache
def _words(language: str) -> dict[str, tuple[str, ...]]:
    return facts.tree(f"language/{language}/laws.yaml", dict[str, tuple[str, ...]])


@lru_cache(maxsize=4096)
def _split(value: str) -> tuple[str, ...]:
    return tuple(value.split())


def concepts(values: Iterable[str]) -> frozenset[str]:
    """The concepts named by the values of hits."""
    return frozenset(concept for value in values for concept in _split(value))


@lru_cache(maxsize=4096)
def concept_set(value: str) -> frozenset[str]:
    """The concepts named by the value of one hit."""
    return frozenset(_split(value))


def weapons(named: frozenset[str]) -> tuple[str, ...]:
    """The weapon classes among concepts."""
    return tuple(weapon for weapon in WEAPONS if weapon in named)


@lru_cache(maxsize=8192)
def fields(
    named: frozenset[str], meant: tuple[str, ...], *, context: frozenset[str], law: frozenset[str] | None = None
) -> tuple[Proposed, ...]:
    """Fields the rules propose.

    Arguments:
        named: the concepts of the passage.
        meant: weapon classes to take where the passage names none.
        context: the concepts of the article around it; what is controlled may be named there only.
        law: what the law is about; None where the passage stands in no law, and may be about anything.
    """
    own = weapons(named)
    armed = tuple(weapon for weapon in WEAPONS if f"weapon-{weapon}" in named)
    certainty = 1.0 if own else _UNNAMED
    named = _derived(named)
    return tuple(
        Proposed(
            f"{field}{aspect}",
            f"laws.{rule.id}",
            round(rule.confidence * certainty, 3),
            rule.strength,
            rule.confidence,
            rule.conduct,
        )
        for rule in provisions().rules
        if _applies(rule, named, context, law)
        for pattern in rule.fields
        for field in _filled(pattern, rule, named, (armed if "weapon" in rule.needs else ()) or own or meant)
        for aspect in (_aspects(rule, named, law) if "{weapon}" in pattern or _has_aspect(pattern) else ("",))
    )


@cache
def acts() -> frozenset[str]:
    """The acts that may be forbidden with weapons, as concepts."""
    return frozenset(provisions().acts)


def broken_rows(named: frozenset[str]) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """For each kind of breach a passage with these concepts punishes: its name, the rows it enforces, what both must name."""
    for breach in provisions().breaches:
        if (
            named.issuperset(breach.needs)
            and named.isdisjoint(breach.unless)
            and (not breach.any or not named.isdisjoint(breach.any))
        ):
            yield f"laws.{breach.id}", frozenset(breach.rows), named & frozenset(breach.same)


def handled(named: frozenset[str]) -> frozenset[str]:
    """The rows of accounting for the handling a passage names."""
    return frozenset(f"account-{act}" for word, act in provisions().handling.items() if word in named)


def preferred(named: frozenset[str], own: Own) -> tuple[Preference, ...]:
    """The preferences a passage with these concepts meets, whatever field it is cited for."""
    return tuple(
        prefer
        for prefer in provisions().preferences
        if (not prefer.named or not named.isdisjoint(prefer.named))
        and (not prefer.lacks or own.named.isdisjoint(prefer.lacks))
        and (own.led_in or not prefer.led_in)
    )


def preference(one: Proposed, met: Iterable[Preference]) -> float:
    """How much more or less directly than others a passage that meets these preferences supports a proposed field."""
    row, aspect = row_of(one.field), one.field.rpartition(".")[2]
    return sum(
        prefer.by
        for prefer in met
        if prefer.aspect in (None, aspect) and (not prefer.rows or row in prefer.rows) and row not in prefer.spared
    )


@lru_cache(maxsize=2048)
def row_of(field: str) -> str:
    """The row of the matrix a field belongs to, whatever the weapon class and aspect."""
    return next((part for part in field.split(".")[1:] if part not in WEAPONS), field)


def _derived(named: frozenset[str]) -> frozenset[str]:
    derived = {"bound"} if not named.isdisjoint(_BOUND) else set[str]()
    if not named.isdisjoint({"nuclear-authority", "national-authority", "trade-controller"}):
        derived.add("authority")
    trades = not named.isdisjoint({"export", "import", "transit", "transshipment", "re-export", "brokering"})
    handles = not named.isdisjoint({"manufacture", "acquire", "possess", "stockpile", "use", "develop", "laboratory"})
    if trades and not handles:
        derived.add("trade-only")
    required = named.issuperset({"licence", "duty"})
    if "application" in named and not required and named.isdisjoint({"prohibition", "without-licence"}):
        derived.add("application-only")
    if "withdrawal" in named and named.isdisjoint({"prohibition", "penalty", "without-licence"}):
        derived.add("withdrawal-only")
    if "exemption" in named and named.isdisjoint({"prohibition", "without-licence"}):
        derived.add("exemption-only")
    if "classification" in named and not required and "without-licence" not in named:
        derived.add("classification-only")
    if "laboratory" in named and named.isdisjoint({"material"}):
        derived.add("laboratory-only")
    return named | derived


def _applies(rule: Rule, named: frozenset[str], context: frozenset[str], law: frozenset[str] | None) -> bool:
    around = named if rule.own else context
    return (
        named.issuperset(rule.needs)
        and named.isdisjoint(rule.unless)
        and (not rule.any or not named.isdisjoint(rule.any))
        and (not rule.needs_one or not around.isdisjoint(rule.needs_one))
        and (law is None or not rule.law or not law.isdisjoint(rule.law))
    )


def _aspects(rule: Rule, named: frozenset[str], law: frozenset[str] | None) -> tuple[str, ...]:
    if rule.always or (rule.criminal and "penalty" in named):
        return (".legal", ".enforcement")
    if "penalty" not in named:
        return (".legal",)
    # Outside laws one sentence may tell of the rule and of its penalty.
    stated = law is None and not named.isdisjoint({"prohibition", "licence", "duty"})
    return (".legal", ".enforcement") if stated else (".enforcement",)


def _has_aspect(pattern: str) -> bool:
    return not pattern.startswith("OP678.")


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
