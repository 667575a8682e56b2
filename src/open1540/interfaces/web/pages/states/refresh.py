"""Section I by the facts of today against the latest version: a proposal for an expert to judge."""

from typing import Annotated

from fastapi import Form, Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.states.listed import caption, differences_table
from open1540.interfaces.web.pages.states.place import Asked, Place, Written, desk
from open1540.interfaces.web.pages.states.words import Words
from open1540.matrix.record import standing_template
from open1540.vocabulary import BadInput, Conflict
from open1540.workflows import matrix, matrix_changes


@desk.page("/states/{code}/matrix/refresh", "refresh", table=True)
def proposed(ask: Asking, code: str, on: Asked = "") -> Response:
    """What the facts say now that the latest version does not."""
    return _shown(ask, code, on)


@desk.act("/states/{code}/matrix/refresh", "refresh")
def accepted(
    ask: Asking,
    code: str,
    on: Written = "",
    reason: Written = "",
    only: Annotated[list[str], Form()] = [],  # noqa: B006 - read only
) -> Response:
    """Take the chosen differences over into a new version."""
    place = Place(ask, code)
    try:
        if not only:
            raise BadInput(
                "no field chosen", expected="one field or more", where="form", remedy="tick what is to be taken over"
            )
        matrix_changes.refresh(
            place.code,
            database_url=ask.database_url,
            who=ask.who,
            on=on or None,
            accept=True,
            reason=reason,
            only=only,
        )
    except (BadInput, Conflict) as error:
        return _shown(ask, code, on, error, reason)
    return go(f"{place.address}/matrix?section=I")


def _shown(ask: Ask, code: str, on: str, error: BadInput | Conflict | None = None, reason: str = "") -> Response:
    place = Place(ask, code)
    found = matrix_changes.refresh(place.code, database_url=ask.database_url, who=ask.who, on=on or None)
    rows, _ = matrix.versions(place.code, database_url=ask.database_url, who=place.who)
    template = reference.template(rows[0].template) if rows else standing_template()
    exported = differences_table(f"{place.code}-section-I-refreshed", ask, found.differences, template)
    return desk.show(
        ask,
        "refresh.html",
        title=ask.t("Section I by the facts"),
        crumbs=place.below_matrix,
        table=exported,
        place=place,
        found=found,
        on=on,
        words=Words(ask.t),
        caption=lambda one: caption(one, template, ask),
        error=error,
        reason=reason,
        status=status_of(error) if error else 200,
    )
