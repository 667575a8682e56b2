"""The assistant's door, against a real HTTP server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from open1540.backends.assistant import MAX_ANSWER_BYTES, Endpoint, ask, from_environment
from open1540.vocabulary import BadInput, JobFailed

pytest.importorskip("httpx", reason="the optional part `llm` is not installed")


class Answering(BaseHTTPRequestHandler):
    """Answers as the path asks: /ok, /wrong, /huge, /error."""

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind = self.path.split("/")[1]
        said = {"choices": [{"message": {"content": question["messages"][1]["content"].upper()}}]}
        body = {
            "ok": json.dumps(said).encode(),
            "wrong": b'{"answer": 42}',
            "huge": b'"' + b"x" * (MAX_ANSWER_BYTES + 1) + b'"',
            "error": b"{}",
        }[kind]
        self.send_response(500 if kind == "error" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


def test_the_answer_comes_back_as_text(server: str) -> None:
    assert ask(Endpoint(f"{server}/ok", "any"), "be brief", "hello") == "HELLO"


@pytest.mark.parametrize("kind", ["wrong", "huge", "error"])
def test_another_answer_is_a_failed_job_that_names_the_address(server: str, kind: str) -> None:
    with pytest.raises(JobFailed) as failed:
        ask(Endpoint(f"{server}/{kind}", "any"), "", "hello")
    assert server in failed.value.where


def test_nobody_at_home_is_a_failed_job() -> None:
    with pytest.raises(JobFailed):
        ask(Endpoint("http://127.0.0.1:9", "any"), "", "hello")


def test_without_configuration_the_assistant_stays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPEN1540_ASSISTANT_URL", raising=False)
    with pytest.raises(BadInput, match="no assistant configured"):
        from_environment()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("file:///etc/hostname", "key"),
        ("no address", "key"),
        ("http://[::1", "key"),
        ("http://", "key"),
        ("http://127.0.0.1/v1", "clé"),
    ],
)
def test_an_address_or_a_key_nobody_can_use_is_bad_input(url: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN1540_ASSISTANT_URL", url)
    monkeypatch.setenv("OPEN1540_ASSISTANT_MODEL", "any")
    monkeypatch.setenv("OPEN1540_ASSISTANT_KEY", key)
    with pytest.raises(BadInput):
        from_environment()
