"""An assistant may propose; what it proposes is checked, marked, and waits for a person."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from open1540.backends.assistant import Endpoint
from open1540.vocabulary import JobFailed
from open1540.workflows import upkeep
from open1540.workflows.assistant import instructions
from open1540.workflows.brief import brief
from open1540.workflows.judging import claims, judge

pytest.importorskip("httpx", reason="the optional part `llm` is not installed")
LETTER = Path(__file__).resolve().parents[2] / "examples" / "letters" / "invented.en.txt"
GOOD = {
    "state": "CHE",
    "fields": ["OP3cd.CW.licensing-provisions.legal"],
    "grade": "self-declared",
    "passage": "The export of dual-use items requires a licence",
}
REFUSED = [
    GOOD | {"passage": "Nothing like this stands in the letter"},
    GOOD | {"fields": ["OP99.made-up"]},
    GOOD | {"state": "ZZZ"},
]


class Proposing(BaseHTTPRequestHandler):
    """Answers with the proposals above, or with prose."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        said = "no list at all" if self.path.startswith("/prose") else json.dumps([GOOD, *REFUSED])
        body = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Proposing)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite3'}"


def test_only_proposals_that_stand_in_the_text_are_kept_and_marked(server: str, database: str) -> None:
    made = brief(LETTER, database_url=database, by="test", assistant=Endpoint(server, "some-model"))
    marked = [claim for claim in made.claims if claim.proposed_by != "rules"]
    assert [claim.fields for claim in marked] == [("OP3cd.CW.licensing-provisions.legal",)]
    assert marked[0].proposed_by == f"assistant:some-model@{instructions()[1]}"
    raw = LETTER.read_text(encoding="utf-8")[marked[0].start : marked[0].end]
    assert " ".join(raw.split()) == GOOD["passage"]
    assert sum(warning.startswith("assistant:") for warning in made.warnings) == len(REFUSED)


def test_a_proposal_waits_for_a_judgement_like_any_other(server: str, database: str) -> None:
    made = brief(LETTER, database_url=database, by="test", assistant=Endpoint(server, "some-model"))
    marked = next(claim for claim in made.claims if claim.proposed_by != "rules")
    judge(marked.id, "rejected", "already covered", database_url=database, by="expert")
    kept = {stored.id: stored for stored in claims(database_url=database)}
    assert kept[marked.id].judgement is not None
    assert kept[marked.id].judgement.verdict == "rejected"


def test_an_assistant_that_fails_costs_only_its_own_proposals(server: str, database: str) -> None:
    with pytest.raises(JobFailed):
        brief(LETTER, database_url=database, by="test", assistant=Endpoint(f"{server}/prose", "some-model"))
    assert [row.name for row in upkeep.kept_documents(database_url=database)] == ["invented.en.txt"]
    assert claims(database_url=database)


def test_the_rules_alone_ask_nobody(database: str) -> None:
    made = brief(LETTER, database_url=database, by="test")
    assert {claim.proposed_by for claim in made.claims} == {"rules"}
