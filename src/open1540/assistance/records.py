"""What is written and done about assistance: requests, offers, activities, steps of the procedure, feedback, plans."""

import datetime as dt
from typing import Any, Literal

import msgspec

Weapon = Literal["NW", "CW", "BW"]
ProviderKind = Literal["State", "international organisation", "regional organisation", "other"]
Side = Literal["requester", "provider"]
Met = Literal["yes", "in part", "no", "too early"]
ActivityStatus = Literal["planned", "held", "cancelled"]


class Contact(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whom to speak to; never shown to the public."""

    name: str = ""
    office: str = ""
    email: str = ""
    phone: str = ""


class Read(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in a document a part of a request was read.

    Attributes:
        part: name of the part, such as ``types``; value: the id or words found.
        start, end: code-point offsets in the raw text; text: the passage.
        rule: dotted name of the rule that read it.
    """

    part: str
    value: str
    start: int
    end: int
    text: str
    rule: str


class Subject(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What assistance is about, the same for what is asked, offered and planned. An empty part says nothing, not "all".

    Attributes:
        themes: ids of ``facts/themes.yaml``.
        fields: ids of matrix fields, where the text is as precise as that.
        weapons: classes concerned.
        types: ids of ``facts/assistance/types.yaml``, such as ``training``.
        languages: working languages, ISO 639-1.
        since, until: days between which it is wanted or can be given.
    """

    themes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


class Kept(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What every record has once it is kept: never changed, only followed by its next number.

    Attributes:
        id: given by the store, such as ``MYS-2026-1``; number: 1, 2, 3 ... for each id.
        by: who wrote it; at: when, in UTC; note: why, in one line.
    """

    id: str = ""
    number: int = 0
    by: str = ""
    at: dt.datetime = dt.datetime.min
    note: str = ""


class Request(Kept, frozen=True, omit_defaults=True, kw_only=True, tag_field="record", tag=str.lower):
    """What is asked for, after the parts of the Committee's template as far as they are known.

    Attributes:
        state: ISO 3166-1 code; None where a regional organisation asks.
        requester: the ministry or organisation that asks.
        title: in a few words.
        need: what is missing, in the requester's words; existing: what there is already; outcome: what should be there afterwards.
        receiver: the authority that will receive it; beneficiaries: how many people; elsewhere: help sought or had elsewhere.
        consent: whether a summary may be posted for everyone; None where it is not said.
        document: id of the kept document it was read from; read: where each part stands in it.
    """

    state: str | None
    requester: str
    title: str
    subject: Subject = Subject()
    contact: Contact = Contact()
    need: str = ""
    existing: str = ""
    outcome: str = ""
    receiver: str = ""
    beneficiaries: int | None = None
    elsewhere: str = ""
    consent: bool | None = None
    document: str | None = None
    read: tuple[Read, ...] = ()


class Offer(Kept, frozen=True, omit_defaults=True, kw_only=True, tag_field="record", tag=str.lower):
    """What a provider can give.

    Attributes:
        provider: its name; state: its ISO code where it is a State; kind: what sort of provider it is.
        title: in a few words; text: what it gives, in its words.
        states: ISO codes of States it is open to; regions: names of M49 regions and regional groups; neither: any State.
        capacity: how many requests it can take on at the same time; None where it does not say.
        conditions: what must be met, in its words; source: where the offer was published.
        withdrawn: the provider no longer gives it.
    """

    provider: str
    kind: ProviderKind
    title: str
    state: str | None = None
    subject: Subject = Subject()
    text: str = ""
    states: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    capacity: int | None = None
    conditions: str = ""
    contact: Contact = Contact()
    source: str = ""
    withdrawn: bool = False


class Activity(Kept, frozen=True, omit_defaults=True, kw_only=True, tag_field="record", tag=str.lower):
    """Something planned or held for States: a seminar, a peer review, a training.

    Attributes:
        states: ISO codes of those taking part; place: the host State's code, where known.
        request: id of the request it answers; plan: id of the plan it comes from.
    """

    provider: str
    title: str
    subject: Subject = Subject()
    states: tuple[str, ...] = ()
    place: str | None = None
    status: ActivityStatus = "planned"
    request: str | None = None
    plan: str | None = None
    source: str = ""


class Feedback(Kept, frozen=True, omit_defaults=True, kw_only=True, tag_field="record", tag=str.lower):
    """What one side says of the assistance given for a request."""

    request: str
    side: Side
    met: Met
    text: str = ""
    offer: str | None = None


class Plan(Kept, frozen=True, omit_defaults=True, kw_only=True, tag_field="record", tag=str.lower):
    """A regional programme as it was worked out: what was given, and what came of it, both as they were."""

    title: str
    asked: dict[str, Any]
    programme: dict[str, Any]


RECORDS: dict[str, type[Kept]] = {
    "request": Request,
    "offer": Offer,
    "activity": Activity,
    "feedback": Feedback,
    "plan": Plan,
}
"""What each kind of record is called where it is kept."""


class Taken(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step of the procedure on record.

    Attributes:
        request: its id; position: 1, 2, 3 ... for each request.
        step: id of ``facts/assistance/procedure.yaml``.
        on: the day it happened, at United Nations Headquarters; at: when it was entered, in UTC.
        by, role: who entered it; reason: in their words; offer: id of the offer concerned.
    """

    request: str
    position: int
    step: str
    on: dt.date
    at: dt.datetime
    by: str
    role: str
    reason: str = ""
    offer: str | None = None
