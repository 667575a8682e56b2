"""What would make a request clear before it is sent: advice with the words it rests on, kind and concrete.

A request in, advice out; the same request gives the same advice on the same day, and a clear one gives none. What each piece
of advice says stands in ``facts/assistance/clarity.yaml``; nothing here keeps a State from sending what it wants to send.
"""

import datetime as dt
from collections.abc import Iterator

import msgspec

from open1540 import reference
from open1540.assistance.cues import clear_words, cues
from open1540.assistance.form import says, value
from open1540.assistance.records import Request
from open1540.reference import LANGUAGES
from open1540.reference.request_advice import AdviceRule, Weight, advice_rules, subject_areas

TEXTS = ("title", "need", "existing", "outcome", "receiver", "elsewhere")
Values = dict[str, tuple[str, ...]]


class Evidence(msgspec.Struct, frozen=True):
    """Words on which advice rests: offsets into the text of a part, or into the document where ``part`` is ``document``."""

    part: str
    start: int
    end: int
    text: str


class Advice(msgspec.Struct, frozen=True):
    """A piece of advice.

    Attributes:
        id: of the facts, where its words stand; part: of the request it is about.
        weight: ``must`` before sending, or what ``helps``.
        values: ids, days or words its text names: types, themes, fields, since, until, words.
        evidence: the words found; none where something is missing.
    """

    id: str
    part: str
    weight: Weight
    values: Values = {}
    evidence: tuple[Evidence, ...] = ()


def clarity(request: Request, on: dt.date) -> tuple[Advice, ...]:
    """The advice for a request, what must be said before sending first; none for a clear one.

    Arguments:
        on: the day on which a wanted period counts as past.
    """
    reader = _Clarity(request, on)
    found = [advice for rule in advice_rules() if (advice := reader.advice(rule))]
    return tuple(sorted(found, key=lambda advice: advice.weight != "must"))


class _Clarity:
    """Looks at one request; words are looked for in all six languages, since a request says not which it is in."""

    def __init__(self, request: Request, on: dt.date) -> None:
        self._request, self._on = request, on
        self._subject = request.subject

    def advice(self, rule: AdviceRule) -> Advice | None:
        """The advice a rule gives, or None."""
        if not self._applies(rule):
            return None
        found = self._checked(rule) if rule.check else ({}, ())
        if found is None:
            return None
        values, evidence = found
        if "{types}" in rule.says["en"]:
            asked = tuple(known for known in self._subject.types if not rule.types or known in rule.types)
            values = values | {"types": asked}
        return Advice(rule.id, rule.part, rule.weight, values, evidence)

    def _applies(self, rule: AdviceRule) -> bool:
        types, themes = set(self._subject.types), set(self._subject.themes)
        return (
            not any(says(self._request, part) for part in rule.lacks)
            and (not rule.types or bool(types & set(rule.types)))
            and not types & set(rule.unless_types)
            and not (themes and themes <= set(rule.unless_themes))
            and not any(True for kind in rule.without for _ in self._words(kind, TEXTS))
            and (not rule.needed or (says(self._request, "need") and not self._undecided()))
        )

    def _checked(self, rule: AdviceRule) -> tuple[Values, tuple[Evidence, ...]] | None:
        match rule.check:
            case "undecided":
                found = self._undecided()
                return ({}, found) if found else None
            case "need-missing":
                missing = not says(self._request, "need") and not self._undecided() and not self._vague()
                return ({}, ()) if missing else None
            case "vague":
                return _worded(self._vague())
            case "areas":
                return self._areas()
            case "nobody":
                return ({}, ()) if self._request.beneficiaries == 0 else None
            case "outcome":
                return _worded(self._vague_outcome())
            case "reversed" | "past":
                return self._dates(rule.check)
            case "misfit":
                return self._misfit()
            case _:
                return ({}, ()) if self._request.state and not self._request.requester else None

    def _words(self, kind: str, parts: tuple[str, ...]) -> Iterator[Evidence]:
        """Words of a kind in parts of the request, in text order, the longest at each place."""
        for part in parts:
            text = value(self._request, part)
            hits = {
                (hit.start, hit.end) for lang in LANGUAGES for hit in clear_words(lang).find(text) if hit.kind == kind
            }
            for start, end in sorted(hits):
                if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in hits):
                    yield Evidence(part, start, end, text[start:end])

    def _undecided(self) -> tuple[Evidence, ...]:
        """Words of a study or of something to be considered, where no area and no kind of help is named beside them."""
        if self._subject.themes and self._subject.types:
            return ()
        found = []
        for part in ("need", "title", "outcome"):
            text = value(self._request, part)
            hits = {
                (hit.start, hit.end)
                for lang in LANGUAGES
                for hit in cues(lang).find(text)
                if (hit.kind, hit.value) == ("sentence", "undecided")
            }
            found += [Evidence(part, start, end, text[start:end]) for start, end in sorted(hits)]
        read = [read for read in self._request.read if read.part == "need" and read.rule.endswith(".undecided")]
        return (*found, *(Evidence("document", one.start, one.end, one.text) for one in read))

    def _vague(self) -> tuple[Evidence, ...]:
        if self._subject.themes or self._subject.fields or self._undecided():
            return ()
        return tuple(self._words("vague", ("need", "title")))

    def _vague_outcome(self) -> tuple[Evidence, ...]:
        countable = any(sign.isdecimal() for sign in self._request.outcome)
        return () if countable else tuple(self._words("vague", ("outcome",)))

    def _areas(self) -> tuple[Values, tuple[Evidence, ...]] | None:
        themes = set(self._subject.themes)
        if not themes or any(themes <= set(area) for area in subject_areas().values()):
            return None
        return {"themes": self._subject.themes}, ()

    def _dates(self, check: str) -> tuple[Values, tuple[Evidence, ...]] | None:
        since, until = self._subject.since, self._subject.until
        if check == "reversed":
            if since and until and until < since:
                return {"since": (since.isoformat(),), "until": (until.isoformat(),)}, ()
            return None
        # A period that begins in the past may still end in time; one without an end began too early.
        last = until or since
        if last and last < self._on and not (since and until and until < since):
            return {"until": (last.isoformat(),)}, ()
        return None

    def _misfit(self) -> tuple[Values, tuple[Evidence, ...]] | None:
        themes, weapons = self._subject.themes, self._subject.weapons
        meant = frozenset[str]().union(*(reference.theme(theme).matching() for theme in themes))
        odd = []
        for field in self._subject.fields:
            weapon = reference.matrix_field(field).weapon
            if (themes and field not in meant) or (weapons and weapon and weapon not in weapons):
                odd.append(field)
        return ({"fields": tuple(odd)}, ()) if odd else None


def _worded(found: tuple[Evidence, ...]) -> tuple[Values, tuple[Evidence, ...]] | None:
    return ({"words": tuple(dict.fromkeys(one.text for one in found))}, found) if found else None
