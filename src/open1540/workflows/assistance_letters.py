"""Drafts of the letters of the procedure, for those who write them for the Committee; nothing is sent."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from open1540.assistance import letters, procedure, statistics
from open1540.assistance.letters import Facts
from open1540.assistance.procedure import Progress
from open1540.assistance.records import Feedback, Offer, Request
from open1540.assistance.statistics import Count
from open1540.reference import letter_rule
from open1540.reference.letters import BRIEFING, names_in
from open1540.store import Store
from open1540.vocabulary import BadInput, UnknownCode
from open1540.workflows import assistance_requests
from open1540.workflows.assistance_requests import today
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, check_open, is_shown_request

TABLES: tuple[statistics.By, ...] = ("theme", "type", "region")
WITHDRAW = "withdraw"


class Offered(msgspec.Struct, frozen=True):
    """A letter that goes with a request as it stands.

    Attributes:
        titles: by language; to: whom it may go to, the usual one first.
        offer: id of the offer it is about, where it is about one; empty where one is to be chosen.
    """

    letter: str
    step: str
    titles: dict[str, str]
    to: tuple[str, ...]
    offer: str | None


class BriefingDraft(msgspec.Struct, frozen=True):
    """What a briefing note says: its facts, and counts by theme, kind of assistance and region."""

    facts: Facts
    counts: Mapping[str, tuple[Count, ...]]


def offered(request_id: str, *, database_url: str | None, who: Person) -> tuple[Offered, ...]:
    """The letters that go with a request as it stands; a reminder for each side whose feedback is awaited.

    Raises NotAllowed for those who write no letters, UnknownCode where there is no request the person is shown.
    """
    check_open(who, "letter")
    with opened(database_url) as store:
        request, found = _request(store, request_id, who)
        said = [one for one in store.records(Feedback) if one.request == request_id]
    following = [one.step for one in procedure.open_steps(found, consent=request.consent)]
    mission = "state" if request.state else "organisation"
    made: list[Offered] = []
    for rule in letters.letters_for(found, following):
        if rule.to == "either":
            made += [
                Offered(rule.id, rule.step, rule.titles, (mission if side == "requester" else side,), offer)
                for offer, side in letters.awaited(found, said)
            ]
            continue
        to = mission if rule.to == "requester" else rule.to
        offers = _offers(rule.id, found) if is_about_offer(rule.id) else (None,)
        made += [Offered(rule.id, rule.step, rule.titles, (to,), offer) for offer in offers or ("",)]
    return tuple(made)


def facts(
    request_id: str,
    letter: str,
    *,
    database_url: str | None,
    who: Person,
    offer: str | None = None,
    on: dt.date | None = None,
) -> Facts:
    """What a letter about a request may say.

    Arguments:
        offer: id of the offer it is about; where one alone comes into question it may be left out.
        on: the day it is written; today at Headquarters when left out.

    Raises NotAllowed for those who write no letters, UnknownCode for a letter or offer nobody knows or where there is no request
    the person is shown, BadInput for a letter about an offer of several, or about no request.
    """
    check_open(who, "letter")
    rule = letter_rule(letter)
    if rule.step == BRIEFING:
        raise BadInput(
            f"the letter {letter!r} for one request",
            expected="a letter about a request",
            where=f"request {request_id}",
            remedy="draft the briefing of the Committee instead; it speaks of all requests",
        )
    with opened(database_url) as store:
        request, found = _request(store, request_id, who)
        about = _chosen(letter, found, offer) if is_about_offer(letter) else None
        return letters.facts_of(request, found, store.record(Offer, about) if about else None, on or today())


def briefing(*, database_url: str | None, who: Person, on: dt.date | None = None) -> BriefingDraft:
    """What the briefing note of a day says of the requests the person is shown. Raises NotAllowed for those who write no letters."""
    check_open(who, "letter")
    day = on or today()
    shown = assistance_requests.requests(database_url=database_url, who=who)
    sent = [(one.request, one.progress) for one in shown if one.progress.standing != "draft"]
    due = assistance_requests.due(database_url=database_url, who=who, until=day, on=day)
    overdue = sum(bool(one.overdue) for one in due)
    return BriefingDraft(
        letters.briefing_facts([progress for _, progress in sent], overdue, day),
        {by: statistics.counts(sent, by, public=False) for by in TABLES},
    )


def is_about_offer(letter: str) -> bool:
    """Whether a letter speaks of one offer, and needs to be told of which."""
    return "offer" in names_in("\n".join(letter_rule(letter).paragraphs["en"]))


def _request(store: Store, request_id: str, who: Person) -> tuple[Request, Progress]:
    request = store.record(Request, request_id)
    found = procedure.progress(request_id, store.request_steps([request_id]))
    # Whoever knew a request before its State withdrew it may confirm that.
    before = [taken for taken in found.steps if taken.step != WITHDRAW]
    standing = procedure.progress(request_id, before).standing
    if standing == "draft" or not is_shown_request(who, request.state, request.by, standing):
        raise UnknownCode(
            f"request {request_id!r}",
            expected="the id of a request that was sent",
            where="assistance letters",
            remedy="choose one that is listed",
        )
    return request, found


def _offers(letter: str, found: Progress) -> tuple[str, ...]:
    """The offers a letter may be about; those not passed on yet are not among them."""
    return found.offers("pass-offer" if letter_rule(letter).step == "pass-offer" else "accept")


def _chosen(letter: str, found: Progress, offer: str | None) -> str:
    known = _offers(letter, found)
    if letter_rule(letter).step == "pass-offer" and offer:
        return offer
    if offer in known:
        return str(offer)
    if offer is None and len(known) == 1:
        return known[0]
    raise BadInput(
        f"the offer {offer!r}" if offer else "no offer",
        expected="one of " + ", ".join(known) if known else "an offer the State accepted, or one to be passed on",
        where=f"request {found.request}, letter {letter}",
        remedy="name the offer the letter is about",
    )
