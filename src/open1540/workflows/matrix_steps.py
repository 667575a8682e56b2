"""A version goes its way: sent to the State, commented, agreed, approved, published."""

import msgspec

from open1540 import reference
from open1540.matrix import steps
from open1540.matrix.record import (
    Comment,
    CommentKind,
    StepTaken,
    VersionRow,
)
from open1540.store import Store
from open1540.vocabulary import BadInput, UnknownCode
from open1540.workflows.database import opened
from open1540.workflows.matrix import no_versions, not_shown, now_utc
from open1540.workflows.permissions import Person, check


def take_step(
    state: str,
    verb: str,
    *,
    database_url: str | None,
    who: Person,
    number: int | None = None,
    reason: str = "",
) -> VersionRow:
    """Send a version to the State, agree to it, approve or publish it.

    Raises UnknownCode for a verb or version nobody knows, NotAllowed where the role may not or no version stands at the
    step before, Conflict where somebody took the step meanwhile.
    """
    own = reference.state(state).iso3
    if verb not in steps.VERBS:
        raise UnknownCode(
            f"step {verb!r}",
            expected="one of " + ", ".join(steps.VERBS),
            where="matrix step",
            remedy="choose one of these",
        )
    check(who, verb, own)
    with opened(database_url) as store:
        rows = _rows(store, own, number)
        row = steps.version_to_step(rows, verb, number)
        check(who, verb, own, row.step)
        taken = StepTaken(own, row.number, steps.VERBS[verb], now_utc(), who.name, who.role, reason)
        store.take_step(taken, row.step)
    return msgspec.structs.replace(row, step=taken.step)


def comment(
    state: str,
    field: str,
    text: str,
    *,
    database_url: str | None,
    who: Person,
    kind: CommentKind = "comment",
    number: int | None = None,
) -> Comment:
    """Keep a comment of the State, or a note of the experts, on a field of the latest version the role is shown.

    Raises UnknownCode for a field the template does not have, NotAllowed where the role may not say it there.
    """
    own = reference.state(state).iso3
    check(who, kind, own)
    if not text.strip():
        raise BadInput("an empty text", expected="a few words", where=f"{own} {field}", remedy="say what is meant")
    with opened(database_url) as store:
        rows = [row for row in _rows(store, own, number) if number is not None or row.step in who.sees.sees]
        row = next((row for row in rows if number in (None, row.number)), None)
        if row is None:
            raise not_shown(who, own, number)
        check(who, kind, own, row.step)
        known = reference.template(row.template).field(field).field
        said = Comment(own, row.number, known, kind, text.strip(), who.name, who.role, now_utc())
        store.add_comment(said)
    return said


def _rows(store: Store, state: str, number: int | None) -> list[VersionRow]:
    rows = store.versions(state)
    if not rows:
        raise no_versions(state)
    if number is not None and not any(row.number == number for row in rows):
        store.version(state, number)
    return rows
