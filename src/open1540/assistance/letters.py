"""Drafts of the letters of the procedure: what is known is filled in, what is not stays as a question.

A draft is text alone; nothing is sent. What it may say comes in as facts of the request, formatted by whoever writes it down.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from open1540.assistance import workdays
from open1540.assistance.procedure import Progress
from open1540.assistance.records import Feedback, Offer, Request, Side
from open1540.reference import LANGUAGES, LetterRule, letter_rule, letters, procedure, step_rule
from open1540.reference.letters import names_in
from open1540.vocabulary import Confidence, UnknownCode


class Missing(msgspec.Struct, frozen=True):
    """A value a draft lacks: its name, and what to ask for."""

    name: str
    question: str


class Letter(msgspec.Struct, frozen=True):
    """A draft in one language.

    Attributes:
        id: of ``facts/assistance/letters.yaml``; step: the step of the procedure it goes with, or ``briefing``.
        caveat: that it is a draft and nothing was sent.
        missing: values it lacks, in the order in which they stand; in the text each stands as ``[? question]``.
    """

    id: str
    step: str
    language: str
    caveat: str
    addressee: str
    subject: str
    paragraphs: tuple[str, ...]
    missing: tuple[Missing, ...]


class Facts(msgspec.Struct, frozen=True):
    """What a letter may say, before a language is chosen. An empty part is not known.

    Attributes:
        state: code of the State that asks; requester: the ministry or organisation.
        sent, notified, accepted, delivered, withdrawn: days of the steps; until: the last day on which the State may object, or
            of the time a briefing covers; since: its first.
        days: working days in which the State may object.
        certainty: how sure the holidays are by which ``until`` was counted; None where a year has no list.
        themes, types, weapons, languages, first, last: of the request, or of the offer where one is passed on.
        counts: figures of a briefing by name.
    """

    state: str | None = None
    requester: str = ""
    title: str = ""
    reference: str = ""
    need: str = ""
    receiver: str = ""
    consent: bool | None = None
    themes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    provider: str = ""
    offer: str = ""
    offer_reference: str = ""
    description: str = ""
    conditions: str = ""
    sent: dt.date | None = None
    notified: dt.date | None = None
    accepted: dt.date | None = None
    delivered: dt.date | None = None
    withdrawn: dt.date | None = None
    days: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    certainty: Confidence | None = None
    counts: dict[str, int] = {}


def draft(letter_id: str, language: str, values: Mapping[str, str], to: str = "") -> Letter:
    """The letter with its values filled in.

    Arguments:
        values: by the names in the letter's text, each as it is to stand there; an empty one counts as missing.
        to: ``state``, ``organisation``, ``provider``, ``providers`` or ``committee``, where the letter leaves it open.

    Raises UnknownCode for a letter, language or addressee nobody knows.
    """
    rule, told = letter_rule(letter_id), letters()
    _check_language(language)
    known = {name: value for name, value in values.items() if value.strip()}
    addressee = told.addressees[_addressee(rule, to)][language]
    around = (told.opening, told.closing) if rule.form == "note" else ({}, {})
    paragraphs = tuple(
        text for text in (around[0].get(language), *rule.paragraphs[language], around[1].get(language)) if text
    )
    texts = (addressee, rule.subject[language], *paragraphs)
    names = dict.fromkeys(name for text in texts for name in names_in(text) if name not in known)
    missing = tuple(Missing(name, told.questions[name][language]) for name in names)
    filled = known | {one.name: f"[? {one.question}]" for one in missing}
    return Letter(
        rule.id,
        rule.step,
        language,
        told.caveat[language],
        addressee.format_map(filled),
        rule.subject[language].format_map(filled),
        tuple(text.format_map(filled) for text in paragraphs),
        missing,
    )


def letters_for(found: Progress, following: Iterable[str]) -> tuple[LetterRule, ...]:
    """The letters that go with a request as it stands: of steps that may follow, and of those on record.

    Arguments:
        following: ids of the steps that may be entered next.
    """
    open_now = set(following)
    return tuple(rule for rule in letters().letters if _fits(rule, found, open_now))


def _fits(rule: LetterRule, found: Progress, open_now: set[str]) -> bool:
    if rule.to == "either" and not found.offers("accept"):
        return False
    return bool(found.last(rule.step)) or (rule.when == "open" and rule.step in open_now)


def facts_of(request: Request, found: Progress, offer: Offer | None, on: dt.date) -> Facts:
    """What letters about a request may say.

    Arguments:
        offer: the one a letter is about.
        on: today; the days in which the State may object begin after it where it was not told yet.
    """
    subject = offer.subject if offer else request.subject
    wait = step_rule("circulate").wait
    told = _day(found, wait.after) if wait else None
    until = workdays.after(told or on, wait.working_days) if wait else None
    return Facts(
        state=request.state,
        requester=request.requester,
        title=request.title,
        reference=request.id,
        need=request.need,
        receiver=request.receiver,
        consent=request.consent,
        themes=subject.themes,
        types=subject.types,
        weapons=subject.weapons,
        languages=subject.languages,
        first=subject.since,
        last=subject.until,
        provider=offer.provider if offer else "",
        offer=offer.title if offer else "",
        offer_reference=offer.id if offer else "",
        description=offer.text if offer else "",
        conditions=offer.conditions if offer else "",
        sent=_day(found, "submit"),
        notified=told,
        accepted=_day(found, "accept", offer),
        delivered=_day(found, "deliver"),
        withdrawn=_day(found, "withdraw"),
        days=wait.working_days if wait else None,
        until=until,
        certainty=workdays.certainty(told or on, until) if until else None,
    )


def briefing_facts(found: Sequence[Progress], overdue: int, on: dt.date) -> Facts:
    """What the briefing of the Committee says of requests: from the end of the briefing before, or two months ago, to a day.

    Arguments:
        found: of the requests that were sent; overdue: how many steps are.
    """
    months = procedure().briefing.months
    first = on.replace(day=1)
    for _ in range(months - 1):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    going = [one for one in found if not one.ended]
    days = [day for one in found if (day := _day(one, "submit"))]
    return Facts(
        since=first,
        until=on,
        counts={
            "requests": len(found),
            "going": len(going),
            "new": sum(first <= day <= on for day in days),
            "unanswered": sum(bool(one.last("circulate")) and not one.offers("pass-offer") for one in going),
            "overdue": overdue,
        },
    )


def awaited(found: Progress, feedback: Iterable[Feedback]) -> tuple[tuple[str, Side], ...]:
    """The offers accepted on which a side has said nothing yet, with the side, in the order of acceptance."""
    said = {(one.offer, one.side) for one in feedback}
    sides: tuple[Side, ...] = ("requester", "provider")
    return tuple(
        (offer, side)
        for offer in found.offers("accept")
        for side in sides
        # What is said without naming an offer speaks of all of them.
        if (offer, side) not in said and (None, side) not in said
    )


def _day(found: Progress, step: str, offer: Offer | None = None) -> dt.date | None:
    days = [taken.on for taken in found.steps if taken.step == step and (offer is None or taken.offer == offer.id)]
    return days[-1] if days else None


def _addressee(rule: LetterRule, to: str) -> str:
    open_ones = {"requester": ("state", "organisation"), "either": ("state", "organisation", "provider")}
    choices = open_ones.get(rule.to, (rule.to,))
    chosen = to or choices[0]
    if chosen not in choices:
        raise UnknownCode(
            f"addressee {chosen!r}",
            expected="one of " + ", ".join(choices),
            where=f"letter {rule.id}",
            remedy="choose one of these",
        )
    return chosen


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise UnknownCode(
            f"language {language!r}",
            expected="one of " + " ".join(LANGUAGES),
            where="language of a letter",
            remedy="choose one of the six official languages of the United Nations",
        )
