"""Statements in running text: letters, national statements, reports."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from open1540.documents.hits import Hits
from open1540.documents.lexicon import Hit
from open1540.documents.reading import StatementKind
from open1540.documents.sentences import clauses, pieces, trimmed
from open1540.documents.statements.subjects import addressees, satisfies, subject_of
from open1540.documents.wording import Cue, wording

# Where one sentence holds several cues, the stronger act names it: who asks for help may also assess,
# who promises may also describe.
PRECEDENCE: tuple[StatementKind, ...] = (
    "request",
    "offer",
    "proposal",
    "demand",
    "commitment",
    "recommendation",
    "measure",
    "concern",
    "praise",
    "assessment",
)
_RANK = {kind: rank for rank, kind in enumerate(PRECEDENCE)}
# A plea is a plea whether it is worded as a demand or as a recommendation.
_FAMILY = {"demand": "plea", "recommendation": "plea", "proposal": "plea"}
_ADDRESS_GAP = {"zh": 3}
_USUAL_GAP = 16


class Found(msgspec.Struct, frozen=True):
    """A statement in flow offsets, before topics are read from it."""

    kind: StatementKind
    start: int
    end: int
    cue: str
    rule: str
    confidence: float
    to: tuple[str, ...]


class _Candidate(msgspec.Struct, frozen=True):
    cue: Cue
    hit: Hit
    subject: Hit | None


class Surroundings(NamedTuple):
    """What the finder may look at.

    Attributes:
        cues: words that set off a statement, where they are no part of a name.
        pointing: words that take up what was said before.
        around: all who are named or spoken of; ``acting``: those of them who may act.
        leads: verbs that open paragraphs of resolutions, and what may precede them.
    """

    text: str
    language: str
    cues: Hits
    pointing: Hits
    around: Hits
    acting: Hits
    leads: Hits


def in_sentence(start: int, end: int, here: Surroundings, speaker: str | None) -> Iterator[Found]:
    """The statements of one sentence, in order.

    Usually the whole sentence is one statement. A bracket that states something of its own is a
    statement of its own; so is a clause with another subject and another kind of act.
    """
    candidates = list(_candidates(start, end, here, speaker))
    if not candidates:
        return
    if len({_family(one) for one in candidates}) == 1 and not _in_brackets(candidates, start, end, here.text):
        yield _found(start, end, _strongest(candidates), here)
        return
    parts = pieces(here.text, start, end)
    if not any(part.bracketed and _inside(candidates, part.start, part.end) for part in parts):
        parts = []
    for first, last in [(part.start, part.end) for part in parts] or [(start, end)]:
        yield from _in_piece(first, last, _inside(candidates, first, last), here)


def _in_brackets(candidates: Sequence[_Candidate], start: int, end: int, text: str) -> bool:
    """Whether any candidate may stand in brackets: surely none does where none is opened before the last of them."""
    last = candidates[-1].hit.start
    return text.find("(", start, last) >= 0 or text.find("（", start, last) >= 0


def _candidates(start: int, end: int, here: Surroundings, speaker: str | None) -> Iterator[_Candidate]:
    words = wording(here.language)
    weakened: dict[str, bool] = {}
    for hit in here.cues.within(start, end):
        cue = words.cues[int(hit.value)]
        subject = subject_of(hit, start, end, here.acting, here.around, words)
        if not satisfies(cue.by, subject, speaker) or _is_denied(hit, start, here):
            continue
        if cue.unless and cue.id not in weakened:
            weakened[cue.id] = _any_within(cue.unless, here.text[start:end].casefold())
        if not weakened.get(cue.id):
            yield _Candidate(cue, hit, subject)


def outside_names(cues: Iterable[Hit], around: Hits) -> list[Hit]:
    """The cues that are no part of a name ("Counter-Terrorism Committee" counters nothing)."""
    names = iter(around)
    name = next(names, None)
    covered = -1
    found = []
    for hit in cues:
        while name and name.start <= hit.start:
            covered = max(covered, name.end)
            name = next(names, None)
        if hit.end > covered:
            found.append(hit)
    return found


def _any_within(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


def _is_denied(hit: Hit, start: int, here: Surroundings) -> bool:
    before = here.text[max(start, hit.start - 14) : hit.start].casefold().rstrip()
    return (" " + before).endswith(_negations(here.language))


@cache
def _negations(language: str) -> tuple[str, ...]:
    joint = "" if language == "zh" else " "
    return tuple(joint + word for word in wording(language).negations)


def _inside(candidates: Sequence[_Candidate], start: int, end: int) -> list[_Candidate]:
    first = bisect_left(candidates, start, key=_place)
    last = bisect_left(candidates, end, first, key=_place)
    return [one for one in candidates[first:last] if one.hit.end <= end]


def _place(candidate: _Candidate) -> int:
    return candidate.hit.start


def _in_piece(start: int, end: int, candidates: list[_Candidate], here: Surroundings) -> Iterator[Found]:
    at = start
    strongest: _Candidate | None = None
    for first, last in clauses(here.text, start, end):
        inside = _inside(candidates, first, last)
        if not inside:
            continue
        if strongest and _opens_anew(strongest, inside, first, here):
            yield _found(at, first, strongest, here)
            at, strongest = first, None
        strongest = _strongest([*([strongest] if strongest else []), *inside])
    if strongest:
        yield _found(at, end, strongest, here)


def _opens_anew(before: _Candidate, inside: list[_Candidate], clause_start: int, here: Surroundings) -> bool:
    """Whether a clause is a statement of its own: another kind, an own subject, nothing that leans back."""
    subject = inside[0].subject
    if subject is None or subject.start < clause_start:
        return False
    if any(hit.kind == "anaphora" for hit in here.pointing.within(clause_start, inside[0].hit.start)):
        return False
    return _family(before) != _family(_strongest(inside))


def _strongest(group: Sequence[_Candidate]) -> _Candidate:
    return group[0] if len(group) == 1 else min(group, key=lambda one: _RANK[one.cue.kind])


def _family(candidate: _Candidate) -> str:
    return _FAMILY.get(candidate.cue.kind, candidate.cue.kind)


def _found(start: int, end: int, strongest: _Candidate, here: Surroundings) -> Found:
    cue, hit = strongest.cue, strongest.hit
    first, last = trimmed(here.text, start, end)
    return Found(
        kind=cue.kind,
        start=first,
        end=last,
        cue=here.text[hit.start : hit.end],
        rule=f"{here.language}.statements.{cue.id}",
        confidence=cue.confidence,
        to=_addressed(cue, hit, strongest.subject, end, here),
    )


def _addressed(cue: Cue, hit: Hit, subject: Hit | None, end: int, here: Surroundings) -> tuple[str, ...]:
    if cue.to == "before":
        return (subject.value,) if subject and subject.value else ()
    if cue.to == "none":
        return ()
    return addressees(hit.end, end, _ADDRESS_GAP.get(here.language, _USUAL_GAP), here.around)
