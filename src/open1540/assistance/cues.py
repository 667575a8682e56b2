"""The words by which documents ask for assistance, ready to be searched for in one language."""

from collections.abc import Iterator
from functools import cache

from open1540.documents.lexicon import Lexicon
from open1540.documents.wording import spelled_out
from open1540.reference.request_parts import request_form
from open1540.reference.request_words import request_words

PartWords = dict[str, tuple[str, ...]]


@cache
def cues(language: str) -> Lexicon:
    """All cues of a language.

    A hit's kind tells what it is: ``sentence`` (value: what the sentence is about), ``type``, ``theme``, ``weapon``,
    ``language`` (value: the id), ``institution``, ``people``, ``consent`` (about, yes, no),
    ``receives`` (before, after), ``clause`` (that, behalf) or ``term`` (months of a half or quarter of a year).
    """
    return Lexicon(_cues(language), language)


@cache
def line_openings(language: str) -> Lexicon:
    """Words that open a line about a part, the form's own labels among them; a hit's value is the part."""
    labels = [(part.labels[language].rstrip("?؟ \u00a0"), part.id, "label") for part in request_form().parts]
    return Lexicon([*labels, *_of(request_words(language).lines, "line")], language)


@cache
def clear_words(language: str) -> Lexicon:
    """Words that make a request clear or leave it vague; a hit's kind tells which."""
    return Lexicon(((word, word, kind) for word, kind, _ in _of(request_words(language).clear, "")), language)


def _cues(language: str) -> Iterator[tuple[str, str, str]]:
    words = request_words(language)
    yield from _of(words.sentences, "sentence")
    yield from _of(words.types, "type")
    yield from _of(words.themes, "theme")
    yield from _of(words.weapons, "weapon")
    yield from _of(words.languages, "language")
    yield from _of({"institution": words.institutions}, "institution")
    yield from _of({"people": words.people}, "people")
    yield from _of({"about": words.consent.about, "yes": words.consent.yes, "no": words.consent.no}, "consent")
    yield from _of(words.dates.terms, "term")
    yield from _of({"that": words.that, "behalf": words.behalf}, "clause")
    yield from _of({"before": words.receives.before, "after": words.receives.after}, "receives")


def _of(by_value: PartWords, kind: str) -> Iterator[tuple[str, str, str]]:
    for value, phrases in by_value.items():
        yield from ((word, value, kind) for phrase in phrases for word in spelled_out(phrase))
