"""Regional programmes: needs and practice gathered from the record, a plan worked out in a process of its own, kept and compared."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock, Thread
from typing import Any, cast, get_args

import msgspec

from open1540 import reference
from open1540.assistance.agenda import Agenda, agenda
from open1540.assistance.comparison import Comparison, compare
from open1540.assistance.records import Activity, Plan, Subject
from open1540.assistance.regional import Asked, Block, Contradiction, Limits, Need, Practice, Programme, Weights, plan
from open1540.assistance.regional.reasons import Added, More, Why, one_more, why
from open1540.backends.apart import Apart
from open1540.matrix.record import Version, standing_template
from open1540.matrix.section_one import section_one
from open1540.reference import Field
from open1540.store import Store
from open1540.vocabulary import BadInput, Entry, Open1540Error, UnknownCode
from open1540.workflows import assistance_offers, assistance_requests
from open1540.workflows.assistance_requests import today
from open1540.workflows.database import opened
from open1540.workflows.matrix import now_utc
from open1540.workflows.permissions import Person, check_open, seen_with_others

SECONDS, SPARE, TICK = 60.0, 120.0, 1.0
GAP = 0.02
CITED = 2
MOST_BLOCKS = 60
MORE: tuple[More, ...] = get_args(More)


class Wish(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a person asks of a programme; the record gives the rest.

    Attributes:
        title: in a few words.
        regions, states: whom it is for, by names of regions and ISO codes; both empty: every State.
        themes: ids; empty: every theme.
        since, until: days between which meetings can be held; block_days: the length of a block, one following the other.
        formats: ids of formats, with prices of the user's own where given; empty: all as the facts assume them.
        from_matrices: whether what matrices leave without a record counts, with this weight for a theme wholly blank; 0: not.
        from_requests: the weight of a theme asked for in a request; 0: not.
        half_recorded: a State has practice in a theme of which it has recorded this share or more, with a citation.
        limits, weights: as the programme takes them.
    """

    title: str
    since: dt.date
    until: dt.date
    limits: Limits
    regions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    block_days: int = 14
    formats: tuple[reference.Format, ...] = ()
    from_matrices: float = 1.0
    from_requests: float = 3.0
    half_recorded: float = 0.5
    weights: Weights = Weights()
    seconds: float = SECONDS


class Worked(msgspec.Struct, frozen=True):
    """What came of a wish: what was asked of the programme, and the plan or the limits that contradict each other."""

    asked: Asked
    programme: Programme | None = None
    contradiction: Contradiction | None = None
    refused: dict[str, str] | None = None


class PlanDetail(msgspec.Struct, frozen=True):
    """A plan that is kept: what was wished, and what came of it; ``worked`` is None while it is worked out."""

    plan: Plan
    wish: Wish
    worked: Worked | None


def gathered(wish: Wish, *, database_url: str | None, who: Person) -> Asked:
    """What a programme is asked, from the wish and the record as the person is shown it.

    A State without a version of its matrix has no need from there: nothing is known of it. Needs of a theme weigh by the share of
    its fields without a record. Raises NotAllowed, UnknownCode for a region, State or theme nobody knows, BadInput for days that
    leave no block.
    """
    check_open(who, "plan")
    states, themes = _states(wish), _themes(wish)
    needs: list[Need] = []
    practices: list[Practice] = []
    with opened(database_url) as store:
        for state, version in _versions(store, states, seen_with_others(who)):
            _add_matrix(wish, state, version, themes, needs, practices)
    _add_requests(wish, states, themes, needs, database_url, who)
    offers = assistance_offers.offers(database_url=database_url, who=who)
    return Asked(
        states,
        tuple(themes),
        tuple(needs),
        tuple(practices),
        offers,
        _blocks(wish),
        wish.limits,
        wish.formats or reference.event_formats(),
        wish.weights,
    )


def work_out(wish: Wish, *, database_url: str | None, who: Person) -> PlanDetail:
    """Work a plan out and keep it. Raises as ``gathered`` does."""
    asked = gathered(wish, database_url=database_url, who=who)
    kept = _begin(wish, asked, database_url, who)
    _finish(kept, asked, wish.seconds, database_url)
    return one(kept.id, database_url=database_url, who=who)


def begin(wish: Wish, *, database_url: str | None, who: Person) -> Plan:
    """Keep what is wished, and work it out meanwhile; ``one`` tells when it is done. Raises as ``gathered`` does.

    Where the server ends before, the plan stays without a result and can be begun again.
    """
    asked = gathered(wish, database_url=database_url, who=who)
    kept = _begin(wish, asked, database_url, who)
    Thread(target=_finish, args=(kept, asked, wish.seconds, database_url), daemon=True).start()
    return kept


def plans(*, database_url: str | None, who: Person) -> tuple[PlanDetail, ...]:
    """The plans that are kept, the latest first."""
    check_open(who, "plan")
    with opened(database_url) as store:
        return tuple(_detail(kept) for kept in reversed(store.records(Plan)))


def one(plan_id: str, *, database_url: str | None, who: Person) -> PlanDetail:
    """A plan that is kept. Raises UnknownCode where there is none of this id."""
    check_open(who, "plan")
    with opened(database_url) as store:
        return _detail(store.record(Plan, plan_id))


def why_in(plan_id: str, state: str, *, database_url: str | None, who: Person) -> Why:
    """Why a State is in a plan or not, found by testing. Raises UnknownCode for a State the plan is not for."""
    asked, programme = _whole(one(plan_id, database_url=database_url, who=who))
    code = reference.state(state).iso3
    if code not in asked.states:
        raise UnknownCode(
            f"State {state!r} that the plan is not for",
            expected="one of " + ", ".join(asked.states),
            where=f"plan {plan_id}",
            remedy="choose one of these, or work a plan out that is for it",
        )
    return why(asked, programme, code)


def what_adds(plan_id: str, limit: str, *, database_url: str | None, who: Person) -> Added | Contradiction:
    """What one more of a limit would add: events, experts, events of one State, places, blocks, or a tenth of the budget.

    The plan is worked out again, as long as it was allowed the first time. Raises UnknownCode for another limit.
    """
    found = one(plan_id, database_url=database_url, who=who)
    asked, programme = _whole(found)
    if limit not in MORE:
        raise UnknownCode(
            f"limit {limit!r}",
            expected="one of " + ", ".join(MORE),
            where=f"plan {plan_id}",
            remedy="choose one of these",
        )
    given = (msgspec.json.encode((asked, programme)), limit, found.wish.seconds)
    with _ONE_AT_A_TIME:
        told = _APART.call(given, seconds=found.wish.seconds + SPARE, every=TICK, meanwhile=lambda: None)
    if "refused" in told:
        raise BadInput(**{part: told["refused"][part] for part in ("found", "expected", "where", "remedy")})
    if "limits" in told["answer"]:
        return msgspec.convert(told["answer"], type=Contradiction)
    return msgspec.convert(told["answer"], type=Added)


def compared(first: str, second: str, *, database_url: str | None, who: Person) -> Comparison:
    """Two plans side by side: what they come to, by region and theme, and what only one of them does."""
    own, programme = _whole(one(first, database_url=database_url, who=who))
    other, against = _whole(one(second, database_url=database_url, who=who))
    return compare(own, programme, against, other)


def agenda_of(plan_id: str, event: str, *, database_url: str | None, who: Person) -> Agenda:
    """The agenda of a meeting of a plan. Raises UnknownCode for a meeting it does not have."""
    asked, programme = _whole(one(plan_id, database_url=database_url, who=who))
    for held in programme.events:
        if held.id == event:
            return agenda(asked, held)
    raise UnknownCode(
        f"meeting {event!r}",
        expected="one of " + ", ".join(held.id for held in programme.events),
        where=f"plan {plan_id}",
        remedy="choose one of these",
    )


def keep_meeting(plan_id: str, event: str, *, database_url: str | None, who: Person) -> Activity:
    """Keep a meeting of a plan as a planned activity, so that other plans and matches know of it."""
    found = one(plan_id, database_url=database_url, who=who)
    told = agenda_of(plan_id, event, database_url=database_url, who=who)
    asked, programme = _whole(found)
    held = next(one for one in programme.events if one.id == event)
    provider = told.giver.provider if told.giver else ", ".join(reference.state(code).name() for code in held.states)
    meeting = Activity(
        provider=provider,
        title=f"{found.plan.title}: {event}",
        subject=Subject(
            themes=tuple(theme for theme in held.themes if theme in {one.id for one in reference.themes()}),
            types=(asked.format(held.format).type,),
            languages=held.languages,
            since=told.since,
            until=told.until,
        ),
        states=held.states,
        place=held.host,
        plan=plan_id,
    )
    return assistance_offers.keep_activity(meeting, database_url=database_url, who=who, note=f"from {plan_id} {event}")


def _whole(found: PlanDetail) -> tuple[Asked, Programme]:
    if found.worked is None or found.worked.programme is None:
        raise BadInput(
            "a plan that is not worked out",
            expected="one with meetings",
            where=f"plan {found.plan.id}",
            remedy="wait for it, or work it out with other limits",
        )
    return found.worked.asked, found.worked.programme


def _begin(wish: Wish, asked: Asked, database_url: str | None, who: Person) -> Plan:
    if not wish.title.strip():
        raise BadInput(
            "no title", expected="a few words", where="title", remedy="say in a few words what the plan is for"
        )
    made = Plan(
        title=wish.title.strip(),
        asked={"wish": msgspec.to_builtins(wish), "asked": msgspec.to_builtins(asked)},
        programme={},
        by=who.name,
        at=now_utc(),
        note="begun",
    )
    with opened(database_url) as store:
        return store.add_record(made)


def _finish(kept: Plan, asked: Asked, seconds: float, database_url: str | None) -> None:
    with _ONE_AT_A_TIME:
        told = _answer(asked, seconds)
    done = msgspec.structs.replace(kept, programme=told, at=now_utc(), note="worked out")
    with opened(database_url) as store:
        store.add_record(done, expected=kept.number)


def _answer(asked: Asked, seconds: float) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _APART.call(
            (msgspec.json.encode(asked), "", seconds), seconds=seconds + SPARE, every=TICK, meanwhile=lambda: None
        )
    except Open1540Error as error:
        return {"refused": error.as_dict()}
    return found


def _solve(given: tuple[bytes, str, float]) -> dict[str, Any]:
    encoded, limit, seconds = given
    try:
        if limit:
            asked, programme = msgspec.json.decode(encoded, type=tuple[Asked, Programme])
            more = one_more(asked, programme, cast(More, limit), gap=GAP, seconds=seconds)
            return {"answer": msgspec.to_builtins(more)}
        found = plan(msgspec.json.decode(encoded, type=Asked), gap=GAP, seconds=seconds)
    except Open1540Error as error:
        return {"refused": error.as_dict()}
    key = "contradiction" if isinstance(found, Contradiction) else "programme"
    return {key: msgspec.to_builtins(found)}


_APART = Apart(_solve)
_ONE_AT_A_TIME = Lock()


def _detail(kept: Plan) -> PlanDetail:
    wish = msgspec.convert(kept.asked["wish"], type=Wish)
    if not kept.programme:
        return PlanDetail(kept, wish, None)
    asked = msgspec.convert(kept.asked["asked"], type=Asked)
    return PlanDetail(kept, wish, msgspec.convert(kept.programme, type=_Told).of(asked))


class _Told(msgspec.Struct, frozen=True):
    programme: Programme | None = None
    contradiction: Contradiction | None = None
    refused: dict[str, str] | None = None

    def of(self, asked: Asked) -> Worked:
        return Worked(asked, self.programme, self.contradiction, self.refused)


def _states(wish: Wish) -> tuple[str, ...]:
    if not wish.regions and not wish.states:
        return tuple(state.iso3 for state in reference.states())
    known = reference.regions()
    for name in wish.regions:
        if name not in known:
            raise UnknownCode(
                f"region {name!r}", expected="one of " + ", ".join(known), where="regions", remedy="choose one of these"
            )
    named = {reference.state(code).iso3 for code in wish.states}
    return tuple(sorted(named.union(*(known[name] for name in wish.regions))))


def _themes(wish: Wish) -> list[str]:
    return [reference.theme(theme).id for theme in wish.themes] or [theme.id for theme in reference.themes()]


def _blocks(wish: Wish) -> tuple[Block, ...]:
    length = dt.timedelta(days=wish.block_days)
    if not 1 <= wish.block_days <= 366 or wish.until < wish.since or wish.since < today():
        raise BadInput(
            f"days from {wish.since} to {wish.until} in blocks of {wish.block_days} days",
            expected=f"a first day from {today()} on, a last day not before it, blocks of 1 to 366 days",
            where="days of the programme",
            remedy="correct them",
        )
    found: list[Block] = []
    first = wish.since
    while first + length <= wish.until + dt.timedelta(days=1) and len(found) < MOST_BLOCKS:
        found.append(Block(f"B{len(found) + 1:02}", first, first + length - dt.timedelta(days=1)))
        first += length
    if not found:
        raise BadInput(
            f"{(wish.until - wish.since).days + 1} days for a block of {wish.block_days}",
            expected="one block at least",
            where="days of the programme",
            remedy="give a later last day, or shorter blocks",
        )
    return tuple(found)


def _versions(store: Store, states: Sequence[str], who: Person) -> Iterator[tuple[str, Version | None]]:
    sees = who.sees
    found = {
        version.state: version
        for version, _ in store.versions_standing(today(), sees.sees, withheld=sees.withheld, states=states)
    }
    yield from ((state, found.get(state)) for state in states)


def _add_matrix(
    wish: Wish, state: str, version: Version | None, themes: Sequence[str], needs: list[Need], practices: list[Practice]
) -> None:
    template = reference.template(version.template) if version else standing_template()
    entries: Mapping[str, Entry] = {
        entry.field: entry for entry in (version.entries if version else section_one(state, today(), template))
    }
    for theme in themes:
        own = [field for field in template.fields if field.field in reference.theme(theme).matching()]
        recorded = [entries[field.field] for field in own if _is_recorded(entries.get(field.field))]
        open_fields = tuple(field.field for field in own if not _is_told(entries.get(field.field)))
        if version and open_fields and wish.from_matrices > 0:
            weight = round(wish.from_matrices * len(open_fields) / len(own), 4)
            needs.append(Need(state, theme, f"{state} v{version.number}", weight, open_fields))
        cited = [citation for entry in recorded for citation in entry.citations]
        if own and cited and len(recorded) >= wish.half_recorded * len(own):
            practices.append(Practice(state, theme, "; ".join(dict.fromkeys(cited[:CITED])), _ids(own, recorded)))


def _ids(own: Iterable[Field], recorded: Iterable[Entry]) -> tuple[str, ...]:
    told = {entry.field for entry in recorded}
    return tuple(field.field for field in own if field.field in told)


def _is_recorded(entry: Entry | None) -> bool:
    return entry is not None and entry.code == "X"


def _is_told(entry: Entry | None) -> bool:
    return entry is not None and entry.code in ("X", "NA")


def _add_requests(
    wish: Wish, states: Sequence[str], themes: Sequence[str], needs: list[Need], database_url: str | None, who: Person
) -> None:
    if wish.from_requests <= 0:
        return
    for shown in assistance_requests.requests(database_url=database_url, who=who):
        asking, subject = shown.request, shown.request.subject
        if shown.progress.ended or shown.progress.standing == "draft":
            continue
        if asking.state is None or asking.state not in states:
            continue
        needs += [
            Need(asking.state, theme, asking.id, wish.from_requests, subject.fields, subject.types)
            for theme in subject.themes
            if theme in themes
        ]
