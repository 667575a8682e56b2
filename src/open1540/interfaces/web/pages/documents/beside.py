"""Two language versions of a document side by side, paragraph by paragraph."""

from typing import Annotated

from fastapi import Query, Response

from open1540.interfaces.http.asking import Asking
from open1540.interfaces.web.pages.documents import place
from open1540.interfaces.web.pages.documents.place import PARAGRAPHS, crumbs, desk
from open1540.workflows import library


@desk.page("/documents/{document}/beside/{other}", "read")
def beside(ask: Asking, document: str, other: str, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    """Both documents, a part at a time; paragraphs of the same number beside each other."""
    t = ask.t
    left = library.open_document(document, database_url=ask.database_url, who=ask.who)
    right = library.open_document(other, database_url=ask.database_url, who=ask.who)
    pairs = list(library.aligned(left.reading, right.reading))
    pages = max(1, (len(pairs) - 1) // PARAGRAPHS + 1)
    page = min(page, pages)
    return desk.show(
        ask,
        "beside.html",
        title=t("Side by side"),
        crumbs=crumbs(t, left.row),
        left=left,
        right=right,
        pairs=pairs[(page - 1) * PARAGRAPHS : page * PARAGRAPHS],
        page=page,
        pages=pages,
        versions=library.versions(left.row, database_url=ask.database_url, who=ask.who),
        place=place,
    )
