"""Who proposes, asks, promises, claims or worries: typed statements with speaker and addressee.

A running text with its paragraphs, actors and references goes in; statements with raw offsets come out.
What a measure is worth as evidence is left to the claims and to people; the words are facts, not code.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.reading import Actor, Paragraph, Reference, Statement
from open1540.documents.sentences import Sentence, sentences, trimmed
from open1540.documents.statements import operative
from open1540.documents.statements.announced import Announced, announcement
from open1540.documents.statements.running import Found, Surroundings, in_sentence, outside_names
from open1540.documents.statements.subjects import acting as acting_of
from open1540.documents.statements.subjects import subjects
from open1540.documents.tagging import Tagger
from open1540.documents.wording import leads_of, words_of
from open1540.vocabulary import Reason

__all__ = ["find"]

# A statement inside a sentence leans on what precedes it there, another on the sentence before.
_WORD = re.compile(r"\w")
_BULLETS = "•·●▪◦‣∙"
COUNCIL = "UN.SC"
# Presidential statements quote the Council's words and name it at the beginning of each paragraph.
_OPENING = re.compile(r"[\s\"'“«„‹”]*")
_ARTICLE, _NAME = 4, 40
_ACTING = frozenset({"operative", "preambular"})
# Titles, signatures and the formulas of adoption state nothing; articles of a law are read as claims.
_SILENT = frozenset({"title", "adoption", "enacting", "heading", "signature", "annex_title", "table", "article"})


def find(
    flow: Flow,
    language: str,
    *,
    paragraphs: Sequence[Paragraph],
    speaker_of: Callable[[int], str | None],
    actors: Sequence[Actor] = (),
    references: Sequence[Reference] = (),
) -> tuple[Statement, ...]:
    """The statements of a document in text order.

    Arguments:
        paragraphs: ``paragraphs[i]`` describes paragraph ``i`` of the flow.
        speaker_of: the actor whose words paragraph ``i`` is, or None (``UN.SC`` for a resolution).
        actors, references: as found before, with raw offsets.
    """
    hits = words_of(language).find(flow.text)
    enacts = any(_acts(paragraph, speaker_of(index)) for index, paragraph in enumerate(paragraphs))
    leads = leads_of(language).find(flow.text) if enacts else []
    around = subjects(flow, (hit for hit in hits if hit.kind == "role"), actors)
    here = Surroundings(
        text=flow.text,
        language=language,
        cues=Hits(outside_names((hit for hit in hits if hit.kind == "cue"), around)),
        pointing=Hits([hit for hit in hits if hit.kind in ("anaphora", "demonstrative")]),
        around=around,
        acting=acting_of(around),
        leads=Hits(leads),
    )
    tagger = Tagger(flow, language, here.pointing, here.around, references)
    return tuple(
        _statement(found, index, sentence_start, flow, speaker_of(index), tagger)
        for index, sentence_start, found in _found(flow, here, paragraphs, speaker_of)
    )


def _found(
    flow: Flow, here: Surroundings, paragraphs: Sequence[Paragraph], speaker_of: Callable[[int], str | None]
) -> Iterator[tuple[int, int, Found]]:
    """Paragraph index, start of what precedes for leaning words, and statement."""
    running = _Running(here, speaker_of)
    parents: dict[str, Found] = {}
    by_paragraph = _by_paragraph(flow, here.language, len(paragraphs))
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind in _SILENT:
            continue
        start, end = flow.paragraph_span(index)
        if _acts(paragraph, speaker_of(index)):
            acts = _of_resolution(_past_speaker(start, end, here), end, paragraph, parents, here)
            yield from ((index, act.start, act) for act in acts)
            if acts:
                continue
        yield from running.statements(index, paragraph, by_paragraph[index])


def _acts(paragraph: Paragraph, speaker: str | None) -> bool:
    """Whether a paragraph may act by its opening verb, as the Council does in its resolutions and statements."""
    return paragraph.kind in _ACTING or (speaker == COUNCIL and paragraph.kind == "body")


def _past_speaker(start: int, end: int, here: Surroundings) -> int:
    """Where a paragraph's verb may stand: behind "The Security Council", where that opens the paragraph."""
    opening = _OPENING.match(here.text, start, end)
    at = opening.end() if opening else start
    named = here.around.within(start, min(end, at + _NAME))
    return max((one.end for one in named if one.value == COUNCIL and one.start - at <= _ARTICLE), default=start)


def _of_resolution(
    start: int, end: int, paragraph: Paragraph, parents: dict[str, Found], here: Surroundings
) -> list[Found]:
    acts = operative.acts(start, end, here)
    stem, bracket, _ = (paragraph.number or "").partition("(")
    if not acts and bracket and stem in parents:
        return [operative.inherited(start, end, parents[stem], here)]
    if acts and not bracket:
        parents[stem] = acts[-1]
    return acts


class _Running:
    """Walks running paragraphs and remembers what list was announced."""

    def __init__(self, here: Surroundings, speaker_of: Callable[[int], str | None]) -> None:
        self._here = here
        self._speaker_of = speaker_of
        self._announced: Announced | None = None

    def statements(
        self, index: int, paragraph: Paragraph, inside: Sequence[Sentence]
    ) -> Iterator[tuple[int, int, Found]]:
        is_item = self._is_item(paragraph, inside)
        if not is_item:
            self._announced = None
        said = False
        before = inside[0].start if inside else 0
        for sentence in inside:
            announced = announcement(self._here.text, sentence.start, sentence.end, self._here.language)
            if announced:
                self._announced = announced
                continue
            for found in in_sentence(sentence.start, sentence.end, self._here, self._speaker_of(index)):
                said = True
                inner = _WORD.search(self._here.text, sentence.start, found.start)
                yield index, sentence.start if inner else before, found
            before = sentence.start
        if is_item and not said and self._announced:
            yield index, inside[0].start, self._item(self._announced, inside)

    def _is_item(self, paragraph: Paragraph, inside: Sequence[Sentence]) -> bool:
        return bool(inside) and (paragraph.kind == "bullet" or self._here.text[inside[0].start] in _BULLETS)

    def _item(self, announced: Announced, inside: Sequence[Sentence]) -> Found:
        start, end = trimmed(self._here.text, inside[0].start, inside[-1].end)
        rule = f"{self._here.language}.statements.announced"
        return Found(announced.kind, start, end, announced.cue, rule, announced.confidence, ())


def _by_paragraph(flow: Flow, language: str, count: int) -> list[list[Sentence]]:
    inside: list[list[Sentence]] = [[] for _ in range(count)]
    for sentence in sentences(flow, language):
        if sentence.paragraph < count:
            inside[sentence.paragraph].append(sentence)
    return inside


def _statement(
    found: Found, index: int, sentence_start: int, flow: Flow, speaker: str | None, tagger: Tagger
) -> Statement:
    start, end = flow.raw_span(found.start, found.end)
    tags = tagger.tags(found.start, found.end, sentence_start)
    return Statement(
        kind=found.kind,
        text=flow.text[found.start : found.end],
        speaker=speaker,
        to=found.to,
        topics=tags.topics,
        obligations=tags.obligations,
        paragraph=index,
        start=start,
        end=end,
        reason=Reason(found.rule, found.cue, found.confidence),
    )
