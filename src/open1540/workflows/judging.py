"""A person decides on what a machine proposed; both are kept side by side."""

import datetime as dt
from collections.abc import Mapping

from open1540.store import StoredClaim
from open1540.vocabulary import Judgement, Verdict
from open1540.workflows.database import opened


def claims(*, database_url: str | None, document_id: str | None = None) -> tuple[StoredClaim, ...]:
    """Claims kept, each with its latest judgement, of one document or of all."""
    with opened(database_url) as store:
        return tuple(store.claims(document_id=document_id))


def judge(
    claim_id: str,
    verdict: Verdict,
    reason: str,
    *,
    database_url: str | None,
    by: str,
    seen: Mapping[str, int] | None = None,
    correction: str | None = None,
) -> Judgement:
    """Record a judgement on a claim; an earlier one stays on record and is superseded.

    Arguments:
        seen: how many judgements the judge has seen on the claim; refused with Conflict where there are more by now.
        correction: the corrected claim as JSON text, where the verdict is ``corrected``.

    Raises UnknownCode where no claim has this id.
    """
    judgement = Judgement(claim_id, verdict, by, dt.datetime.now(dt.UTC), reason, correction)
    with opened(database_url) as store:
        store.judge_all([judgement], seen)
    return judgement
