"""The library: documents by what they are and by their words."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Query, Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.documents import Wanted
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.language import Translator
from open1540.interfaces.web.pages.documents.place import actor, desk, language_name, readers, title, topic
from open1540.workflows import library
from open1540.workflows.library import Asked, DocumentRow, Hits, Library

SIZE = 50
HITS = 20
Number = Annotated[int, Query(ge=1, le=1_000_000)]


@desk.page("/documents", "read", table=True)
def documents(ask: Asking, wanted: Wanted, page: Number = 1) -> Response:
    """The documents that fit, or the passages in them that hold the words; facets beside them."""
    t = ask.t
    found = library.library(wanted, database_url=ask.database_url, who=ask.who)
    # The rows of the whole table are made out only for a file of them.
    exported = ask.request.url.path != "/documents"
    hits = _hits(ask, wanted, page, exported) if wanted.words else None
    pages = (len(found.documents) - 1) // SIZE + 1
    return desk.show(
        ask,
        "library.html",
        title=t("Documents"),
        table=_passages(hits, t) if hits else _documents(found.documents if exported else (), t),
        wanted=wanted,
        hits=hits,
        rows=found.documents[(page - 1) * SIZE : page * SIZE],
        total=len(found.documents),
        page=page,
        pages=pages,
        facets=_facets(found, wanted, t),
        sorts=_sorts(t),
        name=title,
        actor=actor,
        language_name=language_name,
        readers=readers,
        topic=topic,
    )


def _hits(ask: Ask, wanted: Asked, page: int, exported: bool) -> Hits:
    page, size = (1, library.MOST_FOUND) if exported else (page, HITS)
    return library.find(wanted, database_url=ask.database_url, who=ask.who, page=page, size=size)


def _sorts(t: Translator) -> list[tuple[str, str]]:
    return [
        ("kept", t("last kept first")),
        ("date", t("latest date first")),
        ("title", t("by title")),
        ("symbol", t("by symbol")),
    ]


def _facets(found: Library, wanted: Asked, t: Translator) -> list[tuple[str, str, str, list[tuple[str, str, int]]]]:
    """For each facet its name, its words, the value chosen, and of each value its words and number of documents."""
    headings = {
        "kind": t("Kind"),
        "language": t("Language"),
        "year": t("Year"),
        "author": t("State or sender"),
        "shown_to": t("Who may read it"),
    }
    words: dict[str, Callable[[str], str]] = {
        "kind": t,
        "language": lambda code: language_name(code, t),
        "author": lambda code: actor(code, t),
        "shown_to": lambda code: readers(code, t),
    }
    made = []
    for facet, counts in found.facets.items():
        named = [(value, words.get(facet, str)(value), count) for value, count in counts.items()]
        if facet == "year":
            named.sort(reverse=True)
        made.append((facet, headings[facet], getattr(wanted, facet), named))
    return made


def _documents(rows: tuple[DocumentRow, ...], t: Translator) -> Table:
    columns = (
        ("id", t("Id")),
        ("title", t("Title")),
        ("kind", t("Kind")),
        ("symbol", t("Symbol")),
        ("date", t("Date")),
        ("language", t("Language")),
        ("author", t("State or sender")),
        ("shown_to", t("Who may read it")),
        ("file", t("File")),
        ("sha256", "sha256"),
        ("kept_at", t("Kept on")),
        ("reader", t("Read by")),
    )
    values = (
        (
            row.id,
            title(row),
            t(row.kind),
            row.symbol,
            row.date,
            row.language,
            actor(row.author, t) if row.author else None,
            readers(row.shown_to, t),
            row.name,
            row.sha256,
            row.kept_at[:10],
            f"open1540 {row.reader}",
        )
        for row in rows
    )
    return table("documents", t("Documents"), columns, values)


def _passages(hits: Hits, t: Translator) -> Table:
    columns = (
        ("document", t("Id")),
        ("title", t("Title")),
        ("language", t("Language")),
        ("symbol", t("Symbol")),
        ("paragraph", t("Paragraph")),
        ("passage", t("Passage")),
        ("phrase", t("Found by")),
        ("topic", t("Topic")),
        ("start", t("Begins at")),
        ("end", t("Ends at")),
    )
    values = (
        (
            hit.document.id,
            title(hit.document),
            hit.document.language,
            hit.document.symbol,
            hit.found.number,
            hit.found.snippet,
            hit.found.phrase,
            topic(hit.topic, t) if hit.topic else None,
            hit.found.start,
            hit.found.end,
        )
        for hit in hits.hits
    )
    notes = (t("The first {number} passages are told.").format(number=t.number(len(hits.hits))),) if hits.more else ()
    return table("passages", t("Passages found"), columns, values, notes=notes)
