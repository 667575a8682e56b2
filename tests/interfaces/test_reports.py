"""The three renderings of a briefing say the same, in every language."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from open1540.documents.read import _warnings
from open1540.documents.reading import RawText, Repair
from open1540.interfaces.language import LANGUAGES, Translator
from open1540.interfaces.reports import briefing, fonts, render
from open1540.interfaces.reports.told import told
from open1540.vocabulary import JobFailed
from open1540.workflows.brief import Briefing, brief
from open1540.workflows.judging import judge

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


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_nothing_but_quotations_and_codes_is_left_in_english(language: str, made: dict[str, Briefing]) -> None:
    page = briefing.page(made[language], Translator(language))
    english = briefing.page(made[language], Translator("en"))
    told = [fact.value for section in page.sections for item in section.items for fact in item.facts]
    same = set(told) & {fact.value for section in english.sections for item in section.items for fact in item.facts}
    assert not {value for value in same if re.search(r"[a-z]{3,} [a-z]{3,}", value)}


def test_what_the_readers_noticed_is_told_in_the_language_of_the_briefing(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Letter dated 3 March 2025\n\nWe recall Security Council resolution 1540 (2019) and ask all States to act.\n"
    )
    made = brief(letter, database_url=f"sqlite:///{tmp_path / 'r.sqlite3'}", by="test", language="en")
    french = Translator("fr")
    notes = [note for cited in made.references for note in cited.notes]
    assert [told(note, french) for note in notes] == [
        "Le Conseil de sécurité n’a pas adopté de résolution 1540 en 2019."
    ]
    guess = _warnings(RawText("text", "txt", repairs=(Repair("digits", 0, 1, "a", "b"),)), 0.2)
    assert len(guess) == 2
    assert not set(guess) & {told(warning, french) for warning in guess}


def test_a_judged_claim_is_shown_with_its_judgement(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'r.sqlite3'}"
    letter = EXAMPLES / "invented.en.txt"
    first = brief(letter, database_url=database, by="test").claims[0]
    judge(first.id, "accepted", "it is in force", database_url=database, by="expert")
    page = briefing.page(brief(letter, database_url=database, by="test"), Translator("es"))
    shown = [fact.value for item in page.sections[-1].items for fact in item.facts if fact.label == "Valoración"]
    assert shown == ["aceptada"]
