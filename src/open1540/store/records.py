"""What the store hands out."""

import msgspec

from open1540.vocabulary import Claim, Judgement


class Saved(msgspec.Struct, frozen=True):
    """Where a document is kept; ``new`` is False where the same file was kept before."""

    document_id: str
    new: bool


class DocumentRow(msgspec.Struct, frozen=True):
    """A kept document without its text.

    Attributes:
        shown_to: ``everyone``, ``members``, or the State it belongs to.
        author: State or body whose words it carries, where the text tells.
    """

    id: str
    sha256: str
    name: str
    kind: str
    symbol: str | None
    language: str
    date: str | None
    title: str | None
    kept_at: str
    reader: str
    shown_to: str = "members"
    author: str | None = None


class StoredClaim(msgspec.Struct, frozen=True):
    """A claim with its id and the latest judgement on it, if any."""

    id: str
    document_id: str
    claim: Claim
    judgement: Judgement | None


class Found(msgspec.Struct, frozen=True):
    """A passage that holds one of the phrases looked for."""

    document_id: str
    name: str
    language: str
    symbol: str | None
    number: str | None
    start: int
    end: int
    snippet: str
    phrase: str
