"""Copies that were not made by open1540: other headings, dates in words, rows not recognised, cells not understood."""

import datetime as dt

import pytest

from open1540 import reference
from open1540.documents.tables import Row, Table, Tables
from open1540.matrix.imported import taken_over
from open1540.matrix.sheet import Heading, keys
from open1540.matrix.sheet_reading import SheetRead, read_sheet
from open1540.vocabulary import Entry, Evidence

LEGACY = "legacy_2005_2016"
HEADS = (
    (
        "No.",
        "Measure",
        "National legal framework",
        None,
        None,
        None,
        "Enforcement: civil, criminal and other penalties",
        None,
        None,
        None,
        "Remarks",
    ),
    (None, None, "NW", "CW", "BW", "Source document", "NW", "CW", "BW", "Source document", None),
)


def table(*rows: tuple[str | None, ...], above: tuple[str, ...] = (), number: int = 1) -> Table:
    return Table(number, tuple(Row(at, cells) for at, cells in enumerate(rows, 1)), above=above)


def read(*tables: Table, outside: tuple[str, ...] = (), share: bool = False) -> SheetRead:
    return read_sheet(Tables("a.docx", "docx", tables, outside), template_id=LEGACY, share=share)


def two(
    *cells: tuple[str | None, ...], title: str = "OP 2 - Nuclear Weapons (NW), Chemical (CW), Biological (BW)"
) -> SheetRead:
    return read(table(*HEADS, *cells, above=(title,)), outside=("State: France",))


def row(number: str, label: str, **told: str) -> tuple[str, ...]:
    places = {"nw": 2, "cw": 3, "bw": 4, "source": 5, "penalties": 9, "remarks": 10}
    cells = [number, label, *[""] * 9]
    for name, text in told.items():
        cells[places[name]] = text
    return tuple(cells)


def said(found: SheetRead) -> dict[str, Entry]:
    return {entry.field: entry for entry in found.entries}


def told(found: SheetRead) -> list[tuple[str, str]]:
    return [(p.found, p.expected) for p in found.problems if p.found != "no such row"]


def test_headings_by_paragraph_and_header_lines_beside_the_tables_are_known() -> None:
    found = read(
        table(*HEADS, row("11", "finance", nw="X", source="NW: Invented Act"), above=("OP 2 - NW, CW and BW",)),
        outside=("State: France", "Date of report: 28 October 2004", "Dates of addenda: 1 September 2005"),
    )
    assert found.state == "FRA"
    assert found.heading.dates.reported == dt.date(2004, 10, 28)
    assert found.heading.dates.addenda == (dt.date(2005, 9, 1),)
    assert said(found)["OP2.NW.finance.legal"] == Entry("FRA", "OP2.NW.finance.legal", "X", ("Invented Act",))
    assert told(found) == []


def test_a_date_that_says_more_is_told() -> None:
    found = read(
        table(*HEADS, above=("OP 2",)),
        outside=(
            "State: France",
            "Date of report: about 2004",
        ),
    )
    assert told(found) == [("reported: about 2004", "a day as YYYY-MM-DD")]


@pytest.mark.parametrize(
    ("written", "code"), [("x", "X"), ("Х", "X"), ("N/A", "NA"), ("不适用", "NA"), ("؟", "?"), ("oui", "X"), ("", "")]
)
def test_codes_are_known_as_six_languages_write_them(written: str, code: str) -> None:
    found = two(row("2", "acquire", nw=written))
    assert said(found).get("OP2.NW.acquire.legal", Entry("FRA", "x")).code == code
    assert told(found) == []


@pytest.mark.parametrize("written", ["perhaps", "X?", "XX", "see remarks"])
def test_another_code_is_told_and_its_field_left_out(written: str) -> None:
    found = two(row("2", "acquire", nw=written, cw="X"))
    assert told(found) == [(written, "X, ?, NA or blank (OP2.NW.acquire.legal)")]
    assert set(said(found)) == {"OP2.CW.acquire.legal"}
    assert "OP2.NW.acquire.legal" not in found.understood


def test_a_label_is_known_in_another_language_and_beside_a_like_one_only_with_its_number() -> None:
    assert set(said(two(row("2", "acquérir", nw="X")))) == {"OP2.NW.acquire.legal"}
    like = "take part as an accomplise"
    assert set(said(two(row("9", like, nw="X")))) == {"OP2.NW.accomplice.legal"}
    assert told(two(row("3", like, nw="X"))) == [
        (f"3 · {like} · X", f"number and label of a row of section II of {LEGACY}")
    ]


def test_no_row_is_dropped_without_a_word() -> None:
    found = two(row("2", "acquire", nw="X"), row("2", "acquire", nw="?"), row("31", "Invented row", cw="X"))
    assert [expected.split(";")[0] for _, expected in told(found)] == [
        "each row once",
        f"number and label of a row of section II of {LEGACY}",
    ]
    assert said(found)["OP2.NW.acquire.legal"].code == "X"


def test_a_row_before_any_section_is_told() -> None:
    found = read(table(("1", "acquire", "X"), above=("Some table",)), outside=("State: France",))
    assert told(found) == [("1 · acquire · X", "a row of a section, beneath its title and headings")]


def test_text_whose_field_is_not_told_is_never_guessed() -> None:
    found = two(row("2", "acquire", nw="X", cw="X", source="Invented Act 7"))
    assert [what for what, _ in told(found)] == ["Invented Act 7"]
    assert found.entries == ()
    again = two(row("2", "acquire", nw="X", source="NW: Act | NW: other Act"))
    assert "OP2.NW.acquire.legal" not in again.understood


def test_text_in_a_column_nobody_knows_is_told() -> None:
    heads = tuple((*cells, head) for cells, head in zip(HEADS, ("Invented column", None), strict=True))
    found = read(
        table(*heads, (*row("2", "acquire", nw="X"), "what is this"), above=("OP 2",)), outside=("State: FRA",)
    )
    assert told(found) == [("what is this", "no text: the template has no field here")]


def test_columns_in_another_order_are_read_by_their_headings() -> None:
    order = (0, 1, 4, 3, 2, 5, 8, 7, 6, 9, 10)
    lower = tuple(HEADS[1][at] for at in order)
    cells = row("2", "acquire", nw="X", bw="?")
    found = read(table(HEADS[0], lower, tuple(cells[at] for at in order), above=("OP 2",)), outside=("State: FRA",))
    assert {field: entry.code for field, entry in said(found).items()} == {
        "OP2.NW.acquire.legal": "X",
        "OP2.BW.acquire.legal": "?",
    }


def test_a_doubtful_cell_takes_its_fields_out() -> None:
    cells = row("2", "acquire", nw="X", source="NW: letters in doubt")
    rows = (Row(1, HEADS[0]), Row(2, HEADS[1]), Row(3, cells, 4, (5,)))
    found = read(Table(1, rows, above=("OP 2",)), outside=("State: FRA",))
    assert found.problems[0].where == "page 4, table 1, row 3, column 6"
    assert not {"OP2.NW.acquire.legal", "OP2.CW.acquire.legal"} & found.understood
    assert "OP2.NW.acquire.enforcement" in found.understood


def test_a_merged_cell_takes_the_fields_of_all_it_covers_out() -> None:
    cells = ("2", "acquire", "X", None, None, "", "?", "", "", "", "")
    found = two(cells)
    assert told(found) == [("a merged cell", "a cell for each column and row")] * 2
    assert set(said(found)) == {"OP2.NW.acquire.enforcement"}
    assert not {f"OP2.{weapon}.acquire.legal" for weapon in ("NW", "CW", "BW")} & found.understood


def test_a_cell_merged_downwards_takes_the_fields_of_every_row_it_covers_out() -> None:
    covered = ("3", "possess", None, "", "", "", "", "", "", "", "")
    rows = (
        Row(1, HEADS[0]),
        Row(2, HEADS[1]),
        Row(3, row("2", "acquire", nw="X", cw="X")),
        Row(4, covered, from_above=(2,)),
        Row(5, ("4", "stockpile or store", *covered[2:]), from_above=(2,)),
    )
    found = read(Table(1, rows, above=("OP 2",)), outside=("State: FRA",))
    assert [what for what, _ in told(found)] == ["a merged cell"] * 2
    assert not {f"OP2.NW.{measure}.legal" for measure in ("acquire", "possess", "stockpile")} & found.understood
    assert said(found)["OP2.CW.acquire.legal"].code == "X"


def test_rows_that_are_missing_are_told() -> None:
    found = two(row("2", "acquire"))
    missing = [p for p in found.problems if p.found == "no such row"]
    whole = {(field.section, field.row_id) for field in reference.template(LEGACY).fields}
    assert len(missing) == len(whole) - 1


def test_every_section_of_every_template_has_a_column_for_each_field() -> None:
    for template in reference.templates():
        for section in template.sections:
            own = {(f.weapon, f.aspect) for f in template.fields if f.section == section}
            named = keys(template, section)
            assert all(f"{weapon}.{aspect}" in named for weapon, aspect in own if weapon)


KEPT = Evidence("Act 1", "law", "document 1", gives="X", text="a passage", start=3, end=9)
BEFORE = {
    "a": Entry("FRA", "a", "X", ("Act 1",), evidence=(KEPT,), basis="law", consented=False),
    "b": Entry("FRA", "b", "?", ("Act\u00a02",), "a\u200f remark"),
    "c": Entry("FRA", "c", "X", ("Act 3",)),
}


def after(*entries: Entry, understood: str) -> dict[str, Entry]:
    made = taken_over(BEFORE, entries, understood, source="file 1", as_of="2020-01-01")
    return {entry.field: entry for entry in made}


def test_what_the_file_does_not_speak_of_stays_and_what_it_leaves_blank_goes() -> None:
    assert after(understood="b") == {"a": BEFORE["a"], "c": BEFORE["c"]}


def test_what_looks_the_same_in_print_is_the_same() -> None:
    assert after(Entry("FRA", "b", "?", ("Act 2",), "a remark"), understood="b") == BEFORE


def test_a_citation_that_stays_keeps_its_evidence_and_consent_stays() -> None:
    made = after(Entry("FRA", "a", "X", ("Act 1", "Act 9")), understood="a")["a"]
    assert made.evidence == (KEPT, Evidence("Act 9", "imported matrix", "file 1", "2020-01-01", gives="X"))
    assert made.consented is False
    other = after(Entry("FRA", "a", "?", ("Act 1",)), understood="a")["a"]
    assert [(item.basis, item.gives) for item in other.evidence] == [("imported matrix", "?")]


def test_a_heading_is_of_the_template_asked_for() -> None:
    found = read(table(("State", "France (FRA)"), ("Format", "revised_2017_onwards")))
    assert told(found) == [("revised_2017_onwards", f"the template asked for: {LEGACY}")]
    assert found.heading == Heading("FRA", "revised_2017_onwards")
