"""The steps of a request for assistance, who may enter them, what they wait for and when they fall due."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, UnknownCode

PROCEDURE = "assistance/procedure.yaml"
Standing = Literal["draft", "submitted", "circulated", "posted", "withdrawn"]
"""Who is shown a request: its State; the Committee and its experts; providers as well; everyone; its State alone once more."""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time after a step: so many working days, or so many months."""

    after: str
    working_days: int = 0
    months: int = 0


class StepRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step; the head of ``facts/assistance/procedure.yaml`` says what each part means."""

    id: str
    by: tuple[str, ...]
    titles: dict[str, str]
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: Literal["offer", "consent"] | None = None
    opens: Standing | None = None
    ends: bool = False
    repeats: bool = False
    wait: Term | None = None
    due: Term | None = None


class Briefing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What experts tell the Committee every so many months."""

    months: int
    titles: dict[str, str]


class Procedure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All steps, in the order in which they usually follow each other, with their sources."""

    source: str
    as_of: dt.date
    confidence: Confidence
    steps: tuple[StepRule, ...]
    briefing: Briefing


@cache
def procedure() -> Procedure:
    """The procedure of requests for assistance."""
    return tree(PROCEDURE, Procedure)


def step_rule(step: str) -> StepRule:
    """The rule of a step. Raises UnknownCode where the procedure has none of this id."""
    for rule in procedure().steps:
        if rule.id == step:
            return rule
    raise UnknownCode(
        f"step {step!r}",
        expected="one of " + ", ".join(rule.id for rule in procedure().steps),
        where="assistance step",
        remedy="choose one of these",
    )
