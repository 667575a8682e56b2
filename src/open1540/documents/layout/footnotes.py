"""Notes at the foot of the page, below a rule of underscores."""

import re
from collections.abc import Container, Sequence

from open1540.documents.layout.lines import Line
from open1540.documents.reading import Footnote

_RULE = re.compile("_{5,}")
_MARKER = re.compile(r"(?P<marker>\*{1,3}|\d{1,3})(?P<stop>[.)]?)(?:\s|$)")


def split_footnotes(every: Sequence[Line], furniture: Container[int]) -> tuple[tuple[Footnote, ...], list[Line]]:
    """The notes, and the lines that are neither notes nor furniture.

    Notes stand between a rule of at least five underscores and the end of their page, which a page break tells, or
    what is printed at a page's foot. Each opens with a number or a star, all in one manner: where notes are numbered
    ``1``, a ``4.`` is the next paragraph of a text whose pages are not told.

    Arguments:
        furniture: indices of the lines that belong to the page.
    """
    notes: list[Footnote] = []
    kept: list[Line] = []
    below: list[Line] | None = None
    for index, line in enumerate(every):
        if below and (index in furniture or line.page != below[-1].page or _is_text_again(line, below)):
            notes += _notes(below)
            below = None
        if _RULE.fullmatch(line.text):
            below = []
        elif index not in furniture:
            if below is not None and (below or _MARKER.match(line.text)):
                below.append(line)
            else:
                kept.append(line)
                below = None
    return (*notes, *_notes(below or [])), kept


def _is_text_again(line: Line, below: Sequence[Line]) -> bool:
    first, marker = _MARKER.match(below[0].text), _MARKER.match(line.text)
    return bool(first and marker and marker["marker"].isdigit() and marker["stop"] != first["stop"])


def _notes(lines: Sequence[Line]) -> list[Footnote]:
    notes: list[Footnote] = []
    marker, parts = "", list[Line]()
    for line in lines:
        opens = _MARKER.match(line.text)
        if opens:
            if parts:
                notes.append(_note(marker, parts))
            marker, parts = opens["marker"], []
            if line.text == opens.group().strip():
                continue
        parts.append(line)
    if parts:
        notes.append(_note(marker, parts))
    return notes


def _note(marker: str, parts: Sequence[Line]) -> Footnote:
    text = " ".join(part.text for part in parts).removeprefix(marker).lstrip(".) ").strip()
    return Footnote(marker, text, parts[0].start, parts[-1].end)
