"""From raw text to paragraphs: lines, furniture, footnotes, annexes, numbers, and the running text.

Raw text of a known language comes in; a ``Layout`` goes out, in which every paragraph is unwrapped and knows its place.
What the paragraphs say is left to the recognisers; what the document is, to ``documents.head``.
"""

from collections.abc import Iterator, Sequence

import msgspec

from open1540.documents.flow import Flow
from open1540.documents.layout.articles import ENOUGH, Articles, count
from open1540.documents.layout.blocks import blocks
from open1540.documents.layout.footnotes import split_footnotes
from open1540.documents.layout.furniture import cells, furniture
from open1540.documents.layout.lines import Line, lines, mark_torn
from open1540.documents.layout.structure import Shaped, Shaper
from open1540.documents.layout.unwrap import pieces
from open1540.documents.layout.wording import LayoutWording, wording
from open1540.documents.reading import Annex, Footnote, Furniture, FurnitureKind, Paragraph, RawText
from open1540.vocabulary import Reason

# A text one paragraph in so many of which opens as an article is a law even where no title says so.
SHARE_OF_ARTICLES = 6


class Layout(msgspec.Struct, frozen=True):
    """A document's parts; paragraph ``i`` of ``flow`` is ``paragraphs[i]``, letter for letter."""

    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Furniture, ...]
    flow: Flow
    law: bool


def lay_out(raw: RawText, language: str) -> Layout:
    """The layout of a raw text in one of the six languages; cost is linear in its length."""
    words = wording(language)
    every = list(lines(raw.text))
    page_parts = furniture(every, words)
    notes, content = split_footnotes(every, page_parts)
    grouped = list(blocks(mark_torn(content, every), words, raw.whole_lines, raw.format == "pdf"))
    law = _is_law(grouped, words)
    openings = [" ".join(line.text for line in block[:4])[:200] for block in grouped]
    shaper = Shaper(words, Articles(words, openings) if law else None)
    shaped = [shaper.shape(index, block) for index, block in enumerate(grouped)]
    joined = [pieces(shape.lines, shape.skip, language) for shape in shaped]
    kept = [(shape, parts) for shape, parts in zip(shaped, joined, strict=True) if parts]
    flow = Flow(parts for _, parts in kept)
    paragraphs = tuple(_paragraph(shape, flow, index) for index, (shape, _) in enumerate(kept))
    return Layout(
        paragraphs=paragraphs,
        annexes=_annexes(shaper, paragraphs),
        footnotes=notes,
        furniture=tuple(part for i in sorted(page_parts) for part in _furniture(page_parts[i], every[i])),
        flow=flow,
        law=law,
    )


def _furniture(kind: FurnitureKind, line: Line) -> Iterator[Furniture]:
    for start, end in cells(line.text) if kind == "masthead" else [(0, len(line.text))]:
        yield Furniture(kind, line.text[start:end], line.start + start, line.start + end)


def _paragraph(shape: Shaped, flow: Flow, index: int) -> Paragraph:
    start, end = flow.paragraph_span(index)
    first, last = flow.raw_span(start, end)
    confidence = 0.9 if shape.rule in {"layout.heading", "layout.body"} else 0.98
    return Paragraph(
        shape.kind,
        shape.number,
        flow.text[start:end],
        first,
        last,
        shape.annex,
        Reason(shape.rule, "", confidence),
    )


def _annexes(shaper: Shaper, paragraphs: Sequence[Paragraph]) -> tuple[Annex, ...]:
    found: list[Annex] = []
    held: dict[int | None, list[Paragraph]] = {}
    for paragraph in paragraphs:
        held.setdefault(paragraph.annex, []).append(paragraph)
    for index, opened in enumerate(shaper.annexes):
        own = held[index]
        title = " ".join(p.text for p in own if p.kind == "annex_title")
        parent = index - 1 if opened.nested else None
        if opened.nested and index and found[index - 1].parent is not None and shaper.annexes[index - 1].nested:
            parent = found[index - 1].parent
        reason = Reason("layout.annex", own[0].text[:80], 0.95)
        found.append(Annex(title, opened.number, own[0].start, own[-1].end, parent, None, reason))
    return tuple(found)


def _is_law(grouped: Sequence[Sequence[Line]], words: LayoutWording) -> bool:
    """A text with several articles that neither opens as a letter nor enacts as the Council does."""
    first = [" ".join(line.text for line in block) for block in grouped[:12]]
    if any(words.search(part, text) for text in first for part in ("letter_title", "enacting", "resolution_title")):
        return False
    openings = [block[0].text[:200] for block in grouped]
    worded, bare = count(openings, words)
    articles = max(worded, bare)
    named = any(words.search("law_title", text) for text in first if len(text) < 160)
    spoken = any(words.search("law_body", text) for text in openings)
    if worded >= ENOUGH and worded * SHARE_OF_ARTICLES >= len(grouped):
        return True
    return (articles >= ENOUGH and (named or spoken)) or (articles >= 1 and named and len(grouped) < 60)
