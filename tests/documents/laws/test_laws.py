"""What the articles of a national law claim, field by field."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from annotated import written
from enacted import articles_of, of_articles

from laws import BARS, TRAPS_AT_MOST, Gold, Tally, models, tally
from laws import annotated as annotated_laws
from open1540.documents import laws, provisions, read

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "laws.yaml").read_text("utf-8"))


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
        }
    )
    assert articles_of(found, "OP3cd.NW.export-control-law.enforcement") == {"s. 9(2)"}


def test_what_an_article_says_is_not_claimed_again_for_each_item() -> None:
    found = of_articles({"art. 2": "Nuclear weapons: their use is prohibited. Their use is prohibited in war."})
    named = [field for claim in found for field in claim.fields]
    assert len(named) == len(set(named))


def test_weapon_classes_named_nowhere_are_all_meant_with_less_confidence() -> None:
    sure = of_articles({"art. 1": "No person shall export nuclear material."})[0]
    unsure = of_articles({"art. 1": "No person shall export strategic items."})[0]
    assert {field.split(".")[1] for field in unsure.fields} == set(provisions.WEAPONS)
    assert unsure.reason.confidence < sure.reason.confidence


def test_weapon_classes_named_nowhere_are_implied_at_most() -> None:
    assert {claim.strength for claim in of_articles({"art. 1": "No person shall export strategic items."})} == {
        "implied"
    }


def test_praise_of_the_law_itself_supports_nothing() -> None:
    assert not of_articles({"art. 1": "This State has a strong legal framework against weapons of mass destruction."})


def test_claims_of_a_law_point_at_its_words() -> None:
    flow, paragraphs = written("No person shall manufacture chemical weapons.", "article", "art. 1")
    found = laws.of_law(flow, "en", paragraphs, "KEN")
    assert {claim.strength for claim in found} == {"explicit", "implied"}
    for claim in found:
        assert flow.text[claim.start : claim.end] == claim.text == "No person shall manufacture chemical weapons"


def _tallied(golds: list[Gold]) -> dict[str, Tally]:
    """Counts by language."""
    found: dict[str, Tally] = {}
    for gold in golds:
        reading = read(gold.text, f"{gold.name}.txt", lang=gold.language, state="KEN")
        found.setdefault(gold.language, Tally())
        found[gold.language] += tally(gold, reading)
    return found


def _below_bars(found: dict[str, Tally]) -> list[tuple[str, str, float]]:
    low = [
        (language, name, figure)
        for language, counted in found.items()
        for name, bar in BARS.items()
        if (figure := getattr(counted, name)) < bar
    ]
    return low + [(lang, "traps", one.trap_rate) for lang, one in found.items() if one.trap_rate > TRAPS_AT_MOST]


def test_annotated_laws_are_read_into_the_fields_their_annotator_named(shared: Path) -> None:
    assert _below_bars(_tallied(list(annotated_laws(shared / "documents")))) == []


def test_invented_model_laws_are_read_into_the_fields_expected_of_them() -> None:
    assert _below_bars(_tallied(list(models()))) == []


def test_every_claim_of_a_law_points_at_its_words_in_the_raw_text() -> None:
    for gold in models():
        reading = read(gold.text, f"{gold.name}.txt", lang=gold.language, state="KEN")
        for claim in reading.claims:
            raw = reading.text[claim.start : claim.end]
            assert "".join(claim.text.split()) == "".join(raw.split()), (gold.name, claim.article)
            assert claim.article and claim.strength


BILLS = {
    "en": "A BILL\nentitled\nChemical Weapons Bill 2024\n1. Short title.\n2. No person shall use a chemical weapon.\n3. This Act binds the State.",
    "fr": "PROJET DE LOI sur les armes chimiques\nArticle 1er. La présente loi est une loi.\nArticle 2. Il est interdit d’employer des armes chimiques.\nArticle 3. Le ministre est chargé de la présente loi.",
    "zh": "禁止化学武器法（草案）\n第一条 制定本法。\n第二条 禁止任何人使用化学武器。\n第三条 本法自公布之日起施行。",
}


@pytest.mark.parametrize("language", BILLS)
def test_a_bill_plans_and_is_no_law_in_force(language: str) -> None:
    reading = read(BILLS[language].replace("\n", "\n\n").encode(), "bill.txt", lang=language, state="KEN")
    assert reading.document.kind == "national law" and reading.document.in_force is False
    assert reading.claims and {claim.grade for claim in reading.claims} == {"planned"}
