"""Check sums by which a printed file lets its reader know whether a cell was read as it was written.

The order of letters on a page of Arabic, or a blank at a line's end, can be read in more than one way; the sum tells
which was meant. A file keeps them among its keywords, where they disturb nobody.
"""

import re
import zlib
from collections.abc import Iterable

_WORD = "open1540-cells"
_LIST = re.compile(rf"{_WORD}:((?: [0-9a-f]{{8}})*)")
_BLANKS = re.compile(r"\s+")
# Signs that only tell a program in which direction to set what follows.
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2060]")


def plain(text: str) -> str:
    """The text as a page can hold it: every run of blanks is one blank, and no sign is there that is not seen."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def check_sum(text: str) -> str:
    """The sum of a cell, eight hexadecimal digits."""
    return f"{zlib.crc32(plain(text).encode('utf-8', 'surrogatepass')):08x}"


def keywords(cells: Iterable[str]) -> str:
    """The keywords of a file with these cells."""
    return " ".join((f"{_WORD}:", *sorted({check_sum(cell) for cell in cells if plain(cell)})))


def sums(keywords: str) -> frozenset[str]:
    """The sums among a file's keywords; none where it carries none."""
    found = _LIST.search(keywords)
    return frozenset(found[1].split()) if found else frozenset()
