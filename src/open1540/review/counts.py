"""What is recorded: entries counted by field, by group of fields, by region and over time. Nothing is counted for one State."""

from collections.abc import Iterator, Sequence

import numpy as np

from open1540.review.cells import RECORDED, Cells, share, tally
from open1540.review.groups import field_groups, regions
from open1540.review.tables import Cell, Kind, Note, Table, table

EXTREMES = 15
_COUNTED: tuple[tuple[str, Kind], ...] = (
    ("recorded", "count"),
    ("unclear", "count"),
    ("not applicable", "count"),
    ("unknown", "count"),
    ("share recorded", "share"),
)
_NOTE = (
    "Entries with the code X (recorded), ? (unclear), NA and blank. Blank means that nothing is recorded, not that there is no "
    "measure. The share leaves out what does not apply."
)
CHAPTER = "What is recorded"


def tables(days: Sequence[Cells]) -> list[Table]:
    """The counts of the latest day, and of all days side by side."""
    latest = days[-1]
    return [
        _by_field(latest),
        _over_time(days),
        *_by_group(latest),
        _by_region(latest),
        _extreme(latest, most=True),
        _extreme(latest, most=False),
    ]


def counted(recorded: int, unclear: int, not_applicable: int, unknown: int) -> tuple[Cell, ...]:
    """The cells of the five counting columns."""
    return (recorded, unclear, not_applicable, unknown, share(recorded, recorded + unclear + unknown))


def _by_field(cells: Cells) -> Table:
    rows = (
        (field.field, field.section, field.weapon, field.aspect, *counted(*tally(cells.codes[:, at])))
        for at, field in enumerate(cells.fields)
    )
    columns: list[tuple[str, Kind]] = [
        ("field", "field"),
        ("section", "section"),
        ("weapon", "weapon"),
        ("aspect", "aspect"),
        *_COUNTED,
    ]
    return table("recorded-by-field", "Entries by field", columns, rows, notes=[_NOTE], chapter=CHAPTER)


def _by_group(cells: Cells) -> Iterator[Table]:
    groups = field_groups(cells)
    for kind in dict.fromkeys(group.kind for group in groups):
        rows = (
            (group.id, len(group.fields), *counted(*tally(cells.codes[:, cells.of_fields(group.fields)])))
            for group in groups
            if group.kind == kind
        )
        columns: list[tuple[str, Kind]] = [(kind, kind), ("fields", "count"), *_COUNTED]
        yield table(f"recorded-by-{kind}", f"Entries by {kind}", columns, rows, notes=[_NOTE], chapter=CHAPTER)


def _by_region(cells: Cells) -> Table:
    sections = [group for group in field_groups(cells) if group.kind == "section"]
    rows = (
        (
            region.scheme,
            region.name,
            len(region.states),
            group.id,
            *counted(*tally(cells.codes[np.ix_(cells.of_states(region.states), cells.of_fields(group.fields))])),
        )
        for region in regions(cells.states)
        for group in sections
    )
    columns: list[tuple[str, Kind]] = [
        ("scheme", "text"),
        ("region", "region"),
        ("States", "count"),
        ("section", "section"),
        *_COUNTED,
    ]
    notes = [_NOTE, "Regions differ in the number of States: compare shares, and mind how much is unknown."]
    return table("recorded-by-region", "Entries by region and section", columns, rows, notes=notes, chapter=CHAPTER)


def _over_time(days: Sequence[Cells]) -> Table:
    rows = (
        (cells.day.isoformat(), group.id, *counted(*tally(cells.codes[:, cells.of_fields(group.fields)])))
        for cells in days
        for group in field_groups(cells)
        if group.kind == "section"
    )
    columns: list[tuple[str, Kind]] = [("day", "day"), ("section", "section"), *_COUNTED]
    notes = [_NOTE, "More entries on a later day can mean new measures, or only better knowledge of old ones."]
    return table("recorded-over-time", "Entries over time", columns, rows, notes=notes, chapter=CHAPTER)


def _extreme(cells: Cells, most: bool) -> Table:
    """The most or the least recorded fields; all that share the last place are listed, in printed order."""
    recorded = (cells.codes == RECORDED).sum(axis=0)
    ranked = np.sort(recorded)[::-1] if most else np.sort(recorded)
    limit = ranked[min(EXTREMES, len(ranked)) - 1] if len(ranked) else 0
    inside = [at for at, count in enumerate(recorded) if (count >= limit if most else count <= limit)]
    inside.sort(key=lambda at: -int(recorded[at]) if most else int(recorded[at]))
    rows = ((cells.fields[at].field, *counted(*tally(cells.codes[:, at]))) for at in inside)
    columns: list[tuple[str, Kind]] = [("field", "field"), *_COUNTED]
    word = "most" if most else "least"
    notes: list[Note | str] = [
        _NOTE,
        Note("The first {number} fields and all that are recorded as often as the last of them.", {"number": EXTREMES}),
    ]
    title = "Fields most often recorded" if most else "Fields least often recorded"
    return table(f"{word}-recorded", title, columns, rows, notes=notes, chapter=CHAPTER)
