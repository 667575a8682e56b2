"""Read a document, keep it, and brief it: who says what to whom, about which obligations, by when.

Each proposal is led to the room of open1540 that serves it, each reference is resolved against the facts,
and every claim is listed for a person to judge. Nothing here is decided; the briefing only points.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

import open1540
from open1540 import documents, reference
from open1540.backends.assistant import Endpoint
from open1540.documents.reading import Annex, Date, Head, Reading, Reference, Statement
from open1540.store import StoredClaim
from open1540.vocabulary import UnknownCode, Verdict
from open1540.workflows import library
from open1540.workflows.assistant import propose
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, readers_given
from open1540.workflows.reading import load, shown_name

CALLS_TO_ACT = ("proposal", "demand", "recommendation", "request", "offer")
UPCOMING = ("deadline", "planned")


class Service(msgspec.Struct, frozen=True):
    """A room of open1540 that serves a proposal; ``built`` says whether this version has it."""

    room: str
    built: bool


class Said(msgspec.Struct, frozen=True):
    """One statement, ready to be shown.

    Attributes:
        number: where it stands, as a reader would cite it: a paragraph number, or the position ``¶ 7``.
        services: for calls to act, the rooms that serve them, most specific topic first.
    """

    statement: Statement
    number: str
    services: tuple[Service, ...]


class Resolved(msgspec.Struct, frozen=True):
    """A document or resolution cited, with what the facts know about it.

    Attributes:
        mentions: how often it is cited, anaphora included.
        adopted_on, subject: from the facts; None where they do not know the document.
    """

    symbol: str | None
    type: str
    surface: str
    pinpoints: tuple[str, ...]
    mentions: int
    adopted_on: dt.date | None
    subject: str | None
    notes: tuple[str, ...]


class ClaimToJudge(msgspec.Struct, frozen=True):
    """A claim with the id under which it is judged; ``verdict`` is that of the latest judgement, None where it awaits one."""

    id: str
    state: str | None
    fields: tuple[str, ...]
    grade: str
    article: str | None
    text: str
    start: int
    end: int
    confidence: float
    proposed_by: str
    verdict: Verdict | None


class Briefing(msgspec.Struct, frozen=True):
    """What one document asks of whom, with the version of the software that read it."""

    version: str
    name: str
    sha256: str
    document_id: str
    already_kept: bool
    document: Head
    annexes: tuple[Annex, ...]
    said: tuple[Said, ...]
    references: tuple[Resolved, ...]
    upcoming: tuple[Date, ...]
    claims: tuple[ClaimToJudge, ...]
    actors: tuple[str, ...]
    warnings: tuple[str, ...]


def brief(
    path: Path,
    *,
    database_url: str | None,
    by: str,
    language: str | None = None,
    state: str | None = None,
    assistant: Endpoint | None = None,
    shown_to: str = "members",
) -> Briefing:
    """Read a file, keep it in the store and brief it.

    Arguments:
        path: a txt, PDF, DOCX, HTML or Akoma Ntoso file.
        database_url: SQLite file or PostgreSQL URL; None for the user's own file.
        by: who asks, for the audit log.
        language: of the document, where the detected one would be wrong.
        state: the State a national law is of, where its text does not tell.
        assistant: an endpoint that may propose further claims, for a person to judge; None for rules alone.
        shown_to: who is shown the document on a server: ``everyone``, ``members``, or the State it belongs to.

    The same file briefed twice is kept once. Raises BadInput where it cannot be read.
    """
    data = load(path)
    own = reference.state(state).iso3 if state else None
    readers = readers_given(Person(by), shown_to)
    reading = documents.read(data, shown_name(path), lang=language, state=own)
    warnings = reading.warnings
    with opened(database_url) as store:
        saved = store.save_reading(data, reading, by=by, shown_to=readers)
        if assistant:
            # The document is kept by now; an assistant that fails costs nothing but its own proposals.
            proposed = propose(reading, assistant)
            store.add_claims(saved.document_id, proposed.claims, by=by)
            warnings += tuple(f"assistant: {refused}" for refused in proposed.refused)
        claims = tuple(store.claims(document_id=saved.document_id))
    return _briefing(saved.document_id, reading, claims, already_kept=not saved.new, warnings=warnings)


def kept_briefing(document_id: str, *, database_url: str | None, who: Person) -> Briefing:
    """The briefing of a document kept before. Raises UnknownCode where there is none of this id that the person is shown."""
    held = library.open_document(document_id, database_url=database_url, who=who)
    with opened(database_url) as store:
        claims = tuple(store.claims(document_id=document_id))
    return _briefing(document_id, held.reading, claims, already_kept=True, warnings=held.reading.warnings)


def _briefing(
    document_id: str,
    reading: Reading,
    claims: tuple[StoredClaim, ...],
    *,
    already_kept: bool,
    warnings: tuple[str, ...],
) -> Briefing:
    return Briefing(
        version=open1540.__version__,
        name=reading.name,
        sha256=reading.sha256,
        document_id=document_id,
        already_kept=already_kept,
        document=reading.document,
        annexes=reading.annexes,
        said=tuple(_said(reading)),
        references=tuple(_resolved(reading.references)),
        upcoming=tuple(sorted((d for d in reading.dates if d.role in UPCOMING), key=lambda d: d.value)),
        claims=tuple(_to_judge(stored) for stored in claims),
        actors=tuple(actor.id for actor in reading.actors),
        warnings=warnings,
    )


def _said(reading: Reading) -> Iterator[Said]:
    for statement in reading.statements:
        paragraph = reading.paragraphs[statement.paragraph]
        services = _services(statement.topics) if statement.kind in CALLS_TO_ACT else ()
        yield Said(statement, paragraph.number or f"¶ {statement.paragraph + 1}", services)


def _services(topics: Iterable[str]) -> tuple[Service, ...]:
    rooms = dict.fromkeys(room for topic in topics if (room := reference.topic(topic).room))
    return tuple(Service(room, built=find_spec(f"open1540.{room}") is not None) for room in rooms)


def _resolved(references: Iterable[Reference]) -> Iterator[Resolved]:
    cited: dict[str, list[Reference]] = {}
    for found in references:
        cited.setdefault(found.symbol or f"{found.type}:{found.surface}", []).append(found)
    for mentions in cited.values():
        named = next((m for m in mentions if m.type != "resolution_anaphora"), mentions[0])
        adopted_on, subject = _known(named.symbol)
        pinpoints = dict.fromkeys(m.pinpoint for m in mentions if m.pinpoint)
        notes = dict.fromkeys(m.note for m in mentions if m.note)
        yield Resolved(
            named.symbol,
            named.type,
            named.surface,
            tuple(pinpoints),
            len(mentions),
            adopted_on,
            subject,
            tuple(notes),
        )


def _known(symbol: str | None) -> tuple[dt.date | None, str | None]:
    if symbol is None:
        return None, None
    try:
        resolution = reference.resolution(symbol)
    except UnknownCode:
        return None, None
    return resolution.adopted_on, resolution.subject


def _to_judge(stored: StoredClaim) -> ClaimToJudge:
    claim = stored.claim
    return ClaimToJudge(
        stored.id,
        claim.state,
        claim.fields,
        claim.grade,
        claim.article,
        claim.text,
        claim.start,
        claim.end,
        claim.reason.confidence,
        claim.proposed_by,
        stored.judgement.verdict if stored.judgement else None,
    )
