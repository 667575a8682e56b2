"""Each role at each route: let in or refused as the table of permissions says. A route without an action fails here."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from serving import ROLES, Server
from starlette.routing import BaseRoute

from open1540.interfaces.api.doors import DOORS
from open1540.interfaces.http.settings import Settings
from open1540.interfaces.serve import application
from open1540.interfaces.web.desks import DESKS
from open1540.workflows.permissions import table

# What the framework adds: files that are the same for everybody, and the document of the API.
OPEN_TO_ALL = {"/static", "/api/v1/openapi.json"}
SAMPLES = {"form": "csv", "code": "FRA", "state": "FRA", "number": "1", "field": "OP2.CW.use.legal"}
ROUTES = [
    (method, route.path, route.action)
    for door in (*DESKS, *DOORS)
    for route in door.routes
    for method in sorted(route.methods)
]


def test_every_route_names_its_action(server: Server) -> None:
    unnamed = [path for path, action in _actions(server.app.routes) if action not in table().actions]
    assert set(unnamed) <= OPEN_TO_ALL


def _actions(routes: list[BaseRoute]) -> Iterator[tuple[str, str | None]]:
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from _actions(inner.routes)
        else:
            yield route.path, getattr(route, "action", None)


@pytest.mark.parametrize("role", [*ROLES, "visitor"])
@pytest.mark.parametrize(("method", "path", "action"), ROUTES)
def test_a_role_is_let_in_or_refused(server: Server, role: str, method: str, path: str, action: str) -> None:
    asked = re.sub(r"{(\w+)(?::\w+)?}", lambda part: SAMPLES.get(part[1], "1"), path)
    program = server.visitor()
    headers = {} if role == "visitor" else server.token(role)
    with program.stream(method, asked, headers=headers) as answer:
        text = answer.read().decode("utf-8", "replace") if answer.status_code in (401, 403) else ""
    admitted = role in table().actions[action].roles
    refused_at_the_door = answer.status_code == 401 or _refuses(text, action)
    if role == "visitor" and admitted and method != "GET":
        # Let in, but without the secret of a form.
        assert answer.status_code in (403, 422)
        return
    assert refused_at_the_door != admitted, answer.status_code
    assert admitted or answer.status_code == (401 if role == "visitor" else 403)


def _refuses(text: str, action: str) -> bool:
    return f'"where":"{action}"' in text or f'<dd class="col-sm-9">{action}</dd>' in text


def test_a_server_for_members_shows_a_visitor_the_way_in_only(server: Server) -> None:
    visitor = TestClient(application(Settings(database_url=server.database_url, members_only=True)))
    assert visitor.get("/").status_code == 401
    assert visitor.get("/api/v1/states").status_code == 401
    assert visitor.get("/sign-in").status_code == 200
