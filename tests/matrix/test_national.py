"""What a State's record gives for its report and plan. Every entry here is invented."""

import datetime as dt

import msgspec
import pytest

from open1540 import reference
from open1540.matrix import national
from open1540.matrix.section_one import section_one
from open1540.reference.check_national import check_national
from open1540.reference.national import suggestions
from open1540.vocabulary import Entry, Evidence

TEMPLATE = reference.template("legacy_2005_2016")
LAW = Evidence("Invented Act 2011, s. 4", "law", "invented-law", "2011-05-01", gives="X")


def entry(field: str, code: str = "X", *evidence: Evidence, **more: object) -> Entry:
    cited = tuple(item.citation for item in evidence)
    basis = evidence[0].basis if evidence else "none"
    return Entry("FRA", field, code, citations=cited, evidence=evidence, basis=basis, **more)  # type: ignore[arg-type]


def lines(*entries: Entry, **more: object) -> tuple[national.PlanLine, ...]:
    return national.plan(national.parts("FRA", entries, TEMPLATE), **more)  # type: ignore[arg-type]


def test_every_field_beside_section_one_stands_in_one_part_and_once() -> None:
    for template in reference.templates():
        told = [e.field for p in national.parts("FRA", (), template) for m in p.measures for e in m.entries]
        assert sorted(told) == sorted(field.field for field in template.fields if field.section != "I")


def test_parts_follow_the_paragraphs_of_the_resolution() -> None:
    parts = national.parts("FRA", (), TEMPLATE)
    order = [national.ORDER.index(part.obligation) for part in parts]
    assert order == sorted(order)
    placed = {measure.row: part.obligation for part in parts for measure in part.measures}
    assert placed["OP2.finance"] == "OP2"
    assert placed["OP3ab.physical-protection"] == "OP3(b)"
    assert placed["OP3cd.brokering"] == "OP3(c)"
    assert placed["OP3cd.transit"] == "OP3(d)"
    assert placed["OP3cd.control-lists"] == "OP6"
    assert placed["OP678.industry-information"] == "OP8(d)"


def test_law_and_penalties_of_one_measure_stand_side_by_side() -> None:
    recorded = entry("OP2.CW.use.legal", "X", LAW)
    part = next(p for p in national.parts("FRA", (recorded,), TEMPLATE) if p.theme == "prohibitions")
    measure = next(m for m in part.measures if (m.row, m.weapon) == ("OP2.use", "CW"))
    assert measure.legal == recorded
    assert measure.enforcement == Entry("FRA", "OP2.CW.use.enforcement")
    assert not measure.blank


def test_a_blank_record_gives_a_line_for_every_row_and_says_nothing_exists() -> None:
    found = lines()
    rows = {field.row_id for field in TEMPLATE.fields if field.section != "I"}
    assert {line.row for line in found} == rows
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    assert not any(line.existing or line.doubts or line.since for line in found)


def test_a_row_recorded_for_all_classes_needs_no_line_and_one_not_applicable_neither() -> None:
    cells = [f.field for f in TEMPLATE.fields if f.row_id == "OP2.use"]
    found = lines(*(entry(cell, "NA" if ".NW." in cell else "X") for cell in cells))
    assert "OP2.use" not in {line.row for line in found}


def test_a_line_names_what_is_open_and_what_exists() -> None:
    found = lines(entry("OP2.CW.use.legal", "X", LAW))
    line = next(line for line in found if line.row == "OP2.use")
    assert "OP2.CW.use.legal" not in line.fields
    assert "OP2.CW.use.enforcement" in line.fields
    assert line.existing == (LAW,)
    assert line.kind == "establish"


def test_only_what_is_unclear_everywhere_is_to_be_clarified_and_sooner() -> None:
    cells = [f.field for f in TEMPLATE.fields if f.row_id == "OP2.use"]
    found = lines(*(entry(cell, "?") for cell in cells), start=dt.date(2027, 8, 31), years=3)
    line = next(line for line in found if line.row == "OP2.use")
    assert (line.kind, line.doubts) == ("clarify", ("incomplete",))
    assert line.until == dt.date(2028, 2, 29)
    blank = next(line for line in found if line.row == "OP2.finance")
    assert blank.until is not None
    assert line.until < blank.until


def test_no_interval_outlasts_the_plan() -> None:
    found = lines(start=dt.date(2027, 1, 1), years=1)
    assert max(line.until for line in found if line.until) == dt.date(2028, 1, 1)


@pytest.mark.parametrize(
    ("unclear", "why"),
    [
        (entry("OP2.CW.use.legal", "?", LAW, disputed=True), "sources disagree"),
        (entry("OP2.CW.use.legal", "?", Evidence("A bill", "law", "x", grade="planned")), "planned"),
        (entry("OP2.CW.use.legal", "?", Evidence("A letter", "self-declaration", "x")), "self-declared"),
        (entry("OP2.CW.use.legal", "?", Evidence("s. 2", "law", "x", strength="implied")), "implied"),
        (entry("OP2.CW.use.legal", "?"), "incomplete"),
    ],
)
def test_an_unclear_entry_says_why(unclear: Entry, why: str) -> None:
    assert national.doubts(unclear)[0] == why


def test_a_recorded_entry_raises_no_doubt() -> None:
    assert national.doubts(entry("OP2.CW.use.legal", "X", Evidence("A letter", "self-declaration", "x"))) == ()


def test_only_the_state_s_own_statement_is_told_in_its_voice() -> None:
    letter = Evidence("A letter", "self-declaration", "x")
    assert national.stated_by_the_state(entry("OP2.CW.use.legal", "?", letter))
    assert not national.stated_by_the_state(entry("OP2.CW.use.legal", "?", letter, consented=False))
    assert not national.stated_by_the_state(entry("OP2.CW.use.legal", "X", LAW))


def test_what_section_one_writes_is_read_back_for_every_state() -> None:
    for state in ("FRA", "MYS", "CHE", "EGY", "ISR", "PRT"):
        for one in section_one(state, dt.date(2026, 11, 1), TEMPLATE):
            for item in one.evidence:
                said = national.consent(item.citation)
                assert said is not None
                title = reference.instrument(said.instrument).title
                assert item.citation == f"{title}: {said.words}" + (f", {said.since}" if said.since else "")


def test_a_citation_somebody_worded_is_left_alone() -> None:
    assert national.consent("Invented Act 2011, s. 4") is None


def test_a_signature_without_consent_is_known_as_one() -> None:
    title = reference.instrument("CTBT").title
    item = Evidence(f"{title}: signed without consent to be bound on record, 1996-09-24", "official record", "x")
    assert national.doubts(entry("OP1.ctbt", "?", item)) == ("signed only",)


def test_treaties_are_planned_for_and_regimes_are_not() -> None:
    part = national.instruments("FRA", (), TEMPLATE)
    rows = {line.row for line in national.plan([part])}
    assert "OP1.cwc" in rows
    assert "OP1.other-arrangements" not in rows


def test_evidence_cited_twice_has_one_number() -> None:
    parts = national.parts("FRA", (entry("OP2.CW.use.legal", "X", LAW), entry("OP2.BW.use.legal", "X", LAW)), TEMPLATE)
    assert [(c.number, c.evidence) for c in national.citations(parts)] == [(1, LAW)]


def test_requests_on_record_stand_by_the_lines_they_speak_of() -> None:
    asked = next(request for request in reference.assistance_requests() if request.topics)
    found = national.plan(national.parts("FRA", (), TEMPLATE), requested=(asked,))
    for line in found:
        about = set(reference.theme(line.theme).topics)
        assert bool(line.requested) == bool(about & set(asked.topics))


def test_suggestions_and_questions_are_whole() -> None:
    assert list(check_national()) == []


def test_a_broken_suggestion_is_named() -> None:
    said = suggestions()
    one = msgspec.structs.replace(said.themes[0], steps=("fly",), offers=("Nobody",))
    broken = msgspec.structs.replace(said, themes=(one, *said.themes[2:]))
    told = "\n".join(check_national(broken))
    assert "the theme prohibitions is missing" in told
    assert "step 'fly' is unknown" in told
    assert "provider 'Nobody' is not on record" in told
