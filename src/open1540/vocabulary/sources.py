"""Where a fact comes from and when it holds."""

import datetime as dt
from typing import Literal

import msgspec

Confidence = Literal["high", "medium", "low"]


class Source(msgspec.Struct, frozen=True):
    """The origin of a fact.

    Attributes:
        id: short key other facts refer to.
        title: what it is, in words.
        locator: address, symbol or path by which it can be found again.
        kind: official (the depositary, the United Nations), secondary (a copy or an analysis), tertiary (an encyclopaedia).
        retrieved: ISO date (or month, or year) on which it was read.
        note: anything a reader must know before trusting it.
    """

    id: str
    title: str
    locator: str
    kind: Literal["official", "secondary", "tertiary"]
    retrieved: str | None = None
    note: str | None = None


class Validity(msgspec.Struct, frozen=True):
    """The days on which a fact holds; an open end is ``None``. ``until`` is the last day on which it holds."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether ``day`` lies within the validity, both ends included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
