"""The desk of States: found, read, compared; matrices with their evidence and history, negotiated field by field."""

import datetime as dt
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from negotiated import FINANCE, NOTE, USE, copied, drafted, post
from serving import Server, form_secret

from open1540 import reference
from open1540.interfaces.language import LANGUAGES, Translator
from open1540.interfaces.web.pages.states.words import Words
from open1540.reference.status import records
from open1540.workflows import matrix, matrix_changes, matrix_proposals, matrix_steps

MATRIX = "/states/FRA/matrix"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drafted(tmp_path_factory.mktemp("record"))


@pytest.fixture
def server(record: Path, tmp_path: Path) -> Iterator[Server]:
    with copied(record, tmp_path) as running:
        yield running


def rows(server: Server) -> list[int]:
    shown, _ = matrix.versions("FRA", database_url=server.database_url, who=server.person("expert"))
    return [row.number for row in shown]


def entry(server: Server, field: str, role: str = "expert"):
    shown = matrix.show("FRA", database_url=server.database_url, who=server.person(role), section=field)
    return next(one.entry for one in shown.entries if one.field == field)


class TestReading:
    """What a State's pages show, to whom."""

    @pytest.mark.parametrize(
        ("asked", "code"),
        [("suiza", "CHE"), ("瑞士", "CHE"), ("سويسرا", "CHE"), ("Швейцар", "CHE"), ("swaziland", "SWZ")],
    )
    def test_a_state_is_found_by_a_part_of_any_of_its_names(self, server: Server, asked: str, code: str) -> None:
        found = server.visitor().get("/states.json", params={"q": asked}).json()
        assert [one["code"] for one in found] == [code]

    def test_the_index_lists_every_state_by_name_and_no_other_order(self, server: Server) -> None:
        found = server.visitor().get("/states.json").json()
        assert len(found) == len(reference.states())
        names = [reference.labels.folded(one["state"]) for one in found]
        assert names == sorted(names)
        western = server.visitor().get("/states.json?region=Western+Europe").json()
        assert {one["subregion"] for one in western} == {"Western Europe"}

    def test_a_version_is_listed_for_those_who_are_shown_it(self, server: Server) -> None:
        def versions(role: str) -> int:
            browser = server.visitor() if role == "visitor" else server.signed_in(role)
            return browser.get("/states.json?q=FRA").json()[0]["versions"]

        assert (versions("expert"), versions("contact"), versions("visitor")) == (2, 2, 0)

    def test_the_profile_shows_each_status_with_its_source_as_of_a_day(self, server: Server) -> None:
        by_id = {one["instrument"]: one for one in server.visitor().get("/states/FRA.json?on=1994-01-01").json()}
        assert by_id["CWC"]["status"] == "signed without consent to be bound on record"
        today = {one["instrument"]: one for one in server.visitor().get("/states/FRA.json").json()}
        assert today["CWC"]["status"] == "party"
        assert today["CWC"]["source"] and today["CWC"]["why"] and today["CWC"]["confidence"]
        page = server.visitor().get("/states/FRA").text
        assert "unknown" in page and "République française" not in page

    def test_sources_that_disagree_are_said_to(self, server: Server) -> None:
        disputed = next(one for one in records() if one.status == "sources_disagree")
        page = server.visitor().get(f"/states/{disputed.state}").text
        assert "sources disagree" in page

    def test_a_state_without_a_version_has_section_one_from_the_facts(self, server: Server) -> None:
        page = server.visitor().get("/states/DEU/matrix").text
        assert "No version to show" in page
        rows = {one["field"]: one for one in server.visitor().get("/states/DEU/matrix.json").json()}
        assert rows["OP1.cwc"]["code"] == "X"
        assert rows["OP1.cwc"]["citations"]

    def test_the_grid_says_each_code_in_words_and_marks_what_was_reconstructed(self, server: Server) -> None:
        page = server.signed_in("expert").get(f"{MATRIX}?section=II").text
        cell = re.search(rf'href="{MATRIX}/{FINANCE}[^"]*">(\S*?)<span class="visually-hidden">([^<]*)', page)
        assert cell and cell[1] == "X" and "recorded" in cell[2] and "Chemical weapons" in cell[2]
        assert "reconstructed row" in page
        assert "An entry indicates a fact and not a degree of compliance." in page

    def test_the_evidence_of_a_field_is_a_page_of_its_own_and_stands_beside_the_matrix(self, server: Server) -> None:
        browser = server.signed_in("expert")
        for address in (f"{MATRIX}/{FINANCE}", f"{MATRIX}?field={FINANCE}"):
            page = browser.get(address).text
            assert "No person shall finance an activity prohibited" in page
            assert "compared with the Gazette" in page
            assert re.search(r'href="/documents/\w+\?at=@\d+"', page)
            assert "Invented Act 9, art. 7" in page
        history = browser.get(f"{MATRIX}/{FINANCE}").text.split('class="fieldhistory"')[1]
        assert history.index("?version=2") < history.index("?version=1")

    def test_the_experts_notes_never_reach_the_state_nor_the_committee(self, server: Server) -> None:
        assert NOTE in server.signed_in("expert").get(f"{MATRIX}/{FINANCE}").text
        for role in ("contact", "committee", "reader"):
            browser = server.signed_in(role)
            for address in (f"{MATRIX}/{FINANCE}", f"{MATRIX}?section=II&field={FINANCE}", MATRIX):
                assert NOTE not in browser.get(address).text
        assert "Article 7 replaces" in server.signed_in("contact").get(f"{MATRIX}/{FINANCE}").text

    def test_a_reader_sees_no_draft_and_no_word_of_it(self, server: Server) -> None:
        reader = server.visitor()
        assert "Invented Act 9" not in reader.get(f"{MATRIX}?section=II").text
        assert reader.get(f"{MATRIX}?version=2").status_code == 404
        assert reader.get(f"{MATRIX}/{FINANCE}?version=2").status_code == 404
        assert "Invented Act 9" not in reader.get("/states/FRA/report").text

    def test_a_point_of_contact_reads_other_states_as_published(self, server: Server) -> None:
        url, expert = server.database_url, server.person("expert")
        matrix_changes.set_entry("DEU", FINANCE, "?", database_url=url, who=expert, reason="unclear so far")
        matrix_steps.take_step("DEU", "send", database_url=url, who=expert, reason="for comment")
        contact = server.signed_in("contact")
        assert "No version to show" in contact.get("/states/DEU/matrix").text
        assert contact.get("/states/DEU/matrix?version=1").status_code == 404
        assert 'name="text"' not in contact.get(f"/states/DEU/matrix/{FINANCE}").text

    def test_versions_are_read_by_number_and_by_day(self, server: Server) -> None:
        browser = server.signed_in("expert")
        first = browser.get(f"{MATRIX}?version=1&section=II").text
        assert "an earlier version" in first and "Invented Act 9" not in first
        assert 'data-versions="2,1"' in first
        assert "No version to show" in browser.get(f"{MATRIX}?on=2005-01-01").text
        assert browser.get(f"{MATRIX}?version=9").status_code == 404
        assert browser.get(f"{MATRIX}?version=x").status_code == 422
        assert browser.get(f"{MATRIX}?section=VII").status_code == 422
        assert browser.get(f"{MATRIX}/OP9.none").status_code == 404

    def test_what_changed_between_two_versions_is_told_field_by_field(self, server: Server) -> None:
        found = server.signed_in("contact").get(f"{MATRIX}/diff.json?before=1&after=2").json()
        assert [(one["field"], one["citations_added"]) for one in found] == [(FINANCE, "Invented Act 9, art. 7")]

    def test_blank_fields_come_with_their_themes(self, server: Server) -> None:
        found = server.signed_in("expert").get(f"{MATRIX}/gaps.json?section=II").json()
        assert found and all(one["themes"] for one in found)
        assert FINANCE not in {one["field"] for one in found}
        assert "no finding" in server.visitor().get(f"{MATRIX}/gaps").text

    def test_section_one_speaks_the_readers_language(self, server: Server) -> None:
        page = server.visitor().get("/states/DEU/matrix?lang=fr").text
        assert "partie" in page and ": party" not in page

    def test_two_to_four_states_stand_side_by_side(self, server: Server) -> None:
        visitor = server.visitor()
        page = visitor.get("/states/compare?state=FRA&state=DEU").text
        assert "/states/DEU/matrix/OP1.cwc" in page
        assert "Fields unknown in all States" in page
        assert "Choose two to four States" in visitor.get("/states/compare?state=FRA").text
        five = "&".join(f"state={code}" for code in ("FRA", "DEU", "CHE", "ESP", "ITA"))
        assert visitor.get(f"/states/compare?{five}").status_code == 422
        pack = visitor.get("/states/compare/pack.xlsx?state=FRA&state=DEU")
        assert openpyxl.load_workbook(io.BytesIO(pack.content)).sheetnames

    @pytest.mark.parametrize("kind", ["report", "plan"])
    def test_report_and_plan_are_pages_and_documents(self, server: Server, kind: str) -> None:
        browser = server.signed_in("contact")
        assert "Invented Act 9, art. 7" in browser.get(f"/states/FRA/{kind}").text
        assert browser.get(f"/states/FRA/{kind}.docx").content[:2] == b"PK"
        assert browser.get(f"/states/FRA/{kind}.json").json()["language"] == "en"
        assert browser.get(f"/states/FRA/{kind}.odt").status_code == 404

    def test_a_plan_takes_its_first_day_and_length_from_the_address(self, server: Server) -> None:
        browser = server.visitor()
        assert "1 January 2026" not in browser.get("/states/FRA/plan").text
        assert "1 January 2026" in browser.get("/states/FRA/plan?start=2026-01-01&years=2").text
        assert browser.get("/states/FRA/plan?start=2026-01-01&years=40").status_code == 422

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_why_a_status_is_shown_is_said_in_every_language(self, language: str) -> None:
        words = Words(Translator(language))
        days = (None, "1970-01-01", "1994-01-01", "2003-06-01")
        seen = {
            words.why(one)
            for code in ("FRA", "DEU", "PRK", "SSD", "ISR", "TUR")
            for day in days
            for one in reference.statuses(code, reference.state(code).admitted_on if day is None else _day(day))
        }
        assert len(seen) > 10
        if language != "en":
            assert not {told for told in seen if "says so as of" in told or "on record" in told or "no consent" in told}


def _day(written: str):
    return dt.date.fromisoformat(written)


class TestNegotiating:
    """What is done to a matrix, by whom, and what is refused."""

    def test_state_and_experts_speak_field_by_field(self, server: Server) -> None:
        contact, expert = server.signed_in("contact"), server.signed_in("expert")
        page = f"{MATRIX}/{USE}"
        assert post(contact, page, f"{page}/comments", text="See the new decree.").status_code == 303
        assert "See the new decree." in expert.get(page).text
        assert post(expert, page, f"{page}/notes", text="only for us").status_code == 303
        assert "only for us" not in contact.get(page).text
        refused = post(contact, page, f"{page}/comments", text=" ")
        assert refused.status_code == 422 and "an empty text" in refused.text

    def test_an_entry_is_set_with_its_reason_and_an_x_with_its_citation(self, server: Server) -> None:
        expert, page = server.signed_in("expert"), f"{MATRIX}/{USE}"
        given = {"entry": "X", "citation": "", "reason": "because", "made_from": "2"}
        refused = post(expert, page, f"{page}/entry", **given)
        assert refused.status_code == 422 and "X without a citation" in refused.text and "because" in refused.text
        done = post(expert, page, f"{page}/entry", **given | {"citation": "Invented Decree 4"})
        assert done.status_code == 303
        assert entry(server, USE).citations[0] == "Invented Decree 4"
        assert rows(server)[0] == 3

    def test_a_change_made_from_an_older_state_is_refused_and_shows_the_way(self, server: Server) -> None:
        expert, page = server.signed_in("expert"), f"{MATRIX}/{USE}"
        given = {"entry": "?", "reason": "because", "made_from": "1"}
        refused = post(expert, page, f"{page}/entry", **given)
        assert refused.status_code == 409
        assert f"{MATRIX}/diff?before=1" in refused.text
        assert rows(server)[0] == 2

    def test_what_the_state_withholds_is_marked_for_it_and_hidden_from_others(self, server: Server) -> None:
        url, contact = server.database_url, server.signed_in("contact")
        page = f"{MATRIX}/{USE}"
        assert post(contact, page, f"{page}/consent", agreed="no", made_from="2").status_code == 303
        assert "withheld by the State" in contact.get(f"{MATRIX}?section=II").text
        for verb, role in (("agree", "contact"), ("approve", "committee"), ("publish", "committee")):
            matrix_steps.take_step("FRA", verb, database_url=url, who=server.person(role), reason="agreed")
        assert entry(server, USE, "reader").code == ""
        assert entry(server, FINANCE, "reader").code == "X"
        assert "the State says so" not in server.visitor().get(f"{MATRIX}/{FINANCE}").text

    def test_steps_ask_for_a_reason_and_a_confirmation(self, server: Server) -> None:
        contact, page = server.signed_in("contact"), f"{MATRIX}/steps/agree?version=2"
        address = f"{MATRIX}/steps/agree"
        assert "The State agrees that this version" in contact.get(page).text
        assert post(contact, page, address, version="2", reason="we agree").status_code == 422
        assert post(contact, page, address, version="2", confirmed="yes").status_code == 422
        assert post(contact, page, address, version="2", confirmed="yes", reason="we agree").status_code == 303
        assert "agreed with the State" in contact.get(f"{MATRIX}/versions").text
        assert "No version can take this step now" in contact.get(page).text
        committee = server.signed_in("committee")
        page = f"{MATRIX}/steps/approve?version=2"
        given = {"version": "2", "confirmed": "yes", "reason": "approved in meeting"}
        assert post(committee, page, f"{MATRIX}/steps/approve", **given).status_code == 303
        assert "Publish" in committee.get(f"{MATRIX}/versions").text

    def test_proposals_are_judged_together_and_undone_by_a_later_judgement(self, server: Server) -> None:
        expert, page = server.signed_in("expert"), f"{MATRIX}/proposals"
        awaiting = expert.get(f"{page}.json?field=OP2.CW.*.enforcement").json()
        chosen = [one["id"] for one in awaiting[:3]]
        given = {"verdict": "accepted", "reason": "read section 3(3)", "made_from": "2"}
        nothing = post(expert, page, page, **given)
        assert nothing.status_code == 422 and "no proposal chosen" in nothing.text
        assert post(expert, page, page, chosen=chosen, **given).status_code == 303
        field = awaiting[0]["field"]
        assert entry(server, field).evidence
        assert chosen[0] not in {one["id"] for one in expert.get(f"{page}.json").json()}
        stale = post(expert, page, page, chosen=chosen, **given | {"verdict": "rejected"})
        assert stale.status_code == 409 and f"{MATRIX}/diff?before=2" in stale.text
        undone = post(expert, page, page, chosen=chosen[:1], **given | {"verdict": "rejected", "made_from": "3"})
        assert undone.status_code == 303
        assert not entry(server, field).evidence
        judged = expert.get(f"{page}.json?standing=judged&field={field}").json()
        assert (judged[0]["judgement"], judged[0]["reason"]) == ("rejected", "read section 3(3)")

    def test_section_one_is_refreshed_field_by_field(self, server: Server) -> None:
        expert = server.signed_in("expert")
        page = "/states/DEU/matrix/refresh"
        offered = {one["field"] for one in expert.get(f"{page}.json").json()}
        found = matrix_changes.refresh("DEU", database_url=server.database_url, who=server.person("expert"))
        assert offered == {one.field for one in found.differences}
        matrix_changes.set_entry(
            "DEU", "OP1.cwc", "?", database_url=server.database_url, who=server.person("expert"), reason="to be checked"
        )
        assert "set by a person" in expert.get(page).text
        assert post(expert, page, page, reason="the facts").status_code == 422
        assert post(expert, page, page, reason="the facts", only="OP1.cwc").status_code == 303
        assert expert.get("/states/DEU/matrix.json").json()[0]["field"].startswith("OP1.")

    @pytest.mark.parametrize("form", ["xlsx", "docx", "csv", "json"])
    def test_a_matrix_goes_out_and_comes_back_changed_after_a_preview(self, server: Server, form: str) -> None:
        expert = server.signed_in("expert")
        out = expert.get(f"{MATRIX}/file.{form}")
        assert out.headers["content-disposition"] == f'attachment; filename="FRA-v2.{form}"'
        same = _imported(expert, f"FRA.{form}", out.content)
        assert "The file says what the record says." in same.text
        if form == "json":
            told = json.loads(out.content)
            told["entries"] = [one for one in told["entries"] if one["field"] != USE]
            changed = json.dumps(told).encode()
        elif form == "csv":
            lines = out.content.decode("utf-8-sig").splitlines()
            at = next(n for n, line in enumerate(lines) if f",{USE}," in line)
            lines[at] = lines[at].replace(f",{USE},X,", f",{USE},?,")
            changed = "\n".join(lines).encode()
        else:
            return
        preview = _imported(expert, f"FRA.{form}", changed)
        assert USE in preview.text and rows(server)[0] == 2
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.text.split("confirmed")[1])
        )
        assert expert.post(f"{MATRIX}/import/confirmed", data=hidden | {"compared_with": "1"}).status_code == 409
        assert rows(server)[0] == 2
        assert expert.post(f"{MATRIX}/import/confirmed", data=hidden).status_code == 303
        assert (rows(server)[0], entry(server, USE).code) == (3, "" if form == "json" else "?")

    def test_a_file_that_is_no_matrix_is_refused(self, server: Server) -> None:
        expert = server.signed_in("expert")
        for name, content in (
            ("x.csv", b"a,b\n1,2\n"),
            ("x.json", b"{}"),
            ("x.pdf", b"%PDF-1.4 broken"),
            ("x.csv", b""),
        ):
            answer = _imported(expert, name, content)
            assert answer.status_code == 422 and "This was not done" in answer.text
        assert rows(server)[0] == 2

    def test_a_large_file_is_confirmed_in_parts(self, server: Server) -> None:
        expert = server.signed_in("expert")
        told = expert.get(f"{MATRIX}/file.json").json()
        told["entries"][0]["remarks"] = "long " * 300_000
        preview = _imported(expert, "FRA.json", json.dumps(told).encode())
        part = preview.text.split("import/confirmed")[1]
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part)
        content = [value for name, value in fields if name == "content"]
        assert len(content) > 1
        given = {name: value for name, value in fields if name != "content"} | {"content": content}
        assert expert.post(f"{MATRIX}/import/confirmed", data=given).status_code == 303


def _imported(browser, name: str, content: bytes):
    secret = form_secret(browser.get(f"{MATRIX}/import").text)
    return browser.post(f"{MATRIX}/import", data={"csrf": secret}, files={"file": (name, content)})


def test_pages_are_light(server: Server) -> None:
    browser = server.signed_in("expert")
    for address in ("/states", "/states/FRA", f"{MATRIX}?section=IV", f"{MATRIX}/gaps", "/states/FRA/plan"):
        assert len(gzip.compress(browser.get(address).content)) < 60_000, address


def test_no_proposal_of_another_state_is_judged_here(server: Server) -> None:
    expert = server.signed_in("expert")
    one = matrix_proposals.kept_proposals(
        database_url=server.database_url, who=server.person("expert"), state="FRA", awaiting=True
    )[0]
    page = "/states/DEU/matrix/proposals"
    secret = {"verdict": "accepted", "reason": "no", "chosen": one.id}
    csrf = form_secret(expert.get("/account").text)
    assert expert.post(page, data={"csrf": csrf, **secret}).status_code == 404
