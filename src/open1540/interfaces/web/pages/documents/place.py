"""The desk that the pages of documents belong to, and the words they share."""

from bisect import bisect_right
from functools import cache

from babel import Locale

from open1540 import reference
from open1540.documents import Reading
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.language import LANGUAGES, LOCALES, RIGHT_TO_LEFT, Translator
from open1540.interfaces.web.desk import Crumbs, Desk
from open1540.vocabulary import UnknownCode
from open1540.workflows.library import DocumentRow

desk = Desk("documents", "Documents", "/documents")
PARAGRAPHS = 60


def crumbs(t: Translator, row: DocumentRow | None = None) -> Crumbs:
    """The way down to a page about documents, or about one of them."""
    way = [(t("Documents"), "/documents")]
    return (*way, (title(row), f"/documents/{row.id}")) if row else tuple(way)


def title(row: DocumentRow) -> str:
    """What a document is called: its title, else its symbol, else the name of its file."""
    return row.title or row.symbol or row.name


def paragraph_at(reading: Reading, start: int) -> int:
    """Index of the paragraph a raw offset stands in."""
    return max(bisect_right(reading.paragraphs, start, key=lambda one: one.start) - 1, 0)


def page_of(reading: Reading, start: int) -> int:
    """The page of the reader on which the paragraph of a raw offset stands."""
    return paragraph_at(reading, start) // PARAGRAPHS + 1


def direction(language: str) -> str:
    """In which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def language_name(code: str, t: Translator) -> str:
    """The name of a language in the reader's."""
    return _language_names(t.language).get(code, code)


def languages(t: Translator) -> list[tuple[str, str]]:
    """Code and name of the six languages."""
    return [(code, language_name(code, t)) for code in LANGUAGES]


def actor(code: str | None, t: Translator) -> str:
    """The name of a State or body."""
    return (reference.actor_name(code, t.language) or code) if code else t("unknown")


def readers(shown_to: str, t: Translator) -> str:
    """Who is shown a document."""
    known = {"everyone": t("everyone"), "members": t("members")}
    return known.get(shown_to) or t("{state} and the experts").format(state=actor(shown_to, t))


def reader_choices(ask: Ask) -> list[tuple[str, str]]:
    """Whom a person may show a document to, the usual choice first."""
    t, who = ask.t, ask.who
    own = [who.state] if who.state else []
    states = sorted((s.name(t.language), s.iso3) for s in reference.states()) if "States" in who.sees.documents else []
    return [
        *((code, readers(code, t)) for code in own),
        *((kind, readers(kind, t)) for kind in ("members", "everyone") if kind in who.sees.documents),
        *((code, t("{state} and the experts").format(state=name)) for name, code in states),
    ]


def states(t: Translator) -> list[tuple[str, str]]:
    """Code and name of every State, by name."""
    return [(code, name) for name, code in sorted((s.name(t.language), s.iso3) for s in reference.states())]


def topic(topic_id: str, t: Translator) -> str:
    """The name of a topic."""
    return reference.topic(topic_id).label(t.language)


def obligation(obligation_id: str, t: Translator) -> str:
    """An obligation with its title."""
    try:
        return f"{obligation_id} {reference.obligation(obligation_id).title(t.language)}"
    except UnknownCode:
        return obligation_id


def field(field_id: str, t: Translator) -> str:
    """A field of the matrix with its row, weapon and aspect in words; its id where no template on record has it."""
    return _captions(t.language).get(field_id, field_id)


@cache
def _language_names(language: str) -> dict[str, str]:
    return dict(Locale.parse(LOCALES[language]).languages)


@cache
def _captions(language: str) -> dict[str, str]:
    return {field.field: field.caption(language) for one in reference.templates() for field in one.fields}
