"""The words by which documents ask for assistance, language by language: ``facts/language/<lang>/assistance.yaml``."""

from functools import cache

import msgspec

from open1540.reference.facts import tree


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of publishing, of saying yes to it, and of saying no; a no counts more than a yes."""

    about: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Receives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before which, and words after which, the receiver's name stands."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class DateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a day that begins or ends a period; in Chinese they may follow it.

    Attributes:
        within: words before a month or a season.
        terms: names of halves and quarters of a year, by their months: ``01-06``.
    """

    since: tuple[str, ...]
    until: tuple[str, ...]
    range: tuple[str, ...]
    within: tuple[str, ...] = msgspec.field(name="in")
    terms: dict[str, tuple[str, ...]] = {}


class RequestWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the reader of requests knows of one language; braces hold alternatives.

    Attributes:
        lines: by part, words that open a line about it.
        sentences: by part, words that say what a sentence is about; ``undecided`` for needs not yet known, ``helped``
            where an organisation gave something.
        institutions: words one of which the name of an authority holds.
        articles: words before a name that do not belong to it.
        that: words that open a clause in which the name stands; behalf: words before the name of one spoken for.
        people: nouns that follow the number of those who benefit.
        types, themes, weapons, languages: words by id.
        clear: words that make a request clear or leave it vague: ``vague`` ones say little, ``law`` names a law, ``purpose``
            says what equipment is for, ``upkeep`` who keeps it running.
    """

    lines: dict[str, tuple[str, ...]]
    sentences: dict[str, tuple[str, ...]]
    consent: Consent
    receives: Receives
    institutions: tuple[str, ...]
    articles: tuple[str, ...]
    that: tuple[str, ...]
    behalf: tuple[str, ...]
    people: tuple[str, ...]
    types: dict[str, tuple[str, ...]]
    themes: dict[str, tuple[str, ...]]
    weapons: dict[str, tuple[str, ...]]
    languages: dict[str, tuple[str, ...]]
    dates: DateWords
    clear: dict[str, tuple[str, ...]] = {}


@cache
def request_words(language: str) -> RequestWords:
    """The words of a language, read once. Raises FactsError where their file is broken."""
    return tree(f"language/{language}/assistance.yaml", RequestWords)
