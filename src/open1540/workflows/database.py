"""Where the records of this user live, and who is asking."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from open1540 import store
from open1540.store import Store


def own_database() -> str:
    """URL of the user's own SQLite file, in the folder the desktop standard (XDG) gives for data."""
    folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return f"sqlite:///{folder / 'open1540' / 'open1540.sqlite3'}"


def user_name() -> str:
    """The name the audit log keeps for whoever runs the command on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unnamed user"


_KEPT_OPEN: dict[str | None, Store] = {}


@contextmanager
def kept_open(database_url: str | None) -> Iterator[None]:
    """Keep a store open for the many threads of a server: ``opened`` gives this one as long as the outermost block runs."""
    if database_url in _KEPT_OPEN:
        yield
        return
    _KEPT_OPEN[database_url] = store.open(database_url or own_database(), pooled=True)
    try:
        yield
    finally:
        _KEPT_OPEN.pop(database_url).close()


@contextmanager
def opened(database_url: str | None) -> Iterator[Store]:
    """The store of records, brought up to this version's schema and closed afterwards, unless a server keeps it open."""
    if database_url in _KEPT_OPEN:
        yield _KEPT_OPEN[database_url]
        return
    kept = store.open(database_url or own_database())
    try:
        yield kept
    finally:
        kept.close()
