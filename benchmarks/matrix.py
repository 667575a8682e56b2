"""Prints the figures of the matrix: section I for all Member States, versions kept and compared, then matrix files.

Run ``make bench`` or this file with the folder of reference data (default ../shared/data/states). Every bar is printed
beside its figure; the exit code is 1 where one is missed.
"""

import csv
import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import matrix_elsewhere
import matrix_files
from matrix_files import bar
from open1540 import reference
from open1540.matrix.section_one import section_one
from open1540.vocabulary import Entry
from open1540.workflows import matrix, matrix_changes, matrix_proposals
from open1540.workflows.permissions import Person

ROOT = Path(__file__).resolve().parents[1]
STATES = ROOT.parent / "shared" / "data" / "states"
LAW = ROOT / "examples" / "laws" / "invented.en.txt"
WHO = Person("benchmark")
# Section I of every State in a process of its own: imports and facts included.
ALONE = """
import time
start = time.process_time()
import datetime as dt
from open1540 import reference
from open1540.matrix.record import standing_template
from open1540.matrix.section_one import section_one
told = [section_one(one.iso3, dt.date.today(), standing_template()) for one in reference.states() if one.un_status == "member"]
assert len(told) == 193
print(time.process_time() - start)
"""
# Words with which the reference data says that there is no tie; a field may not be filled by them.
NO_TIE = ("none", "not_in_force")


def within(label: str, seconds: float, at_most: float, detail: object = "") -> None:
    """Print a time beside the most it may take."""
    verdict = "met   " if seconds <= at_most else "MISSED"
    if seconds > at_most:
        matrix_files.missed.append(label)
    print(f"{verdict} {label:58} {seconds:9.3f}  bar {at_most:9.3f}  {detail}", flush=True)


def best_of(times: int, work: Callable[[], object]) -> float:
    """The least seconds of processor time a piece of work took."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def section_one_everywhere() -> None:
    """How long section I takes, and whether each of its cells can be traced to a source."""
    done = [subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True) for _ in range(3)]
    within("section I of 193 States, imports included: seconds", min(float(one.stdout) for one in done), 2.0)
    told = list(_entries())
    known = reference.sources()
    cells = [entry for entry in told if entry.code]
    traced = sum(
        bool(e.evidence) and all(i.source in known and known[i.source].locator for i in e.evidence) for e in cells
    )
    bar("section I: share of cells with a source that can be found", traced / len(cells), 1.0, f"{len(cells)} cells")
    cited = [c for e in cells for c in e.citations]
    borne = [c for e in cells for c in e.citations if any(item.citation == c for item in e.evidence)]
    bar("section I: share of citations borne by evidence", len(borne) / len(cited), 1.0, f"{len(cited)} citations")
    dated = sum(item.as_of is not None for e in cells for item in e.evidence)
    whole = sum(len(e.evidence) for e in cells)
    print(f"       of {whole} pieces of evidence {dated} say which day they speak of; the others' sources are undated")


def against_reference(folder: Path) -> None:
    """Whether a cell is filled exactly where the reference data has a record: none where the sources are silent."""
    path = folder / "all_status.csv"
    if not path.is_file():
        print(f"       {path} is not here: section I is not compared with the data it was made from")
        return
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    tied = {(row["iso3"], row["instrument"]) for row in rows if row["status"] not in NO_TIE}
    bearing: dict[str, list[str]] = {}
    for instrument in reference.instruments():
        for field in filter(None, instrument.fields.split(";")):
            bearing.setdefault(field, []).append(instrument.id)
    filled = {(entry.state, entry.field) for entry in _entries() if entry.code}
    spoken = {
        (state, field)
        for state in matrix.members()
        for field, instruments in bearing.items()
        if any((state, one) in tied for one in instruments)
    }
    silent = filled - spoken
    bar(
        "section I: share of cells filled where a record stands", 1 - len(silent) / len(filled), 1.0, sorted(silent)[:5]
    )
    fields = {field for _, field in filled}
    passed = {pair for pair in spoken if pair[1] in fields} - filled
    bar("section I: share of cells on record that are filled", 1 - len(passed) / len(spoken), 1.0, sorted(passed)[:5])


def _entries() -> Iterator[Entry]:
    today = dt.date.today()
    for template in reference.templates():
        for code in matrix.members():
            yield from section_one(code, today, template)


def record() -> None:
    """Versions kept, shown and compared; a law read into proposals."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/records.sqlite3"
        start = time.process_time()
        made = matrix_changes.refresh_all(database_url=url, who=WHO, accept=True, reason="benchmark")
        within("first versions of 193 States kept: seconds", time.process_time() - start, 5.0, f"{len(made)} States")
        again = best_of(1, lambda: matrix_changes.refresh_all(database_url=url, who=WHO))
        within("section I of 193 versions compared with the facts: seconds", again, 3.0)
        within("a law of two pages read into proposals: seconds", best_of(3, lambda: _proposed(url)), 1.0)
        matrix_proposals.judge([], "accepted", "benchmark", database_url=url, who=WHO, strength="explicit")
        within("a State's matrix shown: seconds", best_of(3, lambda: _shown(url)), 0.2)
        within("two versions compared: seconds", best_of(3, lambda: _compared(url)), 0.2)


def _proposed(url: str) -> object:
    return matrix_proposals.propose(LAW, database_url=url, who=WHO, state="CHE")


def _shown(url: str) -> object:
    return matrix.show("CHE", database_url=url, who=WHO)


def _compared(url: str) -> object:
    return matrix.diff("CHE", 1, 2, database_url=url, who=WHO)


if __name__ == "__main__":
    section_one_everywhere()
    against_reference(Path(sys.argv[1]) if len(sys.argv) > 1 else STATES)
    record()
    matrix_files.office()
    matrix_files.printed()
    matrix_elsewhere.elsewhere()
    missed = matrix_files.missed
    print(f"\n{len(missed)} bars missed" if missed else "\nall bars met")
    sys.exit(bool(missed))
