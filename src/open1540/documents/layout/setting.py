"""How a text is set, learnt from the text itself: how wide its lines are, and what sets its paragraphs apart."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from open1540.documents.layout.lines import Line

WIDEST_PRINTED = 150
# A line is surely full, or surely short, beyond these shares of the measure; between them letters may be narrow or wide.
TIGHT = 0.93
LOOSE = 0.78
# How much of what is observed must agree before it counts as the way the text is set.
AGREED = 0.95
ENOUGH_JOINTS = 5
# The share of short lines that surely go on from which lines must have been broken twice.
BROKEN_TWICE = 0.2
TERMINAL = frozenset(".!?;:,。！？；：，؛؟،…")
_CLOSERS = "\"'”’»)]）］】」』* "
_NOTE_NUMBER = re.compile(r"[^\W\d][\"'”’»)\]）］」』]*[.!?;:,。！？；：，؛؟،][\"'”’»]*\d{1,2}$")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")


class Setting(NamedTuple):
    """How a text is set, as far as its lines tell.

    Attributes:
        measure: width to which lines are set, in columns; 0 where each line is a whole paragraph.
        gap: empty lines between the lines of one paragraph.
        indents: paragraphs begin with an indent.
        margin: blanks in front of every line, no indent.
        printed: lines come from a page with letters of different widths, and keep its gaps and indents.
        exact: every line holds all words that fit, so a line with room for one more ends its paragraph.
        ragged: lines were broken twice, at two widths, so a short line says nothing; empty lines part the paragraphs.
    """

    measure: int
    gap: int
    indents: bool
    margin: int
    printed: bool
    exact: bool
    ragged: bool = False

    def is_full(self, before: Line, after: Line, share: float) -> bool:
        """Whether the next word no longer fitted, were the measure only this share of itself."""
        room = self.measure if self.exact else self.measure * share
        return _extent(before, self.printed) + 1 + _first_word(after.text) > room

    def is_indented(self, line: Line) -> bool:
        """Whether a line is set in, where that begins a paragraph."""
        return self.indents and line.indent > self.margin


def learn(lines: Sequence[Line], printed: bool) -> Setting:
    """The setting of a text from its lines without furniture."""
    measure = _measure(lines, printed)
    if not measure:
        return Setting(0, 0, False, 0, printed, exact=False)
    rough = Setting(measure, _usual_gap(lines, measure), False, _margin(lines), printed, exact=False)
    exact = not printed and _is_exact(lines, rough)
    ragged = not printed and not exact and _is_ragged(lines, rough)
    return rough._replace(exact=exact, ragged=ragged, indents=_indents(lines, rough))


def width(text: str) -> int:
    """Width in columns; letters of Chinese take two. Beyond any printed width it does not matter how far."""
    return len(text) if text.isascii() or len(text) > WIDEST_PRINTED else len(text) + len(_WIDE.findall(text))


def is_terminal(text: str) -> bool:
    """Whether a line ends with a sign that can end a paragraph, a note's number behind it aside."""
    if text[-1:] in TERMINAL or text.rstrip(_CLOSERS)[-1:] in TERMINAL:
        return True
    return text[-1:].isdigit() and _NOTE_NUMBER.search(text, max(0, len(text) - 8)) is not None


def _extent(line: Line, printed: bool) -> int:
    return width(line.text) if printed else width(line.text) + line.indent


def _first_word(text: str) -> int:
    """Width of what had to fit. In Chinese any letter may begin a line, but no closing sign may."""
    return width(text[:3] if _WIDE.match(text) else text.split(" ", 1)[0])


def _measure(lines: Sequence[Line], printed: bool) -> int:
    """The width to which the text was set; 0 where lines are whole paragraphs."""
    widths = sorted(_extent(line, printed) for line in lines)
    if not widths:
        return 0
    broad = widths[int(len(widths) * 0.9)] if len(widths) > 9 else widths[-1]
    measure = max(w for w in widths if w <= broad * 1.06)
    if measure <= WIDEST_PRINTED and _near(widths, measure) * 4 >= len(widths):
        return _widest_usual(widths, measure)
    return widths[-1] if widths[-1] <= WIDEST_PRINTED and _runs_on(lines, widths[-1], printed) else 0


def _near(widths: Sequence[int], measure: int) -> int:
    return sum(1 for w in widths if measure * 0.8 <= w <= measure)


def _widest_usual(widths: Sequence[int], measure: int) -> int:
    """A letter's few full lines may be wider than nine tenths of its lines; a table's one long row is no measure."""
    widest = widths[-1]
    alike = sum(1 for w in widths if w >= widest * 0.9)
    return widest if widest <= WIDEST_PRINTED and alike >= max(2, len(widths) // 20) else measure


def _runs_on(lines: Sequence[Line], measure: int, printed: bool) -> bool:
    """Whether a line of full width surely goes on in the next one."""
    return any(
        _extent(before, printed) >= measure * 0.85
        and not is_terminal(before.text)
        and (after.text[0].islower() or bool(_WIDE.match(after.text)))
        for before, after in itertools.pairwise(lines)
    )


def _usual_gap(lines: Sequence[Line], measure: int) -> int:
    """Empty lines between the lines of one paragraph: none usually, one in some extracts."""
    gaps = Counter(
        after.gap
        for before, after in itertools.pairwise(lines)
        if width(before.text) >= measure * 0.85 and not is_terminal(before.text)
    )
    return gaps.most_common(1)[0][0] if gaps else 0


def _margin(lines: Sequence[Line]) -> int:
    return min((line.indent for line in lines), default=0)


def _is_exact(lines: Sequence[Line], rough: Setting) -> bool:
    """Whether every line that surely goes on holds all words that fit: so typewriters and programs set, not printers."""
    joints = [
        rough._replace(exact=True).is_full(before, after, 1)
        for before, after in itertools.pairwise(lines)
        if not is_terminal(before.text) and after.text[0].islower() and after.gap == rough.gap
    ]
    return len(joints) >= ENOUGH_JOINTS and _share(joints) >= AGREED


def _is_ragged(lines: Sequence[Line], rough: Setting) -> bool:
    """Whether many lines surely go on that are far from full, while empty lines part the paragraphs."""
    parted = sum(1 for line in lines if line.gap > rough.gap)
    joints = [
        not rough.is_full(before, after, LOOSE)
        for before, after in itertools.pairwise(lines)
        if not is_terminal(before.text) and after.text[0].islower() and after.gap == rough.gap
    ]
    return parted >= ENOUGH_JOINTS and sum(joints) >= ENOUGH_JOINTS and _share(joints) >= BROKEN_TWICE


def _indents(lines: Sequence[Line], rough: Setting) -> bool:
    """Whether paragraphs begin with an indent: lines after a short one do, lines after a full unfinished one do not."""
    indented = [line.indent > rough.margin for line in lines]
    if rough.printed:
        return 0 < sum(indented) <= len(lines) * 0.7
    sure, likely, joints = list[bool](), list[bool](), list[bool]()
    for (before, after), set_in in zip(itertools.pairwise(lines), indented[1:], strict=True):
        over = is_terminal(before.text)
        if over:
            likely.append(set_in)
        if over and not rough.is_full(before, after, LOOSE):
            sure.append(set_in)
        elif not over and rough.is_full(before, after, TIGHT):
            joints.append(set_in)
    # Where no paragraph ends short, every end of a sentence at a line end is likely one of a paragraph.
    return any(indented) and _share(sure or likely) >= 0.5 and _share(joints) <= 0.3


def _share(observed: Iterable[bool]) -> float:
    counted = list(observed)
    return sum(counted) / len(counted) if counted else 0.0
