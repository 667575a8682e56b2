"""How a language writes references, dates and words that point back: ``facts/language/<code>/names.yaml``."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from open1540.reference.facts import tree

# What a match must hold: a year, a resolution's number.
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER = re.compile(r"\d{3,4}")
# A match may go on behind its last sign: a month, a unit, a bracket.
BEHIND = 30
# To begin a search anew costs more than to read on over so many characters.
APART = 100


class NamesWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and patterns of one language; in date patterns ``{months}`` stands for any month name."""

    resolution_words: tuple[str, ...]
    other_organs: tuple[str, ...]
    resolution_anaphora: tuple[str, ...]
    pinpoint_before: str
    pinpoint_after: str
    report_of: str
    report_after: str
    treaty_classes: tuple[str, ...]
    months: tuple[str, ...]
    full_date: str
    month_date: str
    year_date: str
    season_date: str
    seasons: dict[str, tuple[int, int]]
    duration: str
    numerals: dict[str, int]
    units: dict[str, str]
    more: tuple[str, ...]
    cited_before: tuple[str, ...]
    deadline_before: tuple[str, ...]
    planned_before: tuple[str, ...]
    event_before: tuple[str, ...]
    committees: tuple[str, ...]
    this_council: tuple[str, ...]
    panels: tuple[str, ...]
    groups: tuple[str, ...]
    own_state: tuple[str, ...]
    founding: str
    short_body: str
    bodies: dict[str, str]
    person_title: str
    deadline_after: tuple[str, ...] = ()
    cited_after: tuple[str, ...] = ()
    months_other: tuple[str, ...] = ()
    american_date: str | None = None

    def month_numbers(self) -> dict[str, int]:
        """Month names, folded to lower case, with their numbers; other forms repeat the year's order."""
        names = [*self.months, *self.months_other]
        return {name.lower(): index % 12 + 1 for index, name in enumerate(names)}


@cache
def wording(language: str) -> NamesWording:
    """The wording of a language."""
    return tree(f"language/{language}/names.yaml", NamesWording)


@cache
def pattern(language: str, part: str) -> re.Pattern[str]:
    """The compiled pattern of the named part, ``{months}`` filled in, blanks of any kind accepted."""
    words = wording(language)
    months = sorted(
        (re.escape(name).replace("\\ ", " ") for name in (*words.months, *words.months_other)),
        key=len,
        reverse=True,
    )
    written = getattr(words, part).replace("{months}", "|".join(months) or "$^").replace("’", "[’']")
    # A person's name ends where capitals end; elsewhere they make no difference.
    flags = re.NOFLAG if part == "person_title" else re.IGNORECASE
    return re.compile(written.replace(" ", r"[ \u00a0\u202f]"), flags)


def near(sign: re.Pattern[str], compiled: re.Pattern[str], text: str, reach: int = 45) -> Iterator[re.Match[str]]:
    """Matches of a pattern that must hold a sign, looked for only around the signs of the text.

    Arguments:
        sign: what every match holds, such as a year.
        reach: how far in front of its first sign a match may begin, in characters.
    """
    for start, end in _around(sign, text, reach):
        yield from compiled.finditer(text, start, end)


@lru_cache(maxsize=8)
def _around(sign: re.Pattern[str], text: str, reach: int) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for found in sign.finditer(text):
        start, end = max(0, found.start() - reach), found.end() + BEHIND
        if spans and start <= spans[-1][1] + APART:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(spans)
