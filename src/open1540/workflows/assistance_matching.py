"""Offers for a request or a State's gaps, requests for an offer, what nobody offers, and what is planned or held already."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from open1540 import reference
from open1540.assistance import procedure
from open1540.assistance.matching import MOST, Compared, Match, Standing, Unmet, Wanted
from open1540.assistance.overlap import Meant, Overlap, Twice, meant_of, overlaps, twice
from open1540.assistance.procedure import Progress
from open1540.assistance.records import Activity, Feedback, Met, Offer, Request, Subject, Taken, Weapon
from open1540.matrix.record import Version, standing_template
from open1540.matrix.section_one import section_one
from open1540.reference import Field, State
from open1540.store import Store
from open1540.vocabulary import BadInput, Entry
from open1540.workflows import assistance_offers, assistance_requests
from open1540.workflows.assistance_requests import Shown, today
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, check_open, seen_of

_RANK = {"good": 0, "partial": 1, "no": 2}


class RequestMatches(msgspec.Struct, frozen=True):
    """Offers for a request, the best first; ``offers`` are those matched, by id; ``overlaps`` what is planned or held already."""

    request: str
    on: dt.date
    matches: tuple[Match, ...]
    offers: dict[str, Offer]
    overlaps: tuple[Overlap, ...]


class OfferMatches(msgspec.Struct, frozen=True):
    """Requests an offer would serve, the best first; ``requests`` are those matched as the person is shown them, by id."""

    offer: str
    on: dt.date
    matches: tuple[Match, ...]
    requests: dict[str, Request]
    overlaps: tuple[Overlap, ...]


class Gap(msgspec.Struct, frozen=True):
    """A theme in which a State's matrix leaves fields without a record; that is no finding on what the State has done.

    Attributes:
        fields: those not recorded; of: how many fields the theme has; weapons: the classes they belong to.
        matches: offers, each partial at most: no kind of help was asked for.
    """

    theme: str
    fields: tuple[str, ...]
    of: int
    weapons: tuple[Weapon, ...]
    matches: tuple[Match, ...]


class GapMatches(msgspec.Struct, frozen=True):
    """Offers for what a State's matrix leaves unknown.

    Attributes:
        version: number of the version shown to the person; None where there is none and section I comes from facts alone.
        offers: those matched, by id.
    """

    state: str
    on: dt.date
    version: int | None
    template: str
    gaps: tuple[Gap, ...]
    offers: dict[str, Offer]


class Unanswered(msgspec.Struct, frozen=True):
    """By theme, how many requests found an offer: over how many requests going on and how many offers it was counted."""

    on: dt.date
    requests: int
    offers: int
    themes: tuple[Unmet, ...]


class Doubled(msgspec.Struct, frozen=True):
    """Offers and activities that may be on record twice."""

    offers: tuple[Twice, ...]
    activities: tuple[Twice, ...]


def of_request(
    request_id: str,
    *,
    database_url: str | None,
    who: Person,
    weights: Mapping[str, float] | None = None,
    on: dt.date | None = None,
    most: int = MOST,
) -> RequestMatches:
    """Offers for a request as the person is shown it, with reasons.

    Arguments:
        weights: by criterion, instead of the usual ones; on: the day, today when left out; most: how many at most.

    Raises UnknownCode where the person is shown no such request, NotAllowed for who may not match, BadInput for bad weights.
    """
    check_open(who, "match")
    shown = assistance_requests.request(request_id, database_url=database_url, who=who).shown
    offers = assistance_offers.offers(database_url=database_url, who=who)
    with opened(database_url) as store:
        standing, activities = standing_of(store, without=request_id), store.records(Activity)
    compared = Compared([_wanted(shown)], offers, on or today(), standing, weights)
    matches = compared.best(0, most)
    near = overlaps(meant_of(shown.request), activities)
    return RequestMatches(request_id, compared.on, matches, _matched(matches, offers), near)


def of_offer(
    offer_id: str,
    *,
    database_url: str | None,
    who: Person,
    weights: Mapping[str, float] | None = None,
    on: dt.date | None = None,
    most: int = MOST,
) -> OfferMatches:
    """Requests going on, among those the person is shown, that an offer would serve. Raises as ``of_request`` does.

    A withdrawn offer serves none.
    """
    check_open(who, "match")
    offer = assistance_offers.offer(offer_id, database_url=database_url, who=who).offer
    going = _going_on(database_url, who)
    with opened(database_url) as store:
        standing, activities = standing_of(store), store.records(Activity)
    compared = Compared([_wanted(one) for one in going], [offer], on or today(), standing, weights)
    found = [compared.match(at, 0) for at in range(len(going))] if compared.offers else []
    fitting = sorted((one for one in found if one.verdict != "no"), key=_best_first)[:most]
    requests = {one.request.id: one.request for one in going}
    near = overlaps(meant_of(offer), activities)
    return OfferMatches(
        offer_id, compared.on, tuple(fitting), {one.wanted: requests[one.wanted] for one in fitting}, near
    )


def of_gaps(
    state: str,
    *,
    database_url: str | None,
    who: Person,
    weights: Mapping[str, float] | None = None,
    on: dt.date | None = None,
    most: int = MOST,
) -> GapMatches:
    """Offers for the themes in which a State's matrix, in the version the person may see, leaves fields without a record.

    A point of contact sees of another State what is published. Raises UnknownCode for a State nobody knows, NotAllowed and
    BadInput as ``of_request`` does.
    """
    check_open(who, "match")
    # Versions of a matrix count by the calendar of the machine, as the review does.
    found, day = reference.state(state), on or dt.date.today()
    offers = assistance_offers.offers(database_url=database_url, who=who)
    with opened(database_url) as store:
        version = _version(store, found.iso3, seen_of(who, found.iso3), day)
        standing = standing_of(store)
    template = reference.template(version.template) if version else standing_template()
    entries = version.entries if version else section_one(found.iso3, day, template)
    unknown = list(_not_recorded(entries, template.fields))
    wanted = [_wanted_in(found, theme, fields) for theme, fields, _ in unknown]
    compared = Compared(wanted, offers, day, standing, weights)
    gaps = tuple(
        Gap(theme, tuple(field.field for field in fields), of, one.subject.weapons, compared.best(at, most))
        for at, (one, (theme, fields, of)) in enumerate(zip(wanted, unknown, strict=True))
    )
    matched = _matched([match for gap in gaps for match in gap.matches], offers)
    return GapMatches(found.iso3, day, version.number if version else None, template.id, gaps, matched)


def unmet(
    *,
    database_url: str | None,
    who: Person,
    weights: Mapping[str, float] | None = None,
    on: dt.date | None = None,
) -> Unanswered:
    """What nobody offers: by theme, how many of the requests going on that the person is shown found an offer. Drafts do not count.

    Raises NotAllowed and BadInput as ``of_request`` does.
    """
    check_open(who, "match")
    going = [one for one in _going_on(database_url, who) if one.progress.standing != "draft"]
    offers = assistance_offers.offers(database_url=database_url, who=who)
    with opened(database_url) as store:
        standing = standing_of(store)
    compared = Compared([_wanted(one) for one in going], offers, on or today(), standing, weights)
    return Unanswered(compared.on, len(going), len(compared.offers), compared.unmet())


def overlaps_of(meant: Meant, *, database_url: str | None, who: Person) -> tuple[Overlap, ...]:
    """What is planned or held already that overlaps with an event or anything else meant. Raises NotAllowed for who may not match."""
    check_open(who, "match")
    with opened(database_url) as store:
        return overlaps(meant, store.records(Activity))


def doubled(*, database_url: str | None, who: Person) -> Doubled:
    """Offers and activities that may be on record twice. Raises NotAllowed for who may not match."""
    check_open(who, "match")
    with opened(database_url) as store:
        return Doubled(twice(store.records(Offer)), twice(store.records(Activity)))


def weights_named(written: Mapping[str, str]) -> dict[str, float]:
    """Weights by criterion as a user writes them; blank ones are left out. Raises BadInput for what is no number."""
    found = {}
    for criterion, weight in written.items():
        try:
            if weight.strip():
                found[criterion.strip()] = float(weight.strip().replace(",", "."))
        except ValueError:
            raise BadInput(
                f"the weight {weight!r} of {criterion!r}",
                expected="a number from 0, such as 2.5",
                where="weights",
                remedy="correct it, or leave it blank for the usual weight",
            ) from None
    return found


def standing_of(store: Store, without: str | None = None) -> Standing:
    """What is known of offers besides what they say.

    An accepted offer takes room until its request ends. Feedback is the requesters'; said again, the latest counts; where it names no
    offer, it speaks of the one accepted. What belongs to a withdrawn request is left aside.

    Arguments:
        without: id of a request whose own accepted offers take no room, for it would not be in its own way.
    """
    taken: dict[str, int] = {}
    accepted: dict[str, tuple[str, ...]] = {}
    for one in _progress(store):
        accepted[one.request] = () if one.standing == "withdrawn" else _last_said(one, "accept")
        if not one.ended and one.request != without:
            for offer in accepted[one.request]:
                taken[offer] = taken.get(offer, 0) + 1
    said: dict[tuple[str, str], Met] = {}
    for feedback in store.records(Feedback):
        offers = accepted.get(feedback.request, ())
        spoken_of = feedback.offer or (offers[0] if len(offers) == 1 else None)
        if feedback.side == "requester" and spoken_of in offers:
            said[feedback.request, spoken_of] = feedback.met
    told: dict[str, tuple[Met, ...]] = {}
    for (_, told_of), met in said.items():
        told[told_of] = (*told.get(told_of, ()), met)
    return Standing(taken, told)


def _progress(store: Store) -> Iterator[Progress]:
    steps: dict[str, list[Taken]] = {}
    for taken in store.request_steps():
        steps.setdefault(taken.request, []).append(taken)
    return (procedure.progress(request, entered) for request, entered in steps.items())


def _last_said(found: Progress, answer: str) -> tuple[str, ...]:
    """The offers of which the State's latest word is the answer: ``accept`` or ``decline``."""
    said = {taken.offer: taken.step for taken in found.steps if taken.offer and taken.step in ("accept", "decline")}
    return tuple(offer for offer, step in said.items() if step == answer)


def _going_on(database_url: str | None, who: Person) -> list[Shown]:
    shown = assistance_requests.requests(database_url=database_url, who=who)
    return [one for one in shown if not one.progress.ended]


def _wanted(shown: Shown) -> Wanted:
    one = shown.request
    return Wanted(one.id, one.state, one.subject, _last_said(shown.progress, "decline"))


def _matched(matches: Iterable[Match], offers: Iterable[Offer]) -> dict[str, Offer]:
    by_id = {offer.id: offer for offer in offers}
    return {match.offer: by_id[match.offer] for match in matches}


def _best_first(match: Match) -> tuple[int, float, str]:
    return _RANK[match.verdict], -match.balance, match.wanted


def _version(store: Store, state: str, who: Person, day: dt.date) -> Version | None:
    sees = who.sees
    standing = store.versions_standing(day, sees.sees, withheld=sees.withheld, states=[state])
    return next((version for version, _ in standing), None)


def _not_recorded(entries: Iterable[Entry], fields: Sequence[Field]) -> Iterator[tuple[str, tuple[Field, ...], int]]:
    """Each theme with fields not recorded: these, and how many it has."""
    told = {entry.field for entry in entries if entry.code}
    for theme in reference.themes():
        own = [field for field in fields if field.field in theme.matching()]
        unknown = tuple(field for field in own if field.field not in told)
        if unknown:
            yield theme.id, unknown, len(own)


def _wanted_in(state: State, theme: str, fields: Sequence[Field]) -> Wanted:
    weapons: tuple[Weapon, ...] = tuple(one for one in ("NW", "CW", "BW") if any(one == f.weapon for f in fields))
    subject = Subject(
        themes=(theme,),
        fields=tuple(field.field for field in fields),
        # Where some fields belong to no class, any class may serve.
        weapons=weapons if all(field.weapon for field in fields) else (),
        languages=tuple((state.un_languages or "").split(";")) if state.un_languages else (),
    )
    return Wanted(f"{state.iso3} {theme}", state.iso3, subject)
