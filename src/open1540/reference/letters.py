"""Drafts of the letters the procedure of requests for assistance needs, in six languages, with places for values."""

import datetime as dt
from functools import cache
from string import Formatter
from typing import Literal

import msgspec

from open1540.reference.facts import tree
from open1540.vocabulary import Confidence, UnknownCode

LETTERS = "assistance/letters.yaml"
BRIEFING = "briefing"
"""The step of the letter that belongs to the briefings and not to a request."""
Recipient = Literal["requester", "provider", "providers", "either", "committee"]
Texts = dict[str, str]


class LetterRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A letter; the head of ``facts/assistance/letters.yaml`` says what each part means.

    Attributes:
        titles, subject: by language; paragraphs: by language, in order.
    """

    id: str
    step: str
    to: Recipient
    titles: Texts
    subject: Texts
    paragraphs: dict[str, tuple[str, ...]]
    form: Literal["note", "memorandum"] = "note"
    when: Literal["open", "entered"] = "open"


class Letters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All letters with what they share, by language.

    Attributes:
        caveat: what stands above each; opening, closing: around those that are notes.
        words: around a letter where it is written down; addressees: by whom they go to; consents: the words for a State's consent to posting.
        questions: what is asked where a value is missing, by the name of the value.
    """

    source: str
    as_of: dt.date
    confidence: Confidence
    caveat: Texts
    opening: Texts
    closing: Texts
    words: dict[str, Texts]
    addressees: dict[str, Texts]
    consents: dict[str, Texts]
    questions: dict[str, Texts]
    letters: tuple[LetterRule, ...]


@cache
def letters() -> Letters:
    """All letters of the procedure."""
    return tree(LETTERS, Letters)


def letter_rule(letter: str) -> LetterRule:
    """The letter with this id. Raises UnknownCode where there is none."""
    for rule in letters().letters:
        if rule.id == letter:
            return rule
    raise UnknownCode(
        f"letter {letter!r}",
        expected="one of " + ", ".join(rule.id for rule in letters().letters),
        where="assistance letter",
        remedy="choose one of these",
    )


def names_in(text: str) -> tuple[str, ...]:
    """The names of the values a text has places for, each once, in order."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(text) if name is not None))
