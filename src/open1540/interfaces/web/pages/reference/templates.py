"""Generations of the matrix, and which field of one says what a field of another said."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.web.pages.reference.links import to_source
from open1540.interfaces.web.pages.reference.place import Cell, choice_of, desk, show_list
from open1540.interfaces.web.pages.reference.words import kinds, relations_of
from open1540.workflows import listings


@desk.page("/reference/templates", "read", table=True)
def templates(ask: Asking) -> Response:
    """Generations of the matrix."""
    t = ask.t
    rows = [
        (
            Cell(row.title, f"/reference/templates/{row.id}", "en"),
            Cell(row.in_use_since),
            Cell(row.in_use_until or t("in use")),
            Cell(t.number(row.fields)),
            Cell(t.number(row.reconstructed)),
            Cell(row.note, lang="en"),
        )
        for row in listings.templates()
    ]
    return show_list(
        ask,
        kinds(t)["templates"],
        "templates",
        (
            ("template", t("Template")),
            ("since", t("Since")),
            ("until", t("Until")),
            ("fields", t("Fields")),
            ("reconstructed", t("Not read in a source")),
            ("note", t("Note")),
        ),
        rows,
        numbers_from=99,
    )


@desk.page("/reference/templates/{template}", "read", table=True)
def template(ask: Asking, template: str, words: str = "", section: str = "") -> Response:
    """The fields of a template in printed order."""
    t, one = ask.t, reference.template(template)
    sections = {key: f"{key}. {one.section_title(key, ask.language)}" for key in one.sections}
    rows = [
        (
            Cell(field.field, f"/map?show={field.field}"),
            Cell(field.section),
            Cell(field.caption(ask.language)),
            Cell(t("no") if field.reconstructed else t("yes")),
            to_source(field.source),
        )
        for field in listings.fields(one.id, words=words, section=section)
    ]
    return show_list(
        ask,
        one.title,
        one.id,
        (
            ("field", t("Field")),
            ("section", t("Section")),
            ("label", t("Label")),
            ("read", t("Read in a source")),
            ("source", t("Source")),
        ),
        rows,
        words=words,
        kind="templates",
        choices=(choice_of("section", t("Section"), sections, section),),
        notes=(t("Rows no public copy showed are reconstructed and say so."),),
    )


@desk.page("/reference/crosswalk", "read", table=True)
def crosswalk(
    ask: Asking,
    before: str = "legacy_2005_2016",
    after: str = "revised_2017_onwards",
    relation: str = "",
    words: str = "",
) -> Response:
    """Which field of one template says what a field of another said."""
    t = ask.t
    relations = relations_of(t)
    rows = [
        (
            Cell(one.from_field or t("none"), unknown=not one.from_field),
            Cell(relations[one.relation]),
            Cell(one.to_field or t("none"), unknown=not one.to_field),
            Cell(one.note, lang="en"),
        )
        for one in listings.crossings(before, after, words=words, relation=relation)
    ]
    known = {one.id: one.title for one in reference.templates()}
    return show_list(
        ask,
        kinds(t)["crosswalk"],
        "crosswalk",
        (
            ("from", t("Field")),
            ("relation", t("Relation")),
            ("to", t("Field of the other template")),
            ("note", t("Note")),
        ),
        rows,
        words=words,
        choices=(
            choice_of("before", t("From"), known, before, every=False),
            choice_of("after", t("To"), known, after, every=False),
            choice_of("relation", t("Relation"), relations, relation),
        ),
    )
