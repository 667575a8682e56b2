"""One server for the tests of a file; each test that changes the record works on what it makes itself."""

from collections.abc import Iterator

import pytest
from serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on SQLite with an account of every role."""
    with serving(f"sqlite:///{tmp_path_factory.mktemp('served') / 'records.sqlite3'}") as running:
        yield running
