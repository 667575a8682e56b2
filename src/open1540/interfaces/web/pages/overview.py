"""The first page: what the record holds of every State, what is due, what changed lately; the map and the calendar whole."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any

import msgspec
from fastapi import Query, Response

from open1540 import reference
from open1540.interfaces.http import calendars
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.language import Translator
from open1540.interfaces.web import world
from open1540.interfaces.web.desk import Desk
from open1540.matrix.record import standing_template
from open1540.reference import facts
from open1540.workflows import log, overview, upkeep
from open1540.workflows.log import AuditRow
from open1540.workflows.overview import Ahead, Shade, Shown, World

desk = Desk("overview", "Overview", "/")
NEXT, LATEST = 6, 8
POINTS = 100
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


class Point(msgspec.Struct, frozen=True):
    """Something that falls due, in the reader's language."""

    day: str
    written: str
    kind: str
    what: str
    where: str
    address: str | None


class Change(msgspec.Struct, frozen=True):
    """A change of the record, in the reader's language; by whom only where the log is open to the reader."""

    at: str
    what: str
    subject: str
    address: str | None
    by: str


@desk.page("/", "read")
def first(ask: Asking, show: str = overview.DEFAULT, on: str = "") -> Response:
    """The overview."""
    shown = overview.world(show, database_url=ask.database_url, who=ask.who, on=on)
    today = upkeep.today()
    return desk.show(
        ask,
        "overview.html",
        title=ask.t("Overview"),
        **_map(ask, shown),
        figures=overview.figures(database_url=ask.database_url, who=ask.who),
        steps=steps(ask.t),
        ahead=_points(ask, _ahead(ask, today, today + overview.AHEAD)[:NEXT]),
        changes=[_change(ask, row) for row in log.lately(database_url=ask.database_url, who=ask.who, limit=LATEST)],
    )


@desk.page("/map", "read", table=True)
def whole_map(ask: Asking, show: str = overview.DEFAULT, on: str = "", shade: str = "") -> Response:
    """The map with the table it shows."""
    shown = overview.world(show, database_url=ask.database_url, who=ask.who, on=on)
    told = _map(ask, shown)
    rows = [one for one in shown.states if shade in ("", one.shade)]
    return desk.show(
        ask,
        "map.html",
        title=ask.t("Map"),
        crumbs=[(ask.t("Overview"), "/")],
        table=_map_table(ask, shown, rows),
        rows=rows,
        chosen=shade,
        fields=_fields(ask.language),
        sources=facts.sources(),
        **told,
    )


@desk.page("/calendar", "read", table=True)
def calendar(ask: Asking, since: str = "", until: str = "", kind: str = "", page: PageNumber = 1) -> Response:
    """What falls due; an export holds all of it, not one page."""
    t = ask.t
    first_day, last_day = overview.span(since, until, upkeep.today())
    ahead = [one for one in _ahead(ask, first_day, last_day) if kind in ("", one.kind)]
    whole = not ask.request.url.path.endswith("/calendar")
    points = _points(ask, ahead if whole else ahead[(page - 1) * POINTS : page * POINTS])
    return desk.show(
        ask,
        "calendar.html",
        title=t("Calendar"),
        crumbs=[(t("Overview"), "/")],
        table=table(
            "calendar",
            t("Calendar"),
            (
                ("day", t("Day")),
                ("kind", t("Category")),
                ("what", t("What falls due")),
                ("where", t("Where it stands")),
            ),
            ((one.day, one.kind, one.what, one.where) for one in points),
            notes=(t("Days are those of the resolutions and of the documents shown to the reader."),),
        ),
        points=points,
        total=len(ahead),
        page=page,
        pages=-(-len(ahead) // POINTS),
        kinds=kinds(t),
        since=first_day.isoformat(),
        until=last_day.isoformat(),
        kind=kind,
    )


@desk.answers("/calendar.ics", "read")
def calendar_file(ask: Asking, since: str = "", until: str = "") -> Response:
    """What falls due, for a calendar program."""
    points = _points(ask, _ahead(ask, *overview.span(since, until, upkeep.today())))
    entries = (calendars.Entry(dt.date.fromisoformat(one.day), one.what, one.where) for one in points)
    content = calendars.written("open1540", ask.settings.address or str(ask.request.base_url), entries)
    return Response(
        content,
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="open1540.ics"', "Cache-Control": "private, no-cache"},
    )


def shades(t: Translator) -> dict[Shade, str]:
    """What each shade of the map means."""
    return {
        "bound": t("party or member"),
        "signed": t("signed, observer, or less than a full member"),
        "disagree": t("sources disagree"),
        "none": t("no consent on record"),
        "recorded": t("recorded"),
        "unclear": t("unclear"),
        "not applicable": t("not applicable"),
        "unknown": t("unknown"),
    }


def steps(t: Translator) -> dict[str, str]:
    """The steps of a version."""
    return {
        "draft": t("draft"),
        "with the State": t("with the State"),
        "agreed": t("agreed"),
        "approved": t("approved"),
        "published": t("published"),
    }


def kinds(t: Translator) -> dict[str, str]:
    """The kinds of what falls due."""
    return {
        "mandate": t("end of a mandate"),
        "review": t("review"),
        "programme": t("programme of work"),
        "briefing": t("briefing"),
        "report": t("report"),
        "deadline": t("deadline"),
        "planned": t("planned"),
    }


def changed(t: Translator) -> dict[str, str]:
    """What was done, by the beginning of the words the log has for it."""
    return {
        "document kept": t("document kept"),
        "document read again": t("document read again"),
        "document shown": t("document shown to others"),
        "claims proposed": t("claims proposed"),
        "claim": t("claim judged"),
        "proposal": t("proposal judged"),
        "matrix version made": t("version of a matrix made"),
        "matrix step: with the State": t("matrix sent to the State"),
        "matrix step: agreed": t("matrix agreed"),
        "matrix step: approved": t("matrix approved"),
        "matrix step: published": t("matrix published"),
        "matrix comment": t("comment on a matrix"),
        "matrix note": t("note on a matrix"),
    }


def _map(ask: Ask, shown: World) -> dict[str, Any]:
    return {
        "world": shown,
        "drawing": world.world(),
        "what": _title(ask, shown),
        "words": shades(ask.t),
        "numbers": shown.numbers(),
        "instruments": _instruments(ask),
    }


def _title(ask: Ask, shown: World) -> str:
    if shown.kind == "field":
        return _caption(ask, shown.id)
    return instrument_name(shown.id, ask.language)


def instrument_name(instrument: str, language: str) -> str:
    """What an instrument is called in a language; its title where it has no name there."""
    return _instrument_names(language).get(instrument) or reference.instrument(instrument).title


@cache
def _instrument_names(language: str) -> dict[str, str]:
    return {known: name for name, known, kind in reference.instrument_labels(language) if kind == "preferred"}


def _instruments(ask: Ask) -> list[tuple[str, str]]:
    return sorted((instrument_name(one.id, ask.language), one.id) for one in reference.instruments())


@cache
def _fields(language: str) -> dict[str, list[tuple[str, str]]]:
    """The fields of the matrix with their captions, by section."""
    template = standing_template()
    found: dict[str, list[tuple[str, str]]] = {}
    for field in template.fields:
        section = f"{field.section}. {template.section_title(field.section, language)}"
        found.setdefault(section, []).append((field.caption(language), field.field))
    return found


def _map_table(ask: Ask, shown: World, rows: Iterable[Shown]) -> Table:
    t, words, known = ask.t, shades(ask.t), facts.sources()
    return table(
        f"map-{shown.id}",
        f"{_title(ask, shown)}, {t.date(shown.on)}",
        (
            ("state", t("Code")),
            ("name", t("State")),
            ("shade", t("On record")),
            ("value", t("Word of the source, or code")),
            ("since", t("Since")),
            ("as_of", t("As of")),
            ("source", t("Source")),
            ("version", t("Version")),
        ),
        (
            (
                one.state,
                reference.state(one.state).name(ask.language, shown.on),
                words[one.shade],
                one.value,
                one.since,
                one.as_of,
                known[one.source].title if one.source else None,
                one.version,
            )
            for one in rows
        ),
        sources=sorted({known[one.source].title for one in shown.states if one.source}),
        notes=(t("Blank means unknown: nothing is recorded, never that there is no measure."),),
    )


def _ahead(ask: Ask, since: dt.date, until: dt.date) -> tuple[Ahead, ...]:
    return overview.ahead(database_url=ask.database_url, who=ask.who, since=since, until=until)


def _points(ask: Ask, ahead: Iterable[Ahead]) -> list[Point]:
    return [_point(ask, one) for one in ahead]


def _point(ask: Ask, one: Ahead) -> Point:
    t = ask.t
    if one.document:
        address = f"/documents/{one.document}"
        return Point(one.day, one.written, one.kind, one.text, one.name or one.document, address)
    bodies = ", ".join(reference.actor_name(body, ask.language) or body for body in one.bodies)
    what = one.title.get(ask.language) or t("end of the mandate")
    where = one.resolution or ""
    if one.paragraph:
        where = t("{resolution}, paragraph {number}").format(resolution=where, number=one.paragraph)
    number = reference.resolution(one.resolution).number if one.resolution else 0
    return Point(one.day, one.written, one.kind, f"{bodies}: {what}", where, f"/reference/resolutions/{number}")


def _change(ask: Ask, row: AuditRow) -> Change:
    told = changed(ask.t)
    what = next(
        (told[known] for known in sorted(told, key=len, reverse=True) if row.action.startswith(known)), row.action
    )
    subject, address = _subject(ask, row)
    return Change(row.at, what, subject, address, row.by if ask.may("audit") else "")


def _subject(ask: Ask, row: AuditRow) -> tuple[str, str | None]:
    if row.action.startswith("matrix"):
        state, _, rest = row.subject.partition(" ")
        return f"{reference.state(state).name(ask.language)} {rest}", f"/states/{state}"
    if row.action.startswith("document"):
        return row.detail if row.action != "document shown" else row.subject, f"/documents/{row.subject}"
    if row.action == "claims proposed":
        return row.subject, f"/documents/{row.subject}"
    # A judgement is told by the field it is on, or by its reason; ids say nothing to people.
    field = row.subject.partition(":")[2]
    return (_caption(ask, field) if field else row.detail), None


def _caption(ask: Ask, field: str) -> str:
    known = (one for template in reference.templates() for one in template.fields if one.field == field)
    return next((one.caption(ask.language) for one in known), field)
