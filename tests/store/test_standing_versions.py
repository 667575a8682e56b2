"""What the review is handed: of each State the version of the day, among those a role is shown, one by one."""

import datetime as dt

from open1540.matrix.record import STEPS, Step, StepTaken, Version
from open1540.store import Store
from open1540.vocabulary import Entry

MADE = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 1)
LAW = Entry("FRA", "OP2.CW.finance.legal", "X", ("Invented Act, s. 1",), basis="law")
OWN = Entry("FRA", "OP2.CW.use.legal", "X", ("Invented note",), consented=False)


def add(kept: Store, state: str, as_of: str, number: int | None = None, *entries: Entry) -> None:
    version = Version(state, 0, "legacy_2005_2016", dt.date.fromisoformat(as_of), entries, MADE, "tester")
    kept.add_version(version, number)


def take(kept: Store, state: str, number: int, *steps: Step) -> None:
    for before, step in zip(STEPS, steps, strict=False):
        kept.take_step(StepTaken(state, number, step, MADE, "tester", "expert"), before)


def numbers(kept: Store, on: dt.date = DAY, steps: tuple[Step, ...] = STEPS) -> dict[str, int]:
    return {v.state: v.number for v, _ in kept.versions_standing(on, steps, withheld=True)}


def test_the_latest_day_up_to_the_day_asked_counts_and_then_the_number(kept: Store) -> None:
    add(kept, "FRA", "2020-01-01")
    add(kept, "FRA", "2026-01-01", 1)
    add(kept, "FRA", "2021-01-01", 2)
    add(kept, "DEU", "2026-12-01")
    assert numbers(kept) == {"FRA": 2}
    assert numbers(kept, dt.date(2022, 1, 1)) == {"FRA": 3}
    assert numbers(kept, dt.date(2020, 6, 1)) == {"FRA": 1}
    assert numbers(kept, dt.date(2019, 1, 1)) == {}


def test_a_role_is_handed_what_it_is_shown(kept: Store) -> None:
    add(kept, "FRA", "2020-01-01")
    take(kept, "FRA", 1, "with the State", "agreed", "approved", "published")
    add(kept, "FRA", "2026-01-01", 1)
    assert numbers(kept) == {"FRA": 2}
    assert numbers(kept, steps=("published",)) == {"FRA": 1}


def test_what_a_state_withholds_stays_with_those_who_may_see_it(kept: Store) -> None:
    add(kept, "FRA", "2020-01-01", None, LAW, OWN)
    (everything, sha256), (shown, same) = (
        next(iter(kept.versions_standing(DAY, STEPS, withheld=withheld))) for withheld in (True, False)
    )
    assert everything.entries == (LAW, OWN)
    assert shown.entries == (LAW,)
    assert sha256 == same
    assert len(sha256) == 64


def test_only_the_states_asked_for_are_read(kept: Store) -> None:
    for state in ("FRA", "DEU", "JPN"):
        add(kept, state, "2020-01-01")
    told = kept.versions_standing(DAY, STEPS, withheld=True, states=("JPN", "DEU"))
    assert [version.state for version, _ in told] == ["DEU", "JPN"]
