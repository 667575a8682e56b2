"""Regional programmes on a page: wished, worked out while one waits, shown with its gap, compared."""

import datetime as dt
from typing import Annotated

from fastapi import Form, Response
from pydantic import BaseModel, ConfigDict, Field

from open1540 import reference
from open1540.assistance.regional import Contradiction, Event, Limits, Weights
from open1540.assistance.regional.reasons import Added
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.documents import attached
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.reports import agenda as paper
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.assistance.place import Asked, Words, Written, crumbs, desk, regions, states
from open1540.interfaces.web.pages.assistance.written import LONGEST, day_of, number_of
from open1540.vocabulary import BadInput, Open1540Error
from open1540.workflows import assistance_plans as flow
from open1540.workflows import assistance_requests
from open1540.workflows.assistance_plans import PlanDetail, Wish

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_Text = Annotated[str, Field(max_length=LONGEST)]
_Many = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=400)]


class Typed(BaseModel):
    """What the form of a programme sends."""

    model_config = ConfigDict(extra="ignore")

    title: _Text = ""
    since: _Text = ""
    until: _Text = ""
    block_days: _Text = "14"
    regions: _Many = []
    states: _Many = []
    themes: _Many = []
    formats: _Many = []
    events: _Text = "6"
    budget: _Text = ""
    experts: _Text = ""
    per_state: _Text = "2"
    practices: _Text = "1"
    languages: _Many = []
    hosts: _Many = []
    include: _Many = []
    share_at_least: _Text = "0"
    from_matrices: _Text = "1"
    from_requests: _Text = "3"
    needs: _Text = "1"
    equity: _Text = "0.25"
    cost: _Text = "0.02"
    travel: _Text = "0.02"
    in_order: _Text = ""
    seconds: _Text = "30"


TypedForm = Annotated[Typed, Form()]


@desk.page("/assistance/plans", "plan", table=True, keep=False)
def listed(ask: Asking) -> Response:
    """The programmes worked out so far."""
    t = ask.t
    found = flow.plans(database_url=ask.database_url, who=ask.who)
    return desk.show(
        ask,
        "plans.html",
        title=t("Regional programmes"),
        crumbs=crumbs(ask),
        table=table(
            "plans",
            t("Regional programmes"),
            [
                ("id", t("Number")),
                ("title", t("Title")),
                ("begun", t("Date")),
                ("events", t("Meetings")),
                ("met", t("Share of needs met")),
                ("gap", t("Gap")),
            ],
            (_row(one) for one in found),
        ),
        found=found,
    )


@desk.page("/assistance/plans/new", "plan", keep=False)
def new(ask: Asking, of: Asked = "") -> Response:
    """The form of a programme; that of an earlier one filled in."""
    if of:
        return _form(ask, _typed(flow.one(of, database_url=ask.database_url, who=ask.who).wish))
    first = dt.date(assistance_requests.today().year + 1, 1, 11)
    return _form(ask, Typed(since=str(first), until=str(first.replace(month=12, day=18))))


@desk.act("/assistance/plans/new", "plan")
def make(ask: Asking, typed: TypedForm) -> Response:
    """Begin to work a programme out."""
    try:
        kept = flow.begin(_wish(typed), database_url=ask.database_url, who=ask.who)
    except BadInput as error:
        return _form(ask, typed, error=error)
    return go(f"/assistance/plans/{kept.id}")


@desk.page("/assistance/plans/{plan}", "plan", table=True, keep=False)
def one(ask: Asking, plan: str, kept: Asked = "") -> Response:
    """A programme: its meetings, what they come to, its gap; or which limits contradict each other."""
    t, words = ask.t, Words(ask.t)
    found = flow.one(plan, database_url=ask.database_url, who=ask.who)
    response = desk.show(
        ask,
        "plan.html",
        title=found.plan.title,
        crumbs=crumbs(ask, (t("Regional programmes"), "/assistance/plans")),
        table=_events(ask, found, words),
        found=found,
        words=words,
        formats={one.id: words.named("types", [one.type]) for one in reference.event_formats()},
        offers={one.id: one for one in found.worked.asked.offers} if found.worked else {},
        blocks={one.id: one for one in found.worked.asked.blocks} if found.worked else {},
        seconds=found.wish.seconds,
        limits=limit_words(ask),
        more=flow.MORE,
        others=[
            one
            for one in flow.plans(database_url=ask.database_url, who=ask.who)
            if one.worked and one.worked.programme and one.plan.id != found.plan.id
        ],
        languages_known=words.choices("languages"),
        kept=kept,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@desk.page("/assistance/plans/{plan}/states/{code}", "plan", keep=False)
def why(ask: Asking, plan: str, code: str) -> Response:
    """Why a State is in a programme or not, found by testing."""
    found = flow.one(plan, database_url=ask.database_url, who=ask.who)
    told = flow.why_in(plan, code, database_url=ask.database_url, who=ask.who)
    name = reference.state(told.state).name(ask.language)
    return desk.show(
        ask,
        "why.html",
        title=ask.t("{state} in this programme").format(state=name),
        crumbs=_below(ask, found),
        found=found,
        told=told,
        words=Words(ask.t),
        limits=limit_words(ask),
    )


@desk.act("/assistance/plans/{plan}/more", "plan")
def more(ask: Asking, plan: str, limit: Written = "") -> Response:
    """What one more of a limit would add; worked out while one waits."""
    found = flow.one(plan, database_url=ask.database_url, who=ask.who)
    told: Added | Contradiction | None
    try:
        told, error = flow.what_adds(plan, limit, database_url=ask.database_url, who=ask.who), None
    except BadInput as wrong:
        told, error = None, wrong
    return desk.show(
        ask,
        "more.html",
        title=ask.t("What one more would add"),
        crumbs=_below(ask, found),
        found=found,
        limit=limit,
        limits=limit_words(ask),
        added=told if isinstance(told, Added) else None,
        contradiction=told if isinstance(told, Contradiction) else None,
        error=error,
        status=status_of(error) if error else 200,
    )


@desk.page("/assistance/plans/{plan}/beside/{other}", "plan", keep=False)
def beside(ask: Asking, plan: str, other: str) -> Response:
    """Two programmes side by side."""
    first, second = (flow.one(one, database_url=ask.database_url, who=ask.who) for one in (plan, other))
    return desk.show(
        ask,
        "beside.html",
        title=ask.t("Two programmes side by side"),
        crumbs=_below(ask, first),
        first=first,
        second=second,
        told=flow.compared(plan, other, database_url=ask.database_url, who=ask.who),
        words=Words(ask.t),
    )


@desk.answers("/assistance/plans/{plan}/agendas/{event}.{language}.{form}", "plan")
def agenda(ask: Asking, plan: str, event: str, language: str, form: str) -> Response:
    """The agenda of a meeting as a document in one of its working languages."""
    if form not in FORMS:
        raise BadInput(f"the ending {form!r}", expected="docx or pdf", where="address", remedy="choose one of the two")
    found = flow.one(plan, database_url=ask.database_url, who=ask.who)
    told = flow.agenda_of(plan, event, database_url=ask.database_url, who=ask.who)
    write = paper.agenda_docx if form == "docx" else paper.agenda_pdf
    return attached(write(told, found.plan.title, language), f"{plan}-{event}.{language}.{form}", FORMS[form])


@desk.act("/assistance/plans/{plan}/meetings/{event}", "activity")
def keep_meeting(ask: Asking, plan: str, event: str) -> Response:
    """Keep a meeting as a planned activity."""
    kept = flow.keep_meeting(plan, event, database_url=ask.database_url, who=ask.who)
    return go(f"/assistance/plans/{plan}?kept={kept.id}")


def limit_words(ask: Ask) -> dict[str, str]:
    """What limits are called."""
    t = ask.t
    return {
        "events": t("Most meetings"),
        "budget": t("Budget, in the currency of the costs"),
        "experts": t("Experts at the same time"),
        "per_state": t("Most meetings of one State"),
        "participants": t("Participants of a meeting"),
        "blocks": t("Days at which meetings can be held"),
        "practices": t("States with practice on record in each meeting, at least"),
        "hosts": t("States willing to host"),
        "languages": t("Working languages that can be interpreted"),
        "per_event": t("Working languages of one meeting"),
        "themes_per_event": t("Themes of one meeting"),
        "include": t("States that must take part"),
        "share_at_least": t("Share of needs to be met in every region (0 to 1)"),
        "events_at_least": t("Fewest meetings"),
        "offer": t("Offers on record"),
        "capacity": t("Room of an offer"),
        "host": t("Host"),
        "states": t("States"),
    }


def _below(ask: Ask, found: PlanDetail) -> list[tuple[str, str]]:
    address = f"/assistance/plans/{found.plan.id}"
    return crumbs(ask, (ask.t("Regional programmes"), "/assistance/plans"), (found.plan.title, address))


def _form(ask: Ask, typed: Typed, error: Open1540Error | None = None) -> Response:
    return desk.show(
        ask,
        "write_plan.html",
        title=ask.t("Plan regional work"),
        crumbs=crumbs(ask, (ask.t("Regional programmes"), "/assistance/plans")),
        typed=typed,
        words=Words(ask.t),
        states=states(ask),
        regions=regions(ask),
        formats=reference.event_formats(),
        error=error,
        status=status_of(error) if error else 200,
    )


def _wish(typed: Typed) -> Wish:
    since, until = day_of(typed.since, "first day"), day_of(typed.until, "last day")
    if since is None or until is None:
        raise BadInput("no days", expected="a first and a last day", where="days of the programme", remedy="give both")
    known = {one.id: one for one in reference.event_formats()}
    return Wish(
        title=typed.title,
        since=since,
        until=until,
        limits=Limits(
            events=number_of(typed.events, "most meetings"),
            budget=_amount(typed.budget, "budget") if typed.budget.strip() else None,
            experts=number_of(typed.experts, "experts") if typed.experts.strip() else None,
            per_state=number_of(typed.per_state, "meetings of one State"),
            practices=number_of(typed.practices, "States with practice"),
            languages=tuple(typed.languages) or Limits(events=1).languages,
            hosts=tuple(typed.hosts) or None,
            include=tuple(typed.include),
            share_at_least=_amount(typed.share_at_least, "share in every region"),
        ),
        regions=tuple(typed.regions),
        states=tuple(typed.states),
        themes=tuple(typed.themes),
        block_days=number_of(typed.block_days, "days of a block"),
        formats=tuple(known[one] for one in typed.formats if one in known),
        from_matrices=_amount(typed.from_matrices, "weight of what matrices leave open"),
        from_requests=_amount(typed.from_requests, "weight of requests"),
        weights=Weights(
            needs=_amount(typed.needs, "weight of needs"),
            equity=_amount(typed.equity, "weight of equity"),
            cost=_amount(typed.cost, "weight of cost"),
            travel=_amount(typed.travel, "weight of travel"),
            in_order=("needs", "equity", "cost", "travel") if typed.in_order else (),
        ),
        seconds=_seconds(typed.seconds),
    )


def _typed(wish: Wish) -> Typed:
    limits, weights = wish.limits, wish.weights
    return Typed(
        title=wish.title,
        since=str(wish.since),
        until=str(wish.until),
        block_days=str(wish.block_days),
        regions=list(wish.regions),
        states=list(wish.states),
        themes=list(wish.themes),
        formats=[one.id for one in wish.formats],
        events=str(limits.events),
        budget="" if limits.budget is None else f"{limits.budget:g}",
        experts="" if limits.experts is None else str(limits.experts),
        per_state=str(limits.per_state),
        practices=str(limits.practices),
        languages=list(limits.languages),
        hosts=list(limits.hosts or ()),
        include=list(limits.include),
        share_at_least=f"{limits.share_at_least:g}",
        from_matrices=f"{wish.from_matrices:g}",
        from_requests=f"{wish.from_requests:g}",
        needs=f"{weights.needs:g}",
        equity=f"{weights.equity:g}",
        cost=f"{weights.cost:g}",
        travel=f"{weights.travel:g}",
        in_order="yes" if weights.in_order else "",
        seconds=f"{wish.seconds:g}",
    )


def _amount(text: str, where: str) -> float:
    told = text.strip().replace(",", ".").replace(" ", "")
    try:
        amount = float(told)
    except ValueError:
        amount = -1.0
    if not 0 <= amount <= 1e12:
        raise BadInput(
            f"the number {text!r}", expected="a number from 0, such as 2.5", where=where, remedy="correct it"
        )
    return amount


def _seconds(text: str) -> float:
    seconds = _amount(text, "seconds")
    if not 1 <= seconds <= 120:
        raise BadInput(f"{seconds:g} seconds", expected="1 to 120", where="seconds", remedy="give less time or more")
    return seconds


def _row(one: PlanDetail) -> tuple[str | float | int | dt.date | None, ...]:
    programme = one.worked.programme if one.worked else None
    share = programme.measures.met / programme.measures.needed if programme and programme.measures.needed else None
    return (
        one.plan.id,
        one.plan.title,
        one.plan.at.date(),
        len(programme.events) if programme else None,
        share,
        programme.gap if programme else None,
    )


def _events(ask: Ask, found: PlanDetail, words: Words) -> Table:
    t = ask.t
    events: tuple[Event, ...] = found.worked.programme.events if found.worked and found.worked.programme else ()
    blocks = {one.id: one for one in found.worked.asked.blocks} if found.worked else {}
    return table(
        found.plan.id,
        found.plan.title,
        [
            ("id", t("Meeting")),
            ("format", t("Format")),
            ("themes", words.label("themes")),
            ("states", t("States")),
            ("host", t("Host")),
            ("offer", t("Offer")),
            ("languages", words.label("languages")),
            ("since", t("From")),
            ("until", t("Until")),
        ],
        (
            (
                one.id,
                one.format,
                words.named("themes", one.themes),
                " ".join(one.states),
                one.host,
                one.offer,
                words.named("languages", one.languages),
                blocks[one.block].since,
                blocks[one.block].until,
            )
            for one in events
        ),
        notes=[t("Costs and sizes are assumptions of this installation or of the user; no State is scored or ranked.")],
    )
