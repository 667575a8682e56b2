"""Documents, search and judgements through the API: the same answers as the pages, and judgements from a state seen."""

import time
from pathlib import Path

import pytest
from serving import Server

from open1540.documents import read
from open1540.workflows.database import opened

LETTERS = Path(__file__).resolve().parents[3] / "examples" / "letters"
API = "/api/v1"
PATIENCE = 60


@pytest.fixture(scope="module")
def letter(server: Server) -> str:
    data = (LETTERS / "invented.en.txt").read_bytes()
    with opened(server.database_url) as store:
        return store.save_reading(data, read(data, "invented.en.txt"), by="test", shown_to="everyone").document_id


@pytest.fixture(scope="module")
def own(server: Server) -> str:
    """A document that belongs to France."""
    data = (LETTERS / "invented.fr.txt").read_bytes()
    with opened(server.database_url) as store:
        return store.save_reading(data, read(data, "invented.fr.txt"), by="test", shown_to="FRA").document_id


def test_the_list_is_what_the_asker_is_shown_under_the_filters_of_the_page(
    server: Server, letter: str, own: str
) -> None:
    visitor = server.visitor()
    assert letter in {row["id"] for row in visitor.get(f"{API}/documents").json()["items"]}
    assert visitor.get(f"{API}/documents?language=fr").json()["items"] == []
    asked = visitor.get(f"{API}/documents?language=fr", headers=server.token("contact"))
    assert [row["id"] for row in asked.json()["items"]] == [own]
    for path in (own, f"{own}/raw", f"{own}/claims"):
        hidden = visitor.get(f"{API}/documents/{path}")
        assert hidden.status_code == 404
        assert hidden.headers["content-type"] == "application/problem+json"


def test_a_document_is_given_as_it_was_read_and_byte_for_byte(server: Server, letter: str) -> None:
    visitor = server.visitor()
    answer = visitor.get(f"{API}/documents/{letter}").json()
    assert answer["head"]["symbol"] == answer["document"]["symbol"] == "S/2025/9998"
    assert {one["symbol"] for one in answer["references"]} >= {"S/RES/1540(2004)", "S/RES/2663(2022)"}
    raw = visitor.get(f"{API}/documents/{letter}/raw")
    assert raw.content == (LETTERS / "invented.en.txt").read_bytes()
    assert raw.headers["content-disposition"].startswith("attachment")


def test_search_finds_in_six_languages_what_the_asker_is_shown(server: Server, letter: str, own: str) -> None:
    visitor = server.visitor()
    found = visitor.get(f"{API}/search", params={"words": "financement de la prolifération"}).json()
    assert found["topics"] == ["proliferation-financing"]
    assert {hit["document"]["id"] for hit in found["items"]} == {letter}
    more = visitor.get(
        f"{API}/search", params={"words": "financement de la prolifération"}, headers=server.token("contact")
    ).json()
    assert {hit["document"]["id"] for hit in more["items"]} == {letter, own}
    assert visitor.get(f"{API}/search").status_code == 422


def test_files_are_given_and_their_reading_is_followed(server: Server) -> None:
    program, headers = server.visitor(), server.token("contact")
    data = (LETTERS / "invented.ru.txt").read_bytes()
    given = program.post(
        f"{API}/documents", files=[("files", ("письмо.txt", data)), ("files", ("empty.txt", b""))], headers=headers
    )
    assert given.status_code == 202
    batch = given.json()
    assert [one["shown_to"] for one in batch["uploads"]] == ["FRA", "FRA"]
    end = time.monotonic() + PATIENCE
    while not batch["finished"] and time.monotonic() < end:
        time.sleep(0.2)
        batch = program.get(f"{API}/uploads/{batch['id']}", headers=headers).json()
    assert [one["status"] for one in batch["uploads"]] == ["kept", "refused"]
    assert set(batch["uploads"][1]["told"]) >= {"found", "expected", "where", "remedy"}
    kept = batch["uploads"][0]["document_id"]
    assert program.get(f"{API}/documents/{kept}", headers=headers).json()["document"]["name"] == "письмо.txt"
    assert program.get(f"{API}/uploads/{batch['id']}", headers=server.token("committee")).status_code == 404
    assert program.post(f"{API}/documents", headers=headers).status_code == 422
    assert (
        program.post(f"{API}/documents", files=[("files", ("a.txt", data))], headers=server.token("reader")).status_code
        == 403
    )


def test_a_judgement_is_made_from_the_state_that_was_read(server: Server, letter: str) -> None:
    program, headers = server.visitor(), server.token("expert")
    first, second, *_ = program.get(f"{API}/documents/{letter}/claims").json()["items"]
    path = f"{API}/claims/{first['id']}/judgements"
    seen = program.get(path, headers=headers)
    assert seen.json()["judged"] == 0
    asked = {"decision": "unsure", "reason": "the act is not named"}
    assert program.post(path, json=asked, headers=headers).status_code == 422
    made = program.post(path, json=asked, headers=headers | {"If-Match": seen.headers["etag"]})
    assert made.status_code == 201
    assert {one["verdict"] for one in made.json()["judgements"]} == {"unsure"}
    again = program.post(path, json=asked, headers=headers | {"If-Match": seen.headers["etag"]})
    assert again.status_code == 409
    late = program.post(path, json=asked | {"made_from": 0}, headers=headers)
    assert late.status_code == 409
    assert late.headers["content-type"] == "application/problem+json"
    assert "judged meanwhile by expert" in late.json()["found"]
    now = made.json()["judged"]
    assert (
        program.post(path, json=asked | {"decision": "rejected", "made_from": now}, headers=headers).status_code == 201
    )
    other = f"{API}/claims/{second['id']}/judgements"
    assert program.post(other, json=asked | {"made_from": 0}, headers=server.token("contact")).status_code == 403
    assert program.post(other, json=asked | {"made_from": 0, "why": 1}, headers=headers).status_code == 422
    wrong = {"state": "FRA", "fields": ["OP2.none"], "grade": "planned"}
    unknown = program.post(
        other, json=asked | {"decision": "corrected", "made_from": 0, "correction": wrong}, headers=headers
    )
    assert unknown.status_code == 404
    assert program.get(other).json()["judged"] == 0
