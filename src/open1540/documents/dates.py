"""Dates, periods and durations, with the part each plays: date of the document, of what it cites, deadline, plan.

Values follow ISO 8601; a season is the months it is given in ``names.yaml``, a duration ``P15Y`` (``P15Y+`` for "more than").
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from open1540.documents.flow import Flow
from open1540.documents.lexicon import fold
from open1540.documents.names import YEAR, NamesWording, near, pattern, wording
from open1540.documents.reading import Date, DateRole, Furniture, Paragraph, Precision
from open1540.vocabulary import Reason

_NEAR = 28
_CONFIDENCE = {"day": 0.99, "month": 0.95, "season": 0.9, "year": 0.85, "range": 0.9, "duration": 0.8}
_PRINTED = re.compile(r"(?P<d>[0-3]\d)(?P<m>0[1-9]|1[0-2])(?P<y>\d\d)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_DATE = re.compile(
    r"[一二][〇零九一二三四五六七八]{3}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}日)?"
)


class _Found(NamedTuple):
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
    return tuple(sorted((found.start, found.end, found.value) for found in _days(text, language)))


def of_furniture(furniture: Sequence[Furniture], language: str) -> tuple[Date, ...]:
    """Day of issue in the masthead, and day of printing (``ddmmyy``) at the foot of the first page."""
    found: list[Date] = []
    for part in furniture:
        if part.kind == "masthead":
            days = (*_days(part.text, language), *_days(part.text, "en"))
            issue = next(iter(days), None)
            if issue:
                reason = Reason("dates.issue", part.text, 0.97)
                found.append(Date(issue.value, "day", "issue", part.text, part.start, part.end, reason))
        elif part.kind == "barcode" and (match := _PRINTED.fullmatch(part.text)):
            value = f"20{match['y']}-{match['m']}-{match['d']}"
            reason = Reason("dates.printing", part.text, 0.8)
            found.append(Date(value, "day", "printing", part.text, part.start, part.end, reason))
    return tuple(found)


def _all(text: str, language: str) -> Iterator[_Found]:
    yield from _days(text, language)
    if language in ("ar", "zh", "ru"):
        yield from _days(text, "en")
    yield from _months(text, language)
    yield from _seasons(text, language)
    yield from _years(text, language)
    yield from _durations(text, language)
    if language == "zh":
        yield from _chinese_numerals(text)


def _days(text: str, language: str) -> Iterator[_Found]:
    parts = ["full_date", "american_date"] if wording(language).american_date else ["full_date"]
    for part in parts:
        for match in near(YEAR, pattern(language, part), text):
            day, month, year = int(match["day"]), _month(match["month"], language), int(match["year"])
            if month and 1 <= day <= calendar.monthrange(year, month)[1]:
                yield _Found(match.start(), match.end(), f"{year}-{month:02}-{day:02}", "day")


def _months(text: str, language: str) -> Iterator[_Found]:
    for match in near(YEAR, pattern(language, "month_date"), text):
        month = _month(match["month"], language)
        if month:
            yield _Found(match.start(), match.end(), f"{match['year']}-{month:02}", "month")


def _month(name: str, language: str) -> int | None:
    if name.isdigit():
        return int(name) if 1 <= int(name) <= 12 else None
    return _month_numbers(language).get(fold(re.sub(r"\s+", " ", name)))


@cache
def _month_numbers(language: str) -> dict[str, int]:
    return {fold(name): number for name, number in wording(language).month_numbers().items()}


def _seasons(text: str, language: str) -> Iterator[_Found]:
    for match in near(YEAR, pattern(language, "season_date"), text):
        months = wording(language).seasons.get(match["season"].lower())
        if months:
            year, (first, last) = int(match["year"]), months
            final = year if last >= first else year + 1
            yield _Found(match.start(), match.end(), f"{year}-{first:02}/{final}-{last:02}", "season")


def _years(text: str, language: str) -> Iterator[_Found]:
    for match in near(YEAR, pattern(language, "year_date"), text):
        start = match.start() if language in ("zh", "ru") else match.start("year")
        yield _Found(start, match.end(), match["year"], "year")


def _durations(text: str, language: str) -> Iterator[_Found]:
    words = wording(language)
    for match in pattern(language, "duration").finditer(text):
        number = match["n"] if match["n"].isdigit() else words.numerals.get(match["n"].lower())
        unit = words.units.get(match["unit"].lower())
        if number and unit:
            more = "+" if _says_more(match, words) else ""
            start = match.start("n")
            yield _Found(start, match.end(), f"P{int(number)}{unit}{more}", "duration")


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
    return _told_by(before, after, flow.text[first : found.end].lower(), found, language)


def _told_by(before: str, after: str, sentence: str, found: _Found, language: str) -> tuple[DateRole, str]:
    words = wording(language)
    if found.precision == "day" and (cue := _ending(before, words.cited_before)):
        return "cited", cue
    if found.precision == "day" and (cue := next((w for w in words.cited_after if after.lstrip().startswith(w)), "")):
        return "cited", cue
    clause = re.split(r"[,;，；。]", after)[0]
    if language == "zh" and (cue := next((w for w in words.deadline_after if w in clause), "")):
        return "deadline", cue
    if cue := _ending(
        before, words.deadline_before if language != "zh" else ("不迟于", "最迟于", "至", "截至", "直至")
    ):
        return "deadline", cue
    recent = re.split(r"[.;。；]", sentence)[-1][-(16 if language == "zh" else 80) :]
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
    for cue, wanted in _longest_first(tuple(cues)):
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
def _longest_first(cues: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((cue, cue.lower()) for cue in sorted(cues, key=len, reverse=True))
