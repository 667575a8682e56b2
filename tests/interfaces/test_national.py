"""The drafts of report and plan as files: what a reader finds in them. Entries are invented, status facts are not."""

import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import msgspec
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from open1540 import reference
from open1540.interfaces.language import LANGUAGES, Translator
from open1540.interfaces.reports import national as model
from open1540.interfaces.reports import national_xlsx, paper, paper_docx
from open1540.matrix import national
from open1540.matrix.section_one import section_one
from open1540.reference.facts import tree
from open1540.vocabulary import Entry, Evidence, JobFailed
from open1540.workflows.national import Draft, NationalPlan, NationalReport

TEMPLATE = reference.template("legacy_2005_2016")
DAY = dt.date(2026, 11, 1)
LAW = Evidence("Invented Act 2011, s. 4", "law", "invented-law", "2011-05-01", text="No person shall.", start=3, end=19)
LETTER = Evidence("Invented letter, p. 2", "self-declaration", "invented-letter", grade="self-declared", gives="?")
INVENTED = (
    Entry("FRA", "OP2.CW.use.legal", "X", (LAW.citation,), evidence=(LAW,), basis="law"),
    Entry("FRA", "OP2.BW.use.legal", "?", (LETTER.citation,), "=1+1", (LETTER,), basis="self-declaration"),
    Entry("FRA", "OP2.NW.use.legal", "NA"),
)


def draft(state: str = "FRA") -> Draft:
    mandate = reference.mandate("UN.SC.1540COMMITTEE", DAY)
    return Draft(
        state=state,
        name=reference.state(state).name(),
        on=DAY,
        template=TEMPLATE.id,
        version=2,
        mandate=mandate.symbol,
        mandate_until=mandate.mandate_until,
        first_report="2004-10-28",
        sources=reference.sources(),
        documents={},
    )


def report() -> NationalReport:
    first = national.instruments("FRA", section_one("FRA", DAY, TEMPLATE), TEMPLATE)
    parts = national.parts("FRA", INVENTED, TEMPLATE)
    return NationalReport(draft(), first, parts, national.citations((first, *parts)))


def plan() -> NationalPlan:
    made = report()
    start = dt.date(2027, 1, 1)
    lines = national.plan((made.instruments, *made.parts), start=start, years=2)
    return NationalPlan(made.draft, start, 2, lines, made.citations, reference.assistance_requests()[:2])


def papers(language: str) -> tuple[paper.Paper, paper.Paper]:
    t = Translator(language)
    return model.report_paper(report(), t), model.plan_paper(plan(), t)


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_document_opens_again_with_its_headings_tables_and_blanks(language: str) -> None:
    for made in papers(language):
        opened = docx.Document(io.BytesIO(paper_docx.as_docx(made)))
        headings = [p.text for p in opened.paragraphs if p.style.name.startswith("Heading")]
        assert headings == [block.text for block in made.blocks if isinstance(block, paper.Heading)]
        tables = [block for block in made.blocks if isinstance(block, paper.Table)]
        assert len(opened.tables) == len(tables) + 1
        for drawn, table in zip(opened.tables[1:], tables, strict=True):
            assert tuple(cell.text for cell in drawn.rows[0].cells) == table.columns
            assert drawn.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert len(drawn.rows) == len(table.rows) + 1
        blanks = [
            line for table in tables for row in table.rows for cell in row for line in cell if line.kind == "blank"
        ]
        facts = [line for _, cell in made.facts for line in cell if line.kind == "blank"]
        controls = list(opened.element.body.iter(qn("w:sdt")))
        assert len(controls) == len(blanks) + len(facts) > 50
        identities = [control.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for control in controls]
        assert len(set(identities)) == len(identities)
        assert opened.core_properties.language == paper_docx.TAGS[language]


def test_arabic_runs_from_right_to_left_in_paragraphs_and_tables() -> None:
    opened = docx.Document(io.BytesIO(paper_docx.as_docx(papers("ar")[0])))
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in opened.paragraphs)
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in opened.tables)
    title = next(opened.paragraphs[0]._p.iter(qn("w:r")))
    assert title.rPr.find(qn("w:rtl")) is not None
    english = docx.Document(io.BytesIO(paper_docx.as_docx(papers("en")[0])))
    assert not list(english.element.body.iter(qn("w:bidi")))


def test_the_same_record_gives_the_same_bytes() -> None:
    t = Translator("fr")
    one, other = papers("fr"), papers("fr")
    assert [paper_docx.as_docx(made) for made in one] == [paper_docx.as_docx(made) for made in other]
    assert national_xlsx.as_xlsx(plan(), t) == national_xlsx.as_xlsx(plan(), t)
    assert paper.as_pdf(one[0]) == paper.as_pdf(other[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_shows_the_state_in_each_language(language: str) -> None:
    for made in papers(language):
        try:
            content = paper.as_pdf(made)
        except JobFailed as error:
            pytest.skip(error.found)
        text = re.sub(r"\s", "", pdf_text(content))
        assert ("Act2011,s.4" if language != "ar" else "Act") in text
        if language != "ar":
            assert re.sub(r"\s", "", reference.state("FRA").name(language)) in text


def test_a_report_says_what_is_recorded_who_said_it_and_what_would_make_it_clear() -> None:
    told = "\n".join(paper.texts(papers("en")[0]))
    law, letter = told.index("Invented Act 2011, s. 4"), told.index("Invented letter, p. 2")
    assert told.rindex("The record shows:", 0, law) > told.rfind("The State has stated:", 0, law)
    assert told.rindex("The State has stated:", 0, letter) > told.rfind("The record shows:", 0, letter)
    assert "Does not apply, as recorded." in told
    assert "The title, date and article of the law would make it clear." in told
    assert "“No person shall.”" in told
    assert "1 May 2011" in told
    assert "Does your law forbid any person" in told
    assert "no statement of the State" in told


def test_section_one_is_told_in_the_reader_s_language_with_dates_of_consent() -> None:
    told = list(paper.texts(papers("fr")[0]))
    assert any("armes chimiques" in text and "partie, 2 mars 1995" in text for text in told)
    assert not any(": party" in text for text in told)


def test_a_remark_of_section_one_is_told_in_the_reader_s_language() -> None:
    first = national.instruments("EGY", section_one("EGY", DAY, TEMPLATE), TEMPLATE)
    made = NationalReport(draft("EGY"), first, (), national.citations((first,)))
    told = list(paper.texts(model.report_paper(made, Translator("fr"))))
    assert any("armes chimiques : aucun" in text or "armes chimiques: aucun" in text for text in told)
    assert not any("no consent on record (" in text for text in told)


def test_every_status_word_of_the_facts_has_its_words_here() -> None:
    class Told(msgspec.Struct):
        codes: dict[str, dict[str, str]]

    words = {one["words"] for one in tree("status_codes.yaml", Told).codes.values()} - {""}
    assert words <= set(model.status_words(Translator("en")))


def test_every_citation_of_a_cell_is_in_the_annex() -> None:
    made = papers("en")[0]
    annex = made.blocks[-1]
    assert isinstance(annex, paper.Table)
    numbers = {row[0][0].text for row in annex.rows}
    cells = "\n".join(
        line.text for b in made.blocks[:-1] if isinstance(b, paper.Table) for r in b.rows for c in r for line in c
    )
    assert set(re.findall(r"\[(\d+)\]", cells)) == numbers
    assert any("https://" in line.text for row in annex.rows for line in row[2])


def test_a_page_of_html_escapes_what_it_shows_and_has_a_box_for_each_blank() -> None:
    made = papers("ar")[0]
    table = paper.Table(("<b>",), (1,), (((paper.Line("<script>x</script>"), paper.Line("y", "blank")),),))
    html = paper.as_html(msgspec.structs.replace(made, blocks=(table,)))
    assert '<html lang="ar" dir="rtl">' in html
    assert "<script>" not in html
    assert html.count("<textarea") == 1 + sum(line.kind == "blank" for _, cell in made.facts for line in cell)


def test_control_characters_do_not_break_a_word_document() -> None:
    made = papers("en")[0]
    dirty = msgspec.structs.replace(made, subtitle='a\x00b\x0b & <c> "d"')
    opened = docx.Document(io.BytesIO(paper_docx.as_docx(dirty)))
    assert opened.paragraphs[1].text == 'ab & <c> "d"'


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_of_the_workbook_can_be_run(start: str) -> None:
    assert national_xlsx.safe(start) == f"'{start}"
    law = msgspec.structs.replace(LAW, citation=start)
    made = plan()
    line = msgspec.structs.replace(made.lines[0], existing=(law,))
    book = openpyxl.load_workbook(
        io.BytesIO(national_xlsx.as_xlsx(msgspec.structs.replace(made, lines=(line,)), Translator("en")))
    )
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'" + start[0]) for cell in cells if cell.value)


def test_the_workbook_has_a_line_for_each_measure_and_empty_cells_for_the_state() -> None:
    made = plan()
    sheet = openpyxl.load_workbook(io.BytesIO(national_xlsx.as_xlsx(made, Translator("zh")))).active
    assert sheet.max_row == len(made.lines) + 1
    assert [sheet.cell(2, column).value for column in (11, 18)] == [None, None]
    assert sheet.cell(2, 12).value == "2027-01-01"
    arabic = openpyxl.load_workbook(io.BytesIO(national_xlsx.as_xlsx(made, Translator("ar")))).active
    assert arabic.sheet_view.rightToLeft


def test_a_plan_shows_offers_with_their_source_and_no_score() -> None:
    told = "\n".join(paper.texts(papers("en")[1]))
    assert "Providers of assistance on record" in told
    assert "assistance programmes contribute to 1540 objectives" in told
    assert "1 January 2027" in told
    assert "OP2.finance" in told


def test_a_line_says_which_column_is_open_where_only_one_is() -> None:
    laws = tuple(
        Entry("FRA", field.field, "X", (LAW.citation,), evidence=(LAW,), basis="law")
        for field in TEMPLATE.fields
        if field.row_id == "OP2.use" and field.aspect == "legal"
    )
    made = plan()
    lines = tuple(one for one in national.plan(national.parts("FRA", laws, TEMPLATE)) if one.row == "OP2.use")
    t = Translator("en")
    drawn = model.plan_paper(msgspec.structs.replace(made, lines=lines, requests=()), t)
    table = next(block for block in drawn.blocks if isinstance(block, paper.Table))
    told = [line.text for line in table.rows[0][2]]
    assert told == ["State the measures for what is still blank, or adopt them.", "Penalties and enforcement"]


def test_a_full_record_gives_a_plan_without_lines() -> None:
    drawn = model.plan_paper(msgspec.structs.replace(plan(), lines=(), requests=()), Translator("en"))
    assert [line.text for block in drawn.blocks if isinstance(block, paper.Paragraph) for line in block.lines] == [
        "The record leaves no measure blank or unclear."
    ]
    assert paper.as_pdf(drawn).startswith(b"%PDF")


def open1540(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"XDG_DATA_HOME": str(folder), "NO_COLOR": "1", "COLUMNS": "160"}
    environment.pop("OPEN1540_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "open1540", *words], env=environment, capture_output=True, text=True, cwd=folder
    )


@pytest.mark.parametrize("command", ["report", "plan"])
def test_json_is_one_document_and_writes_no_file(command: str, tmp_path: Path) -> None:
    done = open1540(command, "FRA", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told[command]["draft"]["state"] == "FRA"
    assert told["paper"]["subtitle"] == "France"
    assert done.stderr == ""
    assert not list(tmp_path.glob("FRA*"))


def test_a_name_of_a_state_is_enough_and_the_ending_tells_the_form(tmp_path: Path) -> None:
    done = open1540("report", "France", "--out", "x.docx", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["report"]["draft"]["state"] == "FRA"
    assert zipfile.is_zipfile(tmp_path / "x.docx")
    assert open1540("plan", "FRA", "--to", "json", folder=tmp_path).returncode == 0
    assert json.loads((tmp_path / "FRA-plan.json").read_text())["plan"]["start"] is None


def test_what_was_judged_stands_in_the_report(tmp_path: Path) -> None:
    said = ["matrix", "set", "FRA", "OP2.CW.use.legal", "X"]
    done = open1540(*said, "--citation", "Invented Act 2011, s. 4", "--reason", "invented", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    made = open1540("report", "FRA", "--json", folder=tmp_path).stdout
    assert json.loads(made)["report"]["draft"]["version"] == 1
    assert "Invented Act 2011, s. 4" in made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["report", "ZZZ"], "ZZZ"),
        (["plan", "ZZZ"], "ZZZ"),
        (["report", "FRA", "--lang", "de"], "de"),
        (["report", "FRA", "--to", "odt"], "odt"),
        (["report", "FRA", "--to", "xlsx"], "xlsx"),
        (["report", "FRA", "--on", "yesterday"], "yesterday"),
        (["plan", "FRA", "--start", "soon"], "soon"),
        (["plan", "FRA", "--years", "3"], "first day"),
        (["plan", "FRA", "--start", "2027-01-01", "--years", "0"], "0 years"),
        (["report", "FRA", "--out", "no-such-folder/x.docx"], "cannot be written"),
        (["report", "FRA", "--to", "html", "--out", "/"], "a folder"),
        (["plan", "FRA", "--to", "html", "--out", "."], "a folder"),
        (["report", "FRA", "--as", "contact:DEU"], "DEU"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_is_told_in_four_parts(words: list[str], found: str, tmp_path: Path) -> None:
    done = open1540(*words, folder=tmp_path)
    assert done.returncode == 2, done.stderr
    assert found in done.stderr
    for part in ("error:", "expected:", "where:", "what to do:"):
        assert part in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".docx", ".partial")]
