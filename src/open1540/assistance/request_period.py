"""When assistance is wanted: the days, months, halves and quarters of a year a document names for it."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from open1540.assistance.request_text import ASIDE, RequestText
from open1540.documents.lexicon import fold
from open1540.documents.reading import Date
from open1540.reference.request_words import request_words

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# How far from its year a half or a quarter is named, and the joining word of a period from its days.
_TERM_REACH, _JOINT = 12, 16
_OTHER_DATES = ("document", "issue", "cited", "printing")
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|-е|-го)?\s+(?:de\s+|of\s+)?$")
_DAY_AFTER = re.compile(r"\s*\d{1,2}\s*日")


def period(asking: RequestText) -> dict[str, dt.date]:
    """The days between which help is wanted: the first period named, else the first day to begin or end with."""
    found: dict[str, dt.date] = {}
    days = [date for date in _dates(asking) if date.precision in ("day", "month", "season", "range")]
    for before, after in zip([None, *days], days, strict=False):
        first, last = _reach(after)
        if before and _joined(asking, before, after):
            found = {"since": _reach(before)[0], "until": last}
            _note_day(asking, "since", found["since"], before)
            _note_day(asking, "until", last, after)
            break
        for part, day in _told_by(asking, after, first, last).items():
            if part not in found:
                found[part] = day
                _note_day(asking, part, day, after)
    return found or _term(asking)


def _term(asking: RequestText) -> dict[str, dt.date]:
    """A half or a quarter of a year that is named with its year."""
    for piece in asking.pieces:
        for hit in asking.hits.within(piece.start, piece.end) if piece.part not in (*ASIDE, "heading") else ():
            year = (
                _YEAR.search(asking.text, hit.end, min(hit.end + _TERM_REACH, piece.end))
                if hit.kind == "term"
                else None
            )
            if hit.kind == "term" and not year:
                year = _YEAR.search(asking.text, max(piece.start, hit.start - _TERM_REACH), hit.start)
            if year:
                first, last = (f"{year.group()}-{month}" for month in hit.value.split("-"))
                found = {"since": _first_day(first), "until": _last_day(last)}
                for part, day in found.items():
                    asking.note(part, day.isoformat(), min(hit.start, year.start()), max(hit.end, year.end()), "term")
                return found
    return {}


def _note_day(asking: RequestText, part: str, day: dt.date, date: Date) -> None:
    asking.note(
        part, day.isoformat(), asking.flow.position(date.start), asking.flow.position(date.end - 1) + 1, "dates"
    )


def _dates(asking: RequestText) -> Iterator[Date]:
    spans = [(piece.start, piece.end) for piece in asking.pieces if piece.part not in (*ASIDE, "heading")]
    for date in asking.reading.dates:
        at = asking.flow.position(date.start)
        # What is left of a day that no calendar has, such as 31 February, is no month that was meant.
        broken = date.precision == "month" and _stands_beside_a_day(asking, date)
        if date.role not in _OTHER_DATES and not broken and any(s <= at < e for s, e in spans):
            yield date


def _stands_beside_a_day(asking: RequestText, date: Date) -> bool:
    text = asking.reading.text
    return bool(_DAY_BEFORE.search(text[max(0, date.start - 10) : date.start]) or _DAY_AFTER.match(text, date.end))


def _joined(asking: RequestText, before: Date, after: Date) -> bool:
    end, start = asking.flow.position(before.end - 1) + 1, asking.flow.position(after.start)
    between = fold(asking.text[end:start]).strip(" 年г.")
    return start - end <= _JOINT and between in {*map(fold, request_words(asking.language).dates.range), "-", "–", "—"}


def _told_by(asking: RequestText, date: Date, first: dt.date, last: dt.date) -> dict[str, dt.date]:
    words = request_words(asking.language).dates
    start, end = asking.flow.position(date.start), asking.flow.position(date.end - 1) + 1
    before = fold(asking.text[max(0, start - 30) : start]).rstrip()
    after = fold(asking.text[end : end + 8]).lstrip()
    if _follows(asking, before, after, words.until) or date.role == "deadline":
        return {"until": last}
    if _follows(asking, before, after, words.since):
        return {"since": first}
    asked = any(piece.start <= start < piece.end for piece in asking.of("need"))
    if date.precision != "day" and (asked or _follows(asking, before, "", words.within)):
        return {"since": first, "until": last}
    return {}


def _follows(asking: RequestText, before: str, after: str, words: Sequence[str]) -> bool:
    spaced = asking.language != "zh"
    for word in map(fold, words):
        ends = before.endswith(word) and (not spaced or not before[: -len(word)][-1:].isalpha())
        if ends or (not spaced and after.startswith(word)):
            return True
    return False


def _reach(date: Date) -> tuple[dt.date, dt.date]:
    """The first and the last day a date can mean."""
    first, _, last = date.value.partition("/")
    return _first_day(first), _last_day(last or first)


def _first_day(iso: str) -> dt.date:
    return dt.date.fromisoformat((iso + "-01-01")[:10])


def _last_day(iso: str) -> dt.date:
    if len(iso) == len("2027-03-01"):
        return dt.date.fromisoformat(iso)
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)
