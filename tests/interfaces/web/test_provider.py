"""Signing in through a provider of OpenID Connect that runs on this machine, and answers of it that must be refused."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey
from providing import CLIENT_ID, CLIENT_SECRET, Provider, providing
from serving import Server, serving
from typer.testing import CliRunner

from open1540.interfaces.cli.app import app
from open1540.interfaces.http.settings import OpenIdConnect
from open1540.vocabulary import BadInput
from open1540.workflows import accounts


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def served(running: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    url = f"sqlite:///{tmp_path_factory.mktemp('openid') / 'records.sqlite3'}"
    settings = OpenIdConnect(running.issuer, CLIENT_ID, CLIENT_SECRET, "provider")
    with serving(url, open_id_connect=settings) as server:
        yield server


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    """The provider, put right again after each test."""
    yield running
    running.claims, running.told, running.signs_with, running.algorithm = {}, {}, running.key, "RS256"


def there_and_back(browser: TestClient, wanted: str = "/account") -> str:
    """The address with which the provider sends a browser back that was led there."""
    led = browser.get("/sign-in/provider", params={"next": wanted})
    assert led.status_code == 303, led.text
    back = httpx.get(led.headers["location"], follow_redirects=False).headers["location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def test_whom_the_provider_knows_is_signed_in_and_led_on(served: Server, provider: Provider) -> None:
    browser = served.visitor()
    answer = browser.get(there_and_back(browser))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    page = browser.get("/account").text
    assert "person-one" in page
    assert "a provider of assistance" in page


def test_who_comes_again_has_the_same_account(served: Server, provider: Provider) -> None:
    provider.claims = {"sub": "comes twice", "preferred_username": "twice@example.org"}
    for _ in range(2):
        browser = served.visitor()
        assert browser.get(there_and_back(browser)).status_code == 303
    administrator = served.person("administrator")
    names = [one.name for one in accounts.accounts(database_url=served.database_url, who=administrator)]
    assert [name for name in names if name.startswith("twice")] == ["twice@example.org"]


def test_a_name_that_is_taken_does_not_take_the_account_over(served: Server, provider: Provider) -> None:
    provider.claims = {"sub": "somebody else", "preferred_username": "administrator"}
    browser = served.visitor()
    browser.get(there_and_back(browser))
    assert browser.get("/accounts").status_code == 403


def test_an_address_that_is_not_verified_gives_nobody_a_name(served: Server, provider: Provider) -> None:
    provider.claims = {
        "sub": "sub-7",
        "preferred_username": None,
        "email": "chosen@example.org",
        "email_verified": False,
    }
    browser = served.visitor()
    browser.get(there_and_back(browser))
    assert "sub-7" in browser.get("/account").text
    assert "chosen@example.org" not in browser.get("/account").text


WRONG: dict[str, dict[str, Any]] = {
    "nonce": {"nonce": "of another sign-in"},
    "no nonce": {"nonce": None},
    "audience": {"aud": "another server"},
    "several audiences": {"aud": [CLIENT_ID, "another server"]},
    "issuer": {"iss": "https://example.org"},
    "expired": {"exp": int(time.time()) - 3600},
    "no end": {"exp": None},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "from the future": {"nbf": int(time.time()) + 3600},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG.keys())
def test_an_id_token_that_does_not_hold_signs_nobody_in(
    served: Server, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    browser = served.visitor()
    answer = browser.get(there_and_back(browser))
    assert answer.status_code == 403
    assert browser.get("/account").status_code == 401


def test_an_id_token_signed_by_another_key_signs_nobody_in(served: Server, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    browser = served.visitor()
    assert browser.get(there_and_back(browser)).status_code == 403
    assert browser.get("/account").status_code == 401


def test_an_id_token_signed_with_the_shared_secret_signs_nobody_in(served: Server, provider: Provider) -> None:
    provider.signs_with, provider.algorithm = OctKey.import_key(CLIENT_SECRET * 2), "HS256"
    browser = served.visitor()
    assert browser.get(there_and_back(browser)).status_code == 403


def test_an_id_token_nobody_signed_signs_nobody_in(
    served: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsigned(nonce: str) -> str:
        claims = {"iss": provider.issuer, "aud": CLIENT_ID, "sub": "x", "iat": 1, "exp": 9_999_999_999, "nonce": nonce}
        parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."

    monkeypatch.setattr(provider, "id_token", unsigned)
    browser = served.visitor()
    assert browser.get(there_and_back(browser)).status_code == 403


def test_an_answer_another_browser_asked_for_is_refused(served: Server, provider: Provider) -> None:
    back = there_and_back(served.visitor())
    assert served.visitor().get(back).status_code == 403
    other = served.visitor()
    there_and_back(other)
    assert other.get(back).status_code == 403


def test_a_code_is_used_once(served: Server, provider: Provider) -> None:
    browser = served.visitor()
    back = there_and_back(browser)
    kept = browser.cookies.get("open1540_provider")
    assert browser.get(back).status_code == 303
    again = served.visitor()
    again.cookies.set("open1540_provider", kept, path="/sign-in")
    assert again.get(back).status_code == 403


@pytest.mark.parametrize("query", ["", "state=", "error=access_denied", "code=x", "code=x&state=y"])
def test_what_nobody_asked_for_is_refused(served: Server, query: str) -> None:
    assert served.visitor().get(f"/sign-in/callback?{query}").status_code == 403


def test_nobody_is_led_to_another_server_afterwards(served: Server, provider: Provider) -> None:
    browser = served.visitor()
    assert browser.get(there_and_back(browser, "//example.org")).headers["location"] == "/"


def test_the_flow_carries_state_nonce_and_a_hashed_verifier(served: Server, provider: Provider) -> None:
    led = served.visitor().get("/sign-in/provider")
    query = parse_qs(urlsplit(led.headers["location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert all(len(query[name][0]) >= 32 for name in ("state", "nonce", "code_challenge"))
    assert query["response_type"] == ["code"]
    cookie = led.headers["set-cookie"]
    assert "HttpOnly" in cookie and "Path=/sign-in" in cookie and "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://example.org"},
        {"token_endpoint": "http://example.org/token"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    served: Server, provider: Provider, told: dict[str, Any]
) -> None:
    provider.told = told
    answer = served.visitor().get("/sign-in/provider")
    assert answer.status_code in (422, 503)
    assert "provider" in answer.text


def test_a_server_without_a_provider_says_so(server: Server) -> None:
    assert server.visitor().get("/sign-in/provider").status_code == 404
    assert server.visitor().get("/sign-in/callback?code=x").status_code == 404
    assert "/sign-in/provider" not in server.visitor().get("/sign-in").text


@pytest.mark.parametrize(
    ("options", "secret"),
    [
        ((), "a secret"),
        (("--openid-client-id", "x"), None),
        (("--openid-client-id", "x", "--openid-role", "contact"), "a secret"),
        (("--openid-client-id", "x", "--openid-role", "nobody"), "a secret"),
    ],
)
def test_a_provider_half_described_stops_the_server_before_it_starts(
    options: tuple[str, ...], secret: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPEN1540_OPENID_CLIENT_SECRET", raising=False)
    if secret:
        monkeypatch.setenv("OPEN1540_OPENID_CLIENT_SECRET", secret)
    database = tmp_path / "records.sqlite3"
    asked = [
        "serve",
        "--port",
        "0",
        "--database-url",
        f"sqlite:///{database}",
        "--openid-issuer",
        "https://example.org",
    ]
    stopped = CliRunner().invoke(app, [*asked, *options]).exception
    assert isinstance(stopped, BadInput)
    assert "OPEN1540_OPENID_CLIENT_SECRET" in stopped.expected
