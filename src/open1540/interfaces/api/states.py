"""States: who they are, what is on record of each, and their status to every instrument."""

import datetime as dt
from typing import Annotated

from fastapi import Path, Query

from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.reference import Status
from open1540.workflows import facts, states
from open1540.workflows.facts import StateProfile
from open1540.workflows.states import StateOnRecord

door = Endpoints("states")
Code = Annotated[str, Path(max_length=100, description="A code or name of a State, such as FRA.")]
Text = Annotated[str, Query(max_length=200, description="A code, or part of a name in any of the six languages.")]


@door.lists("/states", "read", StateOnRecord)
def on_record(
    ask: Asking,
    q: Text = "",
    group: str | None = None,
    region: str | None = None,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[StateOnRecord, ...]:
    """Member States and observers, of a regional group or of a region of M49, with the versions the role is shown."""
    return states.on_record(database_url=ask.database_url, who=ask.who, group=group, region=region, text=q)


@door.gives("/states/{code}", "read", StateProfile)
def state(ask: Asking, code: Code, on: dt.date | None = None) -> StateProfile:
    """A State with its names and its status to every instrument, as of a day."""
    return facts.state_profile(code, on.isoformat() if on else None)


@door.lists("/states/{code}/instruments", "read", Status)
def instruments(
    ask: Asking, code: Code, on: dt.date | None = None, page: PageNumber = 1, size: PageSize = 100
) -> tuple[Status, ...]:
    """The status of a State to every instrument as of a day, with its source, and what other sources say."""
    return facts.state_profile(code, on.isoformat() if on else None).instruments
