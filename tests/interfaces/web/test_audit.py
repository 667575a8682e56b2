"""The log on its page: narrowed, paged, exported, verified in words that say what the chain can prove."""

import html
import re
from pathlib import Path
from typing import get_args

import pytest
from serving import Server, form_secret
from sqlalchemy import create_engine, text

from open1540 import store
from open1540.interfaces.language import Translator
from open1540.interfaces.web.pages.audit import done
from open1540.matrix.record import STEPS
from open1540.vocabulary.judgements import Verdict
from open1540.workflows import accounts, log


def words_of(page: str) -> str:
    return html.unescape(page.split('id="verdict"')[1].split("</div>")[0])


def verify(server: Server, noted: str = "") -> str:
    browser = server.signed_in("administrator")
    form = form_secret(browser.get("/audit").text)
    return words_of(browser.post("/audit/verify", data={"csrf": form, "noted": noted}).text)


def test_the_log_shows_who_did_what(server: Server) -> None:
    page = server.signed_in("administrator").get("/audit").text
    assert "account made" in page and "signed in" in page


def test_a_sign_in_is_on_the_page_at_once(server: Server) -> None:
    browser = server.signed_in("administrator")
    before = browser.get("/audit.json?action=signed+in").json()
    server.signed_in("reader")
    assert len(browser.get("/audit.json?action=signed+in").json()) == len(before) + 1


def test_filters_hold_for_page_and_export_alike(server: Server) -> None:
    browser = server.signed_in("administrator")
    rows = browser.get("/audit.json?by=administrator&action=account+made").json()
    assert {row["action"] for row in rows} == {"account made"}
    assert {row["by"] for row in rows} == {"administrator"}
    assert browser.get("/audit?by=administrator&action=account+made").text.count('<th scope="row"') == len(rows)
    assert browser.get("/audit.json?until=2004-04-28").json() == []
    assert browser.get("/audit?since=never").status_code == 422


def test_pages_hold_a_hundred_lines_and_an_export_all(server: Server) -> None:
    for _ in range(110):
        accounts.new_token("t", ("read",), database_url=server.database_url, who=server.person("expert"))
    browser = server.signed_in("administrator")
    assert browser.get("/audit").text.count('<th scope="row"') == 100
    assert 'rel="next"' in browser.get("/audit").text
    assert len(browser.get("/audit.json").json()) > 110
    assert browser.get("/audit?page=2").status_code == 200


def test_what_concerns_accounts_is_for_administrators(server: Server) -> None:
    rows = server.signed_in("committee").get("/audit.json").json()
    assert {row["by"] for row in rows} == {"committee"}


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("contact", 403), ("provider", 403), ("expert", 200)])
def test_the_log_is_open_to_the_roles_of_the_table(server: Server, role: str, status: int) -> None:
    assert server.signed_in(role).get("/audit").status_code == status


def test_a_whole_chain_is_told_with_what_it_does_not_prove(server: Server) -> None:
    told = verify(server)
    assert "is whole" in told
    assert "does not prove" in told
    assert "Last hash" in told


def test_a_hash_noted_earlier_proves_more(server: Server) -> None:
    noted = log.verdict(database_url=server.database_url, who=server.person("administrator")).last_hash
    assert noted
    assert "The hash noted stands in line" in verify(server, noted)
    assert "no line carries the hash" in verify(server, "0" * 64)


def test_a_line_changed_behind_the_back_of_the_log_is_found(server: Server) -> None:
    engine = create_engine(server.database_url)
    with engine.begin() as connection:
        guards = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
        ).all()
        for name, _ in guards:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE audit SET detail = 'other' WHERE number = 2"))
    try:
        assert "The chain breaks at line 2" in verify(server)
    finally:
        with engine.begin() as connection:
            connection.execute(text("UPDATE audit SET detail = '' WHERE number = 2"))
            for _, definition in guards:
                connection.exec_driver_sql(definition)
        engine.dispose()
    assert "is whole" in verify(server)


def test_every_action_of_the_log_has_words() -> None:
    # An action without words would stand in English on every reader's page.
    written = set()
    for path in Path(store.__file__).parent.glob("*.py"):
        written |= set(re.findall(r'audit\.record\(\w+, [\w.]+, "([^"]+)"', path.read_text(encoding="utf-8")))
    judged = {f"{kind} {verdict}" for kind in ("claim", "proposal") for verdict in get_args(Verdict)}
    steps = {f"matrix step: {step}" for step in STEPS if step != "draft"}
    assert len(written) > 8
    assert written | judged | steps <= set(done(Translator("en")))
