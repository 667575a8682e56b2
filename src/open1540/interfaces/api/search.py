"""Search in the words of the documents, in six languages at once."""

from typing import Annotated

import msgspec
from fastapi import Query

from open1540.interfaces.api.endpoints import Endpoints, PageNumber
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.documents import Wanted
from open1540.vocabulary import BadInput
from open1540.workflows import library
from open1540.workflows.library import Hit

door = Endpoints("search")
LARGEST = 100


class SearchPage(msgspec.Struct, frozen=True):
    """Passages found on one page of them; ``topics`` are those the words name, whose other names were looked for too."""

    items: tuple[Hit, ...]
    topics: tuple[str, ...]
    more: bool
    page: int
    size: int


@door.gives("/search", "read", SearchPage)
def search(
    ask: Asking, wanted: Wanted, page: PageNumber = 1, size: Annotated[int, Query(ge=1, le=LARGEST)] = 20
) -> SearchPage:
    """Passages that hold ``words``, or name the same topic in another language; filters as for ``/documents``."""
    if not wanted.words:
        raise BadInput(
            "no words to look for", expected="words in any of the six languages", where="words", remedy="add ?words=..."
        )
    found = library.find(wanted, database_url=ask.database_url, who=ask.who, page=page, size=size)
    return SearchPage(found.hits, found.topics, found.more, page, size)
