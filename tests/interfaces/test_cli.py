"""The command line: one JSON document on stdout, errors in four parts, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "letters"


def open1540(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"XDG_DATA_HOME": str(folder), "NO_COLOR": "1", "COLUMNS": "160"}
    environment.pop("OPEN1540_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "open1540", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [["read", str(EXAMPLES / "invented.en.txt")], ["brief", str(EXAMPLES / "invented.zh.txt"), "--lang", "fr"]],
    ids=lambda words: words[0],
)
def test_json_is_one_document_and_nothing_else(words: list[str], tmp_path: Path) -> None:
    done = open1540(*words, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)
    assert done.stderr == ""


def test_several_files_give_one_list(tmp_path: Path) -> None:
    files = [str(EXAMPLES / f"invented.{language}.txt") for language in ("en", "ar")]
    read = json.loads(open1540("read", *files, "--json", folder=tmp_path).stdout)
    assert [reading["document"]["language"] for reading in read] == ["en", "ar"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["read", "no-such-file.txt"], "no such file"),
        (["read", str(EXAMPLES)], "a folder"),
        (["read"], "missing"),
        (["state", "ZZZ"], "ZZZ"),
        (["state", "FRA", "--on", "yesterday"], "yesterday"),
        (["facts", "show", "no-such-fact"], "no-such-fact"),
        (["brief", str(EXAMPLES / "invented.en.txt"), "--lang", "de"], "de"),
        (["judge", "no-such-claim", "accepted", "--reason", "x"], "no-such-claim"),
        (["judge", "c1", "perhaps", "--reason", "x"], "perhaps"),
        (["restore", str(EXAMPLES / "invented.en.txt")], ""),
        (["search", "x", "--database-url", "oracle://nowhere"], "oracle"),
        (["fly"], "fly"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else None,
)
def test_bad_input_is_told_in_four_parts_with_exit_code_2(words: list[str], found: str, tmp_path: Path) -> None:
    done = open1540(*words, folder=tmp_path)
    assert done.returncode == 2, done.stderr
    assert found.lower() in done.stderr.lower()
    for part in ("error:", "expected:", "where:", "what to do:"):
        assert part in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_an_error_under_json_is_json_too(tmp_path: Path) -> None:
    done = open1540("read", "no-such-file.txt", "--json", folder=tmp_path)
    assert done.returncode == 2
    assert set(json.loads(done.stdout)["error"]) == {"error", "found", "expected", "where", "remedy"}


def test_an_empty_file_is_named_as_such(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = open1540("read", str(empty), folder=tmp_path)
    assert done.returncode == 2
    assert "empty" in done.stderr


def test_the_same_letter_is_kept_once(tmp_path: Path) -> None:
    letter = str(EXAMPLES / "invented.en.txt")
    first, second = (json.loads(open1540("brief", letter, "--json", folder=tmp_path).stdout) for _ in range(2))
    assert (first["already_kept"], second["already_kept"]) == (False, True)
    assert first["document_id"] == second["document_id"]
    assert len(json.loads(open1540("documents", "--json", folder=tmp_path).stdout)) == 1


def test_explain_names_the_rule_behind_a_statement(tmp_path: Path) -> None:
    done = open1540("read", str(EXAMPLES / "invented.en.txt"), "--explain", folder=tmp_path)
    assert "en.statements." in done.stdout


def test_a_pdf_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "no-such-folder" / "briefing.pdf"
    done = open1540("brief", str(EXAMPLES / "invented.en.txt"), "--pdf", str(target), folder=tmp_path)
    assert done.returncode == 2
    assert not target.parent.exists()
