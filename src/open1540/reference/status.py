"""What States have consented to: treaties, regimes, organisations, as of a date and with the source shown."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

import msgspec

from open1540.reference import labels
from open1540.reference.facts import rows, source
from open1540.reference.states import state as find_state
from open1540.vocabulary import Confidence, UnknownCode

LABELS = "states/instrument_labels.csv"
_SPOKEN = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
RELIABILITY = {"official": 0, "secondary": 1, "tertiary": 2}
CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A treaty, regime, organisation or arrangement; ``fields`` are the matrix fields it bears on.

    The fields stand with ``;`` between and may be of several templates, where one has a row of its own for the instrument.
    """

    id: str
    kind: Literal["treaty", "agreement", "zone", "arrangement", "regime", "initiative", "organisation"]
    title: str
    opened_on: str | None
    in_force_since: str | None
    fields: str
    source: str
    as_of: str
    confidence: Confidence


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one source says of one State and one instrument.

    ``since`` is as precise as the source: a day, or a year. ``as_of`` is the day the source speaks of, in its own words.
    ``agreed_by`` names the sources that were found to say the same, ``absent_from`` those that do not list the State;
    both are source ids with ``;`` between.
    """

    state: str
    instrument: str
    status: str
    since: str | None
    signed_on: str | None
    source: str
    as_of: str
    confidence: Confidence
    agreed_by: str | None = None
    absent_from: str | None = None
    note: str | None = None


class Status(msgspec.Struct, frozen=True):
    """The status shown, why it is the one shown, and what other sources say.

    Attributes:
        value: the source's word (``party``, ``signatory``, ``member``, ``none`` ...), ``sources_disagree``,
            ``not yet`` (the consent recorded is later than the day asked) or ``unknown`` (no source says anything, or
            none says anything of the day asked).
        shown: the record behind the value; None where unknown.
        why: one sentence on how the value was chosen.
        others: records of other sources on the same cell.
    """

    state: str
    instrument: str
    value: str
    shown: Record | None
    why: str
    others: tuple[Record, ...] = ()


def instruments() -> tuple[Instrument, ...]:
    """Every instrument on record."""
    return tuple(_instruments().values())


def instrument(instrument_id: str) -> Instrument:
    """The instrument with this id, such as ``CWC``. Raises UnknownCode where there is none."""
    try:
        return _instruments()[instrument_id.upper()]
    except KeyError:
        raise UnknownCode(
            f"instrument {instrument_id!r}",
            expected="one of " + ", ".join(_instruments()),
            where="instrument",
            remedy="choose one of these ids",
        ) from None


def status(state: str, instrument_id: str, on: dt.date | None = None) -> Status:
    """The status of a State to an instrument, as of a day (default: as the sources last say).

    Official sources go before secondary and tertiary ones, then the more recent word, then the higher confidence.
    Where equally good sources differ, the value is ``sources_disagree`` and all are shown. A State without a record is
    ``unknown``, never ``none``. No status is guessed backwards: where the source gives no date of consent, the status on
    a day before the source speaks is ``unknown``.
    """
    code, wanted = find_state(state).iso3, instrument(instrument_id).id
    return weigh(code, wanted, _records().get((code, wanted), ()), on)


def weigh(state: str, instrument_id: str, found: Iterable[Record], on: dt.date | None = None) -> Status:
    """The status that follows from these records of one State and one instrument, by the rules of ``status``."""
    ranked = sorted(found, key=_rank)
    if not ranked:
        return Status(state, instrument_id, "unknown", None, "no source on record speaks of this State and instrument")
    best, *others = ranked
    if any(_rank(r)[:2] == _rank(best)[:2] and r.status != best.status for r in others):
        return Status(state, instrument_id, "sources_disagree", best, "equally good sources differ", tuple(others))
    value, why = (best.status, None) if on is None else _on_day(best, on)
    reasons = "; ".join(part for part in (_origin(best, len(others)), why) if part)
    return Status(state, instrument_id, value, best, reasons, tuple(others))


def statuses(state: str, on: dt.date | None = None) -> tuple[Status, ...]:
    """The status of a State to every instrument."""
    return tuple(status(state, known.id, on) for known in instruments())


def records() -> tuple[Record, ...]:
    """Every record of every source."""
    return rows("states/status.csv", Record)


def _on_day(record: Record, on: dt.date) -> tuple[str, str | None]:
    """The value on a day and what must be said of it: consent binds from its date on, not before."""
    day = on.isoformat()
    if record.since and record.since > day[: len(record.since)]:
        return _before_consent(record, day)
    spoken = _spoken(record.as_of)
    if spoken and day[: len(spoken)] > spoken:
        return record.status, "nothing later is on record"
    if record.since:
        year_only = len(record.since) == len("2004") and record.since == day[:4]
        return record.status, f"the source gives the year {record.since} only" if year_only else None
    if record.status == "none":
        return "none", f"no consent recorded on any day up to {record.as_of}"
    if record.status == "signatory" and record.signed_on and record.signed_on <= day[: len(record.signed_on)]:
        return "signatory", f"signed on {record.signed_on}, no consent recorded since"
    if spoken and day[: len(spoken)] == spoken:
        return record.status, None
    return "unknown", "the source gives no date of consent and does not speak of the day asked"


def _before_consent(record: Record, day: str) -> tuple[str, str]:
    if record.status == "withdrawn":
        return "unknown", f"the withdrawal is of {record.since}; what held before is not on record"
    if record.signed_on and record.signed_on <= day[: len(record.signed_on)]:
        return "signatory", f"signed on {record.signed_on}; consent followed on {record.since}, after the day asked"
    return "not yet", f"no consent recorded on that day: the only one on record is of {record.since}"


def _origin(best: Record, others: int) -> str:
    chosen = "the only source" if not others else f"the best of {others + 1} sources"
    agreeing = len(best.agreed_by.split(";")) if best.agreed_by else 0
    agreed = f", agreed by {agreeing} more" if agreeing else ""
    return f"{chosen}, {source(best.source).kind}{agreed}, says so as of {best.as_of}"


def _rank(record: Record) -> tuple[int, int, int]:
    """The better the smaller; a source without a date comes after those with one."""
    newest_first = -int((_spoken(record.as_of) + "-00-00")[:10].replace("-", "") or 0)
    return RELIABILITY[source(record.source).kind], newest_first, CONFIDENCE[record.confidence]


def _spoken(as_of: str) -> str:
    """The day, month or year a source speaks of, taken from its own words; empty where it is undated."""
    dated = _SPOKEN.search(as_of)
    return dated[0] if dated else ""


@cache
def _instruments() -> dict[str, Instrument]:
    return {row.id: row for row in rows("states/instruments.csv", Instrument)}


@cache
def _records() -> dict[tuple[str, str], tuple[Record, ...]]:
    found: dict[tuple[str, str], tuple[Record, ...]] = {}
    for record in records():
        key = record.state, record.instrument
        found[key] = (*found.get(key, ()), record)
    return found


def instrument_labels(language: str) -> tuple[tuple[str, str, str], ...]:
    """(label, instrument id, kind) in a language."""
    return tuple(labels.in_language(LABELS, language))
