"""Regional programmes against their bars: invented needs, practice and offers of every Member State, seeded and marked so."""

import datetime as dt
import random

from open1540 import reference
from open1540.assistance.records import Offer, Subject
from open1540.assistance.regional.asked import Asked, Block, Limits, Need, Practice

MARK = "invented for a measurement"
THEMES, PROVIDERS, EVENTS = 60, 40, 25


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
