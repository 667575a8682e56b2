"""Whose act a verb is and to whom it is addressed, from the words and actors that stand around it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.lexicon import Hit
from open1540.documents.reading import Actor
from open1540.documents.wording import By, Wording

# How far back a sentence may begin, and how far from its beginning its subject stands.
_SENTENCE = 600
_OPENING = 60
_STOPS = ".;!?。；"
ALL_STATES = "CLASS:all-states"
_STATE = re.compile(r"[A-Z]{3}")
# Regions, persons and dangerous groups are spoken about; they neither act for a State nor are they asked.
_SILENT_TYPES = frozenset({"person", "place", "region", "armed_group"})
_SATISFIES: dict[By, frozenset[str]] = {
    "speaker": frozenset({"self", "speaker", "state"}),
    "own": frozenset({"self", "state", "institution"}),
    "everyone": frozenset({"everyone"}),
    "other": frozenset({"other"}),
}


def subjects(flow: Flow, hits: Iterable[Hit], actors: Sequence[Actor]) -> Hits:
    """Those who may act or be addressed, in text order.

    A hit's kind is self, speaker, institution, everyone, other, state or (for those only spoken about)
    silent; its value the actor's id where it
    is known. A mention of an actor replaces the role words it covers.
    """
    found = [
        Hit(start, end, actor.id, kind)
        for actor, kind in [(actor, _kind(actor)) for actor in actors]
        for start, end in _places(flow, actor)
    ]
    named = Hits(sorted(found))
    roles = [
        Hit(hit.start, hit.end, ALL_STATES if hit.value == "everyone" else "", hit.value)
        for hit in hits
        if not named.within(hit.start, hit.end)
    ]
    told = [hit for hit in sorted([*found, *roles], key=lambda item: (item.start, -item.end)) if hit.kind != "pronoun"]
    pronouns = [hit for hit in roles if hit.kind == "pronoun"]
    if pronouns:
        told = sorted([*told, *_meant(pronouns, Hits(told), flow.text)], key=lambda item: (item.start, -item.end))
    return Hits(told)


def _meant(pronouns: Iterable[Hit], told: Hits, text: str) -> Iterator[Hit]:
    """Whom a pronoun means that is the first to act in its sentence: the State or authority that opens the one before."""
    for hit in pronouns:
        begin = _sentence_start(text, hit.start)
        if begin and text[begin - 1] != "\n" and not told.first(begin, hit.start):
            earlier = _sentence_start(text, begin - 1)
            before = told.first(earlier, begin)
            if before and before.kind in ("state", "self", "institution") and before.start - earlier <= _OPENING:
                yield Hit(hit.start, hit.end, before.value, before.kind)


def _sentence_start(text: str, place: int) -> int:
    return max(text.rfind(sign, max(0, place - _SENTENCE), place) for sign in _STOPS + "\n") + 1


def acting(around: Hits) -> Hits:
    """Those who may act, without those only spoken about."""
    return Hits([one for one in around if one.kind != "silent"])


def subject_of(cue: Hit, start: int, end: int, acting: Hits, around: Hits, words: Wording) -> Hit | None:
    """Who does what the cue says: the nearest before it, else whoever opens the span, else (where the
    language puts the verb first) whoever follows right after."""
    nearest = acting.last(start, cue.start)
    if nearest and cue.start - nearest.end <= words.reach:
        return nearest
    if words.verb_first:
        after = around.first(cue.end, min(end, cue.end + words.reach))
        if after and after.start - cue.end <= 2:
            return after
    return acting.first(start, cue.start) if nearest else None


def satisfies(by: By, subject: Hit | None, speaker: str | None) -> bool:
    """Whether the subject is of the sort a cue asks for.

    A State that is not the one speaking is somebody else: what it did is no measure of the speaker. An organization
    that speaks of itself by its name speaks as "we" do.
    """
    if by == "any":
        return True
    if subject is None:
        return False
    kind = subject.kind
    if kind == "state" and speaker and _STATE.fullmatch(speaker) and subject.value != speaker:
        kind = "other"
    elif kind == "other" and subject.value == speaker:
        kind = "self"
    return kind in _SATISFIES[by]


def addressees(start: int, end: int, gap: int, around: Hits) -> tuple[str, ...]:
    """Actors named right after ``start``, each no further than ``gap`` characters from the one before."""
    found: list[str] = []
    for one in around.within(start, end):
        if one.start - start > gap:
            break
        if one.value and one.kind in ("other", "everyone", "state") and one.value not in found:
            found.append(one.value)
        start = one.end
    return tuple(found)


def _kind(actor: Actor) -> str:
    if actor.id.casefold() == ALL_STATES.casefold():
        return "everyone"
    if actor.type.casefold() == "state":
        return "state"
    return "silent" if actor.type.casefold() in _SILENT_TYPES or actor.id.startswith("CLASS:") else "other"


def _places(flow: Flow, actor: Actor) -> Iterable[tuple[int, int]]:
    for mention in actor.mentions:
        start = flow.position(mention.start)
        yield start, start + len(mention.surface)
