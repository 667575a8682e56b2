"""What a document says, with the place of everything in its raw text.

All ``start`` and ``end`` are half-open code-point offsets into ``Reading.text``.
"""

from typing import Literal

import msgspec

from open1540.vocabulary import Claim, Reason

Kind = Literal[
    "letter",
    "note verbale",
    "resolution",
    "draft",
    "presidential statement",
    "report",
    "national law",
    "matrix",
    "other",
]
ParagraphKind = Literal[
    "title",
    "adoption",
    "enacting",
    "preambular",
    "operative",
    "heading",
    "article",
    "body",
    "bullet",
    "signature",
    "annex_title",
    "table",
]
FurnitureKind = Literal["masthead", "running_head", "page_number", "job_number", "recycle", "barcode", "rule"]
DateRole = Literal[
    "document", "issue", "adoption", "printing", "cited", "deadline", "planned", "event", "period", "duration"
]
Precision = Literal["day", "month", "season", "year", "range", "duration"]
StatementKind = Literal[
    "proposal",
    "demand",
    "recommendation",
    "request",
    "offer",
    "commitment",
    "measure",
    "concern",
    "assessment",
    "praise",
]


class Repair(msgspec.Struct, frozen=True):
    """A place where the extracted characters were put right, e.g. mirrored brackets of an Arabic PDF."""

    kind: str
    start: int
    end: int
    before: str
    after: str


class RawText(msgspec.Struct, frozen=True):
    """A file's text before anything is read into it.

    Attributes:
        text: what every offset points into, line breaks as found.
        format: txt, pdf, docx, html or akn.
        encoding: the character encoding of the file, None for formats that carry their own.
        page_starts: offset of the first character of each page; ``(0,)`` where pages are unknown.
        whole_lines: whether each line is a whole paragraph (docx, html, akn) rather than a printed line.
        repairs: what was put right on the way.
    """

    text: str
    format: Literal["txt", "pdf", "docx", "html", "akn"]
    encoding: str | None = None
    page_starts: tuple[int, ...] = (0,)
    whole_lines: bool = False
    repairs: tuple[Repair, ...] = ()


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph, unwrapped.

    Attributes:
        number: full path such as ``3`` or ``3(a)`` or ``art. 38(4)``; None where unnumbered.
        text: the words without the number, line breaks removed as the language wants it.
        annex: index into ``Reading.annexes``; None in the body.
    """

    kind: ParagraphKind
    number: str | None
    text: str
    start: int
    end: int
    annex: int | None
    reason: Reason


class Annex(msgspec.Struct, frozen=True):
    """An annex, enclosure or appendix; ``parent`` is the index of the annex that holds it.

    ``speaker`` is the actor whose words it carries, None where the text does not say.
    """

    title: str
    number: str | None
    start: int
    end: int
    parent: int | None
    speaker: str | None
    reason: Reason


class Furniture(msgspec.Struct, frozen=True):
    """A line that belongs to the page and not to the text."""

    kind: FurnitureKind
    text: str
    start: int
    end: int


class Footnote(msgspec.Struct, frozen=True):
    """A note at the foot of a page; ``marker`` as printed (``1``, ``*``)."""

    marker: str
    text: str
    start: int
    end: int


class Party(msgspec.Struct, frozen=True):
    """Who sends, receives or signs: ``actor`` is an actor or State id, ``office`` the function as written."""

    actor: str | None
    text: str
    office: str | None = None
    person: str | None = None


class Head(msgspec.Struct, frozen=True):
    """What the document is.

    Attributes:
        symbol: its own, in normal form, never one it cites.
        in_force: False for a national law whose text says it is a bill; None where the text does not tell.
    """

    kind: Kind
    language: str
    symbol: str | None = None
    date: str | None = None
    sender: Party | None = None
    recipient: Party | None = None
    signatory: Party | None = None
    title: str | None = None
    reasons: dict[str, Reason] = {}
    in_force: bool | None = None


class Reference(msgspec.Struct, frozen=True):
    """A reference to a document, resolution or treaty.

    Attributes:
        type: resolution, resolution_anaphora, document, report_unnumbered, treaty, treaty_class.
        symbol: normal form ``S/RES/1540(2004)``; None where the text gives none.
        pinpoint: the paragraph referred to, e.g. ``11(g)``; None where whole.
        note: what validation found, e.g. that number and year do not agree.
    """

    type: Literal["resolution", "resolution_anaphora", "document", "report_unnumbered", "treaty", "treaty_class"]
    symbol: str | None
    pinpoint: str | None
    surface: str
    start: int
    end: int
    reason: Reason
    note: str | None = None


class Mention(msgspec.Struct, frozen=True):
    """One place where an actor is named or referred back to."""

    surface: str
    start: int
    end: int
    reason: Reason


class Actor(msgspec.Struct, frozen=True):
    """An actor with all its mentions in text order."""

    id: str
    type: str
    mentions: tuple[Mention, ...]


class Date(msgspec.Struct, frozen=True):
    """A date, period or duration: ``value`` in ISO 8601 (``2020-05-01``, ``2021-03/2021-05``, ``P15Y+``)."""

    value: str
    precision: Precision
    role: DateRole
    surface: str
    start: int
    end: int
    reason: Reason


class Statement(msgspec.Struct, frozen=True):
    """What somebody says to somebody.

    Attributes:
        speaker: actor id of who says it; None where the text does not tell.
        to: actor ids of those addressed.
        topics: topic ids.
        obligations: ids such as ``OP3(d)``.
        paragraph: index into ``Reading.paragraphs``.
    """

    kind: StatementKind
    text: str
    speaker: str | None
    to: tuple[str, ...]
    topics: tuple[str, ...]
    obligations: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    reason: Reason


class Reading(msgspec.Struct, frozen=True):
    """Everything read from one document; see the attributes' own types."""

    name: str
    sha256: str
    text: str
    format: str
    encoding: str | None
    pages: int
    document: Head
    annexes: tuple[Annex, ...]
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...]
    actors: tuple[Actor, ...]
    dates: tuple[Date, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Furniture, ...]
    repairs: tuple[Repair, ...]
    warnings: tuple[str, ...] = ()
