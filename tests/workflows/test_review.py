"""The review as a flow: whose version counts, what the facts fill in, what is refused. Matrices are invented."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from open1540 import reference, store
from open1540.matrix.record import STEPS, Step, StepTaken, Version
from open1540.vocabulary import BadInput, Entry, NotAllowed, UnknownCode
from open1540.workflows import review
from open1540.workflows.permissions import Person

WHO = Person("tester")
ON = "2026-11-01"
LAW, PENALTY = "OP2.CW.finance.legal", "OP2.CW.finance.enforcement"
MADE = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite3'}"


def keep(
    url: str, state: str, as_of: str, codes: dict[str, str], template: str = "legacy_2005_2016", to: Step = "draft"
) -> None:
    kept = store.open(url)
    entries = tuple(
        Entry(state, field, code, (f"Invented Act of {state}, s. 1",), basis="law") for field, code in codes.items()
    )
    versions = kept.versions(state)
    version = Version(state, 0, template, dt.date.fromisoformat(as_of), entries, MADE, "tester")
    number = kept.add_version(version, versions[0].number if versions else None).number
    for before, step in pairwise(STEPS[: STEPS.index(to) + 1]):
        kept.take_step(StepTaken(state, number, step, MADE, "tester", "expert"), before)
    kept.close()


def test_an_empty_store_is_reviewed_over_section_one_alone_and_the_rest_is_unknown(url: str) -> None:
    made = review.comprehensive(database_url=url, who=WHO, on=ON)
    assert len(made.review.states) == 193
    assert made.days[0].versions == ()
    assert len(made.days[0].from_facts) == 193
    by_section = {row[0]: row for row in made.review.table("recorded-by-section").rows}
    assert by_section["I"][2] > 1000
    for section in ("II", "III", "IV", "V"):
        _, fields, recorded, unclear, not_applicable, unknown, share = by_section[section]
        assert (recorded, unclear, not_applicable, unknown, share) == (0, 0, 0, 193 * fields, 0.0)


def test_the_version_of_each_day_counts(url: str) -> None:
    keep(url, "FRA", "2020-01-01", {LAW: "?"})
    keep(url, "FRA", "2026-01-01", {LAW: "X", PENALTY: "X"})
    made = review.comprehensive(database_url=url, who=WHO, on=ON, against=["2021-04-25"], states=["FRA", "DEU"])
    assert [[used.number for used in day.versions] for day in made.days] == [[1], [2]]
    changes = {row[0]: row[1:] for row in made.review.table("changes-by-field").rows}
    assert changes[LAW] == (1, 0, 0, 1)
    assert changes[PENALTY] == (1, 0, 0, 1)


def test_a_reader_is_shown_what_is_published_only(url: str) -> None:
    keep(url, "FRA", "2020-01-01", {LAW: "X"}, to="published")
    keep(url, "FRA", "2026-01-01", {LAW: "X", PENALTY: "X"})
    made = review.comprehensive(database_url=url, who=Person("r", "reader"), on=ON, states=["FRA", "DEU"])
    assert [(used.state, used.number, used.step) for used in made.days[0].versions] == [("FRA", 1, "published")]


def test_a_point_of_contact_reviews_no_other_state(url: str) -> None:
    contact = Person("c", "contact", "FRA")
    with pytest.raises(NotAllowed, match="193 States"):
        review.comprehensive(database_url=url, who=contact, on=ON)
    with pytest.raises(NotAllowed):
        review.compare(["FRA", "DEU"], database_url=url, who=Person("c", "contact"), on=ON)
    assert review.comprehensive(database_url=url, who=contact, on=ON, states=["FRA"]).review.states == ("FRA",)


def test_another_template_is_carried_over_and_what_is_left_is_counted(url: str) -> None:
    walk = reference.crosswalk("revised_2017_onwards", "legacy_2005_2016")
    same = next(f for f, links in walk.links.items() if any(link.relation == "same" for link in links))
    lost = next(
        field.field
        for field in reference.template("revised_2017_onwards").fields
        if all(link.relation != "same" for link in walk.links.get(field.field, ()))
    )
    keep(url, "FRA", "2020-01-01", {same: "X", lost: "X"}, "revised_2017_onwards")
    made = review.comprehensive(database_url=url, who=WHO, on=ON, states=["FRA"])
    assert made.days[0].not_carried == {"FRA": 1}
    assert sum(row[2] for row in made.review.table("recorded-by-section").rows) == 1


def test_a_state_not_yet_admitted_is_told_of_on_later_days_only(url: str) -> None:
    made = review.comprehensive(database_url=url, who=WHO, on=ON, against=["2010-01-01"])
    assert [len(day.from_facts) for day in made.days] == [192, 193], "South Sudan was admitted in 2011"


def test_two_runs_are_equal(url: str) -> None:
    keep(url, "FRA", "2020-01-01", {LAW: "X"})
    first, second = (review.comprehensive(database_url=url, who=WHO, on=ON) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("against", ["2026-11-01", "2027-01-01"])
def test_a_day_to_compare_with_that_is_not_earlier_is_refused(url: str, against: str) -> None:
    with pytest.raises(BadInput, match="not before 2026-11-01"):
        review.comprehensive(database_url=url, who=WHO, on=ON, against=[against])


def test_an_unknown_region_is_refused_with_the_nearest(url: str) -> None:
    with pytest.raises(UnknownCode, match="did you mean Western Africa"):
        review.comprehensive(database_url=url, who=WHO, on=ON, regions=["Westren Africa"])


@pytest.mark.parametrize("wanted", ["CWCC", "OP9.invented"])
def test_a_map_of_nothing_known_is_refused(url: str, wanted: str) -> None:
    with pytest.raises(UnknownCode, match="for a map"):
        review.comprehensive(database_url=url, who=WHO, on=ON, states=["FRA"], maps=[wanted])


def test_regions_and_states_add_up(url: str) -> None:
    made = review.comprehensive(database_url=url, who=WHO, on=ON, regions=["western africa"], states=["FRA"])
    assert "FRA" in made.review.states
    assert made.asked.regions == ("Western Africa",)
    assert len(made.review.states) == 17


def test_a_map_tells_what_a_source_says_and_leaves_the_rest_unknown(url: str) -> None:
    keep(url, "FRA", "2020-01-01", {LAW: "X"})
    made = review.comprehensive(database_url=url, who=WHO, on=ON, maps=["bwc", LAW])
    by_id = {layer.id: layer for layer in made.layers}
    assert by_id["BWC"].kind == "instrument"
    assert by_id["BWC"].shades["FRA"] == "recorded"
    assert {state for state, shade in by_id[LAW].shades.items() if shade != "unknown"} == {"FRA"}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (["unknown"], "no file"),
        (["unknown=much"], "much"),
        (["unknown=nan"], "unknown=nan"),
        (["unknown=-1"], "unknown=-1"),
        (["rank of State=1"], "rank of State"),
    ],
)
def test_weights_that_mean_nothing_are_refused(written: list[str], found: str) -> None:
    with pytest.raises(BadInput, match=found):
        review.weights_from(written)


def test_weights_are_read_from_a_file_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "weights.yaml"
    file.write_text("not enforced: 3\nunknown: 0\n", encoding="utf-8")
    weights = review.weights_from([str(file), "not-enforced=2", "asked_for=0"])
    assert (weights["not enforced"], weights["unknown"], weights["asked for"], weights["pathways"]) == (2, 0, 0, 1)


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"\xff\xfe\x00", b"a: [", b"x" * 70_000])
def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "weights.yaml"
    file.write_bytes(content)
    with pytest.raises(BadInput):
        review.weights_from([str(file)])


def test_progress_is_no_component_without_an_earlier_day(url: str) -> None:
    only = dict.fromkeys(review.weights_from([]), 0.0) | {"no progress": 1.0}
    with pytest.raises(BadInput, match="no earlier day"):
        review.comprehensive(database_url=url, who=WHO, on=ON, weights=only)
    made = review.comprehensive(database_url=url, who=WHO, on=ON, weights=only, against=["2021-04-25"])
    assert made.asked.weights == only


def test_a_region_shows_who_has_which_law_with_its_citation(url: str) -> None:
    keep(url, "GHA", "2020-01-01", {LAW: "X"})
    keep(url, "TGO", "2020-01-01", {PENALTY: "?"})
    made = review.region(database_url=url, who=WHO, on=ON, regions=["Western Africa"])
    tables = {table.id: table for table in made.tables}
    assert (LAW, "GHA", "Invented Act of GHA, s. 1") in tables["legislation-by-field"].rows
    assert len(made.asked.states) == 16
    assert len(made.days[0].from_facts) == 14


@pytest.mark.parametrize("states", [["FRA"], ["FRA", "France"], ["FRA", "DEU", "JPN", "BRA", "KEN"]])
def test_a_peer_pack_is_for_two_to_four_states(url: str, states: list[str]) -> None:
    with pytest.raises(BadInput, match="group of"):
        review.compare(states, database_url=url, who=WHO, on=ON)


def test_a_region_must_be_named(url: str) -> None:
    with pytest.raises(BadInput, match="no region"):
        review.region(database_url=url, who=WHO, on=ON)


def test_every_file_of_facts_is_named_with_its_hash_and_day() -> None:
    told = {file.path: file for file in review.fact_files()}
    assert set(told) == set(review.FACTS)
    assert all(len(file.sha256) == 64 for file in told.values())
    assert (told["states/status.csv"].as_of or "") > "2026"
    assert told["map/world-50m.json"].as_of is None
