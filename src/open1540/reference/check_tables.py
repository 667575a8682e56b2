"""What every file of the facts must keep to, whatever it holds: nothing named twice, known sources, dates that exist."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from open1540.reference.facts import all_paths, cells, outline, sources

# Columns that hold a day, a month or a year.
DAYS = frozenset(
    [
        "since",
        "until",
        "adopted_on",
        "mandate_until",
        "signed_on",
        "opened_on",
        "in_force_since",
        "requested_on",
        "reported_on",
        "admitted_on",
    ]
)
# Columns that say in a source's own words when it spoke: "2026-02 (last edition)"; the date in them must exist.
SPOKEN = frozenset({"as_of", "retrieved"})
# What names a row, where it is not the first column alone.
KEYS = {
    "actors/labels.csv": ("id", "lang", "label"),
    "matrix_templates/crosswalk.csv": ("from_template", "from_field", "to_template", "to_field"),
    "matrix_templates/labels.csv": ("row", "lang"),
    "matrix_templates/variants.csv": ("row", "lang", "label"),
    "resolution_subjects.csv": ("subject", "lang"),
    "services.csv": ("id", "lang"),
    "states/aggregate_facts.csv": ("fact", "value", "as_of", "source"),
    "states/ambiguous.csv": ("lang", "label"),
    "states/assistance_providers.csv": ("state", "provider"),
    "states/assistance_requests.csv": ("state", "requester", "requested_on", "subject"),
    "states/chairs.csv": ("state", "chair", "since"),
    "states/council_members.csv": ("year", "state"),
    "states/former_names.csv": ("id", "lang", "label", "since"),
    "states/instrument_labels.csv": ("id", "lang", "label"),
    "states/names.csv": ("id", "lang", "label"),
    "states/status.csv": ("state", "instrument", "source"),
    "topics/labels.csv": ("id", "lang", "label"),
}
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WRITTEN = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def check_tables() -> Iterator[str]:
    """What is wrong with any CSV table or YAML tree, one sentence a problem."""
    for path in all_paths(".csv"):
        yield from check_table(path)
    for path in all_paths(".yaml"):
        yield from check_tree(path)


def check_table(path: str) -> Iterator[str]:
    """What is wrong with one CSV table."""
    header, *lines = cells(path)
    key = [header.index(column) for column in KEYS.get(path, header[:1])]
    counts = Counter(" ".join(line[position] for position in key) for line in lines)
    yield from (f"{path}: {named} stands there {count} times" for named, count in counts.items() if count > 1)
    for position, column in enumerate(header):
        yield from _in_file(path, column, dict.fromkeys(line[position] for line in lines))


def check_tree(path: str) -> Iterator[str]:
    """What is wrong with one YAML tree."""
    top, repeated = outline(path)
    yield from (f"{path}: the key {key!r} stands there twice" for key in repeated)
    for name, value in top.items():
        yield from _in_file(path, name, [value])


def _in_file(path: str, column: str, values: Iterable[str]) -> Iterator[str]:
    return (f"{path}: {problem}" for problem in _wrong(column, values))


def _wrong(column: str, values: Iterable[str]) -> Iterator[str]:
    if column == "source":
        known = sources()
        for value in values:
            yield from (
                f"source {one!r} is in no table of facts/sources" for one in value.split(";") if one not in known
            )
    elif column in DAYS:
        yield from (f"{column} {value!r} is no date" for value in values if value and not is_date(value))
    elif column in SPOKEN:
        yield from (f"{column} {value!r} holds no date" for value in values if not _speaks_of_a_day(column, value))


def _speaks_of_a_day(column: str, value: str) -> bool:
    # A source recalled rather than read was read on no day.
    if not value:
        return column == "retrieved"
    return bool(value.startswith("undated") or _YEAR.search(value)) and all(
        is_date(written) for written in _WRITTEN.findall(value)
    )


def is_date(written: str) -> bool:
    """Whether this is a day, a month or a year of the calendar, as ISO 8601 writes them."""
    if not _DATE.fullmatch(written):
        return False
    try:
        dt.date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        return False
    return True
