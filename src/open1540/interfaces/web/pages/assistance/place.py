"""The desk of assistance, and what all its pages share: words of ids in the reader's language, choices, the way down."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import Depends, Form, Query

from open1540 import reference
from open1540.assistance.calendar import step_titles
from open1540.assistance.clarity import Advice
from open1540.assistance.form import option_titles
from open1540.assistance.matching import Ground, Match, Says
from open1540.assistance.overlap import Twice
from open1540.assistance.records import ActivityStatus, Subject
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.request_advice import advice_words
from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages.states.place import states_by_name
from open1540.reference.offer_columns import activity_statuses
from open1540.reference.request_parts import request_part
from open1540.workflows import assistance_offers as offers
from open1540.workflows.permissions import table

desk = Desk("assistance", "Assistance", "/assistance")
Asked = Annotated[str, Query(max_length=200)]
Written = Annotated[str, Form(max_length=20_000)]


def _filters(
    theme: Asked = "",
    type: Asked = "",
    weapon: Asked = "",
    state: Asked = "",
    language: Asked = "",
    q: Asked = "",
    all: Asked = "",
) -> offers.Asked:
    return offers.Asked(theme, type, weapon, state.upper(), language, q, all in ("yes", "true"))


Filters = Annotated[offers.Asked, Depends(_filters)]
"""By what lists of offers and activities, and their exports, are narrowed."""


class Words:
    """What templates call for the words of ids."""

    def __init__(self, t: Translator) -> None:
        self.t = t
        self._choices = {
            part: {key: titles[t.language] for key, titles in option_titles(part).items()}
            for part in ("themes", "types", "weapons", "languages")
        }
        self._criteria = {one.id: one.titles[t.language] for one in reference.criteria()}

    def choices(self, part: str) -> Mapping[str, str]:
        """The options of a part with their words, in the order of the form."""
        return self._choices[part]

    def named(self, part: str, keys: Iterable[str]) -> str:
        """Options of a part in words; an option without words as it is."""
        return self.t("; ").join(self._choices[part].get(key, key) for key in keys)

    def label(self, part: str) -> str:
        """What a part of a request is called."""
        return request_part(part).labels[self.t.language]

    def step(self, step: str) -> str:
        """A step of the procedure, as done."""
        return step_titles(step)[self.t.language]

    def criterion(self, criterion: str) -> str:
        """By what a request and an offer are compared."""
        return self._criteria[criterion]

    def says(self, ground: Ground) -> str:
        """Whether a ground speaks for or against."""
        t = self.t
        return {"for": t("speaks for it"), "against": t("speaks against it"), "unknown": t("not known")}[ground.says]

    def verdict(self, verdict: str) -> str:
        """How well an offer fits."""
        t = self.t
        return {"good": t("good match"), "partial": t("partial match"), "no": t("no match")}[verdict]

    def told(self, criterion: str, values: Iterable[str]) -> str:
        """What a ground names, in words."""
        part = {"theme": "themes", "type": "types", "weapon": "weapons", "language": "languages"}.get(criterion)
        if part:
            return self.named(part, values)
        if criterion == "region":
            return self.t("; ").join(self.place(value) for value in values)
        return self.t("; ").join(values)

    def criteria(self, match: Match, says: Says) -> str:
        """The criteria by which a match says one thing."""
        return self.t("; ").join(self.criterion(one.criterion) for one in match.grounds if one.says == says)

    def counted_types(self, types: Iterable[tuple[str, int]]) -> str:
        """Kinds of assistance, each with a number."""
        return self.t("; ").join(f"{self.named('types', [kind])} ({self.t.number(number)})" for kind, number in types)

    def alike(self, one: Twice) -> str:
        """What makes two records alike."""
        t = self.t
        names = {"provider": t("one provider"), "title": t("one title")}
        return t("; ").join([*(names[part] for part in one.alike), self.named("themes", one.themes)])

    def status(self, status: ActivityStatus) -> str:
        """What an activity stands at."""
        return activity_statuses()[status][self.t.language]

    def place(self, name: str) -> str:
        """A State by its code, or a region, in words."""
        if len(name) == 3 and name.isupper():
            return reference.state(name).name(self.t.language)
        return self.t(name)

    def advice(self, advice: Advice) -> tuple[str, str]:
        """What is noticed in a request, and how one could say it."""
        return advice_words(advice, self.t)

    def standing(self, standing: str) -> str:
        """Where a request stands, or the step that ended it."""
        t = self.t
        names = {
            "draft": t("draft of its State"),
            "submitted": t("with the Committee"),
            "circulated": t("with possible providers"),
            "posted": t("posted for everyone"),
        }
        return names.get(standing) or self.step("withdraw" if standing == "withdrawn" else standing)

    def side(self, side: str) -> str:
        """Who gives feedback."""
        return {"requester": self.t("the State that asked"), "provider": self.t("the provider")}[side]

    def met(self, met: str) -> str:
        """Whether the need was met."""
        t = self.t
        return {"yes": t("yes"), "in part": t("in part"), "no": t("no"), "too early": t("too early to say")}[met]

    def role(self, role: str) -> str:
        """A role by its title."""
        return self.t(table().roles[role].title)


def crumbs(ask: Ask, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page of the desk."""
    return [(ask.t("Assistance"), "/assistance"), *further]


def states(ask: Ask) -> list[tuple[str, str]]:
    """All States, by name: code and name."""
    return [(one.iso3, one.name(ask.language)) for one in states_by_name(ask.language)]


def regions(ask: Ask) -> list[tuple[str, str]]:
    """All regions with their words, by these."""
    return sorted(((name, ask.t(name)) for name in reference.regions()), key=lambda one: one[1])


def subject_words(subject: Subject, words: Words) -> str:
    """A subject in one line."""
    parts = [
        words.named("themes", subject.themes),
        words.named("types", subject.types),
        words.named("weapons", subject.weapons),
    ]
    return " · ".join(part for part in parts if part)
