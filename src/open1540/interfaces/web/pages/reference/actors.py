"""Organisations, bodies, groups and office-holders with every name they go by."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.web.pages.reference.links import (
    actor_name,
    names_by_language,
    origin_of,
    to_actor,
    to_resolution,
)
from open1540.interfaces.web.pages.reference.place import Cell, Part, choice_of, desk, show_item, show_list
from open1540.interfaces.web.pages.reference.words import kinds, kinds_of_actor
from open1540.workflows import listings


@desk.page("/reference/actors", "read", table=True)
def actors(ask: Asking, words: str = "", kind: str = "") -> Response:
    """Organisations, bodies, groups and office-holders with their names."""
    t = ask.t
    rows = [
        (
            Cell(actor_name(ask, row.actor.id), f"/reference/actors/{row.actor.id}"),
            Cell(row.actor.id),
            Cell(kinds_of_actor(t).get(row.actor.type, row.actor.type)),
            Cell(", ".join(row.names.get(ask.language, ())[1:])),
            Cell(actor_name(ask, row.actor.parent) if row.actor.parent else ""),
        )
        for row in listings.actors(words=words, kind=kind)
    ]
    return show_list(
        ask,
        kinds(t)["actors"],
        "actors",
        (
            ("name", t("Name")),
            ("id", t("Code")),
            ("kind", t("Category")),
            ("aliases", t("Other names")),
            ("parent", t("Part of")),
        ),
        sorted(rows, key=lambda row: row[0].text.casefold()),
        words=words,
        choices=(choice_of("kind", t("Category"), kinds_of_actor(t), kind),),
    )


@desk.page("/reference/actors/{actor}", "read")
def actor(ask: Asking, actor: str) -> Response:
    """An actor with every name it goes by."""
    t, row = ask.t, listings.actor(actor)
    one = row.actor
    below = tuple(to_actor(ask, known.id) for known in reference.actors() if known.parent == one.id)
    parts = [
        Part(t("Category"), (Cell(kinds_of_actor(t).get(one.type, one.type)),)),
        Part(t("Code"), (Cell(one.id),)),
        *names_by_language(ask, row.names),
        Part(t("Part of"), (to_actor(ask, one.parent),) if one.parent else ()),
        Part(t("Consists of"), below),
        Part(t("Since"), (Cell(t.date(one.since)),) if one.since else ()),
        Part(t("Until"), (Cell(t.date(one.until)),) if one.until else ()),
        Part(t("Resolutions"), tuple(to_resolution(known.number) for known in listings.lineage(one.id))),
        Part(t("Note"), (Cell(one.note, lang="en"),) if one.note else ()),
        origin_of(ask, one.source, one.as_of, one.confidence),
    ]
    return show_item(ask, actor_name(ask, one.id), "actors", parts)
