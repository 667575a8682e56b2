"""The obligations of resolution 1540."""

import datetime as dt

import pytest

from open1540.reference import LANGUAGES, obligation, obligations
from open1540.vocabulary import UnknownCode


def test_every_operative_paragraph_and_point_is_there_in_order() -> None:
    points = {3: "abcd", 8: "abcd"}
    wanted = [i for n in range(1, 13) for i in (f"OP{n}", *(f"OP{n}({letter})" for letter in points.get(n, "")))]
    assert [one.id for one in obligations()] == wanted


def test_nothing_was_owed_the_day_before_adoption() -> None:
    assert obligations(dt.date(2004, 4, 27)) == ()
    assert len(obligations(dt.date(2004, 4, 28))) == 20


@pytest.mark.parametrize("written", ["OP3(d)", "op3(d)", "OP 3 (d)", "3(d)"])
def test_an_obligation_is_found_however_it_is_written(written: str) -> None:
    assert obligation(written).id == "OP3(d)"


def test_an_unknown_obligation_is_refused() -> None:
    with pytest.raises(UnknownCode, match="OP13"):
        obligation("OP13")


def test_the_council_decides_the_first_five_paragraphs_and_calls_for_the_others() -> None:
    binding = {one.id.split("(")[0] for one in obligations() if one.binding}
    assert binding == {"OP1", "OP2", "OP3", "OP4", "OP5"}


def test_a_point_hangs_under_its_paragraph() -> None:
    for one in obligations():
        assert one.parent == (one.id.split("(")[0] if "(" in one.id else None)


def test_every_obligation_has_its_own_title_in_each_language() -> None:
    for language in LANGUAGES:
        titles = [one.title(language) for one in obligations()]
        assert len(set(titles)) == len(titles)


def test_financing_is_owed_under_two_paragraphs() -> None:
    assert {one.id for one in obligations() if "proliferation-financing" in one.topics} == {"OP2", "OP3(d)"}
