"""The text of a document that asks for assistance: its sentences and labelled lines, and which part of a request each is about."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from open1540 import reference
from open1540.assistance.cues import cues, line_openings
from open1540.assistance.records import Read
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.reading import Reading
from open1540.documents.sentences import sentences, trimmed
from open1540.documents.tagging import narrowest, topics_of
from open1540.reference.request_parts import request_form

# A text this short is a subject in a list, not a letter: all of it is what is asked for.
SHORT = 400
CLAUSE = re.compile(r"[,،，;；:：]\s*")
ASIDE = frozenset({"existing", "elsewhere", "consent", "undecided"})
# The longest label of a line.
_LABEL = 120
_BULLETS = ("•", "-", "–", "—", "·", "*")
# Of two parts a sentence could be about, the one more seldom named without being meant.
_ORDER = ("elsewhere", "consent", "undecided", "outcome")
_COLON = re.compile(r"\s*(?:\([^)]*\)\s*)?[:：|–—]\s*|\s*[?؟？]\s*[:：|]?\s*")
_VOWEL_SIGNS = "".join(map(chr, range(0x64B, 0x653)))
Found = tuple[str, int, int]
"""An id with the place where it was found."""


class Piece(NamedTuple):
    """A sentence or a labelled line, in flow offsets, with the part it is about, if any."""

    start: int
    end: int
    paragraph: int
    part: str
    rule: Literal["sentence", "line", "short", "kind", ""]


class RequestText:
    """One document; everything is found once in its running text, and ``read`` gathers what was taken from where.

    Attributes:
        named: spans of the names of authorities, whose words tell no theme.
    """

    def __init__(self, reading: Reading) -> None:
        """Look for all cues and topics; costs time linear in the text."""
        self.reading = reading
        self.language = reading.document.language
        self.flow = _flow(reading)
        self.text = self.flow.text
        self.hits = Hits(cues(self.language).find_all(self.text))
        self.topics = Hits(topics_of(self.language).find_all(self.text))
        self.read: list[Read] = []
        self.named: list[tuple[int, int]] = []

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Sentences and labelled lines in text order, with what each is about."""
        found = [self._piece(one.start, one.end, one.paragraph) for one in sentences(self.flow, self.language)]
        found = self._with_lists(self._with_answers_below(found))
        if self.is_subject_line(found):
            asked = {piece for piece in found if piece.part in ("", "need")}
            asked = asked if any(map(self._is_precise, asked)) else set()
            return tuple(
                piece._replace(part="need", rule="short")
                if piece in asked
                else piece._replace(part=piece.part.replace("need", ""))
                for piece in found
            )
        needs = [piece for piece in found if piece.part == "need"]
        if not needs and not any(piece.part == "undecided" for piece in found):
            # Words of asking are many; a letter that names a kind of help and an area asks for it.
            return tuple(
                piece._replace(part="need", rule="kind") if not piece.part and self._is_whole(piece) else piece
                for piece in found
            )
        # A letter opens by asking for help in general; where it then says with what, that is what it needs.
        precise = [piece for piece in needs if piece.rule == "line" or self._is_precise(piece)]
        vague = set(needs) - set(precise) if precise else set()
        return tuple(piece._replace(part="") if piece in vague else piece for piece in found)

    def is_subject_line(self, found: Iterable[Piece]) -> bool:
        """Whether the whole text is a subject as lists of requests give it, and no letter."""
        letter = self.reading.document.sender or any(
            piece.part in ("greeting", "undecided", "heading") for piece in found
        )
        return not letter and len(self.text) <= SHORT

    def _with_lists(self, found: list[Piece]) -> list[Piece]:
        """The items of a list are about what the sentence is about that announces them."""
        listed: list[Piece] = []
        announced: Piece | None = None
        for piece in found:
            start, end = stripped(self.text, piece.start, piece.end)
            paragraph = self.reading.paragraphs[piece.paragraph]
            item = paragraph.number or paragraph.kind == "bullet" or self.text[start : start + 1] in _BULLETS
            if announced and item and piece.rule != "line" and piece.part != "heading":
                listed.append(piece._replace(part=announced.part, rule=announced.rule))
                continue
            announced = piece if piece.part and self.text[start:end].endswith((":", "：")) else None
            listed.append(piece)
        return listed

    def _piece(self, start: int, end: int, paragraph: int) -> Piece:
        if self.reading.document.sender and self.reading.paragraphs[paragraph].kind == "title":
            return Piece(start, end, paragraph, "heading", "")
        if label := self._label(start, end):
            return Piece(label[1], end, paragraph, label[0], "line")
        about = [hit.value for hit in self.hits.within(start, end) if hit.kind == "sentence"]
        consent = {hit.value for hit in self.hits.within(start, end) if hit.kind == "consent"}
        if "about" in consent and consent & {"yes", "no"}:
            about.append("consent")
        if "helped" in about and any(start <= at < end for at in self._organisations):
            about.append("elsewhere")
        first = next((part for part in _ORDER if part in about), None)
        if (
            first is None
            and "need" in about
            and ("existing" not in about or self._is_precise(Piece(start, end, paragraph, "", "")))
        ):
            first = "need"
        if first is None:
            first = next((part for part in ("existing", "greeting") if part in about), "")
        return Piece(start, end, paragraph, first, "sentence" if first else "")

    @cached_property
    def _organisations(self) -> list[int]:
        """Where organisations other than the United Nations are named."""
        named = [
            a
            for a in self.reading.actors
            if "organisation" in a.type and not (a.id == "UN" or a.id.startswith("UN.SC"))
        ]
        return [self.flow.position(mention.start) for actor in named for mention in actor.mentions]

    def _label(self, start: int, end: int) -> tuple[str, int] | None:
        """The part a line names at its beginning, and where its answer begins."""
        begin, _ = trimmed(self.text, start, end)
        hits = [
            hit
            for hit in line_openings(self.language).find_all(self.text[begin : min(end, begin + _LABEL)])
            if hit.start == 0
        ]
        for hit in sorted(hits, key=lambda hit: -hit.end):
            at = begin + hit.end
            if colon := _COLON.match(self.text, at, end):
                return hit.value, colon.end()
            if not self.text[at:end].strip() and begin == self.flow.paragraph_span(self.flow.paragraph_at(begin))[0]:
                return hit.value, end
        return None

    def _with_answers_below(self, found: list[Piece]) -> list[Piece]:
        """A label that opens a paragraph names what the whole of it is about; one alone, the paragraph below it."""
        named: dict[int, str] = {}
        for piece in found:
            opens = piece.rule == "line" and not self.text[
                self.flow.paragraph_span(piece.paragraph)[0] : piece.start
            ].count(". ")
            if opens:
                named[piece.paragraph + (not self.text[piece.start : piece.end].strip())] = piece.part
        return [
            piece._replace(part=named[piece.paragraph], rule="line")
            if piece.paragraph in named and piece.rule != "line" and not named[piece.paragraph].startswith("contact")
            else piece
            for piece in found
        ]

    def _is_precise(self, piece: Piece) -> bool:
        return bool(self.types(piece) or self.themes(piece, faint=True))

    def _is_whole(self, piece: Piece) -> bool:
        return bool(self.types(piece) and self.themes(piece, faint=True))

    def of(self, *parts: str) -> list[Piece]:
        """The pieces about any of these parts."""
        return [piece for piece in self.pieces if piece.part in parts]

    @cached_property
    def asked(self) -> list[Piece]:
        """What is asked for."""
        return self.of("need", "title", "types", "themes")

    @cached_property
    def around(self) -> list[Piece]:
        """What is asked, and the sentences beside it that are about nothing else."""
        paragraphs = {piece.paragraph for piece in self.of("need")}
        beside = [p for p in self.pieces if p.paragraph in paragraphs and p.part in ("", "need", "outcome", "receiver")]
        return [*self.asked, *beside, *self.of("outcome")]

    def note(self, part: str, found: object, start: int, end: int, rule: str) -> None:
        """Note what a part says and where, from a span of the running text."""
        first, last = self.flow.raw_span(start, end)
        text = self.reading.text[first:last]
        self.read.append(Read(part, str(found), first, last, text, f"{self.language}.assistance.{rule}"))

    @cached_property
    def states(self) -> list[tuple[int, int, str]]:
        """Where which State is named, in flow offsets."""
        codes = {state.iso3 for state in reference.states()}
        return sorted(
            (self.flow.position(mention.start), self.flow.position(mention.end - 1) + 1, actor.id)
            for actor in self.reading.actors
            if actor.id in codes
            for mention in actor.mentions
        )

    def cued(self, piece: Piece, kind: str) -> list[Found]:
        """Cues of a kind in a piece."""
        return [(hit.value, hit.start, hit.end) for hit in self.hits.within(piece.start, piece.end) if hit.kind == kind]

    def types(self, piece: Piece) -> list[Found]:
        """Kinds of assistance a piece names."""
        return self.cued(piece, "type") + self.told_by_topics(piece, request_form().topics.types)

    def themes(self, piece: Piece, faint: bool = False) -> list[Found]:
        """Themes a piece names; ``faint`` counts topics that tell one only where nothing else does."""
        skipped = request_form().topics.silent | (frozenset() if faint else request_form().topics.faint)
        hits = [hit for hit in self.topics.within(piece.start, piece.end) if hit.value not in skipped]
        kept = frozenset(narrowest(tuple(hit.value for hit in hits)))
        told = [
            (theme.id, hit.start, hit.end)
            for hit in hits
            if hit.value in kept
            for theme in reference.themes_about(hit.value)
        ]
        return self.cued(piece, "theme") + told

    def told_by_topics(self, piece: Piece, told: dict[str, str]) -> list[Found]:
        """What topics of a piece tell by a table of topics."""
        hits = self.topics.within(piece.start, piece.end)
        return [(told[hit.value], hit.start, hit.end) for hit in hits if hit.value in told]

    def take(self, part: str, name: tuple[int, int], rule: str) -> str:
        """The name at a span, noted as what a part says."""
        self.named.append(name)
        self.note(part, self.text[slice(*name)], *name, rule)
        return self.text[slice(*name)]


def _flow(reading: Reading) -> Flow:
    """The running text of the document's paragraphs, printed lines joined."""
    joint = "" if reading.document.language == "zh" else " "
    return Flow(_unwrapped(reading.text, paragraph.start, paragraph.end, joint) for paragraph in reading.paragraphs)


def _unwrapped(text: str, start: int, end: int, joint: str) -> Iterator[tuple[int, str]]:
    first = True
    for line in re.finditer(r"[^\n]+", text[start:end]):
        kept = line.group().strip()
        if kept:
            if not first:
                yield -1, joint
            first = False
            yield start + line.start() + line.group().index(kept), kept


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks, list signs and Arabic vowel signs at its ends."""
    while start < end and (text[start] in " \u00a0\t\n•-–" or text[start] in _VOWEL_SIGNS):
        start += 1
    while start < end and text[end - 1] in " \u00a0\t\n":
        end -= 1
    return start, end
