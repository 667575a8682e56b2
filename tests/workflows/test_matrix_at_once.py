"""Two people at one matrix at once, each in a process of their own: one change wins, the other is told, none is lost.

On SQLite and on a real PostgreSQL.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from open1540.workflows import matrix, matrix_changes
from open1540.workflows.permissions import Person

WHO = Person("tester")
TIMES = 4
# Waits until both processes are ready, then makes one change after the other without having seen the other's.
SETTER = """
import sys, time
from pathlib import Path
from open1540.vocabulary import Conflict
from open1540.workflows import matrix_changes
from open1540.workflows.permissions import Person
url, folder, own, *fields = sys.argv[1:]
Path(folder, own).touch()
while len(list(Path(folder).iterdir())) < 2:
    time.sleep(0.005)
for field in fields:
    try:
        matrix_changes.set_entry("FRA", field, "?", database_url=url, who=Person(own), reason="at once")
        print("made", field)
    except Conflict as error:
        print("refused", field, error.found)
"""


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err, err
    return process.returncode, out


def test_of_two_imports_at_once_one_is_kept_and_the_other_is_told_what_happened(store_url: str, tmp_path: Path) -> None:
    from open1540.interfaces.reports.matrix_flat import as_csv
    from open1540.workflows import matrix_files

    matrix_changes.refresh("FRA", database_url=store_url, who=WHO, accept=True, reason="first")
    data = matrix_files.exported("FRA", database_url=store_url, who=WHO)
    plain = as_csv(data.entries, data.heading).decode("utf-8-sig")
    for name in ("one", "other"):
        changed = plain.replace("OP1.nwfz,,,,", f"OP1.nwfz,?,Invented {name},,")
        assert changed != plain
        (tmp_path / f"{name}.csv").write_text(changed, encoding="utf-8")
    both = [
        started("-m", "open1540", "matrix", "import", str(tmp_path / f"{n}.csv"), "--database-url", store_url, "--json")
        for n in ("one", "other")
    ]
    answers: list[tuple[int, Any]] = [(code, json.loads(out)) for code, out in map(ended, both)]
    assert sorted(code for code, _ in answers) == [0, 2]
    made = next(answer for code, answer in answers if code == 0)
    error = next(answer for code, answer in answers if code == 2)["error"]
    assert made["made"]["number"] == 2
    assert error["error"] == "Conflict"
    assert error["found"].startswith("version 2 of FRA, made by ")
    assert "nothing of this change was kept" in error["remedy"]
    rows, _ = matrix.versions("FRA", database_url=store_url, who=WHO)
    assert [row.number for row in rows] == [2, 1]
    kept = matrix.show("FRA", database_url=store_url, who=WHO, section="OP1.nwfz").entries[0].entry
    assert kept.citations == (f"Invented {made['file'].removesuffix('.csv')}",)


def test_of_many_changes_at_once_none_is_lost_and_none_kept_half(store_url: str, tmp_path: Path) -> None:
    matrix_changes.refresh("FRA", database_url=store_url, who=WHO, accept=True, reason="first")
    ready = tmp_path / "ready"
    ready.mkdir()
    fields = [field.field for field in matrix.fields("OP2")][: 2 * TIMES]
    both = [
        started("-c", SETTER, store_url, str(ready), name, *own)
        for name, own in (("one", fields[:TIMES]), ("other", fields[TIMES:]))
    ]
    told = [line.split(maxsplit=2) for code, out in map(ended, both) for line in out.splitlines()]
    made = {field for word, field, *_ in told if word == "made"}
    assert {field for _, field, *_ in told} == set(fields)
    assert made
    shown = matrix.show("FRA", database_url=store_url, who=WHO)
    recorded = {one.field for one in shown.entries if any(item.text == "at once" for item in one.entry.evidence)}
    assert recorded == made
    rows, _ = matrix.versions("FRA", database_url=store_url, who=WHO)
    assert [row.number for row in rows] == list(range(1 + len(made), 0, -1))
    assert [row.made_from for row in rows] == [*range(len(made), 0, -1), None]


@pytest.mark.parametrize("role", ["expert", "contact"])
def test_a_version_changed_meanwhile_is_told_with_who_changed_it_and_why(store_url: str, role: str) -> None:
    from open1540.vocabulary import Conflict
    from open1540.workflows import matrix_steps

    matrix_changes.refresh("FRA", database_url=store_url, who=WHO, accept=True, reason="first")
    matrix_steps.take_step("FRA", "send", database_url=store_url, who=WHO)
    other = Person("another expert")
    matrix_changes.set_entry("FRA", "OP1.npt", "?", database_url=store_url, who=other, reason="a doubt")
    matrix_steps.take_step("FRA", "send", database_url=store_url, who=WHO)

    def change() -> object:
        if role == "expert":
            return matrix_changes.set_entry(
                "FRA", "OP1.cwc", "?", database_url=store_url, who=WHO, reason="mine", made_from=1
            )
        state = Person("contact", "contact", "FRA")
        return matrix_changes.consent("FRA", "OP1.*", False, database_url=store_url, who=state, made_from=1)

    with pytest.raises(Conflict) as caught:
        change()
    assert "version 2 of FRA, made by another expert" in caught.value.found
    assert "a doubt" in caught.value.found
    assert "matrix diff FRA v1 v2" in caught.value.remedy
    rows, _ = matrix.versions("FRA", database_url=store_url, who=WHO)
    assert [row.number for row in rows] == [2, 1]
