"""Programmes from the record: what is gathered, what is kept, and what a person may ask of a plan."""

import datetime as dt
import time

import msgspec
import pytest

from open1540 import reference, store
from open1540.assistance.records import Activity, Offer, Request, Subject, Taken
from open1540.assistance.regional import Contradiction, Limits
from open1540.assistance.regional.reasons import Added
from open1540.matrix.record import StepTaken, Version, standing_template
from open1540.vocabulary import BadInput, Entry, NotAllowed, UnknownCode
from open1540.workflows import assistance_plans as flow
from open1540.workflows.assistance_plans import Wish
from open1540.workflows.permissions import Person

EXPERT, READER = Person("expert", "expert"), Person("reader", "reader")
STATES = ("BEN", "BFA", "CIV", "GHA", "GIN", "MLI", "NER", "NGA", "SEN", "TGO")
PRACTISING = ("SEN", "GHA")
THEME = "border-controls"
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
STEPS = ("with the State", "agreed", "approved", "published")


def _fill(url: str) -> None:
    """Ten invented matrices: two States have border controls on record with a citation, eight have nothing of them."""
    kept, template = store.open(url), standing_template()
    own = [field.field for field in template.fields if field.field in reference.theme(THEME).matching()]
    other = next(field.field for field in template.fields if field.section == "II")
    for state in STATES:
        fields = own if state in PRACTISING else [other]
        entries = tuple(Entry(state, field, "X", (f"Law of {state} (invented)",)) for field in fields)
        made = kept.add_version(
            Version(state, 0, template.id, AT.date(), entries, AT, "test", note="invented"), expected_latest=None
        )
        before = "draft"
        for step in STEPS:
            kept.take_step(StepTaken(state, made.number, step, AT, "test", "expert"), before)
            before = step
    subject = Subject(themes=(THEME,), types=("seminar", "training"), languages=("en", "fr"))
    kept.add_record(
        Offer(provider="Invented Institute", kind="other", title="Seminars", subject=subject, by="p", at=AT)
    )
    asking = Request(
        state="TGO", requester="Invented Customs", title="Seminar", subject=Subject(themes=(THEME,)), by="t", at=AT
    )
    kept.add_record(asking, steps=[Taken("", 0, "submit", AT.date(), AT, "t", "contact")])
    kept.close()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"sqlite:///{tmp_path_factory.mktemp('plans') / 'records.sqlite3'}"
    _fill(made)
    return made


def wish(**changes: object) -> Wish:
    year = flow.today().year + 1
    asked = Wish(
        title="Borders of invented States",
        since=dt.date(year, 1, 11),
        until=dt.date(year, 6, 30),
        limits=Limits(events=1, per_state=1),
        states=STATES,
        themes=(THEME,),
        seconds=10.0,
    )
    return msgspec.structs.replace(asked, **changes)


@pytest.fixture(scope="module")
def plan(url: str) -> flow.PlanDetail:
    return flow.work_out(wish(), database_url=url, who=EXPERT)


def test_needs_and_practice_come_from_the_record_with_their_source(url: str) -> None:
    asked = flow.gathered(wish(), database_url=url, who=EXPERT)
    needing = {need.state for need in asked.needs}
    assert needing == set(STATES) - set(PRACTISING)
    assert {one.state: one.citation for one in asked.practices} == {
        state: f"Law of {state} (invented)" for state in PRACTISING
    }
    togo = [need for need in asked.needs if need.state == "TGO"]
    assert [(need.source, need.weight) for need in togo] == [("TGO v1", 1.0), ("TGO-2026-1", 3.0)]
    assert not flow.gathered(wish(from_requests=0.0, from_matrices=0.0), database_url=url, who=EXPERT).needs


def test_a_state_without_a_version_has_no_need_from_it(url: str) -> None:
    asked = flow.gathered(wish(states=("LBR", "TGO")), database_url=url, who=EXPERT)
    assert {need.state for need in asked.needs} == {"TGO"}


def test_a_plan_is_kept_with_what_it_was_worked_out_from(url: str, plan: flow.PlanDetail) -> None:
    assert plan.worked and plan.worked.programme
    (event,) = plan.worked.programme.events
    assert event.themes == (THEME,)
    assert set(PRACTISING) & set(event.states)
    assert plan.worked.programme.gap <= flow.GAP
    again = flow.one(plan.plan.id, database_url=url, who=EXPERT)
    assert again == plan
    assert [kept.number for kept in store.open(url).history(type(plan.plan), plan.plan.id)] == [1, 2]


def test_it_says_why_what_one_more_adds_and_what_the_meeting_is_about(url: str, plan: flow.PlanDetail) -> None:
    assert flow.why_in(plan.plan.id, "Togo", database_url=url, who=EXPERT).standing == "takes part"
    with pytest.raises(UnknownCode, match="FRA"):
        flow.why_in(plan.plan.id, "FRA", database_url=url, who=EXPERT)
    added = flow.what_adds(plan.plan.id, "events", database_url=url, who=EXPERT)
    assert isinstance(added, Added)
    assert added.step == 1
    with pytest.raises(UnknownCode, match="cheese"):
        flow.what_adds(plan.plan.id, "cheese", database_url=url, who=EXPERT)
    told = flow.agenda_of(plan.plan.id, "E01", database_url=url, who=EXPERT)
    assert {need.source for gap in told.gaps for need in gap.needs} >= {"TGO v1", "TGO-2026-1"}
    with pytest.raises(UnknownCode, match="E99"):
        flow.agenda_of(plan.plan.id, "E99", database_url=url, who=EXPERT)


def test_a_meeting_becomes_a_planned_activity(url: str, plan: flow.PlanDetail) -> None:
    kept = flow.keep_meeting(plan.plan.id, "E01", database_url=url, who=EXPERT)
    assert (kept.plan, kept.status, kept.provider) == (plan.plan.id, "planned", "Invented Institute")
    assert store.open(url).record(Activity, kept.id) == kept


def test_limits_that_contradict_each_other_are_named_and_kept(url: str, plan: flow.PlanDetail) -> None:
    found = flow.work_out(wish(limits=Limits(events=1, budget=10.0)), database_url=url, who=EXPERT)
    assert found.worked
    told = found.worked.contradiction
    assert isinstance(told, Contradiction)
    assert "budget" in told.limits
    with pytest.raises(BadInput, match="not worked out"):
        flow.compared(plan.plan.id, found.plan.id, database_url=url, who=EXPERT)


def test_two_plans_beside_each_other(url: str, plan: flow.PlanDetail) -> None:
    more = flow.work_out(wish(limits=Limits(events=2)), database_url=url, who=EXPERT)
    told = flow.compared(plan.plan.id, more.plan.id, database_url=url, who=EXPERT)
    assert told.met.second >= told.met.first


def test_what_is_begun_can_be_asked_for_until_it_is_worked_out(url: str) -> None:
    begun = flow.begin(wish(), database_url=url, who=EXPERT)
    found = flow.one(begun.id, database_url=url, who=EXPERT)
    deadline = time.monotonic() + 120
    while found.worked is None and time.monotonic() < deadline:
        time.sleep(0.2)
        found = flow.one(begun.id, database_url=url, who=EXPERT)
    assert found.worked and found.worked.programme


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"since": dt.date(2020, 1, 1)}, "days from 2020-01-01"),
        ({"until": dt.date(2026, 1, 1)}, "days from"),
        ({"block_days": 0}, "blocks of 0"),
        ({"block_days": 300}, "for a block of 300"),
        ({"title": " "}, "no title"),
        ({"states": ("XXX",)}, "XXX"),
        ({"regions": ("Atlantis",)}, "Atlantis"),
        ({"themes": ("cheese",)}, "cheese"),
    ],
)
def test_what_cannot_be_wished_is_refused(url: str, changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        flow.work_out(wish(**changes), database_url=url, who=EXPERT)


def test_planning_is_for_those_who_plan(url: str, plan: flow.PlanDetail) -> None:
    with pytest.raises(NotAllowed):
        flow.gathered(wish(), database_url=url, who=READER)
    with pytest.raises(NotAllowed):
        flow.one(plan.plan.id, database_url=url, who=READER)
