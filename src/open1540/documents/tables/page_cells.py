"""A cell of a printed page: its lines put together to one text, and the other ways in which the page can be read.

A page leaves open whether a line's end stands for a blank, and in which order words of two directions were written. The
check sums of a file tell which reading was meant. Without them a cell is sure only where there is but one, by what the
page shows and by what the file does everywhere else.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise, product
from types import MappingProxyType
from typing import NamedTuple

from open1540.documents.tables import bidi, checks, right_to_left
from open1540.documents.tables.page_letters import ARABIC, Line, hyphenated

# Readings of one cell that are tried against the check sums of its file.
MOST_READINGS = 1_024
# How often a file must do something for it to be its habit.
_OFTEN = 5
# Of the lines that could have held one letter more, the share a file has that keeps its words whole.
_WHOLE = 0.25
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_GLUED_END = re.compile(rf"[-\u2010-\u2015/{_WIDE}]$")
_GLUED_START = re.compile(rf"^[{_WIDE}]")
_WIDE_MARK = re.compile("[\u3000-\u303f\uff00-\uffef\u2018-\u201d]")
# A line that ends so may end a word, break one, or stand before a blank: only a check sum tells.
_BROKEN = re.compile("[-\u2010\u00ad]$")
_OF_WORDS = re.compile(r"[^\W_]")
_CLOSED, _OPENED = re.compile(r"[)\]}»”’?!%]$"), re.compile(r"^[(\[{«“‘]")
# Signs that end no line, and begin none, unless a program broke it within a word.
_NO_END, _NO_START = "([{«‹‘’\"'“", ")]}»›”’,.;:،؛!?%"
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")
_LOOSE = re.compile(r"[(\[{«‹](?=[\s،؛,;:.]|$)|(?:^|(?<=\s))[)\]}»›]")
# Signs above and below Arabic letters: where a page draws them does not tell surely whose they are.
_MARKS = re.compile("[\u064b-\u0655\u0670]")


class Cell(NamedTuple):
    """A cell's text, and the other readings of it where a page leaves more than one."""

    text: str
    others: Callable[[], Iterable[str]] = tuple
    sure: bool = True
    broken: tuple[str, ...] = ()
    from_above: bool = False


class Known(NamedTuple):
    """What the file itself tells.

    Attributes:
        sums: check sums of its cells.
        words: those it writes with a hyphen where no line ends.
        whole_words: whether it breaks no word without need; of cells with Chinese letters, of all others.
        beside_wide: whether it sets a blank behind (``第>``) or before (``<条``) a Chinese character where other letters
            stand beside it; without those it does both ways, or hardly ever.
        starts_differ: whether its cells of Latin letters alone begin at the left on pages that begin at the right.
    """

    sums: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    whole_words: tuple[bool, bool] = (False, False)
    beside_wide: Mapping[str, bool] = MappingProxyType({})
    starts_differ: bool = False


def known(sums: frozenset[str], cells: Sequence[Sequence[Line]], right_to_left: bool) -> Known:
    """What a file tells by all its cells."""
    wide = [any(_WIDE_LETTER.search(line.text) for line in lines) for lines in cells]
    latin = [
        line
        for lines in cells
        for line in lines
        if re.search("[A-Za-z]{2}", line.text) and not ARABIC.search(line.text)
    ]
    return Known(
        sums,
        frozenset(hyphenated(line for lines in cells for line in lines)),
        (_keeps_words(cells, wide, True), _keeps_words(cells, wide, False)),
        _beside_wide(line.text for lines in cells for line in lines),
        right_to_left and sum(line.left < line.size < line.right for line in latin) >= _OFTEN,
    )


_WIDE_LETTER = re.compile("[\u3400-\u9fff]")
_BEHIND = re.compile(r"([\u3400-\u9fff])( ?)(?=[A-Za-z0-9(])")
_BEFORE = re.compile(r"(?<=[A-Za-z0-9)])( ?)([\u3400-\u9fff])")


def _beside_wide(lines: Iterable[str]) -> dict[str, bool]:
    seen: dict[str, list[bool]] = {}
    for line in lines:
        for letter, blank in _BEHIND.findall(line):
            seen.setdefault(f"{letter}>", []).append(bool(blank))
        for blank, letter in _BEFORE.findall(line):
            seen.setdefault(f"<{letter}", []).append(bool(blank))
    return {place: told[0] for place, told in seen.items() if len(told) >= _OFTEN and len(set(told)) == 1}


def _keeps_words(cells: Sequence[Sequence[Line]], wide: Sequence[bool], which: bool) -> bool:
    found = [
        above.room > 1.1 * below.size
        for lines, own in zip(cells, wide, strict=True)
        if own == which
        for above, below in pairwise(lines)
        if _OF_WORDS.match(above.text[-1])
        and _OF_WORDS.match(below.text[0])
        and not _WIDE_LETTER.search(above.text[-1] + below.text[0])
    ]
    return len(found) >= _OFTEN and sum(found) >= _WHOLE * len(found)


def cell_of(lines: Sequence[Line], file: Known, *, right_to_left: bool = False) -> Cell:
    """The text of a cell's lines, and the other readings where a page leaves more than one.

    Arguments:
        right_to_left: whether it stands on a page that begins at the right.
    """
    if not lines:
        return Cell("")
    sure = all(line.sure for line in lines)
    if not right_to_left and not any(ARABIC.search(line.text) for line in lines):
        return _put_together([line.text for line in lines], lines, file, sure)
    return _of_two_directions(lines, file, sure)


def _of_two_directions(lines: Sequence[Line], file: Known, sure: bool) -> Cell:
    signs = [line.signs for line in lines]
    if file.sums:
        first = [right_to_left.as_written(line, right_to_left.READINGS[0]) for line in signs]
        return Cell(right_to_left.balanced(" ".join(first)), lambda: _likely(signs, lines, file))
    upright = [bidi.upright_brackets(line) for line in signs]
    found: list[list[str]] = []
    for base in _bases(lines, file):
        every = bidi.orders(upright, base)
        if every is None:
            sure, every = False, []
        found += [told for told in every if told not in found]
    if not found:
        sure, found = False, [["".join(line) for line in signs]]
    return _put_together(
        found[0], lines, file, sure and len(found) == 1 and _in_pairs(found[0]) and not _MARKS.search("".join(found[0]))
    )


def _likely(signs: Sequence[Sequence[str]], lines: Sequence[Line], file: Known) -> Iterator[str]:
    """Every line by the same rules, then lines of other letters alone read from the left, then each line by its own."""
    plain = ["".join(line) for line in signs]
    if not any(ARABIC.search(line) for line in plain):
        for reading in _joined(plain, lines, file):
            yield reading
            yield right_to_left.balanced(reading)
    ways = (right_to_left.as_written, right_to_left.from_left)
    readings = [[right_to_left.as_written(line, reading) for line in signs] for reading in right_to_left.READINGS]
    for reading in right_to_left.READINGS:
        readings.append([ways[not ARABIC.search("".join(line))](line, reading) for line in signs])
    readings += [[right_to_left.from_left(line) for line in signs], plain]
    for texts in readings:
        yield right_to_left.balanced(" ".join(texts))
    yield from (" ".join(texts) for texts in readings)
    each = [list(dict.fromkeys(way(line, one) for way in ways for one in right_to_left.READINGS)) for line in signs]
    for parts in islice(product(*each), MOST_READINGS):
        yield right_to_left.balanced(" ".join(parts))
        yield " ".join(parts)


def _bases(lines: Sequence[Line], file: Known) -> tuple[int, ...]:
    """From which side a cell's lines may begin: from the right, or from the left where its letters could tell so."""
    text = "".join(line.text for line in lines)
    if not re.search("[^\\W\\d_]", text):
        return (1,) if not re.search(r"\d\W+\d", text) else (1, 0)
    if not re.search("[A-Za-z\u00c0-\u024f\u0400-\u04ff]", text):
        return (1,)
    at_left = any(line.left + line.size < line.right for line in lines)
    at_right = any(line.right + line.size < line.left for line in lines)
    first = next((kind for kind in bidi.classes(lines[0].signs) if kind in ("L", "R", "AL")), "L")
    if at_right and not at_left and (file.starts_differ or first != "L"):
        return (1,)
    if at_left and not at_right and first == "L":
        return (0,)
    return (1, 0)


def _in_pairs(told: Sequence[str]) -> bool:
    """Whether the brackets of a text stand in pairs, each at a word."""
    text = " ".join(told)
    waiting: list[str] = []
    for sign in text:
        if sign in bidi.PAIRS:
            waiting.append(bidi.PAIRS[sign])
        elif sign in bidi.PAIRS.values() and (not waiting or waiting.pop() != sign):
            return False
    return not waiting and not _LOOSE.search(text)


def _put_together(texts: Sequence[str], lines: Sequence[Line], file: Known, sure: bool) -> Cell:
    """Lines in order of writing as one text."""
    told, certain, broken = texts[0].strip(), sure, list[str]()
    wide = file.whole_words[not any(_WIDE_LETTER.search(text) for text in texts)]
    for (above, below), ends in zip(pairwise(texts), pairwise(lines), strict=True):
        between, known_so = _between(told, above, below, ends, file, wide)
        certain = certain and known_so
        broken += _broken([above, below]) if not between else ()
        told = (told.removesuffix("\u00ad") if between == "" else told) + between + below.strip()
    return Cell(checks.plain(told), lambda: _joined(texts, lines, file), certain, tuple(broken))


def _blank_drawn(lines: tuple[Line, Line]) -> bool:
    """Whether a blank is drawn where one line ends and the next begins, from whichever side they are read."""
    above, below = lines
    if ARABIC.search(above.text + below.text):
        return above.trailing[0] or below.trailing[1]
    return above.trailing[1] or below.trailing[0]


def _between(told: str, above: str, below: str, lines: tuple[Line, Line], file: Known, whole: bool) -> tuple[str, bool]:
    """What stands between two lines, and whether that is certain."""
    end, start = above[-1:], below[:1]
    if _blank_drawn(lines):
        return " ", True
    if end in "|;,":
        return " ", True
    wide = bool(_GLUED_END.search(end) and end > "\u2e7f"), bool(_GLUED_START.match(start))
    if all(wide) or (wide[0] and _WIDE_MARK.match(end)) or (wide[1] and _WIDE_MARK.match(start)):
        return "", True
    if any(wide):
        habit = file.beside_wide.get(f"{end}>" if wide[0] else f"<{start}")
        return " " if habit else "", habit is not None
    if end == "\u00ad":
        return "", True
    if _BROKEN.search(end):
        apart = re.search(r"[^\W_]+-$", above), re.match(r"[^\W_]+", below)
        if apart[0] and apart[1] and f"{apart[0][0]} {apart[1][0]}" in file.words:
            return " ", True
        return "", True
    if re.match("[\u2011-\u2015/]", end):
        return (" ", True) if told[-2:-1].isspace() else ("", True)
    glued = (
        (_CLOSED.search(end) and _OPENED.match(start)) or _ADDRESS.search(above) or end in _NO_END or start in _NO_START
    )
    # A word alone on a line that it fills may have been broken there; a file that breaks words may do so anywhere.
    alone = " " not in above.strip() and lines[0].room < 1.1 * lines[0].size
    return " ", whole and not glued and not alone


def _broken(lines: Sequence[str]) -> tuple[str, ...]:
    """The words a hyphen at a line's end and the next line make: one word, or two, or one that was only hyphenated."""
    return tuple(
        above.split()[-1].lstrip('(“«"') + re.split(r"[\s,;.:)]", below.lstrip(), maxsplit=1)[0]
        for above, below in pairwise(lines)
        if _BROKEN.search(above) and not above.isspace()
    )


def _joined(texts: Sequence[str], lines: Sequence[Line], file: Known) -> Iterator[str]:
    """Lines of one cell as one text, the likeliest first: a line's end is a blank, but where none is needed or there."""
    ends: list[tuple[str, ...]] = [("",)]
    for (above, below), lined in zip(pairwise(texts), pairwise(lines), strict=True):
        between, certain = _between(above, above, below, lined, file, True)
        letters = _OF_WORDS.match(above[-1:]) and _OF_WORDS.match(below[:1]) and not _GLUED_START.match(below)
        ends.append(
            (between,)
            if certain and between and (letters or _blank_drawn(lined))
            else (" ", "")
            if between
            else ("", " ")
        )
    for gaps in islice(product(*ends), MOST_READINGS):
        yield checks.plain(
            "".join(part for pair in zip(gaps, (text.strip() for text in texts), strict=True) for part in pair)
        )


def together(above: Cell | None, below: Cell | None, file: Known) -> Cell | None:
    """The two parts of a cell that a page's end tears, as one."""
    if above is None or below is None or not below.text:
        return above
    if not above.text:
        return below
    between, certain = _between(
        above.text, above.text, below.text, (Line((), room=-1.0), Line(())), file, file.whole_words[1]
    )

    def others() -> Iterator[str]:
        pairs = product((above.text, *above.others()), (below.text, *below.others()), (" ", ""))
        return (f"{one}{gap}{other}" for one, other, gap in islice(pairs, MOST_READINGS))

    return Cell(
        above.text + between + below.text,
        others,
        above.sure and below.sure and certain,
        (*above.broken, *below.broken, *(() if between else _broken([above.text, below.text]))),
    )


def settled(cell: Cell, file: Known) -> tuple[str, bool]:
    """The reading of a cell the file's own check sums confirm; without sums the first, if the letters leave no doubt."""
    if not cell.text:
        return "", True
    if file.sums:
        for reading in map(checks.plain, chain((cell.text,), cell.others())):
            if checks.check_sum(reading) in file.sums:
                return reading, True
        return cell.text, False
    return cell.text, cell.sure and file.words.issuperset(cell.broken)
