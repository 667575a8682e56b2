import datetime as dt
import math

import msgspec
import pytest
from programme import STATES, block, by_chance, offer, west_africa

from open1540 import reference
from open1540.assistance.regional import (
    Contradiction,
    Limits,
    Need,
    Practice,
    Programme,
    broken,
    measure,
    plan,
    planning,
)
from open1540.assistance.regional.candidates import candidates
from open1540.assistance.regional.greedy import Greedy
from open1540.assistance.regional.ground import Ground
from open1540.assistance.regional.planning import events_of
from open1540.assistance.regional.seats import Seats
from open1540.vocabulary import BadInput, UnknownCode


def planned(asked, **options):
    found = plan(asked, **{"seconds": 20, "gap": 0.0, **options})
    assert isinstance(found, Programme), found
    return found


def changed(asked, **changes):
    return msgspec.structs.replace(asked, **changes)


def limited(asked, **changes):
    return changed(asked, limits=msgspec.structs.replace(asked.limits, **changes))


def test_states_with_the_same_needs_meet_with_one_that_has_practice_on_record():
    asked = west_africa(limits={"events": 1})
    found = planned(asked)
    (event,) = found.events
    assert set(event.themes) >= {"border-controls", "export-licensing"}
    assert set(event.states) & {"SEN", "GHA"}
    assert event.host in event.states
    assert found.measures.met == found.measures.needed == 16
    assert found.gap <= 1e-6


@pytest.mark.parametrize("seed", range(25))
def test_every_plan_keeps_every_limit(seed):
    asked = by_chance(seed)
    try:
        found = plan(asked, seconds=10, gap=0.01)
    except BadInput as error:
        assert error.remedy
        return
    if isinstance(found, Programme):
        assert broken(asked, found.events) == ()
        assert 1 <= len(found.events) <= asked.limits.events
        assert found.measures == measure(asked, found.events)
        assert found.bound >= found.measures.value - 1e-6


def test_the_same_input_gives_the_same_plan_in_any_order_of_states_and_needs():
    asked = west_africa()
    turned = changed(asked, states=asked.states[::-1], needs=asked.needs[::-1], practices=asked.practices[::-1])
    assert planned(asked).events == planned(asked).events == planned(turned).events


@pytest.mark.parametrize(
    ("broken_limit", "change"),
    [
        ("participants", lambda e: {"states": e.states[:1]}),
        ("participants", lambda e: {"states": e.states + e.states}),
        ("practices", lambda e: {"states": tuple(s for s in e.states if s not in ("SEN", "GHA"))}),
        ("hosts", lambda e: {"host": "FRA"}),
        ("languages", lambda e: {"languages": ("ru",)}),
        ("per_event", lambda e: {"languages": ()}),
        ("offer", lambda e: {"offer": "O9"}),
        ("offer", lambda e: {"offer": None, "format": "seminar"}),
        ("blocks", lambda e: {"block": "B9"}),
        ("themes_per_event", lambda e: {"themes": ("nothing",)}),
    ],
)
def test_the_checker_finds_what_is_broken(broken_limit, change):
    asked = west_africa(limits={"events": 1})
    (event,) = planned(asked).events
    assert broken(asked, [event]) == ()
    spoilt = msgspec.structs.replace(event, **change(event))
    assert broken_limit in {one.limit for one in broken(asked, [spoilt])}


def test_the_checker_finds_broken_sums():
    asked = west_africa(limits={"events": 1})
    (event,) = planned(asked).events
    tight = limited(asked, budget=1.0, per_state=1, experts=0, events_at_least=3, include=("FRA",), share_at_least=1.0)
    twice = [event, event]
    assert {one.limit for one in broken(tight, twice)} >= {
        "budget",
        "events",
        "events_at_least",
        "per_state",
        "experts",
        "include",
        "blocks",
    }


def test_a_state_is_at_one_place_at_a_time():
    needs = tuple(Need(state, f"theme-{at}", "invented") for state in STATES for at in range(6))
    asked = west_africa(
        themes=tuple(f"theme-{at}" for at in range(6)),
        needs=needs,
        practices=tuple(Practice("SEN", f"theme-{at}", "invented") for at in range(6)),
        offers=(offer("O1", tuple(f"theme-{at}" for at in range(6))),),
        limits={"events": 4, "per_state": 4, "themes_per_event": 2},
    )
    found = planned(asked)
    for state in STATES:
        blocks = [event.block for event in found.events if state in event.states]
        assert len(blocks) == len(set(blocks)) <= 2


def test_a_peer_review_brings_two_to_four_states_together():
    asked = west_africa(formats=(reference.event_format("peer-review"),), offers=())
    found = planned(asked)
    assert found.events
    assert all(2 <= len(event.states) <= 4 and event.offer is None for event in found.events)


def test_a_need_that_asks_for_a_kind_is_met_by_that_kind_only():
    asked = west_africa()
    asked = changed(
        asked,
        needs=tuple(msgspec.structs.replace(need, types=("peer-review",)) for need in asked.needs),
        formats=(reference.event_format("seminar"), reference.event_format("peer-review")),
    )
    assert {event.format for event in planned(asked).events} == {"peer-review"}


def test_a_withdrawn_offer_is_not_used():
    asked = west_africa(offers=(offer("O1", withdrawn=True), offer("O2")), formats=(reference.event_format("seminar"),))
    assert {event.offer for event in planned(asked).events} == {"O2"}


def test_weights_move_the_plan():
    asked = west_africa()
    thrifty = planned(changed(asked, weights=msgspec.structs.replace(asked.weights, cost=50.0, cost_unit=100_000.0)))
    assert thrifty.measures.cost < planned(asked).measures.cost


def test_aims_in_order_keep_the_first_within_its_tolerance():
    asked = west_africa()
    first = planned(changed(asked, weights=msgspec.structs.replace(asked.weights, in_order=("needs",))))
    both = planned(
        changed(asked, weights=msgspec.structs.replace(asked.weights, in_order=("needs", "cost"), tolerance=0.1))
    )
    assert both.measures.met >= 0.9 * first.measures.met - 1e-6
    assert both.measures.cost <= first.measures.cost


def test_limits_that_contradict_each_other_are_named():
    found = plan(west_africa(limits={"budget": 10.0}), seconds=20)
    assert isinstance(found, Contradiction)
    assert set(found.limits) >= {"budget", "events_at_least"}
    assert found.irreducible
    assert found.least_cost is not None and found.least_cost > 10
    error = found.error()
    assert "budget" in error.found and "budget" in error.remedy and "least costly" in error.expected


def test_a_state_that_must_be_there_and_cannot_is_named():
    # Niger may not follow any of the languages that can be interpreted.
    found = plan(
        west_africa(languages={"NER": ("zh",)}, limits={"events": 1, "languages": ("en", "fr"), "include": ("NER",)}),
        seconds=20,
    )
    assert isinstance(found, Contradiction)
    assert list(found.limits) == ["include:NER"]


def test_two_states_that_must_be_there_and_one_event_too_few_are_named():
    asked = west_africa(
        formats=(reference.event_format("peer-review"),),
        limits={"events": 1, "include": ("BEN", "BFA", "CIV", "GIN", "MLI")},
    )
    found = plan(asked, seconds=20)
    assert isinstance(found, Contradiction)
    assert {"events", "participants at most"} & set(found.limits)
    assert isinstance(plan(limited(asked, events=2), seconds=20), Programme)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"blocks": ()}, BadInput, "no block"),
        ({"blocks": (block("B1", 3, days=-2),)}, BadInput, "exchange the days"),
        ({"blocks": (block("B1", 3), block("B1", 6))}, BadInput, "rename"),
        ({"blocks": (block("B1", 3), block("B2", 3))}, BadInput, "overlap"),
        ({"blocks": (block("B1", 3, days=1),)}, BadInput, "lengthen"),
        ({"states": (*STATES, "XXX")}, UnknownCode, "XXX"),
        ({"needs": (Need("XXX", "border-controls", "invented"),)}, UnknownCode, "XXX"),
        ({"needs": (Need("BEN", "no-theme", "invented"),)}, UnknownCode, "no-theme"),
        ({"practices": (Practice("BEN", "no-theme", "invented"),)}, UnknownCode, "no-theme"),
        ({"needs": ()}, BadInput, "no needs"),
        ({"needs": (Need("BEN", "border-controls", "invented", math.nan),)}, BadInput, "weight"),
        ({"languages": {"BEN": ("xx",)}}, UnknownCode, "xx"),
        ({"formats": ()}, BadInput, "no format"),
        ({"offers": (), "formats": (reference.event_format("seminar"),)}, BadInput, "offer"),
        ({"practices": ()}, BadInput, "practice"),
        ({"limits": Limits(events=1, events_at_least=2)}, BadInput, "allow more events"),
        ({"limits": Limits(events=0)}, BadInput, "1 or more"),
        ({"limits": Limits(events=1, budget=-5.0)}, BadInput, "budget"),
        ({"limits": Limits(events=1, budget=math.nan)}, BadInput, "budget"),
        ({"limits": Limits(events=1, hosts=())}, BadInput, "hosts"),
        ({"limits": Limits(events=1, include=("FRA",))}, UnknownCode, "FRA"),
        ({"limits": Limits(events=1, share_at_least=2.0)}, BadInput, "share"),
    ],
)
def test_bad_input_is_told_with_what_to_change(change, error, words):
    with pytest.raises(error) as told:
        plan(changed(west_africa(), **change))
    assert words in str(told.value)
    assert told.value.remedy and told.value.expected and told.value.where


@pytest.mark.parametrize("participants", [(5, 3), (1, 4)])
def test_more_at_least_than_at_most_is_refused(participants):
    seminar = msgspec.structs.replace(reference.event_format("seminar"), participants=participants)
    with pytest.raises(BadInput, match="participants"):
        plan(west_africa(formats=(seminar,)))


def test_a_peer_review_of_five_is_refused():
    wide = msgspec.structs.replace(reference.event_format("peer-review"), participants=(2, 5))
    with pytest.raises(BadInput, match="two to four"):
        plan(west_africa(formats=(wide,)))


def test_an_offer_outside_its_period_is_not_used():
    late = offer("O1", subject={"since": dt.date(2028, 1, 1)})
    with pytest.raises(BadInput, match="offer"):
        plan(west_africa(offers=(late,), formats=(reference.event_format("seminar"),)))


@pytest.mark.parametrize("seed", range(12))
def test_the_bound_from_columns_holds_for_the_best_plan_there_is(seed, monkeypatch):
    asked = by_chance(seed)
    exact = planned(asked)
    monkeypatch.setattr(planning, "FEW", 0)
    found = planned(asked, gap=0.01)
    assert broken(asked, found.events) == ()
    assert found.bound >= exact.measures.value - 1e-6
    assert found.bound >= found.measures.value - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_plans_made_step_by_step_keep_every_limit_too(seed):
    asked = by_chance(seed)
    ground = Ground(asked)
    greedy = Greedy(ground, Seats(ground, candidates(ground, 6)))
    for chance in (None, 1, 2):
        events = events_of(asked, greedy.plan(chance))
        assert {one.limit for one in broken(asked, events)} <= {"events_at_least"}
        assert greedy.draft.value() == pytest.approx(measure(asked, events).value)
