"""A real browser before a real server: Debian's Chromium, driven by Playwright, and uvicorn on a port of its own."""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import PASSWORD, Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# A browser of the tests talks to the test's server alone.
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
# Where a failed journey leaves its pictures; continuous integration keeps this folder.
PICTURES = Path(os.environ.get("OPEN1540_PICTURES", "results/pictures"))
READY_SECONDS = 60


@contextmanager
def listening(server: Server) -> Iterator[str]:
    """The server on a free port of this machine; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(server.app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until = time.monotonic() + READY_SECONDS
    while not running.started:
        assert time.monotonic() < until and thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """Somebody at a browser, in one language.

    Attributes:
        page: the page open; texts of the console that tell of a fault are kept in ``faults``.
    """

    def __init__(
        self, browser: Browser, address: str, language: str, *, scripts: bool = True, width: int = 1280
    ) -> None:
        self.address, self.language = address, language
        self.context: BrowserContext = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale=language
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.faults: list[str] = []
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, path: str) -> Page:
        """Open a path of the server, in the language of the visit."""
        sign = "&" if "?" in path else "?"
        self.page.goto(f"{self.address}{path}{sign}lang={self.language}")
        return self.page

    def sign_in(self, name: str) -> None:
        """Sign in by the form, as a person does."""
        self.open("/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(re.compile(r"/(\?.*)?$"))

    def picture(self, name: str) -> Path:
        """Keep a picture of the page as it is."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', name)}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def close(self) -> None:
        """Leave."""
        self.context.close()
