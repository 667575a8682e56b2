"""The words by which a language states, asks and promises: ``facts/language/<lang>/statements.yaml``.

A wording may hold alternatives in braces, ``{propose,suggest}``; an empty alternative makes a word optional.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from open1540.documents.lexicon import Hit, Lexicon
from open1540.documents.reading import StatementKind
from open1540.reference import facts

By = Literal["any", "speaker", "own", "everyone", "other"]
To = Literal["none", "after", "before"]
Role = Literal["self", "speaker", "institution", "everyone", "other", "pronoun"]
_BRACES = re.compile(r"\{([^{}]*)\}")


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that set off a statement in running text.

    Attributes:
        by: whose act the words must be. ``speaker``: whoever speaks (we, I, my delegation, the State);
            ``own``: the State or an organ of it; ``everyone``: all States; ``other``: somebody else;
            ``any``: no matter, the form of the verb or an impersonal phrase tells enough.
        to: where the one addressed stands: ``after`` the words (we ask the Committee), ``before`` them
            (States should), or nowhere.
        unless: words that, in the same sentence, take the force away.
    """

    id: str
    kind: StatementKind
    words: tuple[str, ...]
    by: By = "any"
    to: To = "none"
    confidence: float = 0.9
    unless: tuple[str, ...] = ()


class Lead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that open a paragraph of a resolution, with the kind of statement they make.

    ``states`` and ``organs`` give another kind where the verb is addressed to States or to a body of the
    United Nations: one language has two verbs where another has one. An ``open`` verb (expresses ...) takes
    its kind from what is expressed.
    A verb that ``chains`` may act again inside the paragraph ("..., and requests the Committee to ...").
    """

    id: str
    kind: StatementKind
    words: tuple[str, ...]
    states: StatementKind | None = None
    organs: StatementKind | None = None
    open: bool = False
    chains: bool = False


class Announcement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a sentence announces a list: words of announcing, and the nouns that say what the items are."""

    words: tuple[str, ...]
    nouns: dict[StatementKind, tuple[str, ...]]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the statement finder knows of one language.

    Attributes:
        verb_first: the subject may stand right after its verb.
        reach: how many characters may stand between a subject and its verb for both to be taken together.
        linking: words that may join a second operative verb to the first (and, et, y ...).
        anaphora: phrases that take up what the sentence before was about.
        demonstratives: words that do so where they open a statement.
        negations: words right before a verb that turn it round.
        muted: set phrases whose verb states nothing by itself (the Committee established pursuant to ...).
    """

    abbreviations: tuple[str, ...]
    verb_first: bool
    reach: int
    linking: tuple[str, ...]
    anaphora: tuple[str, ...]
    demonstratives: tuple[str, ...]
    negations: tuple[str, ...]
    muted: tuple[str, ...]
    roles: dict[Role, tuple[str, ...]]
    announcement: Announcement
    cues: tuple[Cue, ...]
    lead_fillers: tuple[str, ...]
    leads: tuple[Lead, ...]


@cache
def wording(language: str) -> Wording:
    """The wording of a language, read once. Raises FactsError where its file is broken."""
    return facts.tree(f"language/{language}/statements.yaml", Wording)


def spelled_out(phrase: str) -> Iterator[str]:
    """Every wording a phrase with braces stands for."""
    braces = _BRACES.search(phrase)
    if not braces:
        yield " ".join(phrase.split())
        return
    for choice in braces[1].split(","):
        yield from spelled_out(phrase[: braces.start()] + choice + phrase[braces.end() :])


@cache
def words_of(language: str) -> Lexicon:
    """Cues, roles, anaphora and muted phrases of a language; a hit's kind tells which, its value which one.

    Kinds are ``cue`` (value: index into the cues), ``role`` (the role), ``anaphora``,
    ``demonstrative`` and ``muted``.
    """
    words = wording(language)
    triples = [(word, "", "muted") for phrase in words.muted for word in spelled_out(phrase)]
    triples += [(word, "", "anaphora") for phrase in words.anaphora for word in spelled_out(phrase)]
    triples += [(word, "", "demonstrative") for phrase in words.demonstratives for word in spelled_out(phrase)]
    for role, phrases in words.roles.items():
        triples += [(word, role, "role") for phrase in phrases for word in spelled_out(phrase)]
    for index, cue in enumerate(words.cues):
        triples += [(word, str(index), "cue") for phrase in cue.words for word in spelled_out(phrase)]
    return Lexicon(triples, language)


@cache
def leads_of(language: str) -> Lexicon:
    """Verbs that open paragraphs of resolutions (kind ``lead``) and what may precede them (``filler``)."""
    words = wording(language)
    triples = [(word, "", "filler") for phrase in words.lead_fillers for word in spelled_out(phrase)]
    for index, lead in enumerate(words.leads):
        triples += [(word, str(index), "lead") for phrase in lead.words for word in spelled_out(phrase)]
    return Lexicon(triples, language)


def cue_of(hit: Hit, language: str) -> Cue:
    """The cue a hit of kind ``cue`` stands for."""
    return wording(language).cues[int(hit.value)]


def lead_of(hit: Hit, language: str) -> Lead:
    """The lead a hit of kind ``lead`` stands for."""
    return wording(language).leads[int(hit.value)]
