"""Who may do what with a matrix, and what each role is shown; the table is ``facts/permissions.yaml``."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540 import reference
from open1540.matrix.record import STEPS, Comment, Step
from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, NotAllowed, UnknownCode

TABLE = "permissions.yaml"
# Other names under which people know the roles.
_NAMES = {"point of contact": "contact", "state": "contact", "admin": "administrator"}


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a role is called and shown; ``own`` where it acts for one State only."""

    title: str
    sees: tuple[Step, ...]
    comments: bool
    notes: bool
    withheld: bool
    documents: tuple[Literal["everyone", "members", "own", "States"], ...]
    requests: tuple[reference.Standing, ...]
    own: bool = False


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which roles may do something, and at which steps of a version."""

    roles: tuple[str, ...]
    at: tuple[Step, ...] = STEPS


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    roles: dict[str, Role]
    actions: dict[str, Action]


class Person(msgspec.Struct, frozen=True):
    """Who asks: a name for the log, a role, and the State a point of contact acts for (None: the State it asks about)."""

    name: str
    role: str = "expert"
    state: str | None = None

    @property
    def sees(self) -> Role:
        """What the role is shown."""
        return table().roles[self.role]


@cache
def table() -> _Table:
    """The table of roles and actions."""
    return tree(TABLE, _Table)


def person(name: str, role: str = "expert") -> Person:
    """Whoever has a name and a role as written: ``expert``, ``contact:FRA``, ``committee``, ``administrator``, ``reader``.

    Raises UnknownCode where there is no such role or State.
    """
    title, _, state = role.partition(":")
    known = _NAMES.get(title.strip().casefold(), title.strip().casefold())
    if known not in table().roles:
        raise UnknownCode(
            f"role {role!r}",
            expected="one of " + ", ".join(table().roles) + "; contact:FRA for the point of contact of a State",
            where="--as",
            remedy="choose one of these",
        )
    return Person(name, known, reference.state(state).iso3 if state else None)


def check(who: Person, action: str, state: str, step: Step | None = None) -> None:
    """Raise NotAllowed unless the person may take the action on the State's matrix, at the step it stands at."""
    allowed = table().actions[action]
    if who.role not in allowed.roles:
        raise NotAllowed(
            f"{who.sees.title} who would {action}",
            expected=" or ".join(table().roles[role].title for role in allowed.roles),
            where=f"matrix of {state}",
            remedy=f"ask one of them, or act as one where you are: --as {allowed.roles[0]}",
        )
    check_state(who, state)
    if step is not None and step not in allowed.at:
        raise NotAllowed(
            f"a version at the step {step!r}, on which nobody can {action}",
            expected="a version at the step " + " or ".join(repr(one) for one in allowed.at),
            where=f"matrix of {state}",
            remedy=f"run `open1540 matrix versions {state}` to see where each version stands",
        )


def is_open(who: Person, action: str, state: str, step: Step | None = None) -> bool:
    """Whether ``check`` would let the person take the action, so that a door need not show what would be refused."""
    try:
        check(who, action, state, step)
    except NotAllowed:
        return False
    return True


def check_open(who: Person, action: str) -> None:
    """Raise NotAllowed unless the role of the person is open to an action that concerns no matrix."""
    if not may(who, action):
        allowed = table().actions[action].roles
        raise NotAllowed(
            f"{who.sees.title}",
            expected=" or ".join(table().roles[role].title for role in allowed),
            where=action,
            remedy="sign in as one of them, or ask an administrator for the role",
        )


def may(who: Person, action: str) -> bool:
    """Whether the role of a person is open to an action at all, so that a door need not show what would be refused."""
    return who.role in table().actions[action].roles


def is_shown(who: Person, shown_to: str) -> bool:
    """Whether a person is shown a document kept for ``everyone``, for ``members``, or for one State."""
    sees = who.sees.documents
    if shown_to in ("everyone", "members"):
        return shown_to in sees
    return "States" in sees or ("own" in sees and who.state == shown_to)


def is_shown_request(who: Person, state: str | None, by: str, standing: reference.Standing) -> bool:
    """Whether a person is shown a request for assistance.

    A State always sees its own, an expert what he or she wrote for one; others see it once it has come so far.
    """
    own = who.sees.own and state is not None and who.state in (None, state)
    written = may(who, "request") and not who.sees.own and by == who.name
    return own or written or standing in who.sees.requests


def readers_given(who: Person, shown_to: str) -> str:
    """Who a document is to be shown to by the wish of a person: ``everyone``, ``members`` or the code of a State.

    Left empty, it belongs to the State of a point of contact and is for members otherwise. Raises NotAllowed where the
    person would not be among its readers.
    """
    wanted = shown_to or who.state or "members"
    readers = wanted if wanted in ("everyone", "members") else reference.state(wanted).iso3
    if not is_shown(who, readers):
        raise NotAllowed(
            f"{who.sees.title}, who would not be shown documents kept for {readers}",
            expected="readers you are among: everyone, members, or the State you act for",
            where="who may read it",
            remedy="choose one of these",
        )
    return readers


def seen_with_others(who: Person) -> Person:
    """A person as one who asks about many States at once: a point of contact then sees what is published, as any reader."""
    return Person(who.name, "reader") if who.sees.own else who


def seen_of(who: Person, state: str) -> Person:
    """A person as one who asks about a State: a point of contact sees of another than its own what is published."""
    return who if who.state in (None, state) else seen_with_others(who)


def check_state(who: Person, state: str) -> None:
    """Raise NotAllowed where a point of contact asks about the matrix of another State."""
    if who.sees.own and who.state not in (None, state):
        raise NotAllowed(
            f"the point of contact of {who.state}",
            expected=f"the point of contact of {state}",
            where=f"matrix of {state}",
            remedy=f"ask the Group of Experts, or read what is published: open1540 matrix show {state} --as reader",
        )


def comments_for(who: Person, comments: list[Comment]) -> tuple[Comment, ...]:
    """The comments and notes a person is shown; the experts' notes never reach the State."""
    seen = who.sees
    return tuple(c for c in comments if (seen.notes if c.kind == "note" else seen.comments))
