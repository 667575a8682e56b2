"""A person's decision on something a machine proposed."""

import datetime as dt
from typing import Literal

import msgspec

Verdict = Literal["accepted", "rejected", "corrected", "unsure"]


class Judgement(msgspec.Struct, frozen=True):
    """A decision on a proposal; never changed, only followed by a later one.

    Attributes:
        subject: id of the claim (or other proposal) judged.
        verdict: accepted, rejected, corrected or unsure.
        by: who decided.
        at: when, in UTC.
        reason: why, in the judge's words.
        correction: the corrected record as JSON text where the verdict is ``corrected``.
    """

    subject: str
    verdict: Verdict
    by: str
    at: dt.datetime
    reason: str
    correction: str | None = None
