"""Errors as answers: a page for people, ``application/problem+json`` (RFC 9457) for programs."""

import http

import msgspec
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from open1540.interfaces.http.asking import SignInFirst
from open1540.vocabulary import (
    BadInput,
    Conflict,
    JobFailed,
    NotAllowed,
    Open1540Error,
    UnknownCode,
    UnreadableDocument,
)

# The nearest class of the error tree decides; the first of these that fits.
STATUS: tuple[tuple[type[Open1540Error], int], ...] = (
    (SignInFirst, 401),
    (NotAllowed, 403),
    (UnknownCode, 404),
    (Conflict, 409),
    (UnreadableDocument, 422),
    (BadInput, 422),
    # A database, a provider or an optional part that does not answer now.
    (JobFailed, 503),
    (Open1540Error, 500),
)


def status_of(error: Open1540Error) -> int:
    """The HTTP status of an error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def problem(request: Request, error: Open1540Error) -> Response:
    """An error of open1540 as problem+json; the four parts stand under their own names."""
    status = status_of(error)
    told = {
        "type": "about:blank",
        "title": type(error).__name__,
        "status": status,
        "detail": str(error),
        "instance": request.url.path,
        **{key: value for key, value in error.as_dict().items() if key != "error"},
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return Response(msgspec.json.encode(told), status, headers, media_type="application/problem+json")


def as_error(error: RequestValidationError | HTTPException) -> Open1540Error:
    """What the framework refused, told in the four parts."""
    if isinstance(error, HTTPException):
        phrase = http.HTTPStatus(error.status_code).phrase.lower()
        if error.status_code == 404:
            return UnknownCode(
                "no such page", expected="an address of this server", where="address", remedy="begin at the overview"
            )
        return BadInput(phrase, expected="a request as documented", where="request", remedy="see the documentation")
    first = error.errors()[0]
    where = " ".join(str(part) for part in first["loc"])
    return BadInput(
        f"{first['msg'].lower()} ({first.get('input')!r:.80})",
        expected="a value as documented",
        where=where,
        remedy="mend it, then try again",
    )
