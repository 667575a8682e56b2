"""A matrix out to a file in the Committee's layout, and back: what an import would change is shown before it is done."""

import base64
import binascii
from typing import Annotated

from fastapi import File, Form, Response, UploadFile

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.reports import matrix_forms
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.states.listed import caption
from open1540.interfaces.web.pages.states.place import Asked, Place, desk, number_of
from open1540.interfaces.web.pages.states.words import Words
from open1540.vocabulary import BadInput, Conflict, UnreadableDocument
from open1540.workflows import matrix_files

# A printed matrix has a few hundred kilobytes; the form that confirms an import carries the file once more.
LARGEST = 8_000_000
# A field of a form may have a megabyte.
PART = 900_000
Box = Annotated[str, Form()]


@desk.answers("/states/{code}/matrix/file.{form}", "read")
def export(ask: Asking, code: str, form: str, version: Asked = "") -> Response:
    """A version in the layout of the Committee's copies, in the reader's language."""
    place = Place(ask, code)
    data = matrix_files.exported(
        place.code,
        database_url=ask.database_url,
        who=place.who,
        number=number_of(version, "version"),
        language=ask.language,
    )
    content = matrix_forms.written(data, form)
    headers = {"Content-Disposition": f'attachment; filename="{matrix_forms.file_name(data, form)}"'}
    return Response(content, media_type=matrix_forms.MEDIA[form], headers=headers)


@desk.page("/states/{code}/matrix/import", "import")
def asking(ask: Asking, code: str) -> Response:
    """The form that takes a file."""
    return _form(ask, code)


@desk.act("/states/{code}/matrix/import", "import")
async def preview(
    ask: Asking,
    code: str,
    file: Annotated[UploadFile | None, File()] = None,
    template: Box = "",
    share: Box = "",
) -> Response:
    """What the file would change, field by field, and what was not understood; nothing is kept."""
    data = await file.read(LARGEST + 1) if file else b""
    name = (file.filename or "file") if file else "file"
    return _previewed(ask, code, data, name, template, share)


@desk.act("/states/{code}/matrix/import/confirmed", "import")
def confirmed(
    ask: Asking,
    code: str,
    content: Annotated[list[str], Form()] = [],  # noqa: B006 - read only
    name: Box = "file",
    template: Box = "",
    share: Box = "",
    leave: Box = "",
    compared_with: Box = "",
) -> Response:
    """Take the file over."""
    place = Place(ask, code)
    try:
        data = base64.b64decode("".join(content), validate=True)
    except (binascii.Error, ValueError):
        return _form(ask, code, _no_file())
    try:
        told = _read(ask, place, data, name, template, share, dry_run=True)
        if str(told.compared_with or "") != compared_with:
            raise Conflict(
                f"version {told.compared_with} of {place.code}, made after the preview",
                expected="a preview of the latest version",
                where=f"matrix of {place.code}",
                remedy="nothing was kept; look at the differences below, then confirm again",
            )
        _read(ask, place, data, name, template, share, leave=leave == "yes")
    except (BadInput, Conflict, UnreadableDocument) as error:
        return _previewed(ask, code, data, name, template, share, error)
    return go(f"{place.address}/matrix")


def _previewed(
    ask: Ask,
    code: str,
    data: bytes,
    name: str,
    template: str,
    share: str,
    error: BadInput | Conflict | UnreadableDocument | None = None,
) -> Response:
    place = Place(ask, code)
    try:
        if not data or len(data) > LARGEST:
            raise _no_file() if not data else _too_large(len(data))
        found = _read(ask, place, data, name, template, share, dry_run=True)
    except (BadInput, Conflict, UnreadableDocument) as refused:
        return _form(ask, code, refused, template, share)
    known = reference.template(found.template)
    return desk.show(
        ask,
        "import_preview.html",
        title=ask.t("What the file would change"),
        crumbs=[*place.below_matrix, (ask.t("Import"), f"{place.address}/matrix/import")],
        place=place,
        found=found,
        words=Words(ask.t),
        caption=lambda one: caption(one, known, ask),
        content=_parts(base64.b64encode(data).decode()),
        name=name,
        template_id=template,
        share=share,
        error=error,
        status=status_of(error) if error else 200,
    )


def _read(
    ask: Ask,
    place: Place,
    data: bytes,
    name: str,
    template: str,
    share: str,
    *,
    dry_run: bool = False,
    leave: bool = False,
) -> matrix_files.Imported:
    return matrix_files.import_data(
        data,
        name,
        database_url=ask.database_url,
        who=ask.who,
        state=place.code,
        template_id=template or None,
        dry_run=dry_run,
        leave_problems=leave,
        share=share == "yes",
    )


def _form(
    ask: Ask,
    code: str,
    error: BadInput | Conflict | UnreadableDocument | None = None,
    template: str = "",
    share: str = "",
) -> Response:
    place = Place(ask, code)
    return desk.show(
        ask,
        "import.html",
        title=ask.t("Import"),
        crumbs=place.below_matrix,
        place=place,
        templates=reference.templates(),
        file_forms=matrix_forms.FORMS,
        chosen=template,
        share=share,
        error=error,
        status=status_of(error) if error else 200,
    )


def _parts(text: str) -> list[str]:
    return [text[at : at + PART] for at in range(0, len(text), PART)]


def _no_file() -> BadInput:
    return BadInput("no file", expected="a matrix as PDF, DOCX, XLSX, CSV or JSON", where="file", remedy="choose one")


def _too_large(size: int) -> BadInput:
    return BadInput(
        f"a file of {size} bytes",
        expected=f"at most {LARGEST}",
        where="file",
        remedy="a matrix is far smaller; check that this is one",
    )
