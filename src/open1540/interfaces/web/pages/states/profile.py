"""All States with what is on record of each, and the profile of one: names, instruments with their sources, reports, requests."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.tables import Value, table
from open1540.interfaces.web.pages.states.place import Asked, Place, desk, step_in
from open1540.interfaces.web.pages.states.words import Words
from open1540.reference import Status
from open1540.vocabulary import Source
from open1540.workflows import facts, states, upkeep
from open1540.workflows.states import StateOnRecord


@desk.page("/states", "read", table=True)
def index(ask: Asking, q: Asked = "", group: Asked = "", region: Asked = "") -> Response:
    """All States, or those of a group, a region or a name."""
    t, words = ask.t, Words(ask.t)
    found = states.on_record(database_url=ask.database_url, who=ask.who, group=group, region=region, text=q)
    rows = sorted(found, key=lambda one: reference.labels.folded(one.state.name(ask.language)))
    shown = table(
        "states",
        t("States"),
        [
            ("code", t("Code")),
            ("state", t("State")),
            ("regional_group", t("Regional group")),
            ("subregion", t("Sub-region")),
            ("first_report", t("First report")),
            ("reported_on", t("Reported on")),
            ("versions", t("Versions shown")),
            ("latest_version", t("Latest version")),
            ("step", t("Step")),
            ("as_of", t("Information as of")),
        ],
        (_line(one, ask, words) for one in rows),
        sources=sorted({reference.source(one.first_report.source).title for one in rows if one.first_report}),
        notes=[t("Versions are those your role is shown. A State without one has section I from the facts.")],
    )
    return desk.show(
        ask,
        "index.html",
        title=t("States"),
        table=shown,
        rows=rows,
        words=words,
        step=lambda one: step_in(one, ask),
        q=q,
        group=group,
        region=region,
        groups=_sorted(ask, {state.regional_group for state in reference.states()}),
        regions=[
            (
                ask.t(name),
                name,
                _sorted(ask, {state.m49_subregion for state in own} | {s.m49_intermediate for s in own}),
            )
            for name, own in _by_region()
        ],
    )


@desk.page("/states/{code}", "read", table=True)
def profile(ask: Asking, code: str, on: Asked = "") -> Response:
    """A State: its names, what it joined by a day and who says so, its first report, its requests."""
    place, words = Place(ask, code), Words(ask.t)
    told = facts.state_profile(place.code, on or None)
    day = told.on or upkeep.today()
    statuses = told.instruments if told.on else facts.state_profile(place.code, day.isoformat()).instruments
    return desk.show(
        ask,
        "profile.html",
        title=place.name,
        crumbs=place.crumbs[:1],
        table=table(
            f"{place.code}-instruments",
            f"{place.name}: {ask.t('Instruments')}",
            [
                ("instrument", ask.t("Instrument")),
                ("name", ask.t("Name")),
                ("kind", ask.t("Kind")),
                ("status", ask.t("Status")),
                ("since", ask.t("Since")),
                ("signed_on", ask.t("Signed")),
                ("source", ask.t("Source")),
                ("as_of", ask.t("As of")),
                ("confidence", ask.t("Confidence")),
                ("why", ask.t("Why this status")),
                ("others", ask.t("Other sources")),
            ],
            (_status_line(one, words) for one in statuses),
        ),
        place=place,
        told=told,
        state=place.state,
        on=on,
        day=day,
        words=words,
        kinds=_by_kind(statuses),
        report=reference.first_reports().get(place.code),
        requests=reference.assistance_requests(place.code),
        former=[name for name in reference.former_names() if name.id == place.code and name.lang == ask.language],
        source=source,
    )


def source(source_id: str) -> Source:
    """A source of the facts, for templates."""
    return reference.source(source_id)


def _line(one: StateOnRecord, ask: Asking, words: Words) -> Sequence[Value]:
    state, latest, report = one.state, one.latest, one.first_report
    return (
        state.iso3,
        state.name(ask.language),
        ask.t(state.regional_group) if state.regional_group else None,
        ask.t(state.m49_subregion) if state.m49_subregion else None,
        words.report(report.status if report else None),
        report.reported_on if report else None,
        one.versions,
        latest.number if latest else None,
        step_in(latest.step, ask) if latest else None,
        latest.as_of if latest else None,
    )


def _status_line(one: Status, words: Words) -> Sequence[Value]:
    record = one.shown
    return (
        one.instrument,
        words.instrument(one.instrument),
        words.kind(reference.instrument(one.instrument).kind),
        words.status(one.value, one.instrument),
        record.since if record else None,
        record.signed_on if record else None,
        reference.source(record.source).title if record else None,
        record.as_of if record else None,
        words.confidence(record.confidence) if record else None,
        words.why(one),
        "; ".join(
            f"{reference.source(other.source).title}: {words.status(other.status, one.instrument)}"
            for other in one.others
        ),
    )


def _by_kind(statuses: Sequence[Status]) -> list[tuple[str, list[Status]]]:
    """Statuses by the kind of instrument, those something is known of before the others."""
    order: dict[str, int] = {
        kind: place for place, kind in enumerate(dict.fromkeys(one.kind for one in reference.instruments()))
    }
    ranked = sorted(statuses, key=lambda one: (order[_kind(one)], one.value == "unknown"))
    return [(kind, list(own)) for kind, own in groupby(ranked, key=_kind)]


def _kind(one: Status) -> str:
    return reference.instrument(one.instrument).kind


def _by_region() -> Iterator[tuple[str, list[reference.State]]]:
    known = [state for state in reference.states() if state.m49_region]
    for name, own in groupby(
        sorted(known, key=lambda state: state.m49_region or ""), key=lambda state: state.m49_region
    ):
        yield name or "", list(own)


def _sorted(ask: Asking, names: set[str | None]) -> list[tuple[str, str]]:
    return sorted((ask.t(name), name) for name in names if name)
