"""What every answer carries so that a browser does nothing else with it, and how large a request may be."""

from urllib.parse import parse_qs

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from open1540.interfaces.http.asking import LANGUAGE, VISIT
from open1540.interfaces.http.settings import Settings
from open1540.interfaces.language import LANGUAGES

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# A drawing shown as an image may style itself; it can load nothing and run nothing.
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; frame-ancestors 'none'"
# Several of the largest files at once, and what a form adds to them.
FILES_AT_ONCE = 20
A_YEAR = 365 * 24 * 3600


class TooLarge(Exception):
    """A request that goes on for longer than any this server takes."""


class Guard:
    """Refuses what is too large, at the latest while it is read; gives each answer its headers, a new browser its secret.

    Plain ASGI around the whole application, since every request passes through it.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Guard ``app``; the headers follow from how the server is set up."""
        self._app = app
        self._secure = settings.secure
        self._limit = settings.upload_megabytes * FILES_AT_ONCE * 1_000_000
        kept = HEADERS | ({"Strict-Transport-Security": f"max-age={A_YEAR}"} if settings.secure else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in kept.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read, begun = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise TooLarge
            return message

        async def headed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._head(scope, message)
            await send(message)

        try:
            declared = dict(scope["headers"]).get(b"content-length", b"0")
            if not declared.isdigit() or int(declared) > self._limit:
                raise TooLarge
            await self._app(scope, counted, headed)
        except TooLarge:
            if begun:
                raise
            most = f"at most {self._limit} bytes"
            told = {
                "type": "about:blank",
                "title": "too large",
                "status": 413,
                "detail": most,
                "instance": scope["path"],
                "found": "a request that is larger, or does not say in digits how large it is",
                "expected": most,
                "where": "request",
                "remedy": "send fewer files at once",
            }
            await JSONResponse(told, 413, media_type="application/problem+json")(scope, receive, headed)

    def _head(self, scope: Scope, message: Message) -> None:
        given = {name for name, _ in message["headers"]}
        message["headers"] = [*message["headers"], *(pair for pair in self._headers if pair[0] not in given)]
        chosen = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
        if chosen in LANGUAGES:
            self._set_cookie(message, LANGUAGE, chosen, A_YEAR)
        visit = scope.get("state", {}).get("visit")
        if visit:
            self._set_cookie(message, VISIT, visit, None)

    def _set_cookie(self, message: Message, name: str, value: str, seconds: int | None) -> None:
        response = Response()
        response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=self._secure)
        message["headers"] += [pair for pair in response.raw_headers if pair[0] == b"set-cookie"]
