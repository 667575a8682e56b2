"""Who has reported to the Committee, and what the Committee itself has counted over the years."""

from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import rows
from open1540.vocabulary import Confidence

FIRST_REPORTS = "states/first_reports.csv"
AGGREGATES = "states/aggregate_facts.csv"


class FirstReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a State's first report was found; ``not_found_submitted``: the source found none."""

    state: str
    status: Literal["submitted", "not_found_submitted"]
    reported_on: str | None
    source: str
    as_of: str
    confidence: Confidence
    note: str | None


class AggregateFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure over all States as its source gave it on a day, such as the number of first reports."""

    fact: str
    value: str
    as_of: str
    source: str
    confidence: Confidence


@cache
def first_reports() -> dict[str, FirstReport]:
    """The first report of every State, by ISO code."""
    return {report.state: report for report in rows(FIRST_REPORTS, FirstReport)}


@cache
def aggregate_facts() -> tuple[AggregateFact, ...]:
    """Published figures over all States, in the order of the table."""
    return rows(AGGREGATES, AggregateFact)
