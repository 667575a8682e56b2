"""Words that two rooms or more share: passages, sources, validity, claims, judgements and errors.

Everything here is an immutable value; records come in by construction and go out as they are.
No input or output and no policy lives here: what a claim is worth is decided by people, upstairs.
"""

from open1540.vocabulary.claims import Claim, Grade, Strength
from open1540.vocabulary.entries import Basis, Code, Entry, Evidence
from open1540.vocabulary.errors import (
    BadInput,
    Conflict,
    FactsError,
    JobFailed,
    NotAllowed,
    Open1540Error,
    UnknownCode,
    UnreadableDocument,
)
from open1540.vocabulary.judgements import Judgement, Verdict
from open1540.vocabulary.passages import Reason, Span
from open1540.vocabulary.sources import Confidence, Source, Validity

__all__ = [
    "BadInput",
    "Basis",
    "Claim",
    "Code",
    "Confidence",
    "Conflict",
    "Entry",
    "Evidence",
    "FactsError",
    "Grade",
    "JobFailed",
    "Judgement",
    "NotAllowed",
    "Open1540Error",
    "Reason",
    "Source",
    "Span",
    "Strength",
    "UnknownCode",
    "UnreadableDocument",
    "Validity",
    "Verdict",
]
