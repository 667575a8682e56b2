"""Whole invented documents of every kind, in six languages and several encodings, read as a lawyer would."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from open1540.documents import Reading, read

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "documents.yaml").read_text("utf-8"))


def cases_with(part: str) -> Any:
    return pytest.mark.parametrize(
        "case", [case for case in CASES if part in case], ids=lambda case: f"{case['id']}-{part}"
    )


def reading_of(case: dict[str, Any]) -> Reading:
    return read(case["text"].encode(case.get("encoding", "utf-8")), f"{case['id']}.txt")


@cases_with("kind")
def test_head_is_the_document_s_own(case: dict[str, Any]) -> None:
    head = reading_of(case).document
    assert (head.language, head.kind) == (case["language"], case["kind"])
    assert head.symbol == case.get("symbol")
    assert "date" not in case or head.date == case["date"]
    for party in ("sender", "recipient"):
        assert party not in case or getattr(head, party).actor == case[party]


@cases_with("numbers")
def test_paragraphs_bear_their_full_numbers(case: dict[str, Any]) -> None:
    paragraphs = reading_of(case).paragraphs
    assert [p.number for p in paragraphs if p.number and p.annex is None] == case["numbers"]


@cases_with("references")
def test_references_have_normal_form_and_pinpoint(case: dict[str, Any]) -> None:
    cited = [one for one in reading_of(case).references if one.type in ("resolution", "document")]
    assert [f"{one.symbol} {one.pinpoint or ''}".strip() for one in cited] == case["references"]
    assert "notes" not in case or sum(1 for one in cited if one.note) == case["notes"]


@cases_with("statements")
def test_statements_are_of_the_kind_a_lawyer_gives_them(case: dict[str, Any]) -> None:
    statements = reading_of(case).statements
    for wanted in case["statements"]:
        assert {one.kind for one in statements if wanted["has"] in one.text} == {wanted["kind"]}, wanted["has"]


@cases_with("annexes")
def test_each_annex_has_its_place_and_speaker(case: dict[str, Any]) -> None:
    annexes = reading_of(case).annexes
    assert [{"number": a.number, "parent": a.parent, "speaker": a.speaker} for a in annexes] == case["annexes"]


@cases_with("dates")
def test_dates_play_their_parts(case: dict[str, Any]) -> None:
    assert set(case["dates"]) <= {f"{one.value} {one.role}" for one in reading_of(case).dates}


@cases_with("footnotes")
def test_notes_end_with_their_page(case: dict[str, Any]) -> None:
    assert len(reading_of(case).footnotes) == case["footnotes"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_place_points_at_its_words(case: dict[str, Any]) -> None:
    reading = reading_of(case)
    for one in (*reading.references, *reading.dates, *(m for a in reading.actors for m in a.mentions)):
        assert reading.text[one.start : one.end].split() == one.surface.split()
