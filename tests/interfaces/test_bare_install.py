"""An installation without any optional part reads, keeps, briefs, searches and answers: what the parts bring is refused here."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LETTER = str(ROOT / "examples" / "letters" / "invented.zh.txt")
BARE = """
import sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

refused = set(sys.argv.pop(1).split(","))
sys.meta_path.insert(0, Refusing())
from open1540.interfaces.cli.app import main
main()
"""


def normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def refused() -> list[str]:
    """The modules that only the optional parts name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = {
        normal(re.split(r"[\[><=~]", wanted)[0])
        for part in project["optional-dependencies"].values()
        for wanted in part
    }
    own = {normal(re.split(r"[\[><=~]", wanted)[0]) for wanted in project["dependencies"]}
    return sorted(
        module
        for module, held_by in packages_distributions().items()
        if {normal(one) for one in held_by} <= parts - own
    )


def open1540(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BARE, ",".join(refused()), *words, "--database-url", f"sqlite:///{folder / 'r.sqlite3'}"]
        if words[0] not in ("read", "state", "serve")
        else [sys.executable, "-c", BARE, ",".join(refused()), *words],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["read", LETTER],
        ["state", "FRA"],
        ["brief", LETTER],
        ["search", "1540"],
        ["documents"],
        ["matrix", "show", "FRA"],
    ],
    ids=lambda words: words[0],
)
def test_what_every_user_needs_works_without_optional_parts(words: list[str], tmp_path: Path) -> None:
    done = open1540(*words, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    done = open1540("serve", folder=tmp_path)
    assert done.returncode == 1
    assert "open1540[web]" in done.stderr


def test_the_parts_are_known_by_their_modules() -> None:
    assert {"pytest", "httpx", "psycopg", "fastapi"} <= set(refused())
