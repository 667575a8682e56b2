"""What the docs show is what happens: their examples are run, their maps are compared with the code."""

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from open1540.interfaces.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples(kind: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        blocks = [body for name, body in FENCE.findall(page.read_text(encoding="utf-8")) if name == kind]
        if blocks:
            yield str(page.relative_to(ROOT)), "\n".join(blocks)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each ``$ command`` of a console block with the output shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.strip()


def run(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "open1540", f"a console example must be an open1540 command: {command}"
    environment = os.environ | {
        "XDG_DATA_HOME": str(folder),
        "COLUMNS": "160",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    done = subprocess.run(
        [sys.executable, "-m", "open1540", *words[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(("page", "block"), list(examples("console")))
def test_console_examples_print_what_the_page_shows(page: str, block: str, tmp_path: Path) -> None:
    for command, shown in commands(block):
        printed = run(command.replace("/tmp/", f"{tmp_path}/"), tmp_path).replace(f"{tmp_path}/", "/tmp/")
        assert doctest.OutputChecker().check_output(shown, printed.strip(), SAME), (
            f"{page}: `{command}` printed\n{printed}\nbut the page shows\n{shown}"
        )


@pytest.mark.parametrize(("page", "block"), list(examples("python")))
def test_python_examples_run(page: str, block: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    parsed = doctest.DocTestParser().get_doctest(block, {}, page, page, 0)
    outcome = doctest.DocTestRunner(optionflags=SAME).run(parsed)
    assert parsed.examples, f"{page}: a python block without >>> examples"
    assert outcome.failed == 0


def command_names(group: typer.Typer = app, before: str = "") -> list[str]:
    """Every command of a group and of the groups in it; a group may do something by itself."""
    names = [f"{before}{command.name}" for command in group.registered_commands]
    for inner in group.registered_groups:
        if inner.typer_instance.info.invoke_without_command is True:
            names.append(f"{before}{inner.name}")
        names += command_names(inner.typer_instance, f"{before}{inner.name or inner.typer_instance.info.name} ")
    return sorted(names)


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_documented(name: str) -> None:
    assert f"## `open1540 {name}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_no_command_is_documented_that_does_not_exist() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    documented = {re.sub(r"[A-Z<\[].*", "", name).strip() for name in re.findall(r"^## `open1540 ([^`]+)`", page, re.M)}
    assert documented == set(command_names())


def floors() -> list[list[str]]:
    """The floors of the architecture page, top first: the room names of each table row."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("<!-- floors -->")[2].partition("<!-- /floors -->")[0]
    return [re.findall(r"`(\w+)`", line.split("|")[2]) for line in table.splitlines() if re.match(r"\| \d", line)]


def test_the_architecture_page_shows_the_floors_that_are_enforced() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    enforced = [[room.strip().removeprefix("open1540.") for room in layer.split("|")] for layer in layers]
    assert floors() == enforced


def test_the_architecture_page_shows_every_room_and_no_other() -> None:
    package = ROOT / "src" / "open1540"
    rooms = {folder.name for folder in package.iterdir() if (folder / "__init__.py").is_file()}
    assert {room for floor in floors() for room in floor} == rooms


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing
