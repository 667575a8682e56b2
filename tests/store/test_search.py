"""Both engines find the same passages, whatever the script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import letter

from open1540.store import Store
from open1540.store.search import folded, holds


@pytest.fixture
def library(kept: Store) -> Store:
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        kept.save_reading(*letter(language), by="test")
    return kept


@pytest.mark.parametrize(
    ("phrase", "languages"),
    [
        ("出口", {"zh"}),
        ("放射源", {"zh"}),
        ("EXPORT of dual-use", {"en"}),
        ("prolifération", {"en", "fr"}),
        ("proliferation", {"en", "fr"}),
        ("seminarios", {"es"}),
        ("Комитета", {"ru"}),
        ("الجمارك", {"ar"}),
        ("S/2025/9997", {"ar", "zh", "en", "fr", "ru", "es"}),
        ("liferation", set()),
        ("50%_off", set()),
        ('"quoted', set()),
    ],
)
def test_a_phrase_is_found_where_it_stands(library: Store, phrase: str, languages: set[str]) -> None:
    assert {found.language for found in library.search([phrase])} == languages


def test_other_names_of_the_topic_are_searched_too_and_languages_can_be_chosen(library: Store) -> None:
    phrases = ["出口须经许可", "licence", "лицензии"]
    assert {found.language for found in library.search(phrases)} == {"zh", "en", "fr", "ru"}
    assert {found.language for found in library.search(phrases, languages=["ru"])} == {"ru"}
    assert len(library.search(phrases, limit=1)) == 1


def test_a_snippet_shows_the_phrase(library: Store) -> None:
    found = library.search(["regional seminars"])
    assert found
    assert all("regional seminars" in passage.snippet for passage in found)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.lists(st.sampled_from(["export", "control", "licence", "of", "goods"]), min_size=1, max_size=8), st.data())
def test_every_run_of_whole_words_is_found(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    assert holds(folded(" ".join(words)), folded(" ".join(words[first:last])))
