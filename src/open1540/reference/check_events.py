"""Are the formats of meetings sound? Every problem is a sentence."""

from collections.abc import Iterator

from open1540.reference.assistance import assistance_types
from open1540.reference.events import FILE, agenda_parts, event_formats
from open1540.reference.labels import LANGUAGES


def check_events() -> Iterator[str]:
    """Problems of ``facts/assistance/events.yaml``."""
    types = {known.id for known in assistance_types()}
    for one in event_formats():
        fewest, most = one.participants
        if one.type not in types:
            yield f"{FILE}: {one.id}: kind of assistance {one.type!r} is unknown"
        if not 2 <= fewest <= most:
            yield f"{FILE}: {one.id}: participants {fewest} to {most}"
        if min(one.days, one.delegates) < 1 or one.experts < 0:
            yield f"{FILE}: {one.id}: days, delegates or experts"
        yield from _worded(f"{one.id}: outcome", one.outcomes)
    for part in agenda_parts():
        yield from _worded(part.id, part.titles)


def _worded(what: str, texts: dict[str, str]) -> Iterator[str]:
    yield from (f"{FILE}: {what} is not worded in {language}" for language in LANGUAGES if not texts.get(language))
