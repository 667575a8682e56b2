"""The administrator of a new server: the first link, accounts and roles, tokens, webhooks, and the log."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from browsing import Visit
from playwright.sync_api import Locator, Page, expect
from receiving import receiving
from serving import PASSWORD, Server

from open1540.workflows import accounts, permissions


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server nobody has an account at yet."""
    return Server(f"sqlite:///{tmp_path / 'new.sqlite3'}")


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_from_the_first_link_to_a_verified_log(server: Server, visit: Callable[..., Visit], language: str) -> None:
    first = accounts.first_link(database_url=server.database_url)
    administrator = visit(language)
    page = administrator.open(f"/welcome/{first}")
    administrator.field("Name").fill("administrator")
    _choose_password(administrator)
    menu = page.get_by_role("banner")
    menu.locator("summary").filter(has_text="administrator").click()
    administrator.link("All accounts").click()
    new = page.locator("form").last
    new.get_by_label(administrator.says("Name"), exact=True).fill("newcomer")
    _choose_role(administrator, new.get_by_label(administrator.says("Role"), exact=True), "expert")
    administrator.button("Make the account").click()
    link = page.locator("#link").inner_text()

    newcomer = visit(language)
    newcomer.page.goto(link)
    _choose_password(newcomer)
    expect(newcomer.menu("Audit")).to_be_visible()
    _choose_role(administrator, page.get_by_label(f"{administrator.says('Role')} newcomer"), "reader")
    page.get_by_role("row").filter(has_text="newcomer").get_by_role("button", name=administrator.says("Save")).click()
    newcomer.open("/")
    expect(newcomer.menu("Documents")).to_be_visible()
    expect(newcomer.menu("Audit")).to_have_count(0)

    _tokens_do_what_they_say(administrator)
    _a_webhook_arrives(administrator)
    _the_log_is_whole(administrator)


def _choose_password(one: Visit) -> None:
    one.field("Password").fill(PASSWORD)
    one.field("The same again").fill(PASSWORD)
    one.button("Set the password and sign in").click()
    one.page.wait_for_url(re.compile(r"/(\?.*)?$"))


def _choose_role(administrator: Visit, select: Locator, role: str) -> None:
    select.select_option(label=administrator.says(permissions.table().roles[role].title))


def _tokens_do_what_they_say(administrator: Visit) -> None:
    for scope, status in (("read", 403), ("read and change", 201)):
        administrator.open("/account")
        administrator.field("Name").fill(scope)
        administrator.field("May").select_option(label=administrator.says(scope))
        administrator.button("Make the token").click()
        secret = administrator.page.locator("#secret").inner_text()
        headers = {"Authorization": f"Bearer {secret}"}
        address = f"{administrator.address}/api/v1"
        assert httpx.get(f"{address}/audit", headers=headers).status_code == 200
        hook = {"url": "http://127.0.0.1:9/", "events": ["version.published"]}
        assert httpx.post(f"{address}/hooks", json=hook, headers=headers).status_code == status
    administrator.open("/account")
    administrator.page.get_by_role("button", name=f"{administrator.says('Take back')} read and change").click()
    expect(administrator.page.get_by_role("button", name=re.compile(administrator.says("Take back")))).to_have_count(1)
    assert httpx.get(f"{administrator.address}/api/v1/audit", headers=headers).status_code == 401


def _a_webhook_arrives(administrator: Visit) -> None:
    with receiving() as receiver:
        administrator.link("Webhooks").click()
        administrator.field("Address").fill(f"{receiver.address}/take")
        administrator.button("Make the webhook").click()
        expect(administrator.page.locator("#secret")).to_be_visible()
        administrator.page.get_by_role("link", name=f"{receiver.address}/take").click()
        administrator.reads("Nothing was sent yet. Send a message to see whether it arrives.")
        administrator.button("Send a message to try it").click()
        assert receiver.arrived(1)


def _the_log_is_whole(administrator: Visit) -> None:
    page = administrator.page
    administrator.menu("Audit").click()
    administrator.field("By whom").select_option("newcomer")
    administrator.button("Show").click()
    assert _people(page) == {"newcomer"}
    file = administrator.download(page.get_by_role("link", name=".csv"))
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))[1:]
    shown = page.locator("tbody tr th").all_inner_texts()
    assert [row[0] for row in rows] == shown
    assert {row[2] for row in rows} == {"newcomer"}

    verify = page.locator("details").filter(has=page.locator("#noted"))
    verify.locator("summary").click()
    administrator.button("Verify the log").click()
    verdict = page.get_by_role("status")
    expect(verdict).to_contain_text(re.compile(r"\b[0-9a-f]{64}\b"))
    last = verdict.locator(".hash").inner_text()
    administrator.field("A hash noted earlier, if you have one").fill(last)
    administrator.button("Verify the log").click()
    told = administrator.says("The hash noted stands in line {number}: all lines up to it are as they were then.")
    expect(verdict).to_contain_text(told.split("{number}")[0].strip())


def _people(page: Page) -> set[str]:
    return set(page.locator("tbody tr td:nth-child(3)").all_inner_texts())
