"""Numbers and signs in front of paragraphs, and the path they make: ``3``, ``3(a)``, ``3(a)(ii)``."""

import re
from typing import NamedTuple

_MAIN = re.compile(r"(?P<n>\d{1,3})\s?(?:[.．、]|[-–]|\u0640)(?!\d)[\s\u00a0]*")
_LETTER = re.compile(r"[(（]?(?P<n>[a-zа-яأ-ي])[)）][\s\u00a0]*")
_ROMAN = re.compile(r"[(（]?(?P<n>[ivxl]{1,5})[)）][\s\u00a0]*")
_CIRCLED = re.compile(r"(?P<n>[㈠-㈩])[\s\u00a0]*|[(（](?P<m>[一二三四五六七八九十]{1,3})[)）][\s\u00a0]*")
_QUOTED = re.compile(r"[’'‘](?P<n>\d{1,2})[’'‘][\s\u00a0]*")
_BULLET = re.compile(r"[•·●▪◦‣∙][\s\u00a0]*|[–—][\s\u00a0]+")

MISSING_NUMBERS = 6


class Mark(NamedTuple):
    """A mark at the beginning of a paragraph: its level (main, letter, roman), number and length."""

    level: str
    number: str
    length: int


def mark_of(text: str, in_letters: str | None = None) -> Mark | None:
    """The number a paragraph opens with, or None. ``in_letters`` is the last letter seen, to tell (i) from (i)."""
    if match := _MAIN.match(text):
        return Mark("main", match["n"], match.end())
    for pattern in (_CIRCLED, _QUOTED):
        if match := pattern.match(text):
            number = next(part for part in match.groups() if part)
            return Mark("roman", number, match.end())
    roman = _ROMAN.match(text)
    letter = _LETTER.match(text)
    if roman and not (letter and _follows(in_letters, letter["n"])):
        return Mark("roman", roman["n"], roman.end())
    if letter:
        return Mark("letter", letter["n"], letter.end())
    return None


def bullet_length(text: str) -> int:
    """Length of a bullet at the beginning of a text; 0 where there is none."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def _follows(before: str | None, letter: str) -> bool:
    return before is not None and ord(letter) == ord(before) + 1


class Path:
    """The path of numbers as paragraphs follow each other."""

    def __init__(self) -> None:
        self.main: str | None = None
        self.letter: str | None = None

    def next(self, mark: Mark) -> str:
        """The full number of the paragraph that bears this mark."""
        if mark.level == "main":
            self.main, self.letter = mark.number, None
            return mark.number
        if mark.level == "letter":
            self.letter = mark.number
            return f"{self.main or ''}({mark.number})"
        above = f"{self.main or ''}({self.letter})" if self.letter else (self.main or "")
        return f"{above}({mark.number})"

    def expects(self, mark: Mark) -> bool:
        """Whether a main number continues the count; a few may be missing where lists lost theirs."""
        return 0 < int(mark.number) - int(self.main or 0) <= MISSING_NUMBERS

    def infer(self) -> str:
        """The number of a paragraph that opens a list and lost its own: the one after the last."""
        self.main, self.letter = str(int(self.main or 0) + 1), None
        return self.main
