"""Activities planned or held, on a page: listed, shown with what is near them, written, cancelled."""

from typing import Annotated, get_args

import msgspec
from fastapi import Form, Response
from pydantic import BaseModel, ConfigDict, Field

from open1540 import reference
from open1540.assistance.records import Activity, ActivityStatus
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.assistance.place import Asked, Filters, Words, crumbs, desk, states
from open1540.interfaces.web.pages.assistance.written import LONGEST, number_of, subject_of
from open1540.vocabulary import BadInput, Conflict, NotAllowed, Open1540Error
from open1540.workflows import assistance_offers as flow
from open1540.workflows.assistance_offers import ActivityDetail

STATUSES: tuple[ActivityStatus, ...] = get_args(ActivityStatus)
_Text = Annotated[str, Field(max_length=LONGEST)]
_Many = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=400)]


class Typed(BaseModel):
    """What the form of an activity sends."""

    model_config = ConfigDict(extra="ignore")

    number: _Text = "0"
    note: _Text = ""
    provider: _Text = ""
    title: _Text = ""
    status: _Text = "planned"
    themes: _Many = []
    types: _Many = []
    weapons: _Many = []
    languages: _Many = []
    since: _Text = ""
    until: _Text = ""
    place: _Text = ""
    states: _Many = []
    request: _Text = ""
    source: _Text = ""


TypedForm = Annotated[Typed, Form()]


@desk.page("/assistance/activities", "read", table=True)
def listed(ask: Asking, asked: Filters) -> Response:
    """Activities by filters, in the order of their days."""
    found = flow.activities(database_url=ask.database_url, who=ask.who, asked=asked)
    words = Words(ask.t)
    return desk.show(
        ask,
        "activities.html",
        title=ask.t("Activities"),
        crumbs=crumbs(ask),
        table=_table(ask, found, words),
        found=found,
        asked=asked,
        filtered=asked != flow.Asked(),
        words=words,
        states=states(ask),
    )


@desk.page("/assistance/activities/new", "activity", keep=False)
def new(ask: Asking) -> Response:
    """The form of a new activity."""
    return _form(ask, Typed())


@desk.act("/assistance/activities/new", "activity")
def make(ask: Asking, typed: TypedForm) -> Response:
    """Keep a new activity."""
    try:
        kept = flow.keep_activity(_activity(typed), database_url=ask.database_url, who=ask.who, note=typed.note)
    except (BadInput, NotAllowed) as error:
        return _form(ask, typed, error=error)
    return go(f"/assistance/activities/{kept.id}?done=kept")


@desk.page("/assistance/activities/{activity}", "read", keep=False)
def one(ask: Asking, activity: str, done: Asked = "") -> Response:
    """An activity, and what else is planned or held near it."""
    found = flow.activity(activity, database_url=ask.database_url, who=ask.who)
    return desk.show(
        ask,
        "activity.html",
        title=found.activity.title,
        crumbs=crumbs(ask, (ask.t("Activities"), "/assistance/activities")),
        found=found,
        activity=found.activity,
        words=Words(ask.t),
        done=ask.t("The activity was kept.") if done == "kept" else "",
    )


@desk.page("/assistance/activities/{activity}/change", "activity", keep=False)
def change(ask: Asking, activity: str) -> Response:
    """The form of an activity that is kept."""
    found = flow.activity(activity, database_url=ask.database_url, who=ask.who)
    return _form(ask, _typed(found.activity), of=found)


@desk.act("/assistance/activities/{activity}/change", "activity")
def changed(ask: Asking, activity: str, typed: TypedForm) -> Response:
    """Keep the activity as written anew; one that is cancelled stays on record as such."""
    found = flow.activity(activity, database_url=ask.database_url, who=ask.who)
    try:
        written = msgspec.structs.replace(_activity(typed, found.activity), number=number_of(typed.number))
        flow.keep_activity(written, database_url=ask.database_url, who=ask.who, note=typed.note)
    except (BadInput, NotAllowed, Conflict) as error:
        return _form(ask, typed, of=found, error=error)
    return go(f"/assistance/activities/{activity}?done=kept")


def _form(ask: Ask, typed: Typed, *, of: ActivityDetail | None = None, error: Open1540Error | None = None) -> Response:
    t = ask.t
    below = [(of.activity.title, f"/assistance/activities/{of.activity.id}")] if of else []
    return desk.show(
        ask,
        "write_activity.html",
        title=t("Change the activity") if of else t("Enter an activity"),
        crumbs=crumbs(ask, (t("Activities"), "/assistance/activities"), *below),
        typed=typed,
        words=Words(t),
        statuses=STATUSES,
        states=states(ask),
        of=of,
        error=error,
        status=status_of(error) if error else 200,
    )


def _activity(typed: Typed, before: Activity | None = None) -> Activity:
    status = next((one for one in STATUSES if one == typed.status), None)
    if status is None:
        raise BadInput(
            f"the status {typed.status!r}",
            expected="one of " + ", ".join(STATUSES),
            where="status",
            remedy="choose one",
        )
    return Activity(
        id=before.id if before else "",
        plan=before.plan if before else None,
        provider=typed.provider.strip(),
        title=typed.title.strip(),
        status=status,
        subject=subject_of(typed, before),
        states=tuple(typed.states),
        place=reference.state(typed.place).iso3 if typed.place.strip() else None,
        request=typed.request.strip() or None,
        source=typed.source.strip(),
    )


def _typed(activity: Activity) -> Typed:
    subject = activity.subject
    return Typed(
        number=str(activity.number),
        provider=activity.provider,
        title=activity.title,
        status=activity.status,
        themes=list(subject.themes),
        types=list(subject.types),
        weapons=list(subject.weapons),
        languages=list(subject.languages),
        since=str(subject.since or ""),
        until=str(subject.until or ""),
        place=activity.place or "",
        states=list(activity.states),
        request=activity.request or "",
        source=activity.source,
    )


def _table(ask: Ask, found: tuple[Activity, ...], words: Words) -> Table:
    t = ask.t
    return table(
        "activities",
        t("Activities"),
        [
            ("id", t("Number")),
            ("since", words.label("since")),
            ("until", words.label("until")),
            ("provider", t("Provider")),
            ("title", t("Title")),
            ("status", t("Status")),
            ("place", t("Host State")),
            ("states", t("States taking part")),
            ("themes", words.label("themes")),
            ("types", words.label("types")),
            ("weapons", words.label("weapons")),
            ("languages", words.label("languages")),
            ("source", t("Source")),
        ],
        (
            (
                one.id,
                one.subject.since,
                one.subject.until,
                one.provider,
                one.title,
                words.status(one.status),
                one.place,
                "; ".join(one.states),
                words.named("themes", one.subject.themes),
                words.named("types", one.subject.types),
                words.named("weapons", one.subject.weapons),
                words.named("languages", one.subject.languages),
                one.source,
            )
            for one in found
        ),
    )
