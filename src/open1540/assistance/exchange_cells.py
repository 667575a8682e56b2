"""What a cell of a table of offers or activities says, and how a value is written in one; names in any of six languages are read."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NoReturn

from open1540 import reference
from open1540.assistance.form import option_titles, printable
from open1540.documents import dates
from open1540.reference import LANGUAGES
from open1540.reference.labels import folded
from open1540.reference.offer_columns import OfferColumn, activity_statuses, named_regions, provider_kinds, weapon_words
from open1540.reference.request_parts import request_form
from open1540.vocabulary import BadInput

BETWEEN = "; "
_PARTS = re.compile(r"[;；؛\n|]+")
# Signs that also stand within names, so that a list is parted by them only where the whole is no name.
_WITHIN = re.compile(r"[,，،、/]+")
_SHOWN = 12
_LARGEST = 7
_LONGEST_DAY = 60


def written(column: OfferColumn, value: Any, language: str) -> str:
    """The text of a cell with a value, in a language; empty for none."""
    if value in (None, "", ()):
        return ""
    match column.kind:
        case "text":
            return printable(value)
        case "choice":
            titles = option_titles(_part(column))
            return BETWEEN.join(titles[one][language] if one in titles else one for one in value)
        case "fields":
            return BETWEEN.join(value)
        case "state":
            return reference.state(value).name(language)
        case "states":
            return BETWEEN.join(reference.state(one).name(language) for one in value)
        case "regions":
            return BETWEEN.join(_region_titles()[one][language] for one in value)
        case "day":
            return str(value.isoformat())
        case "number":
            return str(value)
        case "provider":
            return provider_kinds()[value][language]
        case "status":
            return activity_statuses()[value][language]
        case "yes-no":
            return request_form().form["yes"][language] if value else ""


def understood(column: OfferColumn, text: str) -> Any:
    """The value of a cell that is not blank.

    Raises BadInput, without a place, where any part of the text is not surely understood.
    """
    match column.kind:
        case "text":
            return printable(text)
        case "choice":
            return _each(text, _options(_part(column)), _OTHERS.get(_part(column), _nobody))
        case "fields":
            return _each(" ; ".join(re.split(r"[\s,;]+", text)), _fields(), _nobody)
        case "state":
            return _state(text.strip()) or _refuse(text, ["a State by its name or code, such as KEN"])
        case "states":
            return _each(text, {}, _state, ["names of States in one of six languages, or codes, such as KEN; UGA"])
        case "regions":
            return _each(text, _regions(), _nobody)
        case "day":
            return _day(text.strip())
        case "number":
            return _number(text.strip())
        case "provider":
            return _one(text, _named(provider_kinds()))
        case "status":
            return _one(text, _named(activity_statuses()))
        case "yes-no":
            return _one(text, {"yes": "yes", "no": "no", "x": "yes", "1": "yes", "0": "no"} | _yes_no()) == "yes"


def _part(column: OfferColumn) -> str:
    return column.id.removeprefix("subject.")


def _nobody(name: str) -> None:
    return None


def _each(
    text: str, known: Mapping[str, str], other: Callable[[str], str | None], expected: Iterable[str] = ()
) -> tuple[str, ...]:
    """The ids of the names in a list, each once, in their order."""
    found: list[str] = []
    for part in filter(str.strip, _PARTS.split(text)):
        whole = known.get(folded(part)) or other(part.strip())
        names = [part] if whole else [one for one in _WITHIN.split(part) if one.strip()]
        for name in names:
            found.append(known.get(folded(name)) or other(name.strip()) or _refuse(name, expected or known.values()))
    return tuple(dict.fromkeys(found)) or (_refuse(text, expected or known.values()),)


def _one(text: str, known: Mapping[str, str]) -> str:
    return known.get(folded(text)) or _refuse(text, known.values())


def _refuse(text: str, expected: Iterable[str]) -> NoReturn:
    choices = list(dict.fromkeys(expected))
    shown = ", ".join(choices[:_SHOWN]) + (" ..." if len(choices) > _SHOWN else "")
    raise BadInput(
        f"{text.strip()[:160]!r}",
        expected=shown,
        where="cell",
        remedy="correct the cell, or map the column to another part or to none",
    )


@cache
def _regions() -> dict[str, str]:
    return _named(_region_titles())


@cache
def _options(part: str) -> dict[str, str]:
    titles = option_titles(part)
    also = weapon_words() if part == "weapons" else {}
    known = _named(titles) | {folded(one): one for one in titles}
    return known | {folded(word): one for one, words in also.items() for word in words}


def _named(titles: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Ids by every title in any language, folded."""
    return {folded(known[language]): key for key, known in titles.items() for language in LANGUAGES}


@cache
def _region_titles() -> dict[str, dict[str, str]]:
    return {region.name: region.titles for region in named_regions()}


def _yes_no() -> dict[str, str]:
    words = request_form().form
    return {folded(words[word][language]): word for word in ("yes", "no") for language in LANGUAGES}


def _language(code: str) -> str | None:
    """The code of a language that has no title here."""
    plain = code.lower()
    return plain if re.fullmatch(r"[a-z]{2}", plain) else None


def _theme(name: str) -> str | None:
    """The one theme a topic of that name belongs to; none where it belongs to several."""
    topics = {topic.id for topic in reference.find_topics(name)}
    themes = [theme.id for theme in reference.themes() if not topics.isdisjoint(theme.topics)]
    return themes[0] if len(themes) == 1 else None


def _type(name: str) -> str | None:
    """The kind of assistance a topic of that name tells."""
    types = request_form().topics.types
    told = {types[topic.id] for topic in reference.find_topics(name) if topic.id in types}
    return told.pop() if len(told) == 1 else None


_OTHERS: dict[str, Callable[[str], str | None]] = {"languages": _language, "themes": _theme, "types": _type}


def _state(name: str) -> str | None:
    known = _state_names()
    coded = re.search(r"[(（]\s*([A-Z]{3})\s*[)）]$", name)
    return known.get(folded(name)) or (known.get(folded(coded[1])) if coded else None)


@cache
def _state_names() -> dict[str, str]:
    """States by every name and code, folded."""
    named = ((state, (state.iso3, state.iso2, *(row.label for row in state.names()))) for state in reference.states())
    return {folded(name): state.iso3 for state, names in named for name in names}


@cache
def _fields() -> dict[str, str]:
    return {folded(field): field for field in reference.field_ids()}


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        told = {
            dt.date.fromisoformat(iso)
            for language in LANGUAGES
            for start, end, iso in dates.days_in(text[:_LONGEST_DAY], language)
            if (start, end) == (0, len(text))
        }
    if len(told) == 1:
        return told.pop()
    _refuse(text, ["one day such as 2027-03-01 or 1 March 2027; of 03/04/2027 nobody knows which is the month"])


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) <= _LARGEST):
        _refuse(text, ["a whole number in figures"])
    return int(text)
