"""The negotiated record: versions of a State's matrix, the steps they take, and what is said about their fields."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from open1540 import reference
from open1540.reference import Template
from open1540.vocabulary import Entry

Step = Literal["draft", "with the State", "agreed", "approved", "published"]
"""Where a version stands. Steps are taken one after the other; any change makes a new version, which is a draft."""

STEPS: tuple[Step, ...] = get_args(Step)

CommentKind = Literal["comment", "note"]
"""``comment``: what the State says of a field, seen by all at work on it; ``note``: the experts', never shown to the State."""


class Header(msgspec.Struct, frozen=True, omit_defaults=True):
    """The dates printed at the head of a matrix; None and empty where they are not known.

    Attributes:
        reported: day of the State's national report.
        addenda: days of its additional information, in order.
        approved: day on which the Committee approved the matrix.
    """

    reported: dt.date | None = None
    addenda: tuple[dt.date, ...] = ()
    approved: dt.date | None = None


class Version(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole matrix of one State at one moment; never changed, only followed by the next one.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        number: 1, 2, 3 ... for each State.
        template: id of the template its fields are of.
        as_of: the day the record speaks of.
        entries: what is recorded, in the template's order; a field without an entry is blank.
        header: the dates printed at its head.
        step: where it stands now.
        made_at: when it was made, in UTC.
        by: who made it.
        note: why, in one line: ``3 proposals accepted``, ``imported from FRA.pdf``.
        made_from: number of the version it was made from; None for the first.
    """

    state: str
    number: int
    template: str
    as_of: dt.date
    entries: tuple[Entry, ...]
    made_at: dt.datetime
    by: str
    header: Header = Header()
    step: Step = "draft"
    note: str = ""
    made_from: int | None = None

    def entry(self, field: str) -> Entry:
        """What the version says of a field; a blank entry where it says nothing."""
        return next((entry for entry in self.entries if entry.field == field), Entry(self.state, field))


class VersionRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version without its entries, as lists show it."""

    state: str
    number: int
    template: str
    as_of: dt.date
    step: Step
    made_at: dt.datetime
    by: str
    note: str = ""
    made_from: int | None = None


class StepTaken(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step on record: which version came to which step, when, by whom and in which role."""

    state: str
    number: int
    step: Step
    at: dt.datetime
    by: str
    role: str
    reason: str = ""


class Comment(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody says of one field of one version; ``kind`` decides who sees it."""

    state: str
    number: int
    field: str
    kind: CommentKind
    text: str
    by: str
    role: str
    at: dt.datetime


def standing_template() -> Template:
    """The template new versions are made in: the newest of which any row was read in a source, not only recalled."""
    known = reference.templates()
    return next((t for t in reversed(known) if any(not f.reconstructed for f in t.fields)), known[-1])


def in_order(entries: Iterable[Entry], template: Template) -> tuple[Entry, ...]:
    """The entries that say anything, in the template's order; those of fields it does not have come last."""
    order = {field.field: place for place, field in enumerate(template.fields)}
    told = [entry for entry in entries if entry != Entry(entry.state, entry.field)]
    return tuple(sorted(told, key=lambda entry: order.get(entry.field, len(order))))
