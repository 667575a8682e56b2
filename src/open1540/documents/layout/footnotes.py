"""Notes at the foot of the page, below a rule of underscores."""

from collections.abc import Sequence

from open1540.documents.layout.lines import Line
from open1540.documents.reading import Footnote


def split_footnotes(content: Sequence[Line], every: Sequence[Line]) -> tuple[tuple[Footnote, ...], list[Line]]:
    """The notes, and the lines without them.

    A note stands between a rule of at least five underscores and the end of its page. Its marker is a number or a
    star, on its own line or in front of the note.
    """
    rules = [line for line in every if line.text.strip("_") == "" and len(line.text) >= 5]
    if not rules:
        return (), list(content)
    below: list[Line] = []
    kept: list[Line] = []
    for line in content:
        (below if any(_is_below(line, rule) for rule in rules) else kept).append(line)
    return tuple(_notes(below)), kept


def _is_below(line: Line, rule: Line) -> bool:
    return line.page == rule.page and 0 < line.start - rule.start < 4000


def _notes(lines: Sequence[Line]) -> list[Footnote]:
    notes: list[Footnote] = []
    marker, parts = "", list[Line]()
    for line in lines:
        opens = _marker(line.text)
        if opens:
            if parts:
                notes.append(_note(marker, parts))
            marker, parts = opens, []
            if line.text == opens:
                continue
        parts.append(line)
    if parts:
        notes.append(_note(marker, parts))
    return notes


def _marker(text: str) -> str:
    head = text.split(" ", 1)[0]
    return head if head.rstrip(".") and all(c in "*0123456789" for c in head) and len(head) <= 3 else ""


def _note(marker: str, parts: Sequence[Line]) -> Footnote:
    text = " ".join(part.text for part in parts).removeprefix(marker).strip()
    return Footnote(marker, text, parts[0].start, parts[-1].end)
