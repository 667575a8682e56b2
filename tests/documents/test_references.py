"""What a text cites, in six languages, and what only looks like a citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from open1540.documents import references, symbols
from open1540.documents.flow import plain


def cited(text: str, language: str) -> list[str | None]:
    return [r.symbol for r in references.find(plain(text), language) if r.type in {"resolution", "document"}]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Recalling its resolutions 1540 (2004), 1673 (2006) and 1810 (2008),"),
        ("fr", "Rappelant ses résolutions 1540 (2004), 1673 (2006) et 1810 (2008),"),
        ("es", "Recordando sus resoluciones 1540 (2004), 1673 (2006) y 1810 (2008),"),
        ("ru", "ссылаясь на свои резолюции 1540 (2004), 1673 (2006) и 1810 (2008),"),
        ("zh", "回顾其第1540(2004)号、第1673(2006)号和第1810(2008)号决议，"),
        ("ar", "إذ يشير إلى قراراته 1540 (2004) و 1673 (2006) و 1810 (2008)،"),
    ],
)
def test_lists_of_resolutions_are_found_one_by_one(language: str, text: str) -> None:
    assert cited(text, language) == ["S/RES/1540(2004)", "S/RES/1673(2006)", "S/RES/1810(2008)"]


@pytest.mark.parametrize(
    "text",
    [
        "Act No. 12 (2004) on trade",
        "the outbreak of COVID-19 (2020)",
        "article 4 (1998) of the code",
        "a total of 312 (2019) inspections",
    ],
)
def test_a_number_with_a_year_is_not_yet_a_resolution(text: str) -> None:
    assert cited(text, "en") == []


def test_a_number_the_council_never_reached_that_year_is_kept_with_a_doubt() -> None:
    (found,) = references.find(plain("as decided in resolution 1540 (1994)"), "en")
    assert found.symbol == "S/RES/1540(1994)"
    assert found.note is not None
    assert found.reason.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("pursuant to paragraph 11 (g) of resolution 1844 (2008)", "11(g)"),
        ("in paragraphs 14 to 17 of resolution 2216 (2015)", "14-17"),
        ("resolution 1540 (2004) as a whole", None),
    ],
)
def test_the_paragraph_pointed_to_is_kept(text: str, pinpoint: str | None) -> None:
    (found,) = references.find(plain(text), "en")
    assert found.pinpoint == pinpoint


def test_that_resolution_means_the_last_one_named() -> None:
    found = references.find(plain("Resolution 1540 (2004) is a pillar. The scope of that resolution is wide."), "en")
    assert [(r.type, r.symbol) for r in found] == [
        ("resolution", "S/RES/1540(2004)"),
        ("resolution_anaphora", "S/RES/1540(2004)"),
    ]


def test_general_assembly_resolutions_need_the_word() -> None:
    assert cited("General Assembly resolution 60/288 of 2006", "en") == ["A/RES/60/288"]
    assert cited("a ratio of 60/288 was measured", "en") == []


def test_turned_brackets_of_an_arabic_page_are_read() -> None:
    assert cited("القرار )2014( 2140", "ar") == ["S/RES/2140(2014)"]


SYMBOLS = st.sampled_from(
    ["S/2020/347", "S/RES/1540 (2004)", "S/AC.44/2004/(02)/14/Add.1", "A/74/845-S/2020/525", "GOV/2020/51", "S/PV.8977"]
)


@given(SYMBOLS)
def test_the_normal_form_is_its_own_normal_form(symbol: str) -> None:
    assert symbols.normal(symbols.normal(symbol)) == symbols.normal(symbol)


@given(SYMBOLS, st.sampled_from(["see {} for details", "({})", "{}.", "документ {};"]))
def test_any_symbol_printed_is_found_where_it_stands(symbol: str, sentence: str) -> None:
    text = sentence.format(symbol)
    found = [r for r in references.find(plain(text), "en") if r.symbol == symbols.normal(symbol)]
    assert [text[r.start : r.end] for r in found] == [symbol]
