"""Signing in through a provider of OpenID Connect: authorization code flow with PKCE (RFC 7636), state and nonce.

What a provider says of itself is asked for by discovery; its keys are fetched anew for each sign-in, so that a key it took
back is refused at once.
"""

import hmac
import ipaddress
import secrets
import warnings
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from open1540.vocabulary import BadInput, JobFailed, NotAllowed

with warnings.catch_warnings():
    # It announces a successor of httpx at each import; the one installed serves.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import OAuth2Client

TIMEOUT_SECONDS = 10.0
MAX_BYTES = 1_000_000
# Clocks of two servers differ a little.
LEEWAY_SECONDS = 60
# Signatures by a key only the provider has; "none" and signatures by a shared secret are refused.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
SCOPE = "openid profile email"


class Provider(msgspec.Struct, frozen=True):
    """A provider, and what it knows this server as."""

    issuer: str
    client_id: str
    client_secret: str


class Secrets(msgspec.Struct, frozen=True):
    """What binds an answer of the provider to the browser that was sent there; kept by that browser alone."""

    state: str
    nonce: str
    verifier: str


class Known(msgspec.Struct, frozen=True):
    """Whom the provider knows: ``subject`` never changes for an issuer, ``names`` are what the person may be called, best first."""

    issuer: str
    subject: str
    names: tuple[str, ...]


class _Metadata(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


def begin(provider: Provider, callback: str) -> tuple[str, Secrets]:
    """Where to send the browser, and what it must keep.

    Arguments:
        callback: the address of this server the provider answers to.

    Raises JobFailed where the provider cannot be reached, BadInput where its address may not be trusted.
    """
    kept = Secrets(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    told = _discovered(provider)
    with _client(provider, callback) as client:
        address, _ = client.create_authorization_url(
            told.authorization_endpoint, state=kept.state, code_verifier=kept.verifier, nonce=kept.nonce
        )
    return str(address), kept


def finish(provider: Provider, callback: str, kept: Secrets, answer: dict[str, str]) -> Known:
    """Whom the provider signed in.

    Arguments:
        kept: what the browser kept; answer: what the provider sent with it.

    Raises NotAllowed where the answer was not asked for by this browser, or its ID token does not hold; JobFailed where the
    provider cannot be reached.
    """
    if not hmac.compare_digest(answer.get("state", "").encode(), kept.state.encode()):
        raise _refused("an answer this browser did not ask for")
    if "error" in answer or not answer.get("code"):
        raise _refused(f"an answer without a code ({answer.get('error', 'none given')[:60]})")
    told = _discovered(provider)
    if answer.get("iss", told.issuer) != told.issuer:
        raise _refused("an answer of another provider")
    return _checked(provider, told, _id_token(provider, told, callback, kept, answer["code"]), kept.nonce)


def _id_token(provider: Provider, told: _Metadata, callback: str, kept: Secrets, code: str) -> str:
    try:
        with _client(provider, callback) as client:
            got = client.fetch_token(told.token_endpoint, code=code, code_verifier=kept.verifier)
    except AuthlibBaseError as error:
        raise _refused(f"a code the provider does not take ({error.error})") from error
    except (httpx.HTTPError, ValueError) as error:
        raise _unreachable(provider, error) from error
    token = got.get("id_token")
    if not isinstance(token, str):
        raise _refused("an answer without an ID token")
    return token


def _checked(provider: Provider, told: _Metadata, token: str, nonce: str) -> Known:
    """The claims of an ID token that holds (OpenID Connect Core 1.0, section 3.1.3.7)."""
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": told.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        keys = KeySet.import_key_set(_json(provider, told.jwks_uri))
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _refused(f"an ID token that does not hold ({type(error).__name__}: {str(error)[:120]})") from error
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
        raise _refused("an ID token made out to several, and not to this server")
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject:
        raise _refused("an ID token without a subject")
    email = claims.get("email") if claims.get("email_verified") is True else None
    names = (claims.get("preferred_username"), email, claims.get("name"), subject)
    return Known(told.issuer, subject, tuple(name for name in names if isinstance(name, str) and name))


def _discovered(provider: Provider) -> _Metadata:
    """What the provider says of itself (OpenID Connect Discovery 1.0)."""
    check_issuer(provider.issuer)
    found = _json(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    try:
        told = msgspec.convert(found, _Metadata)
    except msgspec.ValidationError as error:
        raise _unreachable(provider, error) from error
    if told.issuer.rstrip("/") != provider.issuer.rstrip("/"):
        raise _unreachable(provider, f"it calls itself {told.issuer[:120]}")
    for address in (told.authorization_endpoint, told.token_endpoint, told.jwks_uri):
        check_issuer(address)
    return told


def check_issuer(address: str) -> None:
    """Raise BadInput for an address of a provider that others on the way could read or change."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
        return
    raise BadInput(
        f"the address {address[:120]!r} of a provider",
        expected="an address that begins with https://",
        where="OpenID Connect",
        remedy="give the issuer as the provider writes it",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _client(provider: Provider, callback: str) -> OAuth2Client:
    return OAuth2Client(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=callback,
        code_challenge_method="S256",
        timeout=TIMEOUT_SECONDS,
    )


def _json(provider: Provider, address: str) -> Any:
    try:
        with httpx.stream("GET", address, timeout=TIMEOUT_SECONDS) as response:
            response.raise_for_status()
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise _unreachable(provider, f"an answer of more than {MAX_BYTES} bytes")
        return msgspec.json.decode(body)
    except (httpx.HTTPError, msgspec.DecodeError) as error:
        raise _unreachable(provider, error) from error


def _unreachable(provider: Provider, why: object) -> JobFailed:
    return JobFailed(
        f"a provider that does not answer as it should ({str(why)[:160]})",
        expected="a provider of OpenID Connect with discovery",
        where=provider.issuer,
        remedy="try again later, or sign in by name and password; whoever runs the server checks the issuer's address",
    )


def _refused(found: str) -> NotAllowed:
    return NotAllowed(
        found,
        expected="an answer of the provider to a sign-in begun in this browser",
        where="OpenID Connect",
        remedy="begin to sign in anew",
    )
