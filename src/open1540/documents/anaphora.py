"""Words that point back: the Committee, the Group of Experts, the Council, my country."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from open1540.documents.flow import Flow
from open1540.documents.lexicon import Hit, Lexicon
from open1540.documents.named import Named
from open1540.documents.names import wording
from open1540.documents.reading import Reference

CONFIDENCE = {"committee": 0.85, "group": 0.8, "panel": 0.75, "council": 0.9, "own_state": 0.9}


def find(
    flow: Flow,
    language: str,
    known: Sequence[Named],
    references: Sequence[Reference],
    speaker_of: Callable[[int], str | None],
) -> Iterator[Named]:
    """Mentions by pointing words, each resolved to the body last named of that kind, or to the speaker's State."""
    latest = _Latest(language, known, any(r.symbol == "S/RES/1540(2004)" for r in references))
    for hit in _words(language).find(flow.text):
        latest.advance(hit.start)
        if not latest.covers(hit):
            actor = latest.meant(hit, speaker_of(flow.paragraph_at(hit.start)))
            if actor:
                yield Named(hit.start, hit.end, actor, f"{language}.anaphora.{hit.value}", CONFIDENCE[hit.value])


class _Latest:
    """The body of each kind last named before a place of the text."""

    def __init__(self, language: str, known: Sequence[Named], about_1540: bool) -> None:
        # Where one word serves Groups and Panels alike, it may mean either.
        expert = ("GOE",) if wording(language).panels or language == "en" else ("GOE", "POE")
        suffixes = {"committee": ("COMMITTEE",), "panel": ("POE",), "group": expert}
        self._kinds = {
            actor: [kind for kind, ends in suffixes.items() if actor.endswith(ends)]
            for actor in {named.actor for named in known}
        }
        self._known = known
        self._next = 0
        self._reach = (-1, -1)
        self._last: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._about_1540 = about_1540
        for named in known:
            for kind in self._kinds[named.actor]:
                self._first.setdefault(kind, named.actor)

    def advance(self, place: int) -> None:
        """Take in everything named up to a place."""
        while self._next < len(self._known) and self._known[self._next].start <= place:
            named = self._known[self._next]
            if named.end > self._reach[1]:
                self._reach = (named.start, named.end)
            for kind in self._kinds[named.actor]:
                self._last[kind] = named.actor
            self._next += 1

    def covers(self, hit: Hit) -> bool:
        """Whether the words are part of a name already found, or its beginning: "the Council" of Europe."""
        following = self._known[self._next].start if self._next < len(self._known) else hit.end
        return hit.end > following or (self._reach[0] <= hit.start and hit.end <= self._reach[1])

    def meant(self, hit: Hit, speaker: str | None) -> str | None:
        """The actor a pointing word means, or None where the text does not tell."""
        if hit.value == "council":
            return "UN.SC"
        if hit.value == "own_state":
            return speaker if speaker and len(speaker) == 3 else None
        if hit.value in self._last:
            return self._last[hit.value]
        default = {"committee": "UN.SC.1540COMMITTEE", "group": "UN.SC.1540GOE"}.get(hit.value)
        return default if self._about_1540 and self._first.get(hit.value, default) == default else None


@cache
def _words(language: str) -> Lexicon:
    words = wording(language)
    labels = [
        *((word, "committee", "") for word in words.committees),
        *((word, "group", "") for word in words.groups),
        *((word, "panel", "") for word in words.panels),
        *((word, "council", "") for word in words.this_council),
        *((word, "own_state", "") for word in words.own_state),
    ]
    return Lexicon(labels, language)
