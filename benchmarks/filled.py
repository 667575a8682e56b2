"""A database filled for measurements: three versions of every State's matrix and many documents, all invented and marked so."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from open1540 import documents, store
from open1540.matrix.record import StepTaken, Version
from open1540.reference import current_template
from open1540.store import Store
from synthetic import MARK, matrices

LETTERS = Path(__file__).resolve().parents[1] / "examples" / "letters"
DAYS = (dt.date(2016, 12, 31), dt.date(2021, 4, 25), dt.date(2026, 11, 1))
STEPS = ("with the State", "agreed", "approved", "published")
FIRST_SYMBOL = 20_000
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def fill(url: str, letters: int, advance: Callable[[], object] = lambda: None) -> None:
    """Fill an empty database: 193 States with three published versions each, and as many letters as asked for."""
    kept = store.open(url)
    try:
        for day in DAYS:
            _versions(kept, day)
            advance()
        _letters(kept, letters, advance)
    finally:
        kept.close()


def _versions(kept: Store, day: dt.date) -> None:
    template = current_template()
    for state, entries in matrices(day, template.fields).items():
        latest = kept.version(state)
        version = Version(state, 0, template.id, day, entries, AT, "benchmark", note=MARK)
        made = kept.add_version(version, latest.number if latest else None)
        before = "draft"
        for step in STEPS:
            kept.take_step(StepTaken(state, made.number, step, AT, "benchmark", "expert"), before)
            before = step


def _letters(kept: Store, number: int, advance: Callable[[], object]) -> None:
    samples = sorted(LETTERS.glob("invented.*.txt"))
    for at in range(number):
        sample = samples[at % len(samples)]
        # A symbol of its own, which no document of that year has: a library is not a thousand versions of one document.
        letter = sample.read_text(encoding="utf-8").replace("S/2025/9998", f"S/2025/{FIRST_SYMBOL + at}")
        text = f"{letter}\n{MARK} {at}\n".encode()
        reading = documents.read(text, f"letter-{at}.{sample.suffixes[0][1:]}.txt")
        kept.save_reading(text, reading, by="benchmark", shown_to="everyone")
        advance()
