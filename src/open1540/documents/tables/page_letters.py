"""The letters of a printed page with their places, gathered into the lines of its cells.

Places are by the fonts' own advances, so that a gap is a gap; nothing rests on the order in which a file draws its letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

Rect = tuple[float, float, float, float]
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
# What stands for a letter the file gives no meaning to.
UNKNOWN = "\ufffd"
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+|[^\W_]+- [^\W_]+")
# Signs whose forms fonts keep apart: ligatures of Latin letters, shapes of Arabic ones, radicals drawn as characters.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\u2f00-\u2fdf]")
# Radicals that are no other sign's form in Unicode, and the characters they look like (EquivalentUnifiedIdeograph.txt).
_RADICALS = str.maketrans(
    "\u2ea0\u2ec4\u2ec5\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2eda\u2edb\u2edc\u2ee2\u2ee5\u2ee6\u2ee8\u2ee9\u2eec\u2eee\u2ef0",
    "\u6c11\u897f\u89c1\u8d1d\u8f66\u957f\u95e8\u9752\u9875\u98ce\u98de\u9a6c\u9c7c\u9e1f\u9ea6\u9ec4\u9f50\u9f7f\u9f99",
)
_RADICAL = re.compile("[\u2e80-\u2eff]")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# The narrowest blank between words in sizes of the letters: of pages that draw their blanks, and of pages that leave a gap.
_GAP_BESIDE_BLANKS, _GAP = 0.35, 0.13
# How far, in sizes, letters of one line may stand above each other: a raised mark does, the next line does not.
_RAISED = 0.55
# The same letter again within this many sizes is the same, drawn twice to be bold.
_AGAIN = 0.12


class Letter(NamedTuple):
    """What is drawn as one: its text, where it begins and ends along its line, its size, and which line it stands on."""

    text: str
    start: float
    end: float
    size: float
    turned: int
    line: float


class Line(NamedTuple):
    """A printed line.

    Attributes:
        signs: from the left, what is drawn as one together, blanks among them.
        trailing: whether a blank is drawn behind its last letter, before its first; left and right end.
        room: what is left of its column, in points, were every blank as narrow as drawn.
        left, right: gaps to the borders of its cell.
        size: of its letters.
        sure: whether every letter's meaning and place is known.
    """

    signs: tuple[str, ...]
    trailing: tuple[bool, bool] = (False, False)
    room: float = 0.0
    left: float = 0.0
    right: float = 0.0
    size: float = 0.0
    sure: bool = True

    @property
    def text(self) -> str:
        """As it stands, from the left."""
        return "".join(self.signs)


class Letters:
    """The letters of a page with their places.

    Arguments:
        drawn: each as pdfminer tells it, with text, place, size and matrix.
    """

    def __init__(self, drawn: Sequence[Mapping[str, Any]]) -> None:
        self._letters = [_letter(one) for one in drawn]
        places = [((d["x0"] + d["x1"]) / 2, (d["top"] + d["bottom"]) / 2) for d in drawn] or [(0.0, 0.0)]
        self._x, self._y = np.array(places).T
        text = "".join(letter.text for letter in self._letters)
        self.count = len(text)
        self.right_to_left = len(ARABIC.findall(text)) > 0.5 * max(sum(sign.isalpha() for sign in text), 1)
        inked = sum(not sign.isspace() for sign in text)
        self._gap = _GAP_BESIDE_BLANKS if sum(sign.isspace() for sign in text) > 0.02 * inked else _GAP

    def free(self) -> Any:
        """A mask of the letters, none of them used."""
        return np.zeros(len(self._letters), bool)

    def cell(self, box: Rect, used: Any) -> list[Line]:
        """The lines within a box (left, top, right, bottom, from the page's top)."""
        if not self._letters:
            return []
        left, top, right, bottom = box
        inside = (self._x > left) & (self._x < right) & (self._y > top) & (self._y < bottom)
        used |= inside
        return _roomy(list(self._lines(np.flatnonzero(inside), left, right)), right - left)

    def lines(self, free: Any, within: tuple[float, float] = (0.0, float("inf"))) -> list[Line]:
        """Each line of the letters that are free, perhaps only those between two heights."""
        if not self._letters:
            return []
        free = free & (self._y > within[0]) & (self._y < within[1])
        return list(self._lines(np.flatnonzero(free), 0.0, 0.0))

    def _lines(self, places: Iterable[int], left: float, right: float) -> Iterator[Line]:
        chosen = sorted((self._letters[at] for at in places), key=lambda one: (one.turned, one.line))
        line: list[Letter] = []
        for letter in chosen:
            if line and (
                letter.turned != line[0].turned
                or letter.line - _height(line) > _RAISED * max(letter.size, max(one.size for one in line))
            ):
                if any(not one.text.isspace() for one in line):
                    yield self._line(line, left, right)
                line = []
            line.append(letter)
        if any(not one.text.isspace() for one in line):
            yield self._line(line, left, right)

    def _line(self, letters: Sequence[Letter], left: float, right: float) -> Line:
        drawn, sure = _joined_marks(_once(sorted(letters, key=lambda one: (one.start + one.end, one.start))))
        ink = [at for at, one in enumerate(drawn) if not one.text.isspace()]
        natural = sum(one.end - one.start for one in drawn[ink[0] : ink[-1] + 1])
        signs: list[str] = []
        end: float | None = None
        for one in drawn[ink[0] : ink[-1] + 1]:
            blank = one.text.isspace()
            if not blank and end is not None and signs[-1] != " ":
                gap = (one.start - end) / min(one.size, drawn[ink[0]].size)
                wide = [bool(_WIDE.match(sign)) for sign in (signs[-1], one.text)]
                # Chinese is set with room between its characters and before others that stands for no blank.
                if any(wide) and 0 < gap < _GAP_BESIDE_BLANKS:
                    natural += one.start - end
                if gap > self._gap and not any(wide):
                    signs.append(" ")
                sure = sure and not (gap > _GAP and any(wide) and not all(wide) and self._gap == _GAP)
            if not (blank and signs[-1] == " "):
                signs.append(" " if blank else one.text)
            end = one.end if end is None else max(end, one.end)
        first, last = drawn[ink[0]], drawn[ink[-1]]
        return Line(
            tuple(signs),
            (ink[0] > 0, ink[-1] < len(drawn) - 1),
            -natural,
            first.start - left,
            right - last.end,
            max(one.size for one in drawn),
            sure and not any(UNKNOWN in sign for sign in signs),
        )


def _letter(drawn: Mapping[str, Any]) -> Letter:
    text = str(drawn["text"])
    if text.startswith("(cid:") or not text or (len(text) == 1 and unicodedata.category(text) in ("Cc", "Co", "Cn")):
        text = " " if text.isspace() else UNKNOWN
    text = _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _RADICAL.sub(UNKNOWN, text.translate(_RADICALS))
    a, b, _, _, x, y = drawn["matrix"]
    size = float(drawn["size"])
    if abs(b) > abs(a):
        # Set on its side: upwards, its lines follow to the right; downwards, to the left.
        up = b > 0
        start, end = (-drawn["bottom"], -drawn["top"]) if up else (drawn["top"], drawn["bottom"])
        return Letter(text, start, end, size, 1 if up else 2, x if up else -x)
    return Letter(text, float(drawn["x0"]), float(drawn["x1"]), size, 0, -float(y))


def _height(line: Sequence[Letter]) -> float:
    """Where a line stands: by its largest letters, for smaller ones may be raised."""
    return max(line, key=lambda one: (one.size, -one.line)).line


def _once(letters: Iterable[Letter]) -> list[Letter]:
    """Each letter once, also where it was drawn again a little aside."""
    told: list[Letter] = []
    for one in letters:
        again = any(
            one.text == other.text and abs(one.start - other.start) < _AGAIN * one.size and one.text.strip()
            for other in told[-2:]
        )
        if not again or unicodedata.combining(one.text[0]):
            told.append(one)
    return told


def _joined_marks(letters: Sequence[Letter]) -> tuple[list[Letter], bool]:
    """Letters with the marks above them, and whether each mark stands above just one."""
    plain = [one for one in letters if not unicodedata.combining(one.text[0])]
    if len(plain) == len(letters) or not plain:
        return list(letters), len(plain) == len(letters)
    sure = True
    for mark in (one for one in letters if unicodedata.combining(one.text[0])):
        middle = (mark.start + mark.end) / 2
        near = [at for at, one in enumerate(plain) if one.text.strip() and one.start - 0.01 <= middle <= one.end + 0.01]
        sure = sure and len(near) == 1
        if near:
            home = plain[near[0]]
            plain[near[0]] = home._replace(text=home.text + mark.text)
    return plain, sure


def _roomy(lines: Sequence[Line], width: float) -> list[Line]:
    """The lines with what room each leaves in a cell of this width, its padding alike on both sides."""
    padding = max(min((gap for line in lines for gap in (line.left, line.right)), default=0.0), 0.0)
    return [line._replace(room=width - 2 * padding + line.room) for line in lines]


def hyphenated(lines: Iterable[Line]) -> set[str]:
    """Words with a hyphen where no line ends, and words after which one stands apart, with the next word."""
    return {word for line in lines for word in _HYPHENATED.findall(line.text)}
