"""Parts of a request for assistance: what the form asks for, in six languages, after the Committee's template as recalled."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, UnknownCode

PARTS = "assistance/parts.yaml"
PartKind = Literal["state", "text", "number", "day", "choice", "fields", "yes-no"]


class RequestPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a request.

    Attributes:
        id: the attribute of a request, ``contact.email`` for one of its contact, ``themes`` for one of its subject.
        kind: what an answer is.
        origin: whether the Committee's template is recalled to ask for it, or it was added here.
        labels, help, example: by language.
        required: without it the request is not ready for sending.
    """

    id: str
    kind: PartKind
    origin: Literal["recalled", "added"]
    labels: dict[str, str]
    help: dict[str, str]
    example: dict[str, str] = {}
    required: bool = False


class RequestTopics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What topics found in a document tell of a request.

    Attributes:
        silent: tell no theme; faint: tell one only where nothing else does.
        types, weapons: the kind of assistance, and the class of weapons, a topic tells.
    """

    silent: frozenset[str]
    faint: frozenset[str]
    types: dict[str, str]
    weapons: dict[str, Literal["NW", "CW", "BW"]]


class RequestForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form: its own words and the names of working languages, by key and language; its parts in order.

    Attributes:
        topics: what topics of a document tell of a request.
    """

    source: str
    as_of: dt.date
    confidence: Confidence
    form: dict[str, dict[str, str]]
    languages: dict[str, dict[str, str]]
    topics: RequestTopics
    parts: tuple[RequestPart, ...]


@cache
def request_form() -> RequestForm:
    """The form of a request."""
    return tree(PARTS, RequestForm)


def request_part(part_id: str) -> RequestPart:
    """The part with this id. Raises UnknownCode where there is none."""
    for known in request_form().parts:
        if known.id == part_id:
            return known
    raise UnknownCode(
        f"part of a request {part_id!r}",
        expected="one of " + ", ".join(part.id for part in request_form().parts),
        where=f"facts/{PARTS}",
        remedy="choose one of these",
    )
