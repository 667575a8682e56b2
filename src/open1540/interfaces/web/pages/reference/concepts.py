"""Topics, themes of the matrix and threat pathways."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.tables import table
from open1540.interfaces.web.pages.reference.links import (
    names_by_language,
    origin_of,
    to_fields,
    to_obligation,
    to_source,
    to_theme,
    to_topic,
)
from open1540.interfaces.web.pages.reference.place import Cell, Part, by_parent, desk, show_item, show_list
from open1540.interfaces.web.pages.reference.words import kinds
from open1540.workflows import listings


@desk.page("/reference/topics", "read", table=True)
def topics(ask: Asking, words: str = "") -> Response:
    """The topics of the field as a tree of concepts."""
    t = ask.t
    found = listings.topics(words=words)
    shown = {row.topic.id for row in found}
    told = table(
        "topics",
        kinds(t)["topics"],
        (
            ("id", t("Code")),
            *((language, language) for language in reference.LANGUAGES),
            ("broader", t("Wider topics")),
            ("obligations", t("Obligations")),
        ),
        (
            (
                row.topic.id,
                *((row.names.get(language) or ("",))[0] for language in reference.LANGUAGES),
                "; ".join(row.topic.broader),
                "; ".join(row.topic.obligations),
            )
            for row in found
        ),
    )
    return desk.show(
        ask,
        "topics.html",
        title=kinds(t)["topics"],
        crumbs=[(t("Reference"), "/reference")],
        table=told,
        roots=[row.topic for row in found if not set(row.topic.broader) & shown],
        children=by_parent((broader, row.topic) for row in found for broader in row.topic.broader),
        words=words,
    )


@desk.page("/reference/topics/{topic}", "read")
def topic(ask: Asking, topic: str) -> Response:
    """A topic with its labels in six languages and what hangs together with it."""
    t, row = ask.t, listings.topic(topic)
    one = row.topic
    parts = [
        Part(t("What is meant"), (Cell(one.scope_note, lang="en"),)),
        *names_by_language(ask, row.names),
        Part(t("Wider topics"), tuple(to_topic(ask, told) for told in one.broader)),
        Part(t("Narrower topics"), tuple(to_topic(ask, told) for told in row.narrower)),
        Part(t("Related topics"), tuple(to_topic(ask, told) for told in one.related)),
        Part(t("Obligations"), tuple(to_obligation(ask, told) for told in one.obligations if told != "scope")),
        Part(t("Themes"), tuple(to_theme(ask, told.id) for told in reference.themes_about(one.id))),
        Part(t("Fields of the matrix"), to_fields(ask, reference.fields_matching(one.fields))),
        origin_of(ask, one.source, one.as_of, one.confidence),
    ]
    return show_item(ask, one.label(ask.language), "topics", parts)


@desk.page("/reference/themes", "read", table=True)
def themes(ask: Asking, words: str = "") -> Response:
    """Themes of the matrix."""
    t = ask.t
    rows = [
        (
            Cell(one.title(ask.language), f"/reference/themes/{one.id}"),
            Cell(", ".join(one.obligations)),
            Cell(t.number(len(one.matching()))),
        )
        for one in listings.themes(words=words)
    ]
    columns = (("theme", t("Theme")), ("obligations", t("Obligations")), ("fields", t("Fields")))
    return show_list(ask, kinds(t)["themes"], "themes", columns, rows, words=words)


@desk.page("/reference/themes/{theme}", "read")
def theme(ask: Asking, theme: str) -> Response:
    """A theme of the matrix."""
    t, one = ask.t, reference.theme(theme)
    parts = [
        Part(t("Obligations"), tuple(to_obligation(ask, told) for told in one.obligations)),
        Part(t("Topics"), tuple(to_topic(ask, told) for told in one.topics)),
        Part(t("Fields of the matrix"), to_fields(ask, one.matching())),
        Part(t("Source"), (to_source(one.source),)),
    ]
    return show_item(ask, one.title(ask.language), "themes", parts)


@desk.page("/reference/pathways", "read", table=True)
def pathways(ask: Asking, words: str = "") -> Response:
    """Threat pathways and the obligations that answer them."""
    t = ask.t
    rows = [
        (
            Cell(one.title(ask.language), f"/reference/pathways/{one.id}"),
            Cell(", ".join(reference.matrix_word(weapon, ask.language) for weapon in one.weapons)),
            Cell(", ".join(one.obligations)),
        )
        for one in listings.pathways(words=words)
    ]
    columns = (("pathway", t("Threat pathway")), ("weapons", t("Weapons")), ("obligations", t("Obligations")))
    return show_list(ask, kinds(t)["pathways"], "pathways", columns, rows, words=words)


@desk.page("/reference/pathways/{pathway}", "read")
def pathway(ask: Asking, pathway: str) -> Response:
    """A threat pathway with the measures that should stop it, stage by stage."""
    t, one = ask.t, reference.pathway(pathway)
    stages = {"deny": t("Deny access"), "detect": t("Detect"), "interdict": t("Interdict"), "punish": t("Punish")}
    parts = [
        Part(t("What is meant"), (Cell(one.summary, lang="en"),)),
        Part(t("Obligations"), tuple(to_obligation(ask, told) for told in one.obligations)),
        Part(t("Topics"), tuple(to_topic(ask, told) for told in one.topics)),
        *(Part(stages[stage], to_fields(ask, one.matching(stage))) for stage in reference.STAGES),
        origin_of(ask, one.source, one.as_of.isoformat(), one.confidence),
    ]
    return show_item(ask, one.title(ask.language), "pathways", parts)
