"""What is planned or held already, and what may be on record twice."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from open1540.assistance.overlap import NEAR, Meant, days_between, meant_of, overlaps, twice
from open1540.assistance.records import Activity, Offer, Request, Subject

CUSTOMS = Subject(
    themes=("border-controls",),
    types=("training",),
    weapons=("CW",),
    since=dt.date(2027, 3, 1),
    until=dt.date(2027, 3, 5),
)
HELD = Activity(
    id="ACT-2026-1",
    provider="Academy of Frontier Services (invented)",
    title="Course for customs officers (invented)",
    subject=CUSTOMS,
    states=("KEN", "UGA"),
)


def _request(**changed: object) -> Request:
    asked = Request(id="KEN-2026-1", state="KEN", requester="Customs (invented)", title="Training", subject=CUSTOMS)
    return msgspec.structs.replace(asked, **changed)


def _subject(**changed: object) -> Subject:
    return msgspec.structs.replace(CUSTOMS, **changed)


def test_the_same_help_for_the_same_state_is_told_with_what_is_shared() -> None:
    (found,) = overlaps(meant_of(_request()), [HELD])
    assert (found.degree, found.themes, found.types, found.weapons) == (
        "same",
        ("border-controls",),
        ("training",),
        ("CW",),
    )
    assert (found.states, found.regions, found.days, found.answers) == (("KEN",), (), 0, False)


def test_an_activity_planned_for_the_request_says_so_and_comes_first() -> None:
    own = msgspec.structs.replace(HELD, id="ACT-2026-9", request="KEN-2026-1")
    assert [(one.activity, one.answers) for one in overlaps(meant_of(_request()), [HELD, own])] == [
        ("ACT-2026-9", True),
        ("ACT-2026-1", False),
    ]


def test_a_neighbour_of_the_sub_region_is_near_and_another_continent_is_not() -> None:
    (near,) = overlaps(meant_of(_request(state="TZA")), [HELD])
    assert (near.degree, near.states, near.regions) == ("near", (), ("Eastern Africa",))
    assert overlaps(meant_of(_request(state="CHL")), [HELD]) == ()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"themes": ("export-licensing",)}, False),
        ({"weapons": ("NW",)}, False),
        ({"weapons": ()}, True),
        ({"since": None, "until": None}, True),
        ({"since": dt.date(2027, 3, 5) + dt.timedelta(NEAR), "until": None}, True),
        ({"since": dt.date(2027, 3, 6) + dt.timedelta(NEAR), "until": None}, False),
    ],
)
def test_what_parts_two_things_and_what_does_not(changed: dict[str, object], found: bool) -> None:
    assert bool(overlaps(meant_of(_request(subject=_subject(**changed))), [HELD])) is found


def test_another_kind_of_help_is_near_not_the_same() -> None:
    (found,) = overlaps(meant_of(_request(subject=_subject(types=("equipment",)))), [HELD])
    assert (found.degree, found.types) == ("near", ())


def test_an_organisation_that_asks_is_told_what_its_members_may_have() -> None:
    (found,) = overlaps(meant_of(_request(state=None)), [HELD])
    assert (found.degree, found.states, found.regions) == ("near", (), ())


def test_nothing_overlaps_with_itself_or_with_what_was_cancelled() -> None:
    assert overlaps(meant_of(HELD), [HELD]) == ()
    assert overlaps(meant_of(_request()), [msgspec.structs.replace(HELD, status="cancelled")]) == ()


def test_an_event_of_a_plan_is_compared_like_anything_else() -> None:
    event = Meant("EVENT-1", "Seminar (invented)", CUSTOMS, frozenset({"UGA", "RWA"}))
    (found,) = overlaps(event, [HELD])
    assert found.states == ("UGA",)


def test_two_entries_of_one_activity_are_told_with_what_makes_them_alike() -> None:
    again = msgspec.structs.replace(
        HELD, id="ACT-2026-2", title="COURSE  for customs officers (invented)", provider="Other"
    )
    other = msgspec.structs.replace(HELD, id="ACT-2026-3", title="Quite another", provider="Somebody else")
    (found,) = twice([other, again, HELD])
    assert (found.kind, found.first, found.second) == ("activity", "ACT-2026-1", "ACT-2026-2")
    assert (found.alike, found.themes, found.states) == (("title",), ("border-controls",), ("KEN", "UGA"))


@pytest.mark.parametrize(
    "changed",
    [
        {"states": ("CHL",)},
        {"status": "cancelled"},
        {"subject": _subject(themes=("outreach",))},
        {"subject": _subject(types=("equipment",))},
        {"subject": _subject(since=dt.date(2028, 1, 1), until=None)},
    ],
)
def test_what_differs_in_substance_is_not_twice(changed: dict[str, object]) -> None:
    assert twice([HELD, msgspec.structs.replace(HELD, id="ACT-2026-2", **changed)]) == ()


def test_offers_to_all_and_to_a_region_may_be_one_but_not_a_withdrawn_one() -> None:
    offer = Offer(id="OFF-1", provider="A (invented)", kind="other", title="Courses", subject=CUSTOMS)
    regional = msgspec.structs.replace(offer, id="OFF-2", title="Courses for Africa", regions=("Africa",))
    (found,) = twice([offer, regional])
    assert (found.kind, found.alike) == ("offer", ("provider",))
    assert twice([offer, msgspec.structs.replace(regional, withdrawn=True)]) == ()


_DAYS = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@settings(max_examples=200)
@given(_DAYS, _DAYS, _DAYS, _DAYS)
def test_days_between_are_the_same_both_ways_and_none_where_a_day_is_shared(
    a: dt.date | None, b: dt.date | None, c: dt.date | None, d: dt.date | None
) -> None:
    one, other = Subject(since=a, until=b), Subject(since=c, until=d)
    if (a and b and a > b) or (c and d and c > d):
        return
    days = days_between(one, other)
    assert days == days_between(other, one)
    if days is not None:
        shared = any(
            all(s.since is None or s.since <= day for s in (one, other))
            and all(s.until is None or day <= s.until for s in (one, other))
            for day in (dt.date(2025, 12, 1) + dt.timedelta(at) for at in range(460))
        )
        assert (days == 0) is shared
