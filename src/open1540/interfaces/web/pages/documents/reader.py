"""The reader: a document's own words, a part at a time, with what was found in them and the cards that tell of it."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from fastapi import Form, Query, Response

from open1540.documents.placing import left_out, placed
from open1540.documents.reading import Footnote, Paragraph, Reading, Statement
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.language import Translator
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.documents import place
from open1540.interfaces.web.pages.documents.marks import KINDS, Mark, Piece, pieces
from open1540.interfaces.web.pages.documents.place import PARAGRAPHS, crumbs, desk, paragraph_at
from open1540.vocabulary import UnknownCode
from open1540.workflows import library
from open1540.workflows.library import Held, JudgedClaim

HEADINGS = frozenset({"title", "heading", "annex_title"})
_LONGEST_HEADING = 110


class Shown(msgspec.Struct, frozen=True):
    """A paragraph with the statements and claims that begin in it."""

    index: int
    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    statements: tuple[Statement, ...]
    claims: tuple[JudgedClaim, ...]


class Heading(msgspec.Struct, frozen=True):
    """A line of the outline: its words, the page and paragraph it leads to."""

    text: str
    page: int
    index: int


@desk.page("/documents/{document}", "read")
def read(
    ask: Asking,
    document: str,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    at: Annotated[str, Query(max_length=80)] = "",
    hide: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """A part of a document; ``at`` leads to a paragraph by its number, or to an offset of the raw text (``@1200``)."""
    t = ask.t
    held = library.open_document(document, database_url=ask.database_url, who=ask.who)
    paragraphs = held.reading.paragraphs
    if at:
        index = _found(held.reading, at)
        return go(f"/documents/{document}?page={index // PARAGRAPHS + 1}#p{index}")
    pages = max(1, (len(paragraphs) - 1) // PARAGRAPHS + 1)
    page = min(page, pages)
    shown = _shown(ask, held, page)
    return desk.show(
        ask,
        "reader.html",
        title=place.title(held.row),
        crumbs=crumbs(t),
        row=held.row,
        head=held.reading.document,
        reading=held.reading,
        shown=shown,
        page=page,
        pages=pages,
        outline=_outline(held.reading),
        footnotes=_footnotes(held.reading, page),
        versions=library.versions(held.row, database_url=ask.database_url, who=ask.who),
        kinds=_kinds(t),
        hidden={kind for kind in KINDS if kind in hide.split(",")},
        may_judge=ask.may("judge"),
        may_show=_may_show(ask, held),
        choices=place.reader_choices(ask),
        place=place,
        direction=place.direction(held.row.language),
    )


@desk.act("/documents/{document}/shown", "upload")
def show(ask: Asking, document: str, shown_to: Annotated[str, Form(max_length=20)] = "") -> Response:
    """Show a document to others from now on."""
    library.show_to(document, shown_to, database_url=ask.database_url, who=ask.who)
    return go(f"/documents/{document}")


def _shown(ask: Ask, held: Held, page: int) -> tuple[Shown, ...]:
    reading = held.reading
    first, last = (page - 1) * PARAGRAPHS, min(page * PARAGRAPHS, len(reading.paragraphs))
    part = reading.paragraphs[first:last]
    if not part:
        return ()
    start, end = part[0].start, max(one.end for one in part)
    claims = library.claims(held.row.id, database_url=ask.database_url, who=ask.who, start=start, end=end)
    marks = sorted(_marks(ask, reading, claims, start, end), key=lambda mark: mark.start)
    skipped = left_out(reading)
    said: dict[int, list[Statement]] = {}
    for statement in reading.statements:
        if first <= statement.paragraph < last:
            said.setdefault(statement.paragraph, []).append(statement)
    claimed: dict[int, list[JudgedClaim]] = {}
    for claim in claims:
        claimed.setdefault(paragraph_at(reading, claim.claim.start), []).append(claim)
    return tuple(
        Shown(
            index,
            paragraph,
            tuple(pieces(paragraph.text, placed(reading.text, paragraph, skipped), _within(marks, paragraph))),
            tuple(said.get(index, ())),
            tuple(claimed.get(index, ())),
        )
        for index, paragraph in enumerate(part, first)
    )


def _marks(ask: Ask, reading: Reading, claims: Iterable[JudgedClaim], start: int, end: int) -> Iterator[Mark]:
    t = ask.t
    cited = [one for one in reading.references if start <= one.start < end]
    kept = library.kept_under((one.symbol for one in cited if one.symbol), database_url=ask.database_url, who=ask.who)
    for one in cited:
        address = kept.get(one.symbol or "")
        told = ", ".join(part for part in (one.symbol, one.pinpoint, one.note) if part) or t(one.type)
        yield Mark("reference", one.start, one.end, told, f"/documents/{address}" if address else None)
    for actor in reading.actors:
        for mention in actor.mentions:
            if start <= mention.start < end:
                yield Mark("actor", mention.start, mention.end, place.actor(actor.id, t))
    for date in reading.dates:
        if start <= date.start < end:
            yield Mark("date", date.start, date.end, t.date(date.value))
    for statement in reading.statements:
        if start <= statement.start < end:
            yield Mark("statement", statement.start, statement.end)
    for claim in claims:
        yield Mark("claim", claim.claim.start, claim.claim.end)


def _within(marks: list[Mark], paragraph: Paragraph) -> list[Mark]:
    return [mark for mark in marks if mark.start < paragraph.end and mark.end > paragraph.start]


def _found(reading: Reading, at: str) -> int:
    """Index of the paragraph of a number, of the one that holds an offset, or of the next one whose number begins so."""
    wanted = at.strip().casefold().removeprefix("¶").strip()
    if wanted.startswith("@") and wanted[1:].isdigit():
        return paragraph_at(reading, int(wanted[1:]))
    numbered = [(index, one.number.casefold()) for index, one in enumerate(reading.paragraphs) if one.number]
    for fits in (str.__eq__, lambda number, text: number.removeprefix("art. ") == text, str.startswith):
        for index, number in numbered:
            if fits(number, wanted):
                return index
    if wanted.isdigit() and 0 < int(wanted) <= len(reading.paragraphs):
        return int(wanted) - 1
    raise UnknownCode(
        f"paragraph {at!r}",
        expected="the number of a paragraph as the document prints it, such as 3, 3(a) or art. 5",
        where="document",
        remedy="choose it in the outline",
    )


def _outline(reading: Reading) -> list[Heading]:
    return [
        Heading(_short(one), index // PARAGRAPHS + 1, index)
        for index, one in enumerate(reading.paragraphs)
        if one.kind in HEADINGS or (one.kind == "article" and one.number and "(" not in one.number)
    ]


def _short(paragraph: Paragraph) -> str:
    words = f"{paragraph.number} {paragraph.text}" if paragraph.number else paragraph.text
    return words if len(words) <= _LONGEST_HEADING else f"{words[: _LONGEST_HEADING - 1]}…"


def _footnotes(reading: Reading, page: int) -> list[Footnote]:
    part = reading.paragraphs[(page - 1) * PARAGRAPHS : page * PARAGRAPHS]
    behind = reading.paragraphs[page * PARAGRAPHS : page * PARAGRAPHS + 1]
    start, end = (part[0].start if part else 0), (behind[0].start if behind else len(reading.text))
    return [note for note in reading.footnotes if start <= note.start < end]


def _kinds(t: Translator) -> list[tuple[str, str]]:
    return [
        ("statement", t("Statements")),
        ("claim", t("Claims")),
        ("reference", t("References")),
        ("actor", t("Actors")),
        ("date", t("Dates")),
    ]


def _may_show(ask: Ask, held: Held) -> bool:
    if not ask.may("upload"):
        return False
    if held.row.shown_to in ("everyone", "members"):
        return not ask.who.sees.own
    return ask.may("consent")
