"""Working days of Headquarters, told by cases."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from open1540.assistance import workdays
from open1540.reference import holidays, source

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases/assistance_workdays.yaml").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    ends = workdays.after(case["from"], case["days"])
    assert ends == case["ends"]
    assert workdays.between(case["from"], ends) == case["days"]
    assert workdays.certainty(case["from"], ends) == case["certainty"]


def test_every_year_since_the_resolution_has_its_nine_or_ten_holidays_on_weekdays() -> None:
    days = [holiday.day for holiday in holidays()]
    assert len(set(days)) == len(days)
    assert all(day.weekday() < 5 for day in days)
    for year in range(2004, 2028):
        # A lunar year is shorter than a solar one: an Eid may fall twice into a year, or move out of it.
        assert 9 <= sum(day.year == year for day in days) <= 11


def test_no_day_worked_out_by_rule_is_called_sure() -> None:
    for holiday in holidays():
        named = [source(one) for one in holiday.source.split(";")]
        assert named
        assert holiday.confidence != "high" or "un-holidays-rule" not in holiday.source


def test_a_year_is_as_sure_as_its_least_sure_holiday() -> None:
    assert workdays.certainty(dt.date(2017, 6, 1)) == "high"
    assert workdays.certainty(dt.date(2007, 6, 1)) == "low"
    assert workdays.certainty(dt.date(2017, 6, 1), dt.date(2020, 1, 1)) == "medium"
