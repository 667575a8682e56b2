"""Invented requests, offers and activities, as pages, endpoints and journeys meet them."""

import datetime as dt

import msgspec
from serving import Server

from open1540.assistance.records import Activity, Contact, Offer, Request, Subject
from open1540.workflows import assistance_offers as offers
from open1540.workflows import assistance_requests as requests

BORDERS = Subject(
    themes=("border-controls",),
    types=("training",),
    weapons=("CW",),
    languages=("en", "fr"),
    since=dt.date(2027, 3, 1),
    until=dt.date(2027, 12, 31),
)
# By whom and on which day of November 2026 each step is entered.
TO_POSTED = (
    ("submit", "contact", 2),
    ("authenticate", "expert", 3),
    ("acknowledge", "committee", 3),
    ("notify", "expert", 4),
    ("circulate", "committee", 13),
    ("post", "expert", 16),
)
CIRCULATED = 5
SECRET = "hidden@customs.example"


def ask(server: Server, title: str = "Courses for customs officers", steps: int = 0) -> str:
    """A request of France, clear enough to be sent, after so many steps. Gives its id."""
    written = Request(
        state="FRA",
        requester="Invented Ministry of the Interior",
        title=title,
        subject=BORDERS,
        contact=Contact("Invented Officer", "Customs Academy", SECRET, "+000 0000"),
        need="Two five-day courses for 40 customs officers on finding chemicals of concern at land crossings.",
        existing="A decree of 2015",
        outcome="Two trained officers at each of twelve crossings by the end of 2027",
        receiver="Invented Customs Academy",
        beneficiaries=40,
        elsewhere="none",
        consent=True,
    )
    made = requests.keep_request(written, database_url=server.database_url, who=server.person("contact"))
    for step, role, day in TO_POSTED[:steps]:
        take(server, made.id, step, role, day)
    return made.id


def take(server: Server, request: str, step: str, role: str, day: int, offer: str | None = None) -> None:
    """A role enters a step as of a day of November 2026."""
    requests.take_step(
        request,
        step,
        database_url=server.database_url,
        who=server.person(role),
        on=dt.date(2026, 11, day),
        offer=offer,
    )


def offer(server: Server, title: str = "Regional courses for customs officers") -> str:
    """An offer of the provider for what is asked. Gives its id."""
    written = Offer(
        provider="Invented Institute of Customs",
        kind="international organisation",
        title=title,
        text="Courses of five days.",
        subject=msgspec.structs.replace(BORDERS, since=None, until=None),
        contact=Contact(email="hidden@institute.example"),
        capacity=2,
    )
    return offers.keep_offer(written, database_url=server.database_url, who=server.person("provider")).id


def activity(server: Server, title: str = "Seminar on border controls", request: str | None = None) -> str:
    """An activity of the provider in which France takes part. Gives its id."""
    written = Activity(
        provider="Invented Institute of Customs",
        title=title,
        subject=BORDERS,
        states=("FRA", "SEN"),
        place="SEN",
        request=request,
    )
    return offers.keep_activity(written, database_url=server.database_url, who=server.person("provider")).id


def matched(server: Server, title: str = "Courses for customs officers") -> tuple[str, str]:
    """A posted request of which an offer was accepted. Gives the ids of both."""
    made, given = ask(server, title, steps=len(TO_POSTED)), offer(server)
    take(server, made, "pass-offer", "committee", 17, given)
    take(server, made, "accept", "contact", 18, given)
    return made, given
