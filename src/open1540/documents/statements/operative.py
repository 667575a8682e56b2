"""Statements of resolutions: each paragraph is one, made by the verb that opens it."""

import re

from open1540.documents.reading import StatementKind
from open1540.documents.sentences import clauses, trimmed
from open1540.documents.statements.running import Found, Surroundings
from open1540.documents.statements.subjects import addressees
from open1540.documents.wording import Lead, cue_of, lead_of, leads_of

_WINDOW = 110
_CONFIDENCE = 0.95
_INHERITED = 0.8
_EXPRESSIBLE: tuple[StatementKind, ...] = ("concern", "praise", "commitment")
_WORD = re.compile(r"\w")


def opening(start: int, end: int, here: Surroundings) -> Found | None:
    """The statement a paragraph makes by its opening verb; None where it opens with no such verb."""
    lead, at, stop = _lead(start, end, here)
    if lead is None:
        return None
    first, last = trimmed(here.text, start, end)
    kind, to = _addressed(lead, stop, end, here)
    if lead.open:
        kind = _expressed(stop, end, here) or kind
    return Found(
        kind,
        first,
        last,
        here.text[at:stop],
        f"{here.language}.statements.lead.{lead.id}",
        _CONFIDENCE,
        to,
        None,
    )


def inherited(start: int, end: int, parent: Found, here: Surroundings) -> Found:
    """A sub-paragraph says what its paragraph's verb makes of it."""
    first, last = trimmed(here.text, start, end)
    rule = f"{here.language}.statements.lead.inherited"
    return Found(parent.kind, first, last, parent.cue, rule, _INHERITED, parent.to, None)


def _lead(start: int, end: int, here: Surroundings) -> tuple[Lead | None, int, int]:
    """The verb a paragraph opens with; a phrase set off by a comma may stand before it."""
    for first, _ in clauses(here.text, start, min(end, start + _WINDOW)):
        lead, at, stop = _lead_at(first, end, here)
        if lead is not None:
            return lead, at, stop
    return None, start, start


def _lead_at(start: int, end: int, here: Surroundings) -> tuple[Lead | None, int, int]:
    """The first lead that nothing but filling words precede, with its flow span."""
    window = here.text[start : min(end, start + _WINDOW)]
    done = 0
    for hit in leads_of(here.language).find(window):
        if _WORD.search(window, done, hit.start):
            break
        if hit.kind == "lead":
            return lead_of(hit, here.language), start + hit.start, start + hit.end
        done = hit.end
    return None, start, start


def _addressed(lead: Lead, at: int, end: int, here: Surroundings) -> tuple[StatementKind, tuple[str, ...]]:
    reach = 6 if here.language == "zh" else 26
    near = next(iter(here.around.within(at, min(end, at + 60))), None)
    to = addressees(at, end, reach, here.around)
    if near is None or near.start - at > reach:
        return lead.kind, to
    if near.kind in ("everyone", "state"):
        return lead.states or lead.kind, to
    return (lead.organs or lead.kind) if near.kind == "other" else lead.kind, to


def _expressed(at: int, end: int, here: Surroundings) -> StatementKind | None:
    """What an open verb expresses: a worry, praise or promise named near it."""
    near = here.hits.within(at, min(end, at + _WINDOW))
    kinds = {cue_of(hit, here.language).kind for hit in near if hit.kind == "cue"}
    return next((kind for kind in _EXPRESSIBLE if kind in kinds), None)
