"""The State answers field by field and agrees, the Committee approves and publishes, everybody reads; nobody sees too early."""

import re
from collections.abc import Callable

import pytest
from browsing import Visit
from negotiated import FINANCE, NOTE, USE
from playwright.sync_api import expect
from published import take
from serving import PASSWORD, Server

from open1540 import reference
from open1540.matrix.record import standing_template
from open1540.workflows import accounts, matrix_changes

CAPTIONS = {field.field: field.caption for field in standing_template().fields}
MATRIX = "/states/FRA/matrix"


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_point_of_contact_answers_and_agrees(server: Server, visit: Callable[..., Visit], language: str) -> None:
    expert, contact = server.person("expert"), visit(language)
    # Another State's draft, with that State for comment.
    matrix_changes.set_entry("DEU", USE, "?", database_url=server.database_url, who=expert, reason="unclear so far")
    contact.sign_in("contact")
    page, france = contact.page, reference.state("FRA").name(language)
    contact.menu("My work").click()
    expect(page.locator("main")).not_to_contain_text(reference.state("DEU").name(language))
    page.get_by_role("link", name=contact.says("version {number}", number="2"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(france)
    page.get_by_role("navigation", name=contact.says("Sections of the matrix")).get_by_role(
        "link", name=re.compile("^II ")
    ).click()
    page.get_by_role("link", name=CAPTIONS[FINANCE](language)).click()
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("Article 7 replaces section 3(2).")
    expect(drawer).not_to_contain_text(NOTE)
    expect(drawer.get_by_text(contact.says("A note of the experts, never shown to the State"))).to_have_count(0)
    contact.field("A comment, seen by the State, the experts and the Committee").fill("شكرا 谢谢 Thank you")
    contact.button("Comment").click()
    contact.reads("The comment was kept.")
    contact.reads("A comment, seen by the State, the experts and the Committee")
    expect(page.locator(".comment").last).to_contain_text("شكرا 谢谢 Thank you")
    page.goto(f"{contact.address}{MATRIX}/{USE}")
    contact.button("It may not be shown").click()
    contact.reads("The answer was recorded; a new version was made.")
    contact.reads("The State does not agree that this be shown to others")

    contact.menu("My work").click()
    page.get_by_role("link", name=re.compile(f"^{contact.says('Agree for the State')}")).click()
    contact.field("Reason").fill("as commented")
    contact.field("I have read what follows from this step and want to take it.").check()
    contact.button("Agree for the State").click()
    contact.reads("The step was taken.")
    contact.menu("My work").click()
    expect(page.locator("main")).not_to_contain_text(contact.says("Agree for the State"))

    contact.open("/states/DEU/matrix")
    contact.reads("No version to show")
    contact.open(f"/states/DEU/matrix/{USE}")
    expect(page.locator("main")).not_to_contain_text("unclear so far")


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_point_of_contact_of_another_state_sees_nothing(
    server: Server, visit: Callable[..., Visit], language: str
) -> None:
    _, link = accounts.invite(
        "delegate", "contact", database_url=server.database_url, who=server.person("administrator"), state="DEU"
    )
    accounts.use_link(link, PASSWORD, database_url=server.database_url)
    other = visit(language)
    other.sign_in("delegate")
    other.menu("My work").click()
    other.reads("Nothing awaits you now. What comes in is shown here first.")
    other.open(MATRIX)
    other.reads("No version to show")
    other.open(f"{MATRIX}?version=2")
    other.is_refused(404)
    other.open(f"{MATRIX}/{FINANCE}")
    expect(other.page.locator("main")).not_to_contain_text("Invented Act 9")
    expect(other.field("A comment, seen by the State, the experts and the Committee")).to_have_count(0)
    # Another State's proposals are no page for a point of contact at all.
    other.open(f"{MATRIX}/proposals")
    other.is_refused(403)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_committee_publishes_and_a_visitor_reads(
    server: Server, visit: Callable[..., Visit], language: str
) -> None:
    take(server, "agree")
    visitor, committee = visit(language), visit(language)
    visitor.open(MATRIX)
    visitor.reads("No version to show")
    committee.sign_in("committee")
    page = committee.page
    for verb in ("Approve for the Committee", "Publish"):
        committee.menu("My work").click()
        page.get_by_role("link", name=re.compile(f"^{committee.says(verb)}")).click()
        committee.field("Reason").fill("by silence procedure")
        committee.field("I have read what follows from this step and want to take it.").check()
        committee.button(verb).click()
        committee.reads("The step was taken.")
    visitor.open(f"{MATRIX}/{FINANCE}")
    expect(visitor.page.locator("#evidence")).to_contain_text("Invented Act 9, art. 7")
    expect(visitor.page.locator("main")).not_to_contain_text(NOTE)
    expect(visitor.page.locator("main")).not_to_contain_text("Article 7 replaces section 3(2).")


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_two_of_the_committee_at_once(server: Server, visit: Callable[..., Visit], language: str) -> None:
    take(server, "agree")
    first, second = visit(language), visit(language)
    for one in (first, second):
        one.sign_in("committee")
        one.open(f"{MATRIX}/steps/approve?version=2")
        one.field("Reason").fill("read by the first" if one is first else "read by the second")
        one.field("I have read what follows from this step and want to take it.").check()
    first.button("Approve for the Committee").click()
    first.reads("The step was taken.")
    second.button("Approve for the Committee").click()
    expect(second.page.get_by_role("alert")).to_be_visible()
    second.is_refused(403)
    second.reads("What you wrote")
    expect(second.page.locator("main")).to_contain_text("read by the second")
    second.link("Versions").last.click()
    expect(second.page.get_by_role("row").nth(1)).to_contain_text("read by the first")


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_provider_of_assistance_sees_what_is_published_and_documents_of_members(
    server: Server, visit: Callable[..., Visit], language: str
) -> None:
    provider = visit(language)
    provider.sign_in("provider")
    for desk in ("My work", "Audit"):
        expect(provider.menu(desk)).to_have_count(0)
    provider.menu("Documents").click()
    expect(provider.page.locator("main")).to_contain_text("Strategic Goods (Control) Act 2021")
    expect(provider.link("Upload documents")).to_have_count(0)
    provider.open(MATRIX)
    provider.reads("No version to show")
    take(server, "agree", "approve", "publish")
    provider.open(f"{MATRIX}/{FINANCE}")
    expect(provider.page.locator("#evidence")).to_contain_text("Invented Act 9, art. 7")
    expect(provider.page.locator("main")).not_to_contain_text(NOTE)
    for path in ("/work", "/audit", "/documents/upload", "/accounts"):
        provider.open(path)
        provider.reads("This was not done")
        provider.is_refused(403)
