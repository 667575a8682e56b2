"""What a passage claims a State has in place, for later judgement: measures stated, articles of laws."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from open1540 import reference
from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.lexicon import Hit
from open1540.documents.provisions import Proposed
from open1540.documents.reading import Actor, Paragraph, Statement
from open1540.documents.sentences import Sentence, sentences, trimmed
from open1540.vocabulary import Claim, Reason
from open1540.vocabulary.claims import Grade

_STATE = re.compile(r"[A-Z]{3}")
_TRADE = frozenset({"export", "import", "transit", "transshipment", "brokering"})
_SENTENCE_ENDS = (".", ";", ":", "—", "。", "；", "：", "؛", "-", ",", "，", "、", "or", "and", "et", "ou")
_SUBSECTIONS = re.compile(
    r"(?:subsections?|paragraph|paragraphe|apartado|пункт[а-я]*|الفقرة) "
    r"(?:\(?\d+\)?(?:, | or | and | et | y | и )?)+"
)
_DIGITS = re.compile(r"\d+")
_OTHER_ARTICLE = re.compile(
    r"(第[一二三四五六七八九十百零]+条)|(?:section|article|artículo|стать[а-я]+|المادة) ([\w.-]+)"
)
_NUMBER = re.compile(r"[^.;。；\d]{0,14}\d")
# A law says what it is within its first lines; further front matter is its table of contents.
_TITLES = 3
_ROWS = 5
_SELF_DECLARED = 0.6
_UNNAMED = 0.7


class _Place(NamedTuple):
    """Where in a law a sentence stands; the concepts in it, with its lead-in, and in its article so far."""

    article: str
    sentence: Sentence
    own: frozenset[str]
    named: frozenset[str]
    context: frozenset[str]


def of_statements(statements: Iterable[Statement], language: str, actors: Sequence[Actor] = ()) -> tuple[Claim, ...]:
    """Claims of the measures and commitments States state.

    The State is the speaker, or the State named first in the passage where the speaker is none. Fields
    come from the words of law in the passage and from the patterns of its topics; where no weapon class
    is named all three are meant, with less confidence. A named act raises the grade.
    """
    lexicon = provisions.concepts_of(language)
    return tuple(
        claim
        for statement in statements
        if statement.kind in ("measure", "commitment")
        for claim in _of_statement(statement, lexicon.find(statement.text), actors)
    )


def of_law(flow: Flow, language: str, paragraphs: Sequence[Paragraph], state: str | None) -> tuple[Claim, ...]:
    """Claims of a national law, article by article.

    Only sentences of articles are read: headings and arrangements of clauses promise nothing, and a
    definition alone supports no field. A sentence that punishes the breach of another provision makes
    that provision's fields enforceable, cited where the penalty stands.
    """
    places = list(_places(flow, language, paragraphs))
    meant = provisions.weapons(frozenset().union(*(place.own for place in places))) or provisions.WEAPONS
    trade_law = _is_trade_law(places)
    found: dict[str, dict[str, Proposed]] = {}
    claims = []
    for place in places:
        said = found.setdefault(place.article, {})
        near = provisions.weapons(place.context) or meant
        proposed = list(provisions.fields(place.named, near, context=place.context, trade_law=trade_law))
        proposed += _of_breach(place, found, flow)
        # What an article already says is not claimed again for each of its items.
        new = {one.field: one for one in proposed if one.field not in said}
        said.update(new)
        if new:
            claims.append(_law_claim(place, list(new.values()), flow, state))
    return tuple(claims)


def _of_statement(statement: Statement, hits: Sequence[Hit], actors: Sequence[Actor]) -> Iterator[Claim]:
    state = _state(statement, actors)
    named = provisions.concepts(hit.value for hit in hits)
    proposed = list(provisions.fields(named, provisions.WEAPONS, context=named, trade_law=bool(named & _TRADE)))
    proposed += _of_topics(statement, named)
    if state is None or not proposed:
        return
    grade: Grade = "planned" if statement.kind == "commitment" else "self-declared"
    if grade == "self-declared" and _names_a_law(statement.text, hits):
        grade = "cites law"
    best = max(one.confidence for one in proposed)
    yield Claim(
        state=state,
        fields=tuple(dict.fromkeys(one.field for one in proposed)),
        grade=grade,
        article=None,
        text=statement.text,
        start=statement.start,
        end=statement.end,
        reason=Reason(f"claims.{proposed[0].rule}", statement.reason.cue, round(best * statement.reason.confidence, 3)),
    )


def _state(statement: Statement, actors: Sequence[Actor]) -> str | None:
    if statement.speaker and _STATE.fullmatch(statement.speaker):
        return statement.speaker
    named = (
        (mention.start, actor.id)
        for actor in actors
        if actor.type.casefold() == "state"
        for mention in actor.mentions
        if statement.start <= mention.start < statement.end
    )
    return min(named, default=(0, None))[1]


def _of_topics(statement: Statement, named: frozenset[str]) -> Iterator[Proposed]:
    """Fields by the patterns of the statement's topics, for the weapon classes named, else for all three."""
    meant = provisions.weapons(named)
    certainty = _SELF_DECLARED if meant else _SELF_DECLARED * _UNNAMED
    spared = {f".{weapon}." for weapon in provisions.WEAPONS if meant and weapon not in meant}
    for topic in statement.topics:
        for field in _fields_of(topic):
            if field.endswith(".enforcement") and "penalty" not in named:
                continue
            if not any(part in field for part in spared):
                yield Proposed(field, f"topics.{topic}", round(certainty, 3))


@cache
def _fields_of(topic: str) -> tuple[str, ...]:
    """The fields a topic speaks to; a pattern that takes in half a section says nothing of any one field."""
    known = sorted(reference.field_ids())
    found = (fnmatch.filter(known, pattern) for pattern in reference.topic(topic).fields)
    return tuple(field for fields in found if len({_row(field) for field in fields}) <= _ROWS for field in fields)


def _row(field: str) -> str:
    """The row of the matrix a field belongs to, whatever the weapon class and aspect."""
    return next((part for part in field.split(".")[1:] if part not in provisions.WEAPONS), field)


def _names_a_law(text: str, hits: Sequence[Hit]) -> bool:
    """Whether an act is named: by its title, or by a number after a word for law."""
    kinds = {hit.value for hit in hits}
    numbered = (hit for hit in hits if hit.value == "law")
    return "named-law" in kinds or any(_NUMBER.match(text, hit.end) for hit in numbered)


def _places(flow: Flow, language: str, paragraphs: Sequence[Paragraph]) -> Iterator[_Place]:
    hits = Hits(provisions.concepts_of(language).find(flow.text))
    title = _title(paragraphs, flow, hits)
    article, lead, context = "", frozenset[str](), title
    for sentence in sentences(flow, language):
        paragraph = paragraphs[sentence.paragraph]
        if paragraph.kind != "article" or _is_heading(flow, sentence.paragraph):
            continue
        if paragraph.number and paragraph.number != article:
            article, lead, context = paragraph.number, frozenset(), title
        own = provisions.concepts(hit.value for hit in hits.within(sentence.start, sentence.end))
        if "definition" in own:
            continue
        text = flow.text[sentence.start : sentence.end].rstrip()
        context |= own
        yield _Place(article, sentence, own, own | lead, context)
        if text.endswith((":", "：", "—")):
            lead |= own


def _title(paragraphs: Sequence[Paragraph], flow: Flow, hits: Hits) -> frozenset[str]:
    """Concepts of what stands before the first article and of its titles: what kind of law this is."""
    first = next((i for i, paragraph in enumerate(paragraphs) if paragraph.kind == "article"), 0)
    spans = (flow.paragraph_span(index) for index in range(min(first, _TITLES)))
    return provisions.concepts(hit.value for start, end in spans for hit in hits.within(start, end))


def _is_heading(flow: Flow, index: int) -> bool:
    start, end = flow.paragraph_span(index)
    return not flow.text[start:end].rstrip().endswith(_SENTENCE_ENDS)


def _is_trade_law(places: Sequence[_Place]) -> bool:
    """Whether most licences of the law stand beside trade: then a bare licence is one to trade."""
    licensing = [place for place in places if "licence" in place.named]
    trading = sum(1 for place in licensing if place.named & _TRADE)
    return 4 * trading > len(licensing) > 0


def _of_breach(place: _Place, found: dict[str, dict[str, Proposed]], flow: Flow) -> list[Proposed]:
    """Enforcement of the fields of the provision whose breach the sentence punishes."""
    if not place.named.issuperset(provisions.provisions().breach):
        return []
    return [
        Proposed(f"{one.field.removesuffix('.legal')}.enforcement", "laws.breach", one.confidence)
        for broken in _broken_articles(place, flow)
        for one in found.get(broken, {}).values()
        if one.field.endswith(".legal")
    ]


def _broken_articles(place: _Place, flow: Flow) -> list[str]:
    text = flow.text[place.sentence.start : place.sentence.end]
    stem = place.article.partition("(")[0]
    own = _SUBSECTIONS.search(text)
    if own:
        return [f"{stem}({number})" for number in _DIGITS.findall(own[0])]
    return [chinese or number for chinese, number in _OTHER_ARTICLE.findall(text)]


def _law_claim(place: _Place, proposed: list[Proposed], flow: Flow, state: str | None) -> Claim:
    first, last = trimmed(flow.text, place.sentence.start, place.sentence.end)
    start, end = flow.raw_span(first, max(last, first + 1))
    return Claim(
        state=state,
        fields=tuple(dict.fromkeys(one.field for one in proposed)),
        grade="cites law",
        article=place.article or None,
        text=flow.text[first:last],
        start=start,
        end=end,
        reason=Reason(proposed[0].rule, "", max(one.confidence for one in proposed)),
    )
