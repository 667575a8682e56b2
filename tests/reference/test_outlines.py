"""Outlines for maps: every State is drawn, disputed areas are nobody's, small States can be found."""

from open1540 import reference
from open1540.reference import outlines


def test_every_state_is_on_the_map() -> None:
    drawn = {area.state for area in outlines.areas()}
    assert {state.iso3 for state in reference.states()} <= drawn


def test_areas_whose_status_is_disputed_belong_to_no_state() -> None:
    neutral = {area.code for area in outlines.areas() if area.state is None}
    assert {"ESH", "FLK", "KAS", "XKX"} <= neutral


def test_arcs_of_a_ring_meet() -> None:
    lines = outlines.arcs()
    for area in outlines.areas():
        for polygon in area.polygons:
            for ring in polygon:
                ends = [(lines[n][0], lines[n][-1]) if n >= 0 else (lines[~n][-1], lines[~n][0]) for n in ring]
                for (_, end), (start, _) in zip(ends, ends[1:] + ends[:1], strict=True):
                    assert max(abs(end[0] - start[0]), abs(end[1] - start[1])) < 1e-9, area.code


def test_a_small_state_has_a_place_within_its_waters() -> None:
    places = {one.state: one for one in outlines.small_states()}
    assert abs(places["MLT"].longitude - 14.4) < 0.3 and abs(places["MLT"].latitude - 35.9) < 0.3
    assert "FRA" not in places
