"""The log of every change: narrowed, exported, verified."""

from typing import Annotated

from fastapi import Form, Query, Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.language import Translator
from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages.assistance.place import Words
from open1540.interfaces.web.pages.overview import changed
from open1540.workflows import log
from open1540.workflows.log import AuditVerdict, LogPage

desk = Desk("audit", "Audit", "/audit", "audit")
LINES = 100
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


# Signing in is on the log, but is no change of the record: a page that was kept would not show it.
@desk.page("/audit", "audit", table=True, keep=False)
def lines(
    ask: Asking,
    by: str = "",
    action: str = "",
    words: str = "",
    since: str = "",
    until: str = "",
    page: PageNumber = 1,
) -> Response:
    """Lines of the log, latest first; an export holds all that were asked for, not one page of them."""
    whole = not ask.request.url.path.endswith("/audit")
    found = log.log(
        database_url=ask.database_url,
        who=ask.who,
        by=by,
        action=action,
        words=words,
        since=since,
        until=until,
        page=1 if whole else page,
        size=log.LARGEST_EXPORT if whole else LINES,
    )
    return _show(ask, found, page, {"by": by, "action": action, "words": words, "since": since, "until": until})


@desk.act("/audit/verify", "audit")
def verify(ask: Asking, noted: Annotated[str, Form()] = "") -> Response:
    """Walk the chain of the log from its beginning, and say what that proves."""
    verdict = log.verdict(database_url=ask.database_url, who=ask.who, noted=noted)
    found = log.log(database_url=ask.database_url, who=ask.who, size=LINES)
    return _show(ask, found, 1, dict.fromkeys(("by", "action", "words", "since", "until"), ""), verdict, noted.strip())


def _show(
    ask: Ask, found: LogPage, page: int, asked: dict[str, str], verdict: AuditVerdict | None = None, noted: str = ""
) -> Response:
    return desk.show(
        ask,
        "lines.html",
        title=ask.t("Audit"),
        table=None if verdict else _table(ask, found),
        found=found,
        page=page,
        pages=1 if verdict else -(-found.total // LINES),
        asked=asked,
        said=done(ask.t),
        verdict=verdict,
        noted=noted,
    )


def done(t: Translator) -> dict[str, str]:
    """What the log says was done, in the reader's words."""
    words = Words(t)
    steps = {f"request step: {rule.id}": words.step(rule.id) for rule in reference.procedure().steps}
    return (
        changed(t)
        | steps
        | {
            "claim accepted": t("claim accepted"),
            "claim rejected": t("claim rejected"),
            "claim corrected": t("claim corrected"),
            "claim unsure": t("claim left open"),
            "proposal accepted": t("proposal accepted"),
            "proposal rejected": t("proposal rejected"),
            "proposal corrected": t("proposal corrected"),
            "proposal unsure": t("proposal left open"),
            "files given": t("files given"),
            "file refused": t("file refused"),
            "signed in": t("signed in"),
            "account made": t("account made"),
            "account changed": t("account changed"),
            "password set": t("password set"),
            "token made": t("token made"),
            "token taken back": t("token taken back"),
            "webhook made": t("webhook made"),
            "webhook taken back": t("webhook taken back"),
            "request made": t("request drafted"),
            "request changed": t("request changed"),
            "offer made": t("offer made"),
            "offer changed": t("offer changed"),
            "activity made": t("activity entered"),
            "activity changed": t("activity changed"),
            "feedback made": t("feedback given"),
            "plan made": t("plan made"),
            "plan changed": t("plan changed"),
            "records replaced": t("records replaced from a backup"),
        }
    )


def _table(ask: Ask, found: LogPage) -> Table:
    t = ask.t
    return table(
        "audit",
        t("Audit"),
        (
            ("number", t("Number")),
            ("at", t("When (UTC)")),
            ("by", t("By whom")),
            ("action", t("What was done")),
            ("subject", t("To what")),
            ("detail", t("Detail")),
            ("hash", t("Hash")),
        ),
        ((row.number, row.at, row.by, row.action, row.subject, row.detail, row.hash) for row in found.rows),
        notes=(t("Lines that tell of records your role is not shown are left out."),),
    )
