"""Resolutions: which one, of which year, and whose mandate."""

import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from open1540.reference import founding_number, mandate, plausible_year, resolution, resolutions, year_of
from open1540.vocabulary import UnknownCode

COMMITTEE = "UN.SC.1540COMMITTEE"


@pytest.mark.parametrize("written", [1540, "1540", "S/RES/1540(2004)", "s/res/1540 (2004)"])
def test_a_resolution_is_found_by_number_and_by_symbol(written: int | str) -> None:
    assert resolution(written).adopted_on == dt.date(2004, 4, 28)


def test_an_unknown_resolution_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnknownCode, match="open1540 facts list resolutions"):
        resolution("S/RES/9999(2099)")


def test_a_right_number_with_a_wrong_year_is_no_resolution() -> None:
    with pytest.raises(UnknownCode):
        resolution("S/RES/1540(2005)")


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2004-04-28", 1540),
        ("2006-04-26", 1540),
        ("2006-04-27", 1673),
        ("2008-04-25", 1810),
        ("2011-04-20", 1977),
        ("2020-05-01", 1977),
        ("2021-04-22", 2572),
        ("2022-02-25", 2622),
        ("2022-11-30", 2663),
        ("2032-11-30", 2663),
    ],
)
def test_the_committees_mandate_runs_under_the_resolution_of_the_day(day: str, number: int) -> None:
    assert mandate(COMMITTEE, dt.date.fromisoformat(day)).number == number


@pytest.mark.parametrize("day", ["2004-04-27", "2032-12-01"])
def test_before_the_first_and_after_the_last_resolution_there_is_no_mandate(day: str) -> None:
    with pytest.raises(UnknownCode, match=COMMITTEE):
        mandate(COMMITTEE, dt.date.fromisoformat(day))


def test_the_committees_mandate_has_no_gap_from_2004_to_2032() -> None:
    line = [known for known in resolutions() if COMMITTEE in known.bodies]
    for before, after in pairwise(line):
        assert before.mandate_until is not None
        assert after.adopted_on <= before.mandate_until


@pytest.mark.parametrize(
    ("body", "day", "number"),
    [
        ("UN.SC.2140POE", "2014-06-01", 2140),
        ("UN.SC.2140POE", "2022-06-01", 2624),
        ("UN.SC.2140POE", "2026-12-15", 2801),
        ("UN.SC.1874POE", "2024-04-30", 2680),
    ],
)
def test_a_panels_mandate_follows_its_renewals(body: str, day: str, number: int) -> None:
    assert mandate(body, dt.date.fromisoformat(day)).number == number


def test_the_experts_work_for_the_committees_term() -> None:
    assert mandate("UN.SC.1540GOE", dt.date(2015, 1, 1)).number == 2055
    assert mandate("UN.SC.1540GOE", dt.date(2026, 1, 1)).number == 2663


@pytest.mark.parametrize(("number", "founder"), [(1977, 1540), (2055, 1540), (2624, 2140), (2140, 2140), (9999, 9999)])
def test_a_resolution_that_extends_a_body_leads_to_its_founder(number: int, founder: int) -> None:
    assert founding_number(number) == founder


def test_a_panel_that_was_not_renewed_has_no_mandate() -> None:
    with pytest.raises(UnknownCode):
        mandate("UN.SC.1874POE", dt.date(2024, 5, 1))


def test_a_committee_without_a_term_runs_under_the_resolution_that_founded_it() -> None:
    assert mandate("UN.SC.1718COMMITTEE", dt.date(2020, 1, 1)).symbol == "S/RES/1718(2006)"
    with pytest.raises(UnknownCode):
        mandate("UN.SC.1718COMMITTEE", dt.date(2006, 10, 13))


def test_a_committee_that_was_ended_has_no_mandate_any_more() -> None:
    assert mandate("UN.SC.1737COMMITTEE", dt.date(2016, 1, 16)).number == 1737
    with pytest.raises(UnknownCode):
        mandate("UN.SC.1737COMMITTEE", dt.date(2016, 1, 17))


@pytest.mark.parametrize(
    ("number", "year"),
    [(1, 1946), (242, 1967), (646, 1989), (687, 1991), (1540, 2004), (2398, 2018), (2721, 2023), (2722, 2024)],
)
def test_a_number_tells_its_year(number: int, year: int) -> None:
    assert year_of(number) == year
    assert plausible_year(number, year)


@pytest.mark.parametrize(("number", "year"), [(1540, 2005), (1540, 1940), (140, 2014), (1989, 2001), (2663, 2021)])
def test_a_number_does_not_fit_another_year(number: int, year: int) -> None:
    assert not plausible_year(number, year)


def test_numbers_nobody_adopted_have_no_year() -> None:
    assert year_of(0) is None
    assert year_of(99_999) is None


def test_every_resolution_the_annotated_documents_cite_has_its_year_save_misprints(shared: Path) -> None:
    cited = set()
    for path in (shared / "documents" / "gold").glob("*.json"):
        cited |= set(re.findall(r'"S/RES/(\d+)\((\d{4})\)"', json.dumps(json.loads(path.read_text("utf-8")))))
    assert len(cited) > 20
    # Two misprints stand in the documents themselves: 2140 (2140) and 1989 (2001).
    assert {pair for pair in cited if year_of(int(pair[0])) != int(pair[1])} == {("2140", "2140"), ("1989", "2001")}
