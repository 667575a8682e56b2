"""What every answer carries so that a browser does nothing else with it, and how large a request may be."""

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from open1540.interfaces.http.asking import LANGUAGE, VISIT
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

Next = Callable[[Request], Awaitable[Response]]


async def guard(request: Request, call_next: Next) -> Response:
    """Refuse what is too large before it is read; give each answer its headers and a new browser its secret."""
    settings = request.app.state.settings
    limit = settings.upload_megabytes * FILES_AT_ONCE * 1_000_000
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > limit:
        return JSONResponse({"title": "too large", "status": 413, "detail": f"at most {limit} bytes"}, 413)
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings.secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, max_age=A_YEAR, httponly=True, samesite="lax", secure=settings.secure)
    visit = getattr(request.state, "visit", None)
    if visit:
        response.set_cookie(VISIT, visit, httponly=True, samesite="lax", secure=settings.secure)
    return response
