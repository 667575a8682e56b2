"""What a document is: its kind, own symbol, date, sender, recipient and signatory, and who speaks in each annex."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from open1540.documents import symbols
from open1540.documents.actors import lexicon, person_id
from open1540.documents.layout import Layout
from open1540.documents.layout.articles import is_bill
from open1540.documents.layout.wording import LayoutWording, wording
from open1540.documents.reading import Annex, Date, Head, Kind, Paragraph, Party
from open1540.vocabulary import Reason

_OWN_SYMBOL = re.compile(r"^(?:S|A|E|ST|GOV)/")
DECIDED_BY_COUNCIL = ("resolution", "presidential statement", "draft")
FIRST = 14
# An annex names its author in one of its first lines, if at all.
AUTHOR_LINES = 4


class _Title(NamedTuple):
    """A letter's title with its parts."""

    paragraph: Paragraph
    parts: dict[str, str]


def of(layout: Layout, dates: Sequence[Date], language: str) -> Head:
    """The head of a document. What the text does not give stays None; a cited symbol is never taken for its own."""
    words = wording(language)
    body = [paragraph for paragraph in layout.paragraphs if paragraph.annex is None]
    title = _letter_title(body, words)
    kind, rule = _kind(layout, title, words)
    symbol, symbol_rule = _symbol(layout, kind, words)
    date, date_rule = _date(kind, dates)
    signatory = _signatory(body, words)
    shown = title.paragraph if title else next((p for p in body if p.kind in ("title", "heading")), None)
    return Head(
        kind=kind,
        language=language,
        symbol=symbol,
        date=date,
        sender=_party(title.parts.get("sender"), language) if title else None,
        recipient=_recipient(title.parts.get("recipient"), language) if title else None,
        signatory=signatory,
        title=shown.text if shown else None,
        in_force=False if kind == "national law" and is_bill(layout.paragraphs, words) else None,
        reasons={
            "kind": Reason(rule, "", 0.95),
            **({"symbol": Reason(symbol_rule, symbol, 0.98)} if symbol else {}),
            **({"date": Reason(date_rule, date, 0.95)} if date else {}),
        },
    )


def speaker(head: Head) -> str | None:
    """Whose words a document is: the Council's, or the sender's."""
    if head.kind in DECIDED_BY_COUNCIL:
        return "UN.SC"
    return head.sender.actor if head.sender else None


def speakers(layout: Layout, head: Head, language: str) -> tuple[Annex, ...]:
    """The annexes with their speakers: whoever an author line names, else whoever sends the letter."""
    words = wording(language)
    sender = speaker(head)
    found: list[Annex] = []
    first: dict[int, list[Paragraph]] = {}
    for paragraph in layout.paragraphs:
        if paragraph.annex is not None and len(first.setdefault(paragraph.annex, [])) < AUTHOR_LINES:
            first[paragraph.annex].append(paragraph)
    for index, annex in enumerate(layout.annexes):
        own = first.get(index, [])
        author = _author(own, words, language)
        inner = _letter_title(own, words)
        if inner and not author:
            party = _party(inner.parts.get("sender"), language)
            author = party.actor if party else None
        above = found[annex.parent].speaker if annex.parent is not None else sender
        found.append(msgspec.structs.replace(annex, speaker=author or above))
    return tuple(found)


def _letter_title(paragraphs: Sequence[Paragraph], words: LayoutWording) -> _Title | None:
    for paragraph in paragraphs[:FIRST]:
        if len(paragraph.text) < 500 and (match := words.search("letter_title", paragraph.text)):
            return _Title(paragraph, {name: part for name, part in match.groupdict().items() if part})
    return None


def _kind(layout: Layout, title: _Title | None, words: LayoutWording) -> tuple[Kind, str]:
    rules = {p.reason.rule for p in layout.paragraphs}
    first = [p.text for p in layout.paragraphs[:FIRST]]
    if "layout.draft" in rules:
        return "draft", "head.draft"
    if "layout.enacting" in rules and ("layout.adoption" in rules or "layout.resolution_title" in rules):
        return "resolution", "head.resolution"
    if title:
        noted = words.search("note_verbale", title.parts.get("genre", "")) or words.search(
            "note_verbale", title.paragraph.text
        )
        return ("note verbale", "head.note_verbale") if noted else ("letter", "head.letter")
    if "layout.presidential_statement" in rules:
        return "presidential statement", "head.presidential_statement"
    if layout.law:
        return "national law", "head.law"
    if any(words.search("matrix", text) for text in first if len(text) < 300):
        return "matrix", "head.matrix"
    if "layout.enacting" in rules:
        return "draft", "head.enacting_only"
    if any(words.search("report", text) for text in first if len(text) < 200):
        return "report", "head.report"
    return "other", "head.none"


def _symbol(layout: Layout, kind: Kind, words: LayoutWording) -> tuple[str | None, str]:
    if kind == "resolution":
        for paragraph in layout.paragraphs[:FIRST]:
            match = words.search("resolution_title", paragraph.text)
            if match:
                return f"S/RES/{match['number']}({match['year']})", "head.symbol.title"
    own = [part.text for part in layout.furniture if part.kind == "masthead"]
    own += [part.text for part in layout.furniture if part.kind == "running_head"]
    for text in sorted((t for t in own if _OWN_SYMBOL.match(t)), key=lambda t: not t.startswith("S/")):
        found = symbols.SYMBOL.match(text)
        matched = symbols.matched(found) if found else None
        if matched:
            return matched[0], "head.symbol.masthead"
    return None, ""


def _date(kind: Kind, dates: Sequence[Date]) -> tuple[str | None, str]:
    own = {"resolution": ("adoption", "issue"), "letter": ("document", "issue"), "note verbale": ("document", "issue")}
    for role in own.get(kind, ("issue", "adoption", "document")):
        found = next((d for d in dates if d.role == role and d.precision == "day"), None)
        if found:
            return found.value, f"head.date.{role}"
    return None, ""


def _party(text: str | None, language: str) -> Party | None:
    if text is None:
        return None
    text = text.strip(" ,،")
    return Party(_speaking_actor(text, language), text, office=text)


def _speaking_actor(text: str, language: str) -> str | None:
    """The State whose representative it is, else the office or organisation named."""
    hits = [hit for hit in lexicon(language).find_all(text) if not hit.value.startswith(("PLACE:", "REG:", "CLASS:"))]
    states = [hit.value for hit in hits if len(hit.value) == 3 and hit.value not in ("WHO", "IMO", "FAO", "WCO", "OAS")]
    if states:
        return states[0]
    longest = sorted(hits, key=lambda hit: hit.start - hit.end)
    return longest[0].value if longest else None


def _recipient(text: str | None, language: str) -> Party | None:
    if text is None:
        return None
    longest = sorted(lexicon(language).find_all(text), key=lambda hit: (hit.start - hit.end, hit.start))
    actor = longest[0].value if longest else None
    return Party(actor, text.strip(" ,،"), office=text.strip(" ,،"))


def _signatory(paragraphs: Sequence[Paragraph], words: LayoutWording) -> Party | None:
    signed = [p for p in paragraphs if p.kind == "signature"]
    for paragraph in signed:
        match = words.search("signed", paragraph.text)
        if match:
            name = match["name"].strip()
            near = next((p.text for p in signed if p is not paragraph and abs(p.start - paragraph.end) < 120), None)
            return Party(None, name, office=near, person=person_id(name))
    return None


def _author(own: Sequence[Paragraph], words: LayoutWording, language: str) -> str | None:
    for paragraph in own:
        match = words.search("statement_by", paragraph.text) if len(paragraph.text) < 250 else None
        if match and paragraph.kind in ("annex_title", "heading", "title"):
            return _speaking_actor(match["speaker"], language)
    return None
