"""States: who they are, and their status to every instrument."""

import datetime as dt

from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.reference import State
from open1540.workflows import facts
from open1540.workflows.facts import StateProfile

door = Endpoints("states")


@door.lists("/states", "read", State)
def states(
    ask: Asking,
    group: str | None = None,
    region: str | None = None,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[State, ...]:
    """Member States and observers, of a regional group or of a region or sub-region of M49."""
    return facts.states(group=group, region=region)


@door.gives("/states/{code}", "read", StateProfile)
def state(ask: Asking, code: str, on: dt.date | None = None) -> StateProfile:
    """A State with its names and its status to every instrument, as of a day."""
    return facts.state_profile(code, on.isoformat() if on else None)
