"""Defined terms of a law, and the concepts each use of them brings along."""

import re
from collections.abc import Mapping, Sequence

from open1540.documents import provisions
from open1540.documents.laws.concepts import Said, flat
from open1540.documents.laws.units import Unit
from open1540.documents.lexicon import Lexicon
from open1540.documents.provisions import WEAPONS

_QUOTED = re.compile(r"[“\"«„]\s?([^”\"»“«]{2,60}?)\s?[”\"»“]")
_CHINESE = re.compile(
    r"所称(?:的)?([^，,、是（(]{2,20})[，,]?\s?(?:是)?指|[）)]\s?[“]?([^，,”（(]{2,14})[”]?[，,]?\s?是指"
)
_ITEM = re.compile(r"^\W*(?:\d{1,3}°|[a-zа-я][.)]|\d{1,3}[.)])?\s*([^:：;.]{3,60}?)\s?[:：–—]\s")
_AFTER = re.compile(
    r"(?:on entend par|se entiende por|под|يقصد ب)\s*(?:1°\s)?[«\"“]?\s?([^»\"”:,;]{3,60}?)\s?[»\"”]?\s?(?:[:,;]|понима| les | las | los | a | e(?:l|n) )",
    re.IGNORECASE,
)
# Between a concept a definition brings along and the article of the definition.
DEFINED_IN = "@"
_CITED = frozenset({"defined-technology", "defined-intangible"})
_VERB = re.compile(
    r"\W*(?:\([a-z]{1,2}\)\s)?((?:[\w’'-]+\s){0,5}?[\w’'-]+)\s(?:means?|refers? to|shall mean|signifies|s[’']entend d[eu]|désigne|significa|означает|تعني|يعني)\b"
)
# "the Strategic Trade Management Office (STMO)": what is named in full once is called by its letters thereafter.
_SHORT = re.compile(
    r"((?:[A-Z][\w’-]+\s(?:(?:of|for|the|and|on|de|du|des|la|le|les|d[’']|l[’'])\s?)*){1,9})\(([A-Z][A-Za-z-]{2,12})\)"
)
_NUMBERED = re.compile(r"\d{1,3}°\s([^:;]{3,60}?)\s?:\s")


def defines(unit: Unit) -> bool:
    """Whether a sentence defines, by itself or below a lead-in that does."""
    return "definition" in unit.own.main or "definition" in unit.lead.main


def terms(units: Sequence[Unit], text: str, language: str) -> dict[str, frozenset[str]]:
    """Concepts brought by each defined term of a law."""
    found = dict[str, frozenset[str]]()
    current = list[str]()
    for unit in units:
        if not defines(unit):
            current = []
            continue
        passage = text[unit.start : unit.end]
        named = _named(passage, unit)
        current = named or current
        for term in current:
            concepts = brought(unit.own, _names_arms(term, language))
            before = found.get(term, frozenset())
            placed = {
                f"{one}{DEFINED_IN}{unit.article.replace(' ', '_')}"
                for one in (concepts & _CITED) - before
                if not unit.annexed
            }
            found[term] = before | concepts | placed
    return {term: concepts for term, concepts in found.items() if concepts}


def shortened(text: str, language: str) -> dict[str, frozenset[str]]:
    """Concepts brought by the letters a body or list is called by, from its name in full."""
    known = frozenset(provisions.provisions().brought_by_names)
    found = dict[str, frozenset[str]]()
    for name, letters in _SHORT.findall(text):
        named = provisions.concepts(hit.value for hit in provisions.concepts_of(language).find(f"the {name}"))
        if named & known:
            found.setdefault(letters, named & known)
    return found


def defined_in(brought: frozenset[str], concept: str) -> str | None:
    """The article of the definition by which a concept is brought along, None where it is brought by none."""
    return next(
        (
            one.removeprefix(f"{concept}{DEFINED_IN}").replace("_", " ")
            for one in sorted(brought)
            if one.startswith(f"{concept}{DEFINED_IN}")
        ),
        None,
    )


def _named(passage: str, unit: Unit) -> list[str]:
    numbered = [cut[1] for cut in _NUMBERED.finditer(passage)]
    if numbered:
        return numbered
    chinese = _CHINESE.search(passage)
    if chinese:
        return [chinese[1] or chinese[2]]
    quoted = _QUOTED.search(passage[:90])
    if quoted:
        return [quoted[1]]
    after = _AFTER.search(passage)
    if after:
        return [after[1]]
    verb = _VERB.match(passage)
    if verb:
        return [verb[1]]
    item = _ITEM.match(passage) if unit.items else None
    return [item[1]] if item else []


def _names_arms(term: str, language: str) -> bool:
    named = provisions.concepts(hit.value for hit in provisions.concepts_of(language).find(term))
    return not named.isdisjoint({"weapon", "arms"})


def brought(defining: Said, arms: bool) -> frozenset[str]:
    """What a term brings of its definition: things and weapon classes, never acts.

    Arguments:
        arms: the term itself is a word for weapons ("prohibited weapon"); others only tell what things are meant for.
    """
    named = flat(defining)
    every = named | defining.aim
    known = provisions.provisions().brought_by_terms
    found = {as_what for concept, as_what in known.items() if concept in every}
    if arms or not _in_passing(defining):
        found |= {weapon for weapon in WEAPONS if weapon in every}
    if arms and "weapon" in defining.main:
        found |= {
            "weapon",
            *(["weapon-delivery"] if "delivery" in every else ()),
            *(f"weapon-{weapon}" for weapon in WEAPONS if f"weapon-{weapon}" in defining.main),
        }
    elif "weapon" in every and "weapon" not in defining.main and not _in_passing(defining):
        found.add("for-weapons")
    return frozenset(found)


def _in_passing(defining: Said) -> bool:
    """Whether goods of any kind are defined, with one weapon class as an example: dual-use items, nuclear uses included."""
    aimed = provisions.weapons(defining.aim)
    example = "item" in defining.main and "including" in defining.main | defining.aim
    return example and defining.main.isdisjoint(WEAPONS) and 0 < len(aimed) < len(WEAPONS)


def lexicon(found: Mapping[str, frozenset[str]], language: str) -> Lexicon | None:
    """The terms, ready to be searched for; None where a law defines none."""
    labels = [
        (form, " ".join(sorted(concepts)), "term")
        for term, concepts in found.items()
        for form in _forms(term, language)
    ]
    return Lexicon(labels, language) if labels else None


def _forms(term: str, language: str) -> tuple[str, ...]:
    if language != "en":
        return (term,)
    plural = f"{term[:-1]}ies" if term.endswith("y") else f"{term}s"
    return (term, plural, f"{term}ed") if term in ("export", "tranship") else (term, plural)
