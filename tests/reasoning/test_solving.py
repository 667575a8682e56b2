import ctypes
import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from open1540.reasoning import Aim, Answer, Conflict, Growing, Model, solve
from open1540.vocabulary import JobFailed


def knapsack(weights, room):
    model = Model()
    taken = [model.quantity(f"item {at}", high=1.0, whole=True) for at in range(len(weights))]
    model.limit("room", dict(zip(taken, weights, strict=True)), high=room)
    return model, taken


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=7),
    st.integers(0, 25),
)
def test_a_choice_is_as_good_as_trying_every_one(items, room):
    weights, worths = [w for w, _ in items], [v for _, v in items]
    model, taken = knapsack(weights, room)
    answer = solve(model, [Aim("worth", dict(zip(taken, worths, strict=True)))], gap=0.0)
    assert isinstance(answer, Answer)
    best = max(
        sum(v for v, used in zip(worths, chosen, strict=True) if used)
        for chosen in itertools.product((0, 1), repeat=len(items))
        if sum(w for w, used in zip(weights, chosen, strict=True) if used) <= room
    )
    assert answer.value == pytest.approx(best)
    assert answer.gap == pytest.approx(0.0, abs=1e-6)
    assert answer.bound >= answer.value - 1e-6


def test_aims_in_order_give_up_no_more_than_their_tolerance():
    model, taken = knapsack([3, 4, 5, 6], 10)
    worth = dict(zip(taken, [30, 40, 50, 61], strict=True))
    first = Aim("worth", worth, tolerance=0.2)
    fewest = Aim("number", dict.fromkeys(taken, 1.0), more=False)
    answer = solve(model, [first, fewest], "in order", gap=0.0)
    assert isinstance(answer, Answer)
    by_name = {one.aim: one for one in answer.aims}
    best = solve(model, [first], gap=0.0)
    assert isinstance(best, Answer)
    assert by_name["worth"].bound == pytest.approx(best.value)
    assert by_name["worth"].value >= best.value * 0.8 - 1e-6
    assert by_name["number"].value == 2
    strict = solve(model, [Aim("number", fewest.terms, more=False, tolerance=0.0), first], "in order", gap=0.0)
    assert isinstance(strict, Answer)
    assert strict.value == 0


def test_contradicting_limits_are_named_and_no_other():
    model = Model()
    x, y, z = (model.quantity(name, high=10, whole=True) for name in "xyz")
    model.limit("enough", {x: 1.0, y: 1.0}, low=8)
    model.limit("money", {x: 2.0, y: 2.0}, high=12)
    model.limit("places", {x: 1.0}, high=9)
    model.limit("", {z: 1.0, x: -1.0}, high=0)
    found = solve(model, [Aim("x", {x: 1.0})])
    assert found == Conflict(("enough", "money"))
    for name in found.limits:
        assert isinstance(solve(model.without([name]), [Aim("x", {x: 1.0})]), Answer)


def test_limits_of_one_name_stand_or_fall_together():
    model = Model()
    x, y = (model.quantity(name, high=5, whole=True) for name in "xy")
    model.limit("each", {x: 1.0}, low=3)
    model.limit("each", {y: 1.0}, low=3)
    model.limit("both", {x: 1.0, y: 1.0}, high=5)
    model.limit("idle", {x: 1.0}, high=5)
    assert solve(model, [Aim("x", {x: 1.0})]) == Conflict(("each", "both"))


def test_a_contradiction_only_among_whole_numbers_is_found():
    model = Model()
    x = model.quantity("x", high=3, whole=True)
    model.limit("above", {x: 2.0}, low=1)
    model.limit("below", {x: 2.0}, high=1)
    assert solve(model, [Aim("x", {x: 1.0})]) == Conflict(("above", "below"))


def test_a_contradiction_without_a_name_names_nothing():
    model = Model()
    x = model.quantity("x", high=1)
    model.limit("", {x: 1.0}, low=2)
    model.limit("idle", {x: 1.0}, high=1)
    assert solve(model, [Aim("x", {x: 1.0})]) == Conflict(())


def test_an_aim_without_end_is_no_answer():
    model = Model()
    x = model.quantity("x")
    with pytest.raises(JobFailed, match="bound"):
        solve(model, [Aim("x", {x: 1.0})])


def test_a_start_is_used_and_the_same_model_gives_the_same_answer():
    model, taken = knapsack([3, 4, 5, 6, 7, 8], 15)
    aim = Aim("worth", dict(zip(taken, [4, 5, 7, 8, 9, 11], strict=True)))
    free, again = (solve(model, [aim], gap=0.0) for _ in range(2))
    started = solve(model, [aim], gap=0.0, start=model.start({taken[0]: 1.0}))
    assert isinstance(free, Answer) and isinstance(again, Answer) and isinstance(started, Answer)
    assert free.values == again.values
    assert started.value == free.value


def test_prices_say_what_a_limit_is_worth():
    model = Model()
    x = model.quantity("x", high=1.0)
    row = model.limit("room", {x: 2.0}, high=1.0)
    growing = Growing(model, {x: -3.0})
    before = growing.solve()
    assert before is not None
    assert before.least == pytest.approx(-1.5)
    assert before.duals[row] == pytest.approx(-1.5)
    growing.add(-4.0, {row: 1.0})
    after = growing.solve()
    assert after is not None
    assert after.least == pytest.approx(-4.0)


def test_nothing_is_printed(capfd):
    model, taken = knapsack([3, 4], 5)
    solve(model, [Aim("worth", dict.fromkeys(taken, 1.0))])
    ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr().out == ""
