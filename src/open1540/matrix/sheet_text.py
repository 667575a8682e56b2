"""How texts stand in the cells of a printed matrix, so that people can read them and nothing is lost.

Several texts in a cell are parted by ``; ``; what several fields of a row say is parted by ``|`` at a line's end, each with
its mark: ``NW, CW: Act 304, s. 9; Act 12 |``, and beneath it ``BW: Act 7``. Where a text itself holds one of these signs, a backslash stands before it.
"""

import re
import unicodedata
from collections.abc import Sequence

from open1540.documents.tables import checks

TEXTS = "; "
FIELDS = " |\n"
TAG = ": "
TAGS = ", "
_RETURN = "\\r"
_EDGES = {" ": "\\s", "\n": "\\n", "\t": "\\t"}
_READ = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "0": "", " ": ""}
_EMPTY = "\\0"
# At its end the blank of a break within a word may have been taken off.
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.)|\Z)", re.DOTALL)
# What XML cannot hold, and what spreadsheets take for a sign written by its number.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
# A line end within a cell that is read back as part of the text.
_BLANKS_AROUND_LINE_END = re.compile(r"[ \t]*\n[ \t]*")


def written(text: str, among: str = ";|") -> str:
    """One text as it stands in a cell.

    Arguments:
        among: the signs that part it from others there.
    """
    if not text:
        return _EMPTY
    start = len(text) - len(text.lstrip())
    end = max(len(text.rstrip()), start)
    escaped = f"\\{among}"
    inner = "".join(f"\\{sign}" if sign in escaped else _RETURN if sign == "\r" else sign for sign in text[start:end])
    inner = _UNWRITABLE.sub(lambda found: _number(found.group()), inner)
    return _edge(text[:start]) + inner + _edge(text[end:])


def read(text: str) -> str:
    """One text of a cell as it was before ``written``."""
    return _ESCAPE.sub(_unescaped, text.strip())


def joined(texts: Sequence[str]) -> str:
    """Several texts of one field in one cell."""
    return TEXTS.join(written(text) for text in texts)


def parted(cell: str, separator: str = TEXTS) -> list[str]:
    """The texts of a cell, still as written. A backslash before a sign keeps it from parting them."""
    sign = separator.strip()
    parts, start, at = list[str](), 0, 0
    while at < len(cell):
        if cell[at] == "\\":
            at += 2
            continue
        if cell[at] == sign:
            parts.append(cell[start:at])
            start = at + 1
        at += 1
    return [part.strip() for part in (*parts, cell[start:])]


def shared(texts: Sequence[tuple[str, str]]) -> str:
    """A cell that several fields share, from mark and written text of each; equal texts that follow are told once."""
    told = [(mark, text) for mark, text in texts if text]
    groups: list[tuple[list[str], str]] = []
    for mark, text in told:
        if groups and groups[-1][1] == text:
            groups[-1][0].append(mark)
        else:
            groups.append(([mark], text))
    return FIELDS.join(f"{TAGS.join(marks)}{TAG}{text}" for marks, text in groups)


def marked(part: str) -> tuple[tuple[str, ...], str]:
    """Marks and text of one part of a shared cell; no marks where it begins with none."""
    marks, colon, text = part.partition(":")
    if not colon or "\\" in marks:
        return (), part
    return tuple(mark.strip() for mark in re.split("[,،、]", marks)), text.strip()


def printable(cell: str) -> str:
    """The cell as it can be printed on a page, which knows no line ends but those between fields, no runs of blanks and no
    invisible signs.

    Signs that only tell the direction are printed by their effect, and not read back.
    """
    text = FIELDS.join(part.replace("\n", "\\n") for part in cell.split(FIELDS)).replace("\t", "\\t")
    text = re.sub("(?<= ) ", r"\\s", text)
    return "".join(_number(sign) if sign != "\n" and _invisible(sign) else sign for sign in text)


def seen(text: str) -> str:
    """The text as a page can hold it: two texts that are the same here look the same in print."""
    return checks.plain(text)


def _invisible(sign: str) -> bool:
    return (
        unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Co", "Zl", "Zp") and checks.plain(f"a{sign}a") != "aa"
    ) or (unicodedata.category(sign) == "Zs" and sign not in " \u00a0\u202f\u3000")


def _edge(blanks: str) -> str:
    return "".join(_EDGES.get(sign) or _number(sign) for sign in blanks)


def _number(sign: str) -> str:
    return f"\\u{{{ord(sign):x}}}"


def _unescaped(found: re.Match[str]) -> str:
    number, sign = found.groups()
    if number is not None:
        return chr(int(number, 16)) if int(number, 16) < 0x110000 else found.group()
    return _READ.get(sign, sign) if sign else ""
