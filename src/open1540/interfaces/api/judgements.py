"""Judgements on claims: read with their history, added from the state the judge has seen."""

from typing import Annotated, Literal

import msgspec
from fastapi import Body, Header
from pydantic import BaseModel, ConfigDict, Field

from open1540.interfaces.api.endpoints import Endpoints, tag
from open1540.interfaces.http.asking import Asking
from open1540.vocabulary import BadInput, Claim, Conflict, Grade, Judgement
from open1540.workflows import claims, library
from open1540.workflows.claims import Correction
from open1540.workflows.library import JudgedClaim

door = Endpoints("judgements")


class ClaimHistory(msgspec.Struct, frozen=True):
    """A claim with every judgement on it and its fields, first to last; ``judged`` is their number, to judge from."""

    id: str
    document: str
    claim: Claim
    judged: int
    judgements: tuple[Judgement, ...]


class Corrected(BaseModel):
    """What the claim should have said."""

    model_config = ConfigDict(extra="forbid")
    state: str = Field(max_length=120)
    fields: list[str] = Field(min_length=1, max_length=100)
    grade: Grade


class JudgementAsked(BaseModel):
    """A decision on a claim."""

    model_config = ConfigDict(extra="forbid")
    decision: Literal["accepted", "rejected", "unsure", "corrected", "taken back"]
    reason: str = Field(min_length=1, max_length=2000, description="Why, in the judge's words.")
    field: str | None = Field(None, max_length=120, description="One field of the claim; all where left out.")
    made_from: int | None = Field(
        None, ge=0, le=1_000_000, description="Number of judgements seen, unless If-Match is given."
    )
    correction: Corrected | None = None


@door.gives("/claims/{claim}/judgements", "read", ClaimHistory)
def judgements(ask: Asking, claim: str) -> ClaimHistory:
    """A claim with all judgements on it; the ETag says from which state the next one is made."""
    row, found = library.claim(claim, database_url=ask.database_url, who=ask.who)
    return _history(row.id, found)


@door.gives("/claims/{claim}/judgements", "judge", ClaimHistory, methods=("POST",), status=201)
def judge(
    ask: Asking,
    claim: str,
    asked: Annotated[JudgementAsked, Body()],
    if_match: Annotated[str | None, Header(max_length=200)] = None,
) -> ClaimHistory:
    """Judge a claim as it was seen, told by If-Match or ``made_from``; 409 where it was judged meanwhile."""
    row, before = library.claim(claim, database_url=ask.database_url, who=ask.who)
    correction = asked.correction
    after = claims.judge(
        claim,
        asked.decision,
        asked.reason,
        database_url=ask.database_url,
        who=ask.who,
        made_from=_seen(_history(row.id, before), if_match, asked.made_from),
        field=asked.field,
        correction=Correction(correction.state, tuple(correction.fields), correction.grade) if correction else None,
    )
    return _history(row.id, after)


def _seen(now: ClaimHistory, if_match: str | None, made_from: int | None) -> int:
    if if_match is not None:
        if if_match.strip() not in (tag(now), "*"):
            raise Conflict(
                "a claim judged since it was read",
                expected=f"If-Match: {tag(now)}",
                where=f"claim {now.id}",
                remedy="read it anew, then judge it again if you still would",
            )
        return now.judged
    if made_from is None:
        raise BadInput(
            "a judgement that does not say what it was made from",
            expected="the header If-Match with the ETag of the claim's judgements, or made_from with their number",
            where="If-Match",
            remedy="read /claims/{claim}/judgements, then send one of the two",
        )
    return made_from


def _history(document: str, found: JudgedClaim) -> ClaimHistory:
    return ClaimHistory(found.id, document, found.claim, found.judged, found.judgements)
