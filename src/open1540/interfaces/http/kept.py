"""Answers kept as they were written: the same address, person and language is answered at once until the record changes.

Every change writes a line to the audit log; its number is part of what an answer is kept under, so nothing is invalidated by
hand. Which answers are kept, the route says (``Ask.keep``). Asked for before any thread is taken, an answer costs little more
than sending it.
"""

import asyncio
import hashlib
import zlib
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import msgspec
from cachetools import LRUCache
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from open1540.interfaces.http.asking import Ask, knows_itself
from open1540.vocabulary import Open1540Error
from open1540.workflows import upkeep

_KEPT_BYTES = 96_000_000
# Twice as fast as the usual 6 for pages some per cent larger.
_LEVEL, _SMALLEST = 4, 1000
_VARY = b"Cookie, Authorization, Accept-Language, Accept-Encoding"
_PACKABLE = (b"text/", b"application/json", b"image/svg+xml")
_OWN = (b"content-length", b"vary", b"etag", b"cache-control")
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_FILES = "/static/"

Headers = list[tuple[bytes, bytes]]


class Written(msgspec.Struct, frozen=True):
    """An answer as it was written.

    Attributes:
        parts: its content, cut where the secret of the browser's forms stands.
        packed: each part deflated by itself; empty where that would make it no smaller.
        tag: its ETag; empty where it holds forms, which each browser gets with a secret of its own.
    """

    headers: Headers
    parts: tuple[bytes, ...]
    packed: tuple[bytes, ...]
    tag: bytes

    @property
    def size(self) -> int:
        """How much room it takes, in bytes."""
        return sum(map(len, self.parts)) + sum(map(len, self.packed)) + 1000


class Kept:
    """Answers what was asked before from what is kept; many who ask the same at once wait for one answer.

    Plain ASGI around the application.
    """

    def __init__(self, app: ASGIApp, database_url: str | None) -> None:
        """Keep the answers of ``app``, which reads the record at ``database_url``."""
        self._app = app
        self._number = _Number(lambda: upkeep.changes(database_url=database_url))
        self._kept: LRUCache[Hashable, Written] = LRUCache(_KEPT_BYTES, getsizeof=lambda one: one.size)
        self._making: dict[Hashable, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_FILES):
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        # Whether the asker has the answer already is decided here, where the whole of it is known.
        inner = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]}
        try:
            ask = await _asking(Request(inner))
            asked = scope["path"], scope["query_string"], ask.language, ask.who, ask.signed_in
            key = (*asked, date.today(), await self._number.now())
        except Open1540Error:
            # Told by the application as any other error.
            await self._app(scope, receive, send)
            return
        if (making := self._making.get(key)) is not None:
            await making.wait()
        written = self._kept.get(key) or await self._made(key, ask, inner, receive, send)
        if written is not None:
            await _answer(written, ask, scope, receive, send)

    async def _made(self, key: Hashable, ask: Ask, scope: Scope, receive: Receive, send: Send) -> Written | None:
        """The answer as the application writes it, kept; None where it is not to be kept and was sent as it came."""
        made = self._making.setdefault(key, asyncio.Event())
        held: list[Message] = []

        async def hold(message: Message) -> None:
            begins = message["type"] == "http.response.start"
            if held or (begins and ask.kept and message["status"] == 200):
                held.append(message)
            else:
                made.set()
                await send(message)

        try:
            await self._app(scope, receive, hold)
            if not held:
                return None
            written = await run_in_threadpool(_written, held, ask.given_secret)
            with suppress(ValueError):
                # An answer larger than all room there is is not kept.
                self._kept[key] = written
            return written
        finally:
            made.set()
            self._making.pop(key, None)


class _Number:
    """The number of the last change, asked for once for all who ask at the same time."""

    def __init__(self, ask: Callable[[], int]) -> None:
        self._ask = ask
        # A thread of its own, so that slow pages, which fill the others, do not hold up what is kept.
        self._thread = ThreadPoolExecutor(1)
        self._running: asyncio.Task[int] | None = None
        self._next: asyncio.Task[int] | None = None

    async def now(self) -> int:
        """The number as it stands after this was called: a question already under way may be too old an answer."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._running))
        return await asyncio.shield(self._next)

    async def _after(self, running: asyncio.Task[int] | None) -> int:
        if running is not None and not running.done():
            await asyncio.wait([running])
        self._running, self._next = self._next, None
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._ask)


async def _asking(request: Request) -> Ask:
    """Who asks; only for whom the database must be asked, in a thread."""
    made = Ask(request) if knows_itself(request) else await run_in_threadpool(Ask, request)
    request.state.ask = made
    return made


def _written(messages: list[Message], secret: str | None) -> Written:
    content = b"".join(message.get("body", b"") for message in messages[1:])
    given: Headers = messages[0]["headers"]
    headers = [pair for pair in given if pair[0] not in _OWN]
    parts = tuple(content.split(secret.encode())) if secret else (content,)
    packable = len(content) >= _SMALLEST and dict(headers).get(b"content-type", b"").startswith(_PACKABLE)
    packed = _packed(parts) if packable else ()
    if len(parts) > 1:
        return Written([*headers, (b"cache-control", b"no-store")], parts, packed, b"")
    tag = dict(given).get(b"etag") or f'"{hashlib.sha256(content).hexdigest()[:32]}"'.encode()
    told = [(b"etag", tag), (b"cache-control", b"private, no-cache"), (b"vary", _VARY)]
    return Written([*headers, *told], parts, packed, tag)


async def _answer(written: Written, ask: Ask, scope: Scope, receive: Receive, send: Send) -> None:
    asked: dict[bytes, bytes] = dict(scope["headers"])
    status, body, more = 200, b"", []
    if written.tag and asked.get(b"if-none-match") == written.tag:
        status = 304
    elif written.packed and b"gzip" in asked.get(b"accept-encoding", b""):
        body, more = _joined(written, ask), [(b"content-encoding", b"gzip")]
    else:
        body = ask.csrf.encode().join(written.parts) if len(written.parts) > 1 else written.parts[0]
    response = Response(body, status)
    length = [] if status == 304 else [(b"content-length", str(len(body)).encode())]
    response.raw_headers = [*written.headers, *more, *length]
    await response(scope, receive, send)


def _packed(parts: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Each part deflated (RFC 1951) without looking back at the one before, so that something may be put between them."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    whole = [deflate.compress(part) + deflate.flush(zlib.Z_FULL_FLUSH) for part in parts[:-1]]
    return (*whole, deflate.compress(parts[-1]) + deflate.flush())


def _joined(written: Written, ask: Ask) -> bytes:
    """The parts as one gzip file (RFC 1952), the secret of the browser as a stored block between them."""
    between = ask.csrf.encode() if len(written.parts) > 1 else b""
    length = len(between)
    block = b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + between
    check = size = 0
    for at, part in enumerate(written.parts):
        check = zlib.crc32(part, zlib.crc32(between, check) if at else 0)
        size += len(part) + (length if at else 0)
    end = check.to_bytes(4, "little") + (size % 2**32).to_bytes(4, "little")
    return _GZIP_HEAD + block.join(written.packed) + end
