"""An expert who never touches the mouse: signs in, finds a field, comments on it, and sees all the while where the focus is."""

from collections.abc import Callable

import pytest
from browsing import Visit
from negotiated import FINANCE
from playwright.sync_api import expect
from serving import PASSWORD

from open1540 import reference
from open1540.matrix.record import standing_template


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_comment_is_made_by_keyboard_alone(visit: Callable[..., Visit], language: str) -> None:
    expert = visit(language)
    page, keys = expert.open("/sign-in"), expert.page.keyboard
    expert.tab_to(expert.link("Skip to the content"))
    keys.press("Enter")
    expert.tab_to(expert.field("Name"))
    keys.type("expert")
    expert.tab_to(expert.field("Password"))
    keys.type(PASSWORD)
    with page.expect_navigation():
        keys.press("Enter")

    expert.tab_to(expert.menu("States"))
    _go(expert)
    search = page.get_by_role("searchbox")
    expert.tab_to(search)
    france = reference.state("FRA").name(language)
    keys.type(france)
    _go(expert)
    expert.tab_to(expert.link("Skip to the content"))
    keys.press("Enter")
    expert.tab_to(page.get_by_role("link", name=france, exact=True))
    _go(expert)
    tabs = page.get_by_role("navigation", name=expert.says("Pages of this State"))
    expert.tab_to(tabs.get_by_role("link", name=expert.says("Matrix"), exact=True))
    _go(expert)
    sections = page.get_by_role("navigation", name=expert.says("Sections of the matrix"))
    expert.tab_to(sections.get_by_role("link").nth(1))
    _go(expert)
    expert.tab_to(sections.get_by_role("link").nth(6))
    caption = next(one.caption(language) for one in standing_template().fields if one.field == FINANCE)
    cell = page.get_by_role("link", name=caption)
    expert.tab_to(cell, most=120)
    keys.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer).to_be_focused()
    comment = expert.field("A comment, seen by the State, the experts and the Committee")
    expert.tab_to(comment)
    keys.type("by keyboard")
    expert.tab_to(expert.button("Comment"))
    _go(expert)
    expert.reads("The comment was kept.")
    expect(page.locator("#evidence")).to_contain_text("by keyboard")


def _go(expert: Visit) -> None:
    with expert.page.expect_navigation():
        expert.page.keyboard.press("Enter")
