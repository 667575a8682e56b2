"""National laws: which provision supports which field of the matrix, and how strongly.

A law is read as a row of sentences (``units``) with the concepts of each (``concepts``), what its defined terms bring
along (``terms``) and which other provisions it names (``citing``). Rules (``documents.provisions``) turn concepts into
fields. A definition alone supports nothing, nor does a heading or a list of contents.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.laws import citing, subject, terms
from open1540.documents.laws.concepts import Said, flat
from open1540.documents.laws.subject import Subject
from open1540.documents.laws.units import Unit, concept_hits, units
from open1540.documents.provisions import WEAPONS, Proposed
from open1540.documents.reading import Paragraph
from open1540.documents.sentences import trimmed
from open1540.vocabulary import Claim, Reason
from open1540.vocabulary.claims import Strength

# A provision is cited for a field where no other states it more directly by this much.
_AS_DIRECT = 0.02
_BREACH = 0.05
_BESIDE = 0.15
_CITATIONS = 1
_BLANKET = 0.6
_LED_IN = 0.04
_IN_CONTEXT = 0.06
_ADDRESSED = 0.03
# Conduct a penalty names, so that it is not one for any breach of the law.
_CONDUCT = frozenset(
    {"export", "import", "manufacture", "possess", "laboratory", "register", "declaration", "genetic", "human-health"}
)
# Sentences about the law itself, about courts and officials rule nobody's conduct; withdrawal and procedure do aside.
_SAYS_NOTHING = frozenset({"aim-of-law", "official-misconduct"})
_ASIDE = frozenset({"withdrawal", "procedure"})
_OBJECTS = frozenset({"weapon", "material", "item", "delivery", "technology", "listed", "for-weapons", "pathogen"})


class _Found(NamedTuple):
    """A field that a sentence supports."""

    unit: Unit
    field: str
    rule: str
    confidence: float
    strength: Strength
    direct: float
    conduct: bool

    def proposed(self, field: str, rule: str, direct: float) -> Proposed:
        """Another field that follows from this one."""
        return Proposed(field, rule, self.confidence, self.strength, direct)


class _Reader:
    """Reads the sentences of one law in order."""

    def __init__(self, flow: Flow, language: str, law: Subject) -> None:
        self._flow = flow
        self._language = language
        self._law = law
        self._by_key: dict[str, dict[str, _Found]] = {}
        self._keys: list[str] = []
        self._contexts: dict[str, frozenset[str]] = {}
        self.found: list[_Found] = []

    def read(self, unit: Unit, brought: frozenset[str]) -> None:
        """What one sentence supports; ``brought`` is what its defined terms bring along."""
        if unit.key not in self._by_key:
            self._by_key[unit.key] = {}
            self._keys.append(unit.key)
        text = self._flow.text[unit.start : unit.end]
        named = flat(unit.named) | brought
        cited = self._cited(unit, text, named)
        if self._forbids_acts(cited):
            named |= {"forbidden-activity"}
        context = self._contexts.get(citing.stem(unit.key), frozenset()) | named
        self._contexts[citing.stem(unit.key)] = context
        if "foreign-object" in named and named.isdisjoint(_OBJECTS):
            return
        if not named.isdisjoint(_SAYS_NOTHING):
            return
        for one in self._proposed(unit, named, context, cited):
            self._add(unit, one)
        if "penalty" in named:
            self._punish(unit, text, named, cited)

    def _proposed(
        self, unit: Unit, named: frozenset[str], context: frozenset[str], cited: Sequence[str]
    ) -> Iterator[Proposed]:
        near = self._weapons(named, context, cited)
        own = flat(unit.own)
        for one in provisions.fields(self._law.narrowed(named), near, context=context | self._law.about, law=self._law.about):
            direct = one.direct
            if unit.items and own != named:
                direct -= _LED_IN
            if own.isdisjoint(_OBJECTS):
                direct -= _IN_CONTEXT
            if "anyone" in named:
                direct += _ADDRESSED
            if not named.isdisjoint(_ASIDE) and "withdrawal" not in one.rule:
                direct -= _BESIDE
            yield one._replace(direct=round(direct, 3))

    def _weapons(self, named: frozenset[str], context: frozenset[str], cited: Sequence[str]) -> tuple[str, ...]:
        if "forbidden-activity" in named:
            meant = [
                weapon
                for weapon in WEAPONS
                if any(f".{weapon}." in field for key in cited for field in self._by_key.get(key, ()))
            ]
            if meant:
                return tuple(meant)
        return self._law.meant(provisions.weapons(context))

    def _cited(self, unit: Unit, text: str, named: frozenset[str]) -> list[str]:
        """Keys read so far of the provisions a sentence refers to."""
        wanted = citing.numbered(text, self._language, unit.key)
        if citing.refers_before(text) and len(self._keys) > 1:
            wanted.append(self._keys[-2])
        if "penalty" in named and citing.refers_to_same(text):
            wanted.append(citing.stem(unit.key))
        return [key for one in wanted for key in citing.under(self._keys, one) if key != unit.key or "(" not in one]

    def _forbids_acts(self, cited: Iterable[str]) -> bool:
        return any(field.startswith("OP2.") for key in cited for field in self._by_key.get(key, ()))

    def _add(self, unit: Unit, one: Proposed) -> None:
        strength = one.strength
        if not self._law.names(one.field):
            strength = "implied"
        found = _Found(unit, one.field, one.rule, one.confidence, strength, one.direct, one.conduct)
        kept = self._by_key[unit.key].get(one.field)
        if kept is None or kept.direct < found.direct:
            self._by_key[unit.key][one.field] = found
        self.found.append(found)

    def _punish(self, unit: Unit, text: str, named: frozenset[str], cited: Sequence[str]) -> None:
        """Enforcement of the fields of the provisions whose breach a sentence punishes."""
        # Complicity, financing and the like are offences of their own, wherever the offence they serve is named.
        own = any(one.unit is unit and one.field.startswith("OP2.") for one in self._by_key[unit.key].values())
        if own or "extraterritorial" in named:
            return
        for key in cited:
            for broken in list(self._by_key.get(key, {}).values()):
                if broken.field.endswith(".legal") and broken.conduct:
                    field = f"{broken.field.removesuffix('.legal')}.enforcement"
                    self._add(unit, broken.proposed(field, "laws.breach", broken.direct + _BREACH))
        whole = self._language != "zh" and citing.refers_to_whole(text)
        if not cited and (whole or "blanket-penalty" in named) and "breach" in named:
            self._punish_any(unit, only_acts="blanket-penalty" in named)

    def _punish_any(self, unit: Unit, *, only_acts: bool) -> None:
        """Enforcement by a penalty for any breach of the law, where it tells no conduct of its own."""
        if not unit.named.main.isdisjoint(_CONDUCT):
            return
        for broken in list(self.found):
            if broken.field.endswith(".legal") and broken.conduct and (not only_acts or broken.field.startswith("OP2.")):
                field = f"{broken.field.removesuffix('.legal')}.enforcement"
                self._add(unit, broken.proposed(field, "laws.blanket", _BLANKET)._replace(strength="implied"))


def of_law(flow: Flow, language: str, paragraphs: Sequence[Paragraph], state: str | None) -> tuple[Claim, ...]:
    """Claims of a national law, each citing the provisions that support its fields most directly.

    Arguments:
        flow: the running text; paragraphs: its paragraphs, cut into articles by the layout.
        state: the State whose law it is, None where the text does not tell.
    """
    hits = concept_hits(flow, language)
    every = units(flow, language, paragraphs, hits)
    defined = terms.terms(every, flow.text)
    lexicon = terms.lexicon(defined, language)
    uses = Hits(lexicon.find(flow.text)) if lexicon else Hits(())
    law = subject.of(flow, language, paragraphs, every, hits)
    reader = _Reader(flow, language, law)
    for unit in every:
        if terms.defines(unit):
            continue
        if unit.annexed:
            continue
        brought = provisions.concepts(hit.value for hit in uses.within(unit.start, unit.end))
        reader.read(unit, brought | (law.of_weapons if "weapon" in unit.named.main else frozenset()))
    found = [*reader.found, *_annexed(every, law)]
    return tuple(_claims(flow, _grounded(found), state))


def _annexed(every: Sequence[Unit], law: Subject) -> Iterator[_Found]:
    """A list of controlled items annexed to a law on trade is itself in the text."""
    first = next((unit for unit in every if unit.annexed and not flat(unit.own).isdisjoint(_OBJECTS)), None)
    if first is None or law.about.isdisjoint({"trade-law", "list-law"}):
        return
    yield _Found(first, "OP678.lists-items", "laws.annexed-list", 0.8, "explicit", 0.8, False)
    technical = next((unit for unit in every if unit.annexed and "technology" in unit.own.main), None)
    for weapon in law.meant(()):
        yield _Found(first, f"OP3cd.{weapon}.control-lists.legal", "laws.annexed-list", 0.6, "implied", 0.4, False)
        if technical:
            yield _Found(technical, f"OP3cd.{weapon}.technologies.legal", "laws.annexed-list", 0.7, "implied", 0.7, False)


def _grounded(found: Sequence[_Found]) -> Iterator[_Found]:
    """Of each field the provisions that state it most directly; enforcement only of what the law requires."""
    by_field = dict[str, list[_Found]]()
    for one in found:
        by_field.setdefault(one.field, []).append(one)
    for field, candidates in by_field.items():
        legal = f"{field.removesuffix('.enforcement')}.legal"
        if field.endswith(".enforcement") and legal not in by_field:
            continue
        best = max(one.direct for one in candidates)
        cited = dict[str, _Found]()
        for one in sorted(candidates, key=lambda one: -one.direct):
            if one.direct >= best - _AS_DIRECT and one.unit.article not in cited and len(cited) < _CITATIONS:
                cited[one.unit.article] = one
        yield from cited.values()


def _claims(flow: Flow, found: Iterable[_Found], state: str | None) -> Iterator[Claim]:
    """One claim for each sentence and strength."""
    grouped = dict[tuple[int, int, Strength], list[_Found]]()
    for one in found:
        grouped.setdefault((one.unit.start, one.unit.end, one.strength), []).append(one)
    for (begin, stop, strength), members in sorted(grouped.items(), key=lambda item: item[0]):
        first, last = trimmed(flow.text, begin, stop)
        start, end = flow.raw_span(first, max(last, first + 1))
        yield Claim(
            state=state,
            fields=tuple(dict.fromkeys(one.field for one in members)),
            grade="cites law",
            article=members[0].unit.article or None,
            text=flow.text[first:last],
            start=start,
            end=end,
            reason=Reason(members[0].rule, "", max(one.confidence for one in members)),
            strength=strength,
        )
