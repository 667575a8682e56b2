"""Reads the sentences of a law in order: which fields each supports, by itself or by the breach it punishes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.laws import citing, terms
from open1540.documents.laws.concepts import flat
from open1540.documents.laws.subject import Subject
from open1540.documents.laws.units import Unit
from open1540.documents.provisions import WEAPONS, Proposed
from open1540.vocabulary.claims import Strength

# Conduct a penalty names, so that it is not one for any breach of the law.
_CONDUCT = frozenset(
    {"export", "import", "manufacture", "possess", "laboratory", "register", "declaration", "genetic", "human-health"}
)
# Sentences about the law itself, about courts and officials rule nobody's conduct.
# Where the law reaches, and what officers may do, is told with the penalties of other provisions.
_NO_PENALTY = frozenset({"extraterritorial", "inspection-power"})
_SAYS_NOTHING = frozenset({"aim-of-law", "official-misconduct"})
THINGS = frozenset({"weapon", "material", "item", "delivery", "technology", "listed", "for-weapons", "pathogen"})
# What a sentence that says "the same applies" takes over from the one before.
_SHARED = THINGS | {"licence", "prohibition", "duty", "knowledge"}
# What a pronoun at the beginning of a sentence may stand for.
_SPOKEN_OF = THINGS | {"list", "authority"}
_BLANKET = 0.6
_BLANKET_RULE = "laws.blanket"
_NAMED_CONDUCT = 0.65
# The penalty for what reaches abroad goes before the words on the reach themselves.
_REACHED = 1.2
_REACHED_AS_A_WHOLE = 0.02
# A sentence that only calls an act an offence is no better than the one that says how it is punished.
_OFFENCE_ONLY = -0.2
_DEFINED = {"technologies": "technology", "intangible-transfers": "intangible"}
_TRADED = frozenset({"export", "transit", "transshipment", "re-export", "brokering"})
_REACH = "extraterritorial"
_REACHED_RULE = "laws.reach-enforced"
# What a law that as a whole reaches abroad reaches with.
_WHOLE_LAW = ("",)


class Found(NamedTuple):
    """A field that a sentence supports.

    Attributes:
        direct: how directly, against other sentences that support the same field.
        conduct: it tells people what to do, so that its breach can be punished.
        defined: the article of the definition without which the sentence would not support the field, or of the penalty
            for acts it reaches.
        broken: for enforcement by the breach of another provision, the key of that provision.
    """

    unit: Unit
    field: str
    rule: str
    confidence: float
    strength: Strength
    direct: float
    conduct: bool = False
    broken: str | None = None
    defined: str | None = None

    @property
    def article(self) -> str:
        """As it is cited: the sentence's article, with that of what else it rests on."""
        own = self.unit.article
        other = citing.key(self.defined) if self.defined else self.unit.key
        if other == self.unit.key or (self.rule != _REACHED_RULE and citing.stem(other) == citing.stem(self.unit.key)):
            return own
        return f"{own}、{self.defined}" if own.startswith("第") else f"{own}, {self.defined}"


class Reader:
    """Reads the sentences of one law in order; ``found`` is what they support."""

    def __init__(self, flow: Flow, language: str, law: Subject) -> None:
        self._flow = flow
        self._language = language
        self._law = law
        self._by_key: dict[str, dict[str, Found]] = {}
        self._contexts: dict[str, frozenset[str]] = {}
        self._last = frozenset[str]()
        self._wanted = list[str]()
        self._reaching = list[tuple[Found, tuple[str, ...]]]()
        self._found_at = dict[str, list[Found]]()
        self.found: list[Found] = []

    def read(self, unit: Unit, brought: frozenset[str]) -> None:
        """What one sentence supports; ``brought`` is what its defined terms bring along."""
        self._by_key.setdefault(unit.key, {})
        text = self._flow.text[unit.start : unit.end]
        named = flat(unit.named) | brought
        if "shorthand" in named and self._law.titled and "foreign-object" not in named:
            named |= {"material"}
        if citing.opens_with_pronoun(text):
            named |= self._last & _SPOKEN_OF
        if "likewise" in named:
            named |= self._last & _SHARED
        cited = self._cited(unit, text, named)
        if self._forbids_acts(cited):
            named |= {"forbidden-activity"}
        if "penalty" in named and "punished" not in named:
            named |= {"offence-only"}
        self._last = named
        article = citing.stem(unit.key)
        context = self._contexts[article] = self._contexts.get(article, frozenset()) | named
        if "foreign-object" in named and named.isdisjoint(THINGS):
            return
        if not named.isdisjoint(_SAYS_NOTHING):
            return
        proposed = list(self._proposed(unit, named, context, cited))
        for one in proposed:
            if provisions.row_of(one.field) == _REACH and one.field.endswith(".legal") and "punished" not in named:
                keys = tuple(citing.stem(key) for key in cited)
                if not keys and citing.refers_to_same(text):
                    keys = (citing.stem(unit.key),)
                elif not keys and "jurisdiction" in named:
                    keys = _WHOLE_LAW
                self._reaching.append(
                    (Found(unit, one.field, one.rule, one.confidence, one.strength, one.direct), keys)
                )
            self._add(unit, one, defined=_definition(one, unit, brought))
        self._forbid_breach(unit, named, cited)
        # Complicity, financing and the like are offences of their own, wherever the offence they serve is named;
        # unless the sentence punishes whoever violates a provision.
        own = any(one.field.startswith("OP2.") for one in proposed)
        if "penalty" in named and named.isdisjoint(_NO_PENALTY) and ("violates" in named or not own):
            self._punish(unit, text, named, cited)
        if "penalty" in named:
            self._punish_conduct(unit, named)

    def _proposed(
        self, unit: Unit, named: frozenset[str], context: frozenset[str], cited: Sequence[str]
    ) -> Iterator[Proposed]:
        law = self._law.about
        # An article on trade is one, whatever else its law is on.
        law = law | {"trade-law"} if not context.isdisjoint(_TRADED) and "licence" in context else law
        if self._law.general and named.isdisjoint(THINGS - {"item"}) and context.isdisjoint(THINGS - {"item"}):
            # A code on everything names goods of any kind.
            named -= {"item"}
            context -= {"item"}
        shown = self._law.narrowed(named)
        own = provisions.Own(flat(unit.own), led_in=unit.items and flat(unit.own) != named)
        met: tuple[provisions.Preference, ...] | None = None
        for one in provisions.fields(shown, self._weapons(unit, named, context, cited), context=context | law, law=law):
            met = provisions.preferred(named, own) if met is None else met
            yield one._replace(direct=round(one.direct + provisions.preference(one, met), 3))

    def _weapons(
        self, unit: Unit, named: frozenset[str], context: frozenset[str], cited: Sequence[str]
    ) -> tuple[str, ...]:
        """The weapon classes a sentence means where it names none: those of the acts it refers to, of its article or its part."""
        if "forbidden-activity" in named:
            acts = [field for key in cited for field in self._by_key.get(key, ())]
            meant = tuple(weapon for weapon in WEAPONS if any(f".{weapon}." in field for field in acts))
            if meant:
                return meant
        return self._law.meant(provisions.weapons(context) or self._law.headed(unit.start))

    def _cited(self, unit: Unit, text: str, named: frozenset[str]) -> list[str]:
        """Keys read so far of the provisions a sentence refers to."""
        keys = list(self._by_key)
        text, _ = citing.without_exceptions(text) if "penalty" in named else (text, "")
        wanted = citing.numbered(text, self._language, unit.key)
        if citing.refers_before(text) and len(keys) > 1:
            wanted.append(keys[-2])
        if citing.refers_to_same(text) and "penalty" in named:
            wanted.append(citing.stem(unit.key))
        if not wanted and citing.refers_back(text):
            wanted += self._last_forbidding(keys)
        if not wanted and unit.joined:
            wanted = self._wanted
        if not wanted and unit.items and "offence-meaning" in named:
            wanted = self._wanted
        self._wanted = wanted
        cited = [key for one in wanted for key in citing.under(keys, one) if key != unit.key or "(" not in one]
        return [*cited, unit.key] if not cited and citing.refers_to_items(text) else cited

    def _last_forbidding(self, keys: Sequence[str]) -> Iterator[str]:
        """The provision just read, here or before, that forbids acts: what "such an offence" refers to."""
        for key in keys[-1:-4:-1]:
            if self._forbids_acts([key]):
                yield citing.stem(key)
                return

    def _forbids_acts(self, cited: Iterable[str]) -> bool:
        return any(field.startswith("OP2.") for key in cited for field in self._by_key.get(key, ()))

    def _add(self, unit: Unit, one: Proposed, broken: str | None = None, defined: str | None = None) -> None:
        strength = one.strength if self._law.names(one.field) else "implied"
        found = Found(unit, one.field, one.rule, one.confidence, strength, one.direct, one.conduct, broken, defined)
        kept = self._by_key[unit.key].get(one.field)
        if kept is None or kept.direct < found.direct:
            self._by_key[unit.key][one.field] = found
        self.found.append(found)
        self._found_at.setdefault(unit.key, []).append(found)

    def _forbid_breach(self, unit: Unit, named: frozenset[str], cited: Sequence[str]) -> None:
        """Acts declared unlawful because they break another provision: who is punished for them breaks that one."""
        if named.isdisjoint({"violates", "breach"}) or "prohibition" not in named or "penalty" in named:
            return
        for key in cited:
            for broken in self._of_key(key):
                if broken.field.endswith(".legal") and broken.conduct:
                    again = Proposed(
                        broken.field, "laws.unlawful-breach", broken.confidence, broken.strength, broken.direct - 0.15
                    )
                    self._add(unit, again)

    def reached(self) -> Iterator[Found]:
        """Enforcement of the law's reach abroad, by the penalty for the provisions that are said to reach there."""
        for legal, keys in self._reaching:
            whole = keys is _WHOLE_LAW
            required = {
                f"{one.field.removesuffix('.legal')}.enforcement"
                for one in self.found
                if one.field.endswith(".legal") and (whole or citing.stem(one.unit.key) in keys)
            }
            punishing = [
                one
                for one in self.found
                if one.field in required
                and one.unit.key != legal.unit.key
                and "punished" in one.unit.named.main
                and (
                    one.rule == _BLANKET_RULE or (one.broken is not None and (whole or citing.stem(one.broken) in keys))
                )
            ]
            if punishing:
                often = Counter(one.unit.key for one in punishing)
                best = max(punishing, key=lambda one: (often[one.unit.key] if whole else 0, one.direct))
                field = f"{legal.field.removesuffix('.legal')}.enforcement"
                yield legal._replace(
                    field=field,
                    rule=_REACHED_RULE,
                    strength="implied",
                    direct=legal.direct + _REACHED_AS_A_WHOLE if whole else _REACHED,
                    defined=best.unit.article,
                )

    def _punish(self, unit: Unit, text: str, named: frozenset[str], cited: Sequence[str]) -> None:
        """Enforcement of the fields of the provisions whose breach a sentence punishes."""
        weaker = _OFFENCE_ONLY if "offence-only" in named else 0.0
        places = citing.placed(text)
        for key in cited:
            for broken in self._of_key(key):
                if places.get(key) and broken.unit.place not in places[key]:
                    continue
                if broken.field.endswith(".legal") and broken.conduct:
                    self._add(unit, _enforced(broken, "laws.breach", broken.direct + weaker, broken.strength), key)
        rest = citing.without_exceptions(text)[1]
        excepts = bool(rest and citing.numbered(rest, self._language, unit.key))
        duties = citing.refers_to_any_duty(text)
        whole = excepts or duties or (self._language != "zh" and citing.refers_to_whole(text))
        if not cited and (whole or "blanket-penalty" in named) and (duties or "breach" in named):
            self._punish_any(unit, text, only_acts="blanket-penalty" in named)

    def _punish_conduct(self, unit: Unit, named: frozenset[str]) -> None:
        """Enforcement of what the law requires, by a sentence that names the conduct and not the provision it breaks."""
        handled = provisions.handled(named)
        for rule, rows, same in provisions.broken_rows(named):
            rows = rows & handled if handled & rows else rows
            required = dict[str, Found]()
            for broken in self.found:
                alike = not same or not same.isdisjoint(broken.unit.named.main)
                if broken.field.endswith(".legal") and provisions.row_of(broken.field) in rows and alike:
                    required.setdefault(broken.field, broken)
            for broken in required.values():
                self._add(unit, _enforced(broken, rule, _NAMED_CONDUCT, broken.strength))

    def _of_key(self, key: str) -> list[Found]:
        """What the provision supports, of each field and paragraph the passage that states it most directly."""
        best = dict[tuple[str, int], Found]()
        for one in self._found_at.get(key, ()):
            kept = best.get(at := (one.field, one.unit.place))
            best[at] = one if kept is None or kept.direct < one.direct else kept
        return list(best.values())

    def _punish_any(self, unit: Unit, text: str, *, only_acts: bool) -> None:
        """Enforcement by a penalty for any breach of the law, where it tells no conduct of its own."""
        if not unit.named.main.isdisjoint(_CONDUCT):
            return
        division = citing.refers_to_division(text)
        spared = citing.numbered(citing.without_exceptions(text)[1], self._language, unit.key)
        for broken in list(self.found):
            if (
                broken.field.endswith(".legal")
                and broken.conduct
                and not any(citing.under([broken.unit.key], one) for one in spared)
                and (not division or self._law.together(unit.start, broken.unit.start, division))
                and (not only_acts or broken.field.startswith("OP2."))
            ):
                self._add(unit, _enforced(broken, _BLANKET_RULE, _BLANKET, "implied"))


def _definition(one: Proposed, unit: Unit, brought: frozenset[str]) -> str | None:
    """The article of the definition that brings along what the rule rests on, unless the passage says it itself."""
    for row, concept in _DEFINED.items():
        if provisions.row_of(one.field) == row and unit.named.main.isdisjoint({concept}):
            return terms.defined_in(brought, f"defined-{concept}")
    return None


def _enforced(broken: Found, rule: str, direct: float, strength: Strength) -> Proposed:
    field = f"{broken.field.removesuffix('.legal')}.enforcement"
    return Proposed(field, rule, broken.confidence, strength, direct, conduct=True)
