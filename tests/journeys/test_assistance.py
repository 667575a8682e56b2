"""From a vague request to help that is given: made clear, sent, circulated, matched, planned with neighbours, told of, withdrawn."""

import datetime as dt
import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from assisting import SECRET, TO_POSTED, ask, offer
from browsing import Visit
from neighbours import PRACTISING, PROVIDER, STATES, THEME, settle
from playwright.sync_api import Locator, expect
from serving import Server

from open1540 import reference
from open1540.assistance.form import option_titles
from open1540.reference.request_parts import request_form, request_part
from open1540.workflows.assistance_requests import today

REQUESTS, PLANS = "/assistance/requests", "/assistance/plans"
PARTS = ("Found", "Expected", "Where", "What to do")
EVERYWHERE = pytest.mark.parametrize("language", ["en", "ar", "zh"])
VAGUE = {"en": "We would like training", "ar": "نود الحصول على تدريب", "zh": "我们希望得到培训"}
NEED = {
    "en": "Two five-day courses for 40 customs officers on finding chemicals at land crossings.",
    "ar": "دورتان مدة كل منهما خمسة أيام لأربعين موظف جمارك بشأن كشف المواد الكيميائية في المعابر البرية.",
    "zh": "为40名海关人员举办两期为期五天的课程，内容是在陆路口岸发现化学品。",
}
OUTCOME = {
    "en": "24 trained officers at 12 crossings",
    "ar": "24 موظفا مدربا في 12 معبرا",
    "zh": "12个口岸共有24名受训人员",
}
RECEIVER = {"en": "Invented Customs Academy", "ar": "أكاديمية الجمارك (مختلقة)", "zh": "海关学院（虚构）"}


def days_ago(days: int) -> dt.date:
    """So many days before today at Headquarters."""
    return today() - dt.timedelta(days=days)


def part(visit: Visit, part_id: str) -> Locator:
    """The field of a part of a request; what is needed before sending is said behind its label."""
    label = re.escape(request_part(part_id).labels[visit.language])
    return visit.page.get_by_label(re.compile(rf"^\s*{label}(\s*\(.*\))?\s*$"))


def option(visit: Visit, part_id: str, key: str) -> Locator:
    """The box of an option of a part."""
    return visit.page.get_by_role("checkbox", name=option_titles(part_id)[key][visit.language], exact=True)


def step(step_id: str, language: str) -> str:
    """What a step is called once it is taken."""
    return reference.step_rule(step_id).titles[language]


def begin(visit: Visit, step_id: str, on: dt.date, reason: str = "") -> Locator:
    """Open a step that can be taken and fill its form; gives the button that takes it."""
    words = step(step_id, visit.language)
    opened = visit.page.locator("details.step").filter(
        has=visit.page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(words)}"))
    )
    if opened.get_attribute("open") is None:
        opened.locator("summary").click()
    opened.get_by_label(visit.says("Day on which it happened")).fill(str(on))
    opened.get_by_label(visit.says("Reason or remark")).fill(reason)
    return opened.get_by_role("button", name=words, exact=True)


def take(visit: Visit, step_id: str, on: dt.date) -> None:
    """Take a step as of a day."""
    begin(visit, step_id, on).click()
    visit.reads("The step was entered.")


def ask_vaguely(contact: Visit) -> str:
    """Write a request nobody can act on, ask what would make it clearer, keep it, and be refused to send it. Gives its path."""
    page, language = contact.page, contact.language
    contact.open(f"{REQUESTS}/new")
    part(contact, "requester").fill(RECEIVER[language])
    part(contact, "title").fill(VAGUE[language])
    part(contact, "need").fill(VAGUE[language])
    page.evaluate("window.wasHere = true")
    contact.button("What would make it clearer?").click()
    advice = page.locator("#advice")
    for missing in ("receiver", "outcome", "themes", "contact.email"):
        expect(advice).to_contain_text(request_part(missing).labels[language])
    expect(advice).to_contain_text(contact.says("needed before it is sent"))
    assert page.evaluate("window.wasHere"), "the page was loaded anew"
    contact.button("Keep the draft").click()
    contact.reads("The request was kept. Nothing was sent.")
    path = page.url.removeprefix(contact.address).partition("?")[0]
    begin(contact, "submit", days_ago(21)).click()
    expect(page.get_by_role("alert")).to_contain_text("receiver")
    contact.is_refused(422)
    return path


def make_clear(contact: Visit) -> None:
    """Say what was missing, one part after the other, until nothing is."""
    contact.link("Change the request").click()
    language, year = contact.language, today().year + 1
    for part_id, text in {
        "contact.name": "Invented Officer",
        "contact.email": SECRET,
        "need": NEED[language],
        "existing": "1",
        "outcome": OUTCOME[language],
        "receiver": RECEIVER[language],
        "beneficiaries": "40",
        "since": f"{year}-03-01",
        "until": f"{year}-12-31",
        "elsewhere": "–",
    }.items():
        part(contact, part_id).fill(text)
    for part_id, key in (("weapons", "CW"), ("themes", THEME), ("types", "training"), ("languages", "en")):
        option(contact, part_id, key).check()
    contact.page.get_by_role("radio", name=request_form().form["yes"][language], exact=True).check()
    contact.button("Keep the change").click()
    contact.reads("Nothing more is missing: others can act on this request.")


@EVERYWHERE
def test_a_vague_request_is_made_clear_sent_matched_and_told_of(
    server: Server, visit: Callable[..., Visit], language: str
) -> None:
    given = offer(server)
    contact, expert, committee, visitor = (visit(language) for _ in range(4))
    contact.sign_in("contact")
    path = ask_vaguely(contact)
    visitor.open(path)
    visitor.is_refused(404)
    make_clear(contact)
    take(contact, "submit", days_ago(21))

    expert.sign_in("expert")
    committee.sign_in("committee")
    expert.open(path)
    take(expert, "authenticate", days_ago(20))
    take(expert, "notify", days_ago(20))
    committee.open(path)
    take(committee, "acknowledge", days_ago(19))
    begin(committee, "circulate", days_ago(19)).click()
    expect(committee.page.get_by_role("alert")).to_be_visible()
    committee.is_refused(422)
    take(committee, "circulate", days_ago(5))
    expert.open(path)
    take(expert, "post", days_ago(4))

    visitor.open(REQUESTS)
    visitor.page.get_by_role("row").filter(has_text=VAGUE[language]).get_by_role("rowheader").get_by_role(
        "link"
    ).click()
    visitor.reads("You are shown the summary posted with the State's consent.")
    summary = visitor.page.locator("main")
    expect(summary).to_contain_text(OUTCOME[language])
    for hidden in (SECRET, "Invented Officer", given):
        expect(summary).not_to_contain_text(hidden)

    match = expert.page.locator("details.match").filter(has_text="Invented Institute of Customs")
    expect(match).to_contain_text(expert.says("good match"))
    match.locator("summary").click()
    reasons = match.get_by_role("row").filter(has_text=expert.says("speaks for it"))
    expect(reasons.filter(has_text=option_titles("themes")[THEME][language])).not_to_have_count(0)
    passing = begin(expert, "pass-offer", days_ago(3))
    expert.page.locator("details.step[open]").get_by_label(expert.says("Offer"), exact=True).fill(given)
    passing.click()
    expert.reads("The step was entered.")

    contact.open(path)
    take(contact, "accept", days_ago(2))
    say(contact, "requester", "yes", "شكرا 谢谢")
    # Who looked on as a visitor was the provider, and signs in.
    visitor.sign_in("provider")
    visitor.open(path)
    say(visitor, "provider", "in part", "one course of two")
    told = visitor.page.get_by_role("region", name=visitor.says("Feedback"))
    for words in ("شكرا 谢谢", "one course of two"):
        expect(told).to_contain_text(words)


def say(visit: Visit, side: str, met: str, text: str) -> None:
    """Record what a side says of the assistance."""
    visit.page.get_by_label(visit.says("Speaking for")).select_option(side)
    visit.page.get_by_label(visit.says("Was the need met?")).select_option(met)
    visit.field("In your words").fill(text)
    visit.button("Keep the feedback").click()
    visit.reads("The feedback was kept.")


@EVERYWHERE
def test_a_seminar_of_neighbours_is_planned_and_kept(
    server: Server, visit: Callable[..., Visit], language: str
) -> None:
    settle(server.database_url)
    expert = visit(language)
    expert.sign_in("expert")
    page = expert.open(f"{PLANS}/new")
    expert.field("Title").fill(VAGUE[language])
    expert.field("Most meetings").fill("1")
    page.get_by_role("checkbox", name=expert.says("Western Africa"), exact=True).check()
    option(expert, "themes", THEME).check()
    expert.page.get_by_text(expert.says("Further limits"), exact=True).click()
    expert.field("Seconds to work it out (1 to 120)").fill("5")
    page.evaluate("window.wasHere = true")
    expert.button("Work it out").click()
    expert.reads("gap: no plan among the meetings looked at is better by more")
    meeting = page.get_by_role("article")
    expect(meeting).to_have_count(1)
    expect(meeting).to_contain_text(PROVIDER)
    names = {code: reference.state(code).name(language) for code in STATES}
    assert any(name in meeting.inner_text() for code, name in names.items() if code in PRACTISING)

    word = meeting.get_by_role("link", name=re.compile("^Word E01"))
    with ZipFile(io.BytesIO(expert.download(word.first))) as archive:
        agenda = archive.read("word/document.xml").decode()
    assert "Law of GHA (invented)" in agenda or "Law of SEN (invented)" in agenda
    page.get_by_text(expert.says("Choose a State"), exact=True).click()
    page.get_by_role("region", name=expert.says("Why a State is in it or not")).get_by_role(
        "link", name=names["TGO"], exact=True
    ).click()
    expert.reads("Needs met")
    page.go_back()
    page.get_by_role("button", name=re.compile(f"^{expert.says('Keep it as a planned activity')}")).click()
    expert.reads("Kept as a planned activity:")
    page.get_by_role("status").get_by_role("link").click()
    expect(page.get_by_role("row").filter(has_text=f"{VAGUE[language]}: E01")).to_contain_text(PROVIDER)


def test_a_request_its_state_withdraws_is_gone_and_stays_in_the_audit(
    server: Server, visit: Callable[..., Visit]
) -> None:
    title = "Withdrawn later"
    request = ask(server, title, steps=len(TO_POSTED))
    contact, visitor, administrator = (visit("ar") for _ in range(3))
    visitor.open(REQUESTS)
    expect(visitor.page.locator("main")).to_contain_text(title)
    contact.sign_in("contact")
    contact.open(f"{REQUESTS}/{request}")
    take(contact, "withdraw", today())
    expect(contact.page.locator("main")).to_contain_text(title)

    visitor.open(f"{REQUESTS}/{request}")
    visitor.is_refused(404)
    for place in ("/assistance", REQUESTS):
        visitor.open(place)
        expect(visitor.page.locator("main")).not_to_contain_text(title)
    for place in (f"{REQUESTS}.csv", f"{REQUESTS}.json", f"/api/v1{REQUESTS}"):
        answer = visitor.page.request.get(f"{visitor.address}{place}")
        assert answer.ok, place
        assert title not in answer.text() and request not in answer.text(), place
    for place in (f"/api/v1{REQUESTS}/{request}", f"{REQUESTS}/{request}/form.docx"):
        assert visitor.page.request.get(f"{visitor.address}{place}").status == 404, place

    administrator.sign_in("administrator")
    administrator.open(f"/audit?words={request}")
    lines = administrator.page.locator("main")
    for step_id in ("submit", "post", "withdraw"):
        expect(lines).to_contain_text(step(step_id, "ar"))


def test_two_of_the_committee_at_once(server: Server, visit: Callable[..., Visit]) -> None:
    path = f"{REQUESTS}/{ask(server, steps=2)}"
    first, second = visit("zh"), visit("zh")
    for one in (first, second):
        one.sign_in("committee")
        one.open(path)
    own = begin(second, "close", today(), "closed by the second")
    take(first, "acknowledge", today())
    own.click()
    alert = second.page.get_by_role("alert")
    for words in PARTS:
        expect(alert.get_by_text(second.says(words), exact=True)).to_be_visible()
    second.is_refused(409)
    second.reads("What you wrote")
    expect(second.page.locator("main")).to_contain_text("closed by the second")
    steps = second.page.get_by_role("region", name=second.says("Steps of the procedure"))
    expect(steps).to_contain_text(step("acknowledge", "zh"))
    expect(steps).not_to_contain_text(step("close", "zh"))
