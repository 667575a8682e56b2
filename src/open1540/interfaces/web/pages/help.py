"""Help: a page for each question people have, in their language."""

from typing import Any

import msgspec
from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.language import Translator
from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages.hooks import events_told
from open1540.interfaces.web.pages.overview import steps
from open1540.vocabulary import UnknownCode
from open1540.workflows import accounts, hooks, listings
from open1540.workflows.permissions import Role, table

desk = Desk("help", "Help", "/help", in_menu=False)


class Topic(msgspec.Struct, frozen=True):
    """A page of the help: its name in the address, its title, what it answers."""

    name: str
    title: str
    answers: str


@desk.page("/help", "read")
def index(ask: Asking) -> Response:
    """What there is help on."""
    return desk.show(ask, "index.html", title=ask.t("Help"), topics=_topics(ask.t))


@desk.page("/help/{topic}", "read")
def topic(ask: Asking, topic: str) -> Response:
    """One page of the help."""
    known = {one.name: one for one in _topics(ask.t)}
    if topic not in known:
        raise UnknownCode(
            f"help on {topic[:60]!r}", expected="one of " + ", ".join(known), where="help", remedy="choose one of these"
        )
    return desk.show(
        ask,
        f"{topic}.html",
        title=known[topic].title,
        crumbs=[(ask.t("Help"), "/help")],
        topics=list(known.values()),
        **_what(ask, topic),
    )


def _topics(t: Translator) -> tuple[Topic, ...]:
    return (
        Topic("codes", t("What a code means"), t("X, ?, NA and blank, and what none of them says")),
        Topic("judging", t("How to judge"), t("From what a document says to what the matrix says")),
        Topic("keys", t("Keys"), t("Everything without a mouse")),
        Topic("roles", t("Roles"), t("Who sees and does what")),
        Topic("data", t("Where data come from"), t("Sources, days, and what blank means")),
        Topic("programs", t("Programs"), t("Tokens, the API, and messages to other programs")),
    )


def _what(ask: Ask, topic: str) -> dict[str, Any]:
    """What a page of the help shows of the facts and the rules themselves, so that it cannot differ from them."""
    if topic == "codes":
        return {"codes": reference.codes(), "meanings": _meanings(ask.t)}
    if topic == "roles":
        return {"roles": _roles(), "actions": _actions(ask.t), "allowed": table().actions, "steps": steps(ask.t)}
    if topic == "data":
        rows = listings.sources()
        kinds = ("official", "secondary", "tertiary")
        return {"numbers": {kind: sum(row.source.kind == kind for row in rows) for kind in kinds}}
    if topic == "programs":
        return {
            "events": {event: told for event, told in events_told(ask.t).items() if event in hooks.EVENTS},
            "tries": hooks.TRIES,
            "days": accounts.TOKEN_DAYS,
        }
    return {}


def _roles() -> dict[str, Role]:
    return table().roles


def _meanings(t: Translator) -> dict[str, str]:
    """What each code means, after the Committee's own explanation."""
    return {
        "X": t(
            "The State has taken the steps required, or has named the law or executive action concerned. It does not say that the duty is met in full."
        ),
        "?": t("The laws or measures named may not bear directly on the field, or are named incompletely."),
        "NA": t("The field does not apply to the State."),
        "": t(
            "No information, or not enough, is recorded for the field. It is never a finding that the State has no measure."
        ),
    }


def _actions(t: Translator) -> dict[str, str]:
    """What the actions of the table of permissions are, in the order in which people meet them."""
    return {
        "read": t("read what the role is shown"),
        "account": t("have an own account with tokens"),
        "work": t("see what awaits one's work"),
        "upload": t("keep documents"),
        "propose": t("have a document propose entries"),
        "judge": t("judge claims and proposals"),
        "set": t("set an entry with a reason"),
        "note": t("keep the experts' notes"),
        "comment": t("comment on a field"),
        "consent": t("agree that a field is shown, or not"),
        "send": t("send a draft to the State"),
        "agree": t("agree to a matrix"),
        "approve": t("approve a matrix"),
        "publish": t("publish a matrix"),
        "import": t("import a matrix from a file"),
        "audit": t("see and verify the log"),
        "hooks": t("have webhooks"),
        "accounts": t("manage accounts"),
    }
