"""A law as a row of sentences, each with what its lead-in, its closing words and its place add to it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.laws import citing
from open1540.documents.laws.concepts import DEFINES, NOTHING, Said, said
from open1540.documents.reading import Paragraph
from open1540.documents.sentences import sentences

_OPEN = (":", "：", "—", "–", ":-", "-")
_ENDS = (
    ".",
    ";",
    ":",
    "—",
    "–",
    "。",
    "；",
    "：",
    "؛",
    "-",
    ",",
    "，",
    "、",
    " or",
    " and",
    " et",
    " ou",
    "”",
    '"',
    "»",
    ")",
    "）",
    "*",
)
# A lead-in may end with a full stop where it says that what follows belongs to it.
_FOLLOWS = re.compile(
    r"下列|以下|\bfollowing\b|\bsuivant\w{0,2}\b|\bci-après\b|\bsiguientes?\b|\bследующ\w+|(?:التالية|الآتية)",
    re.IGNORECASE,
)
_ARTICLES = ("art. ", "المادة ", "ст. ")
# A heading says nothing of anybody; an open sentence does.
_SAYS = re.compile(
    r"\b(?:shall|may|must|is|are|was|were|who|commits?|if|where|unless|peu\w+t|doi\w+t|est|sont|qui|quiconque|podrán?|deberán?|es|son|quien"
    r"|вправе|обязан\w*|запрещается|является|если)\b|(?:يجوز|يجب|يحظر|كل من|إذا)",
    re.IGNORECASE,
)
_ITEMS = ("letter", "roman", "degree", "dash")
_CLOSED = (".", ";", "。", "；", "؛", "”", '"', "»", ")", "）", "*")
_JOINTS = (";", "；", "؛")
_IF = re.compile(r"\b(?:if|where|si|если)\W*$|إذا\W*$", re.IGNORECASE)
_AND = re.compile(r"[;,؛]\s*(?:and|et|y|e|и|و)\s*(?:\n|$|\()")
_OR = re.compile(r"[;,؛]\s*(?:or|ou|o|или|أو)\s*(?:\n|$|\()")
# What such a condition excepts is no part of what it forbids.
_EXCUSES = frozenset({"licence", "without-licence", "unauthorised", "exemption", "authority", "breach", "violates"})
# Closing words that only say when the whole holds: "..., if the agent is likely to be used otherwise than for peaceful purposes".
_WHEN = re.compile(r"(?:if|where|unless|si|lorsque|cuando|если|إذا)\b", re.IGNORECASE)
_SHORT = 110
_FEW = 3
# Words that head an article before its first sentence rule nothing: "Prohibitions.—(1) No person shall ...".
_HEADED = re.compile(r"[^.—–:;]{3,160}\.\s?[—–-]{1,2}\s?(?=[(A-ZÀ-ÞА-Я])")
# Signs of items, outermost first as laws nest them; a sign already in use closes all below it.
_SIGNS = (
    ("paragraph", re.compile(r"[*_\s]*[(（]\d{1,3}[A-Z]?[)）]")),
    ("number", re.compile(r"[*_\s]*(?:\d{1,3}\s?[.．、](?!\d)|\d{1,2}\s(?=[A-ZÀ-Þ]))")),
    ("degree", re.compile(r"\d{1,3}°")),
    ("upper", re.compile(r"[IVX]{1,5}\s?(?:\.|-|–)")),
    ("chinese", re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]")),
    ("capital", re.compile(r"[*_\s]*\([A-Z]{1,2}\)")),
    ("roman", re.compile(r"[*_\s]*\(?[ivx]{1,5}\)")),
    ("letter", re.compile(r"[*_\s]*(?:[(（]?[a-zа-яأ-ي][)）]|[a-z]\.\s)")),
    ("dash", re.compile(r"[-–—•·]\s")),
)


class Unit(NamedTuple):
    """A sentence of an article.

    Attributes:
        article: as it is cited; key: its number alone.
        start, end: flow offsets.
        own: its concepts; lead: those of what introduces it and of what closes it.
        items: whether it stands below a lead-in.
        joined: a semicolon joins it to the sentence before.
        annexed: it stands in an annexed list or schedule.
        place: which paragraph of its article it stands in, counted from 1; Chinese items belong to the paragraph above.
    """

    article: str
    key: str
    start: int
    end: int
    own: Said
    lead: Said
    items: bool
    joined: bool
    annexed: bool
    place: int = 1

    @property
    def named(self) -> Said:
        """Its concepts with those of its lead-in."""
        return self.own | self.lead


class _Level(NamedTuple):
    """A lead-in still open: the sign of its paragraph, its concepts, its first sentence, the provision it stands in."""

    sign: str
    said: Said
    first: int
    key: str


def units(flow: Flow, language: str, paragraphs: Sequence[Paragraph], hits: Hits) -> list[Unit]:
    """The sentences of the articles of a law in order; headings and lists of contents are left out."""
    found = list[Unit]()
    open_levels = list[_Level]()
    before = ""
    place = 0
    defining: str | None = None
    spoken = list(_by_paragraph(flow, language, paragraphs))
    for at, (index, spans) in enumerate(spoken):
        paragraph = paragraphs[index]
        article = paragraph.number or before
        text = paragraph.text
        key = citing.key(article)
        if key != citing.key(before):
            # A lead-in of an article may reach over its numbered paragraphs, one of a paragraph never to the next.
            open_levels = [level for level in open_levels if level.key == citing.stem(key)]
        place = 0 if citing.stem(key) != citing.stem(citing.key(before)) else place
        before = article
        sign = _sign(text, open_levels)
        place += not (language == "zh" and sign == "chinese" and place)
        open_levels = _reopened(open_levels, sign, flush := not sign and _is_flush(text) and bool(open_levels))
        lead = NOTHING
        for level in open_levels:
            lead |= level.said
        if key == defining:
            lead |= DEFINES
        last = NOTHING
        first = len(found)
        headed = _HEADED.match(text)
        for start, end in spans:
            if headed and start == spans[0][0] and headed.end() < end - start:
                start += headed.end()
            joined = _is_joined(flow.text, start, spans[0][0])
            if joined and "definition" in last.main:
                lead |= DEFINES
            if "definitions-follow" in last.main:
                defining = key
                lead |= DEFINES
            before_it = last if joined else NOTHING
            last = said(hits.within(start, end), flow.text, end, language)
            found.append(
                Unit(article, key, start, end, last, lead, bool(open_levels), joined, _is_annexed(paragraph), place)
            )
            # Sentences a semicolon joins introduce together what follows.
            last |= before_it
        if "definitions-follow" in last.main:
            defining = key
        if flush:
            if _WHEN.match(text):
                last = Said(last.main - provisions.acts(), last.aim)
                found[first:] = [
                    unit._replace(own=Said(unit.own.main - provisions.acts(), unit.own.aim)) for unit in found[first:]
                ]
            closing = last | _conditions(flow.text, found[open_levels[0].first : first])
            _close(found, open_levels[0].first, first, closing)
        elif text.rstrip("*_ ").endswith(_OPEN) or _leads_on(
            text, sign, paragraphs[spoken[at + 1][0]].text if at + 1 < len(spoken) else ""
        ):
            open_levels.append(_Level(sign, last, first, key))
    return found


def _by_paragraph(
    flow: Flow, language: str, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    spans = dict[int, list[tuple[int, int]]]()
    heads = _marginal(paragraphs)
    for sentence in sentences(flow, language):
        spans.setdefault(sentence.paragraph, []).append((sentence.start, sentence.end))
    for index, paragraph in enumerate(paragraphs):
        after = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        heads_only = is_heading(paragraph.text) and not _leads_on(paragraph.text, _sign(paragraph.text, ()), after)
        if paragraph.kind == "article" and not heads_only and index in spans and index not in heads:
            yield index, spans[index]


def _marginal(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Marginal notes: where a law sets a short paragraph before most of its articles, it heads the article that follows."""
    opened = [at for at, one in enumerate(paragraphs) if one.reason.rule == "layout.article"]
    heads = [at - 1 for at in opened if at and _may_head(paragraphs[at - 1])]
    return frozenset(heads if len(heads) > _FEW and 2 * len(heads) >= len(opened) else ())


def _may_head(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        paragraph.kind == "article"
        and paragraph.reason.rule != "layout.article"
        and len(text) <= _SHORT
        and text[:1].isupper()
        and not _sign(text, ())
    )


def _leads_on(text: str, sign: str, after: str) -> bool:
    """Whether a paragraph that ends with no colon introduces the items after it: it says so, or its sentence is open."""
    following = _sign(after, ())
    if not following or following == sign:
        return False
    if _FOLLOWS.search(text):
        return not sign
    return following in _ITEMS and not text.rstrip("*_ ").endswith(_CLOSED) and bool(_SAYS.search(text))


def _is_joined(text: str, start: int, first: int) -> bool:
    return start > first and text[max(first, start - 3) : start].rstrip()[-1:] in _JOINTS


def is_heading(text: str) -> bool:
    """Whether a paragraph of an article is short and ends no sentence, so that it only heads what follows."""
    return len(text) <= _SHORT and not text.rstrip().endswith(_ENDS)


def _is_annexed(paragraph: Paragraph) -> bool:
    """Whether it is cited by the word of an annex alone, and by no article."""
    return not (paragraph.number or "").startswith(_ARTICLES) and not any(
        sign.isdigit() or sign == "第" for sign in paragraph.number or ""
    )


def _sign(text: str, open_levels: Sequence[_Level]) -> str:
    """The kind of sign an item opens with; empty where it opens with none."""
    kinds = [kind for kind, pattern in _SIGNS if pattern.match(text)]
    if not kinds:
        return ""
    if "roman" in kinds and "letter" in kinds:
        below_letters = any(level.sign == "letter" for level in open_levels)
        return "roman" if below_letters else "letter"
    return kinds[0]


def _is_flush(text: str) -> bool:
    """Whether a paragraph goes on with the sentence its lead-in began, after the items."""
    return text[:1].islower()


def _reopened(levels: list[_Level], sign: str, flush: bool) -> list[_Level]:
    if flush:
        return levels
    if not sign:
        return []
    for depth, level in enumerate(levels):
        if level.sign == sign:
            return levels[:depth]
    return levels


def _close(found: list[Unit], first: int, last: int, closing: Said) -> None:
    """Add the closing words of a sentence to all its items."""
    for at in range(first, last):
        found[at] = found[at]._replace(lead=found[at].lead | closing)


def _conditions(text: str, items: Sequence[Unit]) -> Said:
    """What the items of a condition say together, where all of them must hold: "if (a) ...; and (b) ..., the person is ..."."""
    lead = items[0]
    whole = text[lead.start : items[-1].end]
    if not _IF.search(text[lead.start : lead.end]) or not _AND.search(whole) or _OR.search(whole):
        return NOTHING
    together = NOTHING
    for unit in items[1:]:
        together |= unit.own
    return Said(together.main - _EXCUSES, together.aim)


def concept_hits(flow: Flow, language: str) -> Hits:
    """The words of law in a running text."""
    return Hits(provisions.concepts_of(language).find(flow.text))
