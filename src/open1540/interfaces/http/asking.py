"""Who asks, in which language, and in which form the answer is wanted."""

import hashlib
import secrets
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security.utils import get_authorization_scheme_param

from open1540.interfaces.http.settings import Settings
from open1540.interfaces.language import LANGUAGES, Translator
from open1540.vocabulary import NotAllowed
from open1540.workflows import accounts
from open1540.workflows.permissions import Person, may

SESSION, VISIT, LANGUAGE = "open1540_session", "open1540_visit", "open1540_language"


class SignInFirst(NotAllowed):
    """Nobody known asks: no one has signed in, or a token does not hold."""


class Ask:
    """One request: who asks, what for, in which language.

    Attributes:
        who: the person, or the visitor who has not signed in.
        t: texts in the language of the person.
        token: whether a program asks with a token instead of a browser with a session.
        scopes: what the token may be used for; a session may be used for everything.
        kept: whether the answer is kept until the record changes.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.settings: Settings = request.app.state.settings
        self.database_url = self.settings.database_url
        self.secret = request.cookies.get(SESSION, "")
        self.token = False
        self.scopes: tuple[str, ...] = accounts.SCOPES
        self.kept = False
        self.who = self._person()
        self.t = Translator(self._language())

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language of the answer."""
        return self.t.language

    @property
    def signed_in(self) -> bool:
        """Whether the person is known."""
        return self.who is not accounts.VISITOR

    @property
    def address(self) -> str:
        """Where the request came from."""
        return self.request.client.host if self.request.client else "unknown"

    @cached_property
    def csrf(self) -> str:
        """What a form must carry to show that this server gave it to this browser."""
        bound_to = self.secret if self.signed_in else self.request.cookies.get(VISIT) or self.visit
        return hashlib.sha256(f"form {bound_to}".encode()).hexdigest()

    @property
    def given_secret(self) -> str | None:
        """The secret of forms where the answer holds any."""
        return vars(self).get("csrf")

    @property
    def visit(self) -> str:
        """The secret a browser without a session is known by; made once for each answer that sets it."""
        if not hasattr(self.request.state, "visit"):
            self.request.state.visit = secrets.token_urlsafe(24)
        made: str = self.request.state.visit
        return made

    def keep(self) -> None:
        """Have the answer kept: it depends on the record, the address, the person, the language and the day alone."""
        self.kept = True

    def may(self, action: str) -> bool:
        """Whether an action is open to the person's role."""
        return may(self.who, action)

    def _person(self) -> Person:
        scheme, given = get_authorization_scheme_param(self.request.headers.get("Authorization"))
        if scheme.casefold() == "bearer" and given:
            self.token = True
            held = accounts.holder(given, database_url=self.database_url)
            if held is None:
                raise SignInFirst(
                    "a token that is not known or has ended",
                    expected="a token of an account in use",
                    where="header Authorization",
                    remedy="make a new token on the page of your account",
                )
            person, self.scopes = held
            return person
        known = accounts.person_of(self.secret, database_url=self.database_url) if self.secret else None
        return known or accounts.VISITOR

    def _language(self) -> str:
        asked = self.request.query_params.get("lang") or self.request.cookies.get(LANGUAGE)
        if asked in LANGUAGES:
            return asked
        for wanted in self.request.headers.get("Accept-Language", "").split(","):
            code = wanted.split(";")[0].strip()[:2].casefold()
            if code in LANGUAGES:
                return code
        return "en"


def knows_itself(request: Request) -> bool:
    """Whether a request tells that nobody known asks, without a look at the record."""
    return SESSION not in request.cookies and "Authorization" not in request.headers


def ask(request: Request) -> Ask:
    """The request as doors see it; made once for each request."""
    if not hasattr(request.state, "ask"):
        request.state.ask = Ask(request)
    made: Ask = request.state.ask
    return made


Asking = Annotated[Ask, Depends(ask)]
