"""Offers and activities on their pages: written, cancelled, in from a list and out again, matched, counted."""

import re

import pytest
from assisting import TO_POSTED, activity, ask, matched, offer
from fastapi.testclient import TestClient
from negotiated import post
from serving import Server, form_secret

from open1540.interfaces.http.tables import FORMS

LIST = (
    "Title,Provider,Kind of assistance,Start,Languages\r\n"
    "Course A,Invented Institute A,training,2027-03-01,English\r\n"
    "Course B,Invented Institute B,training,2027-13-01,English\r\n"
    "Course C,Invented Institute C,juggling,2027-03-01,French\r\n"
)


def brought(browser: TestClient, listed: str, content: bytes, name: str = "list.csv"):
    """What the page answers to a list that is given it."""
    page = f"/assistance/{listed}/import"
    secret = form_secret(browser.get(page).text)
    return browser.post(page, data={"csrf": secret}, files={"file": (name, content)})


def again(browser: TestClient, listed: str, page: str, **changed: object):
    """Send the form of a preview as the browser would, with some fields changed."""
    columns = re.findall(r'<select class="form-select form-select-sm".*?</select>', page, re.DOTALL)
    sent: dict[str, object] = {
        "csrf": form_secret(page),
        "name": re.search(r'name="name" value="([^"]*)"', page)[1],
        "content": re.findall(r'name="content" value="([^"]*)"', page),
        "column": [(re.search(r'value="([^"]*)" selected', one) or ["", ""])[1] for one in columns],
        "row": re.findall(r'name="row" value="(\d+)"[^>]*checked', page),
    }
    return browser.post(f"/assistance/{listed}/import", data=sent | changed)


def test_a_list_is_shown_with_its_problems_and_kept_only_when_told(server: Server) -> None:
    provider = server.signed_in("provider")
    shown = brought(provider, "offers", LIST.encode())
    assert shown.status_code == 200
    assert "Course A" in shown.text and "2027-13-01" in shown.text and "juggling" in shown.text
    assert "Course A" not in server.visitor().get("/assistance/offers").text
    kept = again(provider, "offers", shown.text, keep="yes")
    assert kept.headers["location"] == "/assistance/offers/import?kept=1"
    listed = server.visitor().get("/assistance/offers").text
    assert "Course A" in listed and "Course B" not in listed
    twice = brought(provider, "offers", LIST.encode()).text
    assert "on record already" in twice
    assert again(provider, "offers", twice, keep="yes", row=["2"]).status_code == 422


def test_what_a_column_is_taken_for_can_be_corrected(server: Server) -> None:
    provider = server.signed_in("provider")
    content = LIST.replace("Title,Provider", "What,Donor and more").replace("Course A", "Corrected course").encode()
    shown = brought(provider, "offers", content)
    wrong = again(provider, "offers", shown.text, column=["", "", "subject.types", "", ""])
    assert wrong.status_code == 422
    assert "no column for the title" in wrong.text
    right = again(provider, "offers", wrong.text, column=["title", "provider", "", "", ""])
    assert right.status_code == 200
    assert right.text.count('name="row"') == 3, "what is not read cannot be wrong"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b""),
        ("list.xlsx", b"PK\x03\x04 broken"),
        ("list.exe", b"MZ\x00"),
        ("list.csv", b"\xff\xfe\x00\x00\x01"),
    ],
)
def test_what_is_no_list_is_refused_with_the_way_on(server: Server, name: str, content: bytes) -> None:
    provider = server.signed_in("provider")
    told = brought(provider, "offers", content, name)
    assert told.status_code == 422
    assert all(f">{part}</dt>" in told.text for part in ("Found", "Expected", "Where", "What to do"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_what_goes_out_comes_back_as_on_record(server: Server, form: str, language: str) -> None:
    offer(server, "Going out and back")
    expert = server.signed_in("expert")
    content = expert.get(f"/assistance/offers/export.{form}?lang={language}").content
    shown = brought(expert, "offers", content, f"offers.{form}").text
    assert "Going out and back" in shown
    assert 'name="row"' not in shown, "everything is on record already"


def test_an_export_follows_the_filters_and_hides_contacts_from_the_public(server: Server) -> None:
    offer(server, "Exported by its theme")
    found = "/assistance/offers/export.{}?theme=border-controls&q=exported"
    for form in ("csv", "json", "xml"):
        public, member = (b.get(found.format(form)).text for b in (server.visitor(), server.signed_in("expert")))
        assert "Exported by its theme" in public
        assert "hidden@institute.example" not in public
        assert form == "xml" or "hidden@institute.example" in member
        assert (
            "Exported by its theme"
            not in server.visitor().get(f"/assistance/offers/export.{form}?theme=export-licensing").text
        )
    assert server.visitor().get("/assistance/offers/export.exe").status_code == 422


def test_an_activity_is_written_changed_and_cancelled(server: Server) -> None:
    provider = server.signed_in("provider")
    page = "/assistance/activities/new"
    typed = {
        "title": "Invented seminar",
        "provider": "Invented Institute",
        "states": ["FRA"],
        "themes": ["border-controls"],
    }
    made = post(provider, page, page, since="2027-03-01", **typed)
    address = made.headers["location"].partition("?")[0]
    assert "Invented seminar" in server.visitor().get("/assistance/activities?state=FRA").text
    assert "Invented seminar" not in server.visitor().get("/assistance/activities?state=ITA").text
    change = f"{address}/change"
    changed = post(provider, change, change, number="1", status="cancelled", note="no venue", **typed)
    assert changed.status_code == 303
    assert "Invented seminar" not in server.visitor().get("/assistance/activities").text
    assert "Invented seminar" in server.visitor().get("/assistance/activities?all=yes").text
    assert "Cancelled" in server.visitor().get(address).text
    assert "no venue" not in server.visitor().get(address).text
    late = post(provider, change, change, number="1", status="planned", **typed)
    assert late.status_code == 409


def test_an_activity_tells_of_its_request_only_whom_that_is_shown(server: Server) -> None:
    request = ask(server, "Not posted", steps=1)
    held = activity(server, "Answers what is not posted", request)
    addresses = (
        f"/assistance/activities/{held}",
        f"/api/v1/assistance/activities/{held}",
        "/assistance/activities/export.json",
    )
    for address in addresses:
        assert request not in server.visitor().get(address).text
        assert request not in server.signed_in("reader").get(address).text
        assert request in server.signed_in("expert").get(address).text


def test_matching_shows_offers_for_gaps_and_what_nobody_offers(server: Server) -> None:
    offer(server, "For the gaps of Senegal")
    expert = server.signed_in("expert")
    gaps = expert.get("/assistance/matching?state=sen")
    assert gaps.status_code == 200 and "Offers for Senegal" in gaps.text
    assert 'href="/assistance/offers/OFF-' in gaps.text and "speaks for it" in gaps.text
    assert "that is no finding on what the State has done" in gaps.text
    rows = expert.get("/assistance/matching.csv?state=SEN").text
    assert "OFF-" in rows and "Subject" in rows
    assert expert.get("/assistance/matching?state=XXX").status_code == 404
    ask(server, "Counted by theme", steps=len(TO_POSTED))
    unmet = expert.get("/assistance/matching")
    assert "What nobody offers" in unmet.text and "Border controls" in unmet.text
    assert "France" not in expert.get("/assistance/matching.csv").text
    assert server.visitor().get("/assistance/matching").status_code == 401


def test_what_may_be_on_record_twice_is_told(server: Server) -> None:
    first, second = offer(server, "Told twice"), offer(server, "Told twice")
    page = server.signed_in("expert").get("/assistance/matching").text
    assert "Perhaps on record twice" in page
    assert f'/assistance/offers/{first}"' in page and f'/assistance/offers/{second}"' in page


def test_figures_withhold_from_everyone_what_would_single_somebody_out(server: Server) -> None:
    matched(server, "Counted")
    public, member = server.visitor(), server.signed_in("expert")
    assert "withheld" in public.get("/assistance/statistics").text
    rows = {
        row["what"]: row
        for row in public.get("/assistance/statistics.json").json()
        if (row.setdefault("what", row["key"]))
    }
    assert {row["requests"] for row in rows.values()} == {"withheld"}
    assert all(isinstance(row["requests"], int) for row in member.get("/assistance/statistics.json").json())
    assert "Where each request stands" in member.get("/assistance/statistics").text
    assert "Where each request stands" not in public.get("/assistance/statistics").text
    assert "It shows no cause" in member.get("/assistance/statistics/since").text
    assert public.get("/assistance/statistics/standings").status_code == 404


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", ["", "/theme", "/durations", "/feedback", "/standings", "/since"])
def test_every_table_of_figures_goes_out(server: Server, what: str, form: str) -> None:
    matched(server, "Going out")
    assert server.signed_in("expert").get(f"/assistance/statistics{what}.{form}").status_code == 200
