"""How a language writes references, dates and words that point back: ``facts/language/<code>/names.yaml``."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from open1540.documents.lexicon import LONG, Lexicon, in_small_letters
from open1540.reference.facts import tree

# What a match must hold: a year, a resolution's number, such a number with its year.
# Each begins with a class of characters, which is what a search finds fastest.
YEAR = re.compile(r"[12][09]\d\d")
NUMBER = re.compile(r"\d\d{2,3}")
YEAR_IN_BRACKETS = re.compile(r"[(（)）][\s\u00a0]?\d{4}")
# A match may go on behind its last sign: a month, a unit, a bracket.
BEHIND = 30
# To begin a search anew costs more than to read on over so many characters.
APART = 40
# Escapes and names of groups keep their capitals.
_PATTERN_SIGN = re.compile(r"\\.|\(\?P<\w+>|.", re.DOTALL)
_EASTERN_DIGIT = re.compile("[٠-٩۰-۹]")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")

Sign = re.Pattern[str] | Lexicon


class NamesWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and patterns of one language; in date patterns ``{months}`` stands for any month name."""

    resolution_words: tuple[str, ...]
    other_organs: tuple[str, ...]
    resolution_anaphora: tuple[str, ...]
    resolution_alone: str
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
    """The compiled pattern of the named part, ``{months}`` filled in, blanks of any kind accepted.

    It is to be searched for in ``small`` letters: to compare letters of either case takes three times as long.
    Only a person's name is searched for as typed, because it ends where capitals end.
    """
    written = _written(language, part)
    return re.compile(written if part == "person_title" else _in_small_letters(written))


@cache
def any_of(parts: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """A pattern that matches where one of the (language, part) patterns does; which one it was is not told."""
    found = (_NAMED_GROUP.sub("(?:", pattern(language, part).pattern) for language, part in parts)
    return re.compile("|".join(f"(?:{one})" for one in found))


def small(text: str) -> str:
    """The text in small letters and Western digits, as long as it was; a whole document's is kept for who asks next."""
    return _small_once(text) if len(text) > LONG else _small(text)


def _small(text: str) -> str:
    lowered = in_small_letters(text)
    return lowered.translate(_EASTERN) if _EASTERN_DIGIT.search(lowered) else lowered


_small_once = lru_cache(maxsize=2)(_small)


def _written(language: str, part: str) -> str:
    words = wording(language)
    months = sorted(
        (re.escape(name).replace("\\ ", " ") for name in (*words.months, *words.months_other)),
        key=len,
        reverse=True,
    )
    written: str = getattr(words, part) or "(?!)"
    return written.replace("{months}", "|".join(months) or "$^").replace("’", "[’']").replace(" ", r"[ \u00a0\u202f]")


def _in_small_letters(written: str) -> str:
    return _PATTERN_SIGN.sub(lambda sign: sign[0] if len(sign[0]) > 1 else sign[0].lower(), written)


def near(sign: Sign, compiled: re.Pattern[str], text: str, reach: int = 45) -> Iterator[re.Match[str]]:
    """Matches of a pattern that must hold a sign, looked for only around the signs of the text.

    Arguments:
        sign: what every match holds, such as a year, or one word of a vocabulary.
        reach: how far in front of its first sign a match may begin, in characters.
    """
    for start, end in around(sign, text, reach):
        yield from compiled.finditer(text, start, end)


@lru_cache(maxsize=16)
def around(sign: Sign, text: str, reach: int = 45) -> tuple[tuple[int, int], ...]:
    """The spans of a text within reach of a sign, in order, without overlap."""
    spans: list[tuple[int, int]] = []
    for place, behind in _places(sign, text):
        start, end = max(0, place - reach), behind + BEHIND
        if spans and start <= spans[-1][1] + APART:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(spans)


def _places(sign: Sign, text: str) -> Iterator[tuple[int, int]]:
    if isinstance(sign, Lexicon):
        return ((hit.start, hit.end) for hit in sign.find(text))
    return (found.span() for found in sign.finditer(text))
