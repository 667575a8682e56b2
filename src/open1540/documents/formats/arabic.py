"""Puts right what extraction from right-to-left pages turns round: brackets, and numbers with their years."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec

from open1540.documents.reading import Repair

Box = tuple[float, float, float, float]
# The narrowest blank between words, in heights of a letter.
BLANK = 0.1
_MARKS = frozenset(chr(code) for code in range(0x64B, 0x653))
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_YEAR = r"(?:19|20)\d\d"
# ")2014( 2140" and "2140 )2014(" both stand for "2140 (2014)".
_YEAR_FIRST = re.compile(rf"\)({_YEAR})\([ \u00a0]?(\d{{3,4}})(?!\d)")
_MIRRORED = re.compile(rf"(?<!\d)(\d{{3,4}})(\s{{0,2}})\)({_YEAR})\(")
_SYMBOL = re.compile(r"[()]((?:/\d{1,4})+)([SA])( ?)[()]")
_COMMA = re.compile(r"(?<=[ \n])([،؛])(\d+(?:/\d+)*)(?![\d/])")
# English dates of the masthead, which stays English in Arabic versions.
_ENGLISH_DATE = re.compile(rf"\b([A-Z][a-z]{{2,8}}) ({_YEAR}) (\d{{1,2}})(?=\n)")
_POINT = re.compile(r"\)([\u0621-\u064a])\(")
# A closing bracket in front of a word, an opening one behind it.
_OPENING = re.compile(r"(?<![^\s])\)(?=[^\s()،؛.:])")
_CLOSING = re.compile(r"(?<=[^\s()])\((?=[\s،؛.:]|$)")
_HYPHEN = re.compile(r"(?<=[\u0621-\u064a])(\d{1,3})-(?=[\s()،؛.])")


def put_right(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text with numbers, years and brackets as they were printed, and what was changed where."""
    if not _ARABIC.search(text):
        return text, ()
    repairs: list[Repair] = []
    text = _CONTROLS.sub("", text)
    for kind, pattern, form in (
        ("number-year-order", _YEAR_FIRST, r"\2 (\1)"),
        ("mirrored-brackets", _MIRRORED, r"\1\2(\3)"),
        ("symbol-order", _SYMBOL, r"(\2\1)\3"),
        ("punctuation-order", _COMMA, r"\2\1"),
        ("number-year-order", _ENGLISH_DATE, r"\3 \1 \2"),
        ("mirrored-brackets", _POINT, r"(\1)"),
        ("mirrored-brackets", _OPENING, "("),
        ("punctuation-order", _HYPHEN, r"-\1"),
        ("mirrored-brackets", _CLOSING, ")"),
    ):
        text, found, moved = _replaced(text, pattern, form, kind)
        repairs = [*_moved(repairs, moved), *found]
    return text, tuple(sorted(repairs, key=lambda repair: repair.start))


def _moved(repairs: Sequence[Repair], moved: Sequence[tuple[int, int]]) -> Iterator[Repair]:
    """Repairs where they stand after later changes, each given as old place and growth, in order of place."""
    places = [place for place, _ in moved]
    growths = [0, *accumulate(growth for _, growth in moved)]
    for repair in repairs:
        shift = growths[bisect_right(places, repair.start)]
        yield msgspec.structs.replace(repair, start=repair.start + shift, end=repair.end + shift)


def _replaced(
    text: str, pattern: re.Pattern[str], form: str, kind: str
) -> tuple[str, list[Repair], list[tuple[int, int]]]:
    parts, at, length = [], 0, 0
    repairs, moved = list[Repair](), list[tuple[int, int]]()
    for match in pattern.finditer(text):
        new = match.expand(form)
        parts += [text[at : match.start()], new]
        length += match.start() - at
        repairs.append(Repair(kind, length, length + len(new), match.group(), new))
        if len(new) != len(match.group()):
            moved.append((match.end(), len(new) - len(match.group())))
        length += len(new)
        at = match.end()
    return "".join([*parts, text[at:]]), repairs, moved


def marks_on_letters(letters: Sequence[tuple[str, Box]]) -> str:
    """A right-to-left line whose vowel signs were drawn apart from their letters, each sign behind its letter again.

    Arguments:
        letters: characters in logical order with their boxes (left, bottom, right, top, in points).
    """
    marks = [(sign, box) for sign, box in letters if sign in _MARKS]
    plain = [one for index, one in enumerate(letters) if one[0] not in _MARKS and not _made_up(letters, index)]
    behind: dict[int, str] = {}
    for sign, box in marks:
        home = _home(plain, (box[0] + box[2]) / 2)
        behind[home] = behind.get(home, "") + (sign if sign not in behind.get(home, "") else "")
    # A sign above none of these letters belongs to the end of what was drawn before them.
    written = [behind.get(-1, "")]
    for index, (sign, box) in enumerate(plain):
        before = plain[index - 1] if index else None
        if before and before[0].isalpha() and sign.isalpha() and _apart(before[1], box):
            written.append(" ")
        written.append(sign + behind.get(index, ""))
    return "".join(written).strip()


def _home(letters: Sequence[tuple[str, Box]], centre: float) -> int:
    """Index of the letter a sign stands above, -1 where it stands above none."""
    above = [i for i, (letter, box) in enumerate(letters) if letter.isalpha() and box[0] <= centre <= box[2]]
    return min(above, key=lambda i: abs((letters[i][1][0] + letters[i][1][2]) / 2 - centre), default=-1)


def _made_up(letters: Sequence[tuple[str, Box]], index: int) -> bool:
    """Whether a blank is only the extraction's guess where it jumped to a sign drawn apart: it has no width."""
    sign, box = letters[index]
    beside = [letters[at][0] for at in (index - 1, index + 1) if 0 <= at < len(letters)]
    return sign == " " and box[2] - box[0] < 0.01 and any(one in _MARKS for one in beside)


def _apart(one: Box, other: Box) -> bool:
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return gap > BLANK * (one[3] - one[1])
