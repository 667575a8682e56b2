"""What of the procedure of requests awaits a person: the steps open to it now, the overdue first."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from open1540 import reference
from open1540.assistance import workdays
from open1540.assistance.procedure import Open, Progress
from open1540.workflows import assistance_requests
from open1540.workflows.assistance_requests import Shown, today
from open1540.workflows.permissions import Person, may

# A step due later than this awaits nobody yet.
AHEAD = dt.timedelta(days=31)
# Steps that end or turn back the procedure are open at any time and await nobody.
APART = frozenset({"undo", "close", "withdraw", "set-apart"})
ANSWERS = frozenset({"accept", "decline"})


class AwaitedStep(msgspec.Struct, frozen=True):
    """A request with the steps a person may enter on it now.

    Attributes:
        due: the earliest day by which one of them is to be entered; overdue: working days since then, 0 before.
    """

    request: str
    state: str | None
    title: str
    steps: tuple[str, ...]
    due: dt.date | None
    overdue: int


def awaiting(*, database_url: str | None, who: Person, on: dt.date | None = None) -> tuple[AwaitedStep, ...]:
    """The requests that await a step of a person, the overdue first; ``on`` is today at Headquarters when left out."""
    if not may(who, "request-step"):
        return ()
    day = on or today()
    found = (
        _awaited(shown, steps, day) for shown, steps in assistance_requests.open_to(database_url=database_url, who=who)
    )
    return tuple(sorted(filter(None, found), key=lambda one: (-one.overdue, one.due or dt.date.max, one.request)))


def _awaited(shown: Shown, steps: Iterable[Open], day: dt.date) -> AwaitedStep | None:
    awaited = [one for one in steps if _is_awaited(one, shown.progress, day)]
    if not awaited:
        return None
    due = min((one.due for one in awaited if one.due), default=None)
    overdue = workdays.between(due, day) if due and due < day else 0
    request = shown.request
    return AwaitedStep(request.id, request.state, request.title, tuple(one.step for one in awaited), due, overdue)


def _is_awaited(one: Open, progress: Progress, day: dt.date) -> bool:
    if one.step in APART or one.earliest > day or (one.due and one.due > day + AHEAD):
        return False
    if one.step in ANSWERS:
        answered = {*progress.offers("accept"), *progress.offers("decline")}
        return not answered.issuperset(progress.offers("pass-offer"))
    # What may be repeated need not be, once it was done.
    return not (reference.step_rule(one.step).repeats and progress.last(one.step))
