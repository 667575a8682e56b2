"""What passages claim a State has in place, field by field."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from annotated import BY_HAND, said, written

from open1540 import reference
from open1540.documents import claims, provisions
from open1540.documents.flow import plain
from open1540.documents.layout import lay_out
from open1540.documents.reading import Paragraph, RawText
from open1540.vocabulary import Claim

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "laws.yaml").read_text("utf-8"))


def of_articles(articles: dict[str, str], language: str) -> tuple[Claim, ...]:
    flow = plain("\n".join(articles.values()))
    paragraphs = [
        Paragraph("article", number, text, *flow.paragraph_span(index), None, BY_HAND)
        for index, (number, text) in enumerate(articles.items())
    ]
    return claims.of_law(flow, language, paragraphs, "KEN")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_provision_supports_the_fields_a_lawyer_names(case: dict[str, Any], language: str) -> None:
    found = of_articles({"art. 3": case["texts"][language]}, language)
    fields = {field for claim in found for field in claim.fields}
    assert fields.issuperset(case.get("fields", ()))
    assert fields.isdisjoint(case["absent"])
    assert all(claim.article == "art. 3" and claim.grade == "cites law" for claim in found)


def test_punishing_the_breach_of_another_article_enforces_its_fields() -> None:
    found = of_articles(
        {
            "s. 9(1)": "No person shall export strategic items unless he holds a permit.",
            "s. 9(2)": "A person who contravenes subsection (1) commits an offence.",
        },
        "en",
    )
    enforced = [claim for claim in found if "OP3cd.NW.export-control-law.enforcement" in claim.fields]
    assert [claim.article for claim in enforced] == ["s. 9(2)"]


def test_what_an_article_says_is_not_claimed_again_for_each_item() -> None:
    found = of_articles({"art. 2": "Nuclear weapons: their use is prohibited. Their use is prohibited in war."}, "en")
    named = [field for claim in found for field in claim.fields]
    assert len(named) == len(set(named))


def test_weapon_classes_named_nowhere_are_all_meant_with_less_confidence() -> None:
    sure = of_articles({"art. 1": "No person shall export nuclear material."}, "en")[0]
    unsure = of_articles({"art. 1": "No person shall export strategic items."}, "en")[0]
    assert {field.split(".")[1] for field in unsure.fields} == set(provisions.WEAPONS)
    assert unsure.reason.confidence < sure.reason.confidence


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Our parliament adopted Law 12 of 2019, which prohibits the use of chemical weapons.", "cites law"),
        ("The use of chemical weapons is prohibited under the Penal Code.", "cites law"),
        ("Our parliament adopted a law which prohibits the use of chemical weapons.", "self-declared"),
        ("Our Government intends to adopt a law which prohibits the use of chemical weapons.", "planned"),
    ],
)
def test_a_named_act_raises_the_grade_of_a_stated_measure(text: str, grade: str) -> None:
    found = claims.of_statements(said(text, "en"), "en")
    assert [(claim.state, claim.grade, claim.article) for claim in found] == [("KEN", grade, None)]
    assert "OP2.CW.use.legal" in found[0].fields
    assert text.startswith(found[0].text)


def test_proposals_claim_nothing() -> None:
    assert not claims.of_statements(
        said("We propose that all States prohibit the use of chemical weapons.", "en"), "en"
    )


def test_words_of_nobody_in_particular_claim_nothing() -> None:
    text = "The parliament adopted a law which prohibits the use of chemical weapons."
    assert not claims.of_statements(said(text, "en", None), "en")


@pytest.mark.parametrize("rule", provisions.provisions().rules, ids=lambda rule: rule.id)
def test_every_rule_proposes_fields_of_a_matrix(rule: provisions.Rule) -> None:
    named = frozenset(rule.needs).union(rule.any, rule.needs_one, ("NW", "CW", "BW"), *_acts(rule)) - set(rule.unless)
    proposed = [
        one.field
        for one in provisions.fields(named, provisions.WEAPONS, context=named, trade_law=True)
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
    wanted = {concept for rule in known.rules for concept in (*rule.needs, *rule.any, *rule.needs_one)}
    assert wanted.union(known.acts, known.trade, known.handling, known.breach) <= provisions.vocabulary(language)


def test_five_laws_are_read_into_the_fields_an_annotator_named(shared: Path) -> None:
    right = proposed = found_explicit = explicit = 0
    for path in sorted((shared / "documents/gold/laws").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        raw = (shared / "documents/laws" / f"{gold['law']}.txt").read_bytes()
        layout = lay_out(RawText(raw.decode("utf-8"), "txt"), gold["language"])
        fields = {f for c in claims.of_law(layout.flow, gold["language"], layout.paragraphs, "KEN") for f in c.fields}
        named = {entry["field"] for entry in gold["entries"]}
        sure = {entry["field"] for entry in gold["entries"] if entry["strength"] == "explicit"}
        right += len(fields & named)
        proposed += len(fields)
        found_explicit += len(fields & sure)
        explicit += len(sure)
    assert right / proposed >= 0.7
    assert found_explicit / explicit >= 0.6


def test_claims_of_a_law_point_at_its_words() -> None:
    flow, paragraphs = written("No person shall manufacture chemical weapons.", "article", "art. 1")
    (claim,) = claims.of_law(flow, "en", paragraphs, "KEN")
    assert flow.text[claim.start : claim.end] == claim.text == "No person shall manufacture chemical weapons"
