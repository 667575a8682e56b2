"""Signing in through an organisation's own provider: whom it knows gets an account here, with the role new accounts have."""

import re

from open1540.backends import openid
from open1540.backends.openid import Provider, Secrets
from open1540.workflows import accounts
from open1540.workflows.accounts import SignedIn

__all__ = ["Provider", "Secrets"]

_NO_NAME = re.compile(r"[^\w.@+-]+")
_LONGEST = 100


def begin(provider: Provider, callback: str) -> tuple[str, Secrets]:
    """Where to send the browser, and what it must keep until it comes back."""
    return openid.begin(provider, callback)


def finish(
    provider: Provider, callback: str, kept: Secrets, answer: dict[str, str], *, database_url: str | None, role: str
) -> SignedIn:
    """Begin a session for whom the provider signed in.

    Arguments:
        role: of an account made for somebody who comes for the first time.

    Raises NotAllowed where the answer does not hold, or the account is closed.
    """
    known = openid.finish(provider, callback, kept, answer)
    return accounts.sign_in_subject(
        f"{known.issuer} {known.subject}", _name(known.names), database_url=database_url, role=role
    )


def _name(names: tuple[str, ...]) -> str:
    """The first name that can be one here, other signs made to hyphens."""
    fitting = (_NO_NAME.sub("-", name).strip("-")[:_LONGEST] for name in names)
    return next((name for name in fitting if len(name) > 1), "member")
