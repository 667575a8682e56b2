"""Requests on a page: listed, asked for in words, written with the form, made clear, sent and taken through the procedure."""

from typing import Annotated

import msgspec
from fastapi import File, Response, UploadFile

from open1540 import reference
from open1540.assistance.records import Request
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.http.weighing import USUAL, Weighed, Weights
from open1540.interfaces.reports import request_form as paper
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.assistance import written
from open1540.interfaces.web.pages.assistance.place import (
    Asked,
    Words,
    Written,
    crumbs,
    desk,
    regions,
    states,
    subject_words,
)
from open1540.interfaces.web.pages.assistance.written import Typed, TypedForm, day_of, number_of
from open1540.reference.request_parts import request_form
from open1540.vocabulary import BadInput, Conflict, NotAllowed, Open1540Error, UnreadableDocument
from open1540.workflows import assistance_letters as letters
from open1540.workflows import assistance_matching as matching
from open1540.workflows import assistance_reading as reading
from open1540.workflows import assistance_requests as flow
from open1540.workflows.assistance_requests import Detail, Shown

STANDINGS = ("draft", "submitted", "circulated", "posted", "close", "withdrawn", "set-apart")
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# Steps that are always open and tell nobody what is next.
APART = ("undo", "close", "withdraw", "set-apart")
Refused = BadInput | Conflict | NotAllowed


@desk.page("/assistance/requests", "read", table=True)
def listed(
    ask: Asking,
    state: Asked = "",
    theme: Asked = "",
    type: Asked = "",
    weapon: Asked = "",
    region: Asked = "",
    standing: Asked = "",
    q: Asked = "",
) -> Response:
    """The requests the person is shown, by filters."""
    asked = flow.Asked(state.upper(), theme, type, weapon, region, standing, q)
    found = flow.requests(database_url=ask.database_url, who=ask.who, asked=asked)
    words = Words(ask.t)
    return desk.show(
        ask,
        "requests.html",
        title=ask.t("Requests for assistance"),
        crumbs=crumbs(ask),
        table=_table(ask, found, words),
        found=found,
        asked=asked,
        filtered=asked != flow.Asked(),
        words=words,
        states=states(ask),
        regions=regions(ask),
        standings=STANDINGS,
        public=reference.assistance_requests(),
        subject_words=subject_words,
    )


@desk.page("/assistance/requests/new", "request", keep=False)
def new(ask: Asking) -> Response:
    """The form of a new request."""
    own = msgspec.structs.replace(written.BLANK, state=ask.who.state)
    return _form(ask, written.typed_of(own))


@desk.act("/assistance/requests/new", "request")
def make(ask: Asking, typed: TypedForm) -> Response:
    """Keep a new draft."""
    try:
        kept = flow.keep_request(written.request_of(typed), database_url=ask.database_url, who=ask.who, note=typed.note)
    except (BadInput, NotAllowed) as error:
        return _form(ask, typed, error=error)
    return go(f"/assistance/requests/{kept.id}?done=kept")


@desk.act("/assistance/requests/advice", "request")
def advise(ask: Asking, typed: TypedForm) -> Response:
    """What would make the request as typed so far clearer; nothing is kept."""
    try:
        advice, error = flow.advice(written.request_of(typed)), None
    except BadInput as wrong:
        advice, error = (), wrong
    return desk.show(
        ask,
        "advice.html",
        title=ask.t("What would make it clearer"),
        crumbs=crumbs(ask),
        advice=advice,
        error=error,
        words=Words(ask.t),
    )


@desk.act("/assistance/requests/from-file", "request")
def from_file(ask: Asking, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Read a filled form, a letter or a note verbale into the form, to be corrected; nothing is kept yet."""
    try:
        if file is None or not file.filename:
            raise UnreadableDocument(
                "no file", expected="a filled form, a letter or a note verbale", where="file", remedy="choose one"
            )
        content = file.file.read(ask.settings.upload_megabytes * 1_000_000 + 1)
        found = reading.read_request(content, file.filename, who=ask.who)
    except BadInput as error:
        return _form(ask, written.typed_of(written.BLANK), error=error)
    return _form(ask, written.typed_of(found.request), read=found)


@desk.answers("/assistance/requests/form.{form}", "read")
def blank(ask: Asking, form: str) -> Response:
    """The blank form, to be filled by hand."""
    return _paper(None, form, ask, "request-form")


@desk.page("/assistance/requests/{request}", "read", keep=False)
def one(ask: Asking, request: str, weighed: Weighed, done: Asked = "") -> Response:
    """A request with its steps, what would make it clearer, its letters, its matches by weights, and feedback."""
    return _one(ask, request, done=done, weighed=weighed)


@desk.answers("/assistance/requests/{request}/form.{form}", "read")
def filled(ask: Asking, request: str, form: str) -> Response:
    """The request as a filled form."""
    found = flow.request(request, database_url=ask.database_url, who=ask.who)
    return _paper(found.shown.request, form, ask, found.shown.request.id)


@desk.page("/assistance/requests/{request}/change", "request", keep=False)
def change(ask: Asking, request: str) -> Response:
    """The form of a request that is kept."""
    found = flow.request(request, database_url=ask.database_url, who=ask.who)
    return _form(ask, written.typed_of(found.shown.request), of=found)


@desk.act("/assistance/requests/{request}/change", "request")
def changed(ask: Asking, request: str, typed: TypedForm) -> Response:
    """Keep the request as written anew."""
    found = flow.request(request, database_url=ask.database_url, who=ask.who)
    try:
        anew = written.request_of(typed, found.shown.request)
        seen = msgspec.structs.replace(anew, number=number_of(typed.number))
        flow.keep_request(seen, database_url=ask.database_url, who=ask.who, note=typed.note)
    except (BadInput, NotAllowed, Conflict) as error:
        return _form(ask, typed, of=found, error=error)
    return go(f"/assistance/requests/{request}?done=kept")


@desk.act("/assistance/requests/{request}/steps", "request-step")
def step(
    ask: Asking,
    request: str,
    step: Written = "",
    on: Written = "",
    reason: Written = "",
    offer: Written = "",
    seen: Written = "",
) -> Response:
    """Enter a step of the procedure."""
    try:
        flow.take_step(
            request,
            step,
            database_url=ask.database_url,
            who=ask.who,
            seen=number_of(seen) if seen else None,
            on=day_of(on, "day of the step"),
            reason=reason,
            offer=offer.strip() or None,
        )
    except (BadInput, NotAllowed, Conflict) as error:
        return _one(ask, request, error=error, wrote=reason)
    return go(f"/assistance/requests/{request}?done=step")


@desk.act("/assistance/requests/{request}/feedback", "feedback")
def feedback(
    ask: Asking, request: str, side: Written = "", met: Written = "", text: Written = "", offer: Written = ""
) -> Response:
    """Keep what a side says of the assistance given."""
    try:
        flow.give_feedback(
            request,
            flow.side_of(side),
            flow.met_of(met),
            text,
            database_url=ask.database_url,
            who=ask.who,
            offer=offer.strip() or None,
        )
    except (BadInput, NotAllowed) as error:
        return _one(ask, request, error=error, wrote=text)
    return go(f"/assistance/requests/{request}?done=feedback")


def _one(
    ask: Ask,
    request: str,
    *,
    done: str = "",
    error: Refused | None = None,
    wrote: str = "",
    weighed: Weights = USUAL,
) -> Response:
    t, words = ask.t, Words(ask.t)
    found = flow.request(request, database_url=ask.database_url, who=ask.who)
    said = {
        "kept": t("The request was kept. Nothing was sent."),
        "step": t("The step was entered."),
        "feedback": t("The feedback was kept."),
    }
    matches = (
        matching.of_request(request, database_url=ask.database_url, who=ask.who, weights=weighed.numbers)
        if ask.may("match") and not found.shown.summary
        else None
    )
    return desk.show(
        ask,
        "request.html",
        title=found.shown.request.title,
        crumbs=crumbs(ask, (t("Requests for assistance"), "/assistance/requests")),
        found=found,
        request=found.shown.request,
        parts=request_form().parts,
        words=words,
        matches=matches,
        weighed=weighed,
        criteria=reference.criteria(),
        letters=letters.offered(request, database_url=ask.database_url, who=ask.who)
        if ask.may("letter") and found.shown.progress.standing != "draft"
        else (),
        following=t("; ").join(words.step(one.step) for one in found.next if one.step not in APART),
        today=flow.today(),
        done=said.get(done, ""),
        error=error,
        wrote=wrote.strip(),
        status=status_of(error) if error else 200,
    )


def _form(
    ask: Ask,
    typed: Typed,
    *,
    of: Detail | None = None,
    read: reading.RequestRead | None = None,
    error: Open1540Error | None = None,
) -> Response:
    t = ask.t
    title = t("Change the request") if of else t("Ask for assistance")
    below = [(of.shown.request.title, f"/assistance/requests/{of.shown.request.id}")] if of else []
    return desk.show(
        ask,
        "write.html",
        title=title,
        crumbs=crumbs(ask, (t("Requests for assistance"), "/assistance/requests"), *below),
        typed=typed,
        form=request_form(),
        words=Words(t),
        states=states(ask),
        of=of,
        read=read,
        error=error,
        status=status_of(error) if error else 200,
    )


def _paper(request: Request | None, form: str, ask: Ask, name: str) -> Response:
    if form not in FORMS:
        raise BadInput(f"the ending {form!r}", expected="docx or pdf", where="address", remedy="choose one of the two")
    made = paper.form_docx(request, ask.language) if form == "docx" else paper.form_pdf(request, ask.language)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ask.language}.{form}"'}
    return Response(made, media_type=FORMS[form], headers=headers)


def _table(ask: Ask, found: tuple[Shown, ...], words: Words) -> Table:
    t = ask.t
    return table(
        "requests",
        t("Requests for assistance"),
        [
            ("id", t("Number")),
            ("state", t("State")),
            ("title", t("Title")),
            ("themes", words.label("themes")),
            ("types", words.label("types")),
            ("weapons", words.label("weapons")),
            ("standing", t("Where it stands")),
            ("last_step", t("Last step")),
            ("on", t("Date")),
        ],
        (
            (
                one.request.id,
                one.request.state,
                one.request.title,
                words.named("themes", one.request.subject.themes),
                words.named("types", one.request.subject.types),
                words.named("weapons", one.request.subject.weapons),
                words.standing(one.progress.ended or one.progress.standing),
                words.step(one.progress.steps[-1].step) if one.progress.steps else None,
                one.progress.steps[-1].on if one.progress.steps else None,
            )
            for one in found
        ),
        notes=[t("Requests are listed as far as your role is shown them.")],
    )
