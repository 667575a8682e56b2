"""The concepts of a sentence of law: what it is about, what that is meant for, and which weapon classes it names."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from open1540.documents.lexicon import Hit
from open1540.documents.provisions import WEAPONS, concept_set

# What may stand between the adjectives of a row: "nuclear, chemical or biological weapons".
_ROW = re.compile(
    r"[\s,،、()（）/]*(?:and/or|or|and|ou|et|o|u|y|e|или|и|либо|أو|و|和|或|或者|以及|及)?[\s,،、]*(?:de |d'|des |à |[وا]?ل?)?"
)
_LONGEST_ROW = 14
# A purpose ends where the sentence goes on to say what is forbidden, licensed or punished.
_ENDS_PURPOSE = frozenset({"prohibition", "penalty", "licence", "duty", "application", "export", "report", "applies"})
# So does one that stands before the sentence proper: "for the purposes of this Part, the Authority shall ...".
_RESUMES = re.compile(
    r",?\s(?:ainsi que|as well as|así como|а также)\s|[,،]\s(?:the|no|any|every|each|an?|le|la|les|l'|nul|tout\w*|el|los|las|ning\w+)\s[^,;،]{1,80}"
    r"\b(?:shall|must|may|doi\w+|peu\w+|est|sont|deber\w+|podrá\w*)\b",
    re.IGNORECASE,
)
_PROVIDED_FOR = re.compile(r"为(?![了其此他])[^，。；：]{2,80}?(?=提供|募集|筹集|筹措)")
_CLASSES = frozenset(WEAPONS)
_OBJECTS = frozenset({"weapon", "delivery", "proliferation"})


class Said(NamedTuple):
    """Concepts of a passage.

    Attributes:
        main: what the passage itself is about.
        aim: concepts of what things are meant for ("for use in the manufacture of nuclear weapons").
    """

    main: frozenset[str]
    aim: frozenset[str]

    def __or__(self, other: object) -> "Said":
        """Both together."""
        assert isinstance(other, Said)
        return Said(self.main | other.main, self.aim | other.aim)


NOTHING = Said(frozenset(), frozenset())
DEFINES = Said(frozenset({"definition"}), frozenset())


def said(hits: Sequence[Hit], text: str, end: int, language: str) -> Said:
    """The concepts of the hits of one sentence, in text order, up to its end."""
    if not hits:
        return NOTHING
    hits = _merged(hits)
    main = set[str]()
    aim = set[str]()
    into = main
    ends = 0
    beneficiaries = _beneficiaries(text, hits[0].start, end) if language == "zh" else []
    for index, hit in enumerate(hits):
        named = concept_set(hit.value)
        if "penalty" in named and "offence" not in named:
            named |= {"punished"}
        if any(first <= hit.start < last for first, last in beneficiaries):
            aim |= named
            continue
        if "purpose" in named:
            into, ends = aim, _end_of_purpose(text, hit.end, end, language)
            continue
        if into is aim and (hit.start >= ends or not named.isdisjoint(_ENDS_PURPOSE)):
            into = main
        if "class" in named:
            named -= {"class"}
            named = named | {"weapon"} if _in_row(hits, index, text) else named - _CLASSES
        into |= named
        if "weapon" in named:
            into |= {f"weapon-{weapon}" for weapon in named & _CLASSES}
    return Said(frozenset(main), frozenset(aim))


def _beneficiaries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where Chinese says what funds or help are provided for, before the verb: 为……提供资金."""
    return [found.span() for found in _PROVIDED_FOR.finditer(text, start, end)]


def flat(found: Said) -> frozenset[str]:
    """One set: main concepts, and weapons only aimed at as ``for-weapons`` with their classes."""
    aimed = found.aim & _CLASSES if not found.aim.isdisjoint(_OBJECTS) else frozenset[str]()
    named = found.main
    if not found.aim.isdisjoint(_OBJECTS):
        named |= {"for-weapons"}
    if "delivery" in found.aim:
        named |= {"defined-delivery", "aimed-delivery"}
    for other in (
        "proliferation",
        "facilitate-breach",
        "forbidden-activity",
        "trade-breach",
        "non-state",
        "unlisted",
        "re-export",
    ):
        if other in found.aim:
            named |= {other}
    if not named.isdisjoint({"preparation"}) and not found.aim.isdisjoint({"weapon"}):
        named |= {"weapon-aimed"}
    if "hostile" in named | found.aim and not named.isdisjoint({"material", "arms"}):
        named |= {"weapon", *(f"weapon-{weapon}" for weapon in named & _CLASSES)}
    return named | (aimed if named.isdisjoint(_CLASSES) else frozenset())


def _merged(hits: Sequence[Hit]) -> list[Hit]:
    """One hit for all that the same words mean."""
    found = dict[tuple[int, int], Hit]()
    for hit in hits:
        span = hit.start, hit.end
        before = found.get(span)
        found[span] = Hit(*span, f"{before.value} {hit.value}", hit.kind) if before else hit
    return list(found.values())


def _in_row(hits: Sequence[Hit], index: int, text: str) -> bool:
    """Whether an adjective stands in one row with a word for weapons."""
    return _reaches(hits, range(index, len(hits) - 1), text, 1) or _reaches(hits, range(index, 0, -1), text, -1)


def _reaches(hits: Sequence[Hit], along: range, text: str, step: int) -> bool:
    for at in along:
        first, second = (hits[at], hits[at + 1]) if step > 0 else (hits[at - 1], hits[at])
        if second.start - first.end > _LONGEST_ROW or not _ROW.fullmatch(text, first.end, second.start):
            return False
        other = concept_set((second if step > 0 else first).value)
        if not other.isdisjoint({"weapon", "arms"}):
            return True
        if "class" not in other:
            return False
    return False


def _end_of_purpose(text: str, start: int, end: int, language: str) -> int:
    if language != "zh":
        resumed = _RESUMES.search(text, start, end)
        return resumed.start() if resumed else end
    stops = [at for sign in "的，；。" if (at := text.find(sign, start, end)) >= 0]
    return min(stops, default=end)
