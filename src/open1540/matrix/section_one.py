"""Section I of a State's matrix, filled from what sources say of its treaties, regimes and memberships on a day."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from open1540 import reference
from open1540.reference import Status, Template
from open1540.reference.facts import tree
from open1540.reference.status import Record
from open1540.vocabulary import Basis, Code, Confidence, Entry, Evidence, Validity

SECTION = "I"
_CODES = "status_codes.yaml"
# Words of open1540 itself, not of a source: it looked and can show no record for the day.
_SILENT = ("unknown",)
_WEIGHT: dict[Code | None, int] = {"X": 0, "?": 1, "": 2, "NA": 2, None: 3}
_RELIABILITY = {"official": 0, "secondary": 1, "tertiary": 2}
_SPOKEN = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?!\d)(?:-\d\d)?)?")


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a status means in the matrix: the code, and the words of a citation."""

    code: Code
    words: str


class _Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    codes: dict[str, Meaning]


def meaning(status: str, instrument: str) -> Meaning:
    """What a status word means for an instrument. A word no fact explains is unclear, never recorded."""
    known = _codes()
    kind = reference.instrument(instrument).kind
    return known.get(f"{kind}.{status}") or known.get(status) or Meaning("?", status.replace("_", " "))


def section_one(state: str, on: dt.date, template: Template) -> tuple[Entry, ...]:
    """The entries of section I that sources say something of, in the template's order; all other fields are blank.

    Arguments:
        state: code or name of a State.
        on: the day asked for: consent given later does not count.
        template: whose fields to fill.

    A field several instruments bear on is recorded where one of them is; all are cited. Where equally good sources
    disagree on one of them the field is unclear and says so. Raises UnknownCode where there is no such State.
    """
    code = reference.state(state).iso3
    told = {status.instrument: status for status in reference.statuses(code, on=on)}
    entries = []
    for field, instruments in _instruments(template.id).items():
        spoken = [told[one] for one in instruments if told[one].value not in _SILENT]
        if spoken:
            entries.append(_entry(code, field, spoken))
    return tuple(entries)


def fields(template: Template) -> tuple[str, ...]:
    """The fields of section I, those no source can fill among them."""
    return tuple(field.field for field in template.fields if field.section == SECTION)


def same_record(one: Entry, other: Entry) -> bool:
    """Whether two entries rest on the same records, even where the day asked about lets their reasons be worded otherwise."""
    return _without_reasons(one) == _without_reasons(other)


def _without_reasons(entry: Entry) -> Entry:
    bare = tuple(msgspec.structs.replace(item, text="") for item in entry.evidence)
    return msgspec.structs.replace(entry, evidence=bare)


def _entry(state: str, field: str, spoken: Sequence[Status]) -> Entry:
    disputed = any(status.value == "sources_disagree" for status in spoken)
    evidence = sorted(
        (item for status in spoken for item in _evidence(status)),
        key=lambda item: _WEIGHT[item.gives],
    )
    code: Code = (
        "?" if disputed else min((meaning(s.value, s.instrument).code for s in spoken), key=lambda c: _WEIGHT[c])
    )
    alone = spoken[0].shown if len(spoken) == 1 else None
    return Entry(
        state,
        field,
        code,
        citations=tuple(dict.fromkeys(item.citation for item in evidence)),
        remarks="; ".join(remark for status in spoken if (remark := _remark(status))),
        evidence=tuple(evidence),
        validity=Validity(_day(alone.since)) if alone and code == "X" else Validity(),
        basis=evidence[0].basis if evidence else "none",
        as_of=evidence[0].as_of if evidence else None,
        disputed=disputed,
    )


def _evidence(status: Status) -> Iterable[Evidence]:
    """The record shown, and where sources disagree all of them; a status that leaves the field blank supports nothing."""
    if status.shown is None or not meaning(status.value, status.instrument).code:
        return
    records = (status.shown, *status.others) if status.value == "sources_disagree" else (status.shown,)
    title = reference.instrument(status.instrument).title
    for record in records:
        said = record.status if status.value == "sources_disagree" else status.value
        since = record.signed_on if said == "signatory" else record.since
        told = meaning(said, status.instrument)
        yield Evidence(
            citation=f"{title}: {told.words}" + (f", {since}" if since else ""),
            basis=_basis(record),
            source=record.source,
            as_of=_spoken(record),
            confidence=record.confidence,
            text="; ".join(part for part in (status.why, record.note) if part),
            gives="?" if len(records) > 1 else told.code,
        )


def _remark(status: Status) -> str:
    """What a reader must know beside the code: a lesser tie, a dispute, a source that records no consent."""
    told = meaning(status.value, status.instrument)
    if told.code == "X" or status.shown is None:
        return ""
    title = reference.instrument(status.instrument).title
    if status.value == "sources_disagree":
        return f"{title}: {told.words} ({_sides(status, status.shown)})"
    if told.code == "?":
        return f"{title}: {told.words}"
    if status.value == "not yet":
        return f"{title}: {told.words}, consent followed on {status.shown.since}"
    day = _spoken(status.shown)
    return f"{title}: {told.words} ({reference.source(status.shown.source).title}{f', {day}' if day else ''})"


def _sides(status: Status, shown: Record) -> str:
    """What each source says; a table may itself note that its sources differ."""
    if not status.others:
        return shown.note or reference.source(shown.source).title
    records = (shown, *status.others)
    words = (f"{reference.source(r.source).title}: {meaning(r.status, r.instrument).words}" for r in records)
    return ", ".join(words)


def _basis(record: Record) -> Basis:
    official = _RELIABILITY[reference.source(record.source).kind] == 0
    return "official record" if official else "secondary source"


def _spoken(record: Record) -> str | None:
    """The day, month or year a source speaks of; None where it is undated."""
    found = _SPOKEN.search(record.as_of)
    return found[0] if found else None


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written and len(written) == len("2004-04-28") else None


@cache
def _codes() -> dict[str, Meaning]:
    return tree(_CODES, _Codes).codes


@cache
def _instruments(template_id: str) -> dict[str, tuple[str, ...]]:
    """The instruments that bear on each field of section I, in the template's order."""
    own = fields(reference.template(template_id))
    bearing: dict[str, list[str]] = {field: [] for field in own}
    for instrument in reference.instruments():
        for field in instrument.fields.split(";"):
            if field in bearing:
                bearing[field].append(instrument.id)
    return {field: tuple(found) for field, found in bearing.items()}
