"""Figures on requests: counted, timed with those still open, and withheld where they would single one State out."""

import datetime as dt
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from open1540.assistance import statistics
from open1540.assistance.procedure import progress
from open1540.assistance.records import Feedback, Met, Request, Side, Subject, Taken
from open1540.assistance.statistics import By, Entry, changes, counts, durations, outcomes, standings

NOW = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
TODAY = NOW.date()
STATES = ("MYS", "PHL", "THA", "KEN", "CHL")


def made(number: int, state: str | None, *steps: tuple[str, dt.date], **subject: tuple[str, ...]) -> Entry:
    """An invented request that took steps on days."""
    known = f"{state or 'ORG'}-2026-{number}"
    request = Request(
        id=known,
        state=state,
        requester=f"Invented office {number}",
        title="Invented",
        subject=Subject(**subject),  # type: ignore[arg-type]
    )
    taken = [Taken(known, at, step, day, NOW, "somebody", "expert") for at, (step, day) in enumerate(steps, 1)]
    return request, progress(known, taken)


def sent(number: int, state: str | None, **subject: tuple[str, ...]) -> Entry:
    return made(number, state, ("submit", dt.date(2026, 11, 2)), **subject)


def shown(found: tuple[statistics.Count, ...]) -> dict[str, int | None]:
    return {one.key: one.requests for one in found if one.requests != 0}


def test_a_request_counts_under_each_of_its_themes_and_one_without_any_is_not_lost() -> None:
    found = [
        sent(1, "MYS", themes=("border-controls", "control-lists")),
        sent(2, "MYS", themes=("control-lists",)),
        sent(3, "KEN"),
    ]
    assert shown(counts(found, "theme", public=False)) == {"border-controls": 1, "control-lists": 2, "unstated": 1}
    assert len(counts(found, "theme", public=False)) == 18 + 1


def test_drafts_are_not_counted() -> None:
    assert shown(counts([made(1, "MYS"), sent(2, "MYS")], "ending", public=False)) == {"going on": 1}


def test_regions_years_and_endings_are_counted_once_each() -> None:
    found = [sent(1, "MYS"), sent(2, "KEN"), sent(3, None)]
    found.append(made(4, "CHL", ("submit", dt.date(2024, 5, 2)), ("close", dt.date(2025, 5, 2))))
    assert shown(counts(found, "region", public=False)) == {"Africa": 1, "Americas": 1, "Asia": 1, "unstated": 1}
    assert shown(counts(found, "year", public=False)) == {"2024": 1, "2026": 3}
    assert shown(counts(found, "ending", public=False)) == {"going on": 3, "close": 1}


def test_what_fewer_than_three_requesters_stand_behind_is_withheld_from_everyone() -> None:
    found = [sent(number, "MYS", types=("training",)) for number in range(5)]
    found += [sent(number, state, types=("equipment",)) for number, state in enumerate(STATES[:3], 10)]
    assert shown(counts(found, "type", public=False)) == {"training": 5, "equipment": 3}
    # Five requests of one State single it out as much as one does.
    assert shown(counts(found, "type", public=True)) == {"training": None, "equipment": 3}


def test_a_single_withheld_figure_cannot_be_told_from_the_sum() -> None:
    found = [sent(number, state) for number, state in enumerate(("MYS", "PHL", "THA", "KEN"))]
    assert shown(counts(found, "region", public=True)) == {"Asia": None, "Africa": None}
    assert shown(counts([*found, sent(9, "CHL"), sent(10, "FRA")], "region", public=True)) == {
        "Asia": 3,
        "Africa": None,
        "Americas": None,
        "Europe": None,
    }


@given(
    st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(("training", "equipment"))), max_size=20),
    st.sampled_from(get_args(By)),
)
def test_no_public_figure_rests_on_fewer_than_three_requesters(rows: list[tuple[str, str]], by: By) -> None:
    found = [sent(number, state, types=(kind,)) for number, (state, kind) in enumerate(rows)]
    full = {one.key: one.requests for one in counts(found, by, public=False)}
    for one in counts(found, by, public=True):
        assert one.requests in (None, full[one.key])
        assert one.requests is None or one.requests == 0 or one.requests >= statistics.FEWEST
    hidden = [full[one.key] for one in counts(found, by, public=True) if one.requests is None]
    if by in ("region", "year", "standing", "ending") and len({state for state, _ in rows}) >= statistics.FEWEST:
        assert not hidden or sum(filter(None, hidden)) >= statistics.FEWEST


def test_a_step_lasts_until_the_next_one_in_working_days() -> None:
    one = made(1, "MYS", ("submit", dt.date(2026, 11, 19)), ("authenticate", dt.date(2026, 11, 27)))
    submit, authenticate = durations([one], dt.date(2026, 11, 30), public=False)
    # 20, 23, 24, 25 and 27 November; the 26th is Thanksgiving Day.
    assert (submit.step, submit.finished, submit.open, submit.median) == ("submit", 1, 0, 5)
    assert (authenticate.finished, authenticate.open, authenticate.median) == (0, 1, None)


def waits(days: list[int], still: list[int]) -> list[Entry]:
    """Requests authenticated after so many working days, and others that have waited so many."""
    start = dt.date(2026, 6, 1)
    ended = [
        made(n, "MYS", ("submit", start), ("close", statistics.workdays.after(start, day)))
        for n, day in enumerate(days)
    ]
    on = dt.date(2026, 11, 26)
    begun = []
    for number, day in enumerate(still, 100):
        first = on
        while statistics.workdays.between(first, on) < day:
            first -= dt.timedelta(days=1)
        begun.append(made(number, "MYS", ("submit", first)))
    return ended + begun


@pytest.mark.parametrize(
    ("days", "still", "expected"),
    [
        # Without open ones: the ordinary quartiles of 1 to 4.
        ([1, 2, 3, 4], [], (1, 2, 3)),
        # Four open ones that wait longer than all others: the half of the seven is not over by the last day known.
        ([2, 4, 6], [30, 30, 30, 30], (4, None, None)),
        # An open one that has waited one day only says little: it leaves the count before the first end.
        ([2, 4, 6], [1], (2, 4, 6)),
        # 10 (by hand): at 3: 1 - 1/4; at 5, of two left after one open at 4: 3/4 - 3/8.
        ([3, 5], [4, 9], (3, 5, None)),
        ([], [7], (None, None, None)),
    ],
)
def test_requests_still_open_count_for_as_long_as_they_have_waited(
    days: list[int], still: list[int], expected: tuple[int | None, ...]
) -> None:
    (submit,) = durations(waits(days, still), TODAY, public=False)
    assert (submit.lower, submit.median, submit.upper) == expected
    assert (submit.finished, submit.open) == (len(days), len(still))


def test_the_time_in_a_step_few_took_is_withheld_from_everyone() -> None:
    (withheld,) = durations(waits([1, 2, 3], []), TODAY, public=True)
    assert withheld == statistics.Duration("submit", None, None, None, None, None, withheld=True)


def test_where_a_request_stands_is_told_with_its_next_day() -> None:
    one = made(
        1,
        "MYS",
        ("submit", dt.date(2026, 11, 2)),
        ("authenticate", dt.date(2026, 11, 3)),
        ("notify", dt.date(2026, 11, 19)),
    )
    one_closed = made(2, "KEN", ("submit", dt.date(2026, 11, 2)), ("close", dt.date(2026, 11, 3)))
    going, ended = standings([one, one_closed], TODAY)
    assert (going.standing, going.step, going.working_days) == ("submitted", "notify", 4)
    assert (ended.standing, ended.working_days, ended.due) == ("close", None, None)


def said(request: str, side: Side, met: Met, hour: int = 0) -> Feedback:
    return Feedback(request=request, side=side, met=met, at=NOW + dt.timedelta(hours=hour))


def test_the_latest_word_of_each_side_counts_under_each_theme() -> None:
    found = [sent(1, "MYS", themes=("control-lists", "outreach")), sent(2, "KEN", themes=("outreach",))]
    words = [
        said("MYS-2026-1", "requester", "yes", 2),
        said("MYS-2026-1", "requester", "too early", 1),
        said("MYS-2026-1", "provider", "in part"),
        said("KEN-2026-2", "requester", "no"),
        said("hidden", "requester", "no"),
    ]
    rows = {(one.theme, one.side): one for one in outcomes(found, words, public=False)}
    assert rows["control-lists", "requester"] == statistics.Outcome("control-lists", "requester", 1, 0, 0, 0)
    assert rows["outreach", "requester"] == statistics.Outcome("outreach", "requester", 1, 0, 1, 0)
    assert rows["outreach", "provider"] == statistics.Outcome("outreach", "provider", 0, 1, 0, 0)
    assert len(rows) == 4
    public = outcomes(found, words, public=True)
    assert all((one.yes, one.in_part, one.no, one.too_early) == (None, None, None, None) for one in public)


def test_what_the_matrix_records_is_compared_field_by_field() -> None:
    then = {"a": "X", "b": "?", "d": "X", "e": "?"}
    now = {"a": "X", "b": "X", "c": "X", "e": "NA", "elsewhere": "X"}
    assert changes(then, now, ("a", "b", "c", "d", "e", "f", "a")) == statistics.Changes(
        fields=6, then=2, now=3, newly=2, no_longer=1, otherwise=1
    )


def test_rows_are_plain_records_that_can_be_written_down() -> None:
    rows = counts([sent(1, "MYS", themes=("outreach",))], "theme", public=False)
    assert msgspec.json.decode(msgspec.json.encode(rows[0])) == {"by": "theme", "key": "prohibitions", "requests": 0}
