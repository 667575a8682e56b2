"""Signing in, links, tokens and accounts, as a browser meets them."""

import pytest
from serving import PASSWORD, ROLES, Server, form_secret

from open1540.workflows import accounts


def test_the_right_password_signs_in_and_leads_on(server: Server) -> None:
    browser = server.visitor()
    form = form_secret(browser.get("/sign-in?next=/account").text)
    answer = browser.post("/sign-in", data={"csrf": form, "name": "Expert ", "password": PASSWORD, "next": "/account"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    assert "expert" in browser.get("/account").text


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(server: Server) -> None:
    browser = server.visitor()
    form = form_secret(browser.get("/sign-in").text)
    wrong = browser.post("/sign-in", data={"csrf": form, "name": "reader", "password": "not the password"})
    nobody = browser.post("/sign-in", data={"csrf": form, "name": "nobody", "password": "not the password"})
    assert wrong.status_code == nobody.status_code == 403
    assert "that do not fit" in wrong.text and "that do not fit" in nobody.text


def test_attempts_are_counted_until_the_right_password_no_longer_helps(server: Server) -> None:
    _, link = accounts.invite(
        "forgetful", "reader", database_url=server.database_url, who=server.person("administrator")
    )
    accounts.use_link(link, PASSWORD, database_url=server.database_url)
    browser = server.visitor()
    form = form_secret(browser.get("/sign-in").text)
    for _ in range(accounts.ATTEMPTS_OF_NAME):
        browser.post("/sign-in", data={"csrf": form, "name": "forgetful", "password": "guess"})
    late = browser.post("/sign-in", data={"csrf": form, "name": "forgetful", "password": PASSWORD})
    assert late.status_code == 403
    assert "too many" in late.text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org"])
def test_signing_in_never_leads_to_another_server(server: Server, elsewhere: str) -> None:
    browser = server.visitor()
    form = form_secret(browser.get("/sign-in").text)
    data = {"csrf": form, "name": "committee", "password": PASSWORD, "next": elsewhere}
    assert browser.post("/sign-in", data=data).headers["location"] == "/"


def test_a_form_without_its_secret_is_refused(server: Server) -> None:
    browser = server.signed_in("administrator")
    assert browser.post("/accounts", data={"name": "intruder"}).status_code == 403
    assert browser.post("/accounts", data={"name": "intruder", "csrf": "0" * 64}).status_code == 403
    assert "intruder" not in browser.get("/accounts").text


def test_a_secret_of_one_browser_does_not_help_another(server: Server) -> None:
    stolen = form_secret(server.signed_in("expert").get("/account").text)
    other = server.signed_in("administrator")
    assert other.post("/accounts", data={"name": "intruder", "csrf": stolen}).status_code == 403


def test_an_invited_person_chooses_a_password_once(server: Server) -> None:
    browser = server.signed_in("administrator")
    form = form_secret(browser.get("/accounts").text)
    page = browser.post("/accounts", data={"csrf": form, "name": "new@example.org", "role": "reader"}).text
    link = page.split('id="link">')[1].split("<")[0]
    guest = server.visitor()
    path = "/" + link.split("/", 3)[3]
    asked = guest.get(path)
    data = {"csrf": form_secret(asked.text), "password": "short", "again": "short"}
    assert guest.post(path, data=data).status_code == 422
    data |= {"password": PASSWORD, "again": PASSWORD}
    assert guest.post(path, data=data).status_code == 303
    assert "new@example.org" in guest.get("/account").text
    assert server.visitor().get(path).status_code == 422


def test_the_last_administrator_stays(server: Server) -> None:
    browser = server.signed_in("administrator")
    page = browser.get("/accounts").text
    own = accounts.accounts(database_url=server.database_url, who=server.person("administrator"))
    account = next(account for account in own if account.name == "administrator")
    data = {"csrf": form_secret(page), "role": "reader", "standing": "open"}
    refused = browser.post(f"/accounts/{account.id}", data=data)
    assert refused.status_code == 422
    assert "last administrator" in refused.text


def test_a_closed_account_is_signed_out_at_once(server: Server) -> None:
    administrator = server.person("administrator")
    account, link = accounts.invite("leaver", "expert", database_url=server.database_url, who=administrator)
    began = accounts.use_link(link, PASSWORD, database_url=server.database_url)
    assert accounts.person_of(began.secret, database_url=server.database_url)
    accounts.change(account.id, database_url=server.database_url, who=administrator, role="expert", active=False)
    assert accounts.person_of(began.secret, database_url=server.database_url) is None


def test_a_token_reads_and_a_token_taken_back_does_not(server: Server) -> None:
    browser = server.signed_in("committee")
    form = form_secret(browser.get("/account").text)
    page = browser.post("/account/tokens", data={"csrf": form, "name": "script", "scope": "read", "days": "30"}).text
    secret = page.split('id="secret">')[1].split("<")[0]
    program = server.visitor()
    headers = {"Authorization": f"Bearer {secret}"}
    assert program.get("/api/v1/states/FRA", headers=headers).status_code == 200
    token = accounts.tokens(database_url=server.database_url, who=server.person("committee"))[0]
    browser.post(f"/account/tokens/{token.id}/drop", data={"csrf": form})
    assert program.get("/api/v1/states/FRA", headers=headers).status_code == 401


def test_a_token_that_may_only_read_changes_nothing(server: Server) -> None:
    answer = server.visitor().post(
        "/accounts", data={"name": "intruder"}, headers=server.token("administrator", "read")
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_see_all_accounts(server: Server, role: str) -> None:
    expected = 200 if role == "administrator" else 403
    assert server.signed_in(role).get("/accounts").status_code == expected


def test_every_answer_says_what_a_browser_may_do_with_it(server: Server) -> None:
    for path in ("/", "/sign-in", "/nowhere", "/api/v1/states", "/static/open1540.css"):
        headers = server.visitor().get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
