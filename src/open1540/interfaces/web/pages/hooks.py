"""A person's webhooks: whom to tell of what, what was sent, a message to try them."""

from typing import Annotated

from fastapi import Form, Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.language import Translator
from open1540.interfaces.web.desk import Desk, go
from open1540.vocabulary import BadInput
from open1540.workflows import hooks

desk = Desk("hooks", "Webhooks", "/account/hooks", "hooks", in_menu=False)
Events = Annotated[list[str], Form()]


@desk.page("/account/hooks", "hooks", keep=False)
def own(ask: Asking) -> Response:
    """One's own webhooks, and the form for a new one."""
    return _own(ask)


@desk.act("/account/hooks", "hooks")
def add(ask: Asking, url: Annotated[str, Form()] = "", events: Events = []) -> Response:  # noqa: B006
    """Make a webhook; the secret that signs is shown this once."""
    try:
        made = hooks.add(
            url.strip(),
            tuple(events),
            database_url=ask.database_url,
            who=ask.who,
            private=ask.settings.private_networks,
        )
    except BadInput as error:
        return _own(ask, error=error, url=url)
    return _own(ask, made=made)


# What was sent changes without a change of the record.
@desk.page("/account/hooks/{hook}", "hooks", keep=False)
def one(ask: Asking, hook: str) -> Response:
    """What was sent to a receiver."""
    found, sent = hooks.deliveries(hook, database_url=ask.database_url, who=ask.who)
    t = ask.t
    return desk.show(
        ask,
        "one.html",
        title=t("Webhook"),
        crumbs=[(t("Account and tokens"), "/account"), (t("Webhooks"), "/account/hooks")],
        hook=found,
        sent=sent,
        events=events_told(t),
        tries=hooks.TRIES,
    )


@desk.act("/account/hooks/{hook}/test", "hooks")
def test(ask: Asking, hook: str) -> Response:
    """Send a message that tells of nothing."""
    hooks.test(hook, database_url=ask.database_url, who=ask.who)
    return go(f"/account/hooks/{hook}")


@desk.act("/account/hooks/{hook}/drop", "hooks")
def drop(ask: Asking, hook: str) -> Response:
    """Tell a receiver no more."""
    hooks.drop(hook, database_url=ask.database_url, who=ask.who)
    return go("/account/hooks")


def events_told(t: Translator) -> dict[str, str]:
    """What each event tells of."""
    return {
        "proposals.made": t("a document proposes claims to judge"),
        "version.published": t("a matrix is published"),
        "test": t("a message to try it"),
    }


def _own(ask: Ask, error: BadInput | None = None, made: hooks.NewHook | None = None, url: str = "") -> Response:
    t = ask.t
    return desk.show(
        ask,
        "own.html",
        title=t("Webhooks"),
        crumbs=[(t("Account and tokens"), "/account")],
        hooks=hooks.own(database_url=ask.database_url, who=ask.who),
        events=events_told(t),
        choices=hooks.EVENTS,
        most=hooks.MOST,
        made=made,
        error=error,
        url=url,
        status=status_of(error) if error else 200,
    )
