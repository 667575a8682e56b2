"""Ways by which non-State actors could come to such weapons, and the recorded measures that should stop each of them."""

import datetime as dt
from functools import cache
from typing import Literal, get_args

import msgspec

from open1540.reference.facts import tree
from open1540.reference.templates import fields_matching
from open1540.vocabulary import Confidence, UnknownCode

FILE = "pathways.yaml"
Stage = Literal["deny", "detect", "interdict", "punish"]
STAGES: tuple[Stage, ...] = get_args(Stage)


class Pathway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way to such weapons, seen from the side of those who prevent it.

    Attributes:
        titles: by language.
        summary: one sentence, in English.
        weapons: the classes it concerns.
        obligations: obligations of resolution 1540 that answer it.
        topics: topics of documents that speak of it.
        stages: patterns of matrix fields that record the measures to deny access, detect, interdict and punish.
        sources: ids of the sources that speak of the pathway; the choice of fields is the editors'.
    """

    id: str
    titles: dict[str, str]
    summary: str
    weapons: tuple[Literal["NW", "CW", "BW"], ...]
    obligations: tuple[str, ...]
    topics: tuple[str, ...]
    stages: dict[Stage, tuple[str, ...]]
    sources: tuple[str, ...]
    confidence: Confidence

    @property
    def source(self) -> str:
        """The sources in one string, as the tables of facts keep them."""
        return ";".join(self.sources)

    @property
    def as_of(self) -> dt.date:
        """The day on which the facts were gathered."""
        return _tree().as_of

    def title(self, language: str = "en") -> str:
        """The title in one of the six languages."""
        return self.titles[language]

    def matching(self, stage: Stage | None = None) -> frozenset[str]:
        """Ids of the matrix fields, of all templates, that record its measures at a stage, or at any."""
        wanted = STAGES if stage is None else (stage,)
        return fields_matching(tuple(pattern for one in wanted for pattern in self.stages[one]))


class _Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    as_of: dt.date
    pathways: tuple[Pathway, ...]


@cache
def _tree() -> _Tree:
    return tree(FILE, _Tree)


def pathways() -> tuple[Pathway, ...]:
    """Every pathway."""
    return _tree().pathways


def pathway(pathway_id: str) -> Pathway:
    """The pathway with this id. Raises UnknownCode where there is none."""
    for known in pathways():
        if known.id == pathway_id:
            return known
    raise UnknownCode(
        f"pathway {pathway_id!r}",
        expected="one of " + ", ".join(known.id for known in pathways()),
        where=f"facts/{FILE}",
        remedy="choose one of these",
    )
