"""Every test of the store runs on SQLite and on a real PostgreSQL server."""

from collections.abc import Iterator

import pytest

from open1540 import store
from open1540.store import Store


@pytest.fixture
def kept(store_url: str) -> Iterator[Store]:
    """An open, empty store."""
    opened = store.open(store_url)
    yield opened
    opened.close()
