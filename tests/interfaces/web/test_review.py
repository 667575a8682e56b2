"""The review in a browser: asked for, read, ordered by other weights, downloaded."""

import json
import zipfile
from io import BytesIO

import pytest
from serving import Server

DAYS = "on=2026-11-01&against=2021-04-25"


def test_a_visitor_sees_a_review_of_what_the_facts_tell(server: Server) -> None:
    page = server.visitor().get(f"/review?{DAYS}")
    assert page.status_code == 200
    assert "193 States as of 1 November 2026; 0 have a matrix on record here" in page.text
    assert "/review/tables/recorded-by-field" in page.text


def test_every_table_the_index_leads_to_can_be_read_and_exported(server: Server) -> None:
    browser = server.visitor()
    listed = browser.get(f"/review?{DAYS}").text.split('href="/review/tables/')[1:]
    tables = [link.split("?")[0] for link in listed]
    assert len(tables) > 20
    for table in tables:
        assert browser.get(f"/review/tables/{table}?{DAYS}").status_code == 200, table
        rows = browser.get(f"/review/tables/{table}.json?{DAYS}").json()
        told = browser.get(f"/review/tables/{table}.metadata.json?{DAYS}").json()
        assert told["rows"] == len(rows), table
        assert told["filters"] == {"on": "2026-11-01", "against": "2021-04-25"}


def test_a_chart_and_a_map_are_drawn_without_scripts(server: Server) -> None:
    for path in ("charts/recorded-by-section.svg", "maps/BWC.svg"):
        drawing = server.visitor().get(f"/review/{path}?{DAYS}")
        assert drawing.headers["content-type"] == "image/svg+xml"
        assert "script-src" not in drawing.headers["content-security-policy"]
        assert drawing.text.startswith("<svg") and "<script" not in drawing.text


def test_other_weights_give_another_order_and_their_address_keeps_them(server: Server) -> None:
    browser = server.visitor()
    equal = browser.get(f"/review/priorities?{DAYS}").text
    zero = "&".join(
        f"weight-{name}=0" for name in ("unclear", "not-enforced", "no-progress", "weak-evidence", "pathways")
    )
    asked_for = browser.get(f"/review/priorities?{DAYS}&{zero}&weight-unknown=0&weight-asked-for=5").text
    assert equal != asked_for
    assert 'name="weight-asked-for" value="5.0"' in asked_for


@pytest.mark.parametrize(
    "query", ["weight-unknown=-1", "weight-unknown=much", "on=2026-13-01", "region=Atlantis", "map=XYZ"]
)
def test_a_review_that_means_nothing_is_refused_with_the_way_on(server: Server, query: str) -> None:
    page = server.visitor().get(f"/review?{query}")
    assert page.status_code in (404, 422)
    assert "What to do" in page.text


def test_everything_can_be_taken_away_as_one_archive(server: Server) -> None:
    answer = server.visitor().get(f"/review/files/review.zip?{DAYS}")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {file["path"] for file in manifest["files"]} == set(archive.namelist()) - {"manifest.json"}
    assert server.visitor().get(f"/review/files/review.pdf?{DAYS}").content.startswith(b"%PDF")
    assert server.visitor().get(f"/review/files/other.exe?{DAYS}").status_code == 404


def test_a_region_is_put_together_and_handed_over(server: Server) -> None:
    browser = server.signed_in("contact")
    page = browser.get("/review/region?region=Western+Africa&on=2026-11-01")
    assert page.status_code == 200 and "Fields unknown in all States" in page.text
    pack = browser.get("/review/region/pack.docx?region=Western+Africa&on=2026-11-01")
    assert pack.content.startswith(b"PK")
    assert browser.get("/review/region").status_code == 200
