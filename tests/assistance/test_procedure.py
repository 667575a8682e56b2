"""The procedure of a request, told by cases."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from open1540.assistance.procedure import Progress, briefings, check_step, due, open_steps, progress
from open1540.assistance.records import Taken
from open1540.reference import procedure
from open1540.vocabulary import BadInput, Open1540Error, UnknownCode

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/assistance_procedure.yaml").read_text()
)
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
REQUEST = "MYS-2026-1"


def entered(case: dict[str, Any]) -> Progress:
    """The request of a case; every step on it must itself have been allowed."""
    found = progress(REQUEST, [])
    for position, (step, role, day, *offer) in enumerate(case["steps"], 1):
        given = offer[0] if offer else None
        check_step(found, step, role=role, on=day, offer=given, consent=case.get("consent"))
        taken = Taken(REQUEST, position, step, day, NOW, "somebody", role, offer=given)
        found = progress(REQUEST, [*found.entered, taken])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    found, consent = entered(case), case.get("consent")
    if "standing" in case:
        assert found.standing == case["standing"]
    if "ended" in case:
        assert found.ended == case["ended"]
    if "open" in case:
        assert [one.step for one in open_steps(found, consent=consent) if one.step != "undo"] == case["open"]
    if "due" in case:
        step, day = case["due"]
        assert (step, day) in {(one.step, one.day) for one in due([(found, consent)], NOW.date(), dt.date(2030, 1, 1))}
    if "refused" in case:
        step, role, day, words, *offer = case["refused"]
        with pytest.raises(Open1540Error, match=words) as refusal:
            check_step(found, step, role=role, on=day, offer=offer[0] if offer else None, consent=consent)
        assert refusal.value.remedy


def test_what_is_overdue_is_counted_in_working_days() -> None:
    found = entered(CASES[1])
    day = dt.date(2026, 12, 2)
    (late,) = [one for one in due([(found, None)], day, day) if one.step == "circulate"]
    assert late.overdue == 2


def test_the_committee_is_briefed_every_two_months() -> None:
    assert briefings(dt.date(2026, 11, 26), dt.date(2027, 4, 30)) == (
        dt.date(2026, 12, 31),
        dt.date(2027, 2, 28),
        dt.date(2027, 4, 30),
    )


def test_every_step_names_known_steps_and_is_titled_in_six_languages() -> None:
    known = {rule.id for rule in procedure().steps}
    for rule in procedure().steps:
        named = {*rule.after, *rule.unless, *(term.after for term in (rule.wait, rule.due) if term)}
        assert named <= known
        assert set(rule.titles) == {"ar", "en", "es", "fr", "ru", "zh"}


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(UnknownCode, match="approve"):
        check_step(progress(REQUEST, []), "approve", role="committee", on=NOW.date(), offer=None, consent=None)


def test_an_offer_must_be_named() -> None:
    found = entered(CASES[2])
    with pytest.raises(BadInput, match="no offer"):
        check_step(found, "pass-offer", role="committee", on=dt.date(2026, 12, 1), offer=None, consent=None)
