"""A matrix of France at work, as pages and endpoints meet it: drafted from an invented law, sent, commented on.

Version 1 has been with the State; version 2 is with it; the State has withheld nothing yet.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient
from serving import Server, form_secret, serving

from open1540.workflows import matrix_changes, matrix_proposals, matrix_steps

LAW = Path(__file__).resolve().parents[2] / "examples" / "laws" / "invented.en.txt"
FINANCE = "OP2.CW.finance.legal"
USE = "OP2.CW.use.legal"
NOTE = "ask whether brokering abroad is covered"


def negotiate(server: Server) -> None:
    """Bring the record of France to where this file says it is."""
    url, expert, contact = server.database_url, server.person("expert"), server.person("contact")
    matrix_proposals.propose(LAW, database_url=url, who=expert, state="FRA")
    matrix_proposals.judge(
        [], "accepted", "compared with the Gazette", database_url=url, who=expert, state="FRA", field="OP2.*.legal"
    )
    matrix_steps.comment("FRA", FINANCE, NOTE, database_url=url, who=expert, kind="note")
    matrix_steps.take_step("FRA", "send", database_url=url, who=expert, reason="for comment")
    matrix_steps.comment("FRA", FINANCE, "Article 7 replaces section 3(2).", database_url=url, who=contact)
    matrix_changes.set_entry(
        "FRA",
        FINANCE,
        "X",
        database_url=url,
        who=expert,
        citation="Invented Act 9, art. 7",
        reason="the State says so",
    )
    matrix_steps.take_step("FRA", "send", database_url=url, who=expert, reason="with the answer")


def post(browser: TestClient, page: str, address: str, **fields: object):
    """Send a form of a page as the browser would."""
    secret = form_secret(browser.get(page).text)
    return browser.post(address, data={"csrf": secret, **fields})


def drafted(folder: Path) -> Path:
    """A SQLite file with an account of every role and the negotiated record, to be copied for each test."""
    path = folder / "negotiated.sqlite3"
    with serving(f"sqlite:///{path}") as running:
        negotiate(running)
    return path


@contextmanager
def copied(drafted: Path, folder: Path) -> Iterator[Server]:
    """A server on a copy of its own."""
    path = folder / "copy.sqlite3"
    shutil.copy(drafted, path)
    server = Server(f"sqlite:///{path}")
    with TestClient(server.app):
        yield server
