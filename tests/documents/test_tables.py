"""Tables out of files: every cell at its place, merged and torn ones too, and nothing from a hostile file."""

import io
import random
import struct
import zipfile

import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from open1540.documents.tables import guarded, read_tables, unguarded
from open1540.vocabulary import UnreadableDocument

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def cells(data: bytes) -> list[list[tuple[str | None, ...]]]:
    return [[row.cells for row in table.rows] for table in read_tables(data, "file").tables]


def workbook(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    for place in merged:
        page.merge_cells(place)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def cell(text: str, shape: str = "", inner: str = "") -> str:
    return f"<w:tc><w:tcPr>{shape}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def printed(rows: list[list[str]], *style: tuple[object, ...], widths: list[float] | None = None) -> bytes:
    buffer = io.BytesIO()
    drawn = Table(rows, colWidths=widths, repeatRows=1)
    drawn.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style]))
    SimpleDocTemplate(buffer, pagesize=A4).build([drawn])
    return buffer.getvalue()


def test_a_workbook_gives_a_table_for_each_sheet_with_whole_numbers_and_days_as_written() -> None:
    assert cells(workbook(("No.", "Measure"), (1, "acquire"), (2.0, None), (None, "use"))) == [
        [("No.", "Measure"), ("1", "acquire"), ("2",), ("", "use")]
    ]


def test_merged_cells_of_a_workbook_tell_their_text_once() -> None:
    data = workbook(("wide", None, "c"), ("1", "2", None), merged=("A1:B1", "C1:C2"))
    assert cells(data) == [[("wide", None, "c"), ("1", "2", None)]]


def test_a_formula_is_neither_evaluated_nor_read_but_told() -> None:
    found = read_tables(workbook(("a", "b"), ("=1+1", "'=1+1")), "book.xlsx")
    assert found.tables[0].rows[1].cells == ("", "=1+1")
    assert [(doubt.where, doubt.found) for doubt in found.doubts] == [
        ("sheet Sheet, cell A2", "a formula or an error: =1+1")
    ]


@pytest.mark.parametrize("text", ["=x", "+1", "-1", "@a", "\tx", "\rx", "'=x", "''", "'", "x", "", "it's"])
def test_what_is_guarded_begins_no_formula_and_is_read_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_merged_cells_of_a_word_table_cover_their_columns_and_rows() -> None:
    span, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = document(
        table(
            cell("No.", start) + cell("law", span),
            cell("", on) + cell("NW") + cell("CW"),
            cell("1") + cell("X") + cell("?"),
        )
    )
    assert cells(data) == [[("No.", "law", None), (None, "NW", "CW"), ("1", "X", "?")]]


def test_a_table_within_a_cell_is_a_table_of_its_own_and_says_where_it_stands() -> None:
    data = document(
        "<w:p><w:r><w:t>Section II</w:t></w:r></w:p>" + table(cell("a") + cell("b", inner=table(cell("deep"))))
    )
    found = read_tables(data, "nested.docx")
    assert [[row.cells for row in one.rows] for one in found.tables] == [[("a", "b")], [("deep",)]]
    assert found.tables[1].name == "within table 1, row 1, column 2"
    assert found.tables[0].above == ("Section II",)


def test_lines_and_tabs_within_a_cell_stay() -> None:
    inner = "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t xml:space='preserve'> three </w:t></w:r></w:p>"
    assert cells(document(f"<w:tbl><w:tr><w:tc>{inner}{inner}</w:tc></w:tr></w:tbl>")) == [
        [("one\ttwo\n three \none\ttwo\n three ",)]
    ]


def test_a_printed_table_goes_on_over_pages_without_its_repeated_headings() -> None:
    rows = [["No.", "Measure"], *([str(at), f"measure {at}"] for at in range(1, 121))]
    found = read_tables(printed(rows), "long.pdf")
    assert len(found.tables) == 1
    assert [row.cells for row in found.tables[0].rows] == [tuple(row) for row in rows]
    assert {row.page for row in found.tables[0].rows} == {1, 2, 3, 4}


def test_a_printed_cell_over_columns_stands_in_the_first_of_them() -> None:
    rows = [["law", "", "remarks"], ["NW", "CW", ""], ["X", "?", "a bill"]]
    found = cells(printed(rows, ("SPAN", (0, 0), (1, 0)), ("SPAN", (2, 0), (2, 1)), widths=[60, 60, 90]))
    assert found == [[("law", None, "remarks"), ("NW", "CW", None), ("X", "?", "a bill")]]


def test_a_scan_is_refused() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(100, 100, 200, 200)
    canvas.save()
    with pytest.raises(UnreadableDocument, match="without a text layer"):
        read_tables(buffer.getvalue(), "scan.pdf")


def test_a_letter_without_a_table_is_refused_with_what_is_needed() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 500, "An invented letter of several words, but without any table.")
    canvas.save()
    with pytest.raises(UnreadableDocument) as refused:
        read_tables(buffer.getvalue(), "letter.pdf")
    assert "lines around" in refused.value.expected


def test_csv_is_read_with_semicolons_and_quoted_line_ends_too() -> None:
    assert cells('field;code\r\n"a\nb";X\r\n'.encode("utf-8-sig")) == [[("field", "code"), ("a\nb", "X")]]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("a,b\né,è\n".encode("latin-1"), "not in UTF-8"),
        (b"a,b\n" + b"1,2\n" * 20_001, "more than"),
        (b'a,b\n"' + b"x" * 300_000 + b'",1\n', "not whole"),
    ],
    ids=["latin", "long", "wide cell"],
)
def test_a_csv_no_matrix_is_like_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(UnreadableDocument, match=found):
        read_tables(data, "a.csv")


def test_a_workbook_that_declares_entities_is_refused() -> None:
    data = workbook(("a", "b"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE w [<!ENTITY a "b">]>' + content
            new.writestr(name, content)
    with pytest.raises(UnreadableDocument, match="entities"):
        read_tables(buffer.getvalue(), "hostile.xlsx")


@pytest.mark.parametrize("place", ["A30000", "ZZ1"])
def test_a_sheet_with_something_far_out_is_refused(place: str) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page[place] = "No.", "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(UnreadableDocument, match="more than"):
        read_tables(buffer.getvalue(), "far.xlsx")


def test_a_sheet_that_claims_a_million_rows_is_read_as_far_as_it_has_any() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"] = "No.", "Measure"
    page.row_dimensions[1_048_576].height = 10
    buffer = io.BytesIO()
    book.save(buffer)
    assert cells(buffer.getvalue()) == [[("No.", "Measure")]]


FILES = {
    "xlsx": workbook(("No.", "Measure"), *((at, f"measure {at}") for at in range(40))),
    "docx": document(table(*(cell(str(at)) + cell(f"measure {at}") for at in range(40)))),
    "pdf": printed([[str(at), f"measure {at}"] for at in range(40)]),
}


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_archive_whose_directory_points_before_its_beginning_is_refused(form: str) -> None:
    data = bytearray(FILES[form])
    place = data.rindex(b"PK\x05\x06") + 16
    (offset,) = struct.unpack_from("<I", data, place)
    struct.pack_into("<I", data, place, offset + 100_000)
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_tables(bytes(data), "damaged")


@pytest.mark.parametrize("form", list(FILES))
def test_a_damaged_file_is_read_or_refused_and_nothing_else_happens(form: str) -> None:
    chance = random.Random(form)
    refused = 0
    for _ in range(25):
        data = bytearray(FILES[form])
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        data = data[: chance.choice([len(data), len(data), chance.randrange(1, len(data))])]
        try:
            read_tables(bytes(data), "damaged")
        except UnreadableDocument:
            refused += 1
    assert refused
