"""The map and the calendar as data."""

from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Asking
from open1540.workflows import overview, upkeep
from open1540.workflows.overview import Ahead, World

door = Endpoints("overview")


@door.gives("/map", "read", World)
def world(ask: Asking, show: str = overview.DEFAULT, on: str = "") -> World:
    """An instrument, or a field of the matrix, State by State on a day, as your role is shown it."""
    return overview.world(show, database_url=ask.database_url, who=ask.who, on=on)


@door.lists("/calendar", "read", Ahead)
def calendar(
    ask: Asking, since: str = "", until: str = "", page: PageNumber = 1, size: PageSize = 100
) -> tuple[Ahead, ...]:
    """Ends of mandates, reviews, and deadlines and plans in the documents you are shown, in the order of their days."""
    first, last = overview.span(since, until, upkeep.today())
    return overview.ahead(database_url=ask.database_url, who=ask.who, since=first, until=last)
