"""Dates, periods and durations, with the part each plays: date of the document, of what it cites, deadline, plan.

Values follow ISO 8601; a season is the months it is given in ``names.yaml``, a duration ``P15Y`` (``P15Y+`` for "more than").
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from open1540.documents.flow import Flow
from open1540.documents.lexicon import Lexicon, fold
from open1540.documents.names import YEAR, NamesWording, any_of, around, near, pattern, small, wording
from open1540.documents.reading import Date, DateRole, Furniture, Paragraph, Precision
from open1540.vocabulary import Reason

_NEAR = 28
# In how many characters before a date its sentence tells that it is planned.
_RECENT = {"zh": 16}
_USUALLY_RECENT = 80
# A day, the longest name of a month and "of the year" stand before the year of a date.
_REACH = 40
# "for a further period of up to" stands before the number of a duration.
_DURATION_REACH = 60
# The ways to write a date, the fuller before those that are part of them.
_FULL = ("full_date", "american_date")
_FORMS = (*_FULL, "month_date", "season_date", "year_date")
_CONFIDENCE = {"day": 0.99, "month": 0.95, "season": 0.9, "year": 0.85, "range": 0.9, "duration": 0.8}
_PRINTED = re.compile(r"(?P<d>[0-3]\d)(?P<m>0[1-9]|1[0-2])(?P<y>\d\d)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_DATE = re.compile(
    r"[一二][〇零九一二三四五六七八]{3}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}日)?"
)
_SENTENCE_END = re.compile(r"[.;。；]")
_CLAUSE_END = re.compile(r"[,;，；。]")


class _Found(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    value: str
    precision: Precision


def find(flow: Flow, language: str, paragraphs: Sequence[Paragraph]) -> tuple[Date, ...]:
    """All dates of a text in order; the longest reading of a passage wins, so no year is counted inside a day."""
    kept: list[_Found] = []
    for found in sorted(_all(flow.text, language), key=lambda f: (f.start, -f.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return tuple(_date(found, flow, language, paragraphs) for found in kept)


def days_in(text: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and ISO value of the full days a short text names, such as a line of a table's head, in order."""
    return tuple((found.start, found.end, found.value) for found in _written(text, _forms(language, _FULL)))


def of_furniture(furniture: Sequence[Furniture], language: str) -> tuple[Date, ...]:
    """Day of issue in the masthead, and day of printing (``ddmmyy``) at the foot of the first page."""
    found: list[Date] = []
    for part in furniture:
        if part.kind == "masthead":
            issue = next(_written(part.text, (*_forms(language, _FULL), *_forms("en", _FULL))), None)
            if issue:
                reason = Reason("dates.issue", part.text, 0.97)
                found.append(Date(issue.value, "day", "issue", part.text, part.start, part.end, reason))
        elif part.kind == "barcode" and (match := _PRINTED.fullmatch(part.text)):
            value = f"20{match['y']}-{match['m']}-{match['d']}"
            reason = Reason("dates.printing", part.text, 0.8)
            found.append(Date(value, "day", "printing", part.text, part.start, part.end, reason))
    return tuple(found)


def _all(text: str, language: str) -> Iterator[_Found]:
    # Mastheads and lists of documents are partly English where the language has another script.
    english = _forms("en", _FULL) if language in ("ar", "zh", "ru") else ()
    yield from _written(text, (*_forms(language, _FORMS), *english))
    yield from _durations(text, language)
    if language == "zh":
        yield from _chinese_numerals(text)


@cache
def _forms(language: str, parts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((language, part) for part in parts if getattr(wording(language), part))


def _written(text: str, forms: tuple[tuple[str, str], ...]) -> Iterator[_Found]:
    """Dates in any of the forms, in order: one search for all forms, then the first form that makes a date there."""
    text, anywhere = small(text), any_of(forms)
    for at, last in around(YEAR, text, _REACH):
        while place := anywhere.search(text, at, last):
            found = _in_form(text, place.start(), last, forms)
            if found:
                yield found
            at = found.end if found else place.start() + 1


def _in_form(text: str, at: int, last: int, forms: tuple[tuple[str, str], ...]) -> _Found | None:
    for language, part in forms:
        match = pattern(language, part).match(text, at, last)
        found = _READERS[part](match, language) if match else None
        if found:
            return found
    return None


def _day(match: re.Match[str], language: str) -> _Found | None:
    day, month, year = int(match["day"]), _month(match["month"], language), int(match["year"])
    if month and 1 <= day <= calendar.monthrange(year, month)[1]:
        return _Found(match.start(), match.end(), f"{year}-{month:02}-{day:02}", "day")
    return None


def _of_month(match: re.Match[str], language: str) -> _Found | None:
    month = _month(match["month"], language)
    return _Found(match.start(), match.end(), f"{match['year']}-{month:02}", "month") if month else None


def _season(match: re.Match[str], language: str) -> _Found | None:
    months = wording(language).seasons.get(match["season"].lower())
    if months is None:
        return None
    year, (first, last) = int(match["year"]), months
    final = year if last >= first else year + 1
    return _Found(match.start(), match.end(), f"{year}-{first:02}/{final}-{last:02}", "season")


def _year(match: re.Match[str], language: str) -> _Found:
    start = match.start() if language in ("zh", "ru") else match.start("year")
    return _Found(start, match.end(), match["year"], "year")


_READERS = {
    "full_date": _day,
    "american_date": _day,
    "month_date": _of_month,
    "season_date": _season,
    "year_date": _year,
}


def _month(name: str, language: str) -> int | None:
    if name.isdigit():
        return int(name) if 1 <= int(name) <= 12 else None
    return _month_numbers(language).get(fold(re.sub(r"\s+", " ", name)))


@cache
def _month_numbers(language: str) -> dict[str, int]:
    return {fold(name): number for name, number in wording(language).month_numbers().items()}


def _durations(text: str, language: str) -> Iterator[_Found]:
    words = wording(language)
    for match in near(_units(language), pattern(language, "duration"), small(text), _DURATION_REACH):
        number = match["n"] if match["n"].isdigit() else words.numerals.get(match["n"].lower())
        unit = words.units.get(match["unit"].lower())
        if number and unit:
            more = "+" if _says_more(match, words) else ""
            start = match.start("n")
            yield _Found(start, match.end(), f"P{int(number)}{unit}{more}", "duration")


@cache
def _units(language: str) -> Lexicon:
    """The words for day, week, month and year, one of which every duration holds."""
    return Lexicon(((unit, code, "unit") for unit, code in wording(language).units.items()), language)


def _says_more(match: re.Match[str], words: NamesWording) -> bool:
    groups = match.groupdict()
    return bool(groups.get("more") or groups.get("after")) or any(word in match.group().lower() for word in words.more)


def _chinese_numerals(text: str) -> Iterator[_Found]:
    for match in _CHINESE_DATE.finditer(text):
        year, _, rest = match.group().partition("年")
        month, _, day = rest.partition("月")
        value = year.translate(_CHINESE_DIGITS)
        value += f"-{_chinese_number(month):02}" if month else ""
        value += f"-{_chinese_number(day.rstrip('日')):02}" if day else ""
        precision: Precision = "day" if day else "month" if month else "year"
        yield _Found(match.start(), match.end(), value, precision)


def _chinese_number(written: str) -> int:
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int(written.translate(_CHINESE_DIGITS))
    return 10 * int(tens.translate(_CHINESE_DIGITS) or 1) + int(ones.translate(_CHINESE_DIGITS) or 0)


def _date(found: _Found, flow: Flow, language: str, paragraphs: Sequence[Paragraph]) -> Date:
    role, cue = _role(found, flow, language, paragraphs)
    start, end = flow.raw_span(found.start, found.end)
    reason = Reason(f"{language}.dates.{found.precision}", cue, _CONFIDENCE[found.precision])
    return Date(found.value, found.precision, role, flow.text[found.start : found.end], start, end, reason)


def _role(found: _Found, flow: Flow, language: str, paragraphs: Sequence[Paragraph]) -> tuple[DateRole, str]:
    index = flow.paragraph_at(found.start)
    paragraph = paragraphs[index]
    if paragraph.kind in ("title", "annex_title") and "title" in paragraph.reason.rule + paragraph.kind:
        return "document", ""
    if paragraph.kind == "adoption":
        return "adoption", ""
    if found.precision == "duration":
        return "duration", ""
    first, last = flow.paragraph_span(index)
    before = flow.text[max(first, found.start - _NEAR) : found.start].lower()
    after = flow.text[found.end : min(last, found.end + _NEAR)].lower()
    reach = _RECENT.get(language, _USUALLY_RECENT)
    recent = _SENTENCE_END.split(flow.text[max(first, found.end - reach) : found.end].lower())[-1]
    return _told_by(before, after, recent, found, language)


def _told_by(before: str, after: str, recent: str, found: _Found, language: str) -> tuple[DateRole, str]:
    words = wording(language)
    if found.precision == "day" and (cue := _ending(before, words.cited_before)):
        return "cited", cue
    if found.precision == "day" and (cue := next((w for w in words.cited_after if after.lstrip().startswith(w)), "")):
        return "cited", cue
    clause = _CLAUSE_END.split(after)[0]
    if language == "zh" and (cue := next((w for w in words.deadline_after if w in clause), "")):
        return "deadline", cue
    if cue := _ending(
        before, words.deadline_before if language != "zh" else ("不迟于", "最迟于", "至", "截至", "直至")
    ):
        return "deadline", cue
    if planned := _planned(language).search(recent + after):
        return "planned", planned[0]
    return "event", ""


@cache
def _planned(language: str) -> re.Pattern[str]:
    return re.compile("|".join(_word(word, language) for word in wording(language).planned_before) or "$^")


def _word(word: str, language: str) -> str:
    return re.escape(word.lower()) if language in ("zh", "ar") else rf"\b{re.escape(word.lower())}\b"


def _ending(before: str, cues: Sequence[str]) -> str:
    """The cue the words before a date end with, blanks and articles aside."""
    stripped = before.rstrip(" \u00a0")
    longest_first = _longest_first(tuple(cues))
    if not stripped.endswith(tuple(longest_first.values())):
        return ""
    for cue, wanted in longest_first.items():
        if stripped.endswith(wanted):
            edge = len(stripped) - len(wanted)
            if (
                edge == 0
                or not (stripped[edge - 1].isalpha() and wanted[0].isalpha())
                or "\u4e00" <= wanted[0] <= "\u9fff"
            ):
                return cue
    return ""


@cache
def _longest_first(cues: tuple[str, ...]) -> dict[str, str]:
    return {cue: cue.lower() for cue in sorted(cues, key=len, reverse=True)}
