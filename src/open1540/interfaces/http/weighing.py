"""The weights of a match as an address has them: ``weight_theme=7`` for each criterion that is to count otherwise than usual."""

import inspect
from typing import Annotated

import msgspec
from fastapi import Depends, Query

from open1540 import reference
from open1540.workflows.assistance_matching import weights_named

PREFIX = "weight_"
_Weight = Annotated[str, Query(max_length=20)]


class Weights(msgspec.Struct, frozen=True):
    """Weights as they were written, and those that are numbers; both by criterion."""

    written: dict[str, str]
    numbers: dict[str, float]


USUAL = Weights({}, {})


def _weights(**given: str) -> Weights:
    """The weights of an address. Raises BadInput for one that is no number."""
    written = {name.removeprefix(PREFIX): text for name, text in given.items() if text.strip()}
    return Weights(written, weights_named(written))


# One named parameter for each criterion, so that the document of the API tells of every one.
_weights.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        inspect.Parameter(f"{PREFIX}{one.id}", inspect.Parameter.KEYWORD_ONLY, default="", annotation=_Weight)
        for one in reference.criteria()
    ]
)
Weighed = Annotated[Weights, Depends(_weights)]
