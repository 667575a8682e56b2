"""What makes a request for assistance actionable: pieces of advice with the condition on which each is given."""

import datetime as dt
from functools import cache
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, UnknownCode

ADVICE = "assistance/clarity.yaml"
Weight = Literal["must", "helps"]
Check = Literal[
    "undecided", "need-missing", "vague", "areas", "nobody", "outcome", "reversed", "past", "misfit", "requester"
]


class AdviceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of advice; it is given where everything it names holds.

    Attributes:
        part: of the request; weight: before sending, or what would help.
        says, suggest: by language; what is noticed, and how one could say it, with values in braces.
        lacks: none of these parts is said.
        types: help of one of these kinds is asked for; unless_types, unless_themes: none of these.
        without: no words of this kind stand in any text of the request.
        check: name of a comparison made in code.
        needed: only where a need is said.
    """

    id: str
    part: str
    weight: Weight
    says: dict[str, str]
    suggest: dict[str, str]
    lacks: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    unless_types: tuple[str, ...] = ()
    unless_themes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    check: Check | None = None
    needed: bool = False


class _Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    areas: dict[str, tuple[str, ...]]
    advice: tuple[AdviceRule, ...]


@cache
def _tree() -> _Advice:
    return tree(ADVICE, _Advice)


def advice_rules() -> tuple[AdviceRule, ...]:
    """Every piece of advice, in the order in which it is given."""
    return _tree().advice


def subject_areas() -> dict[str, tuple[str, ...]]:
    """The subject areas that want a request of their own, with their themes; a theme may belong to several."""
    return _tree().areas


def advice_rule(rule_id: str) -> AdviceRule:
    """The piece of advice with this id. Raises UnknownCode where there is none."""
    for known in advice_rules():
        if known.id == rule_id:
            return known
    raise UnknownCode(
        f"advice {rule_id!r}",
        expected="one of " + ", ".join(known.id for known in advice_rules()),
        where=f"facts/{ADVICE}",
        remedy="choose one of these",
    )
