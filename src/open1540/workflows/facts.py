"""What the facts say: of a State, of anything with an id, and whether they are sound."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from open1540 import reference
from open1540.reference import calendar, checks, outlines
from open1540.reference.facts import source
from open1540.reference.states import State
from open1540.reference.status import Status
from open1540.vocabulary import BadInput, FactsError, Source, UnknownCode


class StateProfile(msgspec.Struct, frozen=True):
    """A State with its names and its status to every instrument, as of a day."""

    state: State
    on: dt.date | None
    names: dict[str, str]
    former_names: tuple[str, ...]
    instruments: tuple[Status, ...]


class Shown(msgspec.Struct, frozen=True):
    """A fact with its kind and the sources it rests on."""

    kind: str
    fact: object
    sources: tuple[Source, ...]


# What an id may be, in the order in which it is looked for.
LOOK_UPS: dict[str, Callable[[str], object]] = {
    "obligation": reference.obligation,
    "resolution": reference.resolution,
    "instrument": reference.instrument,
    "template": reference.template,
    "topic": reference.topic,
    "theme": reference.theme,
    "pathway": reference.pathway,
    "actor": reference.actor,
    "matrix field": reference.matrix_field,
    "source": source,
    "State": reference.state,
}


# What can be listed one by one: its id and what it is called.
LISTS: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
    "obligations": lambda: ((one.id, one.title()) for one in reference.obligations()),
    "resolutions": lambda: ((one.symbol, one.subject) for one in reference.resolutions()),
    "instruments": lambda: ((one.id, one.title) for one in reference.instruments()),
    "templates": lambda: ((one.id, one.title) for one in reference.templates()),
    "topics": lambda: ((one.id, one.label()) for one in reference.topics()),
    "themes": lambda: ((one.id, one.title()) for one in reference.themes()),
    "pathways": lambda: ((one.id, one.title()) for one in reference.pathways()),
    "actors": lambda: ((one.id, reference.actor_name(one.id) or one.id) for one in reference.actors()),
    "sources": lambda: ((one.id, one.title) for one in reference.sources().values()),
    "states": lambda: ((one.iso3, one.name()) for one in reference.states()),
}


def state_profile(code: str, on: str | None = None) -> StateProfile:
    """A State's profile. Raises UnknownCode for a State nobody knows, BadInput for a day that is none."""
    day = as_day(on)
    known = reference.state(code)
    return StateProfile(
        known,
        day,
        {language: known.name(language, day) for language in reference.LANGUAGES},
        tuple(
            f"{f.label} (until {f.until})" for f in reference.former_names() if f.id == known.iso3 and f.lang == "en"
        ),
        reference.statuses(known.iso3, day),
    )


def states(*, group: str | None = None, region: str | None = None) -> tuple[State, ...]:
    """States of a regional group, of a region or sub-region of M49, or all. Raises UnknownCode for one nobody knows."""
    found = reference.states()
    if group:
        found = _narrowed(found, "regional group", group, lambda state: (state.regional_group,))
    if region:
        found = _narrowed(
            found, "region", region, lambda state: (state.m49_region, state.m49_subregion, state.m49_intermediate)
        )
    return found


def _narrowed(
    found: tuple[State, ...], what: str, wanted: str, names: Callable[[State], tuple[str | None, ...]]
) -> tuple[State, ...]:
    chosen = tuple(state for state in found if wanted.casefold() in {(name or "").casefold() for name in names(state)})
    if not chosen:
        known = sorted({name for state in reference.states() for name in names(state) if name})
        raise UnknownCode(
            f"{what} {wanted!r}", expected="one of " + ", ".join(known), where=what, remedy="choose one of these"
        )
    return chosen


def as_day(written: str | None) -> dt.date | None:
    """A day written as YYYY-MM-DD, or None. Raises BadInput for anything else."""
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise BadInput(
            f"date {written!r}",
            expected="a day as YYYY-MM-DD",
            where="--on",
            remedy="write it like 2020-05-01",
        ) from error


def tables() -> dict[str, int]:
    """The tables of the facts with their number of rows."""
    return checks.table_sizes()


def listed(kind: str) -> dict[str, str]:
    """The ids of everything of a kind, such as ``topics``, with what each is called. Raises UnknownCode for another kind."""
    try:
        return dict(LISTS[kind.casefold()]())
    except KeyError:
        raise UnknownCode(
            f"kind of facts {kind!r}",
            expected="one of " + ", ".join(LISTS),
            where="facts",
            remedy="choose one of these, or run `open1540 facts list` for the tables",
        ) from None


def show(fact_id: str) -> Shown:
    """The fact with this id, whatever it is; ``theme:penalties`` tells a theme from the topic of the same id.

    Raises UnknownCode where no table has it.
    """
    named, colon, rest = fact_id.partition(":")
    chosen, wanted = ([named], rest) if colon and named in LOOK_UPS else (list(LOOK_UPS), fact_id)
    for kind in chosen:
        try:
            fact = LOOK_UPS[kind](wanted)
        except (UnknownCode, FactsError):
            continue
        ids = str(getattr(fact, "source", "")).split(";")
        return Shown(kind, fact, tuple(source(i) for i in ids if i))
    raise UnknownCode(
        f"fact {fact_id!r}",
        expected="the id of a State, topic, theme, pathway, actor, obligation, resolution, instrument, template, matrix field or source",
        where="facts",
        remedy="run `open1540 facts list` for the tables",
    )


def check() -> dict[str, int]:
    """The tables with their number of rows, all found sound. Raises FactsError listing every problem."""
    problems = (*checks.problems(), *_rules())
    if problems:
        raise FactsError(
            "; ".join(problems[:20]) + (f"; and {len(problems) - 20} more" if len(problems) > 20 else ""),
            expected="sound facts",
            where="facts/",
            remedy="mend the rows named and check again",
        )
    return checks.table_sizes()


def _rules() -> Iterator[str]:
    """What is wrong with the rules and words by which texts are read; their own rooms know what may stand there."""
    # Readers and desks bring libraries that a look at one State need not wait for.
    from open1540.documents import names, provisions, tagging, wording
    from open1540.documents.layout.wording import wording as layout_wording
    from open1540.matrix.section_one import meaning
    from open1540.matrix.sheet_words import steps_by_word
    from open1540.review import priorities
    from open1540.workflows import permissions

    whole = (
        provisions.provisions,
        tagging.rules,
        permissions.table,
        priorities.default_weights,
        outlines.areas,
        calendar.duties,
    )
    for load in (*whole, steps_by_word, partial(meaning, "party", "CWC")):
        yield from _refused(load)
    for language in reference.LANGUAGES:
        for read in (wording.wording, names.wording, layout_wording, provisions.concepts_of):
            yield from _refused(partial(read, language))


def _refused(load: Callable[[], object]) -> Iterator[str]:
    try:
        load()
    except FactsError as error:
        yield str(error)
