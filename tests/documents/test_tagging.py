"""What a span is about, and which paragraphs of resolution 1540 (2004) it touches."""

import pytest
from annotated import BY_HAND, said

from open1540 import reference
from open1540.documents import tagging
from open1540.documents.flow import plain
from open1540.documents.hits import Hits
from open1540.documents.reading import Reference


def test_a_narrower_topic_says_what_its_broader_one_does() -> None:
    narrow = next(topic for topic in reference.topics() if topic.broader)
    assert tagging.narrowest((*narrow.broader, narrow.id)) == (narrow.id,)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "I would also mention proliferation financing. In this regard we have a strong legal framework.",
        ),
        (
            "fr",
            "Je tiens à évoquer le financement de la prolifération. À cet égard, nous disposons d’une loi.",
        ),
        (
            "es",
            "Quisiera mencionar la financiación de la proliferación. A este respecto, contamos con una ley.",
        ),
        ("ru", "Хотели бы упомянуть финансирование распространения. В этой связи мы применяем закон."),
        ("zh", "我还要提到扩散融资问题。我国在这方面拥有法律框架。"),
        ("ar", "أود أن أشير إلى تمويل الانتشار. وفي هذا الصدد نطبق قانونا."),
    ],
)
def test_words_that_lean_back_take_up_the_topic_before(language: str, text: str) -> None:
    leaning = said(text, language)[-1]
    assert leaning.kind == "measure"
    assert "proliferation-financing" in leaning.topics
    assert "OP3(d)" in leaning.obligations


def test_without_leaning_words_the_sentence_before_is_left_alone() -> None:
    text = "I would also mention proliferation financing. We maintain physical protection of nuclear facilities."
    assert "proliferation-financing" not in said(text, "en")[-1].topics


@pytest.mark.parametrize(
    ("symbol", "pinpoint", "obligations"),
    [
        ("S/RES/1540(2004)", "3(d)", ("OP3(d)",)),
        ("S/RES/1540(2004)", "8(c)", ("OP8(c)",)),
        ("S/RES/1540(2004)", None, ()),
        ("S/RES/1373(2001)", "2", ()),
    ],
)
def test_a_paragraph_of_the_resolution_cited_is_an_obligation(
    symbol: str, pinpoint: str | None, obligations: tuple[str, ...]
) -> None:
    flow = plain("As that paragraph says.")
    cited = Reference("resolution", symbol, pinpoint, "that paragraph", 3, 17, BY_HAND)
    tagger = tagging.Tagger(flow, "en", Hits([]), references=[cited])
    assert tagger.tags(0, 23, 0).obligations == obligations


def test_topics_whose_names_overlap_in_part_are_both_meant() -> None:
    found = said("Notre pays demande une assistance pour former ses agents aux frontières.", "fr")[0]
    assert {"OP3(c)", "OP7"} <= set(found.obligations)


def test_the_name_inside_a_longer_name_is_not_meant() -> None:
    found = said("We propose closer work with the multilateral export control regimes.", "en")[0]
    assert "export-control" not in found.topics


def test_obligations_stand_in_the_order_of_the_resolution() -> None:
    everything = tuple(topic.id for topic in reference.topics())
    numbers = [int("".join(filter(str.isdigit, o.partition("(")[0]))) for o in _numbered(everything)]
    assert numbers == sorted(numbers)


def test_rules_name_topics_that_exist() -> None:
    known = {topic.id for topic in reference.topics()}
    for refinement in tagging.rules().refinements:
        assert known.issuperset((*refinement.topics, *refinement.unless))
    assert known.issuperset(tagging.rules().context)


def _numbered(topics: tuple[str, ...]) -> list[str]:
    return [one for one in tagging.obligations_of(topics) if one.startswith("OP")]
