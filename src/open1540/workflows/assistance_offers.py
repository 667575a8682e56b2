"""Offers of assistance and activities planned or held: written by those who give them, shown to all who may look for them."""

import msgspec

from open1540 import reference
from open1540.assistance import procedure
from open1540.assistance.overlap import Overlap, meant_of, overlaps
from open1540.assistance.records import Activity, Contact, Offer, Request, Taken
from open1540.assistance.validity import checked
from open1540.store import Store
from open1540.vocabulary import NotAllowed
from open1540.workflows.database import opened
from open1540.workflows.matrix import now_utc
from open1540.workflows.permissions import Person, check_open, is_shown_request, may


class Affected(msgspec.Struct, frozen=True):
    """A request an offer was passed on for, and whether the State accepted it."""

    request: str
    state: str | None
    title: str
    accepted: bool


class OfferDetail(msgspec.Struct, frozen=True):
    """An offer with its earlier numbers, and the requests it was passed on for as far as the person is shown them."""

    offer: Offer
    history: tuple[Offer, ...]
    affected: tuple[Affected, ...]
    may_change: bool


class ActivityDetail(msgspec.Struct, frozen=True):
    """An activity with its earlier numbers, and what else is planned or held near it, for those who may match."""

    activity: Activity
    history: tuple[Activity, ...]
    overlaps: tuple[Overlap, ...]
    may_change: bool


class Asked(msgspec.Struct, frozen=True):
    """Which offers or activities are wanted; an empty part asks for all. Withdrawn and cancelled ones are left out unless ``all``."""

    theme: str = ""
    type: str = ""
    weapon: str = ""
    state: str = ""
    language: str = ""
    words: str = ""
    all: bool = False


def keep_offer(offer: Offer, *, database_url: str | None, who: Person, note: str = "") -> Offer:
    """Keep a new offer, or one written anew; withdrawing it is writing it anew as ``withdrawn``.

    Raises NotAllowed where the person may not, BadInput and UnknownCode for what it says, Conflict where it was changed meanwhile.
    """
    check_open(who, "offer")
    checked(offer)
    written = msgspec.structs.replace(offer, by=who.name, at=now_utc(), note=note.strip())
    with opened(database_url) as store:
        if offer.id:
            _check_own(store, Offer, offer.id, who)
        return store.add_record(written, expected=offer.number)


def withdraw(
    offer_id: str, *, database_url: str | None, who: Person, reason: str, seen: int | None = None
) -> OfferDetail:
    """Withdraw an offer; requests it was passed on for then show so. Returns it with those requests.

    ``seen`` is its number as the person saw it.
    """
    with opened(database_url) as store:
        kept = store.record(Offer, offer_id)
    changed = msgspec.structs.replace(kept, withdrawn=True, number=kept.number if seen is None else seen)
    keep_offer(changed, database_url=database_url, who=who, note=reason)
    return offer(offer_id, database_url=database_url, who=who)


def offers(*, database_url: str | None, who: Person, asked: Asked = Asked()) -> tuple[Offer, ...]:  # noqa: B008 - a frozen value
    """The offers asked for, by provider; contacts only for those who may match."""
    with opened(database_url) as store:
        found = [one for one in store.records(Offer) if asked.all or not one.withdrawn]
    wanted = [_as_shown(one, who) for one in found if _answers(one, asked)]
    return tuple(sorted(wanted, key=lambda one: (one.provider.casefold(), one.id)))


def offer(offer_id: str, *, database_url: str | None, who: Person) -> OfferDetail:
    """An offer with what belongs to it. Raises UnknownCode where there is none of this id."""
    with opened(database_url) as store:
        history = store.history(Offer, offer_id) or [store.record(Offer, offer_id)]
        affected = _affected(store, offer_id, who)
    shown = tuple(_as_shown(one, who) for one in history)
    return OfferDetail(shown[-1], shown, affected, _is_own(history[0], who))


def keep_activity(activity: Activity, *, database_url: str | None, who: Person, note: str = "") -> Activity:
    """Keep a new activity, or one written anew. Raises as ``keep_offer`` does."""
    check_open(who, "activity")
    checked(activity)
    written = msgspec.structs.replace(activity, by=who.name, at=now_utc(), note=note.strip())
    with opened(database_url) as store:
        if activity.id:
            _check_own(store, Activity, activity.id, who)
        return store.add_record(written, expected=activity.number)


def activities(*, database_url: str | None, who: Person, asked: Asked = Asked()) -> tuple[Activity, ...]:  # noqa: B008 - a frozen value
    """The activities asked for, in the order of their days; the request one answers is named to whom that is shown."""
    with opened(database_url) as store:
        found = [one for one in store.records(Activity) if asked.all or one.status != "cancelled"]
        wanted = [_activity_as_shown(store, one, who) for one in found if _answers(one, asked)]
    return tuple(sorted(wanted, key=lambda one: (str(one.subject.since or "9"), one.id)))


def activity(activity_id: str, *, database_url: str | None, who: Person) -> ActivityDetail:
    """An activity with what belongs to it. Raises UnknownCode where there is none of this id."""
    with opened(database_url) as store:
        history = store.history(Activity, activity_id) or [store.record(Activity, activity_id)]
        shown = tuple(_activity_as_shown(store, one, who) for one in history)
        others = store.records(Activity) if may(who, "match") else []
    near = () if history[-1].status == "cancelled" else overlaps(meant_of(history[-1]), others)
    return ActivityDetail(shown[-1], shown, near, _is_own(history[0], who))


def _affected(store: Store, offer_id: str, who: Person) -> tuple[Affected, ...]:
    if not may(who, "match"):
        return ()
    steps: dict[str, list[Taken]] = {}
    for taken in store.request_steps():
        steps.setdefault(taken.request, []).append(taken)
    found = []
    for request_id, entered in steps.items():
        going = procedure.progress(request_id, entered)
        if offer_id not in going.offers("pass-offer"):
            continue
        request = store.record(Request, request_id)
        if is_shown_request(who, request.state, request.by, going.standing):
            found.append(Affected(request_id, request.state, request.title, offer_id in going.offers("accept")))
    return tuple(found)


def _as_shown(offer: Offer, who: Person) -> Offer:
    return offer if may(who, "match") else msgspec.structs.replace(offer, contact=Contact(), by="", note="")


def _activity_as_shown(store: Store, one: Activity, who: Person) -> Activity:
    shown = one if may(who, "match") else msgspec.structs.replace(one, by="", note="")
    if one.request and not _is_shown(store, one.request, who):
        return msgspec.structs.replace(shown, request=None)
    return shown


def _is_shown(store: Store, request_id: str, who: Person) -> bool:
    """Whether a person is shown a request; what is written in its place may be no request of this store at all."""
    history = store.history(Request, request_id)
    going = procedure.progress(request_id, store.request_steps([request_id]))
    return bool(history) and is_shown_request(who, history[-1].state, history[-1].by, going.standing)


def _is_own(first: Offer | Activity, who: Person) -> bool:
    """Whether a person may write anew what began with this number: whoever made it, and the experts, who correct."""
    return who.role == "expert" or (may(who, "offer") and first.by == who.name)


def _check_own(store: Store, kind: type[Offer] | type[Activity], record_id: str, who: Person) -> None:
    first = next(iter(store.history(kind, record_id)), None) or store.record(kind, record_id)
    if not _is_own(first, who):
        raise NotAllowed(
            f"{who.name}, who did not write it",
            expected=f"{first.provider}, or an expert of the Group",
            where=record_id,
            remedy="ask whoever wrote it",
        )


def _answers(one: Offer | Activity, asked: Asked) -> bool:
    subject = one.subject
    words = f"{one.title} {one.provider} {one.text if isinstance(one, Offer) else ''}".casefold()
    return (
        (not asked.theme or asked.theme in subject.themes)
        and (not asked.type or asked.type in subject.types)
        and (not asked.weapon or asked.weapon in subject.weapons)
        and (not asked.language or asked.language in subject.languages)
        and (not asked.state or asked.state in states_of(one))
        and all(word in words for word in asked.words.casefold().split())
    )


def states_of(one: Offer | Activity) -> frozenset[str]:
    """The States an offer is open to, all where it names none; or those taking part in an activity."""
    if isinstance(one, Activity):
        return frozenset(one.states)
    if not one.states and not one.regions:
        return frozenset(state.iso3 for state in reference.states())
    return frozenset(one.states).union(*(reference.regions()[name] for name in one.regions))
