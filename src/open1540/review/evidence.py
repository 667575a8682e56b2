"""On what the record rests, how old that is, and how assistance asked for compares with what is unknown."""

from collections.abc import Iterator

import numpy as np

from open1540 import reference
from open1540.review.cells import BASES, BLANK, NO_YEAR, Cells, share
from open1540.review.groups import field_groups, regions, themes
from open1540.review.tables import Cell, Table, table

CHAPTER = "What the record rests on"
HELP_CHAPTER = "Assistance"
# Bands by the age, in years, of the day the evidence speaks of.
AGES = ((0, 2), (3, 5), (6, 10), (11, 99))


def tables(cells: Cells) -> list[Table]:
    """Basis and age of the evidence, and the requests for assistance on record."""
    return [_by_basis(cells), _by_age(cells), _requests(cells)]


def _by_basis(cells: Cells) -> Table:
    rows = (
        (group.id, basis, count, share(count, chosen.size))
        for group in field_groups(cells)
        if group.kind == "section"
        for chosen in [cells.bases[:, cells.of_fields(group.fields)]]
        for basis, count in zip(BASES, np.bincount(chosen.ravel(), minlength=len(BASES)).tolist(), strict=True)
    )
    return table(
        "evidence-by-basis",
        "On what the entries rest",
        [("section", "section"), ("basis", "basis"), ("entries", "count"), ("share of all", "share")],
        rows,
        notes=["The basis of an entry is that of its strongest evidence. None: the field is blank."],
        chapter=CHAPTER,
    )


def _by_age(cells: Cells) -> Table:
    filled = cells.codes != BLANK
    years = cells.years[filled].astype(np.int32)
    ages = cells.day.year - years[years != NO_YEAR]
    counts = [int(((ages >= first) & (ages <= last)).sum()) for first, last in AGES]
    rows: list[tuple[Cell, ...]] = [
        (f"{first}–{last}" if last < AGES[-1][1] else f"{first}+", count, share(count, years.size))
        for (first, last), count in zip(AGES, counts, strict=True)
    ]
    undated = int((years == NO_YEAR).sum())
    rows.append(("undated", undated, share(undated, years.size)))
    return table(
        "evidence-by-age",
        "How old the evidence is",
        [("years", "text"), ("entries", "count"), ("share of filled entries", "share")],
        rows,
        notes=[
            "Years between the day the evidence speaks of and the day of the review. Old evidence may still be right."
        ],
        chapter=CHAPTER,
    )


def _requests(cells: Cells) -> Table:
    """Requests set against what is unknown, by region and theme; never by State."""
    return table(
        "assistance-against-gaps",
        "Assistance asked for and what is unknown",
        [
            ("region", "region"),
            ("theme", "theme"),
            ("States", "count"),
            ("States that asked for assistance", "count"),
            ("requests that name the theme", "count"),
            ("share unknown", "share"),
        ],
        _request_rows(cells),
        notes=[
            "Requests are those the facts know of, most from a list of 2011 that names no subject. Requests without a subject, and "
            "those of regional organisations, count for no theme. The share unknown is that of the region's blank entries."
        ],
        chapter=HELP_CHAPTER,
    )


def _request_rows(cells: Cells) -> Iterator[tuple[Cell, ...]]:
    requests = reference.assistance_requests()
    topics = {theme.id: frozenset(theme.topics) for theme in reference.themes()}
    for region in regions(cells.states):
        if region.scheme != "regional group":
            continue
        own = [request for request in requests if request.state in region.states]
        asked = len({request.state for request in own})
        inside = cells.of_states(region.states)
        for theme in themes():
            named = len([request for request in own if not topics[theme.id].isdisjoint(request.topics)])
            chosen = cells.codes[np.ix_(inside, cells.of_fields(theme.fields))]
            yield (
                region.name,
                theme.id,
                len(region.states),
                asked,
                named,
                share(int((chosen == BLANK).sum()), int(chosen.size)),
            )
