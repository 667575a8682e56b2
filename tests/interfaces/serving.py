"""A server of its own for a test, with an account of every role, asked without a browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.testclient import TestClient

from open1540.interfaces.http.settings import Settings
from open1540.interfaces.serve import application
from open1540.workflows import accounts
from open1540.workflows.permissions import Person

PASSWORD = "a long enough password"
ADMINISTRATOR = Person("administrator", "administrator")
ROLES = ("reader", "contact", "expert", "committee", "provider", "administrator")
STATE = "FRA"


class Server:
    """A running application and its accounts, each named as its role; the point of contact acts for France."""

    def __init__(self, database_url: str, **settings: object) -> None:
        self.database_url = database_url
        self.app = application(Settings(database_url=database_url, **settings))

    def visitor(self) -> TestClient:
        """A browser in which nobody has signed in."""
        return TestClient(self.app, follow_redirects=False)

    def signed_in(self, role: str) -> TestClient:
        """A browser in which the account of a role has signed in."""
        browser = self.visitor()
        began = accounts.sign_in(role, PASSWORD, "testclient", database_url=self.database_url)
        browser.cookies.set("open1540_session", began.secret)
        return browser

    def person(self, role: str) -> Person:
        """The person of a role, for workflows."""
        return Person(role, role, STATE if role == "contact" else None)

    def token(self, role: str, *scopes: str) -> dict[str, str]:
        """Headers of a program with a token of a role."""
        made = accounts.new_token(
            "test", scopes or ("read", "write"), database_url=self.database_url, who=self.person(role)
        )
        return {"Authorization": f"Bearer {made.secret}"}


def form_secret(page: str) -> str:
    """The secret a form of a page carries."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found, "the page has no form"
    return found[1]


@contextmanager
def serving(database_url: str, **settings: object) -> Iterator[Server]:
    """A server with an account of every role."""
    server = Server(database_url, **settings)
    first = accounts.first_link(database_url=database_url)
    assert first
    accounts.use_link(first, PASSWORD, database_url=database_url, name="administrator")
    for role in ROLES[:-1]:
        _, link = accounts.invite(
            role,
            role,
            database_url=database_url,
            who=ADMINISTRATOR,
            state=STATE if role == "contact" else None,
        )
        accounts.use_link(link, PASSWORD, database_url=database_url)
    with TestClient(server.app):
        yield server
