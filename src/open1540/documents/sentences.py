"""Where sentences and clauses begin and end, in six languages, on the running text.

Sentences tile their paragraph: nothing is lost between them, so a statement can always be traced back.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from open1540.documents.flow import Flow
from open1540.documents.wording import wording

CLOSERS = "\"'”’»›)]）］】」』〉》"
_LATIN_END = re.compile(rf"[.!?;؟؛…]+[{re.escape(CLOSERS)}]*(?=\s)")
_CHINESE_END = re.compile(rf"[。！？；!?]+[{re.escape(CLOSERS)}]*")
# A list sign or number at the beginning belongs to the layout, not to what is said.
_LEADING = re.compile(r"\s*(?:[•·●▪◦‣∙*–—-]\s*|\(?[0-9]{1,2}[.)]\s+|\([a-zа-яء-ي0-9]{1,3}\)\s*|（[^）]{1,3}）\s*)*")
_TRAILING = " \t\r\u00a0\u202f\u3000.。;；؛,，،:：!！?？؟…、"
_BRACKETS = re.compile(r"[()（）]")
_CLAUSE_END = re.compile(r"[,;:，；：،؛—–]+")


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence in flow offsets with the index of its paragraph."""

    start: int
    end: int
    paragraph: int


class Piece(NamedTuple):
    """A run of a sentence that is wholly inside or wholly outside brackets."""

    start: int
    end: int
    bracketed: bool


def sentences(flow: Flow, language: str) -> Iterator[Sentence]:
    """The sentences of each paragraph in order; those of one paragraph cover it without gap or overlap.

    An empty paragraph has none. Semicolons end a sentence, because official texts join whole
    sentences with them; a full stop after an abbreviation of the language does not.
    """
    text = flow.text
    for index in range(len(flow.paragraph_starts)):
        start, end = flow.paragraph_span(index)
        for stop in _ends(text, start, end, language):
            yield Sentence(start, stop, index)
            start = stop
        if start < end:
            yield Sentence(start, end, index)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without list sign or number in front and closing punctuation; empty if nothing is left."""
    opening = _LEADING.match(text, start, end)
    start = opening.end() if opening else start
    while end > start and (text[end - 1] in _TRAILING or _is_stray_closer(text, start, end)):
        end -= 1
    return start, max(start, end)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans that tile the given one, cut after each comma, colon, semicolon or dash outside brackets."""
    found = []
    brackets = iter(_bracket_positions(text, start, end))
    opening, closing = next(brackets, (end, end))
    at = start
    for cut in _CLAUSE_END.finditer(text, start, end):
        while closing < cut.start():
            opening, closing = next(brackets, (end, end))
        if cut.end() < end and not opening < cut.start() < closing:
            found.append((at, cut.end()))
            at = cut.end()
    found.append((at, end))
    return found


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """The runs before, inside and after the outermost brackets of a span; bracket signs are left out."""
    found = []
    at = start
    for opening, closing in _bracket_positions(text, start, end):
        found.append(Piece(at, opening, False))
        found.append(Piece(opening + 1, closing, True))
        at = closing + 1
    found.append(Piece(at, end, False))
    return [piece for piece in found if piece.start < piece.end]


def _ends(text: str, start: int, end: int, language: str) -> Iterator[int]:
    if language == "zh":
        yield from (stop.end() for stop in _CHINESE_END.finditer(text, start, end) if stop.end() < end)
        return
    for stop in _LATIN_END.finditer(text, start, end):
        if stop.end() < end and not (stop[0] == "." and _is_inner_stop(text, start, stop, end, language)):
            yield stop.end()


def _is_inner_stop(text: str, start: int, stop: re.Match[str], end: int, language: str) -> bool:
    """Whether a full stop only shortens a word or a number: it is followed by small letters, or known."""
    following = text[stop.end() : min(stop.end() + 3, end)].lstrip()
    if following[:1].islower() and language != "ar":
        return True
    word = text[max(start, stop.start() - 12) : stop.start()].split()
    if not word:
        return True
    last = word[-1].lstrip("(«“\"'").casefold()
    # The article before a shortened word is written with it: l’art. 7.
    last = last[2:] if last[1:2] in ("'", "’") else last
    return (len(last) == 1 and last.isalpha()) or last in _abbreviations(language)


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(word.rstrip(".").casefold() for word in wording(language).abbreviations)


def _bracket_positions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the outermost opening and closing brackets that form pairs."""
    found = []
    depth = opening = 0
    for sign in _BRACKETS.finditer(text, start, end):
        if sign[0] in "(（":
            opening = opening if depth else sign.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((opening, sign.start()))
    return found


def _is_stray_closer(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    return last in ")）" and text.count("(（"[")）".index(last)], start, end) < text.count(last, start, end)
