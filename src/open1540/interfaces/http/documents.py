"""What pages and API ask alike of the documents: filters in the address, files in a request, files in an answer."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Query, Response, UploadFile

from open1540.interfaces.http.asking import Ask
from open1540.workflows import uploads
from open1540.workflows.library import Asked

Text = Annotated[str, Query(max_length=200)]


def _asked(
    words: Text = "",
    kind: Text = "",
    language: Text = "",
    year: Text = "",
    author: Text = "",
    shown_to: Text = "",
    sort: Text = "kept",
) -> Asked:
    return Asked(words.strip(), kind, language, year, author, shown_to, sort)


Wanted = Annotated[Asked, Depends(_asked)]


def received(ask: Ask, files: list[UploadFile], shown_to: str, language: str, state: str) -> uploads.Batch:
    """The files of a request as a batch; a form sent without a file carries one without a name."""
    return uploads.receive(
        [(one.filename, one.file) for one in files if one.filename],
        database_url=ask.database_url,
        who=ask.who,
        shown_to=shown_to,
        language=language or None,
        state=state or None,
        largest=ask.settings.upload_megabytes * 1_000_000,
    )


def attached(content: bytes, name: str, media: str = "application/octet-stream") -> Response:
    """A file to be kept under a name in any script (RFC 6266), never shown by the browser itself."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._- ()") else "_" for sign in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-cache"}
    return Response(content, media_type=media, headers=headers)
