"""What a field of a State's matrix says, and on what it rests."""

from typing import Literal

import msgspec

from open1540.vocabulary.claims import Grade, Strength
from open1540.vocabulary.sources import Confidence, Validity

Code = Literal["X", "?", "NA", ""]
"""The Committee's codes: X recorded, ? unclear or incomplete, NA does not apply, blank unknown."""

Basis = Literal["law", "self-declaration", "official record", "secondary source", "imported matrix", "expert", "none"]
"""The strongest thing an entry rests on; ``none`` for a blank entry."""


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A passage of a document, or a record of the facts, that supports an entry.

    Attributes:
        citation: as a reader would write it: ``Strategic Trade Bill 2010, s. 9(1)``.
        basis: what sort of thing it is.
        source: id of a kept document, or of a source of the facts.
        as_of: the day, month or year the source speaks of, in its own precision; None where it tells none.
        confidence: how sure the source and its reading are.
        grade, strength, article, text, start, end: of the claim, where the evidence is a passage.
        proposal: id of the accepted proposal it came from; None where none did.
        gives: the code it supports by itself: ``?`` for a bill or a signature; None for evidence that gives none, such as a
            source quoted because it says otherwise.
    """

    citation: str
    basis: Basis
    source: str
    as_of: str | None = None
    confidence: Confidence = "medium"
    grade: Grade | None = None
    strength: Strength | None = None
    article: str | None = None
    text: str = ""
    start: int | None = None
    end: int | None = None
    proposal: str | None = None
    gives: Code | None = None


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field of one State's matrix. A blank code means unknown, never that there is no measure.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        field: id in the template, such as ``OP2.CW.finance.legal``.
        citations: as printed beside the code.
        remarks: as printed in the last column.
        evidence: what the entry rests on, the strongest first; every citation of evidence is among ``citations``.
        validity: the days on which what is recorded holds, where known.
        basis: the basis of the strongest evidence.
        as_of: the day the strongest evidence speaks of, in its own precision.
        disputed: equally good sources disagree; the code is then ``?`` and the evidence shows all of them.
        consented: whether the State has agreed that what it gave be shown; None where it was not asked for anything.
    """

    state: str
    field: str
    code: Code = ""
    citations: tuple[str, ...] = ()
    remarks: str = ""
    evidence: tuple[Evidence, ...] = ()
    validity: Validity = Validity()
    basis: Basis = "none"
    as_of: str | None = None
    disputed: bool = False
    consented: bool | None = None
