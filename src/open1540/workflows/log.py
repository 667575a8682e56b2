"""The log of every change, as each role is shown it: what tells of records one is not shown is left out."""

import datetime as dt
from functools import lru_cache

import msgspec

from open1540.store import AuditRow, AuditVerdict, LogAsked, Seen
from open1540.vocabulary import BadInput
from open1540.workflows.database import opened
from open1540.workflows.facts import as_day
from open1540.workflows.permissions import Person, check_open

__all__ = ["AuditRow", "AuditVerdict", "LogAsked"]

LARGEST_EXPORT = 50_000


class LogPage(msgspec.Struct, frozen=True):
    """Lines of the log, how many there are in all that were asked for, and the choices for asking otherwise."""

    rows: tuple[AuditRow, ...]
    total: int
    people: tuple[str, ...]
    actions: tuple[str, ...]


def seen(who: Person) -> Seen:
    """What of the records a person is shown, as the store wants it."""
    sees = who.sees
    kinds: tuple[str, ...] = tuple(kind for kind in sees.documents if kind != "own")
    documents = None if "States" in kinds else kinds
    if documents is not None and "own" in sees.documents and who.state:
        documents = (*documents, who.state)
    return Seen(
        name=who.name,
        documents=documents,
        steps=sees.sees,
        own=(who.state or "") if sees.own else None,
        comments=sees.comments,
        notes=sees.notes,
        assistance="submitted" in sees.requests,
        accounts=who.role == "administrator",
        everything=who.role == "administrator",
    )


def log(
    *,
    database_url: str | None,
    who: Person,
    by: str = "",
    action: str = "",
    words: str = "",
    since: str = "",
    until: str = "",
    page: int = 1,
    size: int = 100,
) -> LogPage:
    """Lines of the log, latest first, a page at a time.

    Arguments:
        by, action: exactly; words: anywhere in subject or detail; since, until: days, both included, in UTC.

    Raises NotAllowed where the log is not open to the role, BadInput for a day that is none or a size too large.
    """
    check_open(who, "audit")
    asked = LogAsked(by or None, action or None, words.strip() or None, _day(since), _day(until))
    if not 1 <= size <= LARGEST_EXPORT:
        raise BadInput(
            f"{size} lines at once",
            expected=f"1 to {LARGEST_EXPORT}",
            where="audit",
            remedy="ask for fewer lines, or for fewer days",
        )
    with opened(database_url) as store:
        rows = store.log(asked, seen(who), limit=size, offset=(page - 1) * size)
        total = store.log_size(asked, seen(who))
        people, actions = store.log_names(seen(who))
    return LogPage(tuple(rows), total, tuple(people), tuple(actions))


def verdict(*, database_url: str | None, who: Person, noted: str = "") -> AuditVerdict:
    """Whether the log is whole, and still holds the line whose hash was noted earlier."""
    check_open(who, "audit")
    with opened(database_url) as store:
        return store.verify_audit(noted.strip().casefold() or None)


def lately(*, database_url: str | None, who: Person, limit: int = 12) -> tuple[AuditRow, ...]:
    """The latest changes of the records a person is shown. Who made them is for those to whom the log is open."""
    with opened(database_url) as store:
        changes = store.changes()
    return _lately(database_url, changes, who, limit)


@lru_cache(64)
def _lately(database_url: str | None, changes: int, who: Person, limit: int) -> tuple[AuditRow, ...]:
    with opened(database_url) as store:
        return tuple(store.log(LogAsked(of_records=True), seen(who), limit=limit))


def _day(written: str) -> str | None:
    day: dt.date | None = as_day(written or None)
    return day.isoformat() if day else None
