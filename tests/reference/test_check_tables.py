"""Every file of the facts is held to its form: damage it in any way, and the check says so."""

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from open1540.reference import facts
from open1540.reference.check_tables import DAYS, SPOKEN, check_table, check_tree, is_date

TABLES = facts.all_paths(".csv")
TREES = facts.all_paths(".yaml")
Lines = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of facts in the place of the package's own, to put damaged files into."""
    monkeypatch.setattr(facts, "FACTS", tmp_path)
    return tmp_path


def original(path: str) -> Lines:
    return list(csv.reader(io.StringIO((FACTS / path).read_text(encoding="utf-8"), newline="")))


FACTS = facts.FACTS


def problems(folder: Path, path: str, lines: Lines) -> list[str]:
    file = folder / path
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(lines)
    return list(check_table(path))


def columns(names: frozenset[str]) -> list[tuple[str, str]]:
    return [(path, column) for path in TABLES for column in facts.cells(path)[0] if column in names]


@pytest.mark.parametrize("path", TABLES)
def test_a_row_that_stands_twice_is_a_problem(path: str, folder: Path) -> None:
    lines = original(path)
    assert problems(folder, path, lines) == []
    found = problems(folder, path, [*lines, lines[1]])
    assert len(found) == 1
    assert "stands there 2 times" in found[0]


@pytest.mark.parametrize(("path", "column"), columns(frozenset({"source"})))
@pytest.mark.parametrize("source", ["", "nowhere"])
def test_a_missing_or_unknown_source_is_a_problem(path: str, column: str, source: str, folder: Path) -> None:
    assert problems(folder, path, replaced(path, column, source)) == [
        f"{path}: source {source!r} is in no table of facts/sources"
    ]


@pytest.mark.parametrize(("path", "column"), columns(DAYS | SPOKEN))
@pytest.mark.parametrize("written", ["spring", "2024-13-45", "2023-02-29"])
def test_a_date_that_does_not_exist_is_a_problem(path: str, column: str, written: str, folder: Path) -> None:
    found = [problem for problem in problems(folder, path, replaced(path, column, written)) if "date" in problem]
    assert len(found) == 1
    assert repr(written) in found[0]


def replaced(path: str, column: str, value: str) -> Lines:
    """The table with one of its values replaced: of the first row that has any there."""
    header, *lines = original(path)
    position = header.index(column)
    row = next((line for line in lines if line[position]), lines[0])
    row[position] = value
    return [header, *lines]


@pytest.mark.parametrize("path", TREES)
def test_a_key_that_stands_twice_is_a_problem(path: str, folder: Path) -> None:
    written = (FACTS / path).read_text(encoding="utf-8")
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written, encoding="utf-8")
    assert list(check_tree(path)) == []
    key, _, _ = next(line for line in written.splitlines() if line[:1].isalpha()).partition(":")
    file.write_text(f"{written}\n{key}: []\n", encoding="utf-8")
    assert f"{path}: the key {key!r} stands there twice" in list(check_tree(path))


@pytest.mark.parametrize(
    ("written", "exists"),
    [("2024", True), ("2024-02-29", True), ("2023-02-29", False), ("2024-00", False), ("24", False), ("", False)],
)
def test_days_months_and_years_are_dates(written: str, exists: bool) -> None:
    assert is_date(written) is exists


LOADED = """
from open1540.reference import facts
cells, seen = facts.cells, set()
facts.cells = lambda path: seen.add(path) or cells(path)
from open1540.reference import checks
assert checks.problems() == ()
print(*sorted(seen), sep="\\n")
"""


def test_every_table_is_loaded_as_records_so_that_no_unknown_column_passes() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert tuple(done.stdout.split()) == TABLES


def test_a_column_nobody_knows_is_refused(tmp_path: Path) -> None:
    """Run on a whole damaged copy, as somebody who edits a table would."""
    package = Path(str(facts.FACTS)).parent
    shutil.copytree(package, tmp_path / "open1540", ignore=shutil.ignore_patterns("__pycache__"))
    table = tmp_path / "open1540" / "facts" / "sources" / "resolutions.csv"
    header, *lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([f"{header},mood", *(f"{line},good" for line in lines)]) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "open1540", "facts", "check"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "mood" in done.stderr
    assert "sources/resolutions.csv" in done.stderr
