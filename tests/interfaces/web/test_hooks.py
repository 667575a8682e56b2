"""Webhooks on their pages, and the server that tells by itself."""

import json
import re

from receiving import receiving
from serving import Server, form_secret


def make(server: Server, url: str, events: list[str] | None = None) -> tuple[int, str]:
    browser = server.signed_in("expert")
    form = form_secret(browser.get("/account/hooks").text)
    answer = browser.post(
        "/account/hooks", data={"csrf": form, "url": url, "events": events or ["version.published", "proposals.made"]}
    )
    return answer.status_code, answer.text


def test_a_webhook_is_made_tried_and_taken_back(server: Server) -> None:
    with receiving() as receiver:
        status, page = make(server, f"{receiver.address}/take")
        assert status == 200
        assert re.search(r'id="secret">[\w-]{40,}<', page)
        hook = re.findall(r'href="/account/hooks/([0-9a-f]+)"', page)[-1]
        browser = server.signed_in("expert")
        page = browser.get(f"/account/hooks/{hook}").text
        assert "Nothing was sent yet" in page
        form = form_secret(page)
        assert browser.post(f"/account/hooks/{hook}/test", data={"csrf": form}).status_code == 303
        # The server's own worker sends it.
        assert receiver.arrived(1)
        assert json.loads(receiver.messages[0][2])["event"] == "test"
    browser.post(f"/account/hooks/{hook}/drop", data={"csrf": form})
    assert hook not in browser.get("/account/hooks").text
    assert browser.get(f"/account/hooks/{hook}").status_code == 404


def test_the_secret_is_shown_once(server: Server) -> None:
    _, page = make(server, "http://127.0.0.1:9/")
    secret = page.split('id="secret">')[1].split("<")[0]
    assert secret not in server.signed_in("expert").get("/account/hooks").text


def test_an_address_into_a_private_network_is_refused_on_the_page(server: Server) -> None:
    status, page = make(server, "https://192.168.0.1/hook")
    assert status == 422
    assert "private or reserved network" in page
    assert "https://192.168.0.1/hook" in page


def test_webhooks_are_for_the_roles_of_the_table(server: Server) -> None:
    assert server.signed_in("reader").get("/account/hooks").status_code == 403
    assert server.visitor().get("/account/hooks").status_code == 401
    assert "/account/hooks" not in server.signed_in("reader").get("/account").text


def test_webhooks_are_made_and_taken_back_by_programs_too(server: Server) -> None:
    program, token = server.visitor(), server.token("administrator")
    wanted = {"url": "http://127.0.0.1:9/", "events": ["version.published"]}
    made = program.post("/api/v1/hooks", json=wanted, headers=token)
    assert made.status_code == 201
    hook = made.json()["hook"]["id"]
    assert made.json()["secret"]
    assert [one["id"] for one in program.get("/api/v1/hooks", headers=token).json()["items"]] == [hook]
    assert program.post(f"/api/v1/hooks/{hook}/test", headers=token).status_code == 200
    sent = program.get(f"/api/v1/hooks/{hook}/deliveries", headers=token).json()
    assert sent["items"][0]["event"] == "test"
    assert program.get(f"/api/v1/hooks/{hook}/deliveries", headers=server.token("expert")).status_code == 404
    assert program.delete(f"/api/v1/hooks/{hook}", headers=token).status_code == 200
    assert program.get("/api/v1/hooks", headers=token).json()["items"] == []
    wrong = program.post("/api/v1/hooks", json={"url": "https://10.0.0.1/", "events": []}, headers=token)
    assert wrong.status_code == 422
    reading = program.post("/api/v1/hooks", json=wanted, headers=server.token("administrator", "read"))
    assert reading.status_code == 403
