"""An expert's day: documents come in, are read and judged, a law becomes an entry of the matrix, and the next step is at hand."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Visit
from negotiated import LAW
from playwright.sync_api import Locator, Page, expect
from serving import Server

from open1540 import reference
from open1540.matrix.record import standing_template

LETTER = Path(__file__).resolve().parents[2] / "examples" / "letters" / "invented.fr.txt"
STATE = "NOR"
PRODUCE = "OP2.CW.develop.legal"
# What a browser hands to a page when somebody drops a file on it.
DROP = """([name, text]) => { const files = new DataTransfer(); files.items.add(new File([text], name, { type: "text/plain" })); return files }"""
READING = 60_000


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_documents_are_given_read_and_judged(visit: Callable[..., Visit], tmp_path: Path, language: str) -> None:
    expert = visit(language)
    expert.sign_in("expert")
    page = expert.page
    expert.menu("Documents").click()
    expert.link("Upload documents").click()
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.with_stem(f"invented.{language}").read_text().replace("9998", "9989"))
    with page.expect_file_chooser() as chooser:
        expert.field("Choose files, or drop them here").click()
    chooser.value.set_files(letter)
    _send(expert)
    expert.link("Upload more").click()
    _drop(page, "act.txt", LAW.read_text().replace("Act 77", "Act 78"))
    expert.field("State whose law it is, where the text does not say").select_option(STATE)
    _send(expert)
    page.go_back()
    page.go_back()
    page.get_by_role("link", name=re.compile(re.escape(letter.name))).click()

    expect(page.locator(f'.doc-written[lang="{language}"]').first).to_have_attribute("dir", expert.t.direction)
    for kind in ("reference", "actor", "date", "statement", "claim"):
        expect(page.locator(f".doc-written .m-{kind}").first).to_be_visible()
    page.keyboard.press("j")
    _judge(expert, "a", "the act is in the gazette")
    _is_judged(_claims(page).first, expert.says("accepted"))
    page.keyboard.press("j")
    _judge(expert, "a", "the list is in the gazette")
    _judge(expert, "r", "no measure, a wish")
    _is_judged(_claims(page).nth(1), expert.says("rejected"))
    undone = _claims(page).nth(1)
    undone.get_by_label(expert.says("Reason")).fill("read again: it is a measure")
    undone.get_by_role("button", name=expert.says("Take back the last judgement")).click()
    _is_judged(_claims(page).nth(1), expert.says("accepted"))
    for reason in ("the list is in the gazette", "no measure, a wish", "read again: it is a measure"):
        expect(_claims(page).nth(1)).to_contain_text(reason)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_law_becomes_an_entry_and_the_next_step_is_shown(visit: Callable[..., Visit], language: str) -> None:
    expert = visit(language)
    expert.sign_in("expert")
    page, france = expert.page, reference.state("FRA").name(language)
    expert.menu("My work").click()
    own = page.get_by_role("listitem").filter(has_text="Strategic Goods")
    own.get_by_role("link").click()
    expert.field("Field, or a pattern such as OP2.CW.*").fill("OP2.CW.*.enforcement")
    expert.button("Show").click()
    expert.field("Choose all on this page").check()
    expert.field("Reason, one for all").fill("compared with the Gazette")
    expert.button("Judge").click()
    expert.link("See the matrix").click()
    expert.reads("Version {number}", number="3")

    caption = next(one.caption(language) for one in standing_template().fields if one.field == PRODUCE)
    page.get_by_role("navigation", name=expert.says("Sections of the matrix")).get_by_role(
        "link", name=re.compile("^II ")
    ).click()
    page.get_by_role("link", name=caption).click()
    drawer = page.locator("#drawer")
    drawer.locator("summary").filter(has_text=expert.says("Set the entry by hand")).click()
    drawer.get_by_role("radio", name=re.compile(r"^\?")).check()
    drawer.get_by_role("textbox", name=expert.says("Remark"), exact=True).fill("the schedule is not public")
    drawer.get_by_label(expert.says("Reason"), exact=True).fill("asked the State")
    drawer.get_by_role("button", name=expert.says("Set the entry"), exact=True).click()
    expert.reads("The entry was set; a new version was made.")
    expect(page.locator("#evidence")).to_contain_text("the schedule is not public")

    expert.menu("My work").click()
    next_step = page.get_by_role("listitem").filter(has_text=expert.says("version {number}", number="4"))
    expect(next_step).to_contain_text(france)
    next_step.get_by_role("link", name=re.compile(rf"^{expert.says('Send to the State')}")).click()
    expert.field("Reason").fill("for comment")
    expert.field("I have read what follows from this step and want to take it.").check()
    expert.button("Send to the State").click()
    expert.reads("The step was taken.")


def test_two_experts_at_one_field_lose_nothing(visit: Callable[..., Visit], server: Server) -> None:
    first, second = visit("en"), visit("ar")
    for one in (first, second):
        one.sign_in("expert")
        one.open(f"/states/FRA/matrix/{PRODUCE}")
        one.page.locator("summary").filter(has_text=one.says("Set the entry by hand")).click()
        one.page.get_by_role("radio", name=re.compile(r"^\?")).check()
        one.textbox("Remark").fill(f"seen by the {one.language} expert")
        one.textbox("Reason").fill("two at once")
    first.button("Set the entry").click()
    first.reads("The entry was set; a new version was made.")
    second.button("Set the entry").click()
    expect(second.page.get_by_role("alert")).to_be_visible()
    second.is_refused(409)
    expect(second.textbox("Remark")).to_have_value("seen by the ar expert")
    expect(second.page.locator("#evidence")).to_contain_text("seen by the en expert")
    second.link("See what changed since the version you saw").click()
    expect(second.page.locator("table.diff")).to_contain_text("seen by the en expert")


def _send(expert: Visit) -> None:
    expert.button("Upload documents").click()
    expect(expert.page.get_by_role("progressbar")).to_be_visible()
    expect(expert.page.locator("#progress")).to_contain_text(expert.says("All files are done."), timeout=READING)
    expect(expert.page.locator(".doc-status-kept")).to_have_count(1)


def _drop(page: Page, name: str, text: str) -> None:
    dropped = page.evaluate_handle(DROP, [name, text])
    box = page.locator("[data-drop]")
    box.dispatch_event("dragover", {"dataTransfer": dropped})
    box.dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.locator("[data-chosen]")).to_have_text(name)


def _claims(page: Page) -> Locator:
    return page.locator("[data-claim]")


def _judge(expert: Visit, key: str, reason: str) -> None:
    """Judge the claim in focus by keys alone."""
    keyboard = expert.page.keyboard
    keyboard.press(key)
    keyboard.type(reason)
    with expert.page.expect_navigation():
        keyboard.press("Enter")


def _is_judged(claim: Locator, verdict: str) -> None:
    expect(claim.locator("summary .doc-verdict")).to_have_text(verdict)
    expect(claim).to_have_attribute("open", "")
