"""Facts as of a date: States, treaties, resolutions, obligations, matrix templates, actors, topics.

Files of the package's ``facts/`` folder come in, typed and dated records go out; nothing is read after the first use.
What a text says about these things is left to documents, what a State has done about them to the desks.
"""

from open1540.reference.actors import Actor, actor, actor_labels, actor_name, actor_type, actors
from open1540.reference.assistance import (
    AssistanceProvider,
    AssistanceRequest,
    AssistanceType,
    assistance_providers,
    assistance_requests,
    assistance_type,
    assistance_types,
)
from open1540.reference.criteria import Criterion, criteria
from open1540.reference.crosswalk import Crosswalk, Link, crosswalk
from open1540.reference.events import AgendaPart, Costs, Format, agenda_parts, event_format, event_formats
from open1540.reference.facts import source, sources
from open1540.reference.holidays import Holiday, holidays
from open1540.reference.labels import LANGUAGES
from open1540.reference.letters import LetterRule, Letters, letter_rule, letters
from open1540.reference.matrix_words import matrix_word
from open1540.reference.obligations import Obligation, obligation, obligations
from open1540.reference.outlines import Place, middles
from open1540.reference.pathways import STAGES, Pathway, pathway, pathways
from open1540.reference.procedure import Procedure, Standing, StepRule, Term, procedure, step_rule
from open1540.reference.reporting import AggregateFact, FirstReport, aggregate_facts, first_reports
from open1540.reference.resolutions import (
    Resolution,
    founding_number,
    mandate,
    plausible_year,
    resolution,
    resolutions,
    year_of,
)
from open1540.reference.services import service, services
from open1540.reference.states import State, ambiguous_names, former_names, regions, state, states
from open1540.reference.status import (
    Instrument,
    Status,
    instrument,
    instrument_labels,
    instruments,
    status,
    statuses,
)
from open1540.reference.templates import (
    Field,
    Template,
    caveats,
    codes,
    current_template,
    field_ids,
    fields_matching,
    matrix_field,
    row_names,
    template,
    template_on,
    templates,
)
from open1540.reference.themes import Theme, theme, themes, themes_about, themes_of
from open1540.reference.topics import Topic, broader_topics, find_topics, topic, topic_labels, topics

__all__ = [
    "LANGUAGES",
    "STAGES",
    "Actor",
    "AgendaPart",
    "AggregateFact",
    "AssistanceProvider",
    "AssistanceRequest",
    "AssistanceType",
    "Costs",
    "Criterion",
    "Crosswalk",
    "Field",
    "FirstReport",
    "Format",
    "Holiday",
    "Instrument",
    "LetterRule",
    "Letters",
    "Link",
    "Obligation",
    "Pathway",
    "Place",
    "Procedure",
    "Resolution",
    "Standing",
    "State",
    "Status",
    "StepRule",
    "Template",
    "Term",
    "Theme",
    "Topic",
    "actor",
    "actor_labels",
    "actor_name",
    "actor_type",
    "actors",
    "agenda_parts",
    "aggregate_facts",
    "ambiguous_names",
    "assistance_providers",
    "assistance_requests",
    "assistance_type",
    "assistance_types",
    "broader_topics",
    "caveats",
    "codes",
    "criteria",
    "crosswalk",
    "current_template",
    "event_format",
    "event_formats",
    "field_ids",
    "fields_matching",
    "find_topics",
    "first_reports",
    "former_names",
    "founding_number",
    "holidays",
    "instrument",
    "instrument_labels",
    "instruments",
    "letter_rule",
    "letters",
    "mandate",
    "matrix_field",
    "matrix_word",
    "middles",
    "obligation",
    "obligations",
    "pathway",
    "pathways",
    "plausible_year",
    "procedure",
    "regions",
    "resolution",
    "resolutions",
    "row_names",
    "service",
    "services",
    "source",
    "sources",
    "state",
    "states",
    "status",
    "statuses",
    "step_rule",
    "template",
    "template_on",
    "templates",
    "theme",
    "themes",
    "themes_about",
    "themes_of",
    "topic",
    "topic_labels",
    "topics",
    "year_of",
]
