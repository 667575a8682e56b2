"""Sends a signed message to a receiver's address, and to no place of the network that address must not lead to."""

import asyncio
import hashlib
import hmac
import ipaddress
import socket
from urllib.parse import urlsplit

import httpx
import msgspec

from open1540.vocabulary import BadInput

WITHIN_SECONDS = 10.0
MAX_URL = 2000
SIGNATURE = "Open1540-Signature"
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Answer(msgspec.Struct, frozen=True):
    """What came of a message: whether the receiver took it (a status from 200 to 299), and its status or why not, in words."""

    taken: bool
    told: str


def check_form(url: str) -> None:
    """Raise BadInput for what is no address to send to, before anything is looked up."""
    try:
        parts = urlsplit(url)
        well = parts.scheme in ("https", "http") and parts.hostname and parts.username is None and not parts.fragment
        port_is_one = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        well = port_is_one = False
    if not well or not port_is_one or len(url) > MAX_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise _refused(f"the address {url[:100]!r}")


async def addresses(url: str, *, private: bool) -> tuple[str, ...]:
    """The network addresses a receiver may be reached at.

    Arguments:
        private: whether private networks are allowed too.

    Raises BadInput where one of its addresses is of a private, reserved or multicast network, or where plain http would
    leave this machine: whoever may name an address must not reach by it what only this server can reach.
    """
    check_form(url)
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadInput(
            f"the name {host!r}, which leads nowhere ({error})",
            expected="a name the network knows",
            where="webhook",
            remedy="check the address",
        ) from error
    reached = [_plain(ipaddress.ip_address(str(info[4][0]).partition("%")[0])) for info in found]
    for one in reached:
        if not one.is_loopback and (not _is_public(one) and not private):
            raise _refused(f"the address {host!r}, which leads into a private or reserved network")
        if parts.scheme == "http" and not one.is_loopback and not private:
            raise _refused(f"plain http to {host!r}")
    return tuple(dict.fromkeys(str(one) for one in reached))


def signature(secret: str, moment: int, body: bytes) -> str:
    """The value of the header: ``t=<seconds since 1970>,v1=<HMAC-SHA256 over "<seconds>." and the body, in hex>``."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


async def deliver(
    url: str, body: bytes, *, event: str, delivery: int, secret: str, moment: int, private: bool
) -> Answer:
    """Send a message once; whatever happens is told, nothing is raised.

    The name is looked up once, and the connection goes to the address that was checked. A receiver that leads elsewhere
    has not taken the message, and its answer is not read beyond the first line.
    """
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            reached = (await addresses(url, private=private))[0]
            return await _send(url, reached, body, event, delivery, signature(secret, moment, body))
    except BadInput as error:
        return Answer(False, error.found)
    except TimeoutError:
        return Answer(False, f"no answer within {WITHIN_SECONDS:g} seconds")
    except httpx.HTTPError as error:
        return Answer(False, f"no answer ({type(error).__name__}: {str(error)[:120]})")


async def _send(url: str, reached: str, body: bytes, event: str, delivery: int, signed: str) -> Answer:
    asked = httpx.URL(url)
    headers = {
        "Host": asked.netloc.decode(),
        "Content-Type": "application/json",
        "User-Agent": "open1540",
        "Open1540-Event": event,
        "Open1540-Delivery": str(delivery),
        SIGNATURE: signed,
    }
    # Proxies of the environment would look the name up anew.
    async with (
        httpx.AsyncClient(timeout=WITHIN_SECONDS, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST",
            asked.copy_with(host=reached),
            content=body,
            headers=headers,
            extensions={"sni_hostname": asked.host},
        ) as response,
    ):
        if response.is_redirect:
            return Answer(False, f"{response.status_code}: leads elsewhere; give the final address")
        return Answer(response.is_success, str(response.status_code))


def _plain(address: _Address) -> _Address:
    """An IPv4 address dressed as IPv6 undressed."""
    mapped = address.ipv4_mapped or address.sixtofour if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_public(address: _Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _refused(found: str) -> BadInput:
    return BadInput(
        found,
        expected="https://..., or http on this machine itself",
        where="webhook",
        remedy="give an address the receiver can be reached at from outside, or ask whoever runs the server to allow private networks",
    )
