"""Regional programmes against their bars: invented needs, practice and offers of every Member State, seeded and marked so."""

import argparse
import datetime as dt
import random
import sys
import time

from open1540 import reference
from open1540.assistance.records import Offer, Subject
from open1540.assistance.regional import (
    Asked,
    Block,
    Contradiction,
    Limits,
    Need,
    Practice,
    broken,
    measure,
    plan,
)
from open1540.assistance.regional.candidates import candidates
from open1540.assistance.regional.greedy import Greedy
from open1540.assistance.regional.ground import Ground
from open1540.assistance.regional.planning import EACH, events_of
from open1540.assistance.regional.seats import Seats

MARK = "invented for a measurement"
THEMES, PROVIDERS, EVENTS = 60, 40, 25
SECONDS, GAP, GREEDY_PLANS = 60.0, 0.02, 1000


def invented(seed: int = 1540) -> Asked:
    """193 States, 60 themes, 40 providers; needs run together within sub-regions, as they do where problems are shared."""
    chance = random.Random(seed)
    states = [state for state in reference.states() if state.un_status == "member"]
    themes = [f"theme-{at:02}" for at in range(1, THEMES + 1)]
    local = {
        (area, theme): chance.betavariate(0.8, 2.0)
        for area in sorted({s.m49_intermediate or s.m49_subregion or "" for s in states})
        for theme in themes
    }
    needs, practices = [], []
    for state in states:
        area = state.m49_intermediate or state.m49_subregion or ""
        for theme in themes:
            if chance.random() < local[area, theme]:
                asks = chance.random() < 0.1
                types = (chance.choice(("training", "seminar", "peer-review")),) if asks else ()
                needs.append(Need(state.iso3, theme, MARK, float(chance.choice((1, 1, 2, 3))), types=types))
            elif chance.random() < 0.3:
                practices.append(Practice(state.iso3, theme, MARK))
    first = dt.date(2027, 1, 11)
    blocks = [
        Block(f"B{at + 1:02}", first + dt.timedelta(weeks=4 * at), first + dt.timedelta(weeks=4 * at, days=11))
        for at in range(12)
    ]
    return Asked(
        tuple(state.iso3 for state in states),
        tuple(themes),
        tuple(needs),
        tuple(practices),
        tuple(_offer(chance, at, themes) for at in range(PROVIDERS)),
        tuple(blocks),
        Limits(events=EVENTS, budget=1_600_000.0, experts=6, per_state=3),
    )


def _offer(chance: random.Random, at: int, themes: list[str]) -> Offer:
    regions = chance.sample(("Africa", "Americas", "Asia", "Europe", "Oceania"), chance.randint(1, 3))
    since = dt.date(2027, 1, 1) + dt.timedelta(weeks=chance.choice((0, 0, 0, 12)))
    return Offer(
        id=f"O{at + 1:02}",
        provider=f"Provider {at + 1} ({MARK})",
        kind="other",
        title=MARK,
        subject=Subject(
            themes=tuple(sorted(chance.sample(themes, chance.randint(5, 14)))),
            types=tuple(sorted(chance.sample(("training", "seminar", "table-top-exercise"), chance.randint(1, 3)))),
            languages=tuple(sorted({"en", *chance.sample(("ar", "es", "fr", "ru", "zh"), chance.randint(0, 3))})),
            since=since,
        ),
        regions=() if at % 4 == 0 else tuple(sorted(regions)),
        capacity=chance.randint(1, 2),
    )


def best_by_steps(asked: Asked, plans: int) -> tuple[float, int]:
    """The best of so many randomised greedy plans, each improved by exchange, and how many of them broke a limit."""
    ground = Ground(asked)
    greedy = Greedy(ground, Seats(ground, candidates(ground, EACH)))
    best, spoilt = float("-inf"), 0
    for seed in range(plans):
        events = events_of(asked, greedy.plan(seed))
        spoilt += bool(broken(asked, events))
        best = max(best, measure(asked, events).value)
    return best, spoilt


def run(seconds: float = SECONDS, plans: int = GREEDY_PLANS) -> bool:
    """Print each bar beside its figure; whether all are met."""
    asked = invented()
    cpu, wall = time.process_time(), time.perf_counter()
    found = plan(asked, gap=GAP, seconds=seconds)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if isinstance(found, Contradiction):
        print(f"MISSED {found.error()}")
        return False
    measures = found.measures
    print(
        f"       {len(asked.states)} States, {len(asked.themes)} themes, {len(asked.needs)} needs, {len(asked.offers)} offers, "
        f"{found.candidates} meetings looked at: {len(found.events)} events, needs met {measures.met / measures.needed:.1%}, "
        f"least share of a region {measures.least_share:.1%}, cost {measures.cost:,.0f}; stopped by {found.stopped}"
    )
    bars = [
        ("plan, seconds on the clock", wall, SECONDS),
        ("gap of the plan, %", found.gap * 100, GAP * 100),
        ("limits the plan breaks", float(len(broken(asked, found.events))), 0.0),
    ]
    print(f"       plan, seconds of processor time {cpu:41.2f}")
    began = time.process_time()
    best, spoilt = best_by_steps(asked, plans)
    ahead = measures.value / best - 1
    bars.append((f"greedy plans of {plans} that break a limit", float(spoilt), 0.0))
    print(
        f"       plan {measures.value:.5f}, best of {plans} greedy plans {best:.5f}: better by {ahead:.2%} "
        f"({time.process_time() - began:.0f} s of processor time for the greedy plans)"
    )
    bars.append(("best greedy plan over the plan, %", -ahead * 100, 0.0))
    for label, figure, at_most in bars:
        print(f"{'met   ' if figure <= at_most else 'MISSED'} {label:58} {figure:9.2f} bar {at_most:7.1f}", flush=True)
    return all(figure <= at_most for _, figure, at_most in bars)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--seconds", type=float, default=SECONDS, help="time for the plan; more on a busy machine")
    given.add_argument("--plans", type=int, default=GREEDY_PLANS, help="how many greedy plans")
    options = given.parse_args()
    sys.exit(not run(options.seconds, options.plans))
