"""The first page of the desk: what is asked and offered, where, since when, and what falls due; the calendar as a file."""

import datetime as dt
from collections import Counter

from fastapi import Response

from open1540 import reference
from open1540.assistance import calendar
from open1540.assistance.procedure import Due
from open1540.interfaces.http import calendars
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import table
from open1540.interfaces.web import timeline, world
from open1540.interfaces.web.pages.assistance.place import Words, crumbs, desk
from open1540.reference import LetterRule
from open1540.workflows import assistance_offers as offers
from open1540.workflows import assistance_requests as flow

AHEAD = dt.timedelta(days=92)
YEAR = dt.timedelta(days=366)
SHOWN = 6


@desk.page("/assistance", "read", table=True)
def overview(ask: Asking) -> Response:
    """Requests and offers in numbers, the map of those who ask, the years in which they did, what is due."""
    t, words = ask.t, Words(ask.t)
    found = flow.requests(database_url=ask.database_url, who=ask.who)
    offered = offers.offers(database_url=ask.database_url, who=ask.who)
    today = flow.today()
    due = _due(ask, today, AHEAD)
    asking = Counter(one.request.state for one in found if one.request.state)
    years = Counter(_asked_on(one).year for one in found)
    themes = Counter(theme for one in found for theme in one.request.subject.themes)
    offering = Counter(theme for one in offered for theme in one.subject.themes)
    rows = [
        (words.named("themes", [theme]), themes[theme], offering[theme])
        for theme in words.choices("themes")
        if themes[theme] or offering[theme]
    ]
    return desk.show(
        ask,
        "index.html",
        title=t("Assistance"),
        table=table(
            "assistance-by-theme",
            t("Requests and offers by theme"),
            [("theme", words.label("themes")), ("requests", t("Requests")), ("offers", t("Offers"))],
            rows,
            notes=[t("Counts what your role is shown; a request of several themes counts in each.")],
        ),
        words=words,
        found=found,
        going=sum(not one.progress.ended for one in found),
        offered=offered,
        due=due[:SHOWN],
        more=len(due) - SHOWN,
        today=today,
        rows=rows,
        asking=asking,
        world=world.world(),
        drawing=timeline.timeline(sorted(years.items()), today.year),
        years=sorted(years.items()),
    )


@desk.page("/assistance/due", "match", table=True)
def due(ask: Asking) -> Response:
    """What falls due within a year, the overdue first."""
    t, words = ask.t, Words(ask.t)
    today = flow.today()
    found = _due(ask, today, YEAR)
    return desk.show(
        ask,
        "due.html",
        title=t("What is due"),
        crumbs=crumbs(ask),
        table=table(
            "assistance-due",
            t("What is due"),
            [
                ("day", t("Day")),
                ("overdue", t("Working days overdue")),
                ("step", t("Step")),
                ("request", t("Request")),
                ("by", t("By whom")),
            ],
            (
                (one.day, one.overdue, words.step(one.step), one.request, t("; ").join(map(words.role, one.by)))
                for one in found
            ),
            notes=[
                t(
                    "Days are working days of United Nations Headquarters; those of the procedure of 2010, as a public source tells it."
                )
            ],
        ),
        found=found,
        words=words,
        drafts=_drafts() if ask.may("letter") else {},
    )


@desk.answers("/assistance/due.ics", "match")
def as_calendar(ask: Asking) -> Response:
    """What falls due, for calendar programs."""
    entries = (
        calendars.Entry(
            one.day,
            f"{one.titles[ask.language]}{f' · {one.request}' if one.request else ''}",
            "resolution 1540 (2004)",
        )
        for one in calendar.entries(_due(ask, flow.today(), YEAR), {})
    )
    content = calendars.written(ask.t("What is due"), str(ask.request.base_url), entries)
    return Response(content, media_type="text/calendar; charset=utf-8")


def _drafts() -> dict[str, LetterRule]:
    """The letter that goes with a step to be entered, by the step."""
    return {rule.step: rule for rule in reference.letters().letters if rule.when != "entered" and rule.to != "either"}


def _due(ask: Ask, today: dt.date, ahead: dt.timedelta) -> tuple[Due, ...]:
    if not ask.may("match"):
        return ()
    return flow.due(database_url=ask.database_url, who=ask.who, until=today + ahead, on=today)


def _asked_on(shown: flow.Shown) -> dt.date:
    first = shown.progress.steps[:1]
    return first[0].on if first else shown.request.at.date()
