"""The national side: drafts of a State's report and action plan as pages and as documents to complete."""

import msgspec
from fastapi import Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.reports import matrix_forms, paper
from open1540.interfaces.reports import national as model
from open1540.interfaces.reports.paper import Paper
from open1540.interfaces.web.pages.states.place import Asked, Place, desk
from open1540.vocabulary import BadInput, UnknownCode
from open1540.workflows import national
from open1540.workflows.national import NationalPlan, NationalReport

MEDIA = {form: matrix_forms.MEDIA[form] for form in ("docx", "pdf", "xlsx", "json")} | {
    "html": "text/html; charset=utf-8"
}
REPORT_FORMS = ("docx", "pdf", "html", "json")
PLAN_FORMS = ("docx", "pdf", "xlsx", "html", "json")


@desk.page("/states/{code}/report", "read")
def report(ask: Asking, code: str, on: Asked = "") -> Response:
    """The draft of a report, as a page."""
    place = Place(ask, code)
    made = national.report(place.code, database_url=ask.database_url, who=place.who, on=on or None)
    return _shown(ask, place, model.report_paper(made, ask.t), "report", REPORT_FORMS, on=on)


@desk.answers("/states/{code}/report.{form}", "read")
def report_file(ask: Asking, code: str, form: str, on: Asked = "") -> Response:
    """The same as a document to complete."""
    place = Place(ask, code)
    made = national.report(place.code, database_url=ask.database_url, who=place.who, on=on or None)
    return _file(made, model.report_paper(made, ask.t), ask, f"{place.code}-report", form, REPORT_FORMS)


@desk.page("/states/{code}/plan", "read")
def plan(ask: Asking, code: str, on: Asked = "", start: Asked = "", years: Asked = "") -> Response:
    """The draft of a voluntary action plan, as a page."""
    place = Place(ask, code)
    made = _plan(ask, place, on, start, years)
    return _shown(ask, place, model.plan_paper(made, ask.t), "plan", PLAN_FORMS, on=on, start=start, years=years)


@desk.answers("/states/{code}/plan.{form}", "read")
def plan_file(ask: Asking, code: str, form: str, on: Asked = "", start: Asked = "", years: Asked = "") -> Response:
    """The same as a document to complete, or a workbook."""
    place = Place(ask, code)
    made = _plan(ask, place, on, start, years)
    return _file(made, model.plan_paper(made, ask.t), ask, f"{place.code}-plan", form, PLAN_FORMS)


def _plan(ask: Ask, place: Place, on: str, start: str, years: str) -> NationalPlan:
    if years and not (years.isascii() and years.isdigit() and len(years) < 4):
        raise BadInput(f"{years!r} years", expected="a number from 1 to 20", where="years", remedy="write it like 3")
    return national.plan(
        place.code,
        database_url=ask.database_url,
        who=place.who,
        on=on or None,
        start=start or None,
        years=int(years) if years and start else None,
    )


def _shown(
    ask: Ask, place: Place, page: Paper, kind: str, forms: tuple[str, ...], on: str, start: str = "", years: str = ""
) -> Response:
    return desk.show(
        ask,
        "paper.html",
        title=page.title,
        crumbs=place.crumbs,
        place=place,
        page=page,
        blocks=[(type(block).__name__.casefold(), block) for block in page.blocks],
        kind=kind,
        file_forms=forms,
        query=f"?{ask.request.url.query}" if ask.request.url.query else "",
        on=on,
        start=start,
        years=years,
    )


def _file(
    made: NationalReport | NationalPlan, page: Paper, ask: Ask, name: str, form: str, forms: tuple[str, ...]
) -> Response:
    if form not in forms:
        raise UnknownCode(f"form {form!r}", expected="one of " + ", ".join(forms), where="address", remedy="choose one")
    content = _written(made, page, ask, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _written(made: NationalReport | NationalPlan, page: Paper, ask: Ask, form: str) -> bytes:
    from open1540.interfaces.reports import national_xlsx, paper_docx

    if form == "xlsx" and isinstance(made, NationalPlan):
        return national_xlsx.as_xlsx(made, ask.t)
    if form == "docx":
        return paper_docx.as_docx(page)
    if form == "pdf":
        return paper.as_pdf(page)
    if form == "html":
        return paper.as_html(page).encode()
    kind = "plan" if isinstance(made, NationalPlan) else "report"
    return msgspec.json.encode({"language": ask.language, kind: made, "paper": page})
