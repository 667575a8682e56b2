"""The matrix in a browser: evidence beside the grid by keyboard, and an address that leads back to it."""

from collections.abc import Callable

from browsing import Visit
from negotiated import FINANCE
from playwright.sync_api import expect

MATRIX = "/states/FRA/matrix"


def test_evidence_opens_beside_the_grid_and_the_address_remembers_it(visit: Callable[..., Visit]) -> None:
    expert = visit("en")
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
