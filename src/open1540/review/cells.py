"""All entries of a day as two small arrays, States by fields: what the code is, and on what it rests."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from open1540.reference import Field
from open1540.vocabulary import Basis, Code, Entry, UnknownCode

BLANK, RECORDED, UNCLEAR, NOT_APPLICABLE = range(4)
_CODES: dict[Code, int] = {"": BLANK, "X": RECORDED, "?": UNCLEAR, "NA": NOT_APPLICABLE}
CODES: tuple[Code, ...] = tuple(_CODES)
BASES: tuple[Basis, ...] = get_args(Basis)
_BASES = {basis: index for index, basis in enumerate(BASES)}
NO_YEAR = 0
_Row = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint16]]


class Cells(msgspec.Struct, frozen=True):
    """The matrices of several States on one day.

    Attributes:
        day: the day asked about.
        states: ISO codes, sorted; fields: in the template's order.
        codes: ``codes[s, f]`` is one of BLANK, RECORDED, UNCLEAR, NOT_APPLICABLE.
        bases: ``bases[s, f]`` is an index into BASES.
        years: the year the strongest evidence speaks of; NO_YEAR where it tells none.
    """

    day: dt.date
    states: tuple[str, ...]
    fields: tuple[Field, ...]
    codes: NDArray[np.uint8]
    bases: NDArray[np.uint8]
    years: NDArray[np.uint16]

    def of_states(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Which rows belong to a set of States."""
        chosen = frozenset(wanted)
        return np.array([state in chosen for state in self.states], dtype=bool)

    def of_fields(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Which columns belong to a set of fields."""
        chosen = frozenset(wanted)
        return np.array([field.field in chosen for field in self.fields], dtype=bool)


def cells(day: dt.date, matrices: Iterable[tuple[str, Sequence[Entry]]], fields: Sequence[Field]) -> Cells:
    """The arrays of a day.

    Arguments:
        matrices: each State with its entries, in any order, read one after the other; a field without an entry is blank.
        fields: of the template all matrices are told in.

    Raises UnknownCode for an entry in a field the template does not have.
    """
    at = {field.field: index for index, field in enumerate(fields)}
    told = dict(sorted((state, _row(entries, at)) for state, entries in matrices))
    codes, bases, years = (np.array([row[part] for row in told.values()]) for part in range(3))
    shape = (len(told), len(fields))
    return Cells(day, tuple(told), tuple(fields), codes.reshape(shape), bases.reshape(shape), years.reshape(shape))


def _row(entries: Sequence[Entry], at: Mapping[str, int]) -> _Row:
    codes = np.zeros(len(at), dtype=np.uint8)
    bases = np.full(len(at), _BASES["none"], dtype=np.uint8)
    years = np.full(len(at), NO_YEAR, dtype=np.uint16)
    for entry in entries:
        column = at.get(entry.field)
        if column is None:
            raise _unknown(entry)
        codes[column] = _CODES[entry.code]
        bases[column] = _BASES[entry.basis]
        years[column] = _year(entry.as_of)
    return codes, bases, years


def tally(codes: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """How many cells are recorded, unclear, not applicable, unknown."""
    counted = np.bincount(codes.ravel(), minlength=4)
    return int(counted[RECORDED]), int(counted[UNCLEAR]), int(counted[NOT_APPLICABLE]), int(counted[BLANK])


def share(part: int, whole: int) -> float | None:
    """A share between 0 and 1, to four places; None of nothing."""
    return round(part / whole, 4) if whole else None


def _year(as_of: str | None) -> int:
    return int(as_of[:4]) if as_of and as_of[:4].isdigit() else NO_YEAR


def _unknown(entry: Entry) -> UnknownCode:
    return UnknownCode(
        f"field {entry.field!r} in the matrix of {entry.state}",
        expected="fields of the template the review is told in",
        where="review",
        remedy="carry the matrix over to this template first (`open1540 matrix fields` lists its fields)",
    )
