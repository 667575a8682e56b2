"""What is known from where, how old it is, and what rests on it."""

from fastapi import Response

from open1540.interfaces.http.asking import Asking
from open1540.interfaces.web.pages.overview import instrument_name
from open1540.interfaces.web.pages.reference.place import Cell, Part, choice_of, desk, show_item, show_list
from open1540.interfaces.web.pages.reference.words import kinds, kinds_of_source
from open1540.workflows import listings


@desk.page("/reference/sources", "read", table=True)
def sources(ask: Asking, words: str = "", kind: str = "") -> Response:
    """What is known from where, how old it is, and how much rests on it."""
    t = ask.t
    known_kinds = kinds_of_source(t)
    rows = [
        (
            Cell(row.source.title, f"/reference/sources/{row.source.id}", "en"),
            Cell(known_kinds[row.source.kind]),
            Cell(
                t.date(row.source.retrieved) if row.source.retrieved else t("recalled"),
                unknown=not row.source.retrieved,
            ),
            Cell(t.number(row.uses)),
        )
        for row in listings.sources(words=words, kind=kind)
    ]
    return show_list(
        ask,
        kinds(t)["sources"],
        "sources",
        (
            ("source", t("Source")),
            ("kind", t("Category")),
            ("read", t("Read on")),
            ("uses", t("Facts that rest on it")),
        ),
        rows,
        words=words,
        choices=(choice_of("kind", t("Category"), known_kinds, kind),),
        numbers_from=3,
    )


@desk.page("/reference/sources/{source}", "read")
def source(ask: Asking, source: str) -> Response:
    """A source and what rests on it."""
    t, row = ask.t, listings.source(source)
    one = row.source
    is_address = one.locator.startswith(("https://", "http://")) and " " not in one.locator
    said: dict[str, int] = {}
    for record in listings.said_by(one.id):
        said[record.instrument] = said.get(record.instrument, 0) + 1
    parts = [
        Part(t("Category"), (Cell(kinds_of_source(t)[one.kind]),)),
        Part(t("Where it is found"), (Cell(one.locator, one.locator if is_address else None, "en"),)),
        Part(t("Read on"), (Cell(t.date(one.retrieved)) if one.retrieved else Cell(t("recalled"), unknown=True),)),
        Part(t("Note"), (Cell(one.note, lang="en"),) if one.note else ()),
        Part(
            t("Facts that rest on it"),
            tuple(Cell(f"{path}: {t.number(count)}") for path, count in sorted(row.used_in.items())),
        ),
        Part(
            t("What it says of States"),
            tuple(
                Cell(f"{instrument_name(told, ask.language)}: {t.number(count)}", f"/reference/instruments/{told}")
                for told, count in sorted(said.items())
            ),
        ),
    ]
    return show_item(ask, one.title, "sources", parts)
