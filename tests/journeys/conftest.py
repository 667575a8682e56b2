"""The browser, the server and the visits of the journeys; a journey that fails leaves what every page it had open showed."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, Visit, chromium, listening
from negotiated import negotiate
from playwright.sync_api import Browser
from serving import Server, serving

from open1540 import documents, store

LETTERS = Path(__file__).resolve().parents[2] / "examples" / "letters"
READ_IN = ("ar", "en", "zh")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all journeys of a worker."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian package chromium), which is not here")
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An account of every role, a letter in three languages, and the matrix of France with the State for comment."""
    path = tmp_path_factory.mktemp("record") / "records.sqlite3"
    with serving(f"sqlite:///{path}") as running:
        kept = store.open(running.database_url)
        for language in READ_IN:
            letter = LETTERS / f"invented.{language}.txt"
            data = letter.read_bytes()
            kept.save_reading(data, documents.read(data, letter.name), by="expert", shown_to="everyone")
        kept.close()
        negotiate(running)
    return path


@pytest.fixture
def server(record: Path, tmp_path: Path) -> Server:
    """A server on a copy of the record, so that no journey meets what another did."""
    path = tmp_path / "records.sqlite3"
    shutil.copy(record, path)
    return Server(f"sqlite:///{path}")


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """Where the server listens."""
    with listening(server) as at:
        yield at


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Makes visits: ``visit("ar")``, ``visit("en", scripts=False)``. What went wrong on one of them fails the journey."""
    made: list[Visit] = []

    def begin(language: str = "en", **options: object) -> Visit:
        made.append(Visit(browser, address, language, **options))
        return made[-1]

    yield begin
    faults = [fault for one in made for fault in one.faults]
    failed = getattr(request.node, "report_call", None)
    for number, one in enumerate(made):
        if faults or (failed is not None and failed.failed):
            one.keep(f"{request.node.name}-{number}")
        one.close()
    assert not faults
