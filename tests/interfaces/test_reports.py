"""The three renderings of a briefing say the same, in every language."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from open1540.interfaces.language import LANGUAGES, Translator
from open1540.interfaces.reports import briefing, fonts, render
from open1540.vocabulary import JobFailed
from open1540.workflows.brief import Briefing, brief

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "letters"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Briefing]:
    database = f"sqlite:///{tmp_path_factory.mktemp('store') / 'records.sqlite3'}"
    return {
        language: brief(EXAMPLES / f"invented.{language}.txt", database_url=database, by="test")
        for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_says_every_text_of_the_page_and_runs_nothing(language: str, made: dict[str, Briefing]) -> None:
    page = briefing.page(made["zh"], Translator(language))
    html = render.as_html(page)
    root = ElementTree.fromstring(
        html.replace("<!doctype html>", "")
        .replace('<meta charset="utf-8">', "")
        .replace('<meta name="viewport" content="width=device-width, initial-scale=1">', "")
        .replace(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            "",
        )
    )
    written = " ".join("".join(root.itertext()).split())
    for section in page.sections:
        assert section.title in written
        for item in section.items:
            assert " ".join(item.quotation.split()) in written
    assert root.attrib["dir"] == ("rtl" if language == "ar" else "ltr")
    assert "<script" not in html


def test_markup_in_a_document_stays_text(made: dict[str, Briefing], tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Letter with <script>alert(1)</script>\n\nWe propose that <b>all</b> States act on resolution 1540 (2004).\n"
    )
    hostile = brief(letter, database_url=f"sqlite:///{tmp_path / 'r.sqlite3'}", by="test", language="en")
    assert "<script>" not in render.as_html(briefing.page(hostile, Translator("en")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_carries_the_text_or_names_the_missing_font(
    language: str, made: dict[str, Briefing], tmp_path: Path
) -> None:
    page = briefing.page(made[language], Translator(language))
    try:
        pdf = render.as_pdf(page)
    except JobFailed as error:
        assert language in {"ar", "zh"}
        assert "fonts-noto" in error.remedy
        pytest.skip(error.found)
    assert pdf.startswith(b"%PDF")
    assert pdf == render.as_pdf(page), "the same briefing must give the same bytes"
    if shutil.which("pdftotext") and language not in {"ar", "zh"}:
        target = tmp_path / "briefing.pdf"
        target.write_bytes(pdf)
        text = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, text=True, check=True).stdout
        assert page.sections[0].title in " ".join(text.split())


def test_a_script_without_a_font_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"Libertinus Serif"}))
    with pytest.raises(JobFailed) as failed:
        fonts.families(["不扩散"])
    assert "fonts-noto-cjk" in failed.value.remedy


def test_latin_and_cyrillic_need_nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"Libertinus Serif"}))
    assert fonts.families(["Комитет", "Committee"]) == ["Libertinus Serif"]
