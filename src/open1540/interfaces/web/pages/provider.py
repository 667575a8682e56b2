"""Signing in through an organisation's own provider of OpenID Connect."""

from urllib.parse import quote, unquote

from fastapi import Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.settings import OpenIdConnect
from open1540.interfaces.web.desk import Desk, go
from open1540.interfaces.web.pages.accounts import own_address, sign_in_form, welcomed
from open1540.vocabulary import Open1540Error, UnknownCode
from open1540.workflows import openid

desk = Desk("accounts", "Sign in", "/sign-in/provider", "sign-in", in_menu=False)
# What the browser keeps while it is with the provider, for no longer than people take to sign in there.
KEPT, KEPT_SECONDS, WHERE = "open1540_provider", 600, "/sign-in"


@desk.answers("/sign-in/provider", "sign-in")
def leave(ask: Asking, next: str = "/") -> Response:
    """Lead to the provider."""
    settings = _settings(ask)
    try:
        address, kept = openid.begin(_provider(settings), _callback(ask))
    except Open1540Error as error:
        return sign_in_form(ask, next, error=error)
    response = go(address)
    value = "|".join((kept.state, kept.nonce, kept.verifier, quote(own_address(next), safe="")))
    response.set_cookie(
        KEPT,
        value,
        max_age=KEPT_SECONDS,
        path=WHERE,
        httponly=True,
        samesite="lax",
        secure=ask.settings.secure,
    )
    return response


@desk.answers("/sign-in/callback", "sign-in")
def come_back(ask: Asking) -> Response:
    """Sign in whom the provider knows, and go on to where the person wanted to go."""
    settings = _settings(ask)
    state, nonce, verifier, wanted = [*ask.request.cookies.get(KEPT, "").split("|"), *[""] * 4][:4]
    try:
        began = openid.finish(
            _provider(settings),
            _callback(ask),
            openid.Secrets(state or "none was kept", nonce, verifier),
            dict(ask.request.query_params),
            database_url=ask.database_url,
            role=settings.role,
        )
    except Open1540Error as error:
        response: Response = sign_in_form(ask, "/", error=error)
    else:
        response = welcomed(ask, began, own_address(unquote(wanted)))
    response.delete_cookie(KEPT, path=WHERE)
    return response


def _settings(ask: Ask) -> OpenIdConnect:
    if ask.settings.open_id_connect is None:
        raise UnknownCode(
            "no provider to sign in through",
            expected="a server set up with one",
            where="sign-in",
            remedy="sign in by name and password",
        )
    return ask.settings.open_id_connect


def _provider(settings: OpenIdConnect) -> openid.Provider:
    return openid.Provider(settings.issuer, settings.client_id, settings.client_secret)


def _callback(ask: Ask) -> str:
    return f"{ask.settings.address or str(ask.request.base_url).rstrip('/')}/sign-in/callback"
