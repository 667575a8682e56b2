"""The expert's day at the command line: a letter comes in, is briefed, judged, found again, and kept safe."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "letters"


class Desk:
    """A command line with its own database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def asks(self, *words: str) -> Any:
        environment = os.environ | {"XDG_DATA_HOME": str(self.folder)}
        environment.pop("OPEN1540_DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "open1540", *words, "--json"], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_letter_from_arrival_to_archive(desk: Desk, tmp_path: Path) -> None:
    for language in ("zh", "ar", "es"):
        made = desk.asks("brief", str(EXAMPLES / f"invented.{language}.txt"), "--lang", "fr")
        assert {said["statement"]["speaker"] for said in made["said"]} == {"CHE"}
        assert any(service["room"] == "assistance" for said in made["said"] for service in said["services"])

    claims = desk.asks("claims", "--document", made["document_id"])
    assert claims
    assert all(claim["judgement"] is None for claim in claims)

    desk.asks("judge", claims[0]["id"], "accepted", "--reason", "the act is in the national database")
    desk.asks("judge", claims[0]["id"], "rejected", "--reason", "the act is not in force")
    judged = {claim["id"]: claim["judgement"] for claim in desk.asks("claims")}
    assert judged[claims[0]["id"]]["verdict"] == "rejected"
    assert sum(judgement is not None for judgement in judged.values()) == 1

    found = desk.asks("search", "export control")["found"]
    assert {passage["language"] for passage in found} == {"zh", "ar", "es"}

    verdict = desk.asks("audit", "verify")
    assert verdict["intact"]
    assert verdict["rows"] == 5

    archive = tmp_path / "records.zip"
    kept = desk.asks("backup", str(archive))["rows"]
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
    assert desk.asks("restore", str(archive), "--database-url", elsewhere)["rows"] == kept
    assert desk.asks("audit", "verify", "--database-url", elsewhere) == verdict
