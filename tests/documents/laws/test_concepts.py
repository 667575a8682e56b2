"""What a sentence is about, and what things it names are meant for."""

import pytest

from open1540.documents import provisions
from open1540.documents.laws.concepts import Said, flat, said


def _said(text: str, language: str = "en") -> Said:
    return said(provisions.concepts_of(language).find(text), text, len(text), language)


def test_weapons_something_is_meant_for_are_not_what_the_sentence_is_about() -> None:
    found = _said("No person shall export goods intended for use in the production of nuclear weapons.")
    assert "weapon" not in found.main and {"for-weapons", "NW"} <= flat(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nuclear, chemical or biological weapons", "en"),
        ("armes nucléaires, biologiques ou chimiques", "fr"),
        ("核武器、化学武器、生物武器", "zh"),
    ],
)
def test_a_row_of_adjectives_names_each_class(text: str, language: str) -> None:
    assert {"weapon-NW", "weapon-CW", "weapon-BW"} <= _said(text, language).main


def test_an_adjective_without_weapons_names_no_weapon() -> None:
    assert "weapon" not in _said("the chemical industry and its workers").main
