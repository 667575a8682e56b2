"""A State's matrix: its sections as people know them, its versions by number or by day, its blank fields, two versions compared."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.tables import table
from open1540.interfaces.reports.matrix_forms import FORMS
from open1540.interfaces.web.pages.states.drawer import context
from open1540.interfaces.web.pages.states.grid import grid
from open1540.interfaces.web.pages.states.listed import (
    NO_FINDING,
    caption,
    differences_table,
    entries_table,
    query_of,
    sections_of,
    themes_of,
)
from open1540.interfaces.web.pages.states.place import Asked, Place, desk, number_of, step_in
from open1540.interfaces.web.pages.states.words import Words
from open1540.matrix.record import STEPS, standing_template
from open1540.reference import Template
from open1540.vocabulary import BadInput
from open1540.workflows import evidence, matrix, work
from open1540.workflows.matrix import ShownEntry


@desk.page("/states/{code}/matrix", "read", table=True)
def one_section(
    ask: Asking, code: str, section: Asked = "", version: Asked = "", on: Asked = "", field: Asked = ""
) -> Response:
    """A section of the matrix, with the evidence of a field beside it where one is named."""
    place, words = Place(ask, code), Words(ask.t)
    number = number_of(version, "version")
    whole = matrix.show(place.code, database_url=ask.database_url, who=place.who, on=on or None, number=number)
    template = reference.template(whole.template)
    if field:
        section = template.field(field).section
    section = _section(template, section)
    rows, _ = matrix.versions(place.code, database_url=ask.database_url, who=place.who)
    shown = whole.version
    beside = None
    if field:
        number = shown.number if shown else None
        beside = evidence.of_field(
            place.code, field, database_url=ask.database_url, who=ask.who, number=number, on=on or None
        )
    by_field = {one.field: one for one in whole.entries}
    told = {
        "place": place,
        "whole": whole,
        "format_id": template.id,
        "grid": grid(template, section, by_field, ask.language),
        "sections": sections_of(template, ask),
        "section": section,
        "versions": rows,
        "latest": bool(shown and rows and shown.number == rows[0].number),
        "on": on,
        "version": version,
        "query": query_of(shown, on),
        "words": words,
        "step": lambda step: step_in(step, ask),
        "steps": [step_in(one, ask) for one in STEPS],
        "standing": STEPS.index(shown.step) if shown else None,
        "codes": reference.codes(),
        "file_forms": FORMS,
        "beside": beside,
        "open_steps": work.open_steps(place.code, database_url=ask.database_url, who=ask.who),
        "caption": lambda one: caption(one, template, ask),
    }
    own = [one for one in whole.entries if one.section == section]
    return desk.show(
        ask,
        "matrix.html",
        title=ask.t("Matrix"),
        crumbs=place.crumbs,
        table=entries_table(f"{place.code}-matrix", place, whole, own, words),
        **(context(ask, place, beside) if beside else {}) | told,
    )


@desk.page("/states/{code}/matrix/gaps", "read", table=True)
def gaps(ask: Asking, code: str, section: Asked = "", version: Asked = "", on: Asked = "") -> Response:
    """The fields of which nothing is recorded, by the themes the Committee speaks of."""
    place, words = Place(ask, code), Words(ask.t)
    whole = matrix.show(
        place.code,
        database_url=ask.database_url,
        who=place.who,
        on=on or None,
        section=section or None,
        number=number_of(version, "version"),
    )
    template = reference.template(whole.template)
    blank = [one for one in whole.entries if not one.entry.code]
    by_theme: dict[str, list[ShownEntry]] = {}
    for one in blank:
        for title in themes_of(one.field, ask) or [ask.t("Treaties and memberships")]:
            by_theme.setdefault(title, []).append(one)
    return desk.show(
        ask,
        "gaps.html",
        title=ask.t("Blank fields"),
        crumbs=place.below_matrix,
        table=table(
            f"{place.code}-blank-fields",
            f"{place.name}: {ask.t('Blank fields')}",
            [
                ("field", ask.t("Field")),
                ("section", ask.t("Section")),
                ("name", ask.t("Measure")),
                ("themes", ask.t("Themes")),
                ("remarks", ask.t("Remarks")),
            ],
            (
                (o.field, o.section, caption(o, template, ask), "; ".join(themes_of(o.field, ask)), o.entry.remarks)
                for o in blank
            ),
            notes=[ask.t(NO_FINDING)],
        ),
        place=place,
        whole=whole,
        by_theme=by_theme,
        number=len(blank),
        of=len(whole.entries),
        section=section,
        sections=sections_of(template, ask),
        query=query_of(whole.version, on),
        words=words,
        caption=lambda one: caption(one, template, ask),
        version=version,
        on=on,
    )


@desk.page("/states/{code}/matrix/diff", "read", table=True)
def difference(ask: Asking, code: str, before: Asked = "", after: Asked = "") -> Response:
    """What differs between two versions, field by field."""
    place, words = Place(ask, code), Words(ask.t)
    rows, _ = matrix.versions(place.code, database_url=ask.database_url, who=place.who)
    first, last = number_of(before, "before"), number_of(after, "after")
    if len(rows) > 1:
        first, last = first or rows[1].number, last or rows[0].number
    compared = None
    if first and last:
        compared = matrix.diff(place.code, first, last, database_url=ask.database_url, who=place.who)
    template = reference.template(compared.template) if compared else standing_template()
    return desk.show(
        ask,
        "diff.html",
        title=ask.t("What changed"),
        crumbs=place.below_matrix,
        table=differences_table(f"{place.code}-difference", ask, compared.differences if compared else (), template),
        place=place,
        rows=rows,
        before=first,
        after=last,
        compared=compared,
        words=words,
        step=lambda step: step_in(step, ask),
        caption=lambda one: caption(one, template, ask),
    )


def _section(template: Template, wanted: str) -> str:
    if not wanted:
        return next(iter(template.sections))
    found = next((one for one in template.sections if one.casefold() == wanted.strip().casefold()), None)
    if found is None:
        raise BadInput(
            f"section {wanted!r}",
            expected="one of " + ", ".join(template.sections),
            where=f"matrix template {template.id}",
            remedy="choose one of these",
        )
    return found
