"""What falls due: the mandate of the 1540 Committee, its reviews, and what it owes the Council each year."""

import datetime as dt

import pytest

from open1540.reference import LANGUAGES, actor, resolution
from open1540.reference.calendar import due, duties

TODAY = dt.date(2026, 11, 25)
END = dt.date(2040, 1, 1)


def test_the_mandate_ends_as_resolution_2663_says() -> None:
    ends = [one for one in due(TODAY, END) if one.kind == "mandate" and "UN.SC.1540COMMITTEE" in one.bodies]
    assert [(one.day, one.resolution) for one in ends] == [(dt.date(2032, 11, 30), "S/RES/2663(2022)")]


def test_a_mandate_is_shown_as_it_stood_on_the_day_asked() -> None:
    ends = [
        one for one in due(dt.date(2012, 1, 1), END) if "UN.SC.1540COMMITTEE" in one.bodies and one.kind == "mandate"
    ]
    assert [(one.day, one.resolution) for one in ends] == [(dt.date(2021, 4, 25), "S/RES/1977(2011)")]


def test_the_first_review_is_held_before_december_2027() -> None:
    reviews = [one.day for one in due(TODAY, END) if one.kind == "review"]
    assert reviews == [dt.date(2027, 11, 30), dt.date(2032, 11, 30)]


@pytest.mark.parametrize(("kind", "day"), [("programme", "01-31"), ("briefing", "03-31"), ("report", "12-31")])
def test_what_falls_due_each_year_does_so_until_the_mandate_ends(kind: str, day: str) -> None:
    days = [one.day.isoformat() for one in due(TODAY, END) if one.kind == kind]
    assert days == sorted(days)
    assert all(one.endswith(day) for one in days)
    assert days[-1] <= "2032-11-30"


def test_what_is_due_names_bodies_and_resolutions_on_record() -> None:
    for duty in duties():
        assert actor(duty.body)
        assert resolution(duty.resolution).adopted_on <= min(duty.days())


def test_everything_due_is_named_in_six_languages() -> None:
    for duty in duties():
        assert set(duty.titles) == set(LANGUAGES), duty.id
