"""What is wanted against what is offered: for every pair the reasons for and against, and what nobody offers.

Each criterion of ``facts/assistance/criteria.yaml`` gives one answer on a pair: for, against, or unknown where one side does not say.
All pairs are compared at once as arrays; reasons are told from the same answers, so that an order always is what its reasons say.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540 import reference
from open1540.assistance.records import Met, Offer, Subject
from open1540.reference import Criterion
from open1540.vocabulary import BadInput

Says = Literal["for", "against", "unknown"]
Verdict = Literal["good", "partial", "no"]
FOR, UNKNOWN, AGAINST = 1, 0, -1
_SAYS: dict[int, Says] = {FOR: "for", UNKNOWN: "unknown", AGAINST: "against"}
GOOD, PARTIAL, NO = 2, 1, 0
_VERDICTS: dict[int, Verdict] = {GOOD: "good", PARTIAL: "partial", NO: "no"}
# So many doubts leave too little to talk about.
TOO_MANY = 2
MOST = 10
_Answers = NDArray[np.int8]


class Wanted(msgspec.Struct, frozen=True):
    """What is wanted: a request, or what a State's matrix leaves unknown.

    Attributes:
        id: of the request, or another name by which it is known again.
        state: None where a regional organisation asks.
        declined: ids of offers the State declined for it.
    """

    id: str
    state: str | None
    subject: Subject
    declined: tuple[str, ...] = ()


class Ground(msgspec.Struct, frozen=True, gc=False):
    """A reason for or against a match.

    Attributes:
        criterion: its id; says: for, against, unknown; weight: how much it counts.
        shared: what both sides name; wanted, offered: what only one of them does; all by their ids.
    """

    criterion: str
    says: Says
    weight: float
    shared: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


class Match(msgspec.Struct, frozen=True):
    """An offer for what is wanted.

    Attributes:
        verdict: no where a criterion refuses it or leaves too many doubts; partial where there is one; good otherwise.
        balance: the weights that speak for it less those against; it orders offers of one verdict and means nothing else.
    """

    wanted: str
    offer: str
    verdict: Verdict
    balance: float
    grounds: tuple[Ground, ...]


class Unmet(msgspec.Struct, frozen=True):
    """How many wanted a theme, how many of them have a good match in it, a partial one alone, none; no State is named."""

    theme: str
    wanted: int
    good: int
    partial: int
    none: int
    types: tuple[tuple[str, int], ...]


class Standing(msgspec.Struct, frozen=True):
    """What is known of offers besides what they say: requests they were accepted for and that go on, and earlier feedback."""

    taken: Mapping[str, int] = {}
    feedback: Mapping[str, tuple[Met, ...]] = {}


class Compared:
    """All that is wanted compared with all offers that stand."""

    def __init__(
        self,
        wanted: Sequence[Wanted],
        offers: Sequence[Offer],
        on: dt.date,
        standing: Standing = Standing(),  # noqa: B008 - a frozen value
        weights: Mapping[str, float] | None = None,
    ) -> None:
        """Compare every pair.

        Arguments:
            on: today; what ended before it can no longer be given.
            weights: by criterion, instead of those of the facts.

        Raises BadInput for the weight of a criterion there is none of, or one below zero.
        """
        self.wanted = tuple(wanted)
        self.offers = tuple(sorted((one for one in offers if not one.withdrawn), key=lambda one: one.id))
        self._criteria = _weighed(weights or {})
        self._on, self._standing = on, standing
        self._answers = np.stack([_ANSWERS[one.id](self) for one in self._criteria])
        self._balance = np.tensordot([one.weight for one in self._criteria], self._answers, axes=(0, 0))
        self._verdicts = self._judged()
        self._covered = self._counted()
        self._asked = [_asks(one, self._criteria) for one in self.wanted]
        self._given = [_gives(one, self._criteria) for one in self.offers]

    @property
    def on(self) -> dt.date:
        """Today."""
        return self._on

    @property
    def standing(self) -> Standing:
        """What is known of the offers besides what they say."""
        return self._standing

    def best(self, at: int, most: int = MOST) -> tuple[Match, ...]:
        """The best offers for one of what is wanted, good ones first; those that are no match are left out."""
        found = np.flatnonzero(self._verdicts[at] > NO)
        order = np.lexsort((found, -self._covered[at, found], -self._balance[at, found], -self._verdicts[at, found]))
        return tuple(self.match(at, int(found[place])) for place in order[:most])

    def match(self, at: int, offer: int) -> Match:
        """The match of what is wanted and an offer, by their places, whatever its verdict."""
        answers = self._answers[:, at, offer].tolist()
        return Match(
            self.wanted[at].id,
            self.offers[offer].id,
            _VERDICTS[int(self._verdicts[at, offer])],
            float(self._balance[at, offer]),
            tuple(map(_ground, self._criteria, answers, self._asked[at], self._given[offer])),
        )

    def unmet(self) -> tuple[Unmet, ...]:
        """By theme, how much of what is wanted has a match that covers the theme; a theme nobody wants is left out."""
        offering = {
            theme: np.array([theme in offer.subject.themes for offer in self.offers], dtype=bool)
            for theme in sorted({theme for one in self.wanted for theme in one.subject.themes})
        }
        return tuple(self._unmet(theme, covers) for theme, covers in offering.items())

    def _unmet(self, theme: str, covers: NDArray[np.bool_]) -> Unmet:
        rows = [at for at, one in enumerate(self.wanted) if theme in one.subject.themes]
        best = self._verdicts[rows][:, covers].max(axis=1, initial=NO)
        types: dict[str, int] = {}
        for at in (row for row, verdict in zip(rows, best, strict=True) if verdict == NO):
            for kind in self.wanted[at].subject.types:
                types[kind] = types.get(kind, 0) + 1
        good, partial = int((best == GOOD).sum()), int((best == PARTIAL).sum())
        return Unmet(theme, len(rows), good, partial, len(rows) - good - partial, tuple(sorted(types.items())))

    def _judged(self) -> NDArray[np.int8]:
        against, unknown = self._answers == AGAINST, self._answers == UNKNOWN

        def told(answers: NDArray[np.bool_], chosen: Callable[[Criterion], bool]) -> NDArray[np.int64]:
            """How many of the chosen criteria give an answer, for every pair."""
            counted: NDArray[np.int64] = answers[[chosen(one) for one in self._criteria]].sum(axis=0)
            return counted

        refused = told(against, lambda one: one.against == "refuses") + told(
            unknown, lambda one: one.unknown == "refuses"
        )
        doubts = told(against, lambda one: one.against == "counts" and one.weight > 0)
        doubts = doubts + told(unknown, lambda one: one.unknown == "doubts")
        no = (refused > 0) | (doubts >= TOO_MANY)
        return np.where(no, NO, np.where(doubts > 0, PARTIAL, GOOD)).astype(np.int8)

    def _counted(self) -> NDArray[np.float32]:
        """How many of the themes and kinds wanted each offer names: of two equal offers the fuller answer comes first."""
        parts = ("themes", "types")
        return sum(
            (
                _together(
                    *([frozenset(getattr(one.subject, part)) for one in side] for side in (self.wanted, self.offers))
                )
                for part in parts
            ),
            start=np.zeros(self._verdicts.shape, dtype=np.float32),
        )


def _weighed(weights: Mapping[str, float]) -> tuple[Criterion, ...]:
    known = {one.id for one in reference.criteria()}
    for criterion, weight in weights.items():
        if criterion not in known or not 0 <= weight < float("inf"):
            raise BadInput(
                f"the weight {weight} of {criterion!r}",
                expected="a number from 0 for one of " + ", ".join(sorted(known)),
                where="weights",
                remedy="correct it, or leave it out for the usual weight",
            )
    return tuple(msgspec.structs.replace(one, weight=weights.get(one.id, one.weight)) for one in reference.criteria())


def _named(compared: Compared, part: str) -> _Answers:
    """For where both sides name one and the same; against where both name some, but none together."""
    wanted = [frozenset(getattr(one.subject, part)) for one in compared.wanted]
    offered = [frozenset(getattr(one.subject, part)) for one in compared.offers]
    return _shared(wanted, offered)


def _shared(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]]) -> _Answers:
    together = _together(wanted, offered)
    told = np.outer([bool(one) for one in wanted], [bool(one) for one in offered])
    return np.where(together > 0, FOR, np.where(told, AGAINST, UNKNOWN)).astype(np.int8)


def _together(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]]) -> NDArray[np.float32]:
    """How many names every two sets share."""
    names = {name: place for place, name in enumerate(sorted(frozenset().union(*wanted, *offered)))}
    shared: NDArray[np.float32] = _marks(wanted, names) @ _marks(offered, names).T
    return shared


def _marks(sets: Sequence[frozenset[str]], names: Mapping[str, int]) -> NDArray[np.float32]:
    marks = np.zeros((len(sets), max(len(names), 1)), dtype=np.float32)
    for row, named in enumerate(sets):
        marks[row, [names[name] for name in named]] = 1
    return marks


def _fields(compared: Compared) -> _Answers:
    # Whoever names a theme without naming a field has not ruled the field out.
    return np.maximum(_named(compared, "fields"), UNKNOWN)


def _regions(compared: Compared) -> _Answers:
    wanted = [frozenset([one.state] if one.state else []) for one in compared.wanted]
    everyone = frozenset(state.iso3 for state in reference.states())
    opened = [open_to(one) for one in compared.offers]
    # Whether the members of an organisation that asks are among the States of an offer is not known.
    answers = _shared(wanted, [one or everyone for one in opened])
    answers[np.ix_([not one for one in wanted], [not one for one in opened])] = FOR
    # A State does not assist itself.
    own = _same([one.state for one in compared.wanted], [one.state for one in compared.offers])
    return np.where(own, AGAINST, answers).astype(np.int8)


def _same(wanted: Sequence[str | None], offered: Sequence[str | None]) -> NDArray[np.bool_]:
    marks = [[frozenset([one] if one else []) for one in side] for side in (wanted, offered)]
    return _together(marks[0], marks[1]) > 0


def _periods(compared: Compared) -> _Answers:
    since, until = _ends([one.subject for one in compared.wanted])
    begins, ends = _ends([one.subject for one in compared.offers])
    # Nothing is given in the past.
    from_day = np.maximum(np.maximum(since[:, None], begins[None, :]), compared.on.toordinal())
    to_day = np.minimum(until[:, None], ends[None, :])
    told = np.outer(
        [bool(_days(one.subject)) for one in compared.wanted], [bool(_days(one.subject)) for one in compared.offers]
    )
    return np.where(from_day > to_day, AGAINST, np.where(told, FOR, UNKNOWN)).astype(np.int8)


def _ends(subjects: Sequence[Subject]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last day of each period; the first and the last there are where it is open."""
    first = np.array([(one.since or dt.date.min).toordinal() for one in subjects], dtype=np.int64)
    last = np.array([(one.until or dt.date.max).toordinal() for one in subjects], dtype=np.int64)
    return first, last


def _given(compared: Compared) -> _Answers:
    ends = [one.subject.until for one in compared.offers]
    return _for_all(compared, [UNKNOWN if end is None else FOR if end >= compared.on else AGAINST for end in ends])


def _capacity(compared: Compared) -> _Answers:
    row = [_room(one, compared.standing) for one in compared.offers]
    return _for_all(compared, row)


def _room(offer: Offer, standing: Standing) -> int:
    if offer.capacity is None:
        return UNKNOWN
    return FOR if standing.taken.get(offer.id, 0) < offer.capacity else AGAINST


def _experience(compared: Compared) -> _Answers:
    return _for_all(compared, [_met(compared.standing.feedback.get(one.id, ())) for one in compared.offers])


def _met(feedback: Iterable[Met]) -> int:
    told = [one for one in feedback if one != "too early"]
    if not told:
        return UNKNOWN
    return AGAINST if told.count("no") > len(told) / 2 else FOR


def _answered(compared: Compared) -> _Answers:
    declined = [frozenset(one.declined) for one in compared.wanted]
    against = _together(declined, [frozenset([offer.id]) for offer in compared.offers]) > 0
    return np.where(against, AGAINST, UNKNOWN).astype(np.int8)


def _for_all(compared: Compared, row: Sequence[int]) -> _Answers:
    return np.broadcast_to(np.array(row, dtype=np.int8), (len(compared.wanted), len(compared.offers)))


_ANSWERS = {
    "theme": lambda compared: _named(compared, "themes"),
    "type": lambda compared: _named(compared, "types"),
    "region": _regions,
    "weapon": lambda compared: _named(compared, "weapons"),
    "language": lambda compared: _named(compared, "languages"),
    "period": _periods,
    "given": _given,
    "capacity": _capacity,
    "field": _fields,
    "experience": _experience,
    "answer": _answered,
}
_PARTS = {"theme": "themes", "type": "types", "weapon": "weapons", "language": "languages", "field": "fields"}


def open_to(offer: Offer) -> frozenset[str]:
    """The States an offer names, alone or by region; none where it is open to all."""
    return _members(offer.states, offer.regions)


@lru_cache(maxsize=4096)
def _members(states: tuple[str, ...], regions: tuple[str, ...]) -> frozenset[str]:
    return frozenset(states).union(*(reference.regions()[name] for name in regions))


def _ground(criterion: Criterion, answer: int, asked: tuple[str, ...], given: tuple[str, ...]) -> Ground:
    """The reason for an answer, from what each side says in the matter."""
    if criterion.id == "region" and answer == FOR and given:
        # The State is among those the regions hold.
        return Ground(criterion.id, _SAYS[answer], criterion.weight, asked)
    if not asked or not given:
        return Ground(criterion.id, _SAYS[answer], criterion.weight, (), asked, given)
    return Ground(
        criterion.id,
        _SAYS[answer],
        criterion.weight,
        tuple([one for one in asked if one in given]),
        tuple([one for one in asked if one not in given]),
        tuple([one for one in given if one not in asked]),
    )


def _asks(wanted: Wanted, criteria: Iterable[Criterion]) -> tuple[tuple[str, ...], ...]:
    """What is said by whoever asks in the matter of each criterion."""
    named = {"region": (wanted.state,) if wanted.state else (), "period": _days(wanted.subject)}
    return tuple(_told(one.id, named, wanted.subject) for one in criteria)


def _gives(offer: Offer, criteria: Iterable[Criterion]) -> tuple[tuple[str, ...], ...]:
    """What an offer says in the matter of each criterion."""
    days = _days(offer.subject)
    named = {"region": (*offer.states, *offer.regions), "period": days, "given": days}
    return tuple(_told(one.id, named, offer.subject) for one in criteria)


def _told(criterion: str, named: Mapping[str, tuple[str, ...]], subject: Subject) -> tuple[str, ...]:
    return getattr(subject, _PARTS[criterion]) if criterion in _PARTS else named.get(criterion, ())


def _days(subject: Subject) -> tuple[str, ...]:
    if not (subject.since or subject.until):
        return ()
    return (f"{subject.since or ''}/{subject.until or ''}",)
