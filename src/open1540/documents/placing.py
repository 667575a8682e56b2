"""Where each character of a paragraph's unwrapped text stands in the raw text, so that it can be shown with what was found in it."""

from bisect import bisect_right
from collections.abc import Sequence

from open1540.documents.reading import Paragraph, Reading

NOWHERE = -1


def left_out(reading: Reading) -> list[tuple[int, int]]:
    """What stands between the lines of paragraphs but belongs to the page: its furniture and footnotes, in text order."""
    lines = [(line.start, line.end) for line in reading.furniture]
    return sorted([*lines, *((note.start, note.end) for note in reading.footnotes)])


def placed(raw: str, paragraph: Paragraph, skipped: Sequence[tuple[int, int]]) -> list[int] | None:
    """The raw offset of each character of a paragraph's text; ``NOWHERE`` for a blank put between two printed lines.

    Arguments:
        raw: the raw text; skipped: parts of it that belong to no paragraph, as ``left_out`` gives them.

    Read from the end, where text and raw text agree; the number before the text is not part of it. None where they do
    not agree. Cost is linear in the length of the paragraph.
    """
    places = [NOWHERE] * len(paragraph.text)
    first = bisect_right(skipped, paragraph.start, key=lambda part: part[1])
    within = list(skipped[first : bisect_right(skipped, paragraph.end, key=lambda part: part[0])])
    at = _over(paragraph.end - 1, within)
    for index in range(len(places) - 1, -1, -1):
        letter = paragraph.text[index]
        if letter.isspace():
            if at >= paragraph.start and raw[at].isspace():
                places[index] = at
                at = _over(at - 1, within)
            continue
        while at >= paragraph.start and raw[at] != letter:
            at = _over(at - 1, within)
        if at < paragraph.start:
            return None
        places[index] = at
        at = _over(at - 1, within)
    return places


def _over(at: int, skipped: list[tuple[int, int]]) -> int:
    """The offset itself, or the last one before the part left out that holds it; parts behind it are let go of."""
    while skipped and at < skipped[-1][1]:
        start, _ = skipped.pop()
        at = min(at, start - 1)
    return at
