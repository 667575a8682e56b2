"""The lexicon finds words whatever their typing, and only whole ones."""

from hypothesis import given
from hypothesis import strategies as st

from open1540.documents.lexicon import Lexicon, fold


def found(text: str, language: str, *labels: str) -> list[str]:
    lexicon = Lexicon(((label, label, "preferred") for label in labels), language)
    return [text[hit.start : hit.end] for hit in lexicon.find(text)]


def test_case_apostrophes_and_blanks_make_no_difference() -> None:
    assert found("L'AGENCE\u00a0internationale", "fr", "l’agence internationale") == ["L'AGENCE\u00a0internationale"]


def test_a_word_inside_another_is_not_found() -> None:
    assert found("the Nigerian delegation from Niger", "en", "Niger") == ["Niger"]


def test_the_longest_name_wins() -> None:
    assert found("Papua New Guinea", "en", "Guinea", "Papua New Guinea") == ["Papua New Guinea"]


def test_chinese_has_no_word_boundaries() -> None:
    assert found("法国常驻联合国代表", "zh", "法国", "联合国") == ["法国", "联合国"]


def test_arabic_prefixes_kashida_and_vowel_signs_are_seen_through() -> None:
    assert found("ولفرنسا والأمــم المتحدة", "ar", "فرنسا", "الأمم المتحدة") == ["فرنسا", "الأمــم المتحدة"]


def test_the_arabic_article_loses_its_alif_after_the_preposition_to() -> None:
    assert found("قدمت للوكالة الدولية وللجنة الدولية", "ar", "الوكالة الدولية", "اللجنة الدولية") == [
        "وكالة الدولية",
        "لجنة الدولية",
    ]
    assert found("وكالة الدولية", "ar", "الوكالة الدولية") == []


def test_all_hits_include_those_inside_longer_ones() -> None:
    lexicon = Lexicon([("President of the Council", "p", ""), ("Council", "c", "")], "en")
    assert [hit.value for hit in lexicon.find_all("President of the Council")] == ["p", "c"]


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="abc ـ\u064eابèÉ’'", max_size=60))
def test_offsets_always_lie_in_the_text(text: str) -> None:
    lexicon = Lexicon([("ab", "x", ""), ("اب", "y", ""), ("è", "z", "")], "ar")
    assert all(0 <= hit.start < hit.end <= len(text) for hit in lexicon.find_all(text))
