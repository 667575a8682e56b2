"""Topics and obligations of a span: what it is about, and what of resolution 1540 (2004) that touches."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from open1540 import reference
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.lexicon import Hit, Lexicon
from open1540.documents.reading import Reference
from open1540.reference import facts

_RESOLUTION = "S/RES/1540(2004)"
# The longest name of a body ("... established pursuant to resolution ...") in characters.
_NAME = 120
NOBODY = Hits([])
_PINPOINT = re.compile(r"(\d{1,2})(\([a-d]\))?")
_RANGE = re.compile(r"(\d{1,2})-(\d{1,2})")


class Tags(NamedTuple):
    """Topic ids and obligation ids, each in the order of the resolution or of the text."""

    topics: tuple[str, ...]
    obligations: tuple[str, ...]


class Refinement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where all of ``topics`` are named together, obligations are added or dropped.

    ``unless`` names topics whose presence keeps the refinement from applying.
    """

    id: str
    topics: tuple[str, ...]
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How obligations follow from topics beyond each topic's own (``facts/tagging.yaml``).

    Attributes:
        context: topics that set the scene: their obligations count only where no other topic has any.
        bodies: topics that name one body, with its actor id; words that name another body do not mean it.
        refinements: applied in order.
    """

    context: tuple[str, ...]
    bodies: dict[str, str]
    refinements: tuple[Refinement, ...]


class Tagger:
    """Finds topics once in the whole text, then answers for any span of it.

    Arguments:
        pointing: words found in the text that take something up (kind ``anaphora`` and, at the beginning of a
            statement, ``demonstrative``), so that "in this regard" takes over what the sentence before was about.
        actors: who is named where, in text order; a body of another resolution is not the 1540 Committee's.
        references: pinpoints into resolution 1540 (2004) become obligations.
    """

    def __init__(
        self,
        flow: Flow,
        language: str,
        pointing: Hits,
        actors: Hits = NOBODY,
        references: Sequence[Reference] = (),
    ) -> None:
        self._pointing = pointing
        bodies = rules().bodies
        found = _widest(topics_of(language).find_all(flow.text))
        self._topics = Hits([hit for hit in found if hit.value not in bodies or not _names_another_body(hit, actors)])
        self._pinpoints = sorted(_explicit(flow, references))

    def tags(self, start: int, end: int, before: int) -> Tags:
        """Topics and obligations of a flow span; ``before`` is where the text begins that it may lean on."""
        topics = self._named(start, end)
        leaning = self._leaning(start, end)
        obligations = obligations_of(topics)
        if before < start and (leaning == "anaphora" or (leaning and not obligations)):
            topics = tuple(dict.fromkeys((*topics, *self._named(before, start))))
            obligations = obligations_of(topics)
        stated = self._stated(start, end)
        return Tags(topics, obligations if stated.issubset(obligations) else _ordered(stated.union(obligations)))

    def _named(self, start: int, end: int) -> tuple[str, ...]:
        return narrowest(tuple(dict.fromkeys(hit.value for hit in self._topics.within(start, end))))

    def _leaning(self, start: int, end: int) -> str:
        near = self._pointing.within(start, end)
        if not near:
            return ""
        if any(hit.kind == "anaphora" for hit in near):
            return "anaphora"
        return "demonstrative" if near[0].end <= start + 16 else ""

    def _stated(self, start: int, end: int) -> frozenset[str]:
        """The paragraphs of the resolution that are named by their number."""
        if not self._pinpoints:
            return frozenset()
        first, last = bisect_left(self._pinpoints, (start, "")), bisect_left(self._pinpoints, (end, ""))
        return frozenset(obligation for _, obligation in self._pinpoints[first:last])


@cache
def topics_of(language: str) -> Lexicon:
    """The names of all topics in a language; a hit's value is the topic id."""
    return Lexicon(reference.topic_labels(language), language)


@cache
def rules() -> Rules:
    """The rules by which obligations follow from topics. Raises FactsError where their file is broken."""
    return facts.tree("tagging.yaml", Rules)


@lru_cache(maxsize=4096)
def narrowest(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The topics without those that a narrower one among them already says."""
    covered = {broader for topic in topics for broader in reference.broader_topics(topic)}
    return tuple(topic for topic in topics if topic not in covered)


@lru_cache(maxsize=4096)
def obligations_of(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Obligations a set of topics touches together, refined, in the order of the resolution."""
    found = {o for topic in topics if topic not in rules().context for o in reference.topic(topic).obligations}
    found = found or {o for topic in topics for o in reference.topic(topic).obligations}
    named = frozenset(topics).union(*(reference.broader_topics(topic) for topic in topics))
    for refinement in rules().refinements:
        if named.issuperset(refinement.topics) and named.isdisjoint(refinement.unless):
            found = (found | set(refinement.add)) - set(refinement.drop)
    # OP3 as a whole says nothing more where one of its limbs is meant.
    whole = {obligation for obligation in found if any(one.startswith(f"{obligation}(") for one in found)}
    return _ordered(found - whole)


def _widest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits in text order without those inside a longer one; two that overlap in part both stand."""
    last: Hit | None = None
    for hit in hits:
        if last is None or hit.end > last.end or (hit.start, hit.end) == (last.start, last.end):
            yield hit
            last = hit


def _names_another_body(hit: Hit, actors: Hits) -> bool:
    near = actors.within(max(0, hit.start - _NAME), hit.end + _NAME)
    named = {one.value for one in near if one.start < hit.end and hit.start < one.end and one.value}
    return bool(named) and rules().bodies[hit.value] not in named


def _explicit(flow: Flow, references: Sequence[Reference]) -> Iterator[tuple[int, str]]:
    for one in references:
        if one.symbol == _RESOLUTION and one.pinpoint:
            at = flow.position(one.start)
            yield from ((at, f"OP{paragraph}") for paragraph in _paragraphs(one.pinpoint))


def _paragraphs(pinpoint: str) -> Iterator[str]:
    for pin in pinpoint.split(","):
        if reach := _RANGE.fullmatch(pin):
            yield from map(str, range(int(reach[1]), int(reach[2]) + 1))
        elif _PINPOINT.fullmatch(pin):
            yield pin


def _ordered(obligations: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(obligations, key=_rank))


def _rank(obligation: str) -> tuple[bool, int, str]:
    number = re.search(r"\d+", obligation)
    return number is None, int(number[0]) if number else 0, obligation
