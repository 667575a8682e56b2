"""Small invented programmes for the tests of regional work."""

import datetime as dt
import random

from open1540.assistance.records import Offer, Subject
from open1540.assistance.regional import Asked, Block, Limits, Need, Practice, Weights

MARK = "invented"
STATES = ("BEN", "BFA", "CIV", "GHA", "GIN", "MLI", "NER", "NGA", "SEN", "TGO")
THEMES = ("border-controls", "export-licensing", "transit-and-re-export")


def block(name, month, days=12):
    first = dt.date(2027, month, 1)
    return Block(name, first, first + dt.timedelta(days=days - 1))


def offer(name="O1", themes=THEMES, **changes):
    subject = {
        "themes": themes,
        "types": ("seminar", "training"),
        "languages": ("en", "fr"),
        **changes.pop("subject", {}),
    }
    return Offer(id=name, provider=f"{name} ({MARK})", kind="other", title=MARK, subject=Subject(**subject), **changes)


def west_africa(weights=None, limits=None, **changes):
    """Ten States of one sub-region; all need border controls but SEN and GHA, which have practice on record."""
    asked = {
        "states": STATES,
        "themes": THEMES,
        "needs": tuple(
            Need(state, theme, MARK, fields=("OP3cd.NW.border-control.legal",))
            for state in STATES
            for theme in THEMES[:2]
            if state not in ("SEN", "GHA")
        ),
        "practices": tuple(
            Practice(state, theme, f"Law of {state} ({MARK})") for state in ("SEN", "GHA") for theme in THEMES
        ),
        "offers": (offer(),),
        "blocks": (block("B1", 3), block("B2", 6)),
        "limits": Limits(**{"events": 2, **(limits or {})}),
        "weights": Weights(**(weights or {})),
        **changes,
    }
    return Asked(**asked)


def by_chance(seed):
    """A small programme with every limit drawn by chance."""
    chance = random.Random(seed)
    states = sorted(chance.sample((*STATES, "FRA", "ESP", "ITA", "PRT", "CHL", "COL", "PER", "MYS", "PHL", "SGP"), 14))
    themes = tuple(f"theme-{at}" for at in range(5))
    drawn = [(state, theme, chance.random()) for state in states for theme in themes]
    needs = tuple(
        Need(
            state,
            theme,
            MARK,
            float(chance.randint(1, 3)),
            types=chance.choice(((), (), ("seminar",), ("peer-review",))),
        )
        for state, theme, value in drawn
        if value < 0.45
    )
    practices = tuple(Practice(state, theme, MARK) for state, theme, value in drawn if value > 0.6)
    offers = tuple(
        offer(
            f"O{at}",
            tuple(sorted(chance.sample(themes, chance.randint(2, 4)))),
            capacity=chance.choice((None, 1)),
            regions=chance.choice(((), ("Africa",), ("Europe", "Americas"))),
            subject={
                "languages": chance.choice(((), ("en",), ("en", "fr", "es"))),
                "types": chance.choice(((), ("seminar",))),
            },
        )
        for at in range(3)
    )
    limits = Limits(
        events=chance.randint(1, 5),
        budget=chance.choice((None, 90_000.0, 200_000.0)),
        per_state=chance.randint(1, 3),
        experts=chance.choice((None, 2, 4)),
        per_event=chance.randint(1, 2),
        themes_per_event=chance.randint(1, 3),
        practices=chance.choice((0, 1, 2)),
        hosts=chance.choice((None, tuple(states[::2]))),
    )
    blocks = tuple(block(f"B{at}", at + 1, chance.choice((4, 12))) for at in range(chance.randint(1, 3)))
    return Asked(tuple(states), themes, needs, practices, offers, blocks, limits)
