"""The facts, the map, the calendar and the log by API: the same answers as on the pages."""

import pytest
from serving import Server

PATHS = (
    "/instruments",
    "/instruments/CWC/statuses",
    "/resolutions",
    "/obligations",
    "/topics",
    "/actors",
    "/templates",
    "/templates/legacy_2005_2016/fields",
    "/crosswalk",
    "/themes",
    "/pathways",
    "/sources",
    "/calendar",
)


@pytest.mark.parametrize("path", PATHS)
def test_lists_come_a_page_at_a_time_with_an_etag(server: Server, path: str) -> None:
    program = server.visitor()
    first = program.get(f"/api/v1{path}?size=2")
    assert first.status_code == 200
    assert len(first.json()["items"]) == 2 <= first.json()["total"]
    second = program.get(f"/api/v1{path}?size=2&page=2").json()
    assert second["items"] != first.json()["items"]
    again = program.get(f"/api/v1{path}?size=2", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("/reference/actors.json?words=专家小组", "/actors?words=专家小组"),
        ("/reference/topics.json?words=transit", "/topics?words=transit"),
        ("/reference/sources.json?kind=official", "/sources?kind=official"),
        ("/reference/instruments/NPT.json?shade=none", "/instruments/NPT/statuses?shade=none"),
        ("/reference/crosswalk.json?relation=dropped", "/crosswalk?relation=dropped"),
    ],
)
def test_page_and_api_find_the_same(server: Server, page: str, path: str) -> None:
    program = server.visitor()
    assert len(program.get(page).json()) == program.get(f"/api/v1{path}").json()["total"] > 0


def test_the_map_is_the_pages(server: Server) -> None:
    program = server.visitor()
    told = program.get("/api/v1/map?show=CWC&on=2026-11-25").json()
    rows = program.get("/map.json?show=CWC&on=2026-11-25").json()
    assert [one["state"] for one in told["states"]] == [row["state"] for row in rows]


def test_a_thing_is_given_by_its_id_and_not_found_by_another(server: Server) -> None:
    program = server.visitor()
    assert program.get("/api/v1/actors/UN.SC.1540GOE").json()["names"]["zh"][0] == "1540委员会专家组"
    assert program.get("/api/v1/topics/proliferation-financing").json()["topic"]["id"] == "proliferation-financing"
    for path in (
        "/actors/none",
        "/topics/none",
        "/instruments/none/statuses",
        "/templates/none/fields",
        "/map?show=none",
    ):
        answer = program.get(f"/api/v1{path}")
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["remedy"]


def test_the_log_is_given_to_its_roles_and_verified(server: Server) -> None:
    program = server.visitor()
    assert program.get("/api/v1/audit").status_code == 401
    assert program.get("/api/v1/audit", headers=server.token("reader")).status_code == 403
    headers = server.token("administrator")
    found = program.get("/api/v1/audit?size=3&action=account+made", headers=headers).json()
    assert len(found["items"]) == 3 < found["total"]
    assert program.get("/api/v1/audit/verdict", headers=headers).json()["intact"]
    assert not program.get(f"/api/v1/audit/verdict?noted={'0' * 64}", headers=headers).json()["intact"]
