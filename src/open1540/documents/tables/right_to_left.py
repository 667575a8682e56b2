"""Likely orders of writing of a line of a right-to-left page, to be tried against the check sums of its file."""

import re
import unicodedata
from collections.abc import Sequence

_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»"}
# The blank before a bracket may be told behind it.
_OPENED = re.compile(r"(?<=\S)([(\[{«]) (?=\S)")
_CLOSED = re.compile(r"(?<=\S) ([)\]}»])(?=[^\s:;.,،؛|])")
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
# A page cannot show everything that was meant: whether words of other letters go on over a bracket, or take in a number
# before them. Each reading is one way; runs of words and numbers, numbers alone, and single signs.
_RUNS = {
    "within brackets, numbers apart": re.compile("L(?:[LENC]*[LE])?|E(?:C?E)*|."),
    "over brackets, numbers apart": re.compile("L(?:[LENCB]*[LE])?|E(?:C?E)*|."),
    "within brackets, numbers along": re.compile("[LE](?:[LENC]*[LE])?|."),
    "over brackets, numbers along": re.compile("[LE](?:[LENCB]*[LE])?|."),
}
READINGS = tuple(_RUNS)
_WORDS_FROM_RIGHT = re.compile("R(?:[RNBCE]*R)?")


def as_written(signs: Sequence[str], reading: str) -> str:
    """The line in the order of writing.

    Arguments:
        signs: from the left.
        reading: one of READINGS.
    """
    classes = "".join(map(_class, signs))
    runs = [(found.start(), found.end()) for found in _RUNS[reading].finditer(classes)]
    parts = ["".join(signs[start:end]) for start, end in _with_brackets(runs, signs, classes)]
    return "".join(map(_turned, reversed(parts))).strip()


def from_left(signs: Sequence[str], reading: str = READINGS[0]) -> str:
    """The line as one that begins at the left, with words from the right among its own."""
    classes = "".join(map(_class, signs))
    told, at = "", 0
    for found in _WORDS_FROM_RIGHT.finditer(classes):
        told += "".join(signs[at : found.start()]) + as_written(signs[found.start() : found.end()], reading)
        at = found.end()
    return (told + "".join(signs[at:])).strip()


def balanced(text: str) -> str:
    """The text with brackets in pairs: extraction may turn round either of two, or both."""
    told = list[str]()
    waiting = list[str]()
    for at, sign in enumerate(text):
        opening = _CLOSING.get(sign, sign)
        if opening not in _PAIRS:
            told.append(sign)
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        nested = waiting and (not before or before.isspace()) and after and not after.isspace()
        if opening in waiting and not nested:
            waiting.remove(opening)
            told.append(_PAIRS[opening])
        else:
            waiting.append(opening)
            told.append(opening)
    return _OPENED.sub(r" \1", _CLOSED.sub(r"\1 ", "".join(told)))


def _class(text: str) -> str:
    kind = unicodedata.bidirectional(text[0])
    if kind in ("R", "AL"):
        return "R"
    if kind == "EN" or kind == "AN":
        return "E"
    if text[0] in _PAIRS or text[0] in _CLOSING:
        return "B"
    return "L" if kind == "L" else "C" if kind == "CS" else "N"


def _with_brackets(runs: Sequence[tuple[int, int]], texts: Sequence[str], classes: str) -> list[tuple[int, int]]:
    """Runs of other letters take in the bracket that closes one opened within them."""
    taken: list[tuple[int, int]] = []
    for start, end in runs:
        if taken and start < taken[-1][1]:
            continue
        inside = "".join(texts[start:end])
        if "L" in classes[start:end] and inside.count("(") > inside.count(")") and texts[end : end + 1] == [")"]:
            end += 1
        taken.append((start, end))
    return taken


def _turned(part: str) -> str:
    return part.translate(_MIRRORED) if len(part) == 1 else part
