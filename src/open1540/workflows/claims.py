"""Judging the claims of a document while reading it: accept, reject, leave unsure, correct, take back."""

from typing import Literal

import msgspec

from open1540 import reference
from open1540.matrix.record import standing_template
from open1540.reference import Template
from open1540.store import DocumentRow
from open1540.vocabulary import BadInput, Claim, Conflict, Grade, Reason, UnknownCode, Verdict
from open1540.workflows import judging, library, matrix_proposals
from open1540.workflows.database import opened
from open1540.workflows.library import JudgedClaim
from open1540.workflows.matrix_changes import check_reason
from open1540.workflows.permissions import Person, check_open

Decision = Literal["accepted", "rejected", "corrected", "unsure", "taken back"]
DECISIONS: tuple[Decision, ...] = ("accepted", "rejected", "unsure", "corrected", "taken back")
CORRECTED = "person.correction"


class Correction(msgspec.Struct, frozen=True):
    """What a claim should have said: whose measure it is, for which fields, on which ground."""

    state: str
    fields: tuple[str, ...]
    grade: Grade


def judge(
    claim_id: str,
    decision: Decision,
    reason: str,
    *,
    database_url: str | None,
    who: Person,
    made_from: int,
    field: str | None = None,
    correction: Correction | None = None,
) -> JudgedClaim:
    """Record a person's decision on a claim, for all its fields or for one of them; earlier ones stay on record.

    Arguments:
        reason: why, in the judge's words.
        made_from: how many judgements the claim had when the judge saw it.
        field: one of the claim's fields; None for all.
        correction: what the claim should have said, where the decision is ``corrected``; it is kept as a claim of its own,
            made by the judge, and accepted.

    ``taken back`` gives the claim the verdict it had before its last judgement, or leaves it unsure where it had none.
    Accepted proposals become evidence of the State's matrix, any other verdict takes them away again. Raises Conflict
    where the claim was judged meanwhile, UnknownCode where it is not shown to the person.
    """
    check_open(who, "judge")
    check_reason(reason)
    row, before = library.claim(claim_id, database_url=database_url, who=who)
    if made_from != before.judged:
        raise _judged_meanwhile(before, made_from)
    if field is not None and field not in before.claim.fields:
        raise UnknownCode(
            f"field {field!r}", expected="one of " + ", ".join(before.claim.fields), where="field", remedy="choose one"
        )
    verdict = _verdict_before(before, field) if decision == "taken back" else decision
    if decision == "corrected":
        _correct(row, before, correction, reason, database_url=database_url, who=who)
    else:
        _record(row, before, verdict, reason, database_url=database_url, who=who, field=field)
    return library.claim(claim_id, database_url=database_url, who=who)[1]


def _record(
    row: DocumentRow,
    claim: JudgedClaim,
    verdict: Verdict,
    reason: str,
    *,
    database_url: str | None,
    who: Person,
    field: str | None = None,
    correction: str | None = None,
) -> None:
    seen = {claim.id: claim.judged}
    if not (claim.claim.state and claim.claim.fields):
        # Without a State there is no matrix to tell; the judgement is on the claim itself.
        judging.judge(
            claim.id, verdict, reason, database_url=database_url, by=who.name, seen=seen, correction=correction
        )
        return
    matrix_proposals.judge(
        [f"{claim.id}:{field}" if field else claim.id],
        verdict,
        reason,
        database_url=database_url,
        who=who,
        document=row.id,
        seen=seen,
        correction=correction,
    )


def _correct(
    row: DocumentRow,
    claim: JudgedClaim,
    correction: Correction | None,
    reason: str,
    *,
    database_url: str | None,
    who: Person,
) -> None:
    if correction is None or not correction.fields:
        raise BadInput(
            "a correction without what is right",
            expected="the State, at least one field of the matrix, and the grade",
            where=f"claim {claim.id}",
            remedy="fill them in, then send the form again",
        )
    with opened(database_url) as store:
        latest = store.version(reference.state(correction.state).iso3)
    template = reference.template(latest.template) if latest else standing_template()
    right = corrected(claim.claim, correction, who.name, template)
    as_json = msgspec.json.encode(right).decode()
    _record(row, claim, "corrected", reason, database_url=database_url, who=who, correction=as_json)
    with opened(database_url) as store:
        store.add_claims(row.id, [right], by=who.name)
    made = next(
        one
        for one in library.claims(row.id, database_url=database_url, who=who)
        if one.claim.proposed_by == right.proposed_by
        and (one.claim.start, one.claim.state, set(one.claim.fields)) == (right.start, right.state, set(right.fields))
    )
    _record(row, made, "accepted", reason, database_url=database_url, who=who)


def corrected(claim: Claim, correction: Correction, by: str, template: Template) -> Claim:
    """The claim as a person would have made it, on the same passage.

    Raises UnknownCode for a State nobody knows, or a field the template of the State's matrix does not have.
    """
    return msgspec.structs.replace(
        claim,
        state=reference.state(correction.state).iso3,
        fields=tuple(template.field(field.strip()).field for field in correction.fields),
        grade=correction.grade,
        reason=Reason(CORRECTED, claim.reason.cue),
        proposed_by=f"person:{by}",
    )


def _verdict_before(claim: JudgedClaim, field: str | None) -> Verdict:
    """The verdict before the last one on the same subject."""
    last = claim.latest(field)
    if last is None:
        raise BadInput(
            "a claim nobody has judged",
            expected="a judgement that can be taken back",
            where=f"claim {claim.id}",
            remedy="judge it, if you would",
        )
    on_it = [one for one in claim.judgements if one.subject == last.subject]
    # What was corrected has a claim of its own in its place and is not proposed again by taking something back.
    return on_it[-2].verdict if len(on_it) > 1 and on_it[-2].verdict != "corrected" else "unsure"


def _judged_meanwhile(claim: JudgedClaim, made_from: int) -> Conflict:
    last = claim.latest()
    told = f" by {last.by}: {last.verdict} ({last.reason})" if last else ""
    return Conflict(
        f"a claim with {claim.judged} judgements, judged meanwhile{told}",
        expected=f"a claim with {made_from} judgements, as you have seen it",
        where=f"claim {claim.id}",
        remedy="look at the claim as it stands now, then judge it again if you still would",
    )
