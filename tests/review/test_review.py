"""The review counts what is recorded, orders fields and never States, and says the same whatever the order of its input."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import fields, matrix

import synthetic
from open1540 import reference, review
from open1540.review import clusters, priorities
from open1540.review.cells import cells, tally
from open1540.review.tables import Table
from open1540.vocabulary import BadInput, UnknownCode

THEN, NOW = dt.date(2021, 4, 25), dt.date(2026, 11, 1)
FEW = fields("OP2.CW.finance.legal", "OP2.CW.finance.enforcement", "OP3cd.NW.catch-all.legal")
LAW, PENALTY, CATCH_ALL = (field.field for field in FEW)
CODES = st.sampled_from(["", "X", "?", "NA"])
STATES = ("AGO", "BRA", "CHN", "DEU", "FRA")
FULL = reference.template("legacy_2005_2016").fields


@pytest.fixture(scope="module")
def full() -> review.Review:
    days = {day: synthetic.matrices(day, FULL, share) for day, share in ((THEN, 0.3), (NOW, 0.5))}
    return review.run(days, FULL)


def small(**codes: dict[str, str]) -> review.Review:
    return review.run({NOW: {state: matrix(state, own) for state, own in codes.items()}}, FEW)


@given(st.dictionaries(st.sampled_from(STATES), st.lists(CODES, min_size=3, max_size=3), min_size=1))
@settings(max_examples=40, deadline=None)
def test_every_cell_is_counted_once_and_blank_is_never_recorded(codes: dict[str, list[str]]) -> None:
    matrices = {s: matrix(s, dict(zip((LAW, PENALTY, CATCH_ALL), own, strict=True))) for s, own in codes.items()}
    table = review.run({NOW: matrices}, FEW).table("recorded-by-field")
    for at, row in enumerate(table.rows):
        written = [own[at] for own in codes.values()]
        assert row[4:8] == (written.count("X"), written.count("?"), written.count("NA"), written.count(""))
        assert row[8] is None or 0 <= row[8] <= 1


@given(st.permutations(STATES))
@settings(max_examples=10, deadline=None)
def test_the_order_of_states_changes_nothing(order: list[str]) -> None:
    def answers(states: tuple[str, ...] | list[str]) -> review.Review:
        return review.run({NOW: {s: matrix(s, {LAW: "X" if s < "C" else ""}) for s in states}}, FEW)

    assert answers(order) == answers(STATES)


def test_a_field_of_another_template_is_refused() -> None:
    with pytest.raises(UnknownCode, match=r"OP9\.invented"):
        review.run({NOW: {"FRA": matrix("FRA", {"OP9.invented": "X"})}}, FEW)


def test_a_review_of_nothing_is_refused() -> None:
    with pytest.raises(BadInput, match="no matrix"):
        review.run({NOW: {}}, FEW)


def test_what_is_not_applicable_is_left_out_of_the_share() -> None:
    table = small(FRA={LAW: "X"}, DEU={LAW: "NA"}).table("recorded-by-field")
    assert table.rows[0][4:] == (1, 0, 1, 0, 1.0)


def test_changes_tell_new_from_lost_entries() -> None:
    before = {"FRA": matrix("FRA", {LAW: "X"}), "DEU": matrix("DEU", {PENALTY: "?"})}
    after = {"FRA": matrix("FRA", {PENALTY: "X"}), "DEU": matrix("DEU", {PENALTY: "X"})}
    table = review.run({THEN: before, NOW: after}, FEW).table("changes-by-field")
    assert table.rows == ((LAW, 0, 1, 0, 1), (PENALTY, 2, 0, 0, 0), (CATCH_ALL, 0, 0, 0, 2))


def test_a_state_that_one_day_is_silent_on_is_no_change() -> None:
    table = review.run({THEN: {"FRA": ()}, NOW: {"FRA": (), "DEU": matrix("DEU", {LAW: "X"})}}, FEW)
    assert table.table("changes-by-field").rows[0] == (LAW, 0, 0, 0, 1)


def test_no_table_adds_up_the_entries_of_a_state(full: review.Review) -> None:
    """A State may be named in a list or stand at the head of a column of codes, never beside a figure of its own."""
    codes = {state.iso3 for state in reference.states()} | {state.name() for state in reference.states()}
    for table in full.tables:
        assert all(column.kind != "state" and column.name not in codes for column in table.columns), table.id
        for row in table.rows:
            named = codes & {cell for cell in row if isinstance(cell, str)}
            assert not (named and any(isinstance(cell, int | float) for cell in row)), table.id


def test_priorities_are_of_fields_and_themes_alone(full: review.Review) -> None:
    ordered = [table.id for table in full.tables if table.columns[0].name == "place"]
    assert ordered == ["priority-of-themes", "priority-of-fields"]


def test_components_lie_between_nothing_and_one(full: review.Review) -> None:
    for table_id in ("priority-of-themes", "priority-of-fields"):
        for name in ("priority", *priorities.COMPONENTS):
            assert all(0 <= value <= 1 for value in full.table(table_id).column(name)), name


def test_a_weight_decides_the_order() -> None:
    days = {NOW: {"FRA": matrix("FRA", {LAW: "?"}), "DEU": matrix("DEU", {LAW: "?", PENALTY: ""})}}
    only = dict.fromkeys(priorities.COMPONENTS, 0.0)
    by_unclear = review.run(days, FEW, {**only, "unclear": 1.0}).table("priority-of-fields")
    by_unknown = review.run(days, FEW, {**only, "unknown": 1.0}).table("priority-of-fields")
    assert by_unclear.rows[0][1] == LAW
    assert by_unknown.rows[-1][1] == LAW
    assert [row[0] for row in by_unknown.rows] == [1, 1, 3], "equal fields share a place"


@pytest.mark.parametrize(
    "weights",
    [
        {"rank of State": 1.0},
        {"unknown": -1.0},
        {"unknown": float("nan")},
        {"unknown": float("inf")},
        dict.fromkeys(priorities.COMPONENTS, 0.0),
    ],
)
def test_weights_that_mean_nothing_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="weights"):
        priorities.checked(weights)


def test_the_penalty_missing_beside_a_law_counts_as_not_enforced() -> None:
    table = small(FRA={LAW: "X"}, DEU={LAW: "X", PENALTY: "X"}).table("priority-of-fields")
    assert dict(zip(table.column("field"), table.column("not enforced"), strict=True)) == {
        LAW: 0.5,
        PENALTY: 0.5,
        CATCH_ALL: 0.0,
    }


def test_a_thin_stage_names_its_least_recorded_fields(full: review.Review) -> None:
    known = {field.field for field in FULL}
    table = full.table("pathways-by-stage")
    for row in table.rows:
        assert set(row[10].split(";")) <= known
        assert (row[9] == "thin") == (row[5] < 0.25)


def test_groups_of_states_hold_under_small_changes() -> None:
    half = len(FULL) // 2
    alike = {
        state.iso3: matrix(
            state.iso3,
            {
                field.field: "X"
                for at, field in enumerate(FULL)
                if field.section != "I" and (at < half) == (state.m49_region == "Africa") and at % 7
            },
        )
        for state in reference.states()
        if state.m49_region in ("Africa", "Europe")
    }
    found = clusters.clusters(cells(NOW, alike.items(), FULL))
    africa = {state.iso3 for state in reference.states() if state.m49_region == "Africa"}
    assert all(set(group) <= africa or not set(group) & africa for group in found.groups)
    assert found.agreement is not None
    assert found.agreement[0] >= 0.8


def test_states_with_next_to_nothing_recorded_are_set_apart(full: review.Review) -> None:
    days = {NOW: {**synthetic.matrices(NOW, FULL), "TUV": (), "NRU": matrix("NRU", {"OP1.npt": "X"})}}
    found = clusters.clusters(cells(NOW, days[NOW].items(), FULL))
    assert {"TUV", "NRU"} <= set(found.apart)
    assert not {"TUV", "NRU"} & {state for group in found.groups for state in group}


@pytest.mark.parametrize(
    ("first", "second", "index"),
    [([1, 1, 2, 2], [2, 2, 1, 1], 1.0), ([1, 1, 2, 2], [1, 2, 1, 2], -0.5), ([1, 1, 1], [1, 1, 1], 1.0)],
)
def test_groupings_are_compared_by_who_is_together(first: list[int], second: list[int], index: float) -> None:
    assert clusters.adjusted_rand(first, second) == pytest.approx(index)


def test_side_by_side_shows_code_and_citation_and_what_may_be_exchanged() -> None:
    matrices = {"FRA": matrix("FRA", {LAW: "X"}), "DEU": matrix("DEU", {PENALTY: "?"})}
    tables = {table.id: table for table in review.side_by_side(NOW, matrices, FEW)}
    assert tables["side-by-side"].rows[0] == (LAW, "", "", "", "X", "Invented Act, s. 1", "")
    assert tables["practice-to-exchange"].rows == ((LAW, "FRA", "FRA: Invented Act, s. 1", "DEU"),)
    assert tables["shared-gaps"].rows == ((CATCH_ALL,),)


def test_approaches_differ_where_the_basis_does() -> None:
    matrices = {"FRA": matrix("FRA", {LAW: "X"}), "DEU": matrix("DEU", {LAW: "X"}, basis="self-declaration")}
    table = next(t for t in review.analysis(NOW, matrices, FEW) if t.id == "differing-approaches")
    assert table.rows == ((LAW, "self-declaration", "DEU"), (LAW, "law", "FRA"))


@pytest.mark.parametrize("number", [1, 5])
def test_side_by_side_is_for_two_to_four(number: int) -> None:
    with pytest.raises(BadInput, match="group of"):
        review.side_by_side(NOW, dict.fromkeys(STATES[:number], ()), FEW)


def test_tables_are_rectangular_and_named_once(full: review.Review) -> None:
    assert len({table.id for table in full.tables}) == len(full.tables)
    for table in full.tables:
        assert isinstance(table, Table)
        assert all(str(note) for note in table.notes)
        assert all(len(row) == len(table.columns) for row in table.rows), table.id


def test_codes_are_tallied_by_meaning() -> None:
    told = cells(NOW, [("FRA", matrix("FRA", {LAW: "X", PENALTY: "?"}))], FEW)
    assert tally(told.codes) == (1, 1, 0, 1)
