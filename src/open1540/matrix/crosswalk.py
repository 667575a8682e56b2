"""Carries entries from one generation of the template to another, and says what cannot be carried."""

from collections.abc import Iterable

import msgspec

from open1540 import reference
from open1540.reference import Link
from open1540.vocabulary import Entry


class NotCarried(msgspec.Struct, frozen=True):
    """An entry that has no certain place in the other template.

    Attributes:
        entry: as it stands in the template it is of.
        why: in words.
        candidates: fields of the other template that bear on it; a person may put it there.
    """

    entry: Entry
    why: str
    candidates: tuple[str, ...] = ()


class Carried(msgspec.Struct, frozen=True):
    """Entries under the fields of another template, and those that stayed behind."""

    template: str
    entries: tuple[Entry, ...]
    left: tuple[NotCarried, ...]


def carry(entries: Iterable[Entry], from_template: str, to_template: str) -> Carried:
    """The entries under the fields of another template. Only a field that means the same takes over an entry.

    What the other field covers only in part, or covers beside other things, is left to a person, with the candidates.
    Raises UnknownCode where there is no such template.
    """
    if from_template == to_template:
        return Carried(to_template, tuple(entries), ())
    walk = reference.crosswalk(from_template, to_template)
    order = {field.field: place for place, field in enumerate(reference.template(to_template).fields)}
    carried, left = [], []
    for entry in entries:
        links = walk.links.get(entry.field, ())
        same = next((link.field for link in links if link.relation == "same"), None)
        if same is None:
            left.append(_not_carried(entry, links, to_template))
        else:
            carried.append(msgspec.structs.replace(entry, field=same))
    return Carried(to_template, tuple(sorted(carried, key=lambda entry: order[entry.field])), tuple(left))


def _not_carried(entry: Entry, links: tuple[Link, ...], to_template: str) -> NotCarried:
    if not links:
        return NotCarried(entry, f"{to_template} has no field for it")
    relations = ", ".join(dict.fromkeys(link.relation for link in links))
    return NotCarried(entry, f"the fields of {to_template} mean something else ({relations})", _fields(links))


def _fields(links: tuple[Link, ...]) -> tuple[str, ...]:
    return tuple(link.field for link in links)
