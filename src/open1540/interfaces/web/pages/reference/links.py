"""Things of the facts as links, named in the reader's language."""

from collections.abc import Iterable

from open1540 import reference
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.web.pages.reference.place import Cell, Part
from open1540.reference import Field, facts


def actor_name(ask: Ask, actor: str) -> str:
    """What an actor or State is called in the reader's language."""
    return reference.actor_name(actor, ask.language) or actor


def to_actor(ask: Ask, actor: str) -> Cell:
    """An actor or State, leading to its page."""
    is_state = reference.actor_type(actor) == "State"
    return Cell(actor_name(ask, actor), f"/states/{actor}" if is_state else f"/reference/actors/{actor}")


def to_topic(ask: Ask, topic: str) -> Cell:
    """A topic, leading to its page."""
    return Cell(reference.topic(topic).label(ask.language), f"/reference/topics/{topic}")


def to_theme(ask: Ask, theme: str) -> Cell:
    """A theme, leading to its page."""
    return Cell(reference.theme(theme).title(ask.language), f"/reference/themes/{theme}")


def to_pathway(ask: Ask, pathway: str) -> Cell:
    """A pathway, leading to its page."""
    return Cell(reference.pathway(pathway).title(ask.language), f"/reference/pathways/{pathway}")


def to_obligation(ask: Ask, obligation: str) -> Cell:
    """An obligation, leading to its page."""
    known = reference.obligation(obligation)
    return Cell(f"{known.id}: {known.title(ask.language)}", f"/reference/obligations/{known.id}")


def to_resolution(number: int) -> Cell:
    """A resolution, leading to its page."""
    return Cell(reference.resolution(number).symbol, f"/reference/resolutions/{number}")


def to_source(source: str) -> Cell:
    """A source, leading to its page."""
    return Cell(facts.source(source).title, f"/reference/sources/{source}", "en")


def to_fields(ask: Ask, fields: Iterable[str]) -> tuple[Cell, ...]:
    """Fields of the template in use, row by row, each leading to its map."""
    wanted = set(fields)
    known: dict[str, Field] = {}
    for template in reference.templates():
        for field in template.fields:
            known.setdefault(field.field, field)
    return tuple(Cell(known[one].caption(ask.language), f"/map?show={one}") for one in known if one in wanted)


def names_by_language(ask: Ask, names: dict[str, tuple[str, ...]]) -> list[Part]:
    """A line for each language, that of the reader first."""
    t = ask.t
    languages = {
        "ar": t("Arabic"),
        "zh": t("Chinese"),
        "en": t("English"),
        "fr": t("French"),
        "ru": t("Russian"),
        "es": t("Spanish"),
    }
    order = sorted(languages, key=lambda language: language != ask.language)
    return [
        Part(languages[code], tuple(Cell(name, lang=code) for name in names[code]), together=True)
        for code in order
        if names.get(code)
    ]


def origin_of(ask: Ask, source: str, as_of: str, confidence: str) -> Part:
    """Where a fact comes from, how old it is, how sure."""
    t = ask.t
    sure = {"high": t("confidence high"), "medium": t("confidence medium"), "low": t("confidence low")}
    sources = tuple(to_source(one) for one in source.split(";"))
    return Part(t("Source"), (*sources, Cell(t.date(as_of)), Cell(sure[confidence])), together=True)
