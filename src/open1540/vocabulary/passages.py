"""Where in a text something stands, and why a rule said so."""

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open run of Unicode code points ``text[start:end]`` of one text."""

    start: int
    end: int


class Reason(msgspec.Struct, frozen=True):
    """Why a rule produced something.

    Attributes:
        rule: dotted name of the rule, e.g. ``zh.statements.proposal.necessity``.
        cue: the words of the text that set it off; empty where position alone decided.
        confidence: between 0 and 1, how often such a rule is expected to be right.
    """

    rule: str
    cue: str = ""
    confidence: float = 1.0
