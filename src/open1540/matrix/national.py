"""What a State's record gives for its own report and plan: recorded measures, doubts and blanks by paragraph and theme."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from open1540 import reference
from open1540.reference import Field, Template
from open1540.reference.national import TREATIES, suggestion
from open1540.vocabulary import Entry, Evidence

Doubt = Literal["sources disagree", "planned", "signed only", "self-declared", "implied", "incomplete"]
"""Why an entry is unclear, the reason that weighs most first."""

# The paragraphs of resolution 1540 (2004) each part of the matrix records; a theme says which of them, else the first does.
PARAGRAPHS = {
    "OP1": ("OP8(a)",),
    "OP2": ("OP2",),
    "OP3ab": ("OP3(a)", "OP3(b)"),
    "OP3cd": ("OP3(d)", "OP3(c)", "OP6"),
    "OP678": ("OP7", "OP6", "OP8(d)"),
}
ORDER = ("OP2", "OP3(a)", "OP3(b)", "OP3(c)", "OP3(d)", "OP6", "OP7", "OP8(a)", "OP8(d)")
# Treaties are planned for one by one; which regimes and bodies to join is left to the State.
_TREATIES = ("npt", "cwc", "bwc", "geneva-protocol", "cppnm", "cppnm-amendment", "icsant")
_PLANNED_FIRST_MONTHS = 6


class Citation(msgspec.Struct, frozen=True):
    """A citation of the annex; ``number`` is what the report's cells point to."""

    number: int
    evidence: Evidence


class Measure(msgspec.Struct, frozen=True):
    """A row of the matrix for one weapon class: its entries for law and for penalties, or its only one.

    Attributes:
        row: id of the row, such as ``OP2.finance``.
        legal, enforcement: the entries; None where the row has no such column. A row without columns has ``legal`` only.
        legal_field, enforcement_field: their ids.
    """

    row: str
    weapon: str | None
    legal: Entry | None
    enforcement: Entry | None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Those there are."""
        return tuple(entry for entry in (self.legal, self.enforcement) if entry)

    @property
    def blank(self) -> bool:
        """Whether nothing at all is recorded."""
        return not any(entry.code for entry in self.entries)


class Part(msgspec.Struct, frozen=True):
    """A theme under an operative paragraph, with its measures in the order of the matrix; ``theme`` may be ``treaties``."""

    obligation: str
    theme: str
    measures: tuple[Measure, ...]


class Consent(msgspec.Struct, frozen=True):
    """What a citation of section I says: the instrument, the word for the State's status, since when."""

    instrument: str
    words: str
    since: str | None


class PlanLine(msgspec.Struct, frozen=True):
    """A measure to take, for the State to complete.

    Attributes:
        number: 1, 2, 3 ... in the order of obligations; no order of weight.
        kind: ``clarify`` where the record is unclear everywhere it says anything open, else ``establish``: state or adopt.
        fields: the matrix fields that are unclear or blank.
        weapons: the classes they are of.
        doubts: why those that are unclear are so.
        authorities, steps, indicator, offers: suggestions, by id; ``offers`` are names of providers on record.
        since, until: an interval offered, where the plan has a start.
        existing: what is recorded for the same measure.
        requested: subjects of the State's own requests for assistance on record.
    """

    number: int
    obligation: str
    theme: str
    row: str
    kind: Literal["clarify", "establish"]
    fields: tuple[str, ...]
    weapons: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    authorities: tuple[str, ...]
    steps: tuple[str, ...]
    indicator: str
    offers: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None
    existing: tuple[Evidence, ...]
    requested: tuple[str, ...]


def parts(state: str, entries: Iterable[Entry], template: Template) -> tuple[Part, ...]:
    """The fields of a State's matrix, section I apart, by operative paragraph and theme; blank entries stand in for none.

    Arguments:
        state: ISO code, for blank entries.
        entries: what is recorded.
        template: whose fields they are of.
    """
    recorded = {entry.field: entry for entry in entries}
    held: dict[tuple[str, str], dict[tuple[str, str | None], dict[str, Entry]]] = {}
    for field in template.fields:
        if field.section == "I":
            continue
        place = _place(field)
        cells = held.setdefault(place, {}).setdefault((field.row_id, field.weapon), {})
        cells[field.aspect or "legal"] = recorded.get(field.field) or Entry(state, field.field)
    order = {theme.id: number for number, theme in enumerate(reference.themes())}
    places = sorted(held, key=lambda place: (ORDER.index(place[0]), order[place[1]]))
    return tuple(Part(*place, tuple(_measures(held[place]))) for place in places)


def instruments(state: str, entries: Iterable[Entry], template: Template) -> Part:
    """Section I: each field with its entry, blank where nothing is recorded."""
    recorded = {entry.field: entry for entry in entries}
    own = (field for field in template.fields if field.section == "I")
    measures = (Measure(f.row_id, None, recorded.get(f.field) or Entry(state, f.field), None) for f in own)
    return Part("OP8(a)", TREATIES, tuple(measures))


def consent(citation: str) -> Consent | None:
    """What a citation that open1540 wrote for section I says; None where somebody worded it."""
    named = named_first(citation)
    if named is None:
        return None
    instrument, words = named
    dated = re.fullmatch(r"(.*), (\d{4}(?:-\d\d){0,2})", words)
    return Consent(instrument, dated[1], dated[2]) if dated else Consent(instrument, words, None)


def named_first(text: str) -> tuple[str, str] | None:
    """The instrument a citation or remark of section I begins with, and what it says of it; None for any other text."""
    for title, instrument in _titles():
        if text.startswith(f"{title}: "):
            return instrument, text[len(title) + 2 :]
    return None


def doubts(entry: Entry) -> tuple[Doubt, ...]:
    """Why an entry is unclear; none for any other. The reason that weighs most comes first."""
    if entry.code != "?":
        return ()
    found: list[Doubt] = []
    if entry.disputed:
        found.append("sources disagree")
    if any(item.grade == "planned" for item in entry.evidence):
        found.append("planned")
    if any((said := consent(item.citation)) and said.words.startswith("signed") for item in entry.evidence):
        found.append("signed only")
    if any(item.basis == "self-declaration" or item.grade == "self-declared" for item in entry.evidence):
        found.append("self-declared")
    if any(item.strength == "implied" for item in entry.evidence):
        found.append("implied")
    return tuple(found) or ("incomplete",)


def stated_by_the_state(entry: Entry) -> bool:
    """Whether the entry may be told in the State's own voice: the State said it, and agreed that it be shown."""
    return entry.basis == "self-declaration" and entry.consented is not False


def citations(parts: Iterable[Part]) -> tuple[Citation, ...]:
    """Every piece of evidence once, numbered in the order in which a reader meets it."""
    seen: dict[tuple[str, str, str | None, str], Evidence] = {}
    for part in parts:
        for measure in part.measures:
            for entry in measure.entries:
                for item in entry.evidence:
                    seen.setdefault(key(item), item)
    return tuple(Citation(number, item) for number, item in enumerate(seen.values(), start=1))


def key(item: Evidence) -> tuple[str, str, str | None, str]:
    """What makes two pieces of evidence the same to a reader."""
    return item.citation, item.source, item.as_of, item.text


def plan(
    parts: Sequence[Part],
    *,
    start: dt.date | None = None,
    years: int = 3,
    requested: Sequence[reference.AssistanceRequest] = (),
) -> tuple[PlanLine, ...]:
    """A line for every measure the record leaves blank or unclear, in the order of obligations.

    Arguments:
        parts: of sections II to V, and section I where treaties are to be planned for.
        start: first day of the plan; without one no line has dates.
        years: how long the plan runs; an offered interval ends with it.
        requested: the State's own requests for assistance.
    """
    lines: list[PlanLine] = []
    for part in sorted(parts, key=lambda part: ORDER.index(part.obligation)):
        rows: dict[str, list[Measure]] = {}
        for measure in part.measures:
            if part.theme != TREATIES or measure.row.removeprefix("OP1.") in _TREATIES:
                rows.setdefault(measure.row, []).append(measure)
        for row, measures in rows.items():
            open_entries = [e for m in measures for e in m.entries if e.code in ("", "?")]
            if open_entries:
                lines.append(_line(len(lines) + 1, part, row, measures, open_entries, start, years, requested))
    return tuple(lines)


def _line(
    number: int,
    part: Part,
    row: str,
    measures: Sequence[Measure],
    open_entries: Sequence[Entry],
    start: dt.date | None,
    years: int,
    requested: Sequence[reference.AssistanceRequest],
) -> PlanLine:
    usual = suggestion(part.theme)
    unclear = all(entry.code == "?" for entry in open_entries)
    months = min(_PLANNED_FIRST_MONTHS if unclear else usual.months, years * 12)
    about = set() if part.theme == TREATIES else set(reference.theme(part.theme).topics)
    evidence = {key(item): item for m in measures for entry in m.entries for item in entry.evidence}
    providers = {provider.provider for provider in reference.assistance_providers()}
    return PlanLine(
        number=number,
        obligation=part.obligation,
        theme=part.theme,
        row=row,
        kind="clarify" if unclear else "establish",
        fields=tuple(entry.field for entry in open_entries),
        weapons=tuple(
            dict.fromkeys(m.weapon for m in measures if m.weapon and any(e.code in ("", "?") for e in m.entries))
        ),
        doubts=tuple(dict.fromkeys(doubt for entry in open_entries for doubt in doubts(entry))),
        authorities=usual.authorities,
        steps=usual.steps,
        indicator=usual.indicator,
        offers=tuple(name for name in usual.offers if name in providers),
        since=start,
        until=_months_later(start, months) if start else None,
        existing=tuple(evidence.values()),
        requested=tuple(request.subject for request in requested if about & set(request.topics)),
    )


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _measures(rows: dict[tuple[str, str | None], dict[str, Entry]]) -> Iterator[Measure]:
    order = {row: number for number, row in enumerate(dict.fromkeys(row for row, _ in rows))}
    for row, weapon in sorted(rows, key=lambda one: order[one[0]]):
        cells = rows[row, weapon]
        yield Measure(row, weapon, cells.get("legal"), cells.get("enforcement"))


def _place(field: Field) -> tuple[str, str]:
    """The paragraph and the theme a field is told under: the first of its themes, the first paragraph the two share.

    Law and penalties of one measure stand together, so the theme of the row's law decides for both.
    """
    law = f"{field.field.rpartition('.')[0]}.legal" if field.aspect else field.field
    theme = (reference.themes_of(law) or reference.themes_of(field.field))[0]
    own = PARAGRAPHS[field.field.partition(".")[0]]
    return next((known for known in theme.obligations if known in own), own[0]), theme.id


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    """(title, id) of every instrument, the longest first, so that no title is taken for a part of another."""
    return tuple(sorted(((known.title, known.id) for known in reference.instruments()), key=lambda one: -len(one[0])))
