"""The matrix in a browser: evidence beside the grid by keyboard, the slider of its history, and all of it without scripts."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from browsing import Visit
from negotiated import FINANCE, negotiate
from playwright.sync_api import expect
from serving import Server

MATRIX = "/states/FRA/matrix"


@pytest.fixture(scope="module")
def at_work(server: Server) -> Server:
    negotiate(server)
    return server


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_evidence_opens_beside_the_grid_and_the_address_remembers_it(
    at_work: Server, visit: Callable[..., Visit], language: str
) -> None:
    expert = visit(language)
    expert.sign_in("expert")
    page = expert.open(f"{MATRIX}?section=II")
    cell = page.locator(f'a.code[href*="{FINANCE}"]')
    cell.focus()
    cell.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("No person shall finance an activity")
    expect(drawer).to_be_focused()
    assert f"field={FINANCE}" in page.url
    page.reload()
    expect(drawer).to_contain_text("No person shall finance an activity")
    drawer.locator(".btn-close").click()
    expect(drawer.locator("#evidence")).to_have_count(0)
    assert "field=" not in page.url
    assert not expert.faults


def test_the_slider_leads_to_an_earlier_version(at_work: Server, visit: Callable[..., Visit]) -> None:
    expert = visit("en")
    expert.sign_in("expert")
    page = expert.open(f"{MATRIX}?section=II")
    page.locator("#slide").press("ArrowLeft")
    page.wait_for_url(re.compile("version=1"))
    expect(page.locator(".versionbar")).to_contain_text("an earlier version")
    assert "section=II" in urlsplit(page.url).query


def test_everything_is_read_without_scripts(at_work: Server, visit: Callable[..., Visit]) -> None:
    expert = visit("en", scripts=False)
    expert.sign_in("expert")
    page = expert.open(f"{MATRIX}?section=II")
    expect(page.locator("#slide")).to_be_hidden()
    page.get_by_role("navigation", name="Versions").get_by_role("link", name="1", exact=True).click()
    expect(page.locator(".versionbar")).to_contain_text("an earlier version")
    page.locator(f'a.code[href*="{FINANCE}"]').click()
    assert urlsplit(page.url).path == f"{MATRIX}/{FINANCE}"
    expect(page.locator("#evidence")).to_contain_text("No person shall finance an activity")
