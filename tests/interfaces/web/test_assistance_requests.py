"""Requests on their pages: two who decide at once, what is withdrawn, impossible days, letters, weights."""

import io

import pytest
from assisting import CIRCULATED, SECRET, TO_POSTED, ask, matched, offer, take
from negotiated import post
from serving import Server, form_secret

PARTS = ("Found", "Expected", "Where", "What to do")


def test_of_two_who_decide_at_once_the_second_is_told_what_the_first_entered(server: Server) -> None:
    request = ask(server, steps=1)
    page = f"/assistance/requests/{request}"
    seen_by_both = {"step": "authenticate", "seen": "1", "on": "2026-11-03"}
    assert post(server.signed_in("expert"), page, f"{page}/steps", **seen_by_both).status_code == 303
    second = post(server.signed_in("committee"), page, f"{page}/steps", **seen_by_both | {"step": "set-apart"})
    assert second.status_code in (403, 409)
    assert all(f">{part}</dt>" in second.text for part in PARTS)
    late = post(server.signed_in("committee"), page, f"{page}/steps", step="acknowledge", seen="1", on="2026-11-03")
    assert late.status_code == 409
    assert all(f">{part}</dt>" in late.text for part in PARTS)
    assert "expert has meanwhile entered the step" in late.text


def test_a_request_written_anew_by_two_at_once_keeps_the_first(server: Server) -> None:
    request = ask(server, "Written by two")
    page = f"/assistance/requests/{request}/change"
    typed = {"state": "FRA", "requester": "Invented Ministry", "number": "1"}
    assert post(server.signed_in("contact"), page, page, title="By the first", **typed).status_code == 303
    second = post(server.signed_in("contact"), page, page, title="By the second", **typed)
    assert second.status_code == 409
    assert "By the second" in second.text, "what was typed is not lost"
    assert "By the first" in server.signed_in("contact").get(f"/assistance/requests/{request}").text


def test_what_a_state_withdraws_is_gone_from_every_public_view_and_stays_in_the_audit(server: Server) -> None:
    request = ask(server, "Withdrawn later", steps=len(TO_POSTED))
    places = ("/assistance", "/assistance/requests", "/assistance/requests.csv", "/assistance/requests.json")
    api = ("/api/v1/assistance/requests", f"/api/v1/assistance/requests/{request}")
    alone = (f"/assistance/requests/{request}", f"/assistance/requests/{request}/form.docx")
    visitor = server.visitor()
    assert "Withdrawn later" in visitor.get("/assistance/requests").text
    take(server, request, "withdraw", "contact", 20)
    for role in ("visitor", "reader", "provider", "expert", "committee"):
        browser = visitor if role == "visitor" else server.signed_in(role)
        assert not any("Withdrawn later" in browser.get(place).text for place in (*places, *api)), role
        assert {browser.get(place).status_code for place in (*alone, api[1])} == {404}, role
    assert "Withdrawn later" in server.signed_in("contact").get(alone[0]).text
    for role in ("expert", "committee"):
        lines = server.signed_in(role).get(f"/audit?words={request}").text
        assert "Withdrawn by the State" in lines and "request drafted" in lines


def test_the_public_sees_a_summary_without_contact(server: Server) -> None:
    request = ask(server, "Posted for all", steps=len(TO_POSTED))
    for address in (f"/assistance/requests/{request}", f"/api/v1/assistance/requests/{request}"):
        told = server.visitor().get(address).text
        assert "Posted for all" in told
        assert SECRET not in told and "A decree of 2015" not in told
    assert SECRET in server.signed_in("expert").get(f"/assistance/requests/{request}").text
    content = server.visitor().get(f"/assistance/requests/{request}/form.docx").content
    assert SECRET.encode() not in _unpacked(content)


def _unpacked(docx: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(docx)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_an_offer_withdrawn_after_it_was_accepted_shows_on_the_request(server: Server) -> None:
    request, given = matched(server)
    page = f"/assistance/offers/{given}"
    told = post(server.signed_in("provider"), page, f"{page}/withdraw", reason="no staff", seen="1")
    assert told.status_code == 303
    shown = server.signed_in("provider").get(page).text
    assert "withdrawn after it was accepted: the State should be told" in shown and request in shown
    assert "withdrawn by its provider" in server.signed_in("contact").get(f"/assistance/requests/{request}").text
    assert given not in server.visitor().get("/assistance/offers").text
    assert given in server.visitor().get("/assistance/offers?all=yes").text


@pytest.mark.parametrize(
    ("since", "until"),
    [("2027-02-30", ""), ("yesterday", ""), ("2027-12-01", "2027-03-01"), ("1999-01-01", ""), ("9999-12-31", "")],
)
@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("contact", "/assistance/requests/new"),
        ("provider", "/assistance/offers/new"),
        ("provider", "/assistance/activities/new"),
    ],
)
def test_a_period_that_cannot_be_is_told_and_what_was_typed_stays(
    server: Server, role: str, page: str, since: str, until: str
) -> None:
    typed = {"title": "Of no period", "provider": "Invented", "requester": "Invented", "state": "FRA"}
    told = post(server.signed_in(role), page, page, since=since, until=until, **typed)
    assert told.status_code == 422
    assert all(f">{part}</dt>" in told.text for part in PARTS)
    assert 'value="Of no period"' in told.text
    assert "Of no period" not in server.signed_in(role).get(page.removesuffix("/new")).text


@pytest.mark.parametrize("day", ["2060-01-01", "2026-10-01", "2026-13-01", "31.12.2026"])
def test_a_step_on_a_day_that_cannot_be_is_not_entered(server: Server, day: str) -> None:
    request = ask(server, steps=1)
    page = f"/assistance/requests/{request}"
    told = post(server.signed_in("expert"), page, f"{page}/steps", step="authenticate", seen="1", on=day)
    assert told.status_code == 422
    assert all(f">{part}</dt>" in told.text for part in PARTS)


def test_no_request_goes_to_providers_before_the_days_to_object_are_over(server: Server) -> None:
    request = ask(server, steps=CIRCULATED - 1)
    page = f"/assistance/requests/{request}"
    early = post(server.signed_in("committee"), page, f"{page}/steps", step="circulate", seen="4", on="2026-11-06")
    assert early.status_code == 422
    assert "a day not before 2026-11-12, 5 working days after the step" in early.text


def test_letters_are_offered_to_those_who_write_them_and_drafted_in_the_language_asked_for(server: Server) -> None:
    request = ask(server, steps=2)
    page = f"/assistance/requests/{request}"
    address = f"{page}/letters/acknowledgement"
    assert address in server.signed_in("committee").get(page).text
    assert "/letters/" not in server.signed_in("contact").get(page).text
    shown = server.signed_in("committee").get(f"{address}?language=ar")
    assert 'lang="ar" dir="rtl"' in shown.text
    assert "Nothing is sent" in shown.text and request in shown.text
    text = server.signed_in("expert").get(f"{address}.txt?language=fr")
    assert text.headers["content-disposition"].startswith("attachment")
    assert "accusé" in text.text.casefold() or "demande" in text.text
    word = server.signed_in("expert").get(f"{address}.docx?language=zh").content
    assert request.encode() in _unpacked(word)
    assert server.signed_in("expert").get(f"{address}.exe").status_code == 422
    assert server.signed_in("expert").get(f"{page}/letters/nonsense").status_code == 404
    assert server.signed_in("contact").get(address).status_code == 403


def test_a_letter_on_an_offer_asks_which_one(server: Server) -> None:
    request, given = ask(server, "Letter on an offer", steps=len(TO_POSTED)), offer(server)
    address = f"/assistance/requests/{request}/letters/offer"
    asked = server.signed_in("committee").get(address)
    assert asked.status_code == 200 and f'<option value="{given}"' in asked.text
    assert "Invented Institute of Customs" in server.signed_in("committee").get(f"{address}?offer={given}").text
    assert server.signed_in("committee").get(f"{address}?offer=OFF-1999-1").status_code == 404


def test_the_briefing_counts_requests_and_names_no_state(server: Server) -> None:
    ask(server, steps=1)
    told = server.signed_in("expert").get("/assistance/briefing.txt").text
    assert "Border controls" in told
    assert "France" not in told
    assert "/assistance/briefing" in server.signed_in("expert").get("/assistance/due").text


def test_weights_on_a_request_change_the_order_and_bad_ones_are_told(server: Server) -> None:
    request, given = ask(server, "Weighed", steps=len(TO_POSTED)), offer(server, "Weighed courses")
    page = f"/assistance/requests/{request}"
    expert = server.signed_in("expert")
    assert given in expert.get(f"{page}?weight_theme=9").text
    assert 'value="9"' in expert.get(f"{page}?weight_theme=9").text
    for bad in ("many", "-1", "nan"):
        told = expert.get(f"{page}?weight_theme={bad}")
        assert told.status_code == 422, bad
        assert all(f">{part}</dt>" in told.text for part in PARTS)


def test_each_finds_under_my_work_the_requests_that_await_its_step(server: Server) -> None:
    request = ask(server, "Awaiting somebody")
    link = f'href="/assistance/requests/{request}"'

    def waits_for() -> set[str]:
        return {r for r in ("contact", "expert", "committee") if link in server.signed_in(r).get("/work").text}

    assert waits_for() == {"contact"}
    take(server, request, "submit", "contact", 2)
    assert waits_for() == {"expert", "committee"}
    take(server, request, "authenticate", "expert", 3)
    take(server, request, "acknowledge", "committee", 3)
    take(server, request, "notify", "expert", 4)
    assert "overdue" in server.signed_in("committee").get("/work").text
    take(server, request, "withdraw", "contact", 5)
    assert waits_for() == set()


def test_a_form_without_its_secret_does_nothing(server: Server) -> None:
    request = ask(server, "Kept by its State")
    told = server.signed_in("contact").post(f"/assistance/requests/{request}/steps", data={"step": "submit"})
    assert told.status_code == 403
    assert form_secret(server.signed_in("contact").get(f"/assistance/requests/{request}").text)
