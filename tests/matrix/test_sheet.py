"""A matrix written to a file and read back is the matrix it was, whatever its texts hold."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from open1540 import reference
from open1540.documents.tables import checks, read_tables
from open1540.interfaces.reports.matrix_docx import as_docx
from open1540.interfaces.reports.matrix_flat import as_csv, as_json
from open1540.interfaces.reports.matrix_pdf import as_pdf
from open1540.interfaces.reports.matrix_sheet import sheet_in
from open1540.interfaces.reports.matrix_xlsx import as_xlsx
from open1540.matrix import sheet_text
from open1540.matrix.record import Header
from open1540.matrix.sheet import Heading, sheet
from open1540.matrix.sheet_flat import MatrixData
from open1540.matrix.sheet_reading import SheetRead, read_sheet
from open1540.vocabulary import Entry, Evidence

TEMPLATES = tuple(template.id for template in reference.templates())
DATES = Header(dt.date(2004, 10, 28), (dt.date(2005, 9, 1), dt.date(2006, 1, 2)), dt.date(2015, 12, 30))
NASTY = (
    '=cmd|"/c calc"!A1',
    "+1",
    "-1",
    "@x",
    "'=x",
    "''",
    "a; b",
    "NW: not a mark | CW: nor this",
    "one\ntwo\r\nthree\ttab",
    " blanks at both ends ",
    "two  blanks",
    "\u200fمرفق\u200f (أ)",
    '"quoted", and ‘quoted’',
    "back\\slash; \\| \\n \\",
    "_x0041_ <b>&amp;</b> ]]>",
    "\x00\x07\x1f\ufffe",
    "\u00a0non-breaking\u2028line",
    "long " * 600,
    "https://invented.example/" + "a" * 300,
    "X",
    "=1+1; =2+2 | =3",
    "🧪 👩\u200d🔬 e\u0301",
    "قانون؛ مادة 7; Act 7 (b) \u202eturned\u202c",
    "\n\n",
    "",
)


def texts(alphabet: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[str]:
    return st.one_of(st.text(max_size=60), st.sampled_from(NASTY)) if alphabet is None else alphabet


def entries_of(template_id: str, said: st.SearchStrategy[str]) -> st.SearchStrategy[list[Entry]]:
    fields = [field.field for field in reference.template(template_id).fields]
    one = st.builds(
        Entry,
        state=st.just("FRA"),
        field=st.sampled_from(fields),
        code=st.sampled_from(["X", "?", "NA", ""]),
        citations=st.lists(said, max_size=3).map(tuple),
        remarks=said,
    )
    return st.lists(one, max_size=12, unique_by=lambda entry: entry.field)


matrices = st.sampled_from(TEMPLATES).flatmap(
    lambda template_id: st.tuples(
        st.just(template_id), st.sampled_from(reference.LANGUAGES), entries_of(template_id, texts())
    )
)
ALL_NASTY = [
    Entry("FRA", field.field, "X", NASTY[at % len(NASTY) :][:3], NASTY[(at + 7) % len(NASTY)])
    for at, field in enumerate(reference.template(TEMPLATES[0]).fields)
]


def told(entries: Sequence[Entry], template_id: str) -> list[Entry]:
    order = [field.field for field in reference.template(template_id).fields]
    said = [entry for entry in entries if entry != Entry(entry.state, entry.field)]
    return sorted(said, key=lambda entry: order.index(entry.field))


def xlsx(entries: list[Entry], heading: Heading) -> bytes:
    return as_xlsx(sheet_in(entries, heading))


def docx(entries: list[Entry], heading: Heading) -> bytes:
    return as_docx(sheet_in(entries, heading))


def read_back(data: bytes) -> SheetRead:
    return read_sheet(read_tables(data, "matrix"))


@pytest.mark.parametrize("write", [xlsx, docx, as_csv])
@example((TEMPLATES[0], "ar", ALL_NASTY))
@given(matrix=matrices)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read_back(
    write: Callable[[list[Entry], Heading], bytes], matrix: tuple[str, str, list[Entry]]
) -> None:
    template_id, language, entries = matrix
    heading = Heading("FRA", template_id, DATES, dt.date(2015, 12, 30), "agreed", 3, language)
    found = read_back(write(entries, heading))
    assert found.problems == ()
    assert list(found.entries) == told(entries, template_id)
    assert (found.state, found.template, found.heading) == ("FRA", template_id, heading)
    assert found.understood == {field.field for field in reference.template(template_id).fields}


@given(matrices)
@settings(max_examples=8, deadline=None)
def test_json_keeps_everything(matrix: tuple[str, str, list[Entry]]) -> None:
    template_id, language, entries = matrix
    passage = Evidence("Act 1", "law", "document 1", "2001", "high", text=NASTY[9], start=1, end=9, gives="X")
    kept = tuple(msgspec.structs.replace(entry, evidence=(passage,), consented=False) for entry in entries)
    heading = Heading("FRA", template_id, DATES, dt.date(2015, 12, 30), "agreed", 3, language)
    assert msgspec.json.decode(as_json(kept, heading), type=MatrixData) == MatrixData(heading, kept)


PRINTABLE = st.text(st.sampled_from("abcXYZ 0159.,;:|()[]/-–—\\'\"№éяЖ条第（），。§%&=+@"), max_size=60)


@pytest.mark.usefixtures("all_fonts")
@example((TEMPLATES[1], "en", [Entry("FRA", "OP1.npt", "X", ("=1+1", "a- b-c", "第5 条，the Act"), "long " * 700)]))
@given(
    st.sampled_from(TEMPLATES).flatmap(
        lambda one: st.tuples(st.just(one), st.sampled_from(["en", "zh", "ru"]), entries_of(one, PRINTABLE))
    )
)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_page_is_read_back_or_says_what_was_not(matrix: tuple[str, str, list[Entry]]) -> None:
    template_id, language, entries = matrix
    heading = Heading("FRA", template_id, DATES, dt.date(2015, 12, 30), "published", 3, language)
    found = read_back(as_pdf(sheet_in(entries, heading)))
    assert found.heading == heading
    wanted = {entry.field: entry for entry in told(entries, template_id)}
    read = {entry.field: entry for entry in found.entries}
    for field in found.understood:
        assert as_page(read.get(field)) == as_page(wanted.get(field))
    missed = {field.field for field in reference.template(template_id).fields} - found.understood
    assert len(missed) <= 6
    assert bool(missed) == bool(found.problems)


@pytest.mark.usefixtures("all_fonts")
def test_what_no_page_can_show_is_told_and_nothing_is_read_wrong() -> None:
    heading = Heading("FRA", TEMPLATES[0], DATES, language="ar")
    wanted = {entry.field: entry for entry in ALL_NASTY[:80]}
    found = read_back(as_pdf(sheet_in(wanted.values(), heading)))
    assert [e for e in found.entries if as_page(e) != as_page(wanted[e.field])] == []
    assert found.problems
    assert found.understood


def as_page(entry: Entry | None) -> object:
    """An entry as a page can hold it: a page does not tell one blank from another."""
    if entry is None:
        return None
    return entry.code, tuple(map(checks.plain, entry.citations)), checks.plain(entry.remarks)


@given(st.lists(texts(), max_size=4))
def test_texts_of_one_cell_are_parted_as_they_were_joined(written: list[str]) -> None:
    cell = sheet_text.joined(written)
    assert [sheet_text.read(part) for part in sheet_text.parted(cell)] == (written or [""])


@given(st.text(max_size=80))
def test_an_escaped_text_is_read_as_it_was(text: str) -> None:
    assert sheet_text.read(sheet_text.written(text)) == text
    assert sheet_text.read(sheet_text.printable(sheet_text.written(text))) == text


def test_a_shared_cell_names_whose_text_it_is_and_says_equal_texts_once() -> None:
    same = [Entry("FRA", f"OP2.{weapon}.finance.legal", "X", ("Act 304, s. 9",)) for weapon in ("NW", "CW")]
    entries = [*same, Entry("FRA", "OP2.BW.finance.legal", "?", ("Act 7",), "a bill")]
    section = sheet(entries, Heading("FRA", "legacy_2005_2016")).sections[1]
    row = next(row for row in section.rows if row.row_id == "OP2.finance")
    assert "NW, CW: Act 304, s. 9 |\nBW: Act 7" in row.cells
    assert row.cells[-1] == "BW law: a bill"


@pytest.mark.usefixtures("all_fonts")
@pytest.mark.parametrize("write", [xlsx, docx, as_csv, lambda e, h: as_pdf(sheet_in(e, h))])
def test_the_same_matrix_gives_the_same_bytes(write: Callable[[list[Entry], Heading], bytes]) -> None:
    heading = Heading("FRA", "legacy_2005_2016", language="en")
    assert write(ALL_NASTY[:9], heading) == write(ALL_NASTY[:9], heading)


@pytest.mark.parametrize("write", [xlsx, docx])
def test_an_office_file_bears_no_time_of_its_making(write: Callable[[list[Entry], Heading], bytes]) -> None:
    data = write([], Heading("FRA", "legacy_2005_2016"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(dt.date.today().year).encode() + b"-" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("write", [xlsx, as_csv])
def test_no_cell_of_a_spreadsheet_begins_as_a_formula(write: Callable[[list[Entry], Heading], bytes]) -> None:
    import csv

    import openpyxl

    heading = Heading("FRA", "legacy_2005_2016")
    entries = [Entry("FRA", "OP1.npt", "X", ("=cmd",), "@SUM(A1)"), Entry("FRA", "OP1.cwc", "?", ("-1",), "\tx")]
    data = write(entries, heading)
    if data.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell.value for page in book for row in page for cell in row if cell.value is not None]
        assert not any(cell.data_type == "f" for page in book for row in page for cell in row)
    else:
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=cmd" in cells


def test_a_word_document_opens_in_another_reader_with_repeated_headings_and_direction() -> None:
    import docx as python_docx
    from docx.oxml.ns import qn

    document = python_docx.Document(io.BytesIO(docx(ALL_NASTY, Heading("FRA", "legacy_2005_2016", language="ar"))))
    table = document.tables[2]
    assert [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows][:4] == [True] * 3 + [
        False
    ]
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert table.rows[3].cells[0].text == "1"
