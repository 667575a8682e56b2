"""The groups in which the review counts: of fields (obligation, weapon, theme ...) and of States (regions)."""

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from open1540 import reference
from open1540.review.cells import Cells
from open1540.review.tables import Kind

SECTIONS = ("I", "II", "III", "IV", "V")


class FieldGroup(msgspec.Struct, frozen=True):
    """Fields counted together: what the group is (an obligation, a weapon class ...), its id, its fields."""

    kind: Kind
    id: str
    fields: frozenset[str]


class Region(msgspec.Struct, frozen=True):
    """States counted together: a regional group of the General Assembly, or a region of M49 of one of three sizes."""

    scheme: str
    name: str
    states: frozenset[str]


def field_groups(cells: Cells) -> list[FieldGroup]:
    """Every group of fields that the template of the cells has, scheme by scheme, each in its own order."""
    known = frozenset(field.field for field in cells.fields)
    groups = [
        *(_group("obligation", one.id, reference.fields_matching(one.fields)) for one in reference.obligations()),
        *(_group("section", name, _having(cells, "section", name)) for name in SECTIONS),
        *(_group("weapon", name, _having(cells, "weapon", name)) for name in ("NW", "CW", "BW")),
        *(_group("aspect", name, _having(cells, "aspect", name)) for name in ("legal", "enforcement")),
        *themes(),
    ]
    inside = (msgspec.structs.replace(group, fields=group.fields & known) for group in groups)
    return [group for group in inside if group.fields]


@cache
def themes() -> tuple[FieldGroup, ...]:
    """The themes with their fields."""
    return tuple(_group("theme", one.id, one.matching()) for one in reference.themes())


def regions(states: Sequence[str]) -> list[Region]:
    """The regions that hold any of these States, scheme by scheme, by name; a State without one is in none."""
    found: dict[tuple[str, str], set[str]] = {}
    for code in states:
        state = reference.state(code)
        for scheme, name in (
            ("regional group", state.regional_group),
            ("M49 region", state.m49_region),
            ("M49 sub-region", state.m49_subregion),
            ("M49 intermediate region", state.m49_intermediate),
        ):
            if name:
                found.setdefault((scheme, name), set()).add(code)
    order = ("regional group", "M49 region", "M49 sub-region", "M49 intermediate region")
    named = sorted(found, key=lambda key: (order.index(key[0]), key[1]))
    return [Region(scheme, name, frozenset(found[scheme, name])) for scheme, name in named]


def _group(kind: Kind, group_id: str, fields: Iterable[str]) -> FieldGroup:
    return FieldGroup(kind, group_id, frozenset(fields))


def _having(cells: Cells, attribute: str, value: str) -> frozenset[str]:
    """Fields with this weapon or aspect, or whose section is this one or a part of it (``III-NW`` of ``III``)."""
    return frozenset(
        field.field
        for field in cells.fields
        if getattr(field, attribute) == value or (attribute == "section" and field.section.partition("-")[0] == value)
    )
