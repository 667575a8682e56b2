"""The endpoints of the API, desk by desk. A new desk is one line here."""

from open1540.interfaces.api import (
    assistance,
    audit,
    documents,
    hooks,
    judgements,
    matrix,
    overview,
    plans,
    reference,
    review,
    search,
    states,
)
from open1540.interfaces.api.endpoints import Endpoints

DOORS: tuple[Endpoints, ...] = (
    states.door,
    matrix.door,
    review.door,
    assistance.door,
    plans.door,
    overview.door,
    reference.door,
    audit.door,
    hooks.door,
    documents.door,
    search.door,
    judgements.door,
)
