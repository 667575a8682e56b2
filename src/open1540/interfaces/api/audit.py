"""The log of every change, as far as whoever asks is shown it."""

import msgspec

from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.workflows import log
from open1540.workflows.log import AuditRow, AuditVerdict

door = Endpoints("audit")


class PageOfAuditRow(msgspec.Struct, frozen=True):
    """A page of the log: its lines, and how many there are in all that were asked for."""

    items: tuple[AuditRow, ...]
    total: int
    page: int
    size: int


@door.gives("/audit", "audit", PageOfAuditRow, keep=False)
def lines(
    ask: Asking,
    by: str = "",
    action: str = "",
    words: str = "",
    since: str = "",
    until: str = "",
    page: PageNumber = 1,
    size: PageSize = 100,
) -> PageOfAuditRow:
    """Lines of the log, latest first: of a person, an action, words of subject or detail, days."""
    found = log.log(
        database_url=ask.database_url,
        who=ask.who,
        by=by,
        action=action,
        words=words,
        since=since,
        until=until,
        page=page,
        size=size,
    )
    return PageOfAuditRow(found.rows, found.total, page, size)


@door.gives("/audit/verdict", "audit", AuditVerdict, keep=False)
def verdict(ask: Asking, noted: str = "") -> AuditVerdict:
    """Whether the log is whole, and holds the line whose hash was noted earlier."""
    return log.verdict(database_url=ask.database_url, who=ask.who, noted=noted)
