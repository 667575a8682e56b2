"""Are the facts sound? Every check returns its problems as sentences; no sentence means none."""

from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import pairwise

import msgspec

from open1540.reference import labels
from open1540.reference.actors import actors
from open1540.reference.assistance import PROVIDERS, REQUESTS, AssistanceProvider, RequestRow, assistance_requests
from open1540.reference.check_criteria import check_criteria
from open1540.reference.check_events import check_events
from open1540.reference.check_letters import check_letters
from open1540.reference.check_matrix import check_matrix
from open1540.reference.check_national import check_national
from open1540.reference.check_offer_columns import check_offer_columns
from open1540.reference.check_requests import check_requests
from open1540.reference.check_states import check_states
from open1540.reference.check_tables import check_tables
from open1540.reference.crosswalk import TABLE as CROSSWALK
from open1540.reference.crosswalk import CrosswalkRow
from open1540.reference.facts import all_paths, cells, rows, sources
from open1540.reference.labels import LANGUAGES
from open1540.reference.matrix_words import VARIANTS, RowVariant
from open1540.reference.obligations import obligations
from open1540.reference.pathways import pathways
from open1540.reference.reporting import AGGREGATES, FIRST_REPORTS, AggregateFact, FirstReport, first_reports
from open1540.reference.resolutions import SUBJECTS, Subject, YearSpan, plausible_year, resolutions
from open1540.reference.services import services
from open1540.reference.states import states
from open1540.reference.status import instruments, records
from open1540.reference.templates import field_ids, templates
from open1540.reference.themes import themes
from open1540.reference.topics import broader_topics, topics
from open1540.vocabulary import Confidence, FactsError

MUST_BE_NAMED = (
    "UN",
    "UN.SC",
    "UN.SC.PRESIDENT",
    "UN.SC.1540COMMITTEE",
    "UN.SC.1540GOE",
    "IAEA",
    "OPCW",
    "WCO",
)


class _CouncilSeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    year: int
    state: str
    type: str
    source: str
    confidence: Confidence
    note: str | None


class _Chair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: str
    chair: str
    since: str | None
    until: str | None
    evidence: str
    source: str
    confidence: Confidence


TABLES: dict[str, type[msgspec.Struct]] = {
    FIRST_REPORTS: FirstReport,
    "states/council_members.csv": _CouncilSeat,
    "states/chairs.csv": _Chair,
    REQUESTS: RequestRow,
    PROVIDERS: AssistanceProvider,
    AGGREGATES: AggregateFact,
}


def problems() -> tuple[str, ...]:
    """Every problem of every table; empty where the facts are sound."""
    try:
        return tuple(_all())
    except FactsError as error:
        return (str(error),)


def _all() -> Iterator[str]:
    yield from check_tables()
    yield from _columns()
    yield from _sources()
    yield from _duplicates()
    yield from _languages()
    yield from _states()
    yield from check_states()
    yield from check_matrix()
    yield from check_national()
    yield from check_requests()
    yield from check_criteria()
    yield from check_events()
    yield from check_offer_columns()
    yield from check_letters()
    yield from _links()
    yield from _obligation_links()
    yield from _assistance()
    yield from _actors()
    yield from _dates()
    yield from _years()


def _columns() -> Iterator[str]:
    """Loading a table refuses columns and values its record does not have; the others are loaded by their own checks."""
    others: dict[str, type[msgspec.Struct]] = {VARIANTS: RowVariant, CROSSWALK: CrosswalkRow}
    for table, record in (TABLES | others).items():
        try:
            rows(table, record)
        except FactsError as error:
            yield str(error)


def _sources() -> Iterator[str]:
    known = sources()
    trees = (("matrix_templates", templates()), ("themes.yaml", themes()), ("pathways.yaml", pathways()))
    for path, held in trees:
        named = dict.fromkeys(source for one in held for source in one.source.split(";"))
        yield from (f"{path}: source {one!r} is in no table of facts/sources" for one in named if one not in known)


def _duplicates() -> Iterator[str]:
    counts = Counter(obligation.id for obligation in obligations())
    yield from (f"obligations.yaml: {key} stands there {count} times" for key, count in counts.items() if count > 1)
    for table in ("states/names.csv", "topics/labels.csv", "actors/labels.csv"):
        owners: dict[tuple[str, str], set[str]] = {}
        for row in labels.table(table):
            owners.setdefault((row.lang, row.label.casefold()), set()).add(row.id)
        for (language, label), named in owners.items():
            if len(named) > 1:
                yield f"{table}: {label!r} ({language}) names {' and '.join(sorted(named))}"


def _languages() -> Iterator[str]:
    wanted = {
        "states/names.csv": [state.iso3 for state in states()],
        "topics/labels.csv": [topic.id for topic in topics()],
        "actors/labels.csv": list(MUST_BE_NAMED),
    }
    for table, ids in wanted.items():
        named = labels.preferred(table)
        yield from (f"{table}: {i} has no name in {lang}" for i in ids for lang in LANGUAGES if (i, lang) not in named)
    for room, service in services().items():
        yield from (f"services.csv: {room} has no label in {lang}" for lang in LANGUAGES if lang not in service.labels)
    yield from _subjects()
    for one in obligations():
        yield from (
            f"obligations.yaml: {one.id} has no title in {lang}" for lang in LANGUAGES if lang not in one.titles
        )
    for table in (
        "states/names.csv",
        "actors/labels.csv",
        "topics/labels.csv",
        "states/instrument_labels.csv",
    ):
        yield from (f"{table}: language {r.lang!r} of {r.id}" for r in labels.table(table) if r.lang not in LANGUAGES)


def _subjects() -> Iterator[str]:
    wanted = {(one.subject, lang) for one in resolutions() for lang in LANGUAGES if lang != "en"}
    worded = {(row.subject, row.lang) for row in rows(SUBJECTS, Subject)}
    yield from (f"{SUBJECTS}: {subject!r} is not worded in {lang}" for subject, lang in sorted(wanted - worded))
    yield from (f"{SUBJECTS}: no resolution is about {subject!r} ({lang})" for subject, lang in sorted(worded - wanted))


def _states() -> Iterator[str]:
    everyone = states()
    codes = {state.iso3 for state in everyone}
    members = [state for state in everyone if state.un_status == "member"]
    if len(members) != 193:
        yield f"states/states.csv: {len(members)} Member States, not 193"
    known = {instrument.id for instrument in instruments()}
    for record in records():
        if record.state not in codes or record.instrument not in known:
            yield f"states/status.csv: unknown State or instrument in {record.state} {record.instrument}"


def _links() -> Iterator[str]:
    topic_ids = {topic.id for topic in topics()}
    obligation_ids = {obligation.id for obligation in obligations()} | {"scope"}
    rooms = services()
    for topic in topics():
        yield from (f"topics.csv: {topic.id}: broader {b!r} is unknown" for b in topic.broader if b not in topic_ids)
        yield from (
            f"topics.csv: {topic.id}: obligation {o!r} is unknown" for o in topic.obligations if o not in obligation_ids
        )
        if topic.room and topic.room not in rooms:
            yield f"topics.csv: {topic.id}: room {topic.room!r} is in no row of services.csv"
        if topic.id in broader_topics(topic.id):
            yield f"topics.csv: {topic.id} is broader than itself"
        yield from (f"topics.csv: {topic.id}: no field matches {p!r}" for p in topic.fields if not _matches(p))


def _obligation_links() -> Iterator[str]:
    topic_ids = {topic.id for topic in topics()}
    ids = {obligation.id for obligation in obligations()}
    for one in obligations():
        yield from (f"obligations.yaml: {one.id}: topic {t!r} is unknown" for t in one.topics if t not in topic_ids)
        yield from (f"obligations.yaml: {one.id}: no field matches {p!r}" for p in one.fields if not _matches(p))
        if one.parent and one.parent not in ids:
            yield f"obligations.yaml: {one.id}: parent {one.parent!r} is unknown"


def _assistance() -> Iterator[str]:
    topic_ids = {topic.id for topic in topics()}
    codes = {state.iso3 for state in states()}
    for request in assistance_requests():
        where = f"{REQUESTS}: {request.requester}"
        if request.state and request.state not in codes:
            yield f"{where}: State {request.state!r} is unknown"
        yield from (f"{where}: topic {topic!r} is unknown" for topic in request.topics if topic not in topic_ids)
    yield from (f"{FIRST_REPORTS}: State {code!r} is unknown" for code in first_reports() if code not in codes)


def _actors() -> Iterator[str]:
    ids = {actor.id for actor in actors()}
    parents = ids | {state.iso3 for state in states()}
    for actor in actors():
        if actor.parent and actor.parent not in parents:
            yield f"actors.csv: {actor.id}: parent {actor.parent!r} is unknown"
        if actor.since and actor.until and actor.until < actor.since[: len(actor.until)]:
            yield f"actors.csv: {actor.id} ends before it begins"
    named = {row.id for row in labels.table("actors/labels.csv")}
    yield from (f"actors.csv: {i} has no name" for i in sorted(ids - named))
    yield from (f"actors/labels.csv: {i} is in no row of actors.csv" for i in sorted(named - ids))


def _matches(pattern: str) -> bool:
    return any(fnmatchcase(field, pattern) for field in field_ids())


def _dates() -> Iterator[str]:
    for resolution in resolutions():
        year = int(resolution.symbol[-5:-1])
        if resolution.adopted_on.year != year:
            yield f"resolutions.csv: {resolution.symbol} adopted in {resolution.adopted_on.year}"
        if not plausible_year(resolution.number, year):
            yield f"resolutions.csv: {resolution.symbol} does not fit facts/resolution_years.csv"


def _years() -> Iterator[str]:
    # The Council numbers its resolutions in one row since 1946, so each year begins where the last one ended.
    spans = rows("resolution_years.csv", YearSpan)
    for before, after in pairwise(spans):
        if (after.year, after.first) != (before.year + 1, before.last + 1):
            yield f"resolution_years.csv: {after.year} does not begin where {before.year} ends"
    yield from (f"resolution_years.csv: {span.year} ends before it begins" for span in spans if span.last < span.first)


def table_sizes() -> dict[str, int]:
    """Number of rows of every CSV table of the facts, by path."""
    return {path: len(cells(path)) - 1 for path in all_paths(".csv")}
