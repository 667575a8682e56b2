"""A printed line of a right-to-left page, from the places of its letters back to the order in which it is written."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from open1540.documents.formats.arabic import Box

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
# The narrowest blank between words, in heights of a letter.
GAP = 0.1
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


def as_written(letters: Sequence[tuple[str, Box]], reading: str) -> str:
    """The line in the order of writing.

    Arguments:
        letters: with left, bottom, right and top.
        reading: one of READINGS.
    """
    return _ordered(sorted(_clusters(letters), key=lambda cluster: cluster[1]), reading).strip()


def from_left(letters: Sequence[tuple[str, Box]], reading: str = READINGS[0]) -> str:
    """The line as one that begins at the left, with words from the right among its own."""
    clusters = sorted(_clusters(letters), key=lambda cluster: cluster[1])
    classes = "".join(_class(text) for text, _ in clusters)
    told, at = "", 0
    for found in _WORDS_FROM_RIGHT.finditer(classes):
        told += "".join(text for text, _ in clusters[at : found.start()])
        told += _ordered(clusters[found.start() : found.end()], reading)
        at = found.end()
    return (told + "".join(text for text, _ in clusters[at:])).strip()


def _ordered(clusters: Sequence[tuple[str, float]], reading: str) -> str:
    texts = [text for text, _ in clusters]
    classes = "".join(_class(text) for text in texts)
    runs = [(found.start(), found.end()) for found in _RUNS[reading].finditer(classes)]
    parts = ["".join(texts[start:end]) for start, end in _with_brackets(runs, texts, classes)]
    return "".join(_turned(part) for part in reversed(parts))


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


def _clusters(letters: Sequence[tuple[str, Box]]) -> list[tuple[str, float]]:
    """Letters drawn as one sign, from the left, with the middle of their place, and a blank wherever there is a gap.

    The text layer's own blanks have no width and not always a place. Of Arabic letters drawn as one it tells the last first.
    """
    inked = [letter for letter in letters if not letter[0].isspace()]
    drawn = [_drawn(list(group)) for _, group in groupby(inked, key=_edges)]
    found: list[tuple[str, float]] = []
    right: float | None = None
    for text, box in sorted(drawn, key=lambda one: (one[1][0] + one[1][2]) / 2):
        middle = (box[0] + box[2]) / 2
        if unicodedata.combining(text[0]) and found:
            found[-1] = found[-1][0] + text, found[-1][1]
            continue
        if right is not None and box[0] - right > GAP * (box[3] - box[1]):
            found.append((" ", (right + box[0]) / 2))
        found.append((text, middle))
        right = box[2] if right is None else max(right, box[2])
    return found


def _edges(letter: tuple[str, Box]) -> tuple[float, float]:
    return round(letter[1][0], 2), round(letter[1][2], 2)


def _drawn(letters: Sequence[tuple[str, Box]]) -> tuple[str, Box]:
    text = "".join(sign for sign, _ in letters)
    return (text[::-1] if len(text) > 1 and ARABIC.search(text) else text), letters[0][1]


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
