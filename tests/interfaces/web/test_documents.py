"""Documents as a browser meets them: given, found, read, judged, shown only to whom they are for."""

import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from serving import Server, form_secret

from open1540.documents import read
from open1540.documents.placing import NOWHERE, left_out, placed
from open1540.interfaces.web.pages.documents.marks import Mark, pieces
from open1540.workflows import claims, library
from open1540.workflows.database import opened

LETTERS = Path(__file__).resolve().parents[3] / "examples" / "letters"
LAW = next((Path(__file__).resolve().parents[3] / "examples" / "laws").glob("*.txt"))
PATIENCE = 60


def keep(server: Server, path: Path, shown_to: str = "members", extra: bytes = b"") -> str:
    """A document kept as by the command line; ``extra`` makes another file of it."""
    data = path.read_bytes() + extra
    with opened(server.database_url) as store:
        return store.save_reading(data, read(data, path.name), by="test", shown_to=shown_to).document_id


@pytest.fixture(scope="module")
def letter(server: Server) -> str:
    return keep(server, LETTERS / "invented.en.txt", "everyone")


@pytest.fixture(scope="module")
def arabic(server: Server) -> str:
    return keep(server, LETTERS / "invented.ar.txt", "everyone")


def send(browser: TestClient, page: str, path: str, data: dict[str, object], **options: object) -> object:
    return browser.post(path, data={"csrf": form_secret(browser.get(page).text), **data}, **options)


def test_fifty_files_in_one_go_show_their_progress_until_each_is_kept_or_refused(server: Server) -> None:
    browser = server.signed_in("expert")
    text = (LETTERS / "invented.fr.txt").read_bytes()
    files = [("files", (f"lettre {number}.txt", text + b"\n" * number)) for number in range(49)]
    answer = send(
        browser,
        "/documents/upload",
        "/documents/upload",
        {},
        files=[*files, ("files", ("old.doc", b"\xd0\xcf\x11\xe0"))],
    )
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"]).text
    assert 'max="50"' in page and "hx-trigger" in page
    end = time.monotonic() + PATIENCE
    while "hx-trigger" in page and time.monotonic() < end:
        time.sleep(0.2)
        page = browser.get(answer.headers["location"]).text
    assert page.count("✓ kept") == 49
    assert "open it in an office program and save it as DOCX or PDF" in page
    assert 'value="50"' in page


def test_a_form_without_a_file_says_what_is_missing(server: Server) -> None:
    answer = send(server.signed_in("expert"), "/documents/upload", "/documents/upload", {})
    assert answer.status_code == 422
    assert "found: no file" in answer.text or "no file" in answer.text


def test_a_point_of_contact_gives_to_the_own_state_first(server: Server) -> None:
    page = server.signed_in("contact").get("/documents/upload").text
    assert re.search(r'name="shown_to"><option value="FRA">', page)
    assert 'value="DEU">Germany and the experts' not in page


def test_the_library_shows_each_person_what_is_for_them_and_no_more(server: Server, letter: str) -> None:
    own = keep(server, LETTERS / "invented.es.txt", "FRA")
    members = keep(server, LETTERS / "invented.ru.txt", "members")
    seen = {
        role: {one for one in (letter, own, members) if f"/documents/{one}" in browser.get("/documents").text}
        for role, browser in [
            ("visitor", server.visitor()),
            *((r, server.signed_in(r)) for r in ("reader", "committee", "contact", "expert")),
        ]
    }
    assert seen == {
        "visitor": {letter},
        "reader": {letter},
        "committee": {letter, members},
        "contact": {letter, own, members},
        "expert": {letter, own, members},
    }
    visitor = server.visitor()
    for path in ("", "/original", "/claims", "/briefing.html", f"/beside/{letter}"):
        assert visitor.get(f"/documents/{own}{path}").status_code == 404, path
    found = visitor.get("/documents?words=se debe poner fin").text
    assert own not in found and "No document you are shown holds these words" in found
    assert own in server.signed_in("expert").get("/documents?words=se debe poner fin").text


def test_facets_narrow_and_exports_hold_what_the_filters_show(server: Server, letter: str, arabic: str) -> None:
    browser = server.visitor()
    page = browser.get("/documents?language=ar").text
    assert arabic in page and f"/documents/{letter}" not in page
    rows = browser.get("/documents.json?language=ar").json()
    assert [row["id"] for row in rows] == [arabic]
    assert browser.get("/documents.metadata.json?language=ar").json()["filters"] == {"language": "ar"}
    assert browser.get("/documents.csv").content.startswith(b"\xef\xbb\xbf")


def test_a_search_in_one_language_finds_the_others_and_tells_the_topic(
    server: Server, letter: str, arabic: str
) -> None:
    page = server.visitor().get("/documents?words=proliferation financing").text
    assert f"/documents/{letter}?at=" in page and f"/documents/{arabic}?at=" in page
    assert "<mark>financing of such transfers</mark>" in page
    assert "Topic: proliferation financing" in page


def test_the_reader_shows_the_words_with_what_was_found_in_their_own_direction(server: Server, arabic: str) -> None:
    page = server.visitor().get(f"/documents/{arabic}").text
    assert '<html lang="en" dir="ltr">' in page
    assert 'lang="ar" dir="rtl"' in page
    for kind in ("statement", "claim", "reference", "actor", "date"):
        assert re.search(rf'class="m [^"]*m-{kind}\b', page), kind
    assert "data-claim" in page and 'name="decision"' not in page


def test_a_reference_leads_to_the_document_kept_under_its_symbol(server: Server) -> None:
    symbol = b"Letter dated 5 March 2025 from Kenya addressed to the President\n\nS/2025/9998\n\nWe refer to document S/2025/9998.\n"
    with opened(server.database_url) as store:
        citing = store.save_reading(symbol, read(symbol, "citing.txt"), by="test", shown_to="everyone").document_id
    kept = library.kept_under(["S/2025/9998"], database_url=server.database_url, who=server.person("expert"))
    assert f'href="/documents/{kept["S/2025/9998"]}"' in server.signed_in("expert").get(f"/documents/{citing}").text


def test_a_long_document_is_paged_and_a_paragraph_is_found_by_its_number(server: Server) -> None:
    lines = "\n\n".join(f"{number}. The Committee notes paragraph {number} of the report." for number in range(1, 301))
    data = f"Report of the Committee\n\n{lines}\n".encode()
    with opened(server.database_url) as store:
        long = store.save_reading(data, read(data, "long.txt"), by="test", shown_to="everyone").document_id
    browser = server.visitor()
    first = browser.get(f"/documents/{long}").text
    assert "paragraph 3 of the report" in first and "paragraph 200 of the report" not in first
    assert "Page 1 of 6" in first
    there = browser.get(f"/documents/{long}?at=200").headers["location"]
    assert re.fullmatch(rf"/documents/{long}\?page=4#p\d+", there)
    assert "paragraph 200 of the report" in browser.get(there.split("#")[0]).text
    assert browser.get(f"/documents/{long}?at=ninth").status_code == 404
    assert browser.get(f"/documents/{long}?page=99").status_code == 200


def test_language_versions_stand_side_by_side(server: Server, letter: str, arabic: str) -> None:
    assert f"/documents/{letter}/beside/{arabic}" in server.visitor().get(f"/documents/{letter}").text
    page = server.visitor().get(f"/documents/{letter}/beside/{arabic}").text
    pair = re.search(
        r"<tr><td lang=\"en\" dir=\"ltr\">.*?Permanent Representative.*?</td><td lang=\"ar\" dir=\"rtl\">(.*?)</td>",
        page,
        re.S,
    )
    assert pair and "سويسرا" in pair[1]


def test_the_original_is_given_byte_for_byte_and_never_shown_by_the_browser(server: Server) -> None:
    data = (
        b"<html><body><h1>Letter</h1><script>alert(1)</script><p>We support resolution 1540 (2004).</p></body></html>"
    )
    with opened(server.database_url) as store:
        page = store.save_reading(data, read(data, 'évil "name".html'), by="test", shown_to="everyone").document_id
    answer = server.visitor().get(f"/documents/{page}/original")
    assert answer.content == data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"_vil _name_.html\"; filename*=UTF-8''%C3%A9vil%20%22name%22.html"
    )
    assert "<script>alert" not in server.visitor().get(f"/documents/{page}").text


def test_the_briefing_comes_in_the_language_of_the_page(server: Server, letter: str) -> None:
    browser = server.visitor()
    page = browser.get(f"/documents/{letter}/briefing.html?lang=fr")
    assert "Propositions, demandes" in page.text or 'lang="fr"' in page.text
    assert browser.get(f"/documents/{letter}/briefing.pdf").content.startswith(b"%PDF-")
    assert browser.get(f"/documents/{letter}/briefing.docx").status_code == 404


def test_what_an_expert_accepts_is_evidence_and_what_is_taken_back_is_not(server: Server) -> None:
    document = keep(server, LETTERS / "invented.en.txt", "everyone", b"\n\n")
    browser, who = server.signed_in("expert"), server.person("expert")
    claim = library.claims(document, database_url=server.database_url, who=who)[0]
    path = f"/documents/{document}/claims/{claim.id}"
    accepted = send(browser, path, path, {"decision": "accepted", "reason": "it says so", "made_from": "0"})
    assert accepted.status_code == 303
    assert accepted.headers["location"] == f"/documents/{document}?page=1#claim-{claim.id}"
    assert evidence(server, claim.claim.state or "", claim.id)
    late = send(browser, path, path, {"decision": "rejected", "reason": "no", "made_from": "0"})
    assert late.status_code == 409
    assert "judged meanwhile by expert: accepted (it says so)" in late.text
    seen = str(len(claim.claim.fields))
    assert f'name="made_from" value="{seen}"' in late.text
    back = send(browser, path, path, {"decision": "taken back", "reason": "a mistake", "made_from": seen})
    assert back.status_code == 303
    assert not evidence(server, claim.claim.state or "", claim.id)
    history = library.claim(claim.id, database_url=server.database_url, who=who)[1]
    assert [one.verdict for one in history.judgements[:: len(claim.claim.fields)]] == ["accepted", "unsure"]


def evidence(server: Server, state: str, claim: str) -> bool:
    with opened(server.database_url) as store:
        version = store.version(state)
    held = (item for entry in (version.entries if version else ()) for item in entry.evidence)
    return any((item.proposal or "").startswith(claim) for item in held)


def test_a_correction_stands_beside_what_was_proposed(server: Server) -> None:
    document = keep(server, LETTERS / "invented.en.txt", "everyone", b"\n\n\n")
    browser, who = server.signed_in("expert"), server.person("expert")
    before = library.claims(document, database_url=server.database_url, who=who)[0]
    path = f"/documents/{document}/claims/{before.id}"
    data = {
        "decision": "corrected",
        "reason": "it is about finance",
        "made_from": "0",
        "state": "Kenya",
        "fields": ["OP2.CW.finance.legal"],
        "grade": "planned",
    }
    assert send(browser, path, path, data).status_code == 303
    found = library.claims(document, database_url=server.database_url, who=who)
    old = next(one for one in found if one.id == before.id)
    made = next(one for one in found if one.claim.proposed_by == "person:expert")
    assert old.claim == before.claim and {one.verdict for one in old.judgements} == {"corrected"}
    assert '"KEN"' in (old.judgements[0].correction or "")
    assert (made.claim.state, made.claim.fields, made.claim.grade) == ("KEN", ("OP2.CW.finance.legal",), "planned")
    assert (made.claim.start, made.claim.text) == (before.claim.start, before.claim.text)
    assert made.latest("OP2.CW.finance.legal").verdict == "accepted"
    assert evidence(server, "KEN", made.id)
    wrong = send(browser, path, path, data | {"state": "Atlantis", "made_from": str(old.judged)})
    assert wrong.status_code == 404
    assert "Atlantis" in wrong.text


def test_only_who_may_judge_judges_and_a_reason_is_asked(server: Server, letter: str) -> None:
    who = server.person("expert")
    claim = library.claims(letter, database_url=server.database_url, who=who)[1]
    path = f"/documents/{letter}/claims/{claim.id}"
    data = {"decision": "accepted", "reason": "yes", "made_from": "0"}
    for role in ("reader", "contact", "committee", "provider", "administrator"):
        browser = server.signed_in(role)
        secret = form_secret(browser.get("/account").text)
        assert browser.post(path, data=data | {"csrf": secret}).status_code == 403, role
    browser = server.signed_in("expert")
    assert send(browser, path, path, data | {"reason": " "}).status_code == 422
    assert send(browser, path, path, data | {"decision": "doubted"}).status_code == 422
    assert library.claim(claim.id, database_url=server.database_url, who=who)[1].judged == 0


def test_a_state_opens_its_own_document_and_nobody_else_does(server: Server) -> None:
    own = keep(server, LETTERS / "invented.zh.txt", "FRA")
    assert server.visitor().get(f"/documents/{own}").status_code == 404
    administrator = server.signed_in("administrator")
    path = f"/documents/{own}"
    secret = form_secret(administrator.get("/account").text)
    refused = administrator.post(f"{path}/shown", data={"csrf": secret, "shown_to": "everyone"})
    assert refused.status_code == 403
    contact = server.signed_in("contact")
    assert send(contact, path, f"{path}/shown", {"shown_to": "everyone"}).status_code == 303
    assert server.visitor().get(path).status_code == 200
    again = contact.post(f"{path}/shown", data={"csrf": form_secret(contact.get("/account").text), "shown_to": "FRA"})
    assert again.status_code == 403


def test_claims_of_a_law_are_a_table_with_each_field(server: Server) -> None:
    law = keep(server, LAW, "everyone")
    rows = server.visitor().get(f"/documents/{law}/claims.json").json()
    found = library.claims(law, database_url=server.database_url, who=server.person("expert"))
    assert len(rows) == sum(len(one.claim.fields) for one in found) > 0
    assert {row["verdict"] for row in rows} == {None}


@pytest.mark.parametrize("path", [*sorted(LETTERS.glob("*.txt")), LAW], ids=lambda path: path.name)
def test_every_letter_of_a_paragraph_is_found_in_the_raw_text(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    skipped = left_out(reading)
    for paragraph in reading.paragraphs:
        places = placed(reading.text, paragraph, skipped)
        assert places is not None
        known = [(at, letter) for at, letter in zip(places, paragraph.text, strict=True) if at != NOWHERE]
        assert all(reading.text[at] == letter or letter.isspace() for at, letter in known)
        assert [at for at, _ in known] == sorted(at for at, _ in known)
    for statement in reading.statements:
        paragraph = reading.paragraphs[statement.paragraph]
        places = placed(reading.text, paragraph, skipped) or []
        marked = [
            one.text
            for one in pieces(paragraph.text, places, [Mark("statement", statement.start, statement.end)])
            if one.classes
        ]
        assert "".join(marked).strip() == statement.text.strip()


def test_marks_that_overlap_are_cut_where_either_begins_or_ends() -> None:
    cut = list(pieces("abcdef", range(10, 16), [Mark("statement", 10, 14), Mark("actor", 12, 16, "who")]))
    assert [(one.text, one.classes) for one in cut] == [
        ("ab", "m-statement m-statement-first"),
        ("cd", "m-statement m-statement-last m-actor m-actor-first"),
        ("ef", "m-actor m-actor-last"),
    ]


def test_decisions_of_the_form_are_those_of_the_workflow(server: Server, letter: str) -> None:
    who = server.person("expert")
    claim = library.claims(letter, database_url=server.database_url, who=who)[2]
    page = server.signed_in("expert").get(f"/documents/{letter}/claims/{claim.id}").text
    offered = set(
        re.findall(r'(?:name="decision" value|<option value)="(accepted|rejected|unsure|corrected|taken back)"', page)
    )
    assert offered == set(claims.DECISIONS)
