"""The API's documentation as a page to read, made from its OpenAPI document: every endpoint with an example and who may use it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import Response
from fastapi.routing import APIRoute

from open1540.interfaces.api.doors import DOORS
from open1540.interfaces.api.endpoints import PREFIX
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.web.desk import Desk
from open1540.workflows.permissions import table

desk = Desk("api", "API", f"{PREFIX}/docs", in_menu=False)
# What stands in an example for a part of an address or a value that must be given.
SAMPLES = {
    "activity": "ACT-2026-1",
    "actor": "UN.SC.1540GOE",
    "after": 2,
    "before": 1,
    "claim": "3166c60da934956e",
    "code": "FRA",
    "document": "7ce7e00dabc5f239",
    "events": ["version.published"],
    "field": "OP2.CW.finance.legal",
    "form": "json",
    "instrument": "CWC",
    "letter": "acknowledgement",
    "listed": "offers",
    "number": 1,
    "offer": "OFF-2026-1",
    "paper": "docx",
    "reason": "Article 12 names the offence",
    "request": "FRA-2026-1",
    "state": "FRA",
    "table": "recorded-by-theme",
    "template": "legacy_2005_2016",
    "topic": "proliferation-financing",
    "url": "https://example.org/hook",
    "words": "transit",
}
# A search without words finds nothing, though no framework knows that they are needed.
ALSO_NEEDED = {f"{PREFIX}/search": ("words",)}
_PART = re.compile(r"{(\w+)}")
_MOST_DEEP = 3


class Field(msgspec.Struct, frozen=True):
    """A parameter of an endpoint, or a field of a type."""

    name: str
    kind: str
    needed: bool
    default: str
    meaning: str
    refers_to: str | None = None


class Endpoint(msgspec.Struct, frozen=True):
    """One endpoint as the page shows it; ``roles`` are empty where everybody may use it."""

    id: str
    method: str
    path: str
    meaning: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: str | None
    example: str
    roles: tuple[str, ...]


class Kind(msgspec.Struct, frozen=True):
    """A type of the answers."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


@desk.page(f"{PREFIX}/docs", "read")
def documentation(ask: Asking) -> Response:
    """Every endpoint and every type."""
    document = ask.request.app.openapi()
    address = ask.settings.address or str(ask.request.base_url).rstrip("/")
    return desk.show(
        ask,
        "documentation.html",
        title=ask.t("The API"),
        address=address,
        groups=_groups(ask, document, address),
        kinds=list(_kinds(document)),
        document=f"{PREFIX}/openapi.json",
    )


def _groups(ask: Ask, document: Mapping[str, Any], address: str) -> dict[str, list[Endpoint]]:
    routes = [route for door in DOORS for route in door.routes if isinstance(route, APIRoute)]
    actions = {(method, route.path): getattr(route, "action", "") for route in routes for method in route.methods or ()}
    found: dict[str, list[Endpoint]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            action = actions.get((method.upper(), path))
            if action:
                one = _endpoint(document, method.upper(), path, told, address, _roles(ask, action))
                found.setdefault(told["tags"][0], []).append(one)
    return found


def _roles(ask: Ask, action: str) -> tuple[str, ...]:
    known = table()
    allowed = known.actions[action].roles
    return () if set(known.roles) <= set(allowed) else tuple(ask.t(known.roles[role].title) for role in allowed)


def _endpoint(
    document: Mapping[str, Any], method: str, path: str, told: Mapping[str, Any], address: str, roles: tuple[str, ...]
) -> Endpoint:
    parameters = tuple(
        _field(one["name"], one["schema"], one.get("required", False)) for one in told.get("parameters", ())
    )
    media, schema = _body(document, told)
    answers: Mapping[str, Any] = next(
        (answer for code, answer in told["responses"].items() if code.startswith("2")), {}
    )
    answer: Mapping[str, Any] = next((content.get("schema", {}) for content in answers.get("content", {}).values()), {})
    return Endpoint(
        told["operationId"],
        method,
        path,
        _first_line(told),
        parameters,
        tuple(_fields(schema)),
        _referred(answer),
        _example(document, method, path, told, address, media, schema),
        roles,
    )


def _body(document: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    for media, content in told.get("requestBody", {}).get("content", {}).items():
        return media, _resolved(document, content.get("schema", {}))
    return "", {}


def _example(
    document: Mapping[str, Any],
    method: str,
    path: str,
    told: Mapping[str, Any],
    address: str,
    media: str,
    schema: Mapping[str, Any],
) -> str:
    at = _PART.sub(lambda part: quote(str(SAMPLES.get(part[1], part[1].upper()))), path)
    needed = [one["name"] for one in told.get("parameters", ()) if one["in"] == "query" and one.get("required")]
    needed += ALSO_NEEDED.get(path, ())
    query = "&".join(f"{name}={quote(str(SAMPLES.get(name, name.upper())))}" for name in needed)
    lines = [f"curl -H 'Authorization: Bearer TOKEN' '{address}{at}{'?' + query if query else ''}'"]
    if method != "GET":
        lines.append(f"-X {method}")
    wanted = set(schema.get("required", ()))
    given = {
        name: _sample(document, name, value) for name, value in schema.get("properties", {}).items() if name in wanted
    }
    if media == "application/json":
        lines.append(f"--json '{json.dumps(given)}'")
    elif media:
        lines += [f"-F '{name}={'@FILE' if isinstance(value, bytes) else value}'" for name, value in given.items()]
    return " \\\n  ".join(lines)


def _sample(document: Mapping[str, Any], name: str, schema: Mapping[str, Any], deep: int = 0) -> Any:
    """A value a field could have."""
    told = _resolved(document, schema)
    if name in SAMPLES:
        return SAMPLES[name]
    if "enum" in told:
        return told["enum"][0]
    if "default" in told:
        return told["default"]
    if "anyOf" in told and deep < _MOST_DEEP:
        return _sample(document, name, told["anyOf"][0], deep + 1)
    if told.get("type") == "array" and deep < _MOST_DEEP:
        return [_sample(document, name, told.get("items", {}), deep + 1)]
    if told.get("format") == "binary" or "contentMediaType" in told:
        return b""
    samples: dict[str, Any] = {"integer": 1, "number": 1.0, "boolean": True, "object": {}}
    return samples.get(told.get("type", ""), name.upper())


def _kinds(document: Mapping[str, Any]) -> Iterator[Kind]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        if "properties" in schema and not name.startswith(("Body_", "HTTP", "ValidationError")):
            yield Kind(name, _first_line(schema), tuple(_fields(schema)))


def _fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    needed = set(schema.get("required", ()))
    for name, told in schema.get("properties", {}).items():
        yield _field(name, told, name in needed)


def _field(name: str, schema: Mapping[str, Any], needed: bool) -> Field:
    default = schema.get("default")
    return Field(
        name,
        _words(schema),
        needed,
        "" if default in (None, "") else json.dumps(default),
        _first_line(schema),
        _referred(schema),
    )


def _first_line(described: Mapping[str, Any]) -> str:
    """What something means, in one line, without the marks of a docstring."""
    return str(described.get("description", "")).split("\n")[0].replace("``", "")


def _words(schema: Mapping[str, Any]) -> str:
    """A type in short words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(_words(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(json.dumps(one) for one in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array" and isinstance(schema.get("items"), dict):
        return f"[{_words(schema['items'])}]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{string: {_words(schema['additionalProperties'])}}}"
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _referred(schema: Mapping[str, Any]) -> str | None:
    """The first type a schema speaks of."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    below = [*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")]
    found = (_referred(one) for one in below if isinstance(one, dict))
    return next((one for one in found if one), None)


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema["$ref"]).rsplit("/", 1)[-1] if "$ref" in schema else None
    found: Mapping[str, Any] = document["components"]["schemas"][name] if name else schema
    return found
