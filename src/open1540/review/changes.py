"""What changed between two days: newly recorded, no longer recorded, otherwise changed."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from open1540.review.cells import RECORDED, Cells
from open1540.review.groups import field_groups, regions
from open1540.review.tables import Cell, Kind, Note, Table, table

CHAPTER = "What changed"
_COUNTED: tuple[tuple[str, Kind], ...] = (
    ("newly recorded", "count"),
    ("no longer recorded", "count"),
    ("otherwise changed", "count"),
    ("unchanged", "count"),
)


def tables(before: Cells, after: Cells) -> list[Table]:
    """The changes by field, by section and by region, over the States told of on both days."""
    both = sorted(set(before.states) & set(after.states))
    old, new = before.codes[before.of_states(both)], after.codes[after.of_states(both)]
    note = Note(
        "Entries of {before} against those of {after}, for the {states} States told of on both days. A change of the record is "
        "not always a change of the law: an older measure may have become known.",
        {"before": before.day, "after": after.day, "states": len(both)},
    )
    fields = ((field.field, *_changed(old[:, at], new[:, at])) for at, field in enumerate(after.fields))
    sections = [group for group in field_groups(after) if group.kind == "section"]
    by_section = (
        (group.id, *_changed(old[:, chosen], new[:, chosen]))
        for group in sections
        for chosen in [after.of_fields(group.fields)]
    )
    by_region = (
        (region.scheme, region.name, len(region.states), *_changed(old[chosen], new[chosen]))
        for region in regions(both)
        for chosen in [np.array([state in region.states for state in both], dtype=bool)]
    )
    return [
        _table("changes-by-section", "Changes by section", [("section", "section")], by_section, note),
        _table("changes-by-field", "Changes by field", [("field", "field")], fields, note),
        _table(
            "changes-by-region",
            "Changes by region",
            [("scheme", "text"), ("region", "region"), ("States", "count")],
            by_region,
            note,
        ),
    ]


def _changed(old: NDArray[np.uint8], new: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    newly = int(((old != RECORDED) & (new == RECORDED)).sum())
    lost = int(((old == RECORDED) & (new != RECORDED)).sum())
    same = int((old == new).sum())
    return newly, lost, int(old.size) - newly - lost - same, same


def _table(
    table_id: str, title: str, first: list[tuple[str, Kind]], rows: Iterable[Iterable[Cell]], note: Note
) -> Table:
    return table(table_id, title, [*first, *_COUNTED], rows, notes=[note], chapter=CHAPTER)
