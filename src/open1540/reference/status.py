"""What States have consented to: treaties, regimes, organisations, as of a date and with the source shown."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540.reference import labels
from open1540.reference.facts import rows, source
from open1540.reference.states import state as find_state
from open1540.vocabulary import Confidence, UnknownCode

LABELS = "states/instrument_labels.csv"
RELIABILITY = {"official": 0, "secondary": 1, "tertiary": 2}
CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A treaty, regime, organisation or arrangement; ``fields`` are the matrix fields it bears on, ``;`` between."""

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
    """

    state: str
    instrument: str
    status: str
    since: str | None
    signed_on: str | None
    source: str
    as_of: str
    confidence: Confidence
    note: str | None


class Status(msgspec.Struct, frozen=True):
    """The status shown, why it is the one shown, and what other sources say.

    Attributes:
        value: the source's word (``party``, ``signatory``, ``member``, ``none`` ...), ``sources_disagree``,
            ``not yet`` (the consent recorded is later than the day asked) or ``unknown`` (no source says anything).
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
    ``unknown``, never ``none``.
    """
    code, wanted = find_state(state).iso3, instrument(instrument_id).id
    records = sorted(_records().get((code, wanted), ()), key=_rank)
    if not records:
        return Status(code, wanted, "unknown", None, "no source on record speaks of this State and instrument")
    best, *others = records
    rivals = [r for r in others if _rank(r)[:2] == _rank(best)[:2] and r.status != best.status]
    if rivals:
        return Status(code, wanted, "sources_disagree", best, "equally good sources differ", tuple(others))
    if on is not None and best.since is not None and best.since > on.isoformat()[: len(best.since)]:
        why = f"the only consent on record is of {best.since}, after the day asked"
        return Status(code, wanted, "not yet", best, why, tuple(others))
    return Status(code, wanted, best.status, best, _why(best, on, others), tuple(others))


def statuses(state: str, on: dt.date | None = None) -> tuple[Status, ...]:
    """The status of a State to every instrument."""
    return tuple(status(state, known.id, on) for known in instruments())


def records() -> tuple[Record, ...]:
    """Every record of every source."""
    return rows("states/status.csv", Record)


def _why(best: Record, on: dt.date | None, others: list[Record]) -> str:
    origin = source(best.source)
    chosen = "the only source" if not others else f"the best of {len(others) + 1} sources"
    dated = f"says so as of {best.as_of}"
    if on is not None and best.since is None:
        dated += "; it gives no date of consent, so the status on the day asked is inferred from that"
    return f"{chosen}, {origin.kind}, {dated}"


def _rank(record: Record) -> tuple[int, str, int]:
    newest_first = "".join(chr(255 - ord(c)) for c in record.as_of[:10] if c.isascii())
    return RELIABILITY[source(record.source).kind], newest_first, CONFIDENCE[record.confidence]


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
