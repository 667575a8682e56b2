"""Signing in and out, one-time links, one's own account with its tokens, and all accounts for an administrator."""

from typing import Annotated

from fastapi import Form, Response

from open1540 import reference
from open1540.interfaces.http.asking import SESSION, Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.web.desk import Desk, go
from open1540.vocabulary import BadInput, Open1540Error
from open1540.workflows import accounts, permissions

desk = Desk("accounts", "Accounts", "/accounts", "accounts")
Field = Annotated[str, Form()]
ROLES = ("reader", "contact", "expert", "committee", "provider", "administrator")
# What a program may do in a person's name: ``read``, or both.
SCOPES = {"read": ("read",), "write": ("read", "write")}


@desk.page("/sign-in", "sign-in")
def sign_in_page(ask: Asking, next: str = "/") -> Response:
    """The form to sign in."""
    return sign_in_form(ask, next)


@desk.act("/sign-in", "sign-in")
def sign_in(ask: Asking, name: Field = "", password: Field = "", next: Field = "/") -> Response:
    """Sign in, and go on to where the person wanted to go."""
    try:
        began = accounts.sign_in(name, password, ask.address, database_url=ask.database_url)
    except BadInput as error:
        return sign_in_form(ask, next, error=error, name=name)
    return welcomed(ask, began, own_address(next))


@desk.act("/sign-out", "sign-in")
def sign_out(ask: Asking) -> Response:
    """Sign out."""
    accounts.sign_out(ask.secret, database_url=ask.database_url)
    response = go("/")
    response.delete_cookie(SESSION)
    return response


@desk.page("/welcome/{secret}", "sign-in")
def welcome_page(ask: Asking, secret: str) -> Response:
    """The form that sets the password a one-time link is for."""
    return _welcome_form(ask, secret)


@desk.act("/welcome/{secret}", "sign-in")
def welcome(ask: Asking, secret: str, password: Field = "", again: Field = "", name: Field = "") -> Response:
    """Set the password and sign in."""
    try:
        if password != again:
            raise BadInput(
                "two passwords that differ", expected="the same twice", where="password", remedy="type it again"
            )
        began = accounts.use_link(secret, password, database_url=ask.database_url, name=name)
    except BadInput as error:
        return _welcome_form(ask, secret, error=error, name=name)
    return welcomed(ask, began, "/")


@desk.page("/account", "account")
def own(ask: Asking) -> Response:
    """One's own account and its tokens."""
    return _own(ask)


@desk.act("/account/tokens", "account")
def new_token(ask: Asking, name: Field = "", scope: Field = "read", days: Annotated[int, Form()] = 90) -> Response:
    """Make a token; its secret is shown this once."""
    try:
        made = accounts.new_token(name, SCOPES.get(scope, ()), database_url=ask.database_url, who=ask.who, days=days)
    except BadInput as error:
        return _own(ask, error=error)
    return _own(ask, made=made)


@desk.act("/account/tokens/{token}/drop", "account")
def drop_token(ask: Asking, token: str) -> Response:
    """Take a token back."""
    accounts.drop_token(token, database_url=ask.database_url, who=ask.who)
    return go("/account")


@desk.page("/accounts", "accounts")
def everyone(ask: Asking) -> Response:
    """All accounts, and the form for a new one."""
    return _everyone(ask)


@desk.act("/accounts", "accounts")
def invite(ask: Asking, name: Field = "", role: Field = "reader", state: Field = "") -> Response:
    """Make an account; the link to hand on is shown this once."""
    try:
        account, secret = accounts.invite(name, role, database_url=ask.database_url, who=ask.who, state=state or None)
    except BadInput as error:
        return _everyone(ask, error=error)
    return _everyone(ask, linked=account, link=_link(ask, secret))


@desk.act("/accounts/{account}", "accounts")
def change(ask: Asking, account: str, role: Field = "reader", state: Field = "", standing: Field = "open") -> Response:
    """Give an account another role, close or reopen it, or make a new link for it."""
    try:
        if standing == "link":
            linked, secret = accounts.new_link(account, database_url=ask.database_url, who=ask.who)
            return _everyone(ask, linked=linked, link=_link(ask, secret))
        accounts.change(
            account,
            database_url=ask.database_url,
            who=ask.who,
            role=role,
            state=state or None,
            active=standing == "open",
        )
    except BadInput as error:
        return _everyone(ask, error=error)
    return go("/accounts")


def sign_in_form(ask: Ask, wanted: str, error: Open1540Error | None = None, name: str = "") -> Response:
    """The form to sign in, with what went wrong before."""
    return desk.show(
        ask,
        "sign_in.html",
        title=ask.t("Sign in"),
        wanted=own_address(wanted),
        error=error,
        name=name,
        other=ask.settings.open_id_connect,
        status=status_of(error) if error else 200,
    )


def _welcome_form(ask: Ask, secret: str, error: BadInput | None = None, name: str = "") -> Response:
    wanted = accounts.link_is_for(secret, database_url=ask.database_url)
    return desk.show(
        ask,
        "welcome.html",
        title=ask.t("Choose a password"),
        first=wanted is None,
        name=wanted or name,
        error=error,
        shortest=accounts.SHORTEST,
        status=status_of(error) if error else 200,
    )


def _own(ask: Ask, error: BadInput | None = None, made: accounts.NewToken | None = None) -> Response:
    return desk.show(
        ask,
        "own.html",
        title=ask.t("Account and tokens"),
        tokens=accounts.tokens(database_url=ask.database_url, who=ask.who),
        made=made,
        error=error,
        longest=accounts.TOKEN_DAYS,
        status=status_of(error) if error else 200,
    )


def _everyone(
    ask: Ask, error: BadInput | None = None, linked: accounts.Account | None = None, link: str | None = None
) -> Response:
    return desk.show(
        ask,
        "everyone.html",
        title=ask.t("Accounts"),
        accounts=accounts.accounts(database_url=ask.database_url, who=ask.who),
        roles={role: permissions.table().roles[role].title for role in ROLES},
        states=sorted((s.name(ask.language), s.iso3) for s in reference.states()),
        linked=linked,
        link=link,
        error=error,
        status=status_of(error) if error else 200,
    )


def welcomed(ask: Ask, began: accounts.SignedIn, address: str) -> Response:
    """Lead on somebody who has signed in."""
    response = go(address)
    response.set_cookie(
        SESSION,
        began.secret,
        max_age=int(accounts.SESSION_HOLDS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=ask.settings.secure,
    )
    return response


def _link(ask: Ask, secret: str) -> str:
    return f"{ask.settings.address or str(ask.request.base_url).rstrip('/')}/welcome/{secret}"


def own_address(wanted: str) -> str:
    """The address to go on to, if it is one of this server; never another's."""
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"
