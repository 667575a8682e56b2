"""Every command of the command line, also those written later: with ``--json`` one document on stdout, whatever happens."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from open1540.interfaces.cli.app import app, run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "letters"
LETTER = str(EXAMPLES / "invented.en.txt")
# What it gives is pages and an API; it has no answer of its own.
WITHOUT_JSON = {("serve",)}
GOOD = [
    ["read", LETTER],
    ["read", LETTER, str(EXAMPLES / "invented.ar.txt")],
    ["brief", LETTER, "--lang", "ru"],
    ["state", "FRA", "--on", "2020-05-01"],
    ["report", "CHE"],
    ["plan", "CHE"],
    ["search", "export control"],
    ["documents"],
    ["claims"],
    ["facts", "list"],
    ["facts", "list", "topics"],
    ["facts", "show", "OP3(d)"],
    ["facts", "check"],
    ["matrix", "show", "FRA"],
    ["matrix", "fields"],
    ["matrix", "versions", "FRA"],
    ["matrix", "comments", "FRA"],
    ["assist", "offer", "list"],
    ["assist", "activity", "list"],
    ["assist", "match", "--unmet"],
    ["assist", "match", "--doubled"],
    ["assist", "match", "--state", "SEN", "--weight", "theme=7"],
    ["assist", "briefing", "--lang", "ar"],
    ["assist", "statistics"],
    ["audit", "verify"],
    ["audit", "list"],
    ["backup", "records.zip"],
]


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


EVERY = [(path, command) for path, command in commands(typer.main.get_command(app)) if path not in WITHOUT_JSON]
each = pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own records and its own folder to write to."""
    monkeypatch.setenv("OPEN1540_DATABASE_URL", f"sqlite:///{tmp_path / 'records.sqlite3'}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def answer(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, Any, str]:
    """The exit code, the one document on stdout, and what stands on stderr."""
    code = run(words)
    shown = capsys.readouterr()
    assert shown.out.count("\n") == 1, "one document on one line"
    return code, json.loads(shown.out), shown.err


def required(command: Any) -> list[str]:
    """A value nobody knows for everything the command cannot do without."""
    words = []
    for parameter in command.params:
        if parameter.required:
            words += [parameter.opts[-1]] if parameter.opts[-1].startswith("--") else []
            words.append("no-such-thing")
    return words


@each
def test_it_takes_json(path: tuple[str, ...], command: Any) -> None:
    assert any("--json" in parameter.opts for parameter in command.params)


@each
def test_a_wrong_option_is_one_document_and_exit_code_2(
    path: tuple[str, ...], command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, errors = answer([*path, *required(command), "--json", "--no-such-option"], capsys)
    assert code == 2
    assert set(told["error"]) == {"error", "found", "expected", "where", "remedy"}
    assert all(part in errors for part in ("error:", "expected:", "where:", "what to do:"))


@each
def test_words_nobody_knows_are_answered_by_one_document(
    path: tuple[str, ...], command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, errors = answer([*path, *required(command), "--json"], capsys)
    assert code in (0, 2)
    assert (code == 0) == (errors == "" or "wrote" in errors)
    assert "nobody foresaw" not in errors
    if code:
        assert all(told["error"][part] for part in ("found", "expected", "where", "remedy"))


@pytest.mark.parametrize("words", GOOD, ids=lambda words: " ".join(Path(word).name for word in words))
def test_good_words_are_answered_by_one_document_and_nothing_else(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, errors = answer([*words, "--json"], capsys)
    assert (code, errors) == (0, "")


def test_a_file_that_cannot_be_written_is_the_only_answer(capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = answer(["brief", LETTER, "--json", "--html", "no-such-folder/briefing.html"], capsys)
    assert code == 2
    assert told["error"]["where"] == "no-such-folder/briefing.html"


def test_a_fault_nobody_foresaw_is_told_like_any_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("open1540.workflows.facts.state_profile", broken)
    code, told, errors = answer(["state", "FRA", "--json"], capsys)
    assert code == 1
    assert "ZeroDivisionError" in told["error"]["found"]
    assert told["error"]["where"].startswith("test_every_command.py, line")
    assert "Traceback" not in errors


def test_signs_that_steer_a_terminal_are_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "evil\x1b[2J.txt"
    letter.write_bytes(Path(LETTER).read_bytes())
    assert run(["read", str(letter)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b[2J" not in shown
    assert "evil\ufffd[2J.txt" in shown


@pytest.mark.parametrize("words", [["search", "\udcff"], ["state", "\udcff"], ["read", "no-such-\udcff.txt"]])
def test_bytes_that_are_no_text_are_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = answer([*words, "--json"], capsys)
    assert code == 2
    assert "no text" in told["error"]["found"]


def test_a_file_with_a_name_that_is_no_text_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "letter-\udcff.txt"
    letter.write_bytes(Path(LETTER).read_bytes())
    code, reading, _ = answer(["brief", str(letter), "--json"], capsys)
    assert (code, reading["name"]) == (0, "letter-?.txt")


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    shown = capsys.readouterr()
    assert "brief" in shown.out
    assert "no command" in shown.err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("open1540 0.")
