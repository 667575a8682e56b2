"""Prints how the workbench stands 10,000 hostile requests, on SQLite and PostgreSQL.

Run ``python hostile.py [--engine sqlite|postgresql|both] [--requests N] [--seed N]``. A server of two processes runs on an invented
record. Half of the requests are made by schemathesis from the OpenAPI document, as it allows and as it forbids; the others are made
here by chance from a seed: addresses, headers, cookies, forms, files, and what is no HTTP at all. They come from a visitor, an
expert and an administrator. Bars: no answer of the class 5xx, every refusal of the API is problem+json, the server answers
afterwards, and the log of the record still holds. The exit code is 1 where one is missed.
"""

import argparse
import hashlib
import http.client
import io
import json
import random
import socket
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import hypothesis
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from engines import postgresql, sqlite
from filled import fill
from open1540.interfaces.api.doors import DOORS
from open1540.interfaces.web.desks import DESKS
from open1540.workflows import accounts, library, upkeep, uploads
from open1540.workflows.permissions import Person
from served import served

LETTERS, SEED, REQUESTS, AT_ONCE, WORKERS = 12, 1540, 10_000, 8, 2
ROLES = ("visitor", "expert", "administrator")
PASSWORD = "an invented password"
# Seconds until an answer, until one to a request that is not all there, until all files are read.
PATIENCE, WAITS, READING = 120, 2, 300
NO_HTTP = b"Invalid HTTP request received."
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BOMB = 300_000_000

# Texts that have undone other programs: other scripts and directions, signs without a glyph, ends of strings, paths, code.
TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\r\nSet-Cookie: a=b",
    "\ufeff",
    "\u202egpj.exe",
    "\u2066\u2067\u2069",
    "é" * 3,
    "e\u0301" * 50,
    "\ud83d",
    "😀" * 40,
    "ﷺ" * 100,
    "İıſ",
    "中" * 300,
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "%00",
    "%2e%2e%2f",
    "%c0%ae%c0%ae/",
    "%ff%fe",
    "%",
    "%zz",
    "' OR 1=1 --",
    '"; DROP TABLE documents; --',
    "1; SELECT pg_sleep(0)",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "=1+1",
    "@SUM(A1)",
    "-1",
    "0",
    "1e400",
    "9" * 30,
    str(2**63),
    str(-(2**63) - 1),
    "NaN",
    "Infinity",
    "null",
    "None",
    "true",
    "[]",
    "{}",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2024-02-30",
    "-0001-01-01",
    "a" * 5000,
    "(" * 500,
    "\\" * 20,
    "_%!",
    '"' * 3,
    "NEAR(a b)",
    "a* OR b:c",
)
PLAUSIBLE = ("FRA", "CHE", "1", "2", "OP2.CW.use.legal", "BWC", "2024-01-01", "legacy_2005_2016", "en", "expert", "csv")
# What fits in the place of a part of an address, so that what lies behind it is reached; more is told by the record.
FITTING = {
    "code": "FRA",
    "state": "FRA",
    "field": "OP2.CW.use.legal",
    "form": "xlsx",
    "instrument": "BWC",
    "number": "1",
}
METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FRA")
HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Expect",
    "Forwarded",
    "Host",
    "HX-Request",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Origin",
    "Range",
    "Referer",
    "Transfer-Encoding",
    "Upgrade",
    "X-CSRF",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
)


class Asker:
    """Who asks, as a program with a token and as a browser with a session; a visitor has neither."""

    def __init__(self, role: str, session: str = "", token: str = "") -> None:
        self.role, self.session, self.token = role, session, token
        self.visit = "a visit"

    @property
    def cookie(self) -> str:
        return f"open1540_session={self.session}" if self.session else f"open1540_visit={self.visit}"

    @property
    def csrf(self) -> str:
        return hashlib.sha256(f"form {self.session or self.visit}".encode()).hexdigest()


class Counted:
    """What came back, by part and role; what missed a bar, with the request."""

    def __init__(self) -> None:
        self.by_class: Counter[tuple[str, str, str]] = Counter()
        self.failed: list[str] = []
        self.not_problems: list[str] = []

    def count(self, part: str, role: str, told: str, answer: "Answer | None") -> None:
        kind = f"{answer.status // 100}xx" if answer else "none"
        self.by_class[part, role, kind] += 1
        if answer is None:
            return
        if answer.status >= 500:
            self.failed.append(f"{answer.status} {role}: {told}")
        elif answer.status >= 400 and answer.of_api and answer.media != "application/problem+json":
            self.not_problems.append(f"{answer.status} {answer.media} {role}: {told}")

    @property
    def requests(self) -> int:
        return self.by_class.total()


class Answer:
    """The status of an answer, its media type, and whether it is one of the API's with a body."""

    def __init__(self, status: int, media: str, of_api: bool) -> None:
        self.status, self.media, self.of_api = status, media, of_api


def send(port: int, raw: bytes, patience: float) -> Answer | None:
    """Send bytes and read one answer; None where the server hangs up without one. Raises TimeoutError where it waits."""
    method, _, rest = raw.partition(b" ")
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        # The server may have answered and hung up before it had read all.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(raw)
        answer = http.client.HTTPResponse(connection, method=method.decode("latin-1"))
        try:
            answer.begin()
            content = answer.read()
        except (http.client.HTTPException, ConnectionError, ValueError):
            return None
        media = (answer.headers.get("Content-Type") or "").split(";")[0]
        # What is no HTTP never reaches the API.
        of_api = rest.startswith(b"/api/") and method != b"HEAD" and content != NO_HTTP
        return Answer(answer.status, media, of_api)


def whole(raw: bytes) -> bool:
    """Whether a request is all there as its own head tells it, so that an answer is due."""
    head, end, body = raw.partition(b"\r\n\r\n")
    told = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
    names = [name.strip().lower() for name, _, _ in told]
    lengths = [value.strip() for name, _, value in told if name.strip().lower() == b"content-length"]
    odd = {b"transfer-encoding", b"expect", b"upgrade"} & set(names) or len(lengths) > 1
    return bool(end) and not odd and lengths in ([], [str(len(body)).encode()]) and raw.count(b"HTTP/1.1") == 1


def written(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as bytes; nothing in it is made well."""
    given = {"Host": "127.0.0.1", "Connection": "close", **headers}
    if body and "Content-Length" not in given:
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + body


def as_asker(asker: Asker, chance: random.Random) -> dict[str, str]:
    """Headers of a program or of a browser."""
    if asker.token and chance.random() < 0.5:
        return {"Authorization": f"Bearer {asker.token}"}
    return {"Cookie": asker.cookie, "X-CSRF": asker.csrf}


def text(chance: random.Random) -> str:
    """A hostile text, sometimes a plausible one."""
    if chance.random() < 0.3:
        return chance.choice(PLAUSIBLE)
    return chance.choice(TEXTS)


def escaped(told: str, chance: random.Random) -> str:
    """A text as part of an address: escaped, or hardly."""
    if chance.random() < 0.9:
        return quote(told, safe="", errors="surrogatepass")
    return "".join(sign for sign in told if sign > " ") or "%20"


ROUTES = [route for door in (*DESKS, *DOORS) for route in door.routes]
ACTS = [route for door in DESKS for route in door.routes if "POST" in route.methods and route.path != "/sign-out"]


def _line(chance: random.Random) -> str:
    """A hostile text of one line, mostly without what no head of a request may hold."""
    told = text(chance)
    return told if chance.random() < 0.1 else "".join(sign for sign in told if sign.isprintable())


def filled_in(path: str, chance: random.Random) -> str:
    """A path with something in the place of each of its parts."""
    made = []
    for part in path.split("/"):
        if "{" in part:
            before, _, rest = part.partition("{")
            name = rest.partition("}")[0].partition(":")[0]
            fitting = FITTING.get(name) if chance.random() < 0.5 else None
            value = quote(fitting) if fitting else escaped(text(chance), chance)
            part = before + value + rest.rpartition("}")[2]
        made.append(part)
    return "/".join(made)


def an_address(asker: Asker, chance: random.Random) -> bytes:
    """A route with hostile parts and questions, or an address of no route."""
    if chance.random() < 0.15:
        path = "/" + "/".join(escaped(text(chance), chance) for _ in range(chance.randrange(1, 6)))
        if chance.random() < 0.3:
            path = "/static" + path
    else:
        route = chance.choice(ROUTES)
        path = filled_in(route.path, chance)
        names = [one.alias for one in route.dependant.query_params] + ["lang", "page", "on", "words", "region", "map"]
        pairs = [(chance.choice(names), text(chance)) for _ in range(chance.randrange(4))]
        if pairs:
            path += "?" + "&".join(f"{name}={escaped(value, chance)}" for name, value in pairs)
    method = chance.choice(METHODS)
    body = text(chance).encode("utf-8", "surrogatepass") if method not in ("GET", "HEAD") else b""
    return written(method, path, as_asker(asker, chance), body)


def headers(asker: Asker, chance: random.Random) -> bytes:
    """A page of the workbench under headers of any kind."""
    given = as_asker(asker, chance)
    for _ in range(chance.randrange(1, 5)):
        given[chance.choice(HEADERS)] = _line(chance)
    if chance.random() < 0.05:
        given |= {f"X-{number}": "a" * 100 for number in range(chance.choice((50, 200, 2000)))}
    route = chance.choice(ROUTES)
    return written(chance.choice(METHODS), filled_in(route.path, chance), given)


def cookies(asker: Asker, chance: random.Random) -> bytes:
    """A page under cookies of any kind."""
    names = ("open1540_session", "open1540_visit", "open1540_language", "open1540_provider", "", "a")
    told = "; ".join(f"{chance.choice(names)}={_line(chance)}" for _ in range(chance.randrange(1, 5)))
    return written("GET", filled_in(chance.choice(ROUTES).path, chance), {"Cookie": told})


def a_form(asker: Asker, chance: random.Random) -> bytes:
    """A form of the workbench with a secret that holds, mostly, and hostile fields."""
    route = chance.choice(ACTS)
    names = [one.alias for one in route.dependant.body_params] or ["a"]
    secret = chance.choice((asker.csrf, asker.csrf, asker.csrf, asker.csrf, "", text(chance)))
    pairs = [("csrf", secret), *((name, text(chance)) for name in names if chance.random() < 0.9)]
    pairs += [(chance.choice(names), text(chance)) for _ in range(chance.randrange(3))]
    if chance.random() < 0.3:
        media, body = _parts([(name, None, value.encode("utf-8", "surrogatepass")) for name, value in pairs])
    else:
        media, body = "application/x-www-form-urlencoded", urlencode(pairs, errors="surrogatepass").encode()
    if chance.random() < 0.05:
        body = body[: chance.randrange(len(body))]
    return written("POST", filled_in(route.path, chance), {"Cookie": asker.cookie, "Content-Type": media}, body)


def an_upload(asker: Asker, chance: random.Random) -> bytes:
    """Files that are broken, too large once unpacked, of another kind than their name, or named to do harm."""
    doors = (
        ("/documents/upload", "files", {"Cookie": asker.cookie}),
        ("/states/FRA/matrix/import", "file", {"Cookie": asker.cookie}),
        ("/api/v1/documents", "files", {"Authorization": f"Bearer {asker.token}"}),
        ("/api/v1/matrices/FRA/import", "file", {"Authorization": f"Bearer {asker.token}"}),
    )
    path, field, given = chance.choice(doors)
    parts: list[tuple[str, str | None, bytes]] = [("csrf", None, asker.csrf.encode())]
    for _ in range(chance.choice((1, 1, 2))):
        content, ending = chance.choice(_files())
        if chance.random() < 0.4:
            content = _broken(content, chance)
        name = text(chance) + ending if chance.random() < 0.6 else "file" + chance.choice((".pdf", ".xlsx", ".docx"))
        parts.append((field, name, content))
    for name, fitting in (("language", "en"), ("as_of", "2024-01-01"), ("state", "FRA"), ("shown_to", "members")):
        value = fitting if chance.random() < 0.8 else text(chance)
        parts.append((name, None, value.encode("utf-8", "surrogatepass")))
    media, body = _parts(parts)
    return written("POST", path, {**given, "Content-Type": media}, body)


def no_http(asker: Asker, chance: random.Random) -> bytes:
    """Bytes that are no request, or nearly one."""
    whole = written("GET", "/states/FRA", as_asker(asker, chance))
    post = "POST /api/v1/documents HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    odd = (
        b"",
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"get / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET http://other.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET //other.example/%2e%2e HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET /\xff\xfe\x00 HTTP/1.1\r\nHost: \xff\r\nConnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"CONNECT other.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
        b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        f"{post}Content-Length: -1\r\n\r\n".encode(),
        f"{post}Content-Length: 10\r\n\r\nabc".encode(),
        f"{post}Content-Length: {10**20}\r\n\r\nabc".encode(),
        f"{post}Content-Length: ３\r\n\r\nabc".encode(),
        f"{post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd".encode(),
        f"{post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode(),
        f"{post}Transfer-Encoding: chunked\r\n\r\nzz\r\n".encode(),
        f"{post}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\na".encode(),
        f"{post}Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n".encode(),
        f"{post}Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc".encode(),
        f"{post}Content-Type: multipart/form-data; boundary=\r\nContent-Length: 3\r\n\r\nabc".encode(),
        f"{post}Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc".encode(),
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )
    return chance.choice(odd) if chance.random() < 0.5 else _broken(whole, chance)


def _broken(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.3 else changed)


def _parts(parts: list[tuple[str, str | None, bytes]]) -> tuple[str, bytes]:
    """A multipart body (RFC 7578), names as they are."""
    made = b""
    for field, name, content in parts:
        file = "" if name is None else f'; filename="{name}"'
        head = f'--b0undary\r\nContent-Disposition: form-data; name="{field}"{file}\r\n'
        if name is not None:
            head += "Content-Type: application/octet-stream\r\n"
        made += head.encode("utf-8", "surrogatepass") + b"\r\n" + content + b"\r\n"
    return "multipart/form-data; boundary=b0undary", made + b"--b0undary--\r\n"


_made: list[tuple[bytes, str]] = []


def _files() -> list[tuple[bytes, str]]:
    """Content and ending of the files that are sent; made once."""
    if not _made:
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        laughs = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e9;</a>'.encode()
        outside = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
        letter = (EXAMPLES / "letters" / "invented.en.txt").read_bytes()
        sheet = {"[Content_Types].xml": outside, "xl/workbook.xml": laughs, "xl/worksheets/sheet1.xml": laughs}
        word = {"[Content_Types].xml": b"<Types/>", "word/document.xml": laughs}
        _made.extend(
            [
                (b"", ".txt"),
                (b"\x00" * 10_000, ".txt"),
                (b"\xff\xfe" + b"\xd8\x00" * 500, ".txt"),
                (letter, ".pdf"),
                (letter * 20, ".txt"),
                (laughs, ".xml"),
                (outside, ".xml"),
                (laughs, ".html"),
                (b"<div>" * 20_000, ".html"),
                (b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>", ".pdf"),
                (b"%PDF-1.7\n" + b"<<" * 20_000, ".pdf"),
                (_packed({"word/document.xml": b"<a>" + b" " * BOMB}), ".docx"),
                (_packed({"xl/worksheets/sheet1.xml": b"<a>" + b" " * BOMB}), ".xlsx"),
                (_packed(sheet), ".xlsx"),
                (_packed(word), ".docx"),
                (_packed({"../../../tmp/out": b"a", "/etc/passwd": b"b", "word/document.xml": b"<a/>"}), ".docx"),
                (_packed({str(number): b"" for number in range(20_000)}), ".xlsx"),
                (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ".pdf"),
                (b"\x7fELF" + bytes(range(256)) * 20, ".docx"),
                (json.dumps({"state": "FRA", "entries": [[[{}]]]}).encode(), ".json"),
                (b"[" * 50_000, ".json"),
                (b"field,code\r\n=cmd|' /C calc'!A0,X\r\n" * 200, ".csv"),
                (b'a,"' + b"b" * 200_000, ".csv"),
            ]
        )
    return _made


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# How large a share of what is made here each kind is.
KINDS: dict[str, tuple[Callable[[Asker, random.Random], bytes], float]] = {
    "addresses": (an_address, 0.40),
    "headers": (headers, 0.15),
    "cookies": (cookies, 0.08),
    "forms": (a_form, 0.22),
    "files": (an_upload, 0.05),
    "no HTTP": (no_http, 0.10),
}


def by_chance(port: int, askers: list[Asker], number: int, seed: int, counted: Counted) -> None:
    """Send what is made here, several at once."""

    def one(kind: str, make: Callable[[Asker, random.Random], bytes], at: int) -> None:
        chance = random.Random(f"{seed} {kind} {at}")
        asker = askers[at % len(askers)]
        raw = make(asker, chance)
        due = whole(raw)
        try:
            answer = send(port, raw, PATIENCE if due else WAITS)
        except TimeoutError:
            answer = None
            if due:
                counted.failed.append(f"no answer within {PATIENCE} s, {asker.role}: {raw[:300]!r}")
        counted.count(kind, asker.role, repr(raw[:300]), answer)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = [
            pool.submit(one, kind, make, at)
            for kind, (make, share) in KINDS.items()
            for at in range(round(number * share))
        ]
    for each in made:
        each.result()


def by_document(port: int, askers: list[Asker], number: int, seed: int, counted: Counted) -> None:
    """Send what schemathesis makes of the OpenAPI document, as it allows and as it forbids."""
    document = _document(port)
    operations = [found.ok() for found in schemathesis.openapi.from_dict(document).get_all_operations()]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    rounds = 0
    # What takes any text cannot be asked wrongly, so that not every operation gives as many.
    while counted.requests < number and rounds < 4:
        each = max(1, (number - counted.requests) // (len(operations) * len(modes) * len(askers)))
        for mode in modes:
            for operation in operations:
                if counted.requests < number:
                    _ask(port, askers, operation, mode, each, seed + rounds, counted)
        rounds += 1


def _document(port: int) -> dict[str, object]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/api/v1/openapi.json")
    document: dict[str, object] = json.loads(connection.getresponse().read())
    return document


def _ask(
    port: int, askers: list[Asker], operation: object, mode: object, each: int, seed: int, counted: Counted
) -> None:
    import requests

    @hypothesis.seed(seed)
    @given(case=operation.as_strategy(generation_mode=mode))  # type: ignore[attr-defined]
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    def asked(case: schemathesis.Case) -> None:
        # Making a request takes longer than asking, so each is asked by all.
        for asker in askers:
            given_headers = {"Authorization": f"Bearer {asker.token}"} if asker.token else {}
            told = f"{case.method} {case.formatted_path} {case.query} {case.body!r}"[:300]
            try:
                response = case.call(base_url=f"http://127.0.0.1:{port}", headers=given_headers, timeout=PATIENCE)
            except (requests.RequestException, UnicodeError, ValueError):
                # What the client itself refuses to send, or a connection closed by the server.
                counted.count("OpenAPI", asker.role, told, None)
                continue
            media = response.headers.get("content-type", [""])[0].split(";")[0]
            answer = Answer(response.status_code, media, case.method != "HEAD" and response.content != NO_HTTP)
            counted.count("OpenAPI", asker.role, told, answer)

    with suppress(Unsatisfiable):
        asked()


def askers_of(url: str) -> list[Asker]:
    """A visitor, and accounts of an expert and an administrator, each with a token and a session."""
    made = [Asker("visitor")]
    first = accounts.first_link(database_url=url)
    accounts.use_link(first or "", PASSWORD, database_url=url, name="administrator")
    administrator = Person("administrator", "administrator")
    _, link = accounts.invite("expert", "expert", database_url=url, who=administrator)
    accounts.use_link(link, PASSWORD, database_url=url)
    for role in ROLES[1:]:
        session = accounts.sign_in(role, PASSWORD, "benchmark", database_url=url).secret
        token = accounts.new_token("hostile", ("read", "write"), database_url=url, who=Person(role, role)).secret
        made.append(Asker(role, session, token))
    return made


def engine(name: str, url: str, number: int, seed: int) -> int:
    """Print what came back on a database, and every bar that is missed; how many."""
    fill(url, LETTERS)
    FITTING["document"] = upkeep.kept_documents(database_url=url)[0].id
    FITTING["claim"] = _a_claim(url, FITTING["document"])
    askers, counted, began = askers_of(url), Counted(), time.perf_counter()
    with served(url, WORKERS) as server:
        by_document(server.port, askers, number // 2, seed, counted)
        by_chance(server.port, askers, number - counted.requests, seed, counted)
        waiting = _waits_for_reading(url)
        alive = server.alive()
        told = server.told()
    print(f"\n{name}: {counted.requests} requests in {time.perf_counter() - began:.0f} s")
    for (part, role, kind), count in sorted(counted.by_class.items()):
        print(f"  {part:10} {role:14} {kind:7} {count:6}")
    for one in (*counted.failed, *counted.not_problems):
        print(f"  {one}")
    errors = [line for line in told.splitlines() if line and not line.startswith((" ", "open", "make the"))]
    for line, times in Counter(errors).most_common(20):
        print(f"  the server wrote {times} times: {line[:300]}")
    verdict = upkeep.verify_audit(database_url=url)
    bars = {
        f"requests, at least {number}": counted.requests >= number,
        f"answers of the class 5xx or none at all: {len(counted.failed)}": not counted.failed,
        f"refusals of the API that are not problem+json: {len(counted.not_problems)}": not counted.not_problems,
        f"files still waiting to be read: {waiting}": not waiting,
        "the server answers afterwards": alive,
        f"the log of {verdict.rows} lines holds": verdict.intact,
    }
    for label, good in bars.items():
        print(f"{'met   ' if good else 'MISSED'} {label}", flush=True)
    return sum(not good for good in bars.values())


def _a_claim(url: str, document: str) -> str:
    found = library.claims(document, database_url=url, who=Person("expert", "expert"))
    return found[0].id if found else "none"


def _waits_for_reading(url: str) -> int:
    """How many of the files given are still not read after a while."""
    end = time.monotonic() + READING
    while (waiting := _unread(url)) and time.monotonic() < end:
        time.sleep(1)
    return waiting


def _unread(url: str) -> int:
    people = (Person(role, role) for role in ROLES[1:])
    latest = (one for who in people for one in uploads.batches(database_url=url, who=who))
    return sum(one.status in ("waiting", "reading") for one in latest)


def main() -> int:
    """Print every figure; the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    missed = 0
    for name, new in (("sqlite", sqlite), ("postgresql", postgresql)):
        with new() if arguments.engine in (name, "both") else nullcontext() as url:
            if url:
                missed += engine(name, url, arguments.requests, arguments.seed)
            elif arguments.engine in (name, "both"):
                print(f"{name} is not installed here: not tried")
    print(f"\n{missed} bars missed" if missed else "\nall bars met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
