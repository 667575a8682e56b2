"""The rooms of open1540 as services, each described in six languages for those who ask what serves them."""

from functools import cache

import msgspec

from open1540.reference.facts import rows
from open1540.vocabulary import UnknownCode


class Service(msgspec.Struct, frozen=True):
    """A room of the house and what it does, by language."""

    id: str
    labels: dict[str, str]

    def label(self, language: str) -> str:
        """What the room does, in one of the six languages."""
        return self.labels[language]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    lang: str
    label: str


def service(room: str) -> Service:
    """The room of this name. Raises UnknownCode where no room bears it."""
    try:
        return services()[room]
    except KeyError:
        raise UnknownCode(
            f"room {room!r}",
            expected="one of " + ", ".join(services()),
            where="facts/services.csv",
            remedy="add the room's six labels to that file",
        ) from None


@cache
def services() -> dict[str, Service]:
    """All rooms that serve a topic, by name."""
    labels: dict[str, dict[str, str]] = {}
    for row in rows("services.csv", _Row):
        labels.setdefault(row.id, {})[row.lang] = row.label
    return {room: Service(room, texts) for room, texts in labels.items()}
