"""Help and the API's documentation: made from the rules and the document themselves, in six languages."""

import hashlib
import hmac
import html
import re
import time

import pytest
from serving import Server

from open1540.backends.hooks import signature
from open1540.interfaces.language import LANGUAGES
from open1540.workflows.permissions import table

TOPICS = ("codes", "judging", "keys", "roles", "data", "programs")
# What a new server has nothing of.
NOTHING_YET = ("/documents", "/matrices", "/claims", "/assistance/")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_page_in_each_language(server: Server, topic: str) -> None:
    pages = {server.visitor().get(f"/help/{topic}?lang={language}").text for language in LANGUAGES}
    assert len(pages) == len(LANGUAGES)
    assert f'href="/help/{topic}"' in server.visitor().get("/help").text


def test_help_on_what_nobody_asks_is_not_found(server: Server) -> None:
    assert server.visitor().get("/help/nothing").status_code == 404


def test_the_page_on_roles_is_the_table_of_permissions(server: Server) -> None:
    page = server.visitor().get("/help/roles").text
    rows = page.split("</table>")[0].split("<tr>")[2:]
    roles = list(table().roles)
    told = {re.findall(r">([^<]+)</th>", row)[0]: re.findall(r">(yes|no)<", row) for row in rows}
    judges = [role for role, answer in zip(roles, told["judge claims and proposals"], strict=True) if answer == "yes"]
    assert judges == list(table().actions["judge"].roles)


def test_the_example_that_checks_a_signature_works(server: Server) -> None:
    page = html.unescape(server.visitor().get("/help/programs").text)
    code = page.split("import hashlib, hmac, time")[1].split("</code>")[0]
    known = {"hashlib": hashlib, "hmac": hmac, "time": time}
    exec(code, known)
    now, body = int(time.time()), b'{"event":"test"}'
    assert known["holds"]("secret", signature("secret", now, body), body)
    assert not known["holds"]("secret", signature("secret", now, body), body + b" ")
    assert not known["holds"]("secret", signature("other", now, body), body)
    assert not known["holds"]("secret", signature("secret", now - 3600, body), body)


def test_every_endpoint_is_documented_with_an_example(server: Server) -> None:
    browser = server.visitor()
    page, document = browser.get("/api/v1/docs").text, browser.get("/api/v1/openapi.json").json()
    for path, methods in document["paths"].items():
        for told in methods.values():
            part = page.split(f'id="{told["operationId"]}"')[1].split("</details>")[0]
            assert html.escape(path) in part
            assert "curl -H" in part
            assert told["description"].split("\n")[0].replace("``", "")[:20] in html.unescape(part)


def test_examples_that_read_what_is_public_are_answered(server: Server) -> None:
    page = html.unescape(server.visitor().get("/api/v1/docs").text)
    parts = [
        part for part in page.split('<details class="endpoint"')[1:] if "For everybody" in part and ">GET<" in part
    ]
    asked = [re.findall(r"'http://[^/]+(/[^']+)'", part)[0] for part in parts]
    assert len(asked) > 10
    for address in asked:
        status = server.visitor().get(address).status_code
        assert status in (200, 404), address
        # Only what this server has nothing of yet is not found.
        assert status == 200 or any(word in address for word in NOTHING_YET), address


def test_every_type_an_endpoint_speaks_of_is_on_the_page(server: Server) -> None:
    page = server.visitor().get("/api/v1/docs").text
    linked, there = set(re.findall(r'href="#(type-[^"]+)"', page)), set(re.findall(r'id="(type-[^"]+)"', page))
    assert linked <= there


def test_the_document_refers_to_no_type_it_does_not_have(server: Server) -> None:
    document = server.visitor().get("/api/v1/openapi.json")
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', document.text))
    assert named <= set(document.json()["components"]["schemas"])
