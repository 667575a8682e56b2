"""The topics of this field: a concept scheme in six languages, tied to obligations and matrix fields."""

from functools import cache

import msgspec

from open1540.reference import labels
from open1540.reference.facts import rows
from open1540.vocabulary import Confidence, UnknownCode

LABELS = "topics/labels.csv"


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    broader: str | None
    related: str | None
    obligations: str | None
    fields: str | None
    scope_note: str
    room: str | None
    source: str
    as_of: str
    confidence: Confidence


class Topic(msgspec.Struct, frozen=True):
    """A concept.

    Attributes:
        broader: the wider concepts it is part of.
        obligations: obligations of resolution 1540 a statement on this topic bears on.
        fields: patterns of matrix fields, ``*`` for any part.
        room: the room of open1540 that serves it.
    """

    id: str
    broader: tuple[str, ...]
    related: tuple[str, ...]
    obligations: tuple[str, ...]
    fields: tuple[str, ...]
    scope_note: str
    room: str | None
    source: str
    as_of: str
    confidence: Confidence

    def label(self, language: str = "en") -> str:
        """The preferred label in a language, the English one where it has none there."""
        known = labels.preferred(LABELS)
        return known.get((self.id, language)) or known[self.id, "en"]


@cache
def _all() -> dict[str, Topic]:
    return {row.id: _topic(row) for row in rows("topics/topics.csv", _Row)}


def _topic(row: _Row) -> Topic:
    return Topic(
        row.id,
        _split(row.broader),
        _split(row.related),
        _split(row.obligations),
        _split(row.fields),
        row.scope_note,
        row.room,
        row.source,
        row.as_of,
        row.confidence,
    )


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";")) if cell else ()


def topics() -> tuple[Topic, ...]:
    """Every topic."""
    return tuple(_all().values())


def topic(topic_id: str) -> Topic:
    """The topic with this id. Raises UnknownCode where there is none."""
    try:
        return _all()[topic_id]
    except KeyError:
        raise UnknownCode(
            f"topic {topic_id!r}",
            expected="a topic of the facts, such as proliferation-financing",
            where="facts/topics/topics.csv",
            remedy="run `open1540 facts list topics`",
        ) from None


def topic_labels(language: str) -> tuple[tuple[str, str, str], ...]:
    """(label, topic id, kind) in a language, as a matcher wants them."""
    return tuple(labels.in_language(LABELS, language))


def broader_topics(topic_id: str) -> tuple[str, ...]:
    """The wider concepts of a topic, nearest first."""
    found: list[str] = []
    waiting = list(topic(topic_id).broader)
    while waiting:
        above = waiting.pop(0)
        if above not in found:
            found.append(above)
            waiting.extend(topic(above).broader)
    return tuple(found)


def find_topics(query: str) -> tuple[Topic, ...]:
    """Topics one of whose labels, in any language, is the query or its singular or plural in English."""
    wanted = labels.folded(query)
    forms = (wanted, wanted.rstrip("s"), wanted + "s")
    ids = dict.fromkeys(found for form in forms for found in _by_label().get(form, ()))
    return tuple(topic(found) for found in ids)


@cache
def _by_label() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in labels.table(LABELS):
        found.setdefault(labels.folded(row.label), []).append(row.id)
    return found
