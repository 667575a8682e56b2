"""Are the columns of offers and the names of regions sound? Every problem is a sentence."""

from collections.abc import Iterator, Mapping
from typing import get_args

from open1540.reference.iati import CODES, iati
from open1540.reference.labels import LANGUAGES, folded
from open1540.reference.offer_columns import (
    COLUMNS,
    REGIONS,
    Exchanged,
    activity_statuses,
    named_regions,
    offer_columns,
    provider_kinds,
)
from open1540.reference.states import regions


def check_offer_columns() -> Iterator[str]:
    """Problems of ``facts/assistance/columns.yaml``, ``regions.yaml`` and ``iati.yaml``."""
    for kind in get_args(Exchanged):
        named: dict[str, str] = {}
        for column in offer_columns(kind):
            yield from _titled(COLUMNS, column.id, column.titles)
            for heading in {folded(title) for title in (*column.titles.values(), *column.also)}:
                if named.setdefault(heading, column.id) != column.id:
                    yield f"{COLUMNS}: {kind}: heading {heading!r} means {named[heading]} and {column.id}"
    for key, titles in (provider_kinds() | activity_statuses()).items():
        yield from _titled(COLUMNS, key, titles)
    for region in named_regions():
        yield from _titled(REGIONS, region.name, region.titles)
    coded = ((provider_kinds(), iati().providers), (activity_statuses(), iati().statuses))
    yield from (
        f"{CODES}: {key!r} has no code" for named_here, codes in coded for key in named_here if key not in codes
    )
    known, told = set(regions()), {region.name for region in named_regions()}
    yield from (f"{REGIONS}: {name!r} is in one of the tables only" for name in sorted(known ^ told))


def _titled(path: str, what: str, titles: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{path}: {what} has no title in {language}" for language in LANGUAGES if not titles.get(language))
