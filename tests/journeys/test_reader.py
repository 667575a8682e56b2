"""A visitor finds what is on record: from the map to a State, its matrix, the evidence, an earlier version, a file, a document."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from browsing import Visit
from negotiated import FINANCE, NOTE
from playwright.sync_api import expect
from published import publish_twice
from serving import Server

from open1540 import reference
from open1540.interfaces.language import LANGUAGES
from open1540.matrix.record import standing_template

CAPTIONS = {field.field: field.caption for field in standing_template().fields}


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_from_the_map_to_the_evidence_and_a_file(server: Server, visit: Callable[..., Visit], language: str) -> None:
    publish_twice(server)
    reader = visit(language)
    france, finance = reference.state("FRA").name(language), CAPTIONS[FINANCE](language)
    page = reader.open("/")
    reader.link("Fields of the matrix, table and downloads").click()
    reader.field("Instrument or field of the matrix").select_option(label=finance)
    reader.button("Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(finance)
    page.locator("summary").filter(has_text=reader.says("The same as a table")).click()
    shown = page.get_by_role("row").filter(has=page.get_by_role("link", name=france, exact=True))
    expect(shown).to_contain_text(reader.says("recorded"))
    area = page.locator(".world").get_by_role("link", name=f"{france}: {reader.says('recorded')}")
    area.focus()
    area.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(france)

    pages_of_state = page.get_by_role("navigation", name=reader.says("Pages of this State"))
    pages_of_state.get_by_role("link", name=reader.says("Matrix"), exact=True).click()
    page.get_by_role("navigation", name=reader.says("Sections of the matrix")).get_by_role(
        "link", name=re.compile("^II ")
    ).click()
    expect(page.locator("html")).to_have_attribute("dir", reader.t.direction)
    cell = page.get_by_role("link", name=finance)
    cell.focus()
    cell.press("Enter")
    drawer = page.get_by_role("complementary", name=reader.says("Evidence of the field chosen"))
    expect(drawer).to_contain_text("Invented Act 9, art. 7")
    expect(drawer).not_to_contain_text(NOTE)
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()

    file = reader.download(
        page.get_by_role("navigation", name=reader.says("Download what is shown")).get_by_role("link", name=".csv")
    )
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    cells = page.locator("a.code").evaluate_all(
        "cells => cells.map(one => [new URL(one.href).pathname.split('/').pop(), one.firstChild.textContent])"
    )
    assert {row[0]: row[2] or "–" for row in rows[1:]} == dict(cells)
    assert [FINANCE, finance, "X", reader.says("recorded")] in [row[:4] for row in rows]

    slider = page.get_by_role("slider", name=re.compile(re.escape(reader.says("History"))))
    slider.press("ArrowDown")
    page.wait_for_url(re.compile("version=2"))
    reader.reads("an earlier version")
    expect(page.get_by_role("link", name=finance)).to_have_text(re.compile("^X"))


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_search_finds_documents_of_other_languages(visit: Callable[..., Visit], language: str) -> None:
    reader = visit(language)
    words = reference.topic("export-control").label(language)
    page = reader.open("/")
    reader.menu("Documents").click()
    search = page.get_by_role("searchbox", name=reader.says("Search in six languages"))
    search.fill(words)
    search.press("Enter")
    hits = page.locator(".doc-hits > li")
    expect(hits).to_have_count(3)
    expect(hits.locator("mark")).to_have_count(3)
    own = hits.locator(f'a[lang="{language}"]')
    own.click()
    expect(page.locator(f'.doc-written[lang="{language}"]').first).to_have_attribute("dir", reader.t.direction)
    # What a visitor reads, nobody can judge here.
    expect(page.locator("form.judge")).to_have_count(0)

    other = LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]
    page.locator("header summary").click()
    page.locator(f'header a[hreflang="{other}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator(f'.doc-written[lang="{language}"]').first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_everything_is_read_without_scripts(server: Server, visit: Callable[..., Visit], language: str) -> None:
    publish_twice(server)
    reader = visit(language, scripts=False)
    page = reader.open("/states/FRA/matrix?section=II")
    expect(page.get_by_role("slider")).to_be_hidden()
    page.get_by_role("navigation", name=reader.says("Versions"), exact=True).get_by_role(
        "link", name="2", exact=True
    ).click()
    reader.reads("an earlier version")
    page.get_by_role("link", name=CAPTIONS[FINANCE](language)).click()
    expect(page.locator("#evidence")).to_contain_text("No person shall finance an activity")
    reader.menu("Overview").click()
    reader.field("Instrument").select_option("CWC")
    reader.button("Show").click()
    expect(page.locator(".world").get_by_role("link")).not_to_have_count(0)
    reader.menu("Documents").click()
    page.locator(f'td ~ td, th a[lang="{language}"]').locator("visible=true").first.wait_for()
    page.locator(f'th a[lang="{language}"]').click()
    claim = page.locator("[data-claim]").first
    claim.locator("summary").click()
    expect(claim).to_contain_text(reader.says("Confidence"))
