"""Matrices filled by chance for measurements: invented throughout, the same on every run, and marked so in every citation."""

import datetime as dt
import random

from open1540 import reference
from open1540.reference import Field
from open1540.vocabulary import Basis, Code, Entry, Evidence

MARK = "SYNTHETIC"


def matrices(day: dt.date, fields: tuple[Field, ...], filled: float = 0.5) -> dict[str, tuple[Entry, ...]]:
    """An invented matrix for every Member State; ``filled`` is the share of fields that say something on average."""
    return {
        state.iso3: _matrix(state.iso3, day, fields, filled)
        for state in reference.states(day)
        if state.un_status == "member"
    }


def _matrix(state: str, day: dt.date, fields: tuple[Field, ...], filled: float) -> tuple[Entry, ...]:
    chance = random.Random(f"{state} {day}")
    likes = random.Random(state).random()
    return tuple(
        _entry(state, field, day, chance) for field in fields if chance.random() < filled * (0.4 + 1.2 * likes)
    )


def _entry(state: str, field: Field, day: dt.date, chance: random.Random) -> Entry:
    code: Code = chance.choices(("X", "?", "NA"), (0.75, 0.2, 0.05))[0]
    basis: Basis = "none" if code == "NA" else chance.choices(("law", "self-declaration"), (0.7, 0.3))[0]
    year = day.year - chance.randrange(12)
    citation = f"{MARK} act of {state} {year}, s. {chance.randrange(1, 90)}"
    evidence = () if code == "NA" else (Evidence(citation, basis, "synthetic", str(year), text=f"{MARK} passage"),)
    return Entry(state, field.field, code, (citation,) if evidence else (), "", evidence, basis=basis, as_of=str(year))
