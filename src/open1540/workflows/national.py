"""The national side: a draft of a State's report on resolution 1540 (2004), and of a voluntary action plan, from the record."""

import datetime as dt

import msgspec

from open1540 import reference
from open1540.matrix import national
from open1540.matrix.national import Citation, Part, PlanLine
from open1540.vocabulary import BadInput, Entry, Source, UnknownCode
from open1540.workflows import matrix
from open1540.workflows.database import opened
from open1540.workflows.facts import as_day
from open1540.workflows.permissions import Person

DEFAULT_YEARS = 3


class KeptDocument(msgspec.Struct, frozen=True):
    """A kept document evidence points to."""

    name: str
    symbol: str | None
    date: str | None


class Draft(msgspec.Struct, frozen=True):
    """What report and plan have in common.

    Attributes:
        on: the day the record is asked about.
        version: number of the matrix version; None where section I comes from the facts alone.
        mandate: symbol of the resolution under which the Committee worked on that day; None where none is on record.
        sources: sources of the facts, by id; documents: kept documents, by id.
    """

    state: str
    name: str
    on: dt.date
    template: str
    version: int | None
    mandate: str | None
    mandate_until: dt.date | None
    first_report: str | None
    sources: dict[str, Source]
    documents: dict[str, KeptDocument]


class NationalReport(msgspec.Struct, frozen=True):
    """The content of a report: section I, the parts by paragraph and theme, the annex."""

    draft: Draft
    instruments: Part
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]


class NationalPlan(msgspec.Struct, frozen=True):
    """The content of a plan, with the State's requests for assistance on record."""

    draft: Draft
    start: dt.date | None
    years: int
    lines: tuple[PlanLine, ...]
    citations: tuple[Citation, ...]
    requests: tuple[reference.AssistanceRequest, ...]


def report(state: str, *, database_url: str | None, who: Person, on: str | None = None) -> NationalReport:
    """Draft a State's report from its record as a role is shown it; what is not recorded stays blank, to be filled.

    Raises UnknownCode for a State nobody knows, BadInput for what is no date, NotAllowed as ``matrix.show`` does.
    """
    draft, section_one, parts = _drafted(state, database_url, who, on)
    return NationalReport(draft, section_one, parts, national.citations((section_one, *parts)))


def plan(
    state: str,
    *,
    database_url: str | None,
    who: Person,
    on: str | None = None,
    start: str | None = None,
    years: int | None = None,
) -> NationalPlan:
    """Draft a voluntary action plan from a State's record.

    Arguments:
        start: first day of the plan, ISO; without one the dates stay blank.
        years: how long it runs, 1 to 20; default three.

    Raises as ``report`` does, and BadInput for years without a start or out of bounds.
    """
    first = as_day(start)
    if years is not None and (first is None or not 1 <= years <= 20):
        raise BadInput(
            f"a plan of {years} years" + ("" if first else " without a first day"),
            expected="--start YYYY-MM-DD with --years from 1 to 20",
            where="--years",
            remedy="give --start, or leave --years out for a plan whose dates are blank",
        )
    draft, section_one, parts = _drafted(state, database_url, who, on)
    everything = (section_one, *parts)
    requests = reference.assistance_requests(draft.state)
    lines = national.plan(everything, start=first, years=years or DEFAULT_YEARS, requested=requests)
    return NationalPlan(draft, first, years or DEFAULT_YEARS, lines, national.citations(everything), requests)


def _drafted(state: str, database_url: str | None, who: Person, on: str | None) -> tuple[Draft, Part, tuple[Part, ...]]:
    shown = matrix.show(state, database_url=database_url, who=who, on=on)
    template = reference.template(shown.template)
    entries: tuple[Entry, ...] = tuple(one.entry for one in shown.entries)
    section_one = national.instruments(shown.state, entries, template)
    parts = national.parts(shown.state, entries, template)
    used = {item.source for entry in entries for item in entry.evidence} - set(shown.sources)
    with opened(database_url) as store:
        kept = {row.id: KeptDocument(row.name, row.symbol, row.date) for row in store.documents() if row.id in used}
    mandate = _mandate(shown.on)
    first = reference.first_reports().get(shown.state)
    draft = Draft(
        state=shown.state,
        name=shown.name,
        on=shown.on,
        template=shown.template,
        version=shown.version.number if shown.version else None,
        mandate=mandate.symbol if mandate else None,
        mandate_until=mandate.mandate_until if mandate else None,
        first_report=first.reported_on if first else None,
        sources=shown.sources,
        documents=kept,
    )
    return draft, section_one, parts


def _mandate(on: dt.date) -> reference.Resolution | None:
    try:
        return reference.mandate("UN.SC.1540COMMITTEE", on)
    except UnknownCode:
        return None
