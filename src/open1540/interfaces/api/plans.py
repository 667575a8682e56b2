"""Regional programmes: begun, asked for until they are worked out, explained, compared; agendas of their meetings."""

import datetime as dt
from typing import Annotated, Any

import msgspec
from fastapi import Body

from open1540.assistance.agenda import Agenda
from open1540.assistance.comparison import Comparison
from open1540.assistance.regional.reasons import Why
from open1540.interfaces.api.assistance import as_record
from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.workflows import assistance_plans as flow
from open1540.workflows.assistance_plans import PlanDetail, Wish

door = Endpoints("plans")


class PlanRow(msgspec.Struct, frozen=True):
    """A programme without its parts; figures are None where it is being worked out, or no plan keeps the limits."""

    id: str
    title: str
    begun: dt.datetime
    worked_out: bool
    meetings: int | None
    met: float | None
    needed: float | None
    gap: float | None


@door.lists("/assistance/plans", "plan", PlanRow, keep=False)
def plans(ask: Asking, page: PageNumber = 1, size: PageSize = 100) -> tuple[PlanRow, ...]:
    """The programmes that are kept, the latest first."""
    return tuple(map(_row, flow.plans(database_url=ask.database_url, who=ask.who)))


@door.gives("/assistance/plans", "plan", PlanRow, methods=("POST",), status=201)
def begin(ask: Asking, wished: Annotated[dict[str, Any], Body()]) -> PlanRow:
    """Begin to work a programme out from the record; ask for it by its id until it is worked out."""
    kept = flow.begin(as_record(Wish, wished), database_url=ask.database_url, who=ask.who)
    return _row(flow.one(kept.id, database_url=ask.database_url, who=ask.who))


@door.gives("/assistance/plans/{plan}", "plan", PlanDetail, keep=False)
def plan(ask: Asking, plan: str) -> PlanDetail:
    """A programme with all it was worked out from; ``worked`` is null while it is worked out."""
    return flow.one(plan, database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/plans/{plan}/states/{code}", "plan", Why, keep=False)
def why(ask: Asking, plan: str, code: str) -> Why:
    """Why a State is in a programme or not, found by testing."""
    return flow.why_in(plan, code, database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/plans/{plan}/beside/{other}", "plan", Comparison, keep=False)
def beside(ask: Asking, plan: str, other: str) -> Comparison:
    """Two programmes beside each other."""
    return flow.compared(plan, other, database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/plans/{plan}/agendas/{event}", "plan", Agenda, keep=False)
def agenda(ask: Asking, plan: str, event: str) -> Agenda:
    """The agenda of a meeting: shared gaps, practice and provider, each with where it is written."""
    return flow.agenda_of(plan, event, database_url=ask.database_url, who=ask.who)


def _row(found: PlanDetail) -> PlanRow:
    programme = found.worked.programme if found.worked else None
    measures = programme.measures if programme else None
    return PlanRow(
        found.plan.id,
        found.plan.title,
        found.plan.at,
        found.worked is not None,
        len(programme.events) if programme else None,
        measures.met if measures else None,
        measures.needed if measures else None,
        programme.gap if programme else None,
    )
