"""Webhooks of whoever asks."""

from typing import Annotated

import msgspec
from fastapi import Body

from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.workflows import hooks
from open1540.workflows.hooks import Delivery, Hook, NewHook

door = Endpoints("hooks")


class Done(msgspec.Struct, frozen=True):
    """What was asked for was done."""

    done: bool = True


@door.lists("/hooks", "hooks", Hook, keep=False)
def own(ask: Asking, page: PageNumber = 1, size: PageSize = 100) -> tuple[Hook, ...]:
    """Your webhooks."""
    return hooks.own(database_url=ask.database_url, who=ask.who)


@door.gives("/hooks", "hooks", NewHook, methods=("POST",), status=201)
def add(
    ask: Asking, url: Annotated[str, Body(max_length=2000)], events: Annotated[list[str], Body(max_length=10)]
) -> NewHook:
    """Make a webhook; the secret that signs what it is sent is given this once."""
    return hooks.add(
        url, tuple(events), database_url=ask.database_url, who=ask.who, private=ask.settings.private_networks
    )


@door.gives("/hooks/{hook}", "hooks", Done, methods=("DELETE",))
def drop(ask: Asking, hook: str) -> Done:
    """Take a webhook back."""
    hooks.drop(hook, database_url=ask.database_url, who=ask.who)
    return Done()


@door.gives("/hooks/{hook}/test", "hooks", Done, methods=("POST",))
def test(ask: Asking, hook: str) -> Done:
    """Send a message that tells of nothing, to see whether it arrives."""
    hooks.test(hook, database_url=ask.database_url, who=ask.who)
    return Done()


@door.lists("/hooks/{hook}/deliveries", "hooks", Delivery, keep=False)
def deliveries(ask: Asking, hook: str, page: PageNumber = 1, size: PageSize = 100) -> tuple[Delivery, ...]:
    """What was sent to a webhook, latest first."""
    return hooks.deliveries(hook, database_url=ask.database_url, who=ask.who)[1]
