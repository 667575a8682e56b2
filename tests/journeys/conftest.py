"""The browser, the server and the visits of the journeys; a journey that fails leaves a picture of every page it had open."""

from collections.abc import Callable, Iterator

import pytest
from browsing import CHROMIUM, Visit, chromium, listening
from playwright.sync_api import Browser
from serving import Server, serving


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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an account of every role; journeys of one file share its record."""
    with serving(f"sqlite:///{tmp_path_factory.mktemp('journey') / 'records.sqlite3'}") as running:
        yield running


@pytest.fixture(scope="module")
def address(server: Server) -> Iterator[str]:
    """Where the server listens."""
    with listening(server) as at:
        yield at


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Makes visits: ``visit("ar")``, ``visit("en", scripts=False)``."""
    made: list[Visit] = []

    def begin(language: str = "en", **options: object) -> Visit:
        made.append(Visit(browser, address, language, **options))
        return made[-1]

    yield begin
    failed = getattr(request.node, "report_call", None)
    for number, one in enumerate(made):
        if failed is not None and failed.failed:
            one.picture(f"{request.node.name}-{number}")
        one.close()
