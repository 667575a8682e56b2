"""The endpoints of the API, desk by desk. A new desk is one line here."""

from open1540.interfaces.api import audit, hooks, matrix, overview, reference, review, states
from open1540.interfaces.api.endpoints import Endpoints

DOORS: tuple[Endpoints, ...] = (states.door, matrix.door, review.door, overview.door, reference.door, audit.door, hooks.door)
