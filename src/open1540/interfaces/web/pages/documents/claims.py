"""The claims of a document: all of them as a table, and each with its history and what a judge may do."""

from typing import Annotated, get_args

from fastapi import Form, Query, Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.language import Translator
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.documents import place
from open1540.interfaces.web.pages.documents.place import PARAGRAPHS, crumbs, desk, page_of
from open1540.matrix.record import standing_template
from open1540.vocabulary import BadInput, Grade, UnknownCode
from open1540.workflows import claims, library
from open1540.workflows.claims import Correction
from open1540.workflows.library import JudgedClaim

Field = Annotated[str, Form(max_length=2000)]
GRADES: tuple[Grade, ...] = get_args(Grade)


@desk.page("/documents/{document}/claims", "read", table=True)
def all_claims(ask: Asking, document: str, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    """The claims of a document with where each stands."""
    t = ask.t
    row = library.document(document, database_url=ask.database_url, who=ask.who)
    found = library.claims(document, database_url=ask.database_url, who=ask.who)
    return desk.show(
        ask,
        "claims.html",
        title=t("Claims"),
        crumbs=crumbs(t, row),
        table=_table(found, t),
        row=row,
        claims=found[(page - 1) * PARAGRAPHS : page * PARAGRAPHS],
        total=len(found),
        page=page,
        pages=(len(found) - 1) // PARAGRAPHS + 1,
        place=place,
    )


@desk.page("/documents/{document}/claims/{claim}", "read")
def one_claim(ask: Asking, document: str, claim: str) -> Response:
    """A claim with every judgement on it, and the forms to judge it."""
    return _claim(ask, document, claim)


@desk.act("/documents/{document}/claims/{claim}", "judge")
def judge(
    ask: Asking,
    document: str,
    claim: str,
    decision: Field = "",
    reason: Field = "",
    made_from: Annotated[int, Form()] = 0,
    field: Field = "",
    state: Field = "",
    fields: Annotated[list[str], Form()] = [],  # noqa: B006 - read only
    grade: Field = "",
) -> Response:
    """Judge a claim, and go back to its place in the document; what is refused is told beside the claim as it stands now."""
    try:
        claims.judge(
            claim,
            _decision(decision),
            reason,
            database_url=ask.database_url,
            who=ask.who,
            made_from=made_from,
            field=field or None,
            correction=_correction(state, fields, grade) if decision == "corrected" else None,
        )
    except BadInput as error:
        return _claim(ask, document, claim, error=error)
    held = library.open_document(document, database_url=ask.database_url, who=ask.who)
    found = _of_document(ask, document, claim)
    return go(f"/documents/{document}?page={page_of(held.reading, found.claim.start)}#claim-{claim}")


def _claim(ask: Ask, document: str, claim: str, error: BadInput | None = None) -> Response:
    t = ask.t
    row = library.document(document, database_url=ask.database_url, who=ask.who)
    found = _of_document(ask, document, claim)
    return desk.show(
        ask,
        "claim.html",
        title=t("Claim"),
        crumbs=(*crumbs(t, row), (t("Claims"), f"/documents/{document}/claims")),
        row=row,
        claim=found,
        error=error,
        may_judge=ask.may("judge"),
        states=place.states(t),
        fields=[(one.field, one.caption(t.language)) for one in standing_template().fields],
        grades=GRADES,
        place=place,
        status=status_of(error) if error else 200,
    )


def _of_document(ask: Ask, document: str, claim: str) -> JudgedClaim:
    row, found = library.claim(claim, database_url=ask.database_url, who=ask.who)
    if row.id != document:
        raise UnknownCode(
            f"claim {claim!r} in another document",
            expected="a claim of this document",
            where=f"document {document}",
            remedy=f"open /documents/{row.id}/claims/{claim}",
        )
    return found


def _decision(given: str) -> claims.Decision:
    known = next((one for one in claims.DECISIONS if one == given), None)
    if known is None:
        raise BadInput(
            f"the decision {given!r}",
            expected="one of " + ", ".join(claims.DECISIONS),
            where="judgement",
            remedy="choose one of these",
        )
    return known


def _correction(state: str, fields: list[str], grade: str) -> Correction:
    known = next((one for one in GRADES if one == grade), None)
    if known is None:
        raise BadInput(
            f"the grade {grade!r}", expected="one of " + ", ".join(GRADES), where="grade", remedy="choose one of these"
        )
    return Correction(state, tuple(field for field in fields if field.strip()), known)


def _table(found: tuple[JudgedClaim, ...], t: Translator) -> Table:
    columns = (
        ("id", t("Id")),
        ("state", t("State")),
        ("field", t("Matrix field")),
        ("row", t("Row of the matrix")),
        ("grade", t("Grade")),
        ("article", t("Article")),
        ("passage", t("Passage")),
        ("start", t("Begins at")),
        ("end", t("Ends at")),
        ("confidence", t("Confidence")),
        ("rule", t("Rule")),
        ("cue", t("Cue")),
        ("proposed_by", t("Proposed by")),
        ("verdict", t("Judgement")),
        ("judged_by", t("Judged by")),
        ("judged_at", t("Judged on")),
        ("reason", t("Reason")),
    )
    rows = []
    for one in found:
        claim = one.claim
        for field in claim.fields or ("",):
            last = one.latest(field or None)
            judged = (t(last.verdict), last.by, last.at.date(), last.reason) if last else (None, None, None, None)
            rows.append(
                (
                    one.id,
                    claim.state,
                    field or None,
                    place.field(field, t) if field else None,
                    t(claim.grade),
                    claim.article,
                    claim.text,
                    claim.start,
                    claim.end,
                    claim.reason.confidence,
                    claim.reason.rule,
                    claim.reason.cue,
                    claim.proposed_by,
                    *judged,
                )
            )
    return table("claims", t("Claims"), columns, rows)
