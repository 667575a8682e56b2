"""Instruments: who joined when, the status of every State, and of which sources say different things."""

from collections.abc import Iterable

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.web import timeline
from open1540.interfaces.web.pages.overview import instrument_name, shades
from open1540.interfaces.web.pages.reference.links import origin_of, to_fields
from open1540.interfaces.web.pages.reference.place import Cell, Part, choice_of, crumbs_to, desk, show_list, table_of
from open1540.interfaces.web.pages.reference.words import kinds, kinds_of_instrument
from open1540.reference import facts
from open1540.workflows import listings, upkeep
from open1540.workflows.overview import SHADES


@desk.page("/reference/instruments", "read", table=True)
def instruments(ask: Asking, words: str = "", kind: str = "", on: str = "") -> Response:
    """Instruments with how many States stand how."""
    t, meanings = ask.t, shades(ask.t)
    found = listings.instruments(on=on, words=words, kind=kind)
    told = SHADES["instrument"]
    rows = [
        (
            Cell(instrument_name(row.instrument.id, ask.language), f"/reference/instruments/{row.instrument.id}"),
            Cell(kinds_of_instrument(t)[row.instrument.kind]),
            Cell(t.date(row.instrument.opened_on) if row.instrument.opened_on else ""),
            *(Cell(t.number(row.numbers[shade])) for shade in told),
        )
        for row in sorted(found, key=lambda row: instrument_name(row.instrument.id, ask.language))
    ]
    return show_list(
        ask,
        kinds(t)["instruments"],
        "instruments",
        (
            ("instrument", t("Instrument")),
            ("kind", t("Category")),
            ("opened", t("Opened on")),
            *((shade, meanings[shade]) for shade in told),
        ),
        rows,
        words=words,
        on=on,
        choices=(choice_of("kind", t("Category"), kinds_of_instrument(t), kind),),
        numbers_from=3,
    )


@desk.page("/reference/instruments/{instrument}", "read", table=True)
def instrument(
    ask: Asking, instrument: str, on: str = "", shade: str = "", words: str = "", disputed: bool = False
) -> Response:
    """An instrument: who joined when, the status of every State, and of which sources say different things."""
    t, meanings, known = ask.t, shades(ask.t), facts.sources()
    one = reference.instrument(instrument)
    statuses = listings.instrument_statuses(one.id, on=on, shade=shade, words=words, disputed=disputed)
    years, undated = listings.joined(one.id)
    shown = listings.instruments(on=on, words=one.id)
    by_state = {state.state: state.shade for state in listings.world_on(one.id, on).states}
    rows = [
        (
            Cell(reference.state(status.state).name(ask.language), f"/states/{status.state}"),
            Cell(meanings[by_state[status.state]], unknown=status.value == "unknown"),
            Cell(t.date(status.shown.since) if status.shown and status.shown.since else ""),
            Cell(status.shown.as_of if status.shown else "", lang="en"),
            Cell(known[status.shown.source].title, f"/reference/sources/{status.shown.source}", "en")
            if status.shown
            else Cell(""),
            Cell(status.why, lang="en"),
        )
        for status in sorted(statuses, key=lambda status: reference.state(status.state).name(ask.language))
    ]
    columns = (
        ("state", t("State")),
        ("status", t("On record")),
        ("since", t("Since")),
        ("as_of", t("As of")),
        ("source", t("Source")),
        ("why", t("Why this is shown")),
    )
    disputes = listings.instrument_statuses(one.id, on=on, disputed=True)
    return desk.show(
        ask,
        "instrument.html",
        title=instrument_name(one.id, ask.language),
        crumbs=crumbs_to(t, "instruments"),
        table=table_of(one.id, instrument_name(one.id, ask.language), columns, rows, _sources_of(statuses)),
        parts=_instrument_parts(ask, one),
        columns=[heading for _, heading in columns],
        rows=rows,
        drawing=timeline.timeline([(told.year, len(told.states)) for told in years], upkeep.today().year),
        years=years,
        undated=undated,
        numbers=next(row.numbers for row in shown if row.instrument.id == one.id),
        meanings=meanings,
        disputes=disputes,
        known=known,
        chosen={"on": on, "shade": shade, "words": words},
        instrument=one,
    )


def _instrument_parts(ask: Ask, one: reference.Instrument) -> list[Part]:
    t = ask.t
    parts = [
        Part(t("Title"), (Cell(one.title, lang="en"),)),
        Part(t("Category"), (Cell(kinds_of_instrument(t)[one.kind]),)),
        Part(t("Opened on"), (Cell(t.date(one.opened_on)),) if one.opened_on else ()),
        Part(t("In force since"), (Cell(t.date(one.in_force_since)),) if one.in_force_since else ()),
        Part(t("Fields of the matrix"), to_fields(ask, reference.fields_matching(tuple(one.fields.split(";"))))),
        origin_of(ask, one.source, one.as_of, one.confidence),
    ]
    return [part for part in parts if part.cells]


def _sources_of(statuses: Iterable[reference.Status]) -> list[str]:
    known = facts.sources()
    return sorted({known[status.shown.source].title for status in statuses if status.shown})
