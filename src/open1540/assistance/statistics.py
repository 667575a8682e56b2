"""What became of requests, counted: by theme, kind, weapon class, region and year; time in each step; how they ended; feedback.

Nothing here compares or orders States. In tables for everyone a figure that fewer than three requesters stand behind is
withheld, since it would single one of them out.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from open1540 import reference
from open1540.assistance import workdays
from open1540.assistance.procedure import Progress, open_steps
from open1540.assistance.records import Feedback, Met, Request, Side

FEWEST = 3
"""How many different requesters must stand behind a figure that everyone is shown."""
UNSTATED = "unstated"
GOING_ON = "going on"
RECORDED = "X"
By = Literal["theme", "type", "weapon", "region", "year", "standing", "ending"]
# Each request counts under one key of these alone, so that a single withheld figure could be told from the sum.
_PARTITIONS = frozenset({"region", "year", "standing", "ending"})
QUARTILES = (0.25, 0.5, 0.75)

Entry = tuple[Request, Progress]


class Count(msgspec.Struct, frozen=True):
    """How many requests fall under a key; None where the figure is withheld."""

    by: By
    key: str
    requests: int | None


class Standing(msgspec.Struct, frozen=True):
    """Where one request stands.

    Attributes:
        standing: the step that ended it, or who is shown it; step: the last one on record; since: its day.
        working_days: since then, while it goes on.
        due: the earliest day by which an open step is to be entered.
    """

    request: str
    state: str | None
    title: str
    standing: str
    step: str | None
    since: dt.date | None
    working_days: int | None
    due: dt.date | None


class Duration(msgspec.Struct, frozen=True):
    """How long requests stay at a step before the next one, in working days of Headquarters.

    Attributes:
        finished: how often the next step followed; open: how many requests still stand there.
        lower, median, upper: by then the next step had followed for a quarter, a half, three quarters of the requests, by the
            product-limit estimate (Kaplan and Meier 1958), in which an open one counts for as long as it has waited; None where
            too many are still open to tell, or the figures are withheld.
        withheld: whether they are.
    """

    step: str
    finished: int | None
    open: int | None
    lower: int | None
    median: int | None
    upper: int | None
    withheld: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What a side said of requests under a theme, each statement by its latest word; None where figures are withheld."""

    theme: str
    side: Side
    yes: int | None
    in_part: int | None
    no: int | None
    too_early: int | None


class Changes(msgspec.Struct, frozen=True):
    """What the matrix recorded in some fields at the time of a request and later; it tells no cause.

    Attributes:
        fields: how many there are; then, now: how many of them recorded a measure (code X).
        newly: recorded now and not then; no_longer: then and not now; otherwise: another code, neither of them X.
    """

    fields: int
    then: int
    now: int
    newly: int
    no_longer: int
    otherwise: int


def counts(found: Iterable[Entry], by: By, *, public: bool) -> tuple[Count, ...]:
    """How many requests fall under each key; a request under several themes, kinds or weapon classes counts under each.

    Arguments:
        found: requests that were sent; drafts are left out.
        public: whether everyone is shown the table; small figures are then withheld.
    """
    groups: dict[str, list[Request]] = {key: [] for key in _known_keys(by)}
    for request, progress in found:
        if progress.standing != "draft":
            for key in _keys(request, progress, by) or (UNSTATED,):
                groups.setdefault(key, []).append(request)
    numbers = {key: len(requests) for key, requests in groups.items()}
    hidden = _hidden(groups, by in _PARTITIONS) if public else frozenset()
    shown = sorted(groups) if by in ("region", "year") else list(groups)
    return tuple(Count(by, key, None if key in hidden else numbers[key]) for key in shown)


def standings(found: Iterable[Entry], on: dt.date) -> tuple[Standing, ...]:
    """Where each request stands on a day, in the order given."""
    return tuple(_standing(request, progress, on) for request, progress in found)


def durations(found: Iterable[Entry], on: dt.date, *, public: bool) -> tuple[Duration, ...]:
    """How long requests stay at each step, in the order of the procedure; steps nobody took are left out."""
    waited: dict[str, list[tuple[int, bool]]] = {}
    behind: dict[str, set[str]] = {}
    for request, progress in found:
        for step, days, finished in _stays(progress, on):
            waited.setdefault(step, []).append((days, finished))
            behind.setdefault(step, set()).add(_requester(request))
    steps = [rule.id for rule in reference.procedure().steps if rule.id in waited]
    return tuple(
        Duration(step, None, None, None, None, None, withheld=True)
        if public and len(behind[step]) < FEWEST
        else _duration(step, waited[step])
        for step in steps
    )


def outcomes(found: Iterable[Entry], feedback: Iterable[Feedback], *, public: bool) -> tuple[Outcome, ...]:
    """What both sides said, by theme, the latest word of each side on each offer; themes nobody spoke of are left out."""
    requests = {request.id: request for request, _ in found}
    latest = {(one.request, one.side, one.offer): one for one in sorted(feedback, key=lambda one: one.at)}
    said: dict[tuple[str, Side], list[Feedback]] = {}
    for one in latest.values():
        if one.request in requests:
            for theme in requests[one.request].subject.themes or (UNSTATED,):
                said.setdefault((theme, one.side), []).append(one)
    order = [*(theme.id for theme in reference.themes()), UNSTATED]
    sides: tuple[Side, ...] = get_args(Side)
    return tuple(
        _outcome(theme, side, said[theme, side], requests, public)
        for theme in order
        for side in sides
        if (theme, side) in said
    )


def changes(then: Mapping[str, str], now: Mapping[str, str], fields: Iterable[str]) -> Changes:
    """What was recorded in some fields at two times, by their codes; a field left out is blank, which means unknown."""
    pairs = [(then.get(field, ""), now.get(field, "")) for field in dict.fromkeys(fields)]
    return Changes(
        fields=len(pairs),
        then=sum(before == RECORDED for before, _ in pairs),
        now=sum(after == RECORDED for _, after in pairs),
        newly=sum(before != RECORDED == after for before, after in pairs),
        no_longer=sum(before == RECORDED != after for before, after in pairs),
        otherwise=sum(before != after and RECORDED not in (before, after) for before, after in pairs),
    )


def _known_keys(by: By) -> tuple[str, ...]:
    match by:
        case "theme":
            return tuple(theme.id for theme in reference.themes())
        case "type":
            return tuple(known.id for known in reference.assistance_types())
        case "weapon":
            return ("NW", "CW", "BW")
        case _:
            return ()


def _keys(request: Request, progress: Progress, by: By) -> tuple[str, ...]:
    keys: dict[By, Callable[[], tuple[str | None, ...]]] = {
        "theme": lambda: request.subject.themes,
        "type": lambda: request.subject.types,
        "weapon": lambda: request.subject.weapons,
        "region": lambda: (reference.state(request.state).m49_region if request.state else None,),
        "year": lambda: (str(sent.on.year) if (sent := progress.last("submit")) else None,),
        "standing": lambda: (progress.ended or progress.standing,),
        "ending": lambda: (progress.ended or GOING_ON,),
    }
    return tuple(key for key in keys[by]() if key)


def _requester(request: Request) -> str:
    return request.state or request.requester


def _hidden(groups: Mapping[str, Sequence[Request]], partition: bool) -> frozenset[str]:
    """The keys whose figures are withheld; in a partition never one alone, which the sum would give away."""
    behind = {key: {_requester(one) for one in requests} for key, requests in groups.items() if requests}
    few = {key for key, requesters in behind.items() if len(requesters) < FEWEST}
    rest = sorted(behind.keys() - few, key=lambda key: (len(groups[key]), key))
    if partition and few and rest and len(set().union(*(behind[key] for key in few))) < FEWEST:
        few.add(rest[0])
    return frozenset(few)


def _standing(request: Request, progress: Progress, on: dt.date) -> Standing:
    last = progress.steps[-1] if progress.steps else None
    days = [one.due for one in open_steps(progress, consent=request.consent) if one.due and not progress.last(one.step)]
    return Standing(
        request=request.id,
        state=request.state,
        title=request.title,
        standing=progress.ended or progress.standing,
        step=last.step if last else None,
        since=last.on if last else None,
        working_days=workdays.between(last.on, on) if last and not progress.ended else None,
        due=min(days, default=None),
    )


def _stays(progress: Progress, on: dt.date) -> Iterable[tuple[str, int, bool]]:
    """Each step with the working days until the next one, or until today where none followed; an end is no stay."""
    for taken, following in zip(progress.steps, (*progress.steps[1:], None), strict=True):
        if following:
            yield taken.step, workdays.between(taken.on, following.on), True
        elif not progress.ended and taken.on <= on:
            yield taken.step, workdays.between(taken.on, on), False


def _duration(step: str, waited: Sequence[tuple[int, bool]]) -> Duration:
    finished = sum(done for _, done in waited)
    lower, median, upper = (_quantile(waited, share) for share in QUARTILES)
    return Duration(step, finished, len(waited) - finished, lower, median, upper)


def _quantile(waited: Sequence[tuple[int, bool]], share: float) -> int | None:
    """The first day by which a share of the stays had ended, by the product-limit estimate."""
    remaining = 1.0
    for day in sorted({days for days, finished in waited if finished}):
        at_risk = sum(days >= day for days, _ in waited)
        ended = sum(days == day and finished for days, finished in waited)
        remaining *= 1 - ended / at_risk
        if 1 - remaining >= share or math.isclose(1 - remaining, share):
            return day
    return None


def _outcome(
    theme: str, side: Side, said: Sequence[Feedback], requests: Mapping[str, Request], public: bool
) -> Outcome:
    if public and len({_requester(requests[one.request]) for one in said}) < FEWEST:
        return Outcome(theme, side, None, None, None, None)
    words: tuple[Met, ...] = get_args(Met)
    return Outcome(theme, side, *(sum(one.met == word for one in said) for word in words))
