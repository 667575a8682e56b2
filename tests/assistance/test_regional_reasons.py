import json

import msgspec
import pytest
from programme import STATES, offer, west_africa

from open1540 import reference
from open1540.assistance.agenda import agenda
from open1540.assistance.comparison import compare
from open1540.assistance.regional import Contradiction, Need, Programme, broken, one_more, plan, why


def planned(asked):
    found = plan(asked, seconds=20, gap=0.0)
    assert isinstance(found, Programme)
    return found


@pytest.fixture(scope="module")
def small():
    """One peer review, so that most States are left out."""
    return west_africa(formats=(reference.event_format("peer-review"),), limits={"events": 1})


@pytest.fixture(scope="module")
def small_plan(small):
    return planned(small)


def test_a_state_without_need_is_told_so(small, small_plan):
    idle = {"SEN", "GHA"} - set(small_plan.events[0].states)
    assert idle
    for state in idle:
        assert why(small, small_plan, state).standing == "no need"


def test_a_state_that_takes_part_is_told_what_it_gains(small, small_plan):
    state = next(s for s in small_plan.events[0].states if s not in ("SEN", "GHA"))
    told = why(small, small_plan, state)
    assert told.standing == "takes part"
    assert told.events == ("E01",)
    assert {need.theme for need in told.met} == {"border-controls", "export-licensing"}
    assert told.unmet == ()


def test_a_state_left_out_of_a_full_event_is_told_that_it_is_full(small, small_plan):
    left_out = [s for s in STATES if s not in small_plan.events[0].states and s not in ("SEN", "GHA")]
    for state in left_out:
        told = why(small, small_plan, state)
        assert told.standing == "left out"
        (tried,) = told.tried
        assert tried.event == "E01"
        assert "participants" in {one.limit for one in tried.broken}
        assert tried.met > 0


def test_a_state_that_cannot_follow_is_told_the_language():
    asked = west_africa(languages={"NER": ("zh",)}, limits={"events": 1, "languages": ("en", "fr")})
    told = why(asked, planned(asked), "NER")
    assert told.standing == "left out"
    assert {one.limit for tried in told.tried for one in tried.broken} == {"languages"}


def test_a_state_whose_need_nobody_treats_is_told_what_is_lacking():
    asked = west_africa(
        offers=(offer("O1", ("border-controls",)),),
        formats=(reference.event_format("seminar"),),
        needs=(
            *(Need(state, "border-controls", "invented") for state in STATES if state not in ("SEN", "GHA", "NER")),
            Need("NER", "export-licensing", "invented"),
            Need("MLI", "export-licensing", "invented"),
        ),
        limits={"events": 1},
    )
    told = why(asked, planned(asked), "NER")
    assert told.standing == "no meeting"
    assert told.lacking == ("offer",)


def test_the_budget_is_found_to_be_the_reason_for_no_other_event():
    asked = west_africa(formats=(reference.event_format("peer-review"),), limits={"events": 2})
    one = msgspec.structs.replace(asked, limits=msgspec.structs.replace(asked.limits, events=1))
    spent = planned(one).measures.cost
    poor = msgspec.structs.replace(asked, limits=msgspec.structs.replace(asked.limits, budget=spent * 1.05))
    found = planned(poor)
    assert len(found.events) == 1
    added = one_more(poor, found, "budget", seconds=20)
    assert not isinstance(added, Contradiction)
    assert added.step == pytest.approx(spent * 0.105)
    more = one_more(poor, found, "events", seconds=20)
    assert not isinstance(more, Contradiction)
    assert more.met == 0


def test_one_more_event_adds_what_a_new_plan_adds(small, small_plan):
    added = one_more(small, small_plan, "events", gap=0.0, seconds=20)
    assert not isinstance(added, Contradiction)
    wider = planned(msgspec.structs.replace(small, limits=msgspec.structs.replace(small.limits, events=2)))
    assert added.met == wider.measures.met - small_plan.measures.met > 0
    assert added.at_least == pytest.approx(wider.measures.value - small_plan.measures.value)
    assert added.at_least <= added.at_most + 1e-9
    assert set(added.states) == {s for e in wider.events for s in e.states} - set(small_plan.events[0].states)


@pytest.mark.parametrize("limit", ["experts", "per_state", "participants", "blocks"])
def test_one_more_of_any_limit_never_takes_away(small, small_plan, limit):
    added = one_more(small, small_plan, limit, gap=0.0, seconds=20)
    assert not isinstance(added, Contradiction)
    assert added.at_least >= 0


def test_two_plans_are_set_beside_each_other(small, small_plan):
    asked = msgspec.structs.replace(small, limits=msgspec.structs.replace(small.limits, events=2))
    wider = planned(asked)
    found = compare(small, small_plan, wider, asked)
    assert (found.events.first, found.events.second) == (1, 2)
    assert found.met.second > found.met.first
    assert sum(one.second for one in found.by_theme.values()) == found.met.second
    assert sum(one.first for one in found.by_region.values()) == found.met.first
    only_wider = set(found.states_only[1])
    assert only_wider and only_wider.isdisjoint(small_plan.events[0].states)
    assert set(found.needs_only[1]) - set(found.needs_only[0])
    same = compare(small, small_plan, small_plan)
    assert same.states_only == same.needs_only == same.events_only == ((), ())


def test_an_agenda_names_shared_gaps_and_practice_with_where_they_are_written():
    asked = west_africa(offers=(offer("O1", conditions="none", subject={"types": ()}),), limits={"events": 1})
    (event,) = planned(asked).events
    found = agenda(asked, event)
    gap = next(one for one in found.gaps if one.theme == "border-controls")
    assert set(gap.states) == set(event.states) - {"SEN", "GHA"}
    assert all(need.source for need in gap.needs)
    assert gap.fields == ("OP3cd.NW.border-control.legal",)
    assert {one.state for one in gap.practices} == set(event.states) & {"SEN", "GHA"}
    assert all("Law of" in one.citation for one in gap.practices)
    assert gap.titles == {language: reference.theme("border-controls").titles[language] for language in event.languages}
    if event.offer:
        assert found.giver is not None and "types" in found.giver.to_ask and "capacity" in found.giver.to_ask
    assert set(found.outcomes) == set(event.languages)
    assert json.loads(msgspec.json.encode(found))["event"] == "E01"


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_an_agenda_speaks_each_working_language(language, small):
    asked = msgspec.structs.replace(
        small,
        languages=dict.fromkeys(STATES, (language,)),
        limits=msgspec.structs.replace(small.limits, languages=(language,)),
    )
    (event,) = planned(asked).events
    found = agenda(asked, event)
    assert broken(asked, [event]) == ()
    assert found.languages == (language,)
    assert all(part.titles[language] for part in found.parts)
    assert "providers" not in {part.id for part in found.parts}
    assert found.outcomes[language] and found.type_titles[language]


def test_themes_of_the_user_stand_with_their_titles(small):
    asked = msgspec.structs.replace(
        small,
        themes=("harbours",),
        needs=tuple(Need(state, "harbours", "invented") for state in STATES),
        practices=tuple(msgspec.structs.replace(one, theme="harbours") for one in small.practices),
    )
    (event,) = planned(asked).events
    titled = agenda(asked, event, {"harbours": dict.fromkeys(reference.LANGUAGES, "Harbours")})
    assert {title for gap in titled.gaps for title in gap.titles.values()} == {"Harbours"}
    assert {title for gap in agenda(asked, event).gaps for title in gap.titles.values()} == {"harbours"}
