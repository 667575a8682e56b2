"""Statements of resolutions: each paragraph is one, made by the verb that opens it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from open1540.documents.reading import StatementKind
from open1540.documents.sentences import clauses, trimmed
from open1540.documents.statements.running import Found, Surroundings
from open1540.documents.statements.subjects import addressees
from open1540.documents.wording import Lead, cue_of, lead_of, wording

_WINDOW = 110
_CONFIDENCE = 0.95
_INHERITED = 0.8
_EXPRESSIBLE: tuple[StatementKind, ...] = ("concern", "praise", "commitment")
_WORD = re.compile(r"\w")


class _Verb(NamedTuple):
    """A verb by which the Council acts, and where its clause begins."""

    lead: Lead
    start: int
    end: int
    clause: int


def acts(start: int, end: int, here: Surroundings) -> list[Found]:
    """What a paragraph does: by its opening verb, then by each further verb that opens a clause of it.

    Empty where the paragraph opens with no such verb.
    """
    verbs = list(_verbs(start, end, here))
    # The words that only join a further verb to the first (and, also) are no part of what it does.
    begins = [start, *(verb.start for verb in verbs[1:])]
    ends = [*(verb.clause for verb in verbs[1:]), end]
    return [_act(verb, begin, last, here) for verb, begin, last in zip(verbs, begins, ends, strict=False)]


def inherited(start: int, end: int, parent: Found, here: Surroundings) -> Found:
    """A sub-paragraph says what its paragraph's verb makes of it."""
    first, last = trimmed(here.text, start, end)
    rule = f"{here.language}.statements.lead.inherited"
    return Found(parent.kind, first, last, parent.cue, rule, _INHERITED, parent.to)


def _verbs(start: int, end: int, here: Surroundings) -> Iterator[_Verb]:
    opened = False
    for first, last in clauses(here.text, start, end):
        verb = _opening_verb(first, last, here)
        if verb and (verb.lead.chains or not opened):
            yield verb
            opened = True
        elif not opened and first > start + _WINDOW:
            return


def _opening_verb(start: int, end: int, here: Surroundings) -> _Verb | None:
    """The verb of a clause if nothing but filling words precede it."""
    done = start
    for hit in here.leads.within(start, end):
        between = here.text[done : hit.start].strip().casefold()
        if _WORD.search(between) and between not in wording(here.language).linking:
            return None
        if hit.kind == "lead":
            return _Verb(lead_of(hit, here.language), hit.start, hit.end, start)
        done = hit.end
    return None


def _act(verb: _Verb, start: int, end: int, here: Surroundings) -> Found:
    first, last = trimmed(here.text, start, end)
    kind, to = _addressed(verb.lead, verb.end, end, here)
    if verb.lead.open:
        kind = _expressed(verb.end, end, here) or kind
    rule = f"{here.language}.statements.lead.{verb.lead.id}"
    return Found(kind, first, last, here.text[verb.start : verb.end], rule, _CONFIDENCE, to)


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
    near = here.cues.within(at, min(end, at + _WINDOW))
    kinds = {cue_of(hit, here.language).kind for hit in near}
    return next((kind for kind in _EXPRESSIBLE if kind in kinds), None)
