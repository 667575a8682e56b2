"""Are the names of States, their former names and their statuses consistent? Problems come back as sentences."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from open1540.reference import labels
from open1540.reference.facts import sources
from open1540.reference.labels import LANGUAGES
from open1540.reference.states import NAMES, FormerName, ambiguous_names, former_names, state, states
from open1540.reference.status import LABELS, Record, instruments, records
from open1540.reference.templates import field_ids
from open1540.vocabulary import UnknownCode

KINDS = ("preferred", "formal", "variant", "former", "inflected", "adjective")
# Kinds of instruments that texts cite as treaties; organisations and regimes have their names among the actors.
CITED = ("treaty", "zone")


def check_states() -> list[str]:
    """What is wrong with the facts on States, one sentence a problem; empty where nothing is."""
    return [*_labels(), *_resolution(), *_ambiguous(), *_former(), *_instruments(), *_records()]


def _labels() -> Iterator[str]:
    for table in (NAMES, LABELS):
        for row in labels.table(table):
            if row.label != unicodedata.normalize("NFC", row.label).strip():
                yield f"{table}: {row.label!r} is not in normal form C or has a blank at an end"
            if row.kind not in KINDS:
                yield f"{table}: {row.label!r} has the unknown kind {row.kind!r}"
        preferred = Counter((row.id, row.lang) for row in labels.table(table) if row.kind == "preferred")
        yield from (f"{table}: {i} has {n} preferred names in {lang}" for (i, lang), n in preferred.items() if n > 1)


def _resolution() -> Iterator[str]:
    """Every name, current or former, must lead back to its own State."""
    for table, held in ((NAMES, labels.table(NAMES)), ("states/former_names.csv", former_names())):
        for row in held:
            try:
                found = state(row.label).iso3
            except UnknownCode:
                found = "no State"
            if found != row.id:
                yield f"{table}: {row.label!r} is a name of {row.id} but leads to {found}"


def _ambiguous() -> Iterator[str]:
    names = {(row.lang, row.label) for row in labels.table(NAMES)}
    for row in ambiguous_names():
        if (row.lang, row.label) not in names:
            yield f"states/ambiguous.csv: {row.label!r} ({row.lang}) is no name of a State"
        for phrase in (row.not_in or "").split(";") if row.not_in else ():
            if row.label.casefold() not in phrase.casefold():
                yield f"states/ambiguous.csv: {phrase!r} does not hold {row.label!r}"
            if (row.lang, phrase) in names:
                yield f"states/ambiguous.csv: {phrase!r} is itself a name of a State"


def _former() -> Iterator[str]:
    known = {one.iso3 for one in states()}
    by_name: dict[tuple[str, str], list[FormerName]] = {}
    for row in former_names():
        by_name.setdefault((row.id, row.lang), []).append(row)
        if row.id not in known:
            yield f"states/former_names.csv: {row.id} is no State"
        if row.since and row.until and row.since > row.until:
            yield f"states/former_names.csv: {row.label!r} ends before it begins"
    for (code, language), held in by_name.items():
        ordered = sorted(held, key=lambda row: row.since.isoformat() if row.since else "")
        for earlier, later in pairwise(ordered):
            if later.since is None or earlier.until is None or earlier.until >= later.since:
                yield f"states/former_names.csv: two names of {code} ({language}) held on one day: {earlier.label}, {later.label}"


def _instruments() -> Iterator[str]:
    known = {one.id for one in instruments()}
    yield from (f"{LABELS}: {row.id} is no instrument" for row in labels.table(LABELS) if row.id not in known)
    named = labels.preferred(LABELS)
    fields = set(field_ids())
    for one in instruments():
        if one.kind in CITED:
            yield from (
                f"{LABELS}: {one.id} has no name in {lang}" for lang in LANGUAGES if (one.id, lang) not in named
            )
        for field in one.fields.split(";"):
            if field not in fields:
                yield f"states/instruments.csv: {one.id}: no matrix field {field!r}"


def _records() -> Iterator[str]:
    known = sources()
    for record in records():
        where = f"states/status.csv: {record.state} {record.instrument}"
        for listed in (record.agreed_by, record.absent_from):
            for source_id in listed.split(";") if listed else ():
                if source_id not in known:
                    yield f"{where}: source {source_id!r} is in no table of facts/sources"
        if _signed_later(record):
            yield f"{where}: signed on {record.signed_on}, after the consent of {record.since}"


def _signed_later(record: Record) -> bool:
    if record.since is None or record.signed_on is None:
        return False
    length = min(len(record.since), len(record.signed_on))
    return record.signed_on[:length] > record.since[:length]
