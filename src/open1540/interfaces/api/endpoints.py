"""How an endpoint answers: JSON with an ETag, lists a page at a time, every answer described in the OpenAPI document."""

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Query, Response

from open1540.interfaces.http.admission import Door
from open1540.interfaces.http.asking import Ask

PREFIX = "/api/v1"
VARY = "Cookie, Authorization, Accept-Language"
LARGEST_PAGE = 500
PageNumber = Annotated[int, Query(ge=1, le=1_000_000, description="Which page of the list, from 1.")]
PageSize = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many items a page has.")]
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _content(media: str, name: str) -> dict[str, Any]:
    return {media: {"schema": {"$ref": f"#/components/schemas/{name}"}}}


REFUSED = {"description": "refused", "content": _content("application/problem+json", "ProblemDetails")}


class ProblemDetails(msgspec.Struct, frozen=True):
    """An error (RFC 9457): ``found``, ``expected``, ``where`` and ``remedy`` say what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    found: str
    expected: str
    where: str
    remedy: str


class Endpoints(Door):
    """The endpoints of one desk, below ``/api/v1``."""

    def __init__(self, name: str) -> None:
        super().__init__(name, prefix=PREFIX, tags=[name])
        self.types: dict[str, Any] = {}

    def gives(
        self,
        path: str,
        action: str,
        of: Any,
        *,
        methods: tuple[str, ...] = ("GET",),
        status: int = 200,
        keep: bool = True,
    ) -> Decorator:
        """Register an endpoint that answers with one value of the type ``of``.

        What is read is kept until the record changes, unless ``keep`` is false: for what changes without a change of the record.
        """
        return self._register(path, action, of, methods, status, keep, lambda _, value: answer(value, status))

    def lists(self, path: str, action: str, of: Any, *, keep: bool = True) -> Decorator:
        """Register an endpoint whose function gives a sequence of ``of``; it answers with one page of it.

        The function takes ``page`` and ``size`` (PageNumber, PageSize) so that the document shows them; the cutting is done here.
        """
        page = msgspec.defstruct(
            f"PageOf{of.__name__}",
            [("items", list[of]), ("total", int), ("page", int), ("size", int)],
            frozen=True,
        )
        return self._register(
            path,
            action,
            page,
            ("GET",),
            200,
            keep,
            lambda given, value: answer(paged(value, given["page"], given["size"])),
        )

    def files(self, path: str, action: str, media: Sequence[str]) -> Decorator:
        """Register an endpoint that answers with a file of one of these media types."""
        described = {
            200: {
                "description": "a file",
                "content": {one: {} if "json" in one else {"schema": {"type": "string"}} for one in media},
            },
            "4XX": REFUSED,
        }
        return self.answers(path, action, responses=described, response_model=None, response_class=Response)

    def _register(
        self,
        path: str,
        action: str,
        of: Any,
        methods: tuple[str, ...],
        status: int,
        keep: bool,
        say: Callable[[dict[str, Any], Any], Response],
    ) -> Decorator:
        name = of.__name__
        self.types[name] = of

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def answering(**given: Any) -> Response:
                ask: Ask = given["ask"]
                if keep and ask.request.method == "GET":
                    ask.keep()
                return say(given, function(**given))

            described = {
                status: {
                    "description": (of.__doc__ or name).split("\n")[0],
                    "content": _content("application/json", name),
                },
                "4XX": REFUSED,
            }
            self.answers(
                path,
                action,
                methods=methods,
                responses=described,
                response_model=None,
                response_class=Response,
                status_code=status,
            )(answering)
            return function

        return register


def paged(items: Sequence[Any], page: int, size: int) -> dict[str, Any]:
    """One page of a list, with how many there are."""
    return {"items": items[(page - 1) * size : page * size], "total": len(items), "page": page, "size": size}


def tag(value: Any) -> str:
    """The ETag a value is answered with."""
    return _tag(msgspec.json.encode(value))


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def answer(value: Any, status: int = 200) -> Response:
    """A value as JSON, with its ETag."""
    content = msgspec.json.encode(value)
    headers = {"ETag": _tag(content), "Cache-Control": "private, no-cache", "Vary": VARY}
    return Response(content, status, headers, media_type="application/json")


def _shortly(components: dict[str, Any]) -> dict[str, Any]:
    """Types of one name in several rooms, told by their whole names, under the last room and the name: ``ExchangeProblem``."""
    written = msgspec.json.encode(components).decode()
    for long in (name for name in components if "." in name):
        room, name = long.split(".")[-2:]
        short = room.title().replace("_", "") + name
        written = written.replace(f'/{long}"', f'/{short}"').replace(f'"{long}":', f'"{short}":')
    shortened: dict[str, Any] = msgspec.json.decode(written)
    return shortened


def describe(app: FastAPI, doors: Sequence[Endpoints]) -> None:
    """Put the types of all answers into the application's OpenAPI document."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            types = {"ProblemDetails": ProblemDetails} | {name: of for door in doors for name, of in door.types.items()}
            told, components = msgspec.json.schema_components(
                types.values(), ref_template="#/components/schemas/{name}"
            )
            # An answer names its own type by the short name, whatever else is called so.
            components |= {name: of for name, of in zip(types, told, strict=True) if name not in components}
            components = _shortly(components)
            parts = document.setdefault("components", {})
            parts.setdefault("schemas", {}).update(components)
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            document["security"] = [{"token": []}, {}]
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
