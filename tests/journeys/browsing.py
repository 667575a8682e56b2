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
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect, sync_playwright
from serving import PASSWORD, Server

from open1540.interfaces.language import Translator

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
# How long something may take to appear, in milliseconds, on a machine that has other work too.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

# What has the focus where no outline shows it, and whether that is what is wanted. Inside a control of its own, such as that
# of a date, the browser draws the ring itself.
_FOCUS = """wanted => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [seen || !one.matches(":focus") ? "" : one.outerHTML.slice(0, 120), one === wanted] }"""


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
    """Somebody at a browser, in one language, who finds what is there by its role and the words of that language.

    Attributes:
        page: the page open.
        faults: what went wrong without being looked for: errors in the console, answers of 500 and above.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        language: str,
        *,
        scripts: bool = True,
        width: int = 1280,
        trace: bool = True,
    ) -> None:
        self.address, self.language, self.t = address, language, Translator(language)
        self.context: BrowserContext = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale=language
        )
        self._traced = trace
        if trace:
            self.context.tracing.start(snapshots=True)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", self._look_at)

    def says(self, text: str, **values: object) -> str:
        """An English text of the pages as this reader reads it; one the catalogue lacks fails."""
        told = self.t(text)
        assert self.language == "en" or told != text, f"no {self.language} for {text!r}"
        return told.format(**values) if values else told

    def open(self, path: str) -> Page:
        """Open a path of the server, in the language of the visit."""
        sign = "&" if "?" in path else "?"
        self.page.goto(f"{self.address}{path}{sign}lang={self.language}")
        return self.page

    def link(self, text: str, **values: object) -> Locator:
        """The link with these words."""
        return self.page.get_by_role("link", name=self.says(text, **values), exact=True)

    def menu(self, desk: str) -> Locator:
        """The link to a desk; what waits there may be counted behind its name."""
        return self.page.get_by_role("navigation", name=self.says("Desks")).get_by_role(
            "link", name=re.compile(rf"^{re.escape(self.says(desk))}( \d|$)")
        )

    def button(self, text: str) -> Locator:
        """The button with these words."""
        return self.page.get_by_role("button", name=self.says(text), exact=True)

    def field(self, label: str) -> Locator:
        """The field of a form with this label."""
        return self.page.get_by_label(self.says(label), exact=True)

    def textbox(self, label: str) -> Locator:
        """The field for text with this label that is shown; others may share its words where they are folded away."""
        return self.page.get_by_role("textbox", name=self.says(label), exact=True)

    def reads(self, text: str, **values: object) -> None:
        """The page tells this."""
        expect(self.page.locator("main")).to_contain_text(self.says(text, **values))

    def is_refused(self, status: int) -> None:
        """The page open was refused with this status, which the browser tells in its console and nothing else."""
        assert len(self.faults) == 1, self.faults
        assert str(status) in self.faults.pop()

    def sign_in(self, name: str) -> None:
        """Sign in by the form, as a person does."""
        self.open("/sign-in")
        self.field("Name").fill(name)
        self.field("Password").fill(PASSWORD)
        self.field("Password").press("Enter")
        self.page.wait_for_url(re.compile(r"/(\?.*)?$"))

    def download(self, link: Locator) -> bytes:
        """What a link gives to keep."""
        with self.page.expect_download() as given:
            link.click()
        return Path(given.value.path()).read_bytes()

    def tab_to(self, wanted: Locator, *, most: int = 60) -> None:
        """Go to something by the tabulator key alone; whatever has the focus on the way can be seen to have it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            unseen, reached = wanted.evaluate(_FOCUS)
            assert not unseen, f"nobody sees where the focus is: {unseen}"
            if reached:
                return
        raise AssertionError(f"not reached by the keyboard: {wanted}")

    def keep(self, name: str) -> None:
        """Keep what the page shows, its HTML and the trace of the visit, for whoever looks into a failure."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / re.sub(r"[^A-Za-z0-9_]+", "-", name)
        self.page.screenshot(path=path.with_suffix(".png"), full_page=True)
        path.with_suffix(".html").write_text(self.page.content(), encoding="utf-8")
        if self._traced:
            self.context.tracing.stop(path=path.with_suffix(".trace.zip"))

    def close(self) -> None:
        """Leave."""
        self.context.close()

    def _look_at(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")
