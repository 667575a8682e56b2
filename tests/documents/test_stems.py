"""Phrases whose words may be given by their beginning, and may have others between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from open1540.documents.stems import Stems

WORDS = Stems(
    [
        ("export*", "export"),
        ("export licence", "export-licence"),
        ("licence", "licence"),
        ("bring … into", "import"),
        ("goods", "item"),
        ("make … report", "formula"),
        ("make*", "manufacture"),
    ],
    "en",
)


def values(text: str, words: Stems = WORDS) -> list[str]:
    return [hit.value for hit in words.find(text)]


def test_a_stem_stands_for_every_word_that_begins_so() -> None:
    assert values("Exporters exported the exports") == ["export"] * 3


def test_the_longest_phrase_hides_those_inside_it() -> None:
    assert values("an export licence") == ["export-licence"]


def test_words_in_a_gap_are_found_too() -> None:
    assert values("to bring such goods into the country") == ["import", "item"]


def test_a_gap_ends_with_the_sentence_and_after_five_words() -> None:
    assert values("bring them. Into the house") == []
    assert values("bring one two three four five six into") == []


def test_a_set_phrase_with_a_gap_hides_the_word_it_begins_with() -> None:
    assert values("make an annual report") == ["formula"]
    assert values("make a bomb") == ["manufacture"]


@pytest.mark.parametrize("text", ["وللأسلحة", "بأسلحة", "الأسلحة", "أَسلحة"])
def test_arabic_words_are_found_with_what_is_written_together_with_them(text: str) -> None:
    assert values(text, Stems([("الأسلحة", "weapon")], "ar")) == ["weapon"]


@given(st.text(alphabet="exportlicnsgdmakbrw .;…*’\n", max_size=60))
def test_hits_lie_within_the_text_in_order(text: str) -> None:
    found = WORDS.find(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in found)
    assert [hit.start for hit in found] == sorted(hit.start for hit in found)
