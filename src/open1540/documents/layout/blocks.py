"""From printed lines to blocks: which lines are one paragraph.

A printer breaks a line where the next word no longer fits. A line into which the next word would still have fitted
therefore ends its paragraph; a full line goes on unless its sentence is over and the next line is set apart.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from open1540.documents.layout.lines import Line
from open1540.documents.layout.wording import LayoutWording

WIDEST_PRINTED = 150
# A line is surely full, or surely short, beyond these shares of the measure; between them letters may be narrow or wide.
TIGHT = 0.93
LOOSE = 0.78
TITLE_LINES = 4
_NUMBER_ALONE = re.compile(r"\d{1,3}\s?[.．]|[A-Z]\.|[IVX]{1,5}\.|[•·●]")
TERMINAL = frozenset(".!?;:,。！？；：，؛؟،…")
_CLOSERS = "\"'”’»)]）］】」』* "
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
MARKER = re.compile(
    r"[•·●▪◦‣∙–—][ \t\u00a0]"
    r"|\d{1,3}\s?[.．、](?!\d)"
    r"|\d{1,3}\s?[-–](?=\s)"
    r"|[(（](?:[a-zA-Zа-яء-ي]{1,4}|[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|[a-zа-я]{1,4}\)\s|[’'‘]\d{1,2}[’'‘]|[㈠-㈩]|\d{1,2}°\s"
    r"|#{1,6}\s|\*\*\d"
)


def width(text: str) -> int:
    """Width in columns; letters of Chinese take two."""
    return len(text) + len(_WIDE.findall(text)) if not text.isascii() else len(text)


class Setting(NamedTuple):
    """How a text is set, as far as its lines tell.

    Attributes:
        measure: width to which lines are set, in columns; 0 where each line is a whole paragraph.
        gap: empty lines between the lines of one paragraph.
        indents: paragraphs begin with an indent.
        printed: lines come from a page with letters of different widths, and keep its gaps and indents.
    """

    measure: int
    gap: int
    indents: bool
    printed: bool


def blocks(lines: Sequence[Line], words: LayoutWording, whole_lines: bool, printed: bool) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs, in order.

    Arguments:
        lines: without furniture.
        whole_lines: each line is a paragraph already.
        printed: the lines were read from a printed page (PDF) with its gaps and indents.
    """
    measure = 0 if whole_lines else _measure(lines)
    setting = Setting(measure, _usual_gap(lines, measure), _sets_apart_by_indent(lines), printed)
    current: list[Line] = []
    for line in lines:
        if current and not _goes_on(current, line, setting, words) and _breaks(current[-1], line, setting, words):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _goes_on(current: Sequence[Line], after: Line, setting: Setting, words: LayoutWording) -> bool:
    """Whether what was begun cannot end here: a number without its text, half a title, an article without its noun."""
    before = current[-1].text
    if not setting.measure:
        return False
    if len(current) == 1 and _NUMBER_ALONE.fullmatch(before):
        return True
    if len(before) > 120 or is_terminal(before) or after.gap > setting.gap + 1:
        return False
    if words.search("unfinished", before):
        return not _is_landmark(after.text, words)
    title = len(current) <= TITLE_LINES and words.search("letter_opening", current[0].text)
    return bool(title) and not words.search("letter_title", " ".join(line.text for line in current))


def _measure(lines: Sequence[Line]) -> int:
    """The width to which the text was set; 0 where lines are whole paragraphs."""
    widths = sorted(width(line.text) for line in lines)
    if not widths:
        return 0
    broad = widths[int(len(widths) * 0.9)] if len(widths) > 9 else widths[-1]
    measure = max(w for w in widths if w <= broad * 1.06)
    near = sum(1 for w in widths if measure * 0.8 <= w <= measure)
    return measure if measure <= WIDEST_PRINTED and near * 4 >= len(widths) else 0


def _usual_gap(lines: Sequence[Line], measure: int) -> int:
    """Empty lines between the lines of one paragraph: none usually, one in some extracts."""
    gaps = Counter(
        after.gap
        for before, after in itertools.pairwise(lines)
        if width(before.text) >= measure * 0.85 and not is_terminal(before.text)
    )
    return gaps.most_common(1)[0][0] if gaps else 0


def _sets_apart_by_indent(lines: Sequence[Line]) -> bool:
    indented = sum(1 for line in lines if line.indent)
    return 0 < indented <= len(lines) * 0.7


def _breaks(before: Line, after: Line, setting: Setting, words: LayoutWording) -> bool:
    if not setting.measure:
        return True
    over = is_terminal(before.text)
    if _is_landmark(before.text, words) or _is_landmark(after.text, words):
        return True
    short = not _is_full(before.text, after.text, setting.measure * LOOSE)
    full = _is_full(before.text, after.text, setting.measure * TIGHT)
    if MARKER.match(after.text) and (over or not full or after.indent > before.indent):
        return True
    if over and len(after.text) < 60 and not is_terminal(after.text) and words.search("offices", after.text):
        return True
    apart = after.gap > setting.gap or (setting.indents and after.indent > 0)
    if short:
        return True
    if over:
        return apart or not (full or setting.indents or setting.printed)
    # A page break leaves a blank before a line that goes on, but none of the usual empty lines above it.
    indented = setting.indents and after.indent > 0 and after.gap >= setting.gap
    return after.gap > setting.gap + 1 or indented


def _is_full(before: str, after: str, measure: float) -> bool:
    """Whether the next word no longer fitted. In Chinese any letter may begin a line, but no closing sign may."""
    following = after[:3] if _WIDE.match(after) else after.split(" ", 1)[0]
    return width(before) + 1 + width(following) > measure


def is_terminal(text: str) -> bool:
    """Whether a line ends with a sign that can end a paragraph."""
    return text.rstrip(_CLOSERS)[-1:] in TERMINAL or (text[-1:] in ")）" and text.rstrip(_CLOSERS)[-1:] in TERMINAL)


def _is_landmark(text: str, words: LayoutWording) -> bool:
    if len(text) > 120:
        return False
    return any(words.search(part, text) for part in ("enacting", "annex_alone", "signed", "adoption"))
