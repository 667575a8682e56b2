"""Whether a request is let in: the action of its route is open to the role, and a form was given by this server.

Every route names its action in ``facts/permissions.yaml``; a route without one cannot be registered.
"""

import hmac
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request

from open1540.interfaces.http.asking import Asking, SignInFirst
from open1540.vocabulary import NotAllowed
from open1540.workflows.permissions import check_open, table

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Door(APIRouter):
    """A router whose every route names the action it takes.

    Attributes:
        name: of the desk; also the folder of its templates.
    """

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.name = name

    def answers(
        self, path: str, action: str, *, methods: tuple[str, ...] = ("GET",), **options: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a function for a path. Raises KeyError for an action the table of permissions does not have."""
        table().actions[action]

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            guards = [Depends(admitted(action))]
            self.add_api_route(path, function, methods=list(methods), dependencies=guards, **options)
            self.routes[-1].action = action  # type: ignore[attr-defined]
            return function

        return register


def admitted(action: str) -> Callable[..., Any]:
    """The check every route of an action begins with."""

    async def check(request: Request, ask: Asking) -> None:
        if ask.settings.members_only and not ask.signed_in and action != "sign-in":
            raise _sign_in_first()
        if not ask.signed_in and not ask.may(action):
            raise _sign_in_first()
        check_open(ask.who, action)
        if request.method not in SAFE:
            await _check_form(request, ask)

    return check


async def _check_form(request: Request, ask: Asking) -> None:
    if ask.token:
        if "write" not in ask.scopes:
            raise NotAllowed(
                "a token that may only read",
                expected="a token with the scope write",
                where="header Authorization",
                remedy="make a token with this scope",
            )
        return
    given = request.headers.get("X-CSRF")
    if given is None and request.headers.get("Content-Type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        form = await request.form()
        given = str(form.get("csrf", ""))
    if not hmac.compare_digest((given or "").encode(), ask.csrf.encode()):
        raise NotAllowed(
            "a form this page did not give, or gave before somebody signed in or out",
            expected="a form of the page as it is now",
            where="form",
            remedy="load the page anew, then send the form again",
        )


def _sign_in_first() -> SignInFirst:
    return SignInFirst(
        "a visitor who has not signed in",
        expected="somebody with an account",
        where="sign-in",
        remedy="sign in, then try again",
    )
