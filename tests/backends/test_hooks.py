"""Messages to other programs, against a real HTTP server on this machine; addresses nobody may have sent to."""

import asyncio
import hashlib
import hmac
from collections.abc import Iterator

import pytest

pytest.importorskip("httpx", reason="the optional part `web` is not installed")

from receiving import Receiver, receiving

from open1540.backends import hooks
from open1540.backends.hooks import Answer, addresses, check_form, deliver, signature
from open1540.vocabulary import BadInput

SECRET = "a secret both know"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def send(url: str, body: bytes = b'{"event":"test"}', private: bool = False) -> Answer:
    return asyncio.run(
        deliver(url, body, event="test", delivery=7, secret=SECRET, moment=1_795_600_000, private=private)
    )


def test_a_message_arrives_signed_over_its_moment_and_body(receiver: Receiver) -> None:
    assert send(f"{receiver.address}/take") == Answer(True, "204")
    _, headers, body = receiver.messages[0]
    parts = dict(part.split("=") for part in headers["Open1540-Signature"].split(","))
    expected = hmac.new(SECRET.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert parts == {"t": "1795600000", "v1": expected}
    assert headers["Open1540-Event"] == "test"
    assert headers["Open1540-Delivery"] == "7"
    assert headers["Host"] == receiver.address.removeprefix("http://")


def test_another_secret_moment_or_body_makes_another_signature() -> None:
    signed = {
        signature(SECRET, 1, b"a"),
        signature("other", 1, b"a"),
        signature(SECRET, 2, b"a"),
        signature(SECRET, 1, b"b"),
    }
    assert len(signed) == 4


def test_a_receiver_that_fails_has_not_taken_the_message(receiver: Receiver) -> None:
    assert send(f"{receiver.address}/fail") == Answer(False, "503")


def test_a_receiver_that_leads_elsewhere_is_not_followed(receiver: Receiver) -> None:
    answer = send(f"{receiver.address}/elsewhere")
    assert not answer.taken
    assert "leads elsewhere" in answer.told
    assert [path for path, _, _ in receiver.messages] == ["/elsewhere"]


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_a_receiver_that_keeps_us_waiting_is_left_in_time(
    receiver: Receiver, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "WITHIN_SECONDS", 1.0)
    assert send(f"{receiver.address}{path}") == Answer(False, "no answer within 1 seconds")


def test_nobody_at_home_is_told_and_not_raised() -> None:
    assert not send("http://127.0.0.1:9/").taken


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/",
        "https://192.168.1.1/hook",
        "https://172.16.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://0.0.0.0/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[2002:0a00:0001::]/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "http://93.184.216.34/",
    ],
)
def test_addresses_only_this_server_could_reach_are_refused(url: str) -> None:
    with pytest.raises(BadInput):
        asyncio.run(addresses(url, private=False))
    assert not send(url).taken


def test_private_networks_can_be_allowed() -> None:
    assert asyncio.run(addresses("https://10.0.0.1/", private=True)) == ("10.0.0.1",)


@pytest.mark.parametrize("url", ["https://93.184.216.34/hook", "http://127.0.0.1:8000/", "http://[::1]/"])
def test_public_addresses_by_https_and_this_machine_are_allowed(url: str) -> None:
    assert asyncio.run(addresses(url, private=False))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://user:pass@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://[::1/",
        "//example.org",
        "https://example.org/" + "x" * 2000,
        "https://example.org/\r\nHost: other",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        check_form(url)


def test_a_name_is_looked_up_once_so_that_it_cannot_lead_elsewhere_meanwhile(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = []

    async def once(url: str, *, private: bool) -> tuple[str, ...]:
        looked_up.append(url)
        return ("127.0.0.1",)

    # The name itself leads nowhere: only the address that was checked can have been connected to.
    monkeypatch.setattr(hooks, "addresses", once)
    port = receiver.address.rsplit(":", 1)[1]
    assert send(f"http://receiver.invalid:{port}/take").taken
    assert len(looked_up) == 1
    assert receiver.messages[0][1]["Host"] == f"receiver.invalid:{port}"
