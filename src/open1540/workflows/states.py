"""All States with what is on record of each, as far as a role is shown it; nothing here orders or adds up States."""

from functools import cache, lru_cache

import msgspec

from open1540 import reference
from open1540.matrix.record import VersionRow
from open1540.reference import FirstReport, State, labels
from open1540.workflows import facts
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, seen_of


class StateOnRecord(msgspec.Struct, frozen=True):
    """A State with what there is of it.

    Attributes:
        first_report: whether a source found its first report to the Committee; None where no source was asked.
        versions: number of versions of its matrix the role is shown.
        latest: the latest of them; None where the role is shown none, and section I comes from the facts alone.
    """

    state: State
    first_report: FirstReport | None
    versions: int
    latest: VersionRow | None


def on_record(
    *,
    database_url: str | None,
    who: Person,
    group: str | None = None,
    region: str | None = None,
    text: str = "",
) -> tuple[StateOnRecord, ...]:
    """Member States and observers with what is on record of each, in the order of their codes.

    Arguments:
        group: a regional group of the General Assembly; region: a region or sub-region of M49.
        text: a code, or part of any name in any of the six languages.

    Raises UnknownCode for a group or region nobody knows.
    """
    wanted = labels.folded(text)
    with opened(database_url) as store:
        changes = store.changes()
    shown = _shown(database_url, changes, who.role, who.state)
    reports = reference.first_reports()
    found = []
    for state in facts.states(group=group or None, region=region or None):
        if wanted and not any(wanted in name for name in _names(state.iso3)):
            continue
        rows = shown.get(state.iso3, [])
        found.append(StateOnRecord(state, reports.get(state.iso3), len(rows), rows[0] if rows else None))
    return tuple(found)


@lru_cache(8)
def _shown(database_url: str | None, changes: int, role: str, own: str | None) -> dict[str, list[VersionRow]]:
    """By State the versions a role is shown after so many changes, the latest first."""
    who = Person("", role, own)
    with opened(database_url) as store:
        rows = store.versions(None)
    found: dict[str, list[VersionRow]] = {}
    for row in rows:
        if row.step in seen_of(who, row.state).sees.sees:
            found.setdefault(row.state, []).append(row)
    return found


@cache
def _names(state: str) -> tuple[str, ...]:
    known = reference.state(state)
    names = (label.label for label in known.names())
    former = (name.label for name in reference.former_names() if name.id == state)
    return tuple(dict.fromkeys(labels.folded(name) for name in (known.iso3, known.iso2, known.m49, *names, *former)))
