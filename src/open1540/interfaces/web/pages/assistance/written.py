"""A request as its form on a page has it: what was typed, part by part, and the request it makes."""

import datetime as dt
from typing import Annotated, Protocol

from fastapi import Form
from pydantic import BaseModel, ConfigDict, Field

from open1540 import reference
from open1540.assistance.form import value, with_values
from open1540.assistance.records import Activity, Contact, Offer, Request, Subject
from open1540.reference.request_parts import RequestPart, request_form
from open1540.vocabulary import BadInput

LONGEST = 20_000
_Text = Annotated[str, Field(max_length=LONGEST)]
_Many = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=200)]
_CONSENT = {"yes": True, "no": False, "": None}


class Typed(BaseModel):
    """What the form sends; a part of the contact is named with a low line, since a name of a form holds no dot here."""

    model_config = ConfigDict(extra="ignore")

    number: _Text = "0"
    note: _Text = ""
    state: _Text = ""
    requester: _Text = ""
    contact_name: _Text = ""
    contact_office: _Text = ""
    contact_email: _Text = ""
    contact_phone: _Text = ""
    title: _Text = ""
    weapons: _Many = []
    themes: _Many = []
    fields: _Text = ""
    need: _Text = ""
    types: _Many = []
    existing: _Text = ""
    outcome: _Text = ""
    receiver: _Text = ""
    beneficiaries: _Text = ""
    languages: _Many = []
    since: _Text = ""
    until: _Text = ""
    elsewhere: _Text = ""
    consent: _Text = ""


TypedForm = Annotated[Typed, Form()]
BLANK = Request(state=None, requester="", title="", subject=Subject(), contact=Contact())


def request_of(typed: Typed, before: Request = BLANK) -> Request:
    """The request as typed, over what it was before.

    Raises BadInput and UnknownCode for an answer that cannot be what its part asks for.
    """
    values = {part.id: _value(part, typed) for part in request_form().parts}
    return with_values(before, values)


def typed_of(request: Request) -> Typed:
    """A request as its form shows it."""
    shown = {_name(part.id): _shown(part, value(request, part.id)) for part in request_form().parts}
    return Typed.model_validate({"number": str(request.number)} | shown)


def _name(part_id: str) -> str:
    return part_id.replace(".", "_")


def _shown(part: RequestPart, given: object) -> object:
    if isinstance(given, tuple):
        return list(given) if part.kind == "choice" else " ".join(given)
    if isinstance(given, bool):
        return "yes" if given else "no"
    return "" if given is None else str(given)


def _value(part: RequestPart, typed: Typed) -> object:
    given = getattr(typed, _name(part.id))
    if part.kind == "choice":
        return tuple(given)
    text = given.strip()
    if part.kind == "state":
        return reference.state(text).iso3 if text else None
    if part.kind == "fields":
        return tuple(dict.fromkeys(text.replace(",", " ").split()))
    if part.kind == "number":
        return number_of(text, part.labels["en"]) if text else None
    if part.kind == "day":
        return day_of(text, part.labels["en"])
    if part.kind == "yes-no":
        return _CONSENT.get(text)
    return text


def number_of(text: str, where: str = "form") -> int:
    """A number as a form has it. Raises BadInput for anything else."""
    told = text.strip()
    if not (told.isascii() and told.isdigit()) or len(told) > 9:
        raise BadInput(f"the number {text!r}", expected="a number in digits", where=where, remedy="correct it")
    return int(told)


def day_of(text: str, where: str) -> dt.date | None:
    """A day as a form has it; None where it is left empty. Raises BadInput for anything else."""
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise BadInput(
            f"the day {text!r}",
            expected="a day such as 2027-03-31",
            where=where,
            remedy="correct it, or leave it empty",
        ) from error


class TypedSubject(Protocol):
    """What forms of offers and activities have in common."""

    themes: list[str]
    types: list[str]
    weapons: list[str]
    languages: list[str]
    since: str
    until: str


def subject_of(typed: TypedSubject, before: Offer | Activity | None) -> Subject:
    """The subject as a form has it; matrix fields, which no form asks for, stay as they were."""
    return Subject(
        themes=tuple(typed.themes),
        fields=before.subject.fields if before else (),
        weapons=tuple(typed.weapons),  # type: ignore[arg-type]
        types=tuple(typed.types),
        languages=tuple(typed.languages),
        since=day_of(typed.since, "from"),
        until=day_of(typed.until, "until"),
    )
