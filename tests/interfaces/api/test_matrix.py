"""The API of States and matrices: the same answers and the same limits as the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from negotiated import FINANCE, NOTE, USE, copied, drafted
from serving import Server

API = "/api/v1"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drafted(tmp_path_factory.mktemp("record"))


@pytest.fixture
def server(record: Path, tmp_path: Path) -> Iterator[Server]:
    with copied(record, tmp_path) as running:
        yield running


class Program:
    """A program that asks in the name of a role."""

    def __init__(self, server: Server, role: str | None = None) -> None:
        self.browser = server.visitor()
        self.headers = server.token(role) if role else {}

    def get(self, path: str, status: int = 200, **query: object):
        answer = self.browser.get(API + path, params=query, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, status: int = 200, **body: object):
        answer = self.browser.post(API + path, json=body, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json()


def test_states_are_filtered_as_on_the_page(server: Server) -> None:
    anyone = Program(server)
    assert [one["state"]["iso3"] for one in anyone.get("/states", q="suiza")["items"]] == ["CHE"]
    assert anyone.get("/states", region="Western Europe", size=2)["total"] > 2
    instruments = anyone.get("/states/FRA/instruments", on="1994-01-01", size=500)["items"]
    assert next(one for one in instruments if one["instrument"] == "CWC")["value"] == "signatory"


def test_a_matrix_is_given_by_version_day_and_section_as_the_role_is_shown_it(server: Server) -> None:
    expert, anyone = Program(server, "expert"), Program(server)
    shown = expert.get("/matrices/FRA", section="II")
    assert shown["version"]["number"] == 2
    finance = next(one for one in shown["entries"] if one["field"] == FINANCE)
    assert finance["entry"]["citations"][0] == "Invented Act 9, art. 7"
    assert {one["kind"] for one in finance["comments"]} == {"comment", "note"}
    assert NOTE not in str(Program(server, "contact").get("/matrices/FRA"))
    assert anyone.get("/matrices/FRA")["version"] is None
    hidden, absent = (anyone.get("/matrices/FRA", status=404, version=number) for number in (2, 99))
    assert hidden["expected"] == absent["expected"], "that there is a draft is not told"
    assert expert.get("/matrices/FRA", on="2005-01-01")["version"] is None
    assert expert.get("/matrices/FRA", status=404, section="VII")["found"] == "section 'VII'"
    assert anyone.get("/matrices/DEU", section="I")["entries"]


def test_versions_differences_and_one_field(server: Server) -> None:
    expert = Program(server, "expert")
    assert [row["number"] for row in expert.get("/matrices/FRA/versions")["versions"]] == [2, 1]
    assert [one["field"] for one in expert.get("/matrices/FRA/diff", before=1, after=2)["differences"]] == [FINANCE]
    field = expert.get(f"/matrices/FRA/fields/{FINANCE}")
    assert [past["version"]["number"] for past in field["history"]] == [2, 1]
    assert next(iter(field["judgements"].values()))[0]["reason"] == "compared with the Gazette"
    assert not Program(server).get(f"/matrices/FRA/fields/{FINANCE}")["judgements"]


def test_proposals_are_judged_in_bulk_with_optimistic_locking(server: Server) -> None:
    expert = Program(server, "expert")
    awaiting = expert.get("/proposals", state="FRA", awaiting=True, field="OP2.CW.*.enforcement")["items"]
    ids = [one["id"] for one in awaiting]
    body = {"ids": ids, "verdict": "accepted", "reason": "read section 3(3)"}
    stale = expert.post("/matrices/FRA/judgements", status=409, **body, made_from=1)
    assert "version 2 of FRA" in stale["found"]
    judged = expert.post("/matrices/FRA/judgements", **body, made_from=2)
    assert judged["versions"][0]["number"] == 3
    assert len(judged["proposals"]) == len(ids)
    assert not expert.get("/proposals", state="FRA", awaiting=True, field="OP2.CW.*.enforcement")["items"]
    assert expert.post("/matrices/FRA/judgements", status=422, **body | {"reason": " "})["found"] == "no reason"
    assert expert.post("/matrices/DEU/judgements", status=404, **body)["title"] == "UnknownCode"
    for role in ("contact", "committee", "reader"):
        Program(server, role).post("/matrices/FRA/judgements", status=403, **body)


def test_the_record_is_negotiated_step_by_step(server: Server) -> None:
    expert, contact, committee = (Program(server, role) for role in ("expert", "contact", "committee"))
    assert contact.post("/matrices/FRA/comments", field=USE, text="See the decree.")["kind"] == "comment"
    contact.post("/matrices/FRA/notes", status=403, field=USE, text="not ours")
    expert.post("/matrices/FRA/notes", field=USE, text="ask for it")
    contact.post("/matrices/DEU/comments", status=403, field=USE, text="not ours")
    made = contact.post("/matrices/FRA/consents", field=USE, agreed=False, made_from=2)
    assert (made["number"], made["step"]) == (3, "with the State")
    expert.post("/matrices/FRA/steps/agree", status=403, reason="for them")
    contact.post("/matrices/FRA/steps/agree", status=422, reason=" ")
    assert contact.post("/matrices/FRA/steps/agree", reason="we agree")["step"] == "agreed"
    committee.post("/matrices/FRA/steps/approve", reason="approved in meeting")
    assert committee.post("/matrices/FRA/steps/publish", reason="approved in meeting")["step"] == "published"
    published = {one["field"]: one["entry"] for one in Program(server).get("/matrices/FRA")["entries"]}
    assert published[FINANCE]["code"] == "X"
    assert "code" not in published[USE]
    given = {"field": USE, "entry": "?", "reason": "the decree is not in force"}
    assert expert.post("/matrices/FRA/entries", **given, made_from=3)["number"] == 4
    assert expert.post("/matrices/FRA/entries", status=409, **given | {"entry": ""}, made_from=3)["title"] == "Conflict"


def test_a_matrix_goes_out_as_a_file_and_comes_back(server: Server) -> None:
    expert = Program(server, "expert")
    out = expert.browser.get(f"{API}/matrices/FRA/file.xlsx", headers=expert.headers)
    assert out.headers["content-disposition"].endswith('"FRA-v2.xlsx"')
    files = {"file": ("FRA.xlsx", out.content)}
    told = expert.browser.post(f"{API}/matrices/FRA/import", files=files, headers=expert.headers)
    assert told.json()["differences"] == []
    assert expert.browser.get(f"{API}/matrices/FRA/file.odt", headers=expert.headers).status_code == 404


def test_section_one_is_offered_and_taken_over(server: Server) -> None:
    expert = Program(server, "expert")
    assert expert.get("/matrices/DEU/section-one")["version"] is None
    assert expert.post("/matrices/DEU/section-one", reason="the facts")["made"]["number"] == 1


def test_work_is_told_to_whoever_has_some(server: Server) -> None:
    assert [one["verb"] for one in Program(server, "contact").get("/work")["steps"]] == ["agree"]
    Program(server).get("/work", status=401)
