"""The rules that turn concepts into fields, and the words each language has for them."""

import pytest

from open1540 import reference
from open1540.documents import provisions

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# What the reader asks for outside the rules.
READ = {
    "aim-of-law",
    "arms",
    "breach",
    "class",
    "definitions-follow",
    "including",
    "general-code",
    "likewise",
    "treaty",
    "penalty",
    "purpose",
    "shorthand",
    "unauthorised",
    "violates",
}
# What the reader itself derives from other concepts; no word names it.
DERIVED = {
    "application-only",
    "biological-law",
    "bound",
    "chemical-law",
    "classification-only",
    "defined-delivery",
    "defined-finance",
    "defined-intangible",
    "defined-technology",
    "defined-transport",
    "exemption-only",
    "for-weapons",
    "laboratory-only",
    "nuclear-law",
    "trade-law",
    "trade-only",
    "weapon-delivery",
    "withdrawal-only",
    "aimed-delivery",
    "defined-brokering",
    "licensed-trade",
    "offence-only",
    "punished",
}


@pytest.mark.parametrize("rule", provisions.provisions().rules, ids=lambda rule: rule.id)
def test_every_rule_proposes_fields_of_a_matrix(rule: provisions.Rule) -> None:
    named = frozenset(rule.needs).union(rule.any, rule.needs_one, ("NW", "CW", "BW"), *_acts(rule)) - set(rule.unless)
    proposed = [
        one.field
        for one in provisions.fields(named, provisions.WEAPONS, context=named, law=frozenset(rule.law))
        if one.rule == f"laws.{rule.id}"
    ]
    assert proposed
    assert reference.field_ids().issuperset(proposed)


def _acts(rule: provisions.Rule) -> list[tuple[str, ...]]:
    known = provisions.provisions()
    groups = {"acts": known.acts, "trade": known.trade, "handling": known.handling}
    return [tuple(groups[rule.act])] if rule.act else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_of_the_rules_has_words_in_every_language(language: str) -> None:
    known = provisions.provisions()
    wanted = {concept for rule in known.rules for concept in (*rule.needs, *rule.any, *rule.needs_one, *rule.unless)}
    wanted |= {concept for one in known.preferences for concept in (*one.named, *one.lacks)}
    wanted |= {concept for one in known.breaches for concept in (*one.needs, *one.any, *one.unless, *one.same)}
    wanted = wanted.union(READ, known.acts, known.trade, known.handling, known.brought_by_terms) - DERIVED
    assert wanted - provisions.vocabulary(language) == set()


def test_a_rule_of_a_kind_of_law_holds_in_no_other() -> None:
    named = frozenset({"general-licence", "NW"})
    assert provisions.fields(named, ("NW",), context=named, law=frozenset({"trade-law"}))
    assert not provisions.fields(named, ("NW",), context=named, law=frozenset({"nuclear-law"}))
