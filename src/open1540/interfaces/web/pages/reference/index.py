"""Every kind of facts, and what is found of some words in all of them."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.language import Translator
from open1540.interfaces.web.pages.overview import instrument_name
from open1540.interfaces.web.pages.reference.links import (
    to_actor,
    to_obligation,
    to_pathway,
    to_resolution,
    to_source,
    to_theme,
    to_topic,
)
from open1540.interfaces.web.pages.reference.place import Cell, desk
from open1540.interfaces.web.pages.reference.words import kinds
from open1540.reference import facts
from open1540.workflows import listings

FOUND = 8


@desk.page("/reference", "read")
def index(ask: Asking, words: str = "") -> Response:
    """Every kind of facts, and what is found of some words in all of them."""
    t = ask.t
    found = _search(ask, words) if words.strip() else {}
    return desk.show(
        ask,
        "index.html",
        title=t("Reference"),
        words=words,
        found={kind: cells for kind, cells in found.items() if cells},
        kinds=[(kinds(t)[kind], address, told, number) for kind, address, told, number in _index(t)],
    )


def _index(t: Translator) -> list[tuple[str, str, str, int]]:
    numbers = {
        "instruments": (
            t("Treaties, regimes and organisations: who joined when, and where sources disagree"),
            len(reference.instruments()),
        ),
        "resolutions": (
            t("Resolutions of the Security Council and the line of the Committee's mandate"),
            len(reference.resolutions()),
        ),
        "obligations": (
            t("What resolution 1540 asks, paragraph by paragraph, in plain words"),
            len(reference.obligations()),
        ),
        "topics": (
            t("The concepts of this field in six languages, with the obligations and fields they touch"),
            len(reference.topics()),
        ),
        "actors": (t("Organisations, bodies and office-holders with every name they go by"), len(reference.actors())),
        "templates": (t("The generations of the matrix, field by field"), len(reference.templates())),
        "crosswalk": (
            t("Which field of one template says what a field of another said"),
            len(listings.crossings("legacy_2005_2016", "revised_2017_onwards")),
        ),
        "themes": (t("How the rows of the matrix are grouped"), len(reference.themes())),
        "pathways": (
            t("Ways to such weapons, and the recorded measures that should stop each"),
            len(reference.pathways()),
        ),
        "sources": (t("What is known from where, how old it is, and what rests on it"), len(facts.sources())),
    }
    return [(kind, f"/reference/{kind}", told, number) for kind, (told, number) in numbers.items()]


def _search(ask: Ask, words: str) -> dict[str, list[Cell]]:
    """The first things of each kind that hold the words."""
    named = kinds(ask.t)
    return {
        named["instruments"]: [
            Cell(instrument_name(row.instrument.id, ask.language), f"/reference/instruments/{row.instrument.id}")
            for row in listings.instruments(words=words)[:FOUND]
        ],
        named["resolutions"]: [to_resolution(one.number) for one in listings.resolutions(words=words)[:FOUND]],
        named["obligations"]: [to_obligation(ask, one.id) for one in listings.obligations(words=words)[:FOUND]],
        named["topics"]: [to_topic(ask, row.topic.id) for row in listings.topics(words=words)[:FOUND]],
        named["actors"]: [to_actor(ask, row.actor.id) for row in listings.actors(words=words)[:FOUND]],
        named["themes"]: [to_theme(ask, one.id) for one in listings.themes(words=words)[:FOUND]],
        named["pathways"]: [to_pathway(ask, one.id) for one in listings.pathways(words=words)[:FOUND]],
        named["sources"]: [to_source(row.source.id) for row in listings.sources(words=words)[:FOUND]],
    }
