"""What is installed is pinned, by version and from nowhere in particular."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_pins_one_version_and_names_no_address() -> None:
    assert not [line for line in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]


def test_everything_the_project_asks_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for part in project["optional-dependencies"].values() for one in part)]
    pinned = {normal(line.partition("==")[0]) for line in PINS}
    assert not {normal(re.split(r"[\[><=~; ]", one)[0]) for one in wanted} - pinned
