"""Prints the figures of the review: every State, every field, three days, filled by chance and marked so.

Run ``make bench`` or this file. Each engine is measured in a process of its own; every bar is printed beside its figure, the best
of a few runs counts, and the exit code is 1 where one is missed. PostgreSQL is left out where the machine has none.
"""

import argparse
import datetime as dt
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time

import synthetic
from engines import postgresql
from open1540 import reference, store
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import review_files
from open1540.matrix.record import Version
from open1540.workflows import review
from open1540.workflows.permissions import Person

TEMPLATE = "legacy_2005_2016"
DAYS = {"2016-12-15": 0.25, "2021-04-25": 0.4, "2026-11-01": 0.55}
RUNS = 3
missed: list[str] = []


def bar(label: str, figure: float, at_most: float, unit: str) -> None:
    """Print one figure beside its bar."""
    verdict = "met   " if figure <= at_most else "MISSED"
    if figure > at_most:
        missed.append(label)
    print(f"{verdict} {label:58} {figure:9.2f} {unit:3} bar {at_most:7.1f}", flush=True)


def fill(url: str) -> None:
    """Keep an invented matrix of every Member State for each day."""
    fields = reference.template(TEMPLATE).fields
    kept = store.open(url)
    made = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    latest: dict[str, int] = {}
    for day, share in DAYS.items():
        as_of = dt.date.fromisoformat(day)
        for state, entries in synthetic.matrices(as_of, fields, share).items():
            version = Version(state, 0, TEMPLATE, as_of, entries, made, synthetic.MARK, note=synthetic.MARK)
            latest[state] = kept.add_version(version, latest.get(state)).number
    kept.close()


def reviewed(url: str) -> review.Reviewed:
    *against, on = DAYS
    who = Person("benchmark", "expert")
    return review.comprehensive(database_url=url, who=who, on=on, against=against)


def measured(url: str, pdf: bool) -> dict[str, object]:
    """Seconds, peak memory and hash of what was made, in this process."""
    start = time.perf_counter()
    made = reviewed(url)
    seconds = time.perf_counter() - start
    files = review_files.files(made, Translator("en")) if pdf else {}
    whole = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    digest = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).hexdigest()
    return {"seconds": seconds, "whole": whole, "peak": peak, "digest": digest, "states": len(made.review.states)}


def in_child(url: str, pdf: bool) -> dict[str, object]:
    command = [sys.executable, __file__, "--measure", url, *(["--pdf"] if pdf else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def engine(name: str, url: str) -> str:
    """Print the figures of one engine; the hash of the files it made."""
    fill(url)
    plain = [in_child(url, pdf=False) for _ in range(RUNS)]
    drawn = [in_child(url, pdf=True) for _ in range(2)]
    bar(
        f"{name}: review of {plain[0]['states']} States on {len(DAYS)} days",
        min(float(str(one["seconds"])) for one in plain),
        5,
        "s",
    )
    bar(f"{name}: peak memory of the review", max(float(str(one["peak"])) for one in plain), 500, "MB")
    bar(f"{name}: review with tables, charts, map and PDF", min(float(str(one["whole"])) for one in drawn), 15, "s")
    bar(f"{name}: peak memory with all files", max(float(str(one["peak"])) for one in drawn), 500, "MB")
    bar(f"{name}: runs whose bytes differ", len({str(one["digest"]) for one in drawn}) - 1, 0, "")
    return str(drawn[0]["digest"])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        digests = [engine("SQLite", f"sqlite:///{folder}/records.sqlite3")]
    with postgresql() as url:
        if url is None:
            print("PostgreSQL is not installed here: not measured")
        else:
            digests.append(engine("PostgreSQL", url))
            bar("engines whose files differ", len(set(digests)) - 1, 0, "")
    print(f"\n{len(missed)} bars missed" if missed else "\nall bars met")
    sys.exit(bool(missed))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--measure")
    options.add_argument("--pdf", action="store_true")
    asked = options.parse_args()
    if asked.measure:
        print(json.dumps(measured(asked.measure, asked.pdf)))
    else:
        main()
