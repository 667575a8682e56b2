"""``matrix export``, ``matrix import`` and ``matrix template import``: nothing half, nothing guessed, nothing lost."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from open1540 import reference
from open1540.interfaces.cli import app as commands
from open1540.interfaces.reports.matrix_docx import as_docx
from open1540.interfaces.reports.matrix_sheet import sheet_in
from open1540.matrix.sheet import Heading
from open1540.vocabulary import Entry
from open1540.workflows import matrix, matrix_files
from open1540.workflows.permissions import Person

FORMS = ("xlsx", "docx", "pdf", "csv", "json")
WHO = Person("tester")


class Desk:
    """The command line with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'records.sqlite3'}"

    def run(self, *words: str, fails: bool = False) -> Any:
        """The JSON a command answers with."""
        import contextlib

        out, err = io.StringIO(), io.StringIO()
        database = () if "template" in words else ("--database-url", self.url)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = commands.run(["matrix", *words, *database, "--json"])
        assert code == (2 if fails else 0), out.getvalue()
        answer = json.loads(out.getvalue())
        return answer["error"] if fails else answer

    def exported(self, form: str, *words: str) -> Path:
        path = self.folder / f"out.{form}"
        self.run("export", "FRA", "--to", form, "--out", str(path), *words)
        return path

    def entries(self) -> dict[str, Entry]:
        shown = matrix.show("FRA", database_url=self.url, who=WHO)
        return {one.entry.field: one.entry for one in shown.entries}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A State whose matrix has a version with an expert's entry and its evidence."""
    desk.run(
        "set", "FRA", "OP2.CW.finance.legal", "X", "--citation", "Invented Act 7, s. 3; schedule", "--reason", "read it"
    )
    return desk


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_version_written_and_read_back_changes_nothing_and_loses_no_evidence(
    filled: Desk, form: str, language: str, request: pytest.FixtureRequest
) -> None:
    if (form, language) == ("pdf", "ar"):
        request.getfixturevalue("all_fonts")
    before = filled.entries()
    answer = filled.run("import", str(filled.exported(form, "--lang", language)))
    assert (answer["problems"], answer["differences"], answer["made"]) == ([], [], None)
    assert filled.entries() == before


def test_one_changed_cell_makes_the_next_version_and_the_rest_keeps_its_evidence(filled: Desk) -> None:
    before = filled.entries()
    path = filled.exported("xlsx")
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["II"].iter_rows(min_row=5) if row[0].value == 11)
    row[2].value, row[5].value = "?", row[5].value + " | NW: Invented Bill 12"
    book.save(path)
    answer = filled.run("import", str(path))
    assert [one["field"] for one in answer["differences"]] == ["OP2.NW.finance.legal"]
    assert answer["made"]["number"] == 2
    after = filled.entries()
    changed = after.pop("OP2.NW.finance.legal")
    before.pop("OP2.NW.finance.legal")
    assert after == before
    assert (changed.code, changed.citations, changed.basis) == ("?", ("Invented Bill 12",), "imported matrix")
    assert [item.citation for item in changed.evidence] == ["Invented Bill 12"]


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    path = desk.exported("csv")
    assert desk.run("import", str(path), "--dry-run")["made"] is None
    assert matrix.versions("FRA", database_url=desk.url, who=WHO) == ((), ())


def test_a_file_exported_before_somebody_changed_the_matrix_is_refused(filled: Desk) -> None:
    path = filled.exported("csv")
    text = path.read_text(encoding="utf-8-sig").replace("Invented Act 7", "Invented Act 8")
    path.write_text(text, encoding="utf-8")
    filled.run("set", "FRA", "OP1.npt", "?", "--reason", "meanwhile")
    error = filled.run("import", str(path), fails=True)
    assert error["error"] == "Conflict"
    assert filled.entries()["OP2.CW.finance.legal"].citations == ("Invented Act 7, s. 3; schedule",)


def test_two_imports_of_one_file_one_after_the_other_are_told_apart(filled: Desk) -> None:
    path = filled.exported("csv")
    text = path.read_text(encoding="utf-8-sig").replace("Invented Act 7", "Invented Act 8")
    path.write_text(text, encoding="utf-8")
    assert filled.run("import", str(path))["made"]["number"] == 2
    path.write_text(text.replace("Invented Act 8", "Invented Act 9"), encoding="utf-8")
    assert filled.run("import", str(path), fails=True)["error"] == "Conflict"


def test_what_is_not_understood_stops_an_import_unless_it_is_left_as_it_was(filled: Desk) -> None:
    path = filled.exported("csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    at = {row[14]: row for row in rows}
    at["OP2.CW.finance.legal"][15] = "perhaps"
    at["OP1.npt"][17] = "a remark"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    error = filled.run("import", str(path), fails=True)
    assert "perhaps" in error["found"] and "X, ?, NA or blank" in error["expected"]
    assert filled.entries()["OP1.npt"].remarks == ""
    answer = filled.run("import", str(path), "--leave-problems")
    assert [(one["found"], one["expected"]) for one in answer["problems"]] == [
        ("perhaps", "X, ?, NA or blank (OP2.CW.finance.legal)")
    ]
    after = filled.entries()
    assert after["OP2.CW.finance.legal"].code == "X"
    assert after["OP1.npt"].remarks == "a remark"


def test_a_field_of_another_template_is_named(filled: Desk) -> None:
    path = filled.exported("csv")
    text = path.read_text(encoding="utf-8-sig").replace("OP1.iaea,", "OP1.terrorist-bombings,")
    path.write_text(text, encoding="utf-8")
    error = filled.run("import", str(path), fails=True)
    assert "OP1.terrorist-bombings" in error["found"]
    assert "legacy_2005_2016" in error["expected"]


def test_a_matrix_of_another_template_begins_only_where_it_is_asked_for(filled: Desk) -> None:
    heading = Heading("FRA", "revised_2017_onwards")
    path = filled.folder / "new.docx"
    path.write_bytes(as_docx(sheet_in([Entry("FRA", "OP2.NW.use.legal", "X", ("Invented Act",))], heading)))
    error = filled.run("import", str(path), fails=True)
    assert "revised_2017_onwards" in error["found"] and "--template" in error["remedy"]
    answer = filled.run("import", str(path), "--template", "revised_2017_onwards")
    assert answer["made"]["template"] == "revised_2017_onwards"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--state", "ZZZ"), "ZZZ"),
        (("--state", "DEU"), "FRA"),
        (("--template", "nobody"), "nobody"),
    ],
)
def test_a_wrong_state_or_template_is_refused(filled: Desk, words: tuple[str, ...], found: str) -> None:
    error = filled.run("import", str(filled.exported("xlsx")), *words, fails=True)
    assert found in error["found"]


def test_unknown_forms_states_and_languages_are_refused(desk: Desk) -> None:
    assert "odt" in desk.run("export", "FRA", "--to", "odt", fails=True)["found"]
    assert "ZZZ" in desk.run("export", "ZZZ", "--to", "csv", fails=True)["found"]
    assert "'de'" in desk.run("export", "FRA", "--to", "xlsx", "--lang", "de", fails=True)["found"]


def empty_workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 90_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (b"Just a letter.", "without columns"),
        (b"a,b\n1,2\n", "without a row of the matrix"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "another kind"),
        (b"PK\x03\x04broken", "damaged"),
        (b"%PDF-1.7 broken", "damaged"),
        (b"{}", "JSON that is no matrix"),
        (empty_workbook(), "without a table"),
        (bomb(), "unpacks"),
    ],
    ids=["empty", "letter", "other table", "image", "zip", "pdf", "json", "workbook", "bomb"],
)
def test_a_file_that_is_no_matrix_is_refused_and_nothing_is_kept(desk: Desk, content: bytes, found: str) -> None:
    path = desk.folder / "file"
    path.write_bytes(content)
    assert found in desk.run("import", str(path), "--state", "FRA", fails=True)["found"]
    assert matrix.versions("FRA", database_url=desk.url, who=WHO) == ((), ())


def test_text_without_marks_in_a_shared_cell_is_shared_only_where_it_is_asked_for(desk: Desk) -> None:
    entries = [Entry("FRA", f"OP2.{weapon}.use.legal", "X", ("Invented Act",)) for weapon in ("NW", "BW")]
    data = as_docx(sheet_in(entries, Heading("FRA", "legacy_2005_2016")))
    path = desk.folder / "official.docx"
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"NW, BW: Invented Act", b"Invented Act, s. 1; Other Act"))
    found = desk.run("import", str(path), "--dry-run")
    assert "Invented Act, s. 1" in found["problems"][0]["found"]
    shared = desk.run("import", str(path), "--share")
    assert shared["problems"] == []
    after = desk.entries()
    assert after["OP2.NW.use.legal"].citations == after["OP2.BW.use.legal"].citations
    assert after["OP2.BW.use.legal"].citations == ("Invented Act, s. 1", "Other Act")
    assert after["OP2.CW.use.legal"].citations == ()


def test_a_template_is_compared_and_drafts_are_written(desk: Desk) -> None:
    """A copy in which a row was dropped, one added, one worded anew and one moved."""
    path = desk.exported("xlsx")
    book = openpyxl.load_workbook(path)
    page = book["V"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=4)}
    rows[3][1].value = "Assistance that the State offered"
    rows[8][0].value = 10
    for cell, value in zip(rows[9], (11, "Invented new row", None, None, None), strict=True):
        cell.value = value
    book.save(path)
    found = desk.run("template", "import", str(path), "--save", str(desk.folder / "draft"), "--name", "draft_2030")
    differing = found["differences"]
    assert [row["label"] for row in differing["new"]] == ["Invented new row"]
    assert [row["row_id"] for row in differing["missing"]] == ["OP678.other"]
    assert [(row["row_id"], row["certain"]) for row in differing["relabelled"]] == [("OP678.assistance-offered", False)]
    assert [(row["row_id"], row["printed"]) for row in differing["renumbered"]] == [("OP678.point-of-contact", 10)]
    lines = list(csv.DictReader((desk.folder / "draft" / "draft_2030.csv").open(encoding="utf-8")))
    assert lines[-1]["field"] == "OP678.invented-new-row"
    assert len(lines) == len(reference.template("legacy_2005_2016").fields)
    crosswalk = (desk.folder / "draft" / "draft_2030.crosswalk.csv").read_text(encoding="utf-8")
    assert "OP678.other" in crosswalk and "review: a new row" in crosswalk


def test_a_copy_of_every_template_is_recognised_row_by_row(desk: Desk) -> None:
    for template in reference.templates():
        for language in reference.LANGUAGES:
            path = desk.folder / "copy.docx"
            path.write_bytes(as_docx(sheet_in([], Heading("FRA", template.id, language=language))))
            found = matrix_files.import_template(path).differences
            assert found.template == template.id
            assert (found.new, found.missing, found.relabelled, found.renumbered) == ((), (), (), ())
