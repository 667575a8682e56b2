"""One field of a State's matrix with all it rests on: its evidence, who judged it, and what earlier versions said of it."""

import msgspec

from open1540 import reference
from open1540.matrix import steps
from open1540.matrix.record import VersionRow
from open1540.store import DocumentRow, Store
from open1540.vocabulary import Entry, Judgement
from open1540.workflows import matrix
from open1540.workflows.database import opened
from open1540.workflows.matrix import ShownEntry, ShownMatrix
from open1540.workflows.permissions import Person, is_shown, seen_of

# Versions looked through for what they said of a field, unless all are asked for.
LOOKED_BACK = 40


class Past(msgspec.Struct, frozen=True):
    """A version that changed the field, and what the field said from then on."""

    version: VersionRow
    entry: Entry


class FieldShown(msgspec.Struct, frozen=True):
    """A field as a role is shown it.

    Attributes:
        matrix: the matrix it is of, with this field alone.
        documents: the kept documents its evidence points to, by id; those the role may open are in ``open``.
        judgements: on the proposals its evidence came from, first to last, by proposal; none for a role at no work on it.
        history: the versions that changed it, the latest first.
        earlier: whether there are versions before those looked through.
    """

    matrix: ShownMatrix
    shown: ShownEntry
    documents: dict[str, DocumentRow]
    open: tuple[str, ...]
    judgements: dict[str, tuple[Judgement, ...]]
    history: tuple[Past, ...]
    earlier: bool


def of_field(
    state: str,
    field: str,
    *,
    database_url: str | None,
    who: Person,
    number: int | None = None,
    on: str | None = None,
    all_versions: bool = False,
) -> FieldShown:
    """What a field says, on what it rests, and how it came to say so.

    Arguments:
        number: of the version asked about; default the latest of the day ``on`` (ISO, default today).
        all_versions: look through every version for the field's history.

    Raises UnknownCode for a State, field or version nobody knows, NotAllowed for a version the role is not shown.
    """
    own = reference.state(state).iso3
    who = seen_of(who, own)
    shown = matrix.show(own, database_url=database_url, who=who, on=on, section=field, number=number)
    one = next((entry for entry in shown.entries if entry.field == field), None)
    if one is None:
        reference.template(shown.template).field(field)
        raise AssertionError("a field of the template that its matrix does not show")
    with opened(database_url) as store:
        documents = {row.id: row for row in store.documents() if row.id in one.sources} if one.sources else {}
        past, earlier = _history(store, own, field, who, all_versions)
        return FieldShown(
            shown,
            one,
            documents,
            tuple(row.id for row in documents.values() if is_shown(who, row.shown_to)),
            _judgements(store, one.entry) if who.sees.comments else {},
            past,
            earlier,
        )


def _judgements(store: Store, entry: Entry) -> dict[str, tuple[Judgement, ...]]:
    found = {}
    for proposal in (item.proposal for item in entry.evidence if item.proposal):
        whole = proposal.partition(":")[0]
        given = sorted((*store.judgements(proposal), *store.judgements(whole)), key=lambda one: one.at)
        found[proposal] = tuple(given)
    return found


def _history(store: Store, state: str, field: str, who: Person, everything: bool) -> tuple[tuple[Past, ...], bool]:
    rows = [row for row in store.versions(state) if row.step in who.sees.sees]
    looked = rows if everything else rows[:LOOKED_BACK]
    withheld = frozenset[str]() if who.sees.withheld else store.withheld(state)
    found: list[Past] = []
    for row in reversed(looked):
        version = store.version(state, row.number)
        if version is None:
            continue
        entry = (version if who.sees.withheld else steps.shown_to_others(version, withheld)).entry(field)
        if not found or found[-1].entry != entry:
            found.append(Past(row, entry))
    return tuple(reversed(found)), len(looked) < len(rows)
