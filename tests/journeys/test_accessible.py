"""Every page an expert or an administrator can reach by links passes axe in English and Arabic, and has no fault in the console."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from assisting import activity, ask, matched
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit
from serving import Server

# Rows of a long table, points of a long list and areas of a map are alike: so many of each are looked at.
SHORTEN = """() => {
  for (const [parts, most] of [["tbody > tr", 12], ["ul > li, ol > li", 25], ["svg a", 12], ["option", 12], ["tbody", 6]])
    for (const whole of new Set([...document.querySelectorAll(parts)].map((part) => part.parentElement)))
      [...whole.children].slice(most).forEach((part) => part.remove());
  // Behind the shadow of a wide table no contrast can be measured.
  for (const box of document.querySelectorAll(".tablebox")) box.style.background = "none";
}"""
ONLY_FAULTS = {"resultTypes": ["violations"]}
# Files to take away are no pages.
FILES = re.compile(r"\.(csv|xlsx|json|metadata\.json|pdf|docx|zip|ics|svg|po|txt|html)$|/original$|/raw$|/openapi")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("role", ["expert", "administrator"])
def test_every_page_is_open_to_everybody(server: Server, visit: Callable[..., Visit], role: str, language: str) -> None:
    request, _ = matched(server)
    ask(server, "Awaiting authentication", steps=1)
    activity(server, request=request)
    # A trace of every page looked at would cost more than the look.
    somebody = visit(language, trace=False)
    somebody.sign_in(role)
    axe, waiting, seen, found = Axe(), ["/", "/sign-in", "/nowhere"], set[tuple[str, str]](), dict[str, object]()
    while waiting:
        path = waiting.pop(0)
        page = somebody.open(path)
        links = page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), location).href)"
        )
        page.evaluate(SHORTEN)
        result = axe.run(page, options=ONLY_FAULTS)
        if result.violations_count:
            found[path] = [
                (violation["id"], [node["html"][:160] for node in violation["nodes"][:3]])
                for violation in result.response["violations"]
            ]
        if "/nowhere" not in path and somebody.faults:
            found[f"console of {path}"] = list(somebody.faults)
        somebody.faults.clear()
        if role != "expert":
            # The pages others see too are looked at with the expert's eyes.
            continue
        for link in links:
            if _is_new(link, somebody.address, seen):
                parts = urlsplit(link)
                query = re.sub(r"&?lang=\w\w", "", parts.query)
                waiting.append(f"{parts.path}?{query}" if query else parts.path)
    assert not found
    assert role != "expert" or len(seen) > 20, "few pages were reached; is the menu there?"


def _is_new(link: str, address: str, seen: set[tuple[str, str]]) -> bool:
    """Whether a link leads to a kind of page not looked at yet, or asks it for something no link before did."""
    if not link.startswith(address) or FILES.search(urlsplit(link).path):
        return False
    parts = urlsplit(link)
    shape = re.sub(r"^(/reference/[^/]+)/.+", r"\1/*", parts.path)
    shape = re.sub(
        r"/(?!(?:help|reference|states|documents|review|tables|matrix)\b)[^/]*[A-Z0-9.~%-][^/]*", "/*", shape
    )
    names = re.findall(r"(?:^|&)(\w+)=", re.sub(r"&?lang=\w\w", "", parts.query))
    asked = {(shape, name) for name in names or ("",)}
    if asked <= seen:
        return False
    seen |= asked
    return True
