"""What a statement claims a State has in place, for later judgement. Claims of laws are read in ``documents.laws``."""

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from open1540 import reference
from open1540.documents import provisions
from open1540.documents.hits import Hits
from open1540.documents.laws.concepts import flat, said
from open1540.documents.lexicon import Hit
from open1540.documents.provisions import Proposed
from open1540.documents.reading import Actor, Statement
from open1540.vocabulary import Claim, Reason
from open1540.vocabulary.claims import Grade

_STATE = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"[^.;。；\d]{0,14}\d")
# Between statements that are searched together; no phrase goes on over it.
_APART = "\n;\n"
_ROWS = 5
_SELF_DECLARED = 0.6
_UNNAMED = 0.7


def of_statements(statements: Iterable[Statement], language: str, actors: Sequence[Actor] = ()) -> tuple[Claim, ...]:
    """Claims of the measures and commitments States state.

    The State is the speaker, or the State named first in the passage where the speaker is none. Fields
    come from the words of law in the passage and from the patterns of its topics; where no weapon class
    is named all three are meant, with less confidence. A named act raises the grade.
    """
    stated = [statement for statement in statements if statement.kind in ("measure", "commitment")]
    named = _States(actors)
    return tuple(
        claim
        for statement, hits in zip(stated, _hits(stated, language), strict=True)
        for claim in _of_statement(statement, hits, named.state_of(statement), language)
    )


def _hits(stated: Sequence[Statement], language: str) -> Iterator[list[Hit]]:
    """The words of law in each statement; all are searched at once, because every search has its price."""
    together = Hits(provisions.concepts_of(language).find(_APART.join(statement.text for statement in stated)))
    at = 0
    for statement in stated:
        end = at + len(statement.text)
        yield [Hit(hit.start - at, hit.end - at, hit.value, hit.kind) for hit in together.within(at, end)]
        at = end + len(_APART)


class _States:
    """The mentions of States in a text, in order."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._named = sorted(
            (mention.start, actor.id)
            for actor in actors
            if actor.type.casefold() == "state"
            for mention in actor.mentions
        )

    def state_of(self, statement: Statement) -> str | None:
        """The State that speaks, or the one named first in the passage where none does."""
        if statement.speaker and _STATE.fullmatch(statement.speaker):
            return statement.speaker
        at = bisect_left(self._named, (statement.start, ""))
        first = self._named[at] if at < len(self._named) else None
        return first[1] if first and first[0] < statement.end else None


def _of_statement(statement: Statement, hits: Sequence[Hit], state: str | None, language: str) -> Iterator[Claim]:
    if state is None:
        return
    named = flat(said(hits, statement.text, len(statement.text), language))
    proposed = list(provisions.fields(named, provisions.WEAPONS, context=named))
    proposed += _of_topics(statement, named)
    if not proposed:
        return
    grade: Grade = "planned" if statement.kind == "commitment" else "self-declared"
    if grade == "self-declared" and _names_a_law(statement.text, hits):
        grade = "cites law"
    best = max(one.confidence for one in proposed)
    yield Claim(
        state=state,
        fields=tuple(dict.fromkeys(one.field for one in proposed)),
        grade=grade,
        article=None,
        text=statement.text,
        start=statement.start,
        end=statement.end,
        reason=Reason(f"claims.{proposed[0].rule}", statement.reason.cue, round(best * statement.reason.confidence, 3)),
    )


def _of_topics(statement: Statement, named: frozenset[str]) -> Iterator[Proposed]:
    """Fields by the patterns of the statement's topics, for the weapon classes named, else for all three."""
    meant = provisions.weapons(named)
    certainty = _SELF_DECLARED if meant else _SELF_DECLARED * _UNNAMED
    spared = {f".{weapon}." for weapon in provisions.WEAPONS if meant and weapon not in meant}
    for topic in statement.topics:
        for field in _fields_of(topic):
            if field.endswith(".enforcement") and "penalty" not in named:
                continue
            if not any(part in field for part in spared):
                yield Proposed(field, f"topics.{topic}", round(certainty, 3), "explicit")


@cache
def _fields_of(topic: str) -> tuple[str, ...]:
    """The fields a topic speaks to; a pattern that takes in half a section says nothing of any one field."""
    known = sorted(reference.field_ids())
    found = (fnmatch.filter(known, pattern) for pattern in reference.topic(topic).fields)
    return tuple(
        field for fields in found if len({provisions.row_of(field) for field in fields}) <= _ROWS for field in fields
    )


def _names_a_law(text: str, hits: Sequence[Hit]) -> bool:
    """Whether an act is named: by its title, or by a number after a word for law."""
    kinds = {hit.value for hit in hits}
    numbered = (hit for hit in hits if hit.value == "law")
    return "named-law" in kinds or any(_NUMBER.match(text, hit.end) for hit in numbered)
