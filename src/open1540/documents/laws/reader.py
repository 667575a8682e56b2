"""Reads the sentences of a law in order: which fields each supports, by itself or by the breach it punishes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.laws import citing
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


class Found(NamedTuple):
    """A field that a sentence supports.

    Attributes:
        direct: how directly, against other sentences that support the same field.
        conduct: it tells people what to do, so that its breach can be punished.
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
        self._last = named
        article = citing.stem(unit.key)
        context = self._contexts[article] = self._contexts.get(article, frozenset()) | named
        if "foreign-object" in named and named.isdisjoint(THINGS):
            return
        if not named.isdisjoint(_SAYS_NOTHING):
            return
        proposed = list(self._proposed(unit, named, context, cited))
        for one in proposed:
            self._add(unit, one)
        # Complicity, financing and the like are offences of their own, wherever the offence they serve is named;
        # unless the sentence punishes whoever violates a provision.
        own = any(one.field.startswith("OP2.") for one in proposed)
        if "penalty" in named and named.isdisjoint(_NO_PENALTY) and ("violates" in named or not own):
            self._punish(unit, text, named, cited)

    def _proposed(
        self, unit: Unit, named: frozenset[str], context: frozenset[str], cited: Sequence[str]
    ) -> Iterator[Proposed]:
        law = self._law.about
        shown = self._law.narrowed(named)
        own = provisions.Own(flat(unit.own), led_in=unit.items and flat(unit.own) != named)
        for one in provisions.fields(shown, self._weapons(named, context, cited), context=context | law, law=law):
            yield one._replace(direct=round(one.direct + provisions.preference(one, named, own), 3))

    def _weapons(self, named: frozenset[str], context: frozenset[str], cited: Sequence[str]) -> tuple[str, ...]:
        """The weapon classes a sentence means where it names none: those of the acts it refers to, or of its article."""
        if "forbidden-activity" in named:
            acts = [field for key in cited for field in self._by_key.get(key, ())]
            meant = tuple(weapon for weapon in WEAPONS if any(f".{weapon}." in field for field in acts))
            if meant:
                return meant
        return self._law.meant(provisions.weapons(context))

    def _cited(self, unit: Unit, text: str, named: frozenset[str]) -> list[str]:
        """Keys read so far of the provisions a sentence refers to."""
        keys = list(self._by_key)
        wanted = citing.numbered(text, self._language, unit.key)
        if citing.refers_before(text) and len(keys) > 1:
            wanted.append(keys[-2])
        if citing.refers_to_same(text) and "penalty" in named:
            wanted.append(citing.stem(unit.key))
        if not wanted and citing.refers_back(text):
            wanted += self._last_forbidding(keys)
        if not wanted and unit.joined:
            wanted = self._wanted
        self._wanted = wanted
        return [key for one in wanted for key in citing.under(keys, one) if key != unit.key or "(" not in one]

    def _last_forbidding(self, keys: Sequence[str]) -> Iterator[str]:
        """The provision just read, here or before, that forbids acts: what "such an offence" refers to."""
        for key in keys[-1:-4:-1]:
            if self._forbids_acts([key]):
                yield citing.stem(key)
                return

    def _forbids_acts(self, cited: Iterable[str]) -> bool:
        return any(field.startswith("OP2.") for key in cited for field in self._by_key.get(key, ()))

    def _add(self, unit: Unit, one: Proposed, broken: str | None = None) -> None:
        strength = one.strength if self._law.names(one.field) else "implied"
        found = Found(unit, one.field, one.rule, one.confidence, strength, one.direct, one.conduct, broken)
        kept = self._by_key[unit.key].get(one.field)
        if kept is None or kept.direct < found.direct:
            self._by_key[unit.key][one.field] = found
        self.found.append(found)

    def _punish(self, unit: Unit, text: str, named: frozenset[str], cited: Sequence[str]) -> None:
        """Enforcement of the fields of the provisions whose breach a sentence punishes."""
        for key in cited:
            for broken in list(self._by_key.get(key, {}).values()):
                if broken.field.endswith(".legal") and broken.conduct:
                    self._add(unit, _enforced(broken, "laws.breach", broken.direct, broken.strength), key)
        whole = self._language != "zh" and citing.refers_to_whole(text)
        if not cited and (whole or "blanket-penalty" in named) and "breach" in named:
            self._punish_any(unit, only_acts="blanket-penalty" in named)

    def _punish_any(self, unit: Unit, *, only_acts: bool) -> None:
        """Enforcement by a penalty for any breach of the law, where it tells no conduct of its own."""
        if not unit.named.main.isdisjoint(_CONDUCT):
            return
        for broken in list(self.found):
            if (
                broken.field.endswith(".legal")
                and broken.conduct
                and (not only_acts or broken.field.startswith("OP2."))
            ):
                self._add(unit, _enforced(broken, "laws.blanket", _BLANKET, "implied"))


def _enforced(broken: Found, rule: str, direct: float, strength: Strength) -> Proposed:
    field = f"{broken.field.removesuffix('.legal')}.enforcement"
    return Proposed(field, rule, broken.confidence, strength, direct, conduct=True)
