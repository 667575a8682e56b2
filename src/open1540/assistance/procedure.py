"""Where a request stands in the procedure, which steps are open to whom, and what falls due.

The rules are data (``facts/assistance/procedure.yaml``); this file only applies them.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from open1540.assistance import workdays
from open1540.assistance.records import Taken
from open1540.reference import Standing, StepRule, Term, procedure, step_rule
from open1540.vocabulary import BadInput, NotAllowed

UNDO = "undo"
MONTHS_OF_A_YEAR = 12


class Progress(msgspec.Struct, frozen=True):
    """How far a request has come.

    Attributes:
        request: its id.
        entered: every step on record; steps: those that stand, without the ones taken back.
        standing: who is shown it.
        ended: the step that ended it; None while it goes on.
    """

    request: str
    entered: tuple[Taken, ...]
    steps: tuple[Taken, ...]
    standing: Standing
    ended: str | None

    def last(self, step: str) -> Taken | None:
        """The latest step of an id that stands."""
        return next((taken for taken in reversed(self.steps) if taken.step == step), None)

    def offers(self, step: str) -> tuple[str, ...]:
        """The offers a step was entered for, each once."""
        return tuple(dict.fromkeys(taken.offer for taken in self.steps if taken.step == step and taken.offer))


class Open(msgspec.Struct, frozen=True):
    """A step that may be entered next: from which day, by which day where one is set, and by which roles."""

    step: str
    by: tuple[str, ...]
    earliest: dt.date
    due: dt.date | None


class Due(msgspec.Struct, frozen=True):
    """A step with a day by which it is to be entered; ``request`` is None for the briefing of the Committee.

    ``overdue`` counts working days since that day, 0 where it has not passed.
    """

    day: dt.date
    step: str
    by: tuple[str, ...]
    request: str | None
    overdue: int


def progress(request: str, entered: Sequence[Taken]) -> Progress:
    """Where a request stands after its steps, first to last; one without any is a draft."""
    steps: list[Taken] = []
    for taken in entered:
        if taken.step == UNDO:
            steps.pop()
        else:
            steps.append(taken)
    rules = [step_rule(taken.step) for taken in steps]
    opened = [rule.opens for rule in rules if rule.opens]
    ended = next((rule.id for rule in rules if rule.ends), None)
    return Progress(request, tuple(entered), tuple(steps), opened[-1] if opened else "draft", ended)


def open_steps(found: Progress, *, consent: bool | None) -> tuple[Open, ...]:
    """The steps that may follow, whoever enters them; ``consent`` is the State's to posting a summary."""
    return tuple(
        Open(rule.id, rule.by, _earliest(rule, found), _due(rule, found))
        for rule in procedure().steps
        if not _closed_by(rule, found, consent)
    )


def check_step(found: Progress, step: str, *, role: str, on: dt.date, offer: str | None, consent: bool | None) -> None:
    """Raise unless a role may enter a step as of a day.

    Arguments:
        on: the day on which it happened.
        offer: id of the offer it concerns, where it does.
        consent: the State's to posting a summary.

    Raises UnknownCode for a step nobody knows, NotAllowed for another role's or one that is not open, BadInput for a day before
    the last step or before the wait is over, or for an offer missing or never passed on.
    """
    rule = step_rule(step)
    closed = _closed_by(rule, found, consent)
    where = f"request {found.request}, step {step}"
    if closed:
        raise NotAllowed(
            f"a request on which {closed}", expected=_expected(found, consent), where=where, remedy=_REMEDY
        )
    if role not in _roles(rule, found):
        raise NotAllowed(
            f"the role {role!r}",
            expected=" or ".join(_roles(rule, found)),
            where=where,
            remedy="ask one of them to enter it",
        )
    _check_day(rule, found, on, where)
    _check_offer(rule, found, offer, where)


def due(found: Iterable[tuple[Progress, bool | None]], on: dt.date, until: dt.date) -> tuple[Due, ...]:
    """What is due up to a day, the overdue included, the earliest first.

    Arguments:
        found: requests that go on, each with the State's consent to posting.
        on: today; until: the last day asked about.
    """
    steps = [
        Due(one.due, one.step, one.by, going.request, _overdue(one.due, on))
        for going, consent in found
        for one in open_steps(going, consent=consent)
        if one.due and one.due <= until and not going.last(one.step)
    ]
    return tuple(sorted(steps, key=lambda one: (one.day, one.request or "", one.step)))


def briefings(since: dt.date, until: dt.date) -> tuple[dt.date, ...]:
    """The days by which the Committee is briefed on requests, from one day to another: the ends of every other month."""
    months = procedure().briefing.months
    days = (
        dt.date(year, month, calendar.monthrange(year, month)[1])
        for year in range(since.year, until.year + 1)
        for month in range(months, MONTHS_OF_A_YEAR + 1, months)
    )
    return tuple(day for day in days if since <= day <= until)


_REMEDY = "look at the steps of the request, and enter one that is open"


def _closed_by(rule: StepRule, found: Progress, consent: bool | None) -> str:
    """Why a step is not open, in words that follow "a request on which"; empty where it is."""
    if rule.id == UNDO:
        return "" if len(found.steps) > 1 else "there is no step to take back"
    if found.ended:
        return f"the step {found.ended!r} ended the procedure"
    missing = [step for step in rule.after if not found.last(step)]
    against = [step for step in rule.unless if found.last(step)]
    if missing:
        return "nobody has entered " + " and ".join(repr(step) for step in missing)
    if against:
        return f"the step {against[0]!r} rules it out"
    if found.last(rule.id) and not rule.repeats:
        return "it was entered already"
    if rule.needs == "consent" and not consent:
        return "the State has not agreed that a summary be posted"
    return ""


def _roles(rule: StepRule, found: Progress) -> tuple[str, ...]:
    # A step is taken back by those who may enter it.
    return step_rule(found.steps[-1].step).by if rule.id == UNDO else rule.by


def _expected(found: Progress, consent: bool | None) -> str:
    steps = [one.step for one in open_steps(found, consent=consent)]
    return "one of the open steps: " + ", ".join(steps) if steps else "a request that goes on"


def _earliest(rule: StepRule, found: Progress) -> dt.date:
    last = found.steps[-1].on if found.steps else dt.date.min
    begun = found.last(rule.wait.after) if rule.wait else None
    if not (rule.wait and begun):
        return last
    # The State may object until the end of the last day of the term.
    return max(last, workdays.after(_end(begun.on, rule.wait), 1))


def _due(rule: StepRule, found: Progress) -> dt.date | None:
    begun = found.last(rule.due.after) if rule.due else None
    return _end(begun.on, rule.due) if rule.due and begun else None


def _end(day: dt.date, term: Term) -> dt.date:
    if term.working_days:
        return workdays.after(day, term.working_days)
    years, month = divmod(day.month - 1 + term.months, MONTHS_OF_A_YEAR)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))


def _overdue(day: dt.date, on: dt.date) -> int:
    return workdays.between(day, on) if day < on else 0


def _check_day(rule: StepRule, found: Progress, on: dt.date, where: str) -> None:
    earliest = _earliest(rule, found)
    if on >= earliest:
        return
    waits = f", {rule.wait.working_days} working days after the step {rule.wait.after!r}" if rule.wait else ""
    raise BadInput(
        f"the day {on}",
        expected=f"a day not before {earliest}{waits or ', the day of the step before'}",
        where=where,
        remedy="give the day on which it happened; where the wait is not over, enter it when it is",
    )


def _check_offer(rule: StepRule, found: Progress, offer: str | None, where: str) -> None:
    if rule.needs != "offer":
        return
    passed = found.offers("pass-offer")
    if offer and (rule.id == "pass-offer" or offer in passed):
        return
    raise BadInput(
        f"the offer {offer!r}" if offer else "no offer",
        expected="the id of an offer"
        if rule.id == "pass-offer"
        else "one of the offers passed on: " + ", ".join(passed),
        where=where,
        remedy="name the offer the step concerns",
    )
