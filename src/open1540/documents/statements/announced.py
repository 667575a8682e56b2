"""Lists announced by a sentence ("we make the following proposals:"): their items are what was announced."""

from functools import cache
from typing import NamedTuple

from open1540.documents.reading import StatementKind
from open1540.documents.wording import spelled_out, wording


class Announced(NamedTuple):
    """The kind of the items of a list, and the words that announced it."""

    kind: StatementKind
    cue: str
    confidence: float = 0.7


def announcement(text: str, start: int, end: int, language: str) -> Announced | None:
    """What items the sentence between two places of a text announces; None where it announces nothing.

    Only a sentence that ends in a colon and says "following" or the like announces a list.
    """
    if not text.endswith((":", "：", ": "), start, end):
        return None
    lowered = text[start:end].casefold()
    signs, nouns = _signs(language)
    if not any(sign in lowered for sign in signs):
        return None
    return next((Announced(kind, noun) for noun, kind in nouns if noun in lowered), None)


@cache
def _signs(language: str) -> tuple[tuple[str, ...], tuple[tuple[str, StatementKind], ...]]:
    announcement = wording(language).announcement
    nouns = (
        (word.casefold(), kind)
        for kind, phrases in announcement.nouns.items()
        for phrase in phrases
        for word in spelled_out(phrase)
    )
    return tuple(word.casefold() for word in announcement.words), tuple(nouns)
