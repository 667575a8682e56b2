"""Who proposes, asks, promises, claims or worries."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from annotated import french_letter, said, written

from open1540.documents import read, statements
from open1540.documents.reading import Actor, Mention, Statement
from open1540.vocabulary import Reason

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "statements.yaml").read_text("utf-8"))
# A plea may be worded as a proposal, a recommendation or a demand.
PLEAS = {"proposal", "demand", "recommendation", "concern_to_act"}
MEASURES = {"national_measure", "international_contribution", "role", "support", "measure"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_sentence_is_of_the_kind_a_lawyer_gives_it(case: dict[str, Any], language: str) -> None:
    found = said(case["texts"][language], language)
    assert [one.kind for one in found] == [case["kind"]]
    if "obligations" in case:
        assert set(found[0].obligations) == set(case["obligations"])


def test_offsets_point_at_the_words_stated() -> None:
    text = "Thank you, Madam President.\n• We propose that the Committee publish a calendar; it is late."
    for one in said(text, "en"):
        assert text[one.start : one.end] == one.text
        assert one.paragraph == 1


def test_what_a_state_has_not_done_is_no_measure() -> None:
    assert not said("Our country has not adopted a law on brokering.", "en")
    assert not said("我国尚未通过关于中介活动的法律。", "zh")


def test_set_phrases_state_nothing() -> None:
    text = "It met the Committee established pursuant to resolution 1540 (2004) on the report adopted by it."
    assert not [one for one in said(text, "en") if one.kind == "measure"]


def test_what_another_state_did_is_no_measure_of_the_speaker() -> None:
    text = "Uganda adopted a law on export control."
    flow, paragraphs = written(text)
    uganda = Actor("UGA", "State", (Mention("Uganda", 0, 6, Reason("annotated")),))
    for speaker, kinds in (("KEN", []), ("UGA", ["measure"]), (None, ["measure"])):
        found = statements.find(
            flow,
            "en",
            paragraphs=paragraphs,
            actors=[uganda],
            speaker_of=lambda _, who=speaker: who,  # type: ignore[misc]
        )
        assert [one.kind for one in found] == kinds


def test_a_list_is_what_its_announcement_says() -> None:
    text = "We make the following proposals:\n• A calendar of workshops\n• A list of experts"
    assert [one.kind for one in said(text, "en")] == ["proposal", "proposal"]


def test_the_committee_asked_is_the_addressee() -> None:
    text = "We suggest that the Committee publish a calendar."
    flow, paragraphs = written(text)
    start = text.index("the Committee")
    committee = Actor(
        "UN.SC.1540COMMITTEE",
        "subsidiary_organ",
        (Mention("the Committee", start, start + 13, Reason("annotated")),),
    )
    found = statements.find(flow, "en", paragraphs=paragraphs, actors=[committee], speaker_of=lambda _: "KEN")
    assert found[0].to == ("UN.SC.1540COMMITTEE",)


def test_all_states_called_upon_are_the_addressee() -> None:
    found = said("Calls upon all States to cooperate;", "en", "UN.SC", "operative")
    assert (found[0].kind, found[0].to) == ("recommendation", ("CLASS:all-states",))


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Decides that all States shall refrain from such support;", "demand"),
        ("en", "Decides to remain seized of the matter.", "commitment"),
        ("fr", "Demande aux États de présenter un rapport ;", "recommendation"),
        ("fr", "Demande au Secrétaire général de présenter un rapport ;", "request"),
        ("zh", "决定所有国家均不得提供这种支持；", "demand"),
        ("zh", "表示打算继续审议此事；", "commitment"),
        ("ru", "с глубокой обеспокоенностью отмечает это положение;", "concern"),
        ("es", "Acoge con beneplácito el informe;", "praise"),
        ("ar", "يهيب بجميع الدول أن تتعاون؛", "recommendation"),
        (
            "en",
            "With a view to countering that threat, calls upon all States to cooperate;",
            "recommendation",
        ),
    ],
)
def test_the_opening_verb_makes_a_resolution_s_paragraph(language: str, text: str, kind: str) -> None:
    assert [one.kind for one in said(text, language, "UN.SC", "operative")] == [kind]


def test_a_sub_paragraph_takes_its_kind_from_its_paragraph() -> None:
    flow, paragraphs = written("Requests the Committee to:\nProvide a summary;", "operative", "26")
    paragraphs[1] = paragraphs[1].__class__("operative", "26(a)", *_rest(paragraphs[1]))
    found = statements.find(flow, "en", paragraphs=paragraphs, speaker_of=lambda _: "UN.SC")
    assert [one.kind for one in found] == ["request", "request"]


def test_titles_and_signatures_state_nothing() -> None:
    assert not said("We propose a title", "en", kind="title")
    assert not said("We propose, Permanent Representative", "en", kind="signature")


def test_letter_of_1_may_2020_is_understood(shared: Path) -> None:
    gold, found = french_letter(shared)
    assert len(_met(gold["proposals"], found)) == 4
    assert len(_met(gold["demands_and_recommendations"], found)) >= 5
    assert len(_met(gold["national_measures_and_commitments"], found)) >= 7


def test_obligations_of_the_letter_of_1_may_2020(shared: Path) -> None:
    gold, found = french_letter(shared)
    right = wanted = got = 0
    for item in gold["proposals"] + gold["demands_and_recommendations"] + gold["national_measures_and_commitments"]:
        touched = {one for one in item["ops"] if not one.startswith("implementation")}
        for one in _met([item], found)[:1]:
            right += len(touched.intersection(one.obligations))
            wanted += len(touched)
            got += len(one.obligations)
    assert 2 * right / (wanted + got) >= 0.85


@pytest.mark.parametrize("number", ["2572", "2622", "2624", "2663"])
def test_operative_paragraphs_are_of_one_kind_in_six_languages(shared: Path, number: str) -> None:
    kinds = {language: _operative(shared, language, number) for language in LANGUAGES}
    for language in LANGUAGES:
        both = kinds["en"].keys() & kinds[language].keys()
        same = [one for one in both if kinds["en"][one] == kinds[language][one]]
        assert both
        assert len(same) >= 0.9 * len(both)


def _operative(shared: Path, language: str, number: str) -> dict[str, str]:
    path = shared / "documents" / "texts" / f"{language}_sc_{number}.txt"
    reading = read(path.read_bytes(), path.name)
    kinds = {one.paragraph: one.kind for one in reversed(reading.statements)}
    return {
        paragraph.number: kinds[index]
        for index, paragraph in enumerate(reading.paragraphs)
        if paragraph.kind == "operative" and paragraph.number and index in kinds
    }


def _met(wanted: list[dict[str, Any]], found: tuple[Statement, ...]) -> list[Statement]:
    return [
        one
        for item in wanted
        for one in found
        if _family(one.kind) == _family(item["kind"]) and _overlap(one, item) >= 0.5
    ]


def _family(kind: str) -> str:
    return "plea" if kind in PLEAS else "measure" if kind in MEASURES else kind


def _overlap(one: Statement, item: dict[str, Any]) -> float:
    common = min(one.end, item["end"]) - max(one.start, item["start"])
    return max(common, 0) / (max(one.end, item["end"]) - min(one.start, item["start"]))


def _rest(paragraph: Any) -> tuple[Any, ...]:
    return paragraph.text, paragraph.start, paragraph.end, paragraph.annex, paragraph.reason
