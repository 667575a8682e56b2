"""Lists announced by a sentence ("we make the following proposals:"): their items are what was announced."""

from functools import cache

from open1540.documents.reading import StatementKind
from open1540.documents.wording import spelled_out, wording

CONFIDENCE = 0.7


def announces(sentence: str, language: str) -> StatementKind | None:
    """What kind of items a sentence announces; None where it announces nothing.

    Only a sentence that ends in a colon and says "following" or the like announces a list.
    """
    if not sentence.rstrip().endswith((":", "：")):
        return None
    lowered = sentence.casefold()
    signs, nouns = _signs(language)
    if not any(sign in lowered for sign in signs):
        return None
    return next((kind for noun, kind in nouns if noun in lowered), None)


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
