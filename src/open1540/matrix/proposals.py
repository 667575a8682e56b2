"""Claims become proposals for fields; accepted proposals become evidence, and evidence gives an entry its code."""

import fnmatch
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from open1540.vocabulary import Basis, Claim, Code, Confidence, Entry, Evidence, Judgement, Reason
from open1540.vocabulary.claims import Grade, Strength

_STRENGTHS: dict[Strength | None, int] = {"explicit": 0, "implied": 1, None: 2}
_CONFIDENCES: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}
_CODES: dict[Code | None, int] = {"X": 0, "?": 1, "NA": 2, "": 3, None: 3}
_BASES: dict[Basis, int] = {
    "expert": 0,
    "law": 1,
    "official record": 2,
    "secondary source": 3,
    "imported matrix": 4,
    "self-declaration": 5,
    "none": 6,
}
_REMARKS: dict[str, str] = {
    "bill": "a bill, not a law in force",
    "planned": "planned",
    "self-declared": "as the State reports, without a citation",
    "cites law": "as the State reports; the act named has not been read",
}
# Remarks that stand beside the code in the matrix itself, citation by citation.
_TOLD = (_REMARKS["bill"], _REMARKS["planned"])
_HIGH = 0.8
_MEDIUM = 0.6


class Origin(msgspec.Struct, frozen=True):
    """The document a claim was read in.

    Attributes:
        document: id under which it is kept.
        name: its title, or the name of its file, as a citation names it.
        is_law: whether it is the text of a national law or bill.
        in_force: False where the text is a bill; None where it does not tell.
        date: the day it bears, in its own precision.
    """

    document: str
    name: str
    is_law: bool
    in_force: bool | None = None
    date: str | None = None


class Proposal(msgspec.Struct, frozen=True):
    """A claim taken for one field of one State's matrix, for a person to judge.

    Attributes:
        id: ``<claim id>:<field>``.
        state: ISO 3166-1 alpha-3 code; None where neither the text nor the user told whose law it is.
        article: citation inside a law, None outside laws.
        strength: ``explicit`` or ``implied``.
        text, start, end: the passage, and its code points in the raw text; running heads and page numbers of a page
            that ends within the passage stand between start and end, but not in the text.
        document: id of the kept document.
        citation: as an entry would cite it.
        code: the code the field would get from this proposal alone.
        remark: why it is not X, in a few words.
        reason: the rule that proposed it.
        judgement: the latest one, None while it awaits one.
    """

    id: str
    state: str | None
    field: str
    article: str | None
    strength: Strength
    grade: Grade
    text: str
    start: int
    end: int
    document: str
    citation: str
    code: Code
    remark: str
    basis: Basis
    confidence: Confidence
    as_of: str | None
    reason: Reason
    proposed_by: str
    judgement: Judgement | None = None


def proposals(
    claims: Iterable[tuple[str, Claim]], origin: Origin, judgements: Mapping[str, Judgement] | None = None
) -> tuple[Proposal, ...]:
    """The proposals of a document's claims, in text order.

    Arguments:
        claims: each with the id under which it is kept.
        origin: the document they were read in.
        judgements: the latest judgement on each subject; one on the whole claim counts for its fields.
    """
    judged = judgements or {}
    found = [
        _proposal(claim_id, claim, field, origin, judged.get(f"{claim_id}:{field}") or judged.get(claim_id))
        for claim_id, claim in claims
        for field in claim.fields
    ]
    return tuple(sorted(found, key=lambda proposal: (proposal.start, proposal.end, proposal.id)))


def chosen(
    found: Iterable[Proposal],
    *,
    ids: Sequence[str] = (),
    field: str | None = None,
    strength: Strength | None = None,
    state: str | None = None,
) -> tuple[Proposal, ...]:
    """Those with one of the ids, or those that fit a pattern of fields (``OP2.CW.*``), a strength and a State."""
    return tuple(
        proposal
        for proposal in found
        if (not ids or proposal.id in ids or proposal.id.partition(":")[0] in ids)
        and (field is None or fnmatch.fnmatchcase(proposal.field, field))
        and (strength is None or proposal.strength == strength)
        and (state is None or proposal.state == state)
    )


def evidence_of(proposal: Proposal) -> Evidence:
    """The evidence an accepted proposal becomes."""
    return Evidence(
        citation=proposal.citation,
        basis=proposal.basis,
        source=proposal.document,
        as_of=proposal.as_of,
        confidence=proposal.confidence,
        grade=proposal.grade,
        strength=proposal.strength,
        article=proposal.article,
        text=proposal.text,
        start=proposal.start,
        end=proposal.end,
        proposal=proposal.id,
        gives=proposal.code,
    )


def entry_from(before: Entry, evidence: Iterable[Evidence], remarks: str | None = None) -> Entry:
    """An entry as its evidence has it: the code, citations, basis and day follow from the evidence, the strongest first.

    A person's word (basis ``expert``) goes before every rule, the latest of them before the earlier; else X where a
    passage or record gives X, ``?`` where one gives that, blank where none gives any. A dispute stays one.

    Arguments:
        before: the entry it replaces; what evidence does not decide (consent, remarks) is kept.
        remarks: new remarks, None to keep those there are.
    """
    spoken = [item for item in evidence if item.basis == "expert"]
    others = [item for item in evidence if item.basis != "expert"]
    ordered = tuple(reversed(spoken)) + tuple(sorted(others, key=_rank))
    said = spoken[-1].gives if spoken else _by_rule(others, before.disputed)
    return msgspec.structs.replace(
        before,
        code=said or "",
        citations=tuple(dict.fromkeys(item.citation for item in ordered if item.citation)),
        remarks=before.remarks if remarks is None else remarks,
        evidence=ordered,
        basis=ordered[0].basis if ordered else "none",
        as_of=ordered[0].as_of if ordered else None,
        disputed=before.disputed and bool(others),
    )


def grounded(entry: Entry) -> Entry:
    """The entry with evidence for all it says, so that what is added later can be taken away without loss.

    An entry imported or recorded with a code but without evidence that gives it keeps its code as evidence.
    """
    if not entry.code or any(item.gives for item in entry.evidence):
        return entry
    if entry.evidence:
        first, *rest = entry.evidence
        return msgspec.structs.replace(entry, evidence=(msgspec.structs.replace(first, gives=entry.code), *rest))
    basis: Basis = "imported matrix" if entry.basis == "none" else entry.basis
    held = [
        Evidence(citation, basis, "earlier version", entry.as_of, gives=entry.code)
        for citation in entry.citations or ("",)
    ]
    return msgspec.structs.replace(entry, evidence=tuple(held))


def with_proposal(entry: Entry, proposal: Proposal) -> Entry:
    """The entry with an accepted proposal among its evidence; unchanged where it is there already."""
    held = grounded(entry)
    if any(item.proposal == proposal.id for item in held.evidence):
        return entry
    made = entry_from(held, (*held.evidence, evidence_of(proposal)))
    return _remarked(made, entry, proposal)


def without_proposal(entry: Entry, proposal: Proposal) -> Entry:
    """The entry without the evidence of a proposal; unchanged where it is not there."""
    left = tuple(item for item in entry.evidence if item.proposal != proposal.id)
    if len(left) == len(entry.evidence):
        return entry
    kept = [part for part in entry.remarks.split("; ") if part != _own_remark(proposal)]
    return entry_from(entry, left, remarks="; ".join(kept))


def set_by_hand(
    entry: Entry, code: Code, *, citation: str, remark: str | None, reason: str, by: str, day: str
) -> Entry:
    """The entry with a person's word on it, which goes before every rule until a later word."""
    held = grounded(entry)
    said = Evidence(citation, "expert", by, day, "high", text=reason, gives=code)
    return entry_from(held, (*held.evidence, said), remarks=remark)


def _proposal(claim_id: str, claim: Claim, field: str, origin: Origin, judgement: Judgement | None) -> Proposal:
    strength: Strength = claim.strength or ("explicit" if origin.is_law and claim.article else "implied")
    code, remark = _code(claim, strength, origin)
    return Proposal(
        id=f"{claim_id}:{field}",
        state=claim.state,
        field=field,
        article=claim.article,
        strength=strength,
        grade=claim.grade,
        text=claim.text,
        start=claim.start,
        end=claim.end,
        document=origin.document,
        citation=f"{origin.name}, {claim.article}" if claim.article else origin.name,
        code=code,
        remark=remark,
        basis="law" if origin.is_law else "self-declaration",
        confidence=_confidence(claim.reason.confidence),
        as_of=origin.date,
        reason=claim.reason,
        proposed_by=claim.proposed_by,
        judgement=judgement,
    )


def _code(claim: Claim, strength: Strength, origin: Origin) -> tuple[Code, str]:
    """X for an explicit passage of a law in force; whatever falls short of it is unclear, and the remark says why."""
    if origin.is_law and origin.in_force is False:
        return "?", _REMARKS["bill"]
    if claim.grade != "cites law" or not origin.is_law:
        return "?", _REMARKS[claim.grade]
    return ("X", "") if strength == "explicit" and claim.article else ("?", "implied by the passage")


def _by_rule(evidence: Sequence[Evidence], disputed: bool) -> Code:
    given = {item.gives for item in evidence}
    if "NA" in given and not given & {"X", "?"}:
        return "NA"
    if disputed and given:
        return "?"
    return "X" if "X" in given else "?" if "?" in given else ""


def _rank(item: Evidence) -> tuple[int, int, int, int]:
    return _CODES[item.gives], _BASES[item.basis], _STRENGTHS[item.strength], _CONFIDENCES[item.confidence]


def _remarked(made: Entry, before: Entry, proposal: Proposal) -> Entry:
    told = _own_remark(proposal)
    if not told or told in before.remarks.split("; "):
        return made
    return msgspec.structs.replace(made, remarks="; ".join(part for part in (before.remarks, told) if part))


def _own_remark(proposal: Proposal) -> str:
    """A bill or a plan is said to be one beside the code, citation by citation."""
    return f"{proposal.citation}: {proposal.remark}" if proposal.remark in _TOLD else ""


def _confidence(value: float) -> Confidence:
    return "high" if value >= _HIGH else "medium" if value >= _MEDIUM else "low"
