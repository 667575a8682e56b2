"""Documents: listed with the filters of the library, as they were read, byte for byte, and given to the server."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from fastapi import File, Form, Response, UploadFile

from open1540.documents.reading import Annex, Footnote, Head, Paragraph, Statement
from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.documents import Wanted, attached, received
from open1540.vocabulary import Claim, Judgement
from open1540.workflows import library, uploads
from open1540.workflows.library import DocumentRow
from open1540.workflows.uploads import Batch

door = Endpoints("documents")
Field = Annotated[str, Form(max_length=200)]


class DocumentRead(msgspec.Struct, frozen=True):
    """A document with what was read from it; offsets are code points of the raw text.

    Attributes:
        references, actors, dates: as ``open1540 read --json`` gives them.
    """

    document: DocumentRow
    head: Head
    format: str
    pages: int
    annexes: tuple[Annex, ...]
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Statement, ...]
    references: tuple[dict[str, Any], ...]
    actors: tuple[dict[str, Any], ...]
    dates: tuple[dict[str, Any], ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[str, ...]


class DocumentClaim(msgspec.Struct, frozen=True):
    """A claim with its latest judgement; ``judged`` is how many there are on it and its fields."""

    id: str
    document: str
    claim: Claim
    judged: int
    latest: Judgement | None


@door.lists("/documents", "read", DocumentRow)
def documents(ask: Asking, wanted: Wanted, page: PageNumber = 1, size: PageSize = 100) -> Sequence[DocumentRow]:
    """The documents that fit, as far as the asker is shown them; ``words`` is for ``/search``."""
    return library.library(wanted, database_url=ask.database_url, who=ask.who).documents


@door.gives("/documents/{document}", "read", DocumentRead)
def document(ask: Asking, document: str) -> DocumentRead:
    """A document as it was read: its head, parts, paragraphs and what was found in them; claims are at ``/claims`` below it."""
    held = library.open_document(document, database_url=ask.database_url, who=ask.who)
    read = held.reading
    return DocumentRead(
        held.row,
        read.document,
        read.format,
        read.pages,
        read.annexes,
        read.paragraphs,
        read.statements,
        tuple(map(msgspec.to_builtins, read.references)),
        tuple(map(msgspec.to_builtins, read.actors)),
        tuple(map(msgspec.to_builtins, read.dates)),
        read.footnotes,
        read.warnings,
    )


@door.files("/documents/{document}/raw", "read", ("application/octet-stream",))
def raw(ask: Asking, document: str) -> Response:
    """The file itself, byte for byte."""
    row, data = library.original(document, database_url=ask.database_url, who=ask.who)
    return attached(data, row.name)


@door.lists("/documents/{document}/claims", "read", DocumentClaim)
def claims(ask: Asking, document: str, page: PageNumber = 1, size: PageSize = 100) -> list[DocumentClaim]:
    """What a document claims for the matrix, in text order."""
    found = library.claims(document, database_url=ask.database_url, who=ask.who)
    return [DocumentClaim(one.id, document, one.claim, one.judged, one.latest()) for one in found]


@door.gives("/documents", "upload", Batch, methods=("POST",), status=202)
def give(
    ask: Asking,
    files: Annotated[list[UploadFile], File(description="One file or several.")],
    shown_to: Field = "",
    language: Field = "",
    state: Field = "",
) -> Batch:
    """Keep files to be read one after the other; ask ``/uploads/{batch}`` how far that is.

    ``shown_to`` is everyone, members or a State; empty for the State of a point of contact, for members otherwise.
    """
    return received(ask, files, shown_to, language, state)


@door.gives("/uploads/{batch}", "upload", Batch, keep=False)
def progress(ask: Asking, batch: str) -> Batch:
    """What has become of each file of a batch; a refused one says why in four parts."""
    return uploads.progress(batch, database_url=ask.database_url, who=ask.who)
