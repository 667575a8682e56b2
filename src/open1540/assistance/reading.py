"""What a document asks for: the parts of a request, each with its place in the text, as claims a person then corrects.

Nothing is made up: what the document does not say stays empty, and what was not surely understood is left to the reader.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple

import msgspec

from open1540 import reference
from open1540.assistance.cues import cues, line_openings
from open1540.assistance.form import FormRead, understood, value, with_values
from open1540.assistance.records import Read, Request
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.lexicon import Hit, fold
from open1540.documents.reading import Date, Reading
from open1540.documents.sentences import sentences, trimmed
from open1540.documents.tagging import narrowest, topics_of
from open1540.reference.request_parts import request_form, request_part
from open1540.reference.request_words import request_words

# A text this short is a subject in a list, not a letter: all of it is what is asked for.
SHORT = 400
# How far a name reaches, and how far before a noun its number stands.
_NAME, _NUMBER_REACH = 120, 45
_PRECISE = 2
TEXTS = ("need", "existing", "outcome", "elsewhere")
_BULLETS = ("•", "-", "–", "—", "·", "*")
_ASIDE = frozenset({"existing", "elsewhere", "consent", "undecided"})
# Of two parts a sentence could be about, the one more seldom named without being meant.
_ORDER = ("elsewhere", "consent", "undecided", "outcome")
_COLON = re.compile(r"\s*(?:\([^)]*\)\s*)?[:：|–—]\s*|\s*[?؟？]\s*[:：|]?\s*")
_CLAUSE = re.compile(r"[,،，;；:：]\s*")
_NAME_END = re.compile(r"[,،，.;；。:：()（）]| [–—-] ")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+|00)\d[\d ()./-]{6,}\d")
_NUMBER = re.compile(r"(?<![A-Za-z\d.,/-])\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|(?<![A-Za-z\d.,/-])\d{1,6}(?!\d)")
_LAST_WORD = re.compile(r"[\s(«“\"']*$")
_VOWEL_SIGNS = "".join(map(chr, range(0x64B, 0x653)))
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_TERM_REACH = 12
_OTHER_DATES = ("document", "issue", "cited", "printing")
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|-е|-го)?\s+(?:de\s+|of\s+)?$")
_DAY_AFTER = re.compile(r"\s*\d{1,2}\s*日")
_FIELD = re.compile(r"OP\d[\w.-]*\w")


class Piece(NamedTuple):
    """A sentence or a labelled line, in flow offsets, with the part it is about, if any."""

    start: int
    end: int
    paragraph: int
    part: str
    rule: Literal["sentence", "line", "short", "kind", ""]


def read_request(reading: Reading, filled: FormRead | None = None, state: str | None = None) -> Request:
    """The request in a document.

    Arguments:
        reading: what the documents room read of a note verbale, a letter, a memorandum or a form.
        filled: what the form in the document's tables says, where it holds one; nothing is then guessed beside it.
        state: ISO 3166-1 code of the State that asks, where it is known from elsewhere and the text does not tell.
    """
    if filled:
        return msgspec.structs.replace(filled.request, read=tuple(_located(filled, reading.text)))
    return _Reader(reading).request(state)


class _Reader:
    """Reads one document; everything is found once in its running text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._language = reading.document.language
        self._flow = _flow(reading)
        self._text = self._flow.text
        self._hits = Hits(cues(self._language).find_all(self._text))
        self._topics = Hits(topics_of(self._language).find_all(self._text))
        self._read: list[Read] = []
        self._named: list[tuple[int, int]] = []

    def request(self, state: str | None) -> Request:
        """The request, with everything read."""
        values: dict[str, Any] = {"state": self._state() or state}
        for part, read in (("requester", self._requester), ("receiver", self._receiver), ("title", self._title)):
            values[part] = read()
        values |= {part: self._texts(part) for part in TEXTS}
        values |= {"consent": self._consent(), "beneficiaries": self._beneficiaries()}
        values |= self._subject() | self._period() | self._contact() | self._lines()
        self._undecided()
        request = with_values(
            Request(state=None, requester="", title=""), {k: v for k, v in values.items() if v is not None}
        )
        return msgspec.structs.replace(
            request, read=tuple(sorted(set(self._read), key=lambda r: (r.start, r.end, r.part, r.value)))
        )

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        found = [self._piece(one.start, one.end, one.paragraph) for one in sentences(self._flow, self._language)]
        found = self._with_lists(self._with_answers_below(found))
        if self._is_subject_line(found):
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

    def _is_subject_line(self, found: Iterable[Piece]) -> bool:
        """Whether the whole text is a subject as lists of requests give it, and no letter."""
        letter = self._reading.document.sender or any(
            piece.part in ("greeting", "undecided", "heading") for piece in found
        )
        return not letter and len(self._text) <= SHORT

    def _with_lists(self, found: list[Piece]) -> list[Piece]:
        """The items of a list are about what the sentence is about that announces them."""
        listed: list[Piece] = []
        announced: Piece | None = None
        for piece in found:
            start, end = _stripped(self._text, piece.start, piece.end)
            paragraph = self._reading.paragraphs[piece.paragraph]
            item = paragraph.number or paragraph.kind == "bullet" or self._text[start : start + 1] in _BULLETS
            if announced and item and piece.rule != "line" and piece.part != "heading":
                listed.append(piece._replace(part=announced.part, rule=announced.rule))
                continue
            announced = piece if piece.part and self._text[start:end].endswith((":", "：")) else None
            listed.append(piece)
        return listed

    def _piece(self, start: int, end: int, paragraph: int) -> Piece:
        if self._reading.document.sender and self._reading.paragraphs[paragraph].kind == "title":
            return Piece(start, end, paragraph, "heading", "")
        if label := self._label(start, end):
            return Piece(label[1], end, paragraph, label[0], "line")
        about = [hit.value for hit in self._hits.within(start, end) if hit.kind == "sentence"]
        consent = {hit.value for hit in self._hits.within(start, end) if hit.kind == "consent"}
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
            for a in self._reading.actors
            if "organisation" in a.type and not (a.id == "UN" or a.id.startswith("UN.SC"))
        ]
        return [self._flow.position(mention.start) for actor in named for mention in actor.mentions]

    def _label(self, start: int, end: int) -> tuple[str, int] | None:
        """The part a line names at its beginning, and where its answer begins."""
        begin, _ = trimmed(self._text, start, end)
        hits = [
            hit
            for hit in line_openings(self._language).find_all(self._text[begin : min(end, begin + _NAME)])
            if hit.start == 0
        ]
        for hit in sorted(hits, key=lambda hit: -hit.end):
            at = begin + hit.end
            if colon := _COLON.match(self._text, at, end):
                return hit.value, colon.end()
            if not self._text[at:end].strip() and begin == self._flow.paragraph_span(self._flow.paragraph_at(begin))[0]:
                return hit.value, end
        return None

    def _with_answers_below(self, found: list[Piece]) -> list[Piece]:
        """A label that opens a paragraph names what the whole of it is about; one alone, the paragraph below it."""
        named: dict[int, str] = {}
        for piece in found:
            opens = piece.rule == "line" and not self._text[
                self._flow.paragraph_span(piece.paragraph)[0] : piece.start
            ].count(". ")
            if opens:
                named[piece.paragraph + (not self._text[piece.start : piece.end].strip())] = piece.part
        return [
            piece._replace(part=named[piece.paragraph], rule="line")
            if piece.paragraph in named and piece.rule != "line" and not named[piece.paragraph].startswith("contact")
            else piece
            for piece in found
        ]

    def _is_precise(self, piece: Piece) -> bool:
        return bool(self._types(piece) or self._themes(piece, faint=True))

    def _is_whole(self, piece: Piece) -> bool:
        return bool(self._types(piece) and self._themes(piece, faint=True))

    def _of(self, *parts: str) -> list[Piece]:
        return [piece for piece in self._pieces if piece.part in parts]

    @cached_property
    def _asked(self) -> list[Piece]:
        return self._of("need", "title", "types", "themes")

    @cached_property
    def _around(self) -> list[Piece]:
        """What is asked, and the sentences beside it that are about nothing else."""
        paragraphs = {piece.paragraph for piece in self._of("need")}
        beside = [
            p for p in self._pieces if p.paragraph in paragraphs and p.part in ("", "need", "outcome", "receiver")
        ]
        return [*self._asked, *beside, *self._of("outcome")]

    def _note(self, part: str, found: object, start: int, end: int, rule: str) -> None:
        first, last = self._flow.raw_span(start, end)
        text = self._reading.text[first:last]
        self._read.append(Read(part, str(found), first, last, text, f"{self._language}.assistance.{rule}"))

    def _texts(self, part: str) -> str | None:
        """The passages about a part, one a line, as they stand."""
        passages = []
        for piece in self._of(part):
            start, end = _stripped(self._text, piece.start, piece.end)
            if start < end:
                passages.append(self._text[start:end])
                self._note(part, self._text[start:end], start, end, piece.rule)
        return "\n".join(passages) or None

    def _undecided(self) -> None:
        for piece in self._of("undecided"):
            start, end = _stripped(self._text, piece.start, piece.end)
            self._note("need", "", start, end, "undecided")

    def _title(self) -> str | None:
        for piece in self._of("title"):
            start, end = _stripped(self._text, piece.start, piece.end)
            if start < end:
                self._note("title", self._text[start:end], start, end, "line")
                return self._text[start:end]
        if len(self._flow.paragraph_starts) == 1 and self._is_subject_line(self._pieces):
            start, end = _stripped(self._text, 0, len(self._text))
            self._note("title", self._text[start:end], start, end, "short")
            return self._text[start:end]
        return None

    @cached_property
    def _states(self) -> list[tuple[int, int, str]]:
        """Where which State is named, in flow offsets."""
        codes = {state.iso3 for state in reference.states()}
        return sorted(
            (self._flow.position(mention.start), self._flow.position(mention.end - 1) + 1, actor.id)
            for actor in self._reading.actors
            if actor.id in codes
            for mention in actor.mentions
        )

    def _state(self) -> str | None:
        """The State that sends the document, else the first one a sentence of asking or greeting names."""
        codes = {state.iso3 for state in reference.states()}
        mentions = self._states
        sender = self._reading.document.sender
        if sender and sender.actor in codes:
            own = next(((start, end) for start, end, code in mentions if code == sender.actor), None)
            if own:
                self._note("state", sender.actor, *own, "sender")
            return sender.actor
        for parts in (("greeting",), ("need",), ("heading", "title", "consent", "undecided")):
            for piece in self._of(*parts):
                for start, end, code in mentions:
                    if piece.start <= start and end <= piece.end:
                        self._note("state", code, start, end, f"state.{piece.part}")
                        return code
        if len({code for _, _, code in mentions}) == 1:
            start, end, code = mentions[0]
            self._note("state", code, start, end, "state.only")
            return code
        return None

    def _requester(self) -> str | None:
        """The authority that is said to ask, else the mission that writes."""
        if behalf := self._spoken_for():
            return behalf
        writing = [piece for piece in self._pieces if piece.part not in ("heading", "existing", "elsewhere")]
        for piece in self._of("need"):
            if piece.rule == "kind" and (name := self._name_to_state(piece)):
                self._named.append(name)
                self._note("requester", self._text[slice(*name)], *name, "requester.state")
                return self._text[slice(*name)]
        for pieces, meant in ((self._of("need"), "need"), (writing, "greeting"), (self._of("undecided"), "undecided")):
            for hit in (hit for piece in pieces for hit in self._hits.within(piece.start, piece.end)):
                if hit.kind == "sentence" and hit.value == meant:
                    piece = next(piece for piece in pieces if piece.start <= hit.start < piece.end)
                    name = self._subject_of(hit, piece)
                    if name:
                        self._named.append(name)
                        self._note("requester", self._text[slice(*name)], *name, "requester")
                        return self._text[slice(*name)]
        return None

    def _subject_of(self, verb: Hit, piece: Piece) -> tuple[int, int] | None:
        """The authority that is the subject of a verb: before it, in Arabic mostly after it."""
        if self._language != "ar":
            return self._name_before(piece.start, verb.start)
        if name := self._name_after(verb.end, piece.end):
            return name
        clauses = [
            hit for hit in self._hits.within(piece.start, verb.start) if (hit.kind, hit.value) == ("clause", "that")
        ]
        nouns = [hit for hit in self._hits.within(piece.start, verb.start) if hit.kind == "institution"]
        if nouns and clauses and not self._text[clauses[-1].end : verb.start].strip():
            return self._name_after(_word_start(self._text, nouns[0].start), clauses[-1].start)
        return None

    def _name_to_state(self, piece: Piece) -> tuple[int, int] | None:
        """The name of an authority that opens a sentence and ends with its State: the Ministry of Health of ..."""
        for first, last, _ in self._states:
            if piece.start <= first and last <= piece.end and last - piece.start <= _NAME:
                return self._name(piece.start, last)
        return None

    def _spoken_for(self) -> str | None:
        """The authority on whose behalf a sentence asks or announces the asking."""
        for piece in self._pieces:
            for hit in self._hits.within(piece.start, piece.end) if piece.part != "heading" else ():
                if (hit.kind, hit.value) == ("clause", "behalf"):
                    verb = next(
                        (h.start for h in self._hits.within(hit.end, piece.end) if h.value == "need"), piece.end
                    )
                    if name := self._name_after(hit.end, verb):
                        self._named.append(name)
                        self._note("requester", self._text[slice(*name)], *name, "behalf")
                        return self._text[slice(*name)]
        return None

    def _receiver(self) -> str | None:
        for piece in self._pieces:
            if piece.part in ("existing", "elsewhere", "heading"):
                continue
            for hit in self._hits.within(piece.start, piece.end):
                if hit.kind == "receives":
                    before = hit.value == "before"
                    name = self._name_before(piece.start, hit.start) if before else self._name_after(hit.end, piece.end)
                    if name:
                        self._named.append(name)
                        self._note("receiver", self._text[slice(*name)], *name, f"receiver.{hit.value}")
                        return self._text[slice(*name)]
        return None

    def _name_before(self, start: int, end: int) -> tuple[int, int] | None:
        """The name of an authority that ends where the verb begins."""
        for clause in _CLAUSE.finditer(self._text, start, end):
            if clause.end() < end:
                start = clause.end()
        for hit in self._hits.within(start, end):
            if hit.kind == "clause" and hit.end < end:
                start = hit.end
        return self._name(max(start, end - _NAME), end) if end - start <= _NAME else None

    def _name_after(self, start: int, end: int) -> tuple[int, int] | None:
        start, end = _stripped(self._text, start, end)
        stop = _NAME_END.search(self._text, start, end)
        end = min(stop.start() if stop else end, start + _NAME)
        if self._language == "ar":
            end = self._arabic_name_end(start, end)
        return self._name(start, end)

    def _arabic_name_end(self, start: int, end: int) -> int:
        """In Arabic the object follows the subject without a sign: a name is its noun and the words with the article after it."""
        words = list(re.finditer(r"\S+", self._text[start:end]))
        last = 0
        for at, word in enumerate(words):
            if at and not re.match(r"و?(?:ال|لل)", word.group()) and not _is_arabic_name_noun(words[at - 1].group()):
                break
            last = word.end()
        return start + last

    def _name(self, start: int, end: int) -> tuple[int, int] | None:
        """The span without articles and blanks, if it holds a word that names an authority."""
        articles = sorted(request_words(self._language).articles, key=len, reverse=True)
        start, end = _stripped(self._text, start, end)
        folded = fold(self._text[start:end])
        for article in map(fold, articles):
            if folded.startswith(article) and (
                article[-1] == "'" or self._language == "zh" or folded[len(article) : len(article) + 1] == " "
            ):
                start, _ = _stripped(self._text, start + len(article), end)
                break
        holds = any(hit.kind == "institution" for hit in self._hits.within(start, end))
        return (start, end) if start < end and holds else None

    def _consent(self) -> bool | None:
        for piece in self._of("consent", "elsewhere", "need", "outcome"):
            said = [hit for hit in self._hits.within(piece.start, piece.end) if hit.kind == "consent"]
            agreed = [hit for hit in said if hit.value == "yes"]
            # "Does not object" holds the words "object", which alone would say no.
            denied = any(
                hit.value == "no" and not any(one.start < hit.start < one.end for one in agreed) for hit in said
            )
            if piece.rule == "line" or not (agreed or denied) or not any(hit.value == "about" for hit in said):
                continue
            start, end = _stripped(self._text, piece.start, piece.end)
            self._note("consent", "no" if denied else "yes", start, end, "consent")
            return not denied
        return None

    def _beneficiaries(self) -> int | None:
        """How many people are to benefit; nothing where different numbers are named."""
        found: dict[int, tuple[int, int]] = {}
        for piece in self._around:
            for hit in self._hits.within(piece.start, piece.end):
                if hit.kind == "people":
                    numbers = list(
                        _NUMBER.finditer(self._text, max(piece.start, hit.start - _NUMBER_REACH), hit.start + 1)
                    )
                    if numbers and not _CLAUSE.search(self._text, numbers[-1].end(), hit.start):
                        found.setdefault(int(re.sub(r"\D", "", numbers[-1].group())), (numbers[-1].start(), hit.end))
        if len(found) != 1:
            return None
        ((number, span),) = found.items()
        self._note("beneficiaries", number, *span, "people")
        return number

    def _subject(self) -> dict[str, Any]:
        asked = self._asked or [p for p in self._pieces if not p.part and len(self._text) <= SHORT]
        types = self._all(asked, self._types) or self._all(self._around, self._types)
        known = [*asked, *self._of("outcome")]
        themes = (
            self._all(known, self._themes)
            or self._all(self._around, self._themes)
            or self._all(known, lambda piece: self._themes(piece, faint=True))
        )
        told = [piece for piece in self._pieces if piece.part not in (*_ASIDE, "heading", "greeting")]
        weapons = self._all(told if asked else [], self._weapons)
        languages = self._all(told, self._languages)
        found = {
            "types": _in_order(types, (known.id for known in reference.assistance_types())),
            "themes": _in_order(themes, (theme.id for theme in reference.themes())),
            "weapons": _in_order(weapons, ("NW", "CW", "BW")),
            "languages": _in_order(languages, (*request_form().languages, "pt")),
        }
        for part, hits in (("types", types), ("themes", themes), ("weapons", weapons), ("languages", languages)):
            for key, (start, end) in hits.items():
                self._note(part, key, start, end, part)
        return found | {"fields": self._fields(asked, found)}

    def _all(self, pieces: Iterable[Piece], find: Any) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for piece in pieces:
            for key, start, end in find(piece):
                if not any(first <= start and end <= last for first, last in self._named):
                    found.setdefault(key, (start, end))
        return found

    def _cued(self, piece: Piece, kind: str) -> list[tuple[str, int, int]]:
        return [
            (hit.value, hit.start, hit.end) for hit in self._hits.within(piece.start, piece.end) if hit.kind == kind
        ]

    def _told_by_topics(self, piece: Piece, told: dict[str, str]) -> list[tuple[str, int, int]]:
        hits = self._topics.within(piece.start, piece.end)
        return [(told[hit.value], hit.start, hit.end) for hit in hits if hit.value in told]

    def _types(self, piece: Piece) -> list[tuple[str, int, int]]:
        return self._cued(piece, "type") + self._told_by_topics(piece, request_form().topics.types)

    def _weapons(self, piece: Piece) -> list[tuple[str, int, int]]:
        return self._cued(piece, "weapon") + self._told_by_topics(piece, dict(request_form().topics.weapons))

    def _languages(self, piece: Piece) -> list[tuple[str, int, int]]:
        return self._cued(piece, "language")

    def _themes(self, piece: Piece, faint: bool = False) -> list[tuple[str, int, int]]:
        skipped = request_form().topics.silent | (frozenset() if faint else request_form().topics.faint)
        hits = [hit for hit in self._topics.within(piece.start, piece.end) if hit.value not in skipped]
        kept = frozenset(narrowest(tuple(hit.value for hit in hits)))
        told = [
            (theme.id, hit.start, hit.end)
            for hit in hits
            if hit.value in kept
            for theme in reference.themes_about(hit.value)
        ]
        return self._cued(piece, "theme") + told

    def _fields(self, asked: Iterable[Piece], said: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The matrix fields named by their codes; where one theme is asked for, those of topics that mean one row."""
        found: dict[str, tuple[int, int]] = {}
        for piece in asked:
            for code in _FIELD.finditer(self._text, piece.start, piece.end):
                if code.group() in reference.field_ids():
                    found.setdefault(code.group(), code.span())
            for hit in self._topics.within(piece.start, piece.end) if len(said["themes"]) == 1 else ():
                for field in self._precise_fields(hit, said["weapons"], said["types"]):
                    found.setdefault(field, (hit.start, hit.end))
        meant = frozenset[str]().union(*(reference.theme(theme).matching() for theme in said["themes"]))
        found = {field: span for field, span in found.items() if field in self._text or field in meant}
        for field, span in found.items():
            self._note("fields", field, *span, "fields")
        return tuple(sorted(found))

    def _precise_fields(self, hit: Hit, weapons: tuple[str, ...], types: tuple[str, ...]) -> Iterator[str]:
        if hit.value in request_form().topics.faint or not (weapons and types):
            return
        fields = [
            reference.matrix_field(field) for field in reference.fields_matching(reference.topic(hit.value).fields)
        ]
        if not fields or len({field.row_id for field in fields}) > _PRECISE:
            return
        legal = set(types) & {"legal-advice", "legal-drafting"}
        practical = set(types) - legal
        aspects = (
            {"legal"}
            if legal and not practical
            else {"enforcement"}
            if practical and not legal
            else {"legal", "enforcement"}
        )
        yield from (field.field for field in fields if field.weapon in weapons and field.aspect in aspects)

    def _period(self) -> dict[str, dt.date]:
        """The days between which help is wanted: the first period named, else the first day to begin or end with."""
        found: dict[str, dt.date] = {}
        days = [date for date in self._dates() if date.precision in ("day", "month", "season", "range")]
        for before, after in zip([None, *days], days, strict=False):
            first, last = _reach(after)
            if before and self._joined(before, after):
                found = {"since": _reach(before)[0], "until": last}
                self._note_day("since", found["since"], before)
                self._note_day("until", last, after)
                break
            for part, day in self._told_by(after, first, last).items():
                if part not in found:
                    found[part] = day
                    self._note_day(part, day, after)
        return found or self._term()

    def _term(self) -> dict[str, dt.date]:
        """A half or a quarter of a year that is named with its year."""
        for piece in self._pieces:
            for hit in self._hits.within(piece.start, piece.end) if piece.part not in (*_ASIDE, "heading") else ():
                year = (
                    _YEAR.search(self._text, hit.end, min(hit.end + _TERM_REACH, piece.end))
                    if hit.kind == "term"
                    else None
                )
                if hit.kind == "term" and not year:
                    year = _YEAR.search(self._text, max(piece.start, hit.start - _TERM_REACH), hit.start)
                if year:
                    first, last = (f"{year.group()}-{month}" for month in hit.value.split("-"))
                    found = {"since": _first_day(first), "until": _last_day(last)}
                    for part, day in found.items():
                        self._note(
                            part, day.isoformat(), min(hit.start, year.start()), max(hit.end, year.end()), "term"
                        )
                    return found
        return {}

    def _note_day(self, part: str, day: dt.date, date: Date) -> None:
        self._note(
            part, day.isoformat(), self._flow.position(date.start), self._flow.position(date.end - 1) + 1, "dates"
        )

    def _dates(self) -> Iterator[Date]:
        spans = [(piece.start, piece.end) for piece in self._pieces if piece.part not in (*_ASIDE, "heading")]
        for date in self._reading.dates:
            at = self._flow.position(date.start)
            # What is left of a day that no calendar has, such as 31 February, is no month that was meant.
            broken = date.precision == "month" and self._stands_beside_a_day(date)
            if date.role not in _OTHER_DATES and not broken and any(s <= at < e for s, e in spans):
                yield date

    def _stands_beside_a_day(self, date: Date) -> bool:
        text = self._reading.text
        return bool(_DAY_BEFORE.search(text[max(0, date.start - 10) : date.start]) or _DAY_AFTER.match(text, date.end))

    def _joined(self, before: Date, after: Date) -> bool:
        end, start = self._flow.position(before.end - 1) + 1, self._flow.position(after.start)
        between = fold(self._text[end:start]).strip(" 年г.")
        return start - end <= 16 and between in {*map(fold, request_words(self._language).dates.range), "-", "–", "—"}

    def _told_by(self, date: Date, first: dt.date, last: dt.date) -> dict[str, dt.date]:
        words = request_words(self._language).dates
        start, end = self._flow.position(date.start), self._flow.position(date.end - 1) + 1
        before = fold(self._text[max(0, start - 30) : start]).rstrip()
        after = fold(self._text[end : end + 8]).lstrip()
        if self._follows(before, after, words.until) or date.role == "deadline":
            return {"until": last}
        if self._follows(before, after, words.since):
            return {"since": first}
        asked = any(piece.start <= start < piece.end for piece in self._of("need"))
        if date.precision != "day" and (asked or self._follows(before, "", words.within)):
            return {"since": first, "until": last}
        return {}

    def _follows(self, before: str, after: str, words: Sequence[str]) -> bool:
        spaced = self._language != "zh"
        for word in map(fold, words):
            ends = before.endswith(word) and (not spaced or not before[: -len(word)][-1:].isalpha())
            if ends or (not spaced and after.startswith(word)):
                return True
        return False

    def _contact(self) -> dict[str, str]:
        found = {}
        for part, pattern in (("contact.email", _EMAIL), ("contact.phone", _PHONE)):
            if match := pattern.search(self._text):
                found[part] = match.group()
                self._note(part, match.group(), *match.span(), part)
        for piece in self._of("contact.name"):
            names = [n.strip() for n in _CLAUSE.split(self._text[piece.start : piece.end])]
            names = [n.strip(" .。\n") for n in names if n and not _EMAIL.search(n) and not _PHONE.search(n)]
            names = [n for n in names if not any(h.start == 0 for h in line_openings(self._language).find_all(n))]
            for part, name in zip(("contact.name", "contact.office"), names, strict=False):
                at = self._text.index(name, piece.start)
                found[part] = name
                self._note(part, name, at, at + len(name), "line")
            break
        return found

    def _lines(self) -> dict[str, Any]:
        """What lines with a label say of parts other than passages; the form's own way to answer is understood, too."""
        found: dict[str, Any] = {}
        for piece in self._pieces:
            if piece.rule != "line" or piece.part in (*TEXTS, "title", "period") or piece.part.startswith("contact"):
                continue
            start, end = _stripped(self._text, piece.start, piece.end)
            if start < end and piece.part not in found:
                given, _ = understood(request_part(piece.part), self._text[start:end], self._language)
                if given is not None:
                    found[piece.part] = given
                    self._note(piece.part, given, start, end, "line")
        return found


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


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in " \u00a0\t\n•-–" or text[start] in _VOWEL_SIGNS):
        start += 1
    while start < end and text[end - 1] in " \u00a0\t\n":
        end -= 1
    return start, end


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isalpha():
        at -= 1
    return at


def _in_order(found: dict[str, Any], order: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in order if key in found)


def _reach(date: Date) -> tuple[dt.date, dt.date]:
    """The first and the last day a date can mean."""
    first, _, last = date.value.partition("/")
    return _first_day(first), _last_day(last or first)


def _first_day(iso: str) -> dt.date:
    return dt.date.fromisoformat((iso + "-01-01")[:10])


def _last_day(iso: str) -> dt.date:
    if len(iso) == len("2027-03-01"):
        return dt.date.fromisoformat(iso)
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)


def _is_arabic_name_noun(word: str) -> bool:
    """A noun without the article that the next word goes on with, as in "directorate of laboratories"."""
    return not word.startswith(("ال", "وال")) and any(hit.kind == "institution" for hit in cues("ar").find(word))


def _located(filled: FormRead, text: str) -> Iterator[Read]:
    """Where the answers of a form stand in the document's text: after their labels, else where they first stand."""
    for part_id, answer in filled.answers.items():
        given = value(filled.request, part_id)
        if given in (None, "", ()):
            continue
        first = re.sub(r"\s+", " ", answer.split("\n")[0].strip())
        at = text.find(first)
        label = request_part(part_id).labels[filled.language]
        after = text.find(first, max(text.find(label), 0))
        at = after if after >= 0 else at
        if at >= 0 and first:
            yield Read(part_id, str(given), at, at + len(first), first, "form.answer")
