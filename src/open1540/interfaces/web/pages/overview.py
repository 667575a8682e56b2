"""The first page: what the record holds, what is due, what changed lately."""

from fastapi import Response

from open1540.interfaces.http.asking import Asking
from open1540.interfaces.web.desk import Desk

desk = Desk("overview", "Overview", "/")


@desk.page("/", "read")
def overview(ask: Asking) -> Response:
    """The overview."""
    return desk.show(ask, "overview.html", title=ask.t("Overview"))
