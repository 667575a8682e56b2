"""What of a document is downloaded: the file as it was given, and its briefing."""

from fastapi import Response

from open1540.interfaces.http.asking import Asking
from open1540.interfaces.http.documents import attached
from open1540.interfaces.reports import briefing, render
from open1540.interfaces.web.pages.documents.place import desk
from open1540.vocabulary import UnknownCode
from open1540.workflows import library
from open1540.workflows.brief import kept_briefing

_BRIEFINGS = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@desk.answers("/documents/{document}/original", "read")
def original(ask: Asking, document: str) -> Response:
    """The file itself, byte for byte; a browser is told to keep it, not to show it."""
    row, data = library.original(document, database_url=ask.database_url, who=ask.who)
    return attached(data, row.name)


@desk.answers("/documents/{document}/briefing.{kind}", "read")
def briefing_file(ask: Asking, document: str, kind: str) -> Response:
    """The briefing of a document in the language of the page."""
    if kind not in _BRIEFINGS:
        raise UnknownCode(
            f"a briefing as {kind!r}", expected="html or pdf", where="address", remedy="choose one of these"
        )
    made = briefing.page(kept_briefing(document, database_url=ask.database_url, who=ask.who), ask.t)
    content = render.as_pdf(made) if kind == "pdf" else render.as_html(made).encode()
    return attached(content, f"briefing-{document}-{ask.language}.{kind}", _BRIEFINGS[kind])
