"""Documents given to the server: the form, and what becomes of each file."""

from typing import Annotated

from fastapi import File, Form, Response, UploadFile

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.documents import received
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.documents.place import crumbs, desk, languages, reader_choices, readers, states
from open1540.vocabulary import BadInput
from open1540.workflows import uploads

Field = Annotated[str, Form(max_length=200)]


@desk.page("/documents/upload", "upload")
def form(ask: Asking) -> Response:
    """The form to give documents."""
    return _form(ask)


@desk.act("/documents/upload", "upload")
def upload(
    ask: Asking,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 - read only
    shown_to: Field = "",
    language: Field = "",
    state: Field = "",
) -> Response:
    """Keep the files to be read, and show how far their reading is."""
    try:
        batch = received(ask, files, shown_to, language, state)
    except BadInput as error:
        return _form(ask, error=error)
    return go(f"/documents/uploads/{batch.id}")


@desk.answers("/documents/uploads/{batch}", "upload")
def progress(ask: Asking, batch: str) -> Response:
    """How far the reading of files given together is; never kept, since reading changes no record."""
    t = ask.t
    made = uploads.progress(batch, database_url=ask.database_url, who=ask.who)
    response = desk.show(
        ask,
        "progress.html",
        title=t("Documents uploaded on {day}").format(day=t.date(made.at[:10])),
        crumbs=(*crumbs(t), (t("Upload documents"), "/documents/upload")),
        batch=made,
        readers=readers,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(ask: Ask, error: BadInput | None = None) -> Response:
    t = ask.t
    return desk.show(
        ask,
        "upload.html",
        title=t("Upload documents"),
        crumbs=crumbs(t),
        error=error,
        choices=reader_choices(ask),
        languages_known=languages(t),
        states=states(t),
        most=uploads.LARGEST_BATCH,
        megabytes=min(ask.settings.upload_megabytes, uploads.LARGEST_FILE // 1_000_000),
        latest=uploads.batches(database_url=ask.database_url, who=ask.who),
        status=status_of(error) if error else 200,
    )
