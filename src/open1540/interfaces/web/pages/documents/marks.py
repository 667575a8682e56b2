"""A paragraph's words with what was found in them, cut into pieces that are marked alike."""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from open1540.documents.placing import NOWHERE

KINDS = ("statement", "claim", "reference", "actor", "date")


class Mark(msgspec.Struct, frozen=True):
    """Something found in the raw text, half-open; ``told`` says what it is, ``address`` leads to it."""

    kind: str
    start: int
    end: int
    told: str = ""
    address: str | None = None


class Piece(msgspec.Struct, frozen=True):
    """Words marked alike.

    Attributes:
        classes: of the marks they lie in; those that begin or end here say so.
    """

    text: str
    classes: str = ""
    told: str = ""
    address: str | None = None


def pieces(text: str, places: Sequence[int] | None, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The pieces of a paragraph.

    Arguments:
        places: raw offset of each character, as ``documents.placing`` gives them; None where they are not known.
    """
    held = list(_placed(places, marks)) if places else []
    if not held:
        yield Piece(text)
        return
    cuts = sorted({0, len(text), *(start for start, _, _ in held), *(end for _, end, _ in held)})
    for start, end in itertools.pairwise(cuts):
        over = [(first, last, mark) for first, last, mark in held if first <= start and end <= last]
        yield _piece(text[start:end], start, end, over)


def _placed(places: Sequence[int], marks: Iterable[Mark]) -> Iterator[tuple[int, int, Mark]]:
    """Marks in offsets of the paragraph's text, as far as they lie in it."""
    known, before = [], NOWHERE
    for place in places:
        before = place if place != NOWHERE else before
        known.append(before)
    for mark in marks:
        start, end = bisect_left(known, mark.start), bisect_left(known, mark.end)
        if start < end:
            yield start, end, mark


def _piece(text: str, start: int, end: int, over: Sequence[tuple[int, int, Mark]]) -> Piece:
    names = []
    for first, last, mark in over:
        names.append(f"m-{mark.kind}")
        names += [f"m-{mark.kind}-first"] if first == start else []
        names += [f"m-{mark.kind}-last"] if last == end else []
    told = "; ".join(dict.fromkeys(mark.told for _, _, mark in over if mark.told))
    address = next((mark.address for _, _, mark in over if mark.address), None)
    return Piece(text, " ".join(dict.fromkeys(names)), told, address)
