"""Requests for assistance: written, made clear, sent, taken through the procedure, and shown to whom they may be."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

import msgspec

from open1540 import reference
from open1540.assistance import procedure
from open1540.assistance.clarity import Advice, clarity
from open1540.assistance.procedure import Due, Open, Progress
from open1540.assistance.records import Contact, Feedback, Met, Offer, Request, Side, Taken
from open1540.assistance.validity import checked
from open1540.store import Store
from open1540.vocabulary import BadInput, NotAllowed, UnknownCode
from open1540.workflows.database import opened
from open1540.workflows.matrix import now_utc
from open1540.workflows.permissions import Person, check_open, check_state, is_shown_request

HEADQUARTERS = ZoneInfo("America/New_York")
SUBMIT = "submit"
W = TypeVar("W", bound=str)


class Shown(msgspec.Struct, frozen=True):
    """A request as a person is shown it.

    Attributes:
        request: without contact, what exists and help elsewhere where only its summary is shown.
        progress: its steps; without reasons and without those before the posting where only the summary is shown.
        summary: whether only that is.
    """

    request: Request
    progress: Progress
    summary: bool


class Detail(msgspec.Struct, frozen=True):
    """A request with all that belongs to it, as a person is shown it.

    Attributes:
        open: the steps the person may enter now.
        next: the steps that may follow, whoever enters them.
        advice: what would make the request clearer, for those who may change it.
        history: every number of the request, the first first; one alone where the summary is shown.
        feedback: of both sides; offers: those passed on, as they are now.
        may_change: whether the person may write it anew.
    """

    shown: Shown
    open: tuple[Open, ...]
    next: tuple[Open, ...]
    advice: tuple[Advice, ...]
    history: tuple[Request, ...]
    feedback: tuple[Feedback, ...]
    offers: tuple[Offer, ...]
    may_change: bool


class Asked(msgspec.Struct, frozen=True):
    """Which requests are wanted; an empty part asks for all."""

    state: str = ""
    theme: str = ""
    type: str = ""
    weapon: str = ""
    region: str = ""
    standing: str = ""
    words: str = ""


def today() -> dt.date:
    """The day at United Nations Headquarters, by which the procedure counts."""
    return dt.datetime.now(HEADQUARTERS).date()


def keep_request(request: Request, *, database_url: str | None, who: Person, note: str = "") -> Request:
    """Keep a new draft, or a request written anew; its steps stay as they are.

    Arguments:
        request: without an id where it is new; else with the number it was read with.

    Raises NotAllowed where the person may not, BadInput and UnknownCode for what it says, Conflict where it was changed meanwhile.
    """
    check_open(who, "request")
    if request.state is None and who.sees.own:
        raise BadInput(
            "a request of no State",
            expected=f"one of {who.state or 'the State you act for'}",
            where="state",
            remedy="name the State that asks",
        )
    if request.state:
        check_state(who, request.state)
    checked(request)
    written = msgspec.structs.replace(request, by=who.name, at=now_utc(), note=note.strip())
    with opened(database_url) as store:
        if request.id:
            before = store.record(Request, request.id)
            found = _progress(store, before)
            _check_change(before, written, found, who)
        return store.add_record(written, expected=request.number)


def take_step(
    request_id: str,
    step: str,
    *,
    database_url: str | None,
    who: Person,
    seen: int | None = None,
    on: dt.date | None = None,
    reason: str = "",
    offer: str | None = None,
) -> Taken:
    """Enter a step of a request.

    Arguments:
        seen: how many steps the person saw on it; None for those there are now.
        on: the day on which it happened; today at Headquarters when left out.
        offer: id of the offer the step concerns.

    Raises UnknownCode for a request or step nobody knows, NotAllowed where the person may not or the step is not open, BadInput for
    a day in the future or too early, Conflict where somebody entered a step meanwhile.
    """
    check_open(who, "request-step")
    day = on or today()
    if day > today():
        raise BadInput(
            f"the day {day}",
            expected=f"today, {today()}, or a day before",
            where="on",
            remedy="enter it once it has happened",
        )
    with opened(database_url) as store:
        request = _shown_request(store, request_id, who)
        found = _progress(store, request)
        if who.sees.own and request.state:
            check_state(who, request.state)
        procedure.check_step(found, step, role=who.role, on=day, offer=offer, consent=request.consent)
        _check_offer(store, found, step, offer, who)
        if step == SUBMIT and not reason.strip():
            _check_clear(request, day)
        taken = Taken(request_id, 0, step, day, now_utc(), who.name, who.role, reason.strip(), offer)
        return store.take_request_step(taken, len(found.entered) if seen is None else seen)


def give_feedback(
    request_id: str,
    side: Side,
    met: Met,
    text: str = "",
    *,
    database_url: str | None,
    who: Person,
    offer: str | None = None,
) -> Feedback:
    """Keep what a side says of the assistance given; said again, it follows what was said before.

    Raises NotAllowed for a side the person does not speak for, or where no offer was accepted yet.
    """
    check_open(who, "feedback")
    with opened(database_url) as store:
        request = _shown_request(store, request_id, who)
        found = _progress(store, request)
        accepted = found.offers("accept")
        if offer is not None and offer not in accepted:
            raise UnknownCode(
                f"offer {offer!r}",
                expected="one the State accepted: " + (", ".join(accepted) or "none yet"),
                where=f"feedback on {request_id}",
                remedy="choose one of these, or leave it out",
            )
        _check_side(store, request, found, side, who)
        said = Feedback(
            request=request_id, side=side, met=met, text=text.strip(), offer=offer, by=who.name, at=now_utc()
        )
        return store.add_record(said)


def requests(*, database_url: str | None, who: Person, asked: Asked = Asked()) -> tuple[Shown, ...]:  # noqa: B008 - a frozen value
    """The requests a person is shown, latest step first."""
    with opened(database_url) as store:
        found = [
            _shown(request, progress, who) for request, progress in _all(store) if _is_shown(request, progress, who)
        ]
    wanted = [one for one in found if _answers(one, asked)]
    return tuple(sorted(wanted, key=_latest, reverse=True))


def request(request_id: str, *, database_url: str | None, who: Person) -> Detail:
    """A request with all that belongs to it. Raises UnknownCode where there is none the person is shown."""
    with opened(database_url) as store:
        kept = _shown_request(store, request_id, who)
        found = _progress(store, kept)
        shown = _shown(kept, found, who)
        following = procedure.open_steps(found, consent=kept.consent)
        may_change = _may_change(kept, found, who)
        feedback = [one for one in store.records(Feedback) if one.request == request_id]
        passed = found.offers("pass-offer")
        return Detail(
            shown,
            tuple(one for one in following if _may_enter(one, kept, found, store, who)),
            following,
            clarity(kept, on=today()) if may_change else (),
            (shown.request,) if shown.summary else tuple(store.history(Request, request_id)),
            () if shown.summary else tuple(feedback),
            () if shown.summary else tuple(store.record(Offer, offer) for offer in passed),
            may_change,
        )


def open_to(*, database_url: str | None, who: Person) -> tuple[tuple[Shown, tuple[Open, ...]], ...]:
    """The requests a person is shown in full, each with the steps the person may enter on it."""
    with opened(database_url) as store:
        return tuple(
            (
                _shown(kept, found, who),
                tuple(
                    one
                    for one in procedure.open_steps(found, consent=kept.consent)
                    if _may_enter(one, kept, found, store, who)
                ),
            )
            for kept, found in _all(store)
            if _is_in_full(kept, found, who)
        )


def advice(request: Request) -> tuple[Advice, ...]:
    """What would make a request clearer, what is needed before it is sent first; none for a clear one."""
    return clarity(request, on=today())


def side_of(written: str) -> Side:
    """Who gives feedback, as written. Raises UnknownCode for any other."""
    return _one_of(written, get_args(Side), "side")


def met_of(written: str) -> Met:
    """Whether a need was met, as written: ``in part`` or ``in-part``. Raises UnknownCode for any other."""
    return _one_of(written.replace("-", " "), get_args(Met), "whether the need was met")


def due(*, database_url: str | None, who: Person, until: dt.date, on: dt.date | None = None) -> tuple[Due, ...]:
    """What is due of the requests a person is shown, the overdue first; for those who brief the Committee its briefings too.

    Arguments:
        on: today; until: the last day asked about.
    """
    day = on or today()
    with opened(database_url) as store:
        found = [
            (progress, request.consent) for request, progress in _all(store) if _is_in_full(request, progress, who)
        ]
    steps = procedure.due(found, day, until)
    if who.role not in ("expert", "committee"):
        return steps
    told = tuple(Due(one, "briefing", ("expert",), None, 0) for one in procedure.briefings(day, until))
    return tuple(sorted((*steps, *told), key=lambda one: (one.day, one.request or "", one.step)))


def _one_of(written: str, known: tuple[W, ...], where: str) -> W:
    for one in known:
        if written.strip() == one:
            return one
    raise UnknownCode(
        f"{written!r}", expected="one of " + ", ".join(map(str, known)), where=where, remedy="choose one of these"
    )


def _check_change(before: Request, written: Request, found: Progress, who: Person) -> None:
    if not _may_change(before, found, who):
        raise NotAllowed(
            f"{who.sees.title}, and a request that stands at {found.standing!r}",
            expected="whoever wrote it or its State, while the procedure goes on",
            where=f"request {before.id}",
            remedy="ask the State that made it",
        )
    if written.state != before.state:
        raise BadInput(
            f"a request of {written.state or 'no State'}",
            expected=f"one of {before.state or 'no State'}, as it was made",
            where=f"request {before.id}",
            remedy="make a new request for another State",
        )


def _may_change(request: Request, found: Progress, who: Person) -> bool:
    if found.ended or who.role not in ("contact", "expert"):
        return False
    if who.sees.own:
        return request.state is not None and who.state in (None, request.state)
    return request.by == who.name


def _check_clear(request: Request, day: dt.date) -> None:
    missing = [advice for advice in clarity(request, on=day) if advice.weight == "must"]
    if missing:
        raise BadInput(
            "a request that leaves open: " + ", ".join(f"{advice.part} ({advice.id})" for advice in missing),
            expected="a request others can act on",
            where=f"request {request.id}",
            remedy="complete these parts; or give a reason, and send it as it is",
        )


def _check_offer(store: Store, found: Progress, step: str, offer: str | None, who: Person) -> None:
    if offer is not None and step in ("pass-offer", "accept") and store.record(Offer, offer).withdrawn:
        raise NotAllowed(
            f"offer {offer}, which its provider has withdrawn",
            expected="an offer that stands",
            where=f"request {found.request}, step {step}",
            remedy="look for another match",
        )
    if who.role == "provider" and not _is_provider(store, found, who):
        raise NotAllowed(
            f"{who.name}, none of whose offers the State accepted",
            expected="the provider of an accepted offer",
            where=f"request {found.request}, step {step}",
            remedy="ask the State or the Group of Experts to enter it",
        )


def _check_side(store: Store, request: Request, found: Progress, side: Side, who: Person) -> None:
    if not found.last("accept"):
        raise NotAllowed(
            f"a request of which no offer was accepted, at {found.standing!r}",
            expected="a request for which assistance was agreed",
            where=f"feedback on {request.id}",
            remedy="enter first that the State accepted an offer",
        )
    speaks = {"requester": ("contact", "expert"), "provider": ("provider", "expert")}[side]
    of_state = not who.sees.own or who.state in (None, request.state)
    if who.role not in speaks or not of_state or (who.role == "provider" and not _is_provider(store, found, who)):
        raise NotAllowed(
            f"{who.sees.title}, speaking as the {side}",
            expected="the State that asked" if side == "requester" else "the provider of an accepted offer",
            where=f"feedback on {request.id}",
            remedy="let that side speak for itself, or an expert enter what it wrote",
        )


def _is_provider(store: Store, found: Progress, who: Person) -> bool:
    return any(store.history(Offer, offer)[0].by == who.name for offer in found.offers("accept"))


def _may_enter(one: Open, request: Request, found: Progress, store: Store, who: Person) -> bool:
    by = reference.step_rule(found.steps[-1].step).by if one.step == procedure.UNDO else one.by
    if who.role not in by or (who.sees.own and who.state not in (None, request.state)):
        return False
    return who.role != "provider" or _is_provider(store, found, who)


def _all(store: Store) -> Iterable[tuple[Request, Progress]]:
    taken: dict[str, list[Taken]] = {}
    for step in store.request_steps():
        taken.setdefault(step.request, []).append(step)
    for kept in store.records(Request):
        yield kept, procedure.progress(kept.id, taken.get(kept.id, ()))


def _progress(store: Store, request: Request) -> Progress:
    return procedure.progress(request.id, store.request_steps([request.id]))


def _shown_request(store: Store, request_id: str, who: Person) -> Request:
    kept = store.record(Request, request_id)
    if not _is_shown(kept, _progress(store, kept), who):
        # Whether there is one is not told either.
        raise UnknownCode(
            f"request {request_id!r}",
            expected="the id of a request that is kept",
            where="assistance",
            remedy="choose one that is listed",
        )
    return kept


def _is_shown(request: Request, found: Progress, who: Person) -> bool:
    return is_shown_request(who, request.state, request.by, found.standing)


def _is_in_full(request: Request, found: Progress, who: Person) -> bool:
    """Whether a person sees more than the summary posted for everyone."""
    if not _is_shown(request, found, who):
        return False
    own = is_shown_request(who, request.state, request.by, "draft")
    return own or who.sees.requests != ("posted",)


def _shown(request: Request, found: Progress, who: Person) -> Shown:
    if _is_in_full(request, found, who):
        return Shown(request, found, summary=False)
    private = {
        "contact": Contact(),
        "existing": "",
        "elsewhere": "",
        "document": None,
        "read": (),
        "by": "",
        "note": "",
    }
    posted = tuple(msgspec.structs.replace(taken, by="", reason="") for taken in found.steps)
    known = msgspec.structs.replace(found, entered=posted, steps=posted)
    return Shown(msgspec.structs.replace(request, **private), known, summary=True)


def _latest(shown: Shown) -> tuple[str, str]:
    steps = shown.progress.entered
    return ((steps[-1].at if steps else shown.request.at).isoformat(), shown.request.id)


def _answers(shown: Shown, asked: Asked) -> bool:
    one, subject = shown.request, shown.request.subject
    members: Sequence[str] | frozenset[str] = reference.regions().get(asked.region, frozenset()) if asked.region else ()
    words = f"{one.title} {one.need} {one.requester} {one.outcome}".casefold()
    return (
        asked.state in ("", one.state)
        and (not asked.theme or asked.theme in subject.themes)
        and (not asked.type or asked.type in subject.types)
        and (not asked.weapon or asked.weapon in subject.weapons)
        and (not asked.region or one.state in members)
        and asked.standing in ("", shown.progress.ended or shown.progress.standing)
        and all(word in words for word in asked.words.casefold().split())
    )
