"""A mention of an actor, as the recognisers of names and of pointing words hand it on."""

import msgspec


class Named(msgspec.Struct, frozen=True, order=True, gc=False):
    """A mention in flow offsets."""

    start: int
    end: int
    actor: str
    rule: str
    confidence: float
