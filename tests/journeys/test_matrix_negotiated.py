"""From a law to a published matrix and on: the expert drafts, the State comments and agrees, the Committee publishes.

On SQLite and on PostgreSQL, through the command line. The law is invented.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from desk import Desk

LAW = Path(__file__).resolve().parents[2] / "examples" / "laws" / "invented.en.txt"
FINANCE = "OP2.CW.finance.legal"
BROKERING = "OP3cd.CW.brokering.legal"
STATE, OTHER = "contact:CHE", "contact:FRA"


@pytest.fixture
def desk(store_url: str, tmp_path: Path) -> Desk:
    return Desk(store_url, tmp_path)


def entry(desk: Desk, field: str, *words: str) -> Any:
    return next(e for e in desk.asks("matrix", "show", "CHE", *words)["entries"] if e["field"] == field)


def drafted(desk: Desk) -> None:
    """The explicit proposals of the law accepted."""
    desk.asks("matrix", "propose", str(LAW), "--state", "CHE")
    desk.asks("matrix", "judge", "accepted", "--strength", "explicit", "--reason", "compared with the Gazette")


def test_the_expert_drafts_from_a_law_and_judges_one_by_one_and_in_bulk(desk: Desk) -> None:
    proposed = desk.asks("matrix", "propose", str(LAW), "--state", "CHE")
    by_field = {one["field"]: one for one in proposed["entries"]}
    finance = by_field[FINANCE]
    assert (finance["article"], finance["strength"], finance["grade"]) == ("s. 3(2)", "explicit", "cites law")
    law = LAW.read_text(encoding="utf-8")
    assert law[finance["start"] : finance["end"]] == finance["text"]
    assert "finance an activity prohibited" in finance["text"]
    # Nothing is recorded before a person has judged.
    assert desk.asks("matrix", "versions", "CHE")["versions"] == []
    assert entry(desk, FINANCE)["code"] == ""

    one = desk.asks("matrix", "judge", "accepted", finance["id"], "--reason", "read section 3(2)")
    assert (one["proposals"], one["versions"][0]["number"]) == ([finance["id"]], 1)
    recorded = entry(desk, FINANCE)
    assert (recorded["code"], recorded["basis"], recorded["sources"]) == ("X", "law", [proposed["document"]])
    assert recorded["evidence"][0]["text"] == finance["text"]
    assert "s. 3(2)" in recorded["citations"][0]

    assert "no reason" in desk.is_refused("matrix", "judge", "accepted", "--field", "OP3cd.*")["found"]
    bulk = desk.asks("matrix", "judge", "accepted", "--field", "OP3cd.*", "--reason", "read part III")
    assert len(bulk["proposals"]) > 5
    assert finance["id"] not in bulk["proposals"]
    awaiting = desk.asks("matrix", "proposals", "--awaiting")["entries"]
    assert not {one["id"] for one in awaiting} & {*bulk["proposals"], finance["id"]}

    # Undone by a new judgement: the evidence goes, both judgements stay.
    desk.asks("matrix", "judge", "rejected", finance["id"], "--reason", "repealed in 2024")
    assert (entry(desk, FINANCE)["code"], entry(desk, FINANCE)["evidence"]) == ("", [])
    judged = next(p for p in desk.asks("matrix", "proposals", "--field", FINANCE)["entries"])
    assert (judged["judgement"]["verdict"], judged["judgement"]["reason"]) == ("rejected", "repealed in 2024")
    assert entry(desk, FINANCE, "--version", "1")["code"] == "X"
    gone = desk.asks("matrix", "diff", "CHE", "v2", "v3")["differences"]
    assert [(one["field"], one["code"]) for one in gone] == [(FINANCE, ["X", ""])]
    assert desk.asks("audit", "verify")["intact"]


def test_from_proposal_to_publication_export_change_and_difference(desk: Desk) -> None:
    drafted(desk)
    desk.asks("matrix", "note", "CHE", BROKERING, "ask whether brokering abroad is covered")
    # A draft is the experts' own.
    assert desk.asks("matrix", "versions", "CHE", "--as", STATE)["versions"] == []
    assert desk.is_refused("matrix", "step", "CHE", "agree", "--as", STATE)["error"] == "NotAllowed"
    assert desk.is_refused("matrix", "comment", "CHE", FINANCE, "too early", "--as", STATE)["error"] == "NotAllowed"
    assert desk.asks("matrix", "step", "CHE", "send", "--reason", "for comment")["step"] == "with the State"

    # The State sees the entries with their law, comments field by field, and never sees a note.
    assert entry(desk, FINANCE, "--as", STATE)["citations"]
    desk.asks("matrix", "comment", "CHE", FINANCE, "Article 7 replaces section 3(2).", "--as", STATE)
    assert [c["kind"] for c in desk.asks("matrix", "comments", "CHE", "--as", STATE)["comments"]] == ["comment"]
    assert {c["kind"] for c in desk.asks("matrix", "comments", "CHE")["comments"]} == {"comment", "note"}
    assert "brokering abroad" not in desk.reads("matrix", "show", "CHE", "--as", STATE)
    assert "brokering abroad" in desk.reads("matrix", "show", "CHE")
    assert desk.is_refused("matrix", "show", "CHE", "--as", OTHER)["error"] == "NotAllowed"

    # The experts answer with a new draft; the State withholds one entry and agrees to what stands.
    desk.asks(
        "matrix", "set", "CHE", FINANCE, "X", "--citation", "Invented Act 9, art. 7", "--reason", "the State says so"
    )
    assert desk.is_refused("matrix", "step", "CHE", "agree", "--version", "1", "--as", STATE)["error"] == "NotAllowed"
    desk.asks("matrix", "step", "CHE", "send")
    withheld = desk.asks("matrix", "consent", "CHE", BROKERING, "no", "--as", STATE)
    assert (withheld["number"], withheld["step"]) == (3, "with the State")
    assert desk.asks("matrix", "step", "CHE", "agree", "--as", STATE)["number"] == 3

    # The Committee, and nobody else, approves and publishes; it is not shown what the State withholds.
    assert "the Committee" in desk.is_refused("matrix", "step", "CHE", "approve")["expected"]
    assert entry(desk, BROKERING, "--as", "committee")["code"] == ""
    desk.asks("matrix", "step", "CHE", "approve", "--as", "committee")
    assert entry(desk, FINANCE, "--as", "reader")["code"] == ""
    desk.asks("matrix", "step", "CHE", "publish", "--as", "committee")
    assert entry(desk, FINANCE, "--as", "reader")["citations"][0] == "Invented Act 9, art. 7"
    assert entry(desk, BROKERING, "--as", "reader")["code"] == ""
    assert entry(desk, BROKERING)["code"] == "X"
    shown = desk.asks("matrix", "show", "CHE", "--as", "reader")
    assert shown["header"]["approved"] == dt.date.today().isoformat()

    # Out as a file, one cell changed, back as the next draft; what is published stays.
    path = desk.folder / "che.xlsx"
    desk.asks("matrix", "export", "CHE", "--out", str(path))
    book = openpyxl.load_workbook(path)
    label = "transport"
    row = next(row for row in book["II"].iter_rows(min_row=5) if str(row[1].value).startswith(label))
    row[3].value, row[5].value = "?", "CW: Invented Bill 12"
    book.save(path)
    changed = desk.asks("matrix", "import", str(path))
    assert (changed["compared_with"], changed["made"]["number"], changed["made"]["step"]) == (3, 4, "draft")
    found = desk.asks("matrix", "diff", "CHE", "v3", "v4")["differences"]
    assert [(one["code"], one["citations_added"]) for one in found] == [(["", "?"], ["Invented Bill 12"])]
    steps = {row["number"]: row["step"] for row in desk.asks("matrix", "versions", "CHE")["versions"]}
    assert steps == {1: "with the State", 2: "with the State", 3: "published", 4: "draft"}
    assert desk.asks("matrix", "versions", "CHE", "--as", "reader")["versions"][0]["number"] == 3

    # The same file once more changes nothing; changed again, it is of a version that was followed by another.
    assert desk.asks("matrix", "import", str(path))["made"] is None
    row[5].value = "CW: Invented Bill 13"
    book.save(path)
    error = desk.is_refused("matrix", "import", str(path))
    assert error["error"] == "Conflict"
    assert "version 4 of CHE" in error["found"]
    assert desk.asks("audit", "verify")["intact"]


def test_the_point_of_contact_sees_comments_agrees_and_drafts_report_and_plan(desk: Desk) -> None:
    drafted(desk)
    # Before anything was sent there is section I from the facts, and nothing of the draft.
    assert entry(desk, "OP1.cwc", "--as", STATE)["code"] == "X"
    assert entry(desk, FINANCE, "--as", STATE)["code"] == ""
    desk.asks("matrix", "step", "CHE", "send")
    assert entry(desk, FINANCE, "--as", STATE)["code"] == "X"

    # Experts' commands are refused, with who may.
    for words in (
        ("propose", str(LAW), "--state", "CHE"),
        ("judge", "accepted", "--state", "CHE", "--again", "--reason", "ours"),
        ("set", "CHE", FINANCE, "NA", "--reason", "ours"),
        ("note", "CHE", FINANCE, "ours"),
        ("refresh", "CHE"),
        ("step", "CHE", "publish"),
    ):
        error = desk.is_refused("matrix", *words, "--as", STATE)
        assert error["error"] == "NotAllowed"
        assert "--as" in error["remedy"]
    assert desk.is_refused("matrix", "comment", "CHE", FINANCE, " ", "--as", STATE)["found"] == "an empty text"
    unknown = desk.is_refused("matrix", "comment", "CHE", "OP2.CW.financing.legal", "which?", "--as", STATE)
    assert "OP2.CW.financing.legal" in unknown["found"]

    # A file for the ministries in the State's language; the report and the plan speak of the same record.
    page = desk.folder / "che.docx"
    desk.asks("matrix", "export", "CHE", "--lang", "fr", "--out", str(page), "--as", STATE)
    assert desk.asks("matrix", "import", str(page), "--dry-run")["differences"] == []
    report = desk.asks("report", "CHE", "--lang", "fr", "--as", STATE)
    cited = {one["evidence"]["citation"] for one in report["report"]["citations"]}
    assert any("Strategic Goods (Control) Act 2021" in citation for citation in cited)
    plan = desk.asks("plan", "CHE", "--lang", "fr", "--start", "2027-01-01", "--years", "2", "--as", STATE)
    open_fields = {field for line in plan["plan"]["lines"] for field in line["fields"]}
    assert FINANCE not in open_fields
    assert "OP2.BW.finance.legal" in open_fields

    desk.asks("matrix", "step", "CHE", "agree", "--as", STATE)
    # Consent can still be withdrawn; that is a new draft, and nobody else is shown the entry from then on.
    assert desk.asks("matrix", "consent", "CHE", FINANCE, "no", "--as", STATE)["step"] == "draft"
    assert entry(desk, FINANCE, "--as", "committee")["code"] == ""


def test_section_one_follows_the_facts_by_a_persons_judgement(desk: Desk) -> None:
    assert desk.asks("matrix", "refresh", "CHE", "--accept", "--reason", "first")["states"][0]["made"]["number"] == 1
    assert desk.asks("matrix", "refresh", "CHE")["states"][0]["differences"] == []
    desk.asks("matrix", "set", "CHE", "OP1.cwc", "?", "--reason", "a notice of withdrawal is said to be on its way")
    told = desk.asks("matrix", "refresh", "CHE")["states"][0]
    assert (told["held"], told["made"]) == (["OP1.cwc"], None)
    assert desk.asks("matrix", "refresh", "CHE", "--accept", "--reason", "all but mine")["states"][0]["made"] is None
    named = desk.asks("matrix", "refresh", "CHE", "--accept", "--field", "OP1.cwc", "--reason", "it was a rumour")
    assert named["states"][0]["made"]["number"] == 3
    assert entry(desk, "OP1.cwc")["code"] == "X"
    earlier = desk.is_refused("matrix", "refresh", "CHE", "--on", "2010-01-01", "--accept", "--reason", "back then")
    assert "2010-01-01" in earlier["found"]
    assert desk.asks("matrix", "versions", "CHE")["versions"][0]["number"] == 3
