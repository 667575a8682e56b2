"""A cell of a printed page: its lines put together to one text, and the other ways in which the page can be read.

A page leaves open whether a line's end stands for a blank, and in which order words of two directions were written. The
check sums of a file tell which reading was meant; without them a cell is sure only where there is but one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, product
from typing import NamedTuple

from open1540.documents.formats.arabic import Box
from open1540.documents.tables import checks, right_to_left
from open1540.documents.tables.right_to_left import ARABIC

# Readings of one cell that are tried against the check sums of its file.
MOST_READINGS = 1_024
# Where a line may end within what is written without a blank.
_GLUED_END = re.compile(r"[-\u2010-\u2015/\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]$")
_SPACED_END = re.compile(r"[|;,\\]$")
_GLUED_START = re.compile(r"^[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# A line that ends so may end a word, break one, or stand before a blank: only a check sum tells.
_BROKEN = re.compile("[-\u2010\u00ad]$")
_LATIN = re.compile("[A-Za-z]")


class Cell(NamedTuple):
    """A cell's text, and the other readings of it where a page leaves more than one."""

    text: str
    others: Callable[[], Iterable[str]] = tuple
    sure: bool = True
    broken: tuple[str, ...] = ()
    from_above: bool = False


class Known(NamedTuple):
    """What the file itself tells: check sums of its cells, and words it writes with a hyphen where no line ends."""

    sums: frozenset[str]
    words: frozenset[str]


def cell_of(lines: Sequence[Sequence[tuple[str, Box]]]) -> Cell:
    """The text of a cell's lines, and the other readings where a page leaves more than one."""
    if not lines:
        return Cell("")
    plain = ["".join(sign for sign, _ in line) for line in lines]
    if not any(ARABIC.search(line) for line in plain):
        return Cell(next(_joined(plain)), lambda: chain(_joined(plain), _from_left(lines)), True, _broken(plain))
    turned = {right_to_left.balanced(_in_turn(lines, reading)) for reading in right_to_left.READINGS}
    first = right_to_left.balanced(_in_turn(lines, right_to_left.READINGS[0]))
    sure = len(turned) == 1 and not _LATIN.search(first)
    return Cell(first, lambda: _other_turns(lines, plain), sure)


def _broken(lines: Sequence[str]) -> tuple[str, ...]:
    """The words a hyphen at a line's end and the next line make: one word, or two, or one that was only hyphenated."""
    return tuple(
        above.split()[-1].lstrip('(“«"') + re.split(r"[\s,;.:)]", below.lstrip(), maxsplit=1)[0]
        for above, below in pairwise(lines)
        if _BROKEN.search(above) and not above.isspace()
    )


def _from_left(lines: Sequence[Sequence[tuple[str, Box]]]) -> Iterator[str]:
    """Lines of a cell that reads from the left, on a page that reads from the right."""
    for reading in _joined([right_to_left.from_left(line) for line in lines]):
        yield reading
        yield right_to_left.balanced(reading)


def _in_turn(lines: Sequence[Sequence[tuple[str, Box]]], reading: str) -> str:
    return " ".join(right_to_left.as_written(line, reading) for line in lines)


def _other_turns(lines: Sequence[Sequence[tuple[str, Box]]], plain: Sequence[str]) -> Iterator[str]:
    """Every line by the same rules, then lines of other letters alone read from the left, then each line by its own."""
    readings = [_in_turn(lines, reading) for reading in right_to_left.READINGS]
    for reading in right_to_left.READINGS:
        told = zip(lines, plain, strict=True)
        readings.append(
            " ".join(
                right_to_left.as_written(line, reading) if ARABIC.search(text) else right_to_left.from_left(line)
                for line, text in told
            )
        )
    readings.append(" ".join(map(right_to_left.from_left, lines)))
    readings.append(" ".join(plain))
    yield from map(right_to_left.balanced, readings)
    yield from readings
    ways = (right_to_left.as_written, right_to_left.from_left)
    each = [list(dict.fromkeys(way(line, one) for way in ways for one in right_to_left.READINGS)) for line in lines]
    for parts in islice(product(*each), MOST_READINGS):
        yield right_to_left.balanced(" ".join(parts))
        yield " ".join(parts)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines of one cell as one text, the likeliest first: a line's end is a blank, but where none is needed or there."""
    ends = [("",)] + [_between(above, below) for above, below in pairwise(lines)]
    for between in islice(product(*ends), MOST_READINGS):
        yield checks.plain(
            "".join(part for pair in zip(between, (line.strip() for line in lines), strict=True) for part in pair)
        )


def _between(above: str, below: str) -> tuple[str, ...]:
    """What may stand between two lines: the text layer mostly keeps a blank at a line's end, but not beside hyphens."""
    if _SPACED_END.search(above):
        return (" ", "")
    if above[-1:].isspace():
        return (" ", "") if _GLUED_START.search(below) else (" ",)
    glued = _GLUED_END.search(above) or _GLUED_START.search(below)
    return ("", " ") if glued else (" ", "")


def together(above: Cell | None, below: Cell | None) -> Cell | None:
    """The two parts of a cell that a page's end tears, as one."""
    if above is None or below is None or not below.text:
        return above
    first = next(_joined([above.text, below.text]))

    def others() -> Iterator[str]:
        pairs = product((above.text, *above.others()), (below.text, *below.others()), (" ", ""))
        return (f"{one}{between}{other}" for one, other, between in islice(pairs, MOST_READINGS))

    return Cell(
        first, others, above.sure and below.sure, (*above.broken, *below.broken, *_broken([above.text, below.text]))
    )


def settled(cell: Cell, known: Known) -> tuple[str, bool]:
    """The reading of a cell the file's own check sums confirm; without sums the first, if the letters leave no doubt."""
    if not cell.text:
        return "", True
    if known.sums:
        for reading in map(checks.plain, chain((cell.text,), cell.others())):
            if checks.check_sum(reading) in known.sums:
                return reading, True
        return cell.text, False
    return cell.text, cell.sure and known.words.issuperset(cell.broken)
