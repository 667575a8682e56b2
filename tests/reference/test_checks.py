"""The checks find what is wrong with the facts."""

from collections.abc import Callable, Iterator

import msgspec
import pytest

from open1540.reference import actors, checks, obligations, resolutions
from open1540.reference.labels import Label
from open1540.reference.resolutions import YearSpan


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, object], tuple[str, ...]]:
    """The problems found once a part of the facts is replaced."""

    def problems(part: str, replacement: object) -> tuple[str, ...]:
        monkeypatch.setattr(checks, part, replacement)
        return checks.problems()

    return problems


Broken = Callable[[str, object], tuple[str, ...]]


def changed(records: tuple[msgspec.Struct, ...], index: int, **changes: object) -> Callable[[], tuple[object, ...]]:
    replaced = msgspec.structs.replace(records[index], **changes)
    return lambda: (*records[:index], replaced, *records[index + 1 :])


def test_the_facts_are_sound() -> None:
    assert checks.problems() == ()


def test_a_resolution_adopted_in_another_year_is_a_problem(broken: Broken) -> None:
    first = resolutions()[0]
    found = broken("resolutions", changed(resolutions(), 0, adopted_on=first.adopted_on.replace(year=1999)))
    assert found == ("resolutions.csv: S/RES/687(1991) adopted in 1999",)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"parent": "NOBODY"}, "parent 'NOBODY' is unknown"),
        ({"since": "2020-01-01", "until": "2019"}, "ends before it begins"),
    ],
)
def test_an_actor_out_of_order_is_a_problem(broken: Broken, changes: dict[str, str], problem: str) -> None:
    found = broken("actors", changed(actors(), 0, **changes))
    assert len(found) == 1
    assert problem in found[0]


def test_an_actor_without_a_name_is_a_problem(broken: Broken) -> None:
    found = broken("actors", changed(actors(), 0, id="NAMELESS"))
    assert "actors.csv: NAMELESS has no name" in found


def test_an_obligation_about_an_unknown_topic_is_a_problem(broken: Broken) -> None:
    found = broken("obligations", changed(obligations(), 0, topics=("astrology",)))
    assert found == ("obligations.yaml: OP1: topic 'astrology' is unknown",)


def test_an_obligation_no_field_records_is_a_problem(broken: Broken) -> None:
    found = broken("obligations", changed(obligations(), 0, fields=("OP99.*",)))
    assert found == ("obligations.yaml: OP1: no field matches 'OP99.*'",)


def test_a_name_of_two_actors_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    real = checks.labels.table

    def doubled(path: str) -> tuple[Label, ...]:
        return (*real(path), Label("OPCW", "en", "IAEA", "variant")) if path == "actors/labels.csv" else real(path)

    monkeypatch.setattr(checks.labels, "table", doubled)
    assert checks.problems() == ("actors/labels.csv: 'iaea' (en) names IAEA and OPCW",)


@pytest.mark.parametrize(
    ("last", "problem"),
    [(14, "1947 does not begin where 1946 ends"), (0, "1946 ends before it begins")],
)
def test_a_gap_between_the_years_is_a_problem(monkeypatch: pytest.MonkeyPatch, last: int, problem: str) -> None:
    real = checks.rows

    def shortened(path: str, record: type) -> Iterator[object]:
        table = real(path, record)
        if record is YearSpan:
            table = (msgspec.structs.replace(table[0], last=last), *table[1:])
        return table

    monkeypatch.setattr(checks, "rows", shortened)
    assert f"resolution_years.csv: {problem}" in checks.problems()
