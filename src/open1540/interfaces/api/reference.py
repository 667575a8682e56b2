"""What the facts say: instruments, resolutions, obligations, topics, actors, templates, sources; searched as on the pages."""

from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.reference import Field, Obligation, Pathway, Resolution, Status, Theme
from open1540.workflows import listings
from open1540.workflows.listings import ActorRow, Crossing, InstrumentRow, SourceRow, TemplateRow, TopicRow

door = Endpoints("reference")


@door.lists("/instruments", "read", InstrumentRow)
def instruments(
    ask: Asking, words: str = "", kind: str = "", on: str = "", page: PageNumber = 1, size: PageSize = 100
) -> tuple[InstrumentRow, ...]:
    """Instruments with how many States stand how on a day; ``words`` in any name in any of the six languages."""
    return listings.instruments(on=on, words=words, kind=kind)


@door.lists("/instruments/{instrument}/statuses", "read", Status)
def statuses(
    ask: Asking,
    instrument: str,
    on: str = "",
    shade: str = "",
    words: str = "",
    disputed: bool = False,
    page: PageNumber = 1,
    size: PageSize = 200,
) -> tuple[Status, ...]:
    """The status of every State to an instrument on a day, with its source and what other sources say."""
    return listings.instrument_statuses(instrument, on=on, shade=shade, words=words, disputed=disputed)


@door.lists("/resolutions", "read", Resolution)
def resolutions(
    ask: Asking, words: str = "", body: str = "", page: PageNumber = 1, size: PageSize = 100
) -> tuple[Resolution, ...]:
    """Resolutions of the Security Council, the latest first; ``body`` for those that give this actor a mandate."""
    return listings.resolutions(words=words, body=body)


@door.lists("/obligations", "read", Obligation)
def obligations(
    ask: Asking, words: str = "", on: str = "", page: PageNumber = 1, size: PageSize = 100
) -> tuple[Obligation, ...]:
    """What resolution 1540 (2004) asks of whom, in this project's own words."""
    return listings.obligations(words=words, on=on)


@door.lists("/topics", "read", TopicRow)
def topics(ask: Asking, words: str = "", page: PageNumber = 1, size: PageSize = 200) -> tuple[TopicRow, ...]:
    """The topics of the field with their labels in six languages."""
    return listings.topics(words=words)


@door.gives("/topics/{topic}", "read", TopicRow)
def topic(ask: Asking, topic: str) -> TopicRow:
    """A topic."""
    return listings.topic(topic)


@door.lists("/actors", "read", ActorRow)
def actors(
    ask: Asking, words: str = "", kind: str = "", page: PageNumber = 1, size: PageSize = 100
) -> tuple[ActorRow, ...]:
    """Actors other than States with every name they go by."""
    return listings.actors(words=words, kind=kind)


@door.gives("/actors/{actor}", "read", ActorRow)
def actor(ask: Asking, actor: str) -> ActorRow:
    """An actor."""
    return listings.actor(actor)


@door.lists("/templates", "read", TemplateRow)
def templates(ask: Asking, page: PageNumber = 1, size: PageSize = 100) -> tuple[TemplateRow, ...]:
    """The generations of the matrix."""
    return listings.templates()


@door.lists("/templates/{template}/fields", "read", Field)
def fields(
    ask: Asking, template: str, words: str = "", section: str = "", page: PageNumber = 1, size: PageSize = 500
) -> tuple[Field, ...]:
    """The fields of a template in printed order."""
    return listings.fields(template, words=words, section=section)


@door.lists("/crosswalk", "read", Crossing)
def crosswalk(
    ask: Asking,
    before: str = "legacy_2005_2016",
    after: str = "revised_2017_onwards",
    relation: str = "",
    words: str = "",
    page: PageNumber = 1,
    size: PageSize = 500,
) -> tuple[Crossing, ...]:
    """Which field of one template says what a field of another said."""
    return listings.crossings(before, after, relation=relation, words=words)


@door.lists("/themes", "read", Theme)
def themes(ask: Asking, words: str = "", page: PageNumber = 1, size: PageSize = 100) -> tuple[Theme, ...]:
    """How the rows of the matrix are grouped."""
    return listings.themes(words=words)


@door.lists("/pathways", "read", Pathway)
def pathways(ask: Asking, words: str = "", page: PageNumber = 1, size: PageSize = 100) -> tuple[Pathway, ...]:
    """Threat pathways and the fields that record the measures against each."""
    return listings.pathways(words=words)


@door.lists("/sources", "read", SourceRow)
def sources(
    ask: Asking, words: str = "", kind: str = "", page: PageNumber = 1, size: PageSize = 100
) -> tuple[SourceRow, ...]:
    """What is known from where, how old it is, and what rests on it."""
    return listings.sources(words=words, kind=kind)
