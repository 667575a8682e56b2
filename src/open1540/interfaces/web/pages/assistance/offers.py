"""Offers on a page: listed, shown with what they were passed on for, written, withdrawn."""

from typing import Annotated, get_args

import msgspec
from fastapi import Form, Response
from pydantic import BaseModel, ConfigDict, Field

from open1540 import reference
from open1540.assistance.records import Contact, Offer, ProviderKind
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.assistance.place import Asked, Filters, Words, Written, crumbs, desk, regions, states
from open1540.interfaces.web.pages.assistance.written import LONGEST, number_of, subject_of
from open1540.vocabulary import BadInput, Conflict, NotAllowed, Open1540Error
from open1540.workflows import assistance_matching as matching
from open1540.workflows import assistance_offers as flow
from open1540.workflows.assistance_offers import OfferDetail

KINDS: tuple[ProviderKind, ...] = get_args(ProviderKind)
Refused = BadInput | Conflict | NotAllowed
_Text = Annotated[str, Field(max_length=LONGEST)]
_Many = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=400)]


class Typed(BaseModel):
    """What the form of an offer sends."""

    model_config = ConfigDict(extra="ignore")

    number: _Text = "0"
    note: _Text = ""
    provider: _Text = ""
    kind: _Text = "other"
    state: _Text = ""
    title: _Text = ""
    text: _Text = ""
    themes: _Many = []
    types: _Many = []
    weapons: _Many = []
    languages: _Many = []
    since: _Text = ""
    until: _Text = ""
    states: _Many = []
    regions: _Many = []
    capacity: _Text = ""
    conditions: _Text = ""
    contact_name: _Text = ""
    contact_office: _Text = ""
    contact_email: _Text = ""
    contact_phone: _Text = ""
    source: _Text = ""


TypedForm = Annotated[Typed, Form()]


@desk.page("/assistance/offers", "read", table=True)
def listed(ask: Asking, asked: Filters) -> Response:
    """Offers by filters."""
    found = flow.offers(database_url=ask.database_url, who=ask.who, asked=asked)
    words = Words(ask.t)
    return desk.show(
        ask,
        "offers.html",
        title=ask.t("Offers of assistance"),
        crumbs=crumbs(ask),
        table=_table(ask, found, words),
        found=found,
        asked=asked,
        filtered=asked != flow.Asked(),
        words=words,
        states=states(ask),
        public=reference.assistance_providers(),
    )


@desk.page("/assistance/offers/new", "offer", keep=False)
def new(ask: Asking) -> Response:
    """The form of a new offer."""
    return _form(ask, Typed(state=ask.who.state or ""))


@desk.act("/assistance/offers/new", "offer")
def make(ask: Asking, typed: TypedForm) -> Response:
    """Keep a new offer."""
    try:
        kept = flow.keep_offer(_offer(typed), database_url=ask.database_url, who=ask.who, note=typed.note)
    except (BadInput, NotAllowed) as error:
        return _form(ask, typed, error=error)
    return go(f"/assistance/offers/{kept.id}?done=kept")


@desk.page("/assistance/offers/{offer}", "read", keep=False)
def one(ask: Asking, offer: str, done: Asked = "") -> Response:
    """An offer, and the requests it may serve."""
    return _one(ask, offer, done=done)


@desk.page("/assistance/offers/{offer}/change", "offer", keep=False)
def change(ask: Asking, offer: str) -> Response:
    """The form of an offer that is kept."""
    found = flow.offer(offer, database_url=ask.database_url, who=ask.who)
    return _form(ask, _typed(found.offer), of=found)


@desk.act("/assistance/offers/{offer}/change", "offer")
def changed(ask: Asking, offer: str, typed: TypedForm) -> Response:
    """Keep the offer as written anew."""
    found = flow.offer(offer, database_url=ask.database_url, who=ask.who)
    try:
        written = msgspec.structs.replace(_offer(typed, found.offer), number=number_of(typed.number))
        flow.keep_offer(written, database_url=ask.database_url, who=ask.who, note=typed.note)
    except (BadInput, NotAllowed, Conflict) as error:
        return _form(ask, typed, of=found, error=error)
    return go(f"/assistance/offers/{offer}?done=kept")


@desk.act("/assistance/offers/{offer}/withdraw", "offer")
def withdraw(ask: Asking, offer: str, reason: Written = "", seen: Written = "") -> Response:
    """Withdraw an offer; requests it was passed on for show so."""
    try:
        flow.withdraw(offer, database_url=ask.database_url, who=ask.who, reason=reason, seen=number_of(seen))
    except (BadInput, NotAllowed, Conflict) as error:
        return _one(ask, offer, error=error)
    return go(f"/assistance/offers/{offer}?done=withdrawn")


def _one(ask: Ask, offer: str, *, done: str = "", error: Refused | None = None) -> Response:
    t = ask.t
    found = flow.offer(offer, database_url=ask.database_url, who=ask.who)
    said = {
        "kept": t("The offer was kept."),
        "withdrawn": t("The offer was withdrawn; requests it was passed on for show so."),
    }
    return desk.show(
        ask,
        "offer.html",
        title=found.offer.title,
        crumbs=crumbs(ask, (t("Offers of assistance"), "/assistance/offers")),
        found=found,
        offer=found.offer,
        words=Words(t),
        matches=matching.of_offer(offer, database_url=ask.database_url, who=ask.who)
        if ask.may("match") and not found.offer.withdrawn
        else None,
        done=said.get(done, ""),
        error=error,
        status=status_of(error) if error else 200,
    )


def _form(ask: Ask, typed: Typed, *, of: OfferDetail | None = None, error: Open1540Error | None = None) -> Response:
    t = ask.t
    below = [(of.offer.title, f"/assistance/offers/{of.offer.id}")] if of else []
    return desk.show(
        ask,
        "write_offer.html",
        title=t("Change the offer") if of else t("Offer assistance"),
        crumbs=crumbs(ask, (t("Offers of assistance"), "/assistance/offers"), *below),
        typed=typed,
        words=Words(t),
        kinds=kinds(ask),
        states=states(ask),
        regions=regions(ask),
        of=of,
        error=error,
        status=status_of(error) if error else 200,
    )


def kinds(ask: Ask) -> dict[str, str]:
    """Kinds of providers in words."""
    t = ask.t
    return {
        "State": t("State"),
        "international organisation": t("international organization"),
        "regional organisation": t("regional organization"),
        "other": t("other provider"),
    }


def _offer(typed: Typed, before: Offer | None = None) -> Offer:
    if typed.kind not in KINDS:
        raise BadInput(
            f"the kind {typed.kind!r}",
            expected="one of " + ", ".join(KINDS),
            where="kind of provider",
            remedy="choose one",
        )
    return Offer(
        id=before.id if before else "",
        withdrawn=before.withdrawn if before else False,
        provider=typed.provider.strip(),
        kind=typed.kind,
        state=reference.state(typed.state).iso3 if typed.state.strip() else None,
        title=typed.title.strip(),
        subject=subject_of(typed, before),
        text=typed.text.strip(),
        states=tuple(typed.states),
        regions=tuple(typed.regions),
        capacity=number_of(typed.capacity) if typed.capacity.strip() else None,
        conditions=typed.conditions.strip(),
        contact=Contact(
            typed.contact_name.strip(),
            typed.contact_office.strip(),
            typed.contact_email.strip(),
            typed.contact_phone.strip(),
        ),
        source=typed.source.strip(),
    )


def _typed(offer: Offer) -> Typed:
    subject, contact = offer.subject, offer.contact
    return Typed(
        number=str(offer.number),
        provider=offer.provider,
        kind=offer.kind,
        state=offer.state or "",
        title=offer.title,
        text=offer.text,
        themes=list(subject.themes),
        types=list(subject.types),
        weapons=list(subject.weapons),
        languages=list(subject.languages),
        since=str(subject.since or ""),
        until=str(subject.until or ""),
        states=list(offer.states),
        regions=list(offer.regions),
        capacity=str(offer.capacity or ""),
        conditions=offer.conditions,
        contact_name=contact.name,
        contact_office=contact.office,
        contact_email=contact.email,
        contact_phone=contact.phone,
        source=offer.source,
    )


def _table(ask: Ask, found: tuple[Offer, ...], words: Words) -> Table:
    t = ask.t
    return table(
        "offers",
        t("Offers of assistance"),
        [
            ("id", t("Number")),
            ("provider", t("Provider")),
            ("title", t("Title")),
            ("themes", words.label("themes")),
            ("types", words.label("types")),
            ("weapons", words.label("weapons")),
            ("open_to", t("Open to")),
            ("languages", words.label("languages")),
            ("since", words.label("since")),
            ("until", words.label("until")),
            ("capacity", t("How many requests at once")),
            ("conditions", t("Conditions")),
            ("source", t("Source")),
        ],
        (
            (
                one.id,
                one.provider,
                one.title,
                words.named("themes", one.subject.themes),
                words.named("types", one.subject.types),
                words.named("weapons", one.subject.weapons),
                "; ".join((*one.states, *one.regions)),
                words.named("languages", one.subject.languages),
                one.subject.since,
                one.subject.until,
                one.capacity,
                one.conditions,
                one.source,
            )
            for one in found
        ),
    )
