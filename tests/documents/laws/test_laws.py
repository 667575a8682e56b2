"""What the articles of a national law claim, field by field."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from annotated import written
from enacted import articles_of, of_articles

from laws import BARS, TRAPS_AT_MOST, Gold, Tally, models, tally
from laws import annotated as annotated_laws
from open1540.documents import laws, provisions, read
from open1540.documents.reading import Reading

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


ARTICLES = {
    "en": "1. This Act may be cited as the Weapons Act.\n2. No person shall use a chemical weapon.\n3. This Act binds the State.",
    "fr": "Article 1er. La présente loi est une loi.\nArticle 2. Il est interdit d’employer des armes chimiques.\nArticle 3. Le ministre est chargé de la présente loi.",
    "zh": "第一条 制定本法。\n第二条 禁止任何人使用化学武器。\n第三条 国务院有关部门依照本法和其他有关法律、行政法规的规定，在各自的职责范围内负责相关的管理工作。",
    "es": "Artículo 1. La presente Ley rige en el país.\nArtículo 2. Se prohíbe emplear armas químicas.\nArtículo 3. La presente Ley entra en vigor el día siguiente al de su publicación en el diario oficial del país.",
    "ru": "Статья 1. Настоящий Федеральный закон действует.\nСтатья 2. Запрещается применение химического оружия.\nСтатья 3. Настоящий Федеральный закон вступает в силу.",
    "ar": "المادة 1: يسمى هذا القانون قانون الأسلحة.\nالمادة 2: يحظر على أي شخص استعمال الأسلحة الكيميائية.\nالمادة 3: يعمل بهذا القانون.",
}


def test_a_passage_over_a_page_break_is_cited_without_the_lines_of_the_page() -> None:
    law = (
        "Weapons Act\n\n1. This Act may be cited as the Weapons Act.\n\n2. No person shall manufacture any chemical\n"
        "\n\n-----\n\n_Weapons_ 17\n\nweapon or use it.\n\n3. This Act binds the State.\n"
    )
    claim = next(c for c in read(law.encode(), "act.txt", lang="en", state="KEN").claims if c.article == "s. 2")
    assert claim.text == "No person shall manufacture any chemical weapon or use it"
    raw = law[claim.start : claim.end]
    assert raw.startswith("No person") and raw.endswith("use it") and "_Weapons_ 17" in raw


BILLS = {
    "en": [
        "A BILL\nentitled\nChemical Weapons Bill 2024",
        "CHEMICAL WEAPONS BILL",
        "Bill No. 14 of 2023\nThe Chemical Weapons Act",
        "Weapons Control Bill [HL]",
        "Draft Law on Chemical Weapons",
        "Exposure draft\nDraft Chemical Weapons Regulations",
        "Chemical Weapons Act (draft)",
        "The Toxic Weapons Bill, 2019\nExplanatory memorandum",
    ],
    "fr": [
        "PROJET DE LOI sur les armes chimiques",
        "N° 312\nPROPOSITION DE LOI\nrelative aux armes chimiques",
        "Avant-projet de loi relatif aux armes chimiques",
        "Projet d’ordonnance sur les armes chimiques",
        "Projet de décret n° 4 sur les armes chimiques",
    ],
    "zh": [
        "禁止化学武器法（草案）",
        "禁止化学武器法\n（征求意见稿）",
        "禁止化学武器条例（修订草案送审稿）",
        "禁止化学武器法（草案二次审议稿）",
    ],
    "es": [
        "PROYECTO DE LEY sobre armas químicas",
        "Anteproyecto de Ley Orgánica de armas químicas",
        "PROPOSICIÓN DE LEY de armas químicas",
        "Iniciativa con proyecto de decreto sobre armas químicas",
        "Borrador de Real Decreto sobre armas químicas",
    ],
    "ru": [
        "ЗАКОНОПРОЕКТ\nо химическом оружии",
        "Проект\nФЕДЕРАЛЬНЫЙ ЗАКОН\nО химическом оружии",
        "Проект федерального закона\nО химическом оружии",
        "Проект № 1234-7\nЗАКОН\nО химическом оружии",
        "Вносится Правительством Российской Федерации\nФЕДЕРАЛЬНЫЙ ЗАКОН О химическом оружии",
    ],
    "ar": [
        "مشروع قانون الأسلحة الكيميائية",
        "مشروع القانون رقم 12 بشأن الأسلحة الكيميائية",
        "مقترح قانون بشأن الأسلحة الكيميائية",
        "مسودة قانون الأسلحة الكيميائية",
        "اقتراح بقانون في شأن الأسلحة الكيميائية",
    ],
}
IN_FORCE = {
    "en": [
        "Chemical Weapons Act 2019\nAssented to on 3 March 2019",
        "Chemical Weapons Act\nThe Bill was passed by both Houses and received assent on 3 March 2019.",
    ],
    "fr": [
        "Loi n° 2019-4 sur les armes chimiques\nVu le projet de loi déposé le 3 mars 2018 ;",
        "Décret n° 2019-4 sur les armes chimiques\nLe Conseil d’État entendu sur le projet de décret ;",
    ],
    "zh": ["禁止化学武器条例\n（《禁止化学武器条例（草案）》已经国务院第九次常务会议通过，现予公布）"],
    "es": ["Ley 4/2019 sobre armas químicas\nConsiderando que el proyecto de ley fue aprobado;"],
    "ru": ["ФЕДЕРАЛЬНЫЙ ЗАКОН\nО химическом оружии\nПринят Государственной Думой"],
    "ar": ["قانون الأسلحة الكيميائية رقم 12\nوبعد موافقة مجلس الوزراء على مشروع القانون،"],
}


def _headed(heads: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(language, head) for language, every in heads.items() for head in every]


def _with_articles(language: str, head: str) -> Reading:
    text = f"{head}\n{ARTICLES[language]}".replace("\n", "\n\n")
    return read(text.encode(), "text.txt", lang=language, state="KEN")


@pytest.mark.parametrize(("language", "head"), _headed(BILLS))
def test_a_bill_plans_and_is_no_law_in_force(language: str, head: str) -> None:
    reading = _with_articles(language, head)
    assert reading.document.kind == "national law" and reading.document.in_force is False
    assert reading.claims and {claim.grade for claim in reading.claims} == {"planned"}


@pytest.mark.parametrize(("language", "head"), _headed(IN_FORCE))
def test_a_law_that_tells_of_its_bill_is_no_bill(language: str, head: str) -> None:
    reading = _with_articles(language, head)
    assert reading.document.kind == "national law" and reading.document.in_force is None
    assert reading.claims and {claim.grade for claim in reading.claims} == {"cites law"}
