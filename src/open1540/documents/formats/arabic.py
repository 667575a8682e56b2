"""Puts right what extraction from right-to-left pages turns round: brackets, and numbers with their years."""

import re

from open1540.documents.reading import Repair

_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_YEAR = r"(?:19|20)\d\d"
# ")2014( 2140" and "2140 )2014(" both stand for "2140 (2014)".
_YEAR_FIRST = re.compile(rf"\)({_YEAR})\([ \u00a0]?(\d{{3,4}})(?!\d)")
_MIRRORED = re.compile(rf"(?<!\d)(\d{{3,4}})(\s{{0,2}})\)({_YEAR})\(")
_SYMBOL = re.compile(r"[()]((?:/\d{1,4})+)([SA])[()]")
_COMMA = re.compile(rf"(?<= )،({_YEAR})(?!\d)")
_POINT = re.compile(r"\)([\u0621-\u064a])\(")


def put_right(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text with numbers, years and brackets as they were printed, and what was changed where."""
    if not _ARABIC.search(text):
        return text, ()
    repairs: list[Repair] = []
    text = _CONTROLS.sub("", text)
    for kind, pattern, form in (
        ("number-year-order", _YEAR_FIRST, r"\2 (\1)"),
        ("mirrored-brackets", _MIRRORED, r"\1\2(\3)"),
        ("symbol-order", _SYMBOL, r"(\2\1)"),
        ("punctuation-order", _COMMA, r"\1،"),
        ("mirrored-brackets", _POINT, r"(\1)"),
    ):
        text = _replaced(text, pattern, form, kind, repairs)
    return text, tuple(repairs)


def _replaced(text: str, pattern: re.Pattern[str], form: str, kind: str, repairs: list[Repair]) -> str:
    parts, at, length = [], 0, 0
    for match in pattern.finditer(text):
        new = match.expand(form)
        parts += [text[at : match.start()], new]
        length += match.start() - at
        repairs.append(Repair(kind, length, length + len(new), match.group(), new))
        length += len(new)
        at = match.end()
    return "".join([*parts, text[at:]])
