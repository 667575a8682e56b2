"""Words of the record in the reader's language: codes, bases, statuses, why a status is shown."""

import re
from collections.abc import Callable
from functools import lru_cache

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.national import status_words
from open1540.matrix import national
from open1540.matrix.section_one import meaning
from open1540.reference import Status

_DAY = r"(\S+)"


class Words:
    """What templates call for the words of codes and ids."""

    def __init__(self, t: Translator) -> None:
        self.t = t
        self._statuses = status_words(t)
        self._codes = {code.code: code for code in reference.codes()}
        self._labels = {
            one: label for label, one, kind in reference.instrument_labels(t.language) if kind == "preferred"
        }

    def code(self, code: str) -> str:
        """A code of the matrix in a word or two."""
        return self._codes[code].labels[self.t.language]

    def meaning(self, code: str) -> str:
        """What the Committee means by a code."""
        return self.t(self._codes[code].meaning)

    def sign(self, code: str) -> str:
        """The class of style a code is shown in."""
        return {"X": "code-X", "?": "code-q", "NA": "code-NA", "": "code-blank"}[code]

    def instrument(self, instrument: str) -> str:
        """The name of a treaty, regime or body."""
        return self._labels.get(instrument) or reference.instrument(instrument).title

    def kind(self, kind: str) -> str:
        """The kind of an instrument."""
        t = self.t
        return {
            "treaty": t("Treaties"),
            "agreement": t("Agreements"),
            "zone": t("Nuclear-weapon-free zones"),
            "arrangement": t("Arrangements"),
            "regime": t("Export control regimes"),
            "initiative": t("Initiatives"),
            "organisation": t("Organizations"),
        }[kind]

    def status(self, value: str, instrument: str) -> str:
        """A status in words; ``unknown`` where no source says anything."""
        if value == "unknown":
            return self.t("unknown")
        told = meaning(value, instrument).words
        return self._statuses.get(told, told)

    def told(self, text: str) -> str:
        """A citation or remark as it stands; one open1540 wrote for section I in the reader's language."""
        if self.t.language == "en" or national.named_first(text) is None:
            return text
        return "; ".join(map(self._told_piece, text.split("; ")))

    def _told_piece(self, piece: str) -> str:
        named = national.named_first(piece)
        status = max((one for one in self._statuses if named and named[1].startswith(one)), key=len, default=None)
        if named is None or status is None:
            return piece
        rest = named[1].removeprefix(status)
        day = rest.removeprefix(", consent followed on ").removeprefix(", ")
        dated = re.fullmatch(r"\d{4}(-\d\d){0,2}", day) is not None
        later = f" {self.t('consent followed on')}" if rest.startswith(", consent followed on ") else ""
        tail = f",{later} {self.t.date(day)}" if dated else rest
        return f"{self.instrument(named[0])}: {self._statuses[status]}{tail}"

    def basis(self, basis: str) -> str:
        """What an entry rests on."""
        t = self.t
        return {
            "law": t("law"),
            "self-declaration": t("self-declaration"),
            "official record": t("official record"),
            "secondary source": t("secondary source"),
            "imported matrix": t("imported matrix"),
            "expert": t("a person's word"),
            "none": t("nothing on record"),
        }[basis]

    def confidence(self, confidence: str) -> str:
        """How sure a source and its reading are."""
        return {"high": self.t("high"), "medium": self.t("medium"), "low": self.t("low")}[confidence]

    def strength(self, strength: str | None) -> str:
        """Whether a passage states a measure or takes a step of inference."""
        t = self.t
        return {"explicit": t("stated explicitly"), "implied": t("implied"), None: ""}[strength]

    def verdict(self, verdict: str) -> str:
        """A judgement in a word."""
        t = self.t
        return {
            "accepted": t("accepted"),
            "rejected": t("rejected"),
            "corrected": t("corrected"),
            "unsure": t("unsure"),
        }[verdict]

    def verb(self, verb: str) -> str:
        """What is done to a version, as a button says it."""
        t = self.t
        return {
            "send": t("Send to the State"),
            "agree": t("Agree for the State"),
            "approve": t("Approve for the Committee"),
            "publish": t("Publish"),
        }[verb]

    def consequence(self, verb: str) -> str:
        """What follows from a step, for whoever is about to take it."""
        t = self.t
        return {
            "send": t("The State's point of contact will see this version, comment on it and may agree to it."),
            "agree": t("The State agrees that this version says what it wants to say. The Committee will see it."),
            "approve": t("The Committee approves this version for publication."),
            "publish": t("Everybody will see this version, except what the State has not agreed to show."),
        }[verb]

    def report(self, status: str | None) -> str:
        """Whether a first report was found."""
        t = self.t
        return {
            "submitted": t("submitted"),
            "not_found_submitted": t("none found by the source"),
            None: t("unknown"),
        }[status]

    def why(self, status: Status) -> str:
        """Why this status is the one shown."""
        return _why(self.t.language, status.why)


@lru_cache(10_000)
def _why(language: str, told: str) -> str:
    t = Translator(language)
    return "; ".join(_reason(t, part) for part in re.split(r"; (?!what held|consent followed)", told))


def _reason(t: Translator, told: str) -> str:
    for pattern, words in _reasons(t).items():
        if found := re.fullmatch(pattern, told):
            return words(*found.groups())
    return told


def _reasons(t: Translator) -> dict[str, Callable[..., str]]:
    """The sentences of ``reference.status`` by their patterns."""
    kinds = {"official": t("official"), "secondary": t("secondary"), "tertiary": t("tertiary")}

    def origin(best: str, kind: str, agreed: str | None, spoken: str) -> str:
        several = re.fullmatch(r"the best of (\d+) sources", best)
        first = t("the best of {number} sources").format(number=several[1]) if several else t("the only source")
        more = t("agreed by {number} more").format(number=agreed) if agreed else ""
        says = t("{kind}, says so as of {day}").format(kind=kinds.get(kind, kind), day=spoken)
        return ", ".join(part for part in (first, says, more) if part)

    return {
        "no source on record speaks of this State and instrument": lambda: t(
            "no source on record speaks of this State and instrument"
        ),
        "equally good sources differ": lambda: t("equally good sources differ"),
        "nothing later is on record": lambda: t("nothing later is on record"),
        "the source gives no date of consent and does not speak of the day asked": lambda: t(
            "the source gives no date of consent and does not speak of the day asked"
        ),
        rf"the source gives the year {_DAY} only": lambda day: t("the source gives the year {day} only").format(
            day=day
        ),
        r"no consent recorded on any day up to (.+)": lambda day: t(
            "no consent recorded on any day up to {day}"
        ).format(day=day),
        rf"signed on {_DAY}, no consent recorded since": lambda day: t(
            "signed on {day}, no consent recorded since"
        ).format(day=t.date(day)),
        rf"the withdrawal is of {_DAY}; what held before is not on record": lambda day: t(
            "the withdrawal is of {day}; what held before is not on record"
        ).format(day=t.date(day)),
        rf"signed on {_DAY}; consent followed on {_DAY}, after the day asked": lambda signed, day: t(
            "signed on {signed}; consent followed on {day}, after the day asked"
        ).format(signed=t.date(signed), day=t.date(day)),
        rf"no consent recorded on that day: the only one on record is of {_DAY}": lambda day: t(
            "no consent recorded on that day: the only one on record is of {day}"
        ).format(day=t.date(day)),
        r"(the only source|the best of \d+ sources), (\w+)(?:, agreed by (\d+) more)?, says so as of (.+)": origin,
    }
