"""What a State may be asked and what it may plan, theme by theme: questions, kinds of authority, steps, signs of completion."""

import datetime as dt
from functools import cache

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence

PLANS = "national/plans.yaml"
QUESTIONS = "national/questions.yaml"
# The theme of section I, whose fields belong to no theme of the matrix.
TREATIES = "treaties"


class Suggestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is usual in one theme; the editors' suggestion, binding nobody.

    Attributes:
        authorities: ids of kinds of authority that usually act.
        steps: ids of usual steps, in order.
        indicator: id of the sign by which completion is seen.
        months: an interval often needed.
        offers: providers of assistance whose field of work it is, as ``assistance_providers`` names them.
    """

    id: str
    authorities: tuple[str, ...]
    steps: tuple[str, ...]
    indicator: str
    months: int
    offers: tuple[str, ...]


class Suggestions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All suggestions, and the words of authorities, steps and indicators by id and language."""

    source: str
    as_of: dt.date
    confidence: Confidence
    authorities: dict[str, dict[str, str]]
    steps: dict[str, dict[str, str]]
    indicators: dict[str, dict[str, str]]
    themes: tuple[Suggestion, ...]


class _Questions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: dt.date
    confidence: Confidence
    questions: dict[str, dict[str, str]]


@cache
def suggestions() -> Suggestions:
    """The editors' suggestions for a voluntary national action plan."""
    return tree(PLANS, Suggestions)


@cache
def suggestion(theme: str) -> Suggestion:
    """What is usual in a theme, or in ``treaties``. Raises KeyError where no suggestion is on file."""
    return {one.id: one for one in suggestions().themes}[theme]


def question(theme: str, language: str = "en") -> str:
    """What a State is asked where the record of a theme, or of ``treaties``, is blank."""
    return _questions().questions[theme][language]


def questions() -> dict[str, dict[str, str]]:
    """Every question by theme and language."""
    return _questions().questions


@cache
def _questions() -> _Questions:
    return tree(QUESTIONS, _Questions)
