"""What a passage asserts about a State's measures, before anybody has judged it."""

from typing import Literal

import msgspec

from open1540.vocabulary.passages import Reason

Grade = Literal["cites law", "self-declared", "planned"]
Strength = Literal["explicit", "implied"]


class Claim(msgspec.Struct, frozen=True):
    """A passage that asserts a measure of one State, proposed for one or more matrix fields.

    A claim is a proposal: it becomes evidence only by a person's judgement.

    Attributes:
        state: ISO 3166-1 alpha-3 code of the State whose measure it is; None where the text does not tell, as in a
            law that never names its country.
        fields: matrix field ids such as ``OP2.CW.finance.legal``.
        grade: ``cites law`` (an article or named act), ``self-declared`` (asserted without one),
            ``planned`` (a commitment, or a bill not in force).
        article: citation inside a law (``art. 38(4)``) where the document is one, else None.
        text: the passage, unwrapped, without running heads and page numbers of a page that ends within it.
        start, end: code-point offsets of the passage in the raw text, from its first character to its last.
        reason: the rule that proposed it.
        strength: ``explicit`` where the passage states the measure and the law names the weapon class, ``implied`` where
            one of them takes a step of inference; None for claims outside laws.
        proposed_by: ``rules`` or ``assistant:<model>@<prompt version>``.
    """

    state: str | None
    fields: tuple[str, ...]
    grade: Grade
    article: str | None
    text: str
    start: int
    end: int
    reason: Reason
    proposed_by: str = "rules"
    strength: Strength | None = None
