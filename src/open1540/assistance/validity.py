"""What a request, an offer or an activity must keep to before it is kept; how clear it is, ``clarity`` tells."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from open1540 import reference
from open1540.assistance.records import Activity, Contact, Offer, Request, Subject
from open1540.reference.labels import LANGUAGES
from open1540.vocabulary import BadInput, UnknownCode

LONGEST_TITLE, LONGEST_TEXT = 200, 20_000
EARLIEST, LATEST = dt.date(2004, 4, 28), dt.date(2060, 12, 31)
MOST_PEOPLE = 1_000_000
WEAPONS = ("NW", "CW", "BW")
Checked = Request | Offer | Activity


def checked(record: Checked) -> None:
    """Raise where a record names what nobody knows, is longer than anyone reads, or tells of impossible days or numbers.

    Raises UnknownCode for a State, theme, field, kind, language or region; BadInput for all else.
    """
    _check_texts(record)
    _check_subject(record.subject)
    if isinstance(record, Request):
        _check_request(record)
    elif isinstance(record, Offer):
        _check_offer(record)
    else:
        _check_states(record.states, "the States of an activity")


def _check_texts(record: Checked) -> None:
    if not record.title.strip():
        raise BadInput("no title", expected="a few words", where="title", remedy="say in a few words what it is about")
    for name, value in msgspec.structs.asdict(record).items():
        text = " ".join(msgspec.structs.astuple(value)) if isinstance(value, Contact) else value
        longest = LONGEST_TITLE if name == "title" else LONGEST_TEXT
        if isinstance(text, str) and len(text) > longest:
            raise BadInput(
                f"{len(text)} characters",
                expected=f"at most {longest}",
                where=name,
                remedy="shorten it; a longer text can be uploaded as a document",
            )


def _check_subject(subject: Subject) -> None:
    _check_known("theme", subject.themes, (theme.id for theme in reference.themes()))
    _check_known("matrix field", subject.fields, reference.field_ids())
    _check_known("weapon class", subject.weapons, WEAPONS)
    _check_known("kind of assistance", subject.types, (one.id for one in reference.assistance_types()))
    for language in subject.languages:
        if not (len(language) == 2 and language.isascii() and language.islower()):
            raise UnknownCode(
                f"language {language!r}",
                expected="two small letters of ISO 639-1, such as fr; official ones are " + ", ".join(LANGUAGES),
                where="languages",
                remedy="use the code of the language",
            )
    for day in (subject.since, subject.until):
        if day and not EARLIEST <= day <= LATEST:
            raise BadInput(
                f"the day {day}",
                expected=f"a day from {EARLIEST}, when resolution 1540 (2004) was adopted, to {LATEST}",
                where="period",
                remedy="check the year",
            )
    if subject.since and subject.until and subject.until < subject.since:
        raise BadInput(
            f"a period from {subject.since} to {subject.until}",
            expected="a last day that is not before the first",
            where="period",
            remedy="exchange the days, or correct one of them",
        )


def _check_request(request: Request) -> None:
    if request.state:
        _check_states((request.state,), "the State that asks")
    if not request.requester.strip():
        raise BadInput(
            "no requester", expected="the ministry or organisation that asks", where="requester", remedy="name it"
        )
    _check_number(request.beneficiaries, "beneficiaries")


def _check_offer(offer: Offer) -> None:
    if not offer.provider.strip():
        raise BadInput("no provider", expected="who gives the assistance", where="provider", remedy="name it")
    if offer.state:
        _check_states((offer.state,), "the State that offers")
    _check_states(offer.states, "the States it is open to")
    _check_known("region", offer.regions, reference.regions())
    _check_number(offer.capacity, "capacity")


def _check_states(states: Iterable[str], where: str) -> None:
    for code in states:
        if reference.state(code).iso3 != code:
            raise UnknownCode(
                f"State {code!r}",
                expected=f"its ISO 3166-1 code, {reference.state(code).iso3}",
                where=where,
                remedy="use the code",
            )


def _check_known(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    choices = sorted(known)
    for one in named:
        if one not in choices:
            shown = ", ".join(choices[:30]) + (" ..." if len(choices) > 30 else "")
            raise UnknownCode(f"{what} {one!r}", expected=f"one of {shown}", where=what, remedy="choose one of these")


def _check_number(number: int | None, where: str) -> None:
    if number is not None and not 1 <= number <= MOST_PEOPLE:
        raise BadInput(
            f"the number {number}", expected=f"1 to {MOST_PEOPLE}", where=where, remedy="correct or leave it out"
        )
