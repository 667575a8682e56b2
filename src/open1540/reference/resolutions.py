"""Security Council resolutions of this field: dates, subjects, mandates, and which number belongs to which year."""

import datetime as dt
import re
from functools import cache

import msgspec

from open1540.reference.facts import rows
from open1540.vocabulary import Confidence, UnknownCode

SUBJECTS = "resolution_subjects.csv"
_NORMAL = re.compile(r"S/RES/(\d+)\((\d{4})\)")
_FOUNDED = re.compile(r"UN\.SC\.(\d+)")
_STANDING = re.compile(r"UN\.SC\.(\d+)COMMITTEE")
# How far a recalled first or last number of a year may be off.
TOLERANCE = {"high": 0, "medium": 3, "low": 8}


class Resolution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A resolution of the Security Council; ``symbol`` in normal form ``S/RES/1540(2004)``.

    ``chapter_vii`` says whether the Council acted under Chapter VII of the Charter; None where it did so for some
    paragraphs only. ``mandate_body`` and ``mandate_until`` say whose mandate for a term it creates or extends (several
    bodies parted by semicolons), and to which last day.
    """

    symbol: str
    adopted_on: dt.date
    subject: str
    effect: str | None
    chapter_vii: bool | None
    mandate_body: str | None
    mandate_until: dt.date | None
    source: str
    as_of: str
    confidence: Confidence

    @property
    def number(self) -> int:
        """The resolution's number."""
        return int(_NORMAL.fullmatch(self.symbol)[1])  # type: ignore[index]

    def subject_in(self, language: str) -> str:
        """What it is about, in one of the six languages."""
        return self.subject if language == "en" else _subjects()[self.subject, language]

    @property
    def bodies(self) -> tuple[str, ...]:
        """Ids of the bodies whose mandate for a term it creates or extends."""
        return tuple(self.mandate_body.split(";")) if self.mandate_body else ()


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A subject of resolutions, as the facts word it in English, in another language."""

    subject: str
    lang: str
    label: str


class YearSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first and the last resolution of a year."""

    year: int
    first: int
    last: int
    source: str
    confidence: Confidence


def resolution(symbol: str | int) -> Resolution:
    """The resolution with this number or symbol. Raises UnknownCode where the facts do not know it."""
    key = str(symbol).replace(" ", "").upper()
    known = _by_symbol().get(key) or _by_number().get(key)
    if known is None:
        raise UnknownCode(
            f"resolution {symbol!r}",
            expected="a resolution of the facts, such as 1540 or S/RES/1540(2004)",
            where="facts/resolutions.csv",
            remedy="run `open1540 facts list resolutions`",
        )
    return known


def resolutions() -> tuple[Resolution, ...]:
    """Every resolution on record, oldest first."""
    return tuple(_by_symbol().values())


def mandate(body: str, on: dt.date) -> Resolution:
    """The resolution under which a body's mandate ran on a day. Raises UnknownCode where none did.

    A committee without a term, as sanctions committees are, runs under the resolution that founded it.
    """
    for_a_term = [known for known in resolutions() if body in known.bodies]
    running = [
        known for known in for_a_term or _founders(body) if known.adopted_on <= on and (known.mandate_until or on) >= on
    ]
    if not running:
        raise UnknownCode(
            f"no mandate of {body} on {on}",
            expected="a body and a day on which a resolution gave it a mandate",
            where="facts/resolutions.csv",
            remedy="ask for another day, or add the resolution to the facts",
        )
    return running[-1]


def founding_number(number: int) -> int:
    """The number of the resolution that founded the bodies a resolution extends: 1540 for 1977; else the number itself."""
    known = _by_number().get(str(number))
    founder = known and known.bodies and _FOUNDED.match(known.bodies[0])
    return int(founder[1]) if founder else number


def _founders(body: str) -> list[Resolution]:
    founder = _STANDING.fullmatch(body)
    return [known for known in resolutions() if founder and str(known.number) == founder[1]]


def plausible_year(number: int, year: int) -> bool:
    """Whether the Security Council's resolution of this number can be of this year; numbers rise with the years."""
    span = _years().get(year)
    if span is None:
        return False
    off = TOLERANCE[span.confidence]
    return span.first - off <= number <= span.last + off


def year_of(number: int) -> int | None:
    """The year of a resolution number; None where the facts cannot tell."""
    years = [year for year, span in _years().items() if span.first <= number <= span.last]
    return years[0] if len(years) == 1 else None


@cache
def _subjects() -> dict[tuple[str, str], str]:
    return {(row.subject, row.lang): row.label for row in rows(SUBJECTS, Subject)}


@cache
def _by_symbol() -> dict[str, Resolution]:
    return {row.symbol: row for row in rows("resolutions.csv", Resolution)}


@cache
def _by_number() -> dict[str, Resolution]:
    return {str(row.number): row for row in _by_symbol().values()}


@cache
def _years() -> dict[int, YearSpan]:
    return {row.year: row for row in rows("resolution_years.csv", YearSpan)}
