"""Resolutions with the line of the mandate, and what resolution 1540 asks of whom."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.tables import table
from open1540.interfaces.web.pages.reference.links import (
    actor_name,
    origin_of,
    to_actor,
    to_fields,
    to_obligation,
    to_pathway,
    to_source,
    to_theme,
    to_topic,
)
from open1540.interfaces.web.pages.reference.place import Cell, Part, by_parent, choice_of, desk, show_item, show_list
from open1540.interfaces.web.pages.reference.words import kinds, yes_or_no
from open1540.reference import facts
from open1540.workflows import listings

COMMITTEE = "UN.SC.1540COMMITTEE"


@desk.page("/reference/resolutions", "read", table=True)
def resolutions(ask: Asking, words: str = "", body: str = "") -> Response:
    """Resolutions, with the line in which the mandate of the 1540 Committee came down."""
    t = ask.t
    bodies = {one: actor_name(ask, one) for known in reference.resolutions() for one in known.bodies}
    rows = [
        (
            Cell(one.symbol, f"/reference/resolutions/{one.number}"),
            Cell(t.date(one.adopted_on)),
            Cell(one.subject, lang="en"),
            Cell(", ".join(actor_name(ask, body) for body in one.bodies)),
            Cell(t.date(one.mandate_until) if one.mandate_until else ""),
        )
        for one in listings.resolutions(words=words, body=body)
    ]
    return show_list(
        ask,
        kinds(t)["resolutions"],
        "resolutions",
        (
            ("resolution", t("Resolution")),
            ("adopted", t("Adopted on")),
            ("subject", t("Subject")),
            ("bodies", t("Whose mandate")),
            ("until", t("Mandate until")),
        ),
        rows,
        words=words,
        choices=(choice_of("body", t("Whose mandate"), dict(sorted(bodies.items(), key=lambda pair: pair[1])), body),),
        template="resolutions.html",
        lineage=listings.lineage(COMMITTEE),
        committee=actor_name(ask, COMMITTEE),
    )


@desk.page("/reference/resolutions/{number}", "read")
def resolution(ask: Asking, number: int) -> Response:
    """A resolution."""
    t, one = ask.t, reference.resolution(number)
    parts = [
        Part(t("Subject"), (Cell(one.subject, lang="en"),)),
        Part(t("Adopted on"), (Cell(t.date(one.adopted_on)),)),
        Part(t("What it does"), (Cell(one.effect or t("not on record"), lang="en", unknown=not one.effect),)),
        Part(t("Under Chapter VII of the Charter"), (Cell(yes_or_no(t, one.chapter_vii)),)),
        Part(t("Whose mandate"), tuple(to_actor(ask, body) for body in one.bodies)),
        Part(t("Mandate until"), (Cell(t.date(one.mandate_until)),) if one.mandate_until else ()),
        origin_of(ask, one.source, one.as_of, one.confidence),
    ]
    if one.number == reference.founding_number(one.number) == 1540:
        parts.insert(3, Part(t("Obligations"), (Cell(t("what it asks, point by point"), "/reference/obligations"),)))
    before = [known for body in one.bodies[:1] for known in listings.lineage(body)]
    if before:
        told = tuple(Cell(known.symbol, f"/reference/resolutions/{known.number}") for known in before)
        parts.append(Part(t("Line of the mandate"), told))
    return show_item(ask, one.symbol, "resolutions", parts)


@desk.page("/reference/obligations", "read", table=True)
def obligations(ask: Asking, words: str = "") -> Response:
    """What resolution 1540 asks of whom, as a tree."""
    t = ask.t
    found = listings.obligations(words=words)
    shown_table = table(
        "obligations",
        t("Obligations under resolution 1540 (2004)"),
        (("id", t("Paragraph")), ("title", t("Title")), ("addressee", t("Addressed to")), ("binding", t("Decision"))),
        ((one.id, one.title(ask.language), one.addressee, one.binding) for one in found),
        sources=(facts.source(found[0].source).title,) if found else (),
        notes=(t("In this project's own words; the text of the resolution alone is binding."),),
    )
    shown = {one.id for one in found}
    return desk.show(
        ask,
        "obligations.html",
        title=kinds(t)["obligations"],
        crumbs=[(t("Reference"), "/reference")],
        table=shown_table,
        roots=[one for one in found if one.parent not in shown],
        children=by_parent((one.parent, one) for one in found),
        words=words,
    )


@desk.page("/reference/obligations/{obligation}", "read")
def obligation(ask: Asking, obligation: str) -> Response:
    """An obligation with the topics, themes and fields it hangs together with."""
    t, one = ask.t, reference.obligation(obligation)
    fields = reference.fields_matching(one.fields)
    parts = [
        Part(t("In plain words"), (Cell(one.summary, lang="en"),)),
        Part(t("Addressed to"), (Cell(one.addressee, lang="en"),)),
        Part(t("Decision"), (Cell(t("the Council decides it") if one.binding else t("the Council calls for it")),)),
        Part(t("Part of"), (to_obligation(ask, one.parent),) if one.parent else ()),
        Part(t("Topics"), tuple(to_topic(ask, topic) for topic in one.topics)),
        Part(t("Themes"), tuple(to_theme(ask, told.id) for told in reference.themes() if one.id in told.obligations)),
        Part(
            t("Threat pathways"), tuple(to_pathway(ask, p.id) for p in reference.pathways() if one.id in p.obligations)
        ),
        Part(t("Fields of the matrix"), to_fields(ask, fields)),
        Part(t("Source"), (to_source(one.source),)),
    ]
    return show_item(ask, f"{one.id}: {one.title(ask.language)}", "obligations", parts)
