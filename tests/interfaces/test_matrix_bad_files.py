"""Files nobody should have sent as a matrix: each is refused in four parts or listed place by place, and nothing is kept half."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import openpyxl
import pypdfium2
import pytest
from desk import Desk

from open1540.interfaces.reports.matrix_docx import as_docx
from open1540.interfaces.reports.matrix_flat import as_csv
from open1540.interfaces.reports.matrix_pdf import as_pdf
from open1540.interfaces.reports.matrix_sheet import sheet_in
from open1540.interfaces.reports.matrix_xlsx import as_xlsx
from open1540.matrix.sheet import Heading
from open1540.vocabulary import Entry

HEADING = Heading("FRA", "legacy_2005_2016")
ENTRIES = [
    Entry("FRA", "OP1.npt", "X", ("Invented Treaty Act",)),
    Entry("FRA", "OP2.NW.acquire.legal", "X", ("Invented Act 7, s. 3",)),
    Entry("FRA", "OP2.CW.acquire.legal", "?", ("Invented Act 8",), "a bill"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(f"sqlite:///{tmp_path / 'records.sqlite3'}", tmp_path)


def written(desk: Desk, name: str, content: bytes) -> str:
    path = desk.folder / name
    path.write_bytes(content)
    return str(path)


def nothing_is_kept(desk: Desk) -> bool:
    return bool(desk.asks("matrix", "versions", "FRA")["versions"] == [])


def merged(data: bytes, first: str, second: str) -> bytes:
    """The document with two cells of the row ``acquire`` merged."""
    document = python_docx.Document(io.BytesIO(data))
    table = next(t for t in document.tables if t.rows[0].cells[0].text.startswith("II."))
    at = {"NW": 2, "CW": 3, "BW": 4, "source": 5, "next row": 2}
    row = next(n for n, row in enumerate(table.rows) if row.cells[1].text.startswith("acquire"))
    other = table.cell(row + 1, at[second]) if second == "next row" else table.cell(row, at[second])
    table.cell(row, at[first]).merge(other)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(("first", "second"), [("NW", "CW"), ("NW", "next row"), ("BW", "source")])
def test_a_word_document_with_merged_cells_is_told_place_by_place(desk: Desk, first: str, second: str) -> None:
    path = written(desk, "merged.docx", merged(as_docx(sheet_in(ENTRIES, HEADING)), first, second))
    found = desk.asks("matrix", "import", path, "--dry-run")
    assert any(one["found"] == "a merged cell" and "row" in one["where"] for one in found["problems"])
    error = desk.is_refused("matrix", "import", path)
    assert "not surely understood" in error["found"]
    assert "--leave-problems" in error["remedy"]
    assert nothing_is_kept(desk)
    # What the merged cell covers stays as it was; what stands elsewhere is taken.
    desk.asks("matrix", "import", path, "--leave-problems")
    shown = {one["field"]: one for one in desk.asks("matrix", "show", "FRA")["entries"]}
    covered = {"source": "OP2.BW.acquire.legal"}.get(second, "OP2.NW.acquire.legal")
    assert shown[covered]["code"] == ""
    assert shown["OP1.npt"]["citations"] == ["Invented Treaty Act"]


def test_a_spreadsheet_with_formulas_is_told_cell_by_cell_and_none_is_evaluated(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet_in(ENTRIES, HEADING))))
    page = book["II"]
    row = next(row for row in page.iter_rows(min_row=5) if str(row[1].value).startswith("acquire"))
    row[2].value, row[5].value = '=IF(1=1,"X","?")', '=HYPERLINK("http://invented.example","Act")'
    buffer = io.BytesIO()
    book.save(buffer)
    path = written(desk, "formulas.xlsx", buffer.getvalue())
    problems = desk.asks("matrix", "import", path, "--dry-run")["problems"]
    told = {one["where"] for one in problems if "formula" in one["found"]}
    assert told == {f"sheet II, cell {cell.coordinate}" for cell in (row[2], row[5])}
    desk.is_refused("matrix", "import", path)
    assert nothing_is_kept(desk)
    desk.asks("matrix", "import", path, "--leave-problems")
    shown = {one["field"]: one for one in desk.asks("matrix", "show", "FRA")["entries"]}
    # What no text was read for is left as it was, with all that shares its cell.
    assert shown["OP2.NW.acquire.legal"]["code"] == shown["OP2.CW.acquire.legal"]["code"] == ""
    assert shown["OP1.npt"]["citations"] == ["Invented Treaty Act"]


def scan() -> bytes:
    """Pages that are pictures of a matrix, as a scanner makes them."""
    document = pypdfium2.PdfDocument(as_pdf(sheet_in(ENTRIES, HEADING)))
    pictures = [document[number].render(scale=0.7).to_pil() for number in range(2)]
    document.close()
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


def bomb() -> bytes:
    """A workbook of a few kilobytes that would swell to gigabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(as_xlsx(sheet_in([], HEADING)))) as sound:
            for name in sound.namelist():
                if name != "xl/worksheets/sheet2.xml":
                    archive.writestr(name, sound.read(name))
        with archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * 1_000_000)
    return buffer.getvalue()


def laughs() -> bytes:
    """A workbook whose shared strings grow out of entities."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(as_xlsx(sheet_in(ENTRIES, HEADING)))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    parts["xl/sharedStrings.xml"] = (
        b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def in_latin() -> bytes:
    entries = [Entry("FRA", "OP1.npt", "X", ("Loi inventée n° 7",))]
    return as_csv(entries, HEADING).decode("utf-8-sig").encode("latin-1")


def parted_by(sign: str) -> bytes:
    return as_csv(ENTRIES, HEADING).decode("utf-8-sig").replace(",", sign).encode()


@pytest.mark.parametrize(
    ("content", "found", "expected"),
    [
        (scan, "without a text layer", "text"),
        (bomb, "unpacks", ""),
        (laughs, "entit", ""),
        (in_latin, "not in UTF-8", "UTF-8"),
        (lambda: parted_by("|"), "without columns", "headings"),
        (lambda: parted_by(":"), "without columns", "headings"),
    ],
    ids=["scan", "zip bomb", "entities", "Latin-1", "bars", "colons"],
)
def test_a_file_that_cannot_be_read_is_refused_in_four_parts(
    desk: Desk, content: Callable[[], bytes], found: str, expected: str
) -> None:
    error = desk.is_refused("matrix", "import", written(desk, "file", content()))
    assert error["error"] == "UnreadableDocument"
    assert found in error["found"]
    assert expected in error["expected"]
    assert error["remedy"]
    assert nothing_is_kept(desk)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [";", "\t"])
def test_the_ways_office_programs_write_csv_are_read(desk: Desk, encoding: str, sign: str) -> None:
    import csv

    rows = list(csv.reader(io.StringIO(as_csv(ENTRIES, HEADING).decode("utf-8-sig"))))
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign).writerows(rows)
    path = written(desk, "office.csv", buffer.getvalue().encode(encoding))
    assert desk.asks("matrix", "import", path, "--dry-run")["problems"] == []


def test_a_state_that_does_not_exist_is_named(desk: Desk) -> None:
    text = as_csv(ENTRIES, HEADING).decode("utf-8-sig").replace("FRA,", "ZZZ,")
    path = written(desk, "nowhere.csv", text.encode())
    error = desk.is_refused("matrix", "import", path)
    assert "ZZZ" in error["found"]
    for words in (("show",), ("versions",), ("refresh",), ("export", "--to", "csv"), ("comments",)):
        error = desk.is_refused("matrix", words[0], "Atlantis", *words[1:])
        assert (error["error"], error["found"]) == ("UnknownCode", "State 'Atlantis'")
    for words in (("report",), ("plan",)):
        assert "Atlantis" in desk.is_refused(*words, "Atlantis")["found"]
