"""Offers and activities in from a list kept elsewhere, shown before anything is kept, and out in the form others can import."""

import base64
import binascii
from typing import Annotated

from fastapi import Depends, File, Form, Response, UploadFile

from open1540.assistance.exchange import Heads
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.exchange_files import LARGEST, LISTED, as_file
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.assistance.place import Asked, Filters, Words, Written, crumbs, desk
from open1540.interfaces.web.pages.assistance.written import number_of
from open1540.reference.offer_columns import Exchanged, offer_columns
from open1540.vocabulary import BadInput, UnreadableDocument
from open1540.workflows import assistance_exchange as flow
from open1540.workflows.assistance_exchange import Preview

# A field of a form may have a megabyte, and a form a thousand fields.
PART = 900_000
MOST_ROWS = 500
_Chosen = Annotated[list[str], Form()]
_Given = Annotated[UploadFile | None, File()]


class _Import:
    """What the form of an import sends, from the second time on with the file in it.

    Attributes:
        columns: what each column is taken for, the first first; empty where the headings are to be guessed.
        rows: numbers of the rows to keep.
    """

    def __init__(
        self,
        name: Written = "",
        provider: Written = "",
        sheet: Written = "",
        content: _Chosen = [],  # noqa: B006 - read only
        column: _Chosen = [],  # noqa: B006 - read only
        row: _Chosen = [],  # noqa: B006 - read only
        every: Written = "",
        keep: Written = "",
    ) -> None:
        self.name, self.provider, self.sheet = name, provider, sheet
        self.content, self.columns, self.rows, self.every, self.keep = content, column, row, every, keep


Typed = Annotated[_Import, Depends(_Import)]


@desk.page("/assistance/offers/import", "offer", keep=False)
def offers_asked(ask: Asking, kept: Asked = "") -> Response:
    """The form that takes a list of offers."""
    return _asking(ask, "offer", kept=kept)


@desk.page("/assistance/activities/import", "activity", keep=False)
def activities_asked(ask: Asking, kept: Asked = "") -> Response:
    """The form that takes a list of activities."""
    return _asking(ask, "activity", kept=kept)


@desk.act("/assistance/offers/import", "offer")
def offers_read(ask: Asking, typed: Typed, file: _Given = None) -> Response:
    """Show what a list of offers would bring; keep the rows chosen where that is asked."""
    return _read(ask, "offer", file, typed)


@desk.act("/assistance/activities/import", "activity")
def activities_read(ask: Asking, typed: Typed, file: _Given = None) -> Response:
    """Show what a list of activities would bring; keep the rows chosen where that is asked."""
    return _read(ask, "activity", file, typed)


@desk.answers("/assistance/offers/export.{form}", "read")
def offers_out(ask: Asking, form: str, asked: Filters) -> Response:
    """Offers in the form others can import, by the filters of the list."""
    return as_file(ask, "offer", form, asked)


@desk.answers("/assistance/activities/export.{form}", "read")
def activities_out(ask: Asking, form: str, asked: Filters) -> Response:
    """Activities in the form others can import, by the filters of the list."""
    return as_file(ask, "activity", form, asked)


def _read(ask: Ask, kind: Exchanged, file: UploadFile | None, typed: _Import) -> Response:
    heads: Heads | None = None
    found: Preview | None = None
    data = b""
    try:
        data, typed.name = _content(file, typed)
        sheet = number_of(typed.sheet, "sheet") if typed.sheet.strip() else None
        heads = flow.file_headings(data, typed.name, kind, who=ask.who, table=sheet)
        found = flow.preview(
            data,
            typed.name,
            kind,
            database_url=ask.database_url,
            who=ask.who,
            mapping=_mapping(typed),
            table=sheet,
            provider=typed.provider,
        )
        if typed.keep == "yes":
            rows = found.sound if typed.every == "yes" else [number_of(one, "rows") for one in typed.rows]
            kept = flow.keep_rows(found, rows, database_url=ask.database_url, who=ask.who)
            return go(f"/assistance/{LISTED[kind]}/import?kept={len(kept)}")
    except BadInput as error:
        return _asking(ask, kind, error=error) if heads is None else _shown(ask, kind, typed, data, heads, found, error)
    return _shown(ask, kind, typed, data, heads, found)


def _content(file: UploadFile | None, typed: _Import) -> tuple[bytes, str]:
    """The file and its name: as it was chosen, or as the form carries it."""
    if file is not None and file.filename:
        data, name = file.file.read(LARGEST + 1), file.filename
    else:
        try:
            data, name = base64.b64decode("".join(typed.content), validate=True), typed.name
        except (binascii.Error, ValueError):
            data, name = b"", typed.name
    if not data or len(data) > LARGEST:
        raise UnreadableDocument(
            f"a file of more than {LARGEST // 1_000_000} MB" if data else "no file",
            expected="a table as CSV in UTF-8, or XLSX",
            where="file",
            remedy="part the list, and bring one part after the other" if data else "choose one",
        )
    return data, name


def _mapping(typed: _Import) -> dict[int, str] | None:
    if not typed.columns:
        return None
    return {number: column for number, column in enumerate(typed.columns, 1) if column}


def _asking(ask: Ask, kind: Exchanged, *, kept: str = "", error: BadInput | None = None) -> Response:
    t = ask.t
    return desk.show(
        ask,
        "import.html",
        title=_title(ask, kind),
        crumbs=crumbs(ask, _below(ask, kind)),
        kind=kind,
        listed=LISTED[kind],
        columns=[one.titles[ask.language] for one in offer_columns(kind)],
        done=t("Rows kept: {number}.").format(number=t.number(number_of(kept))) if kept else "",
        error=error,
        status=status_of(error) if error else 200,
    )


def _shown(
    ask: Ask,
    kind: Exchanged,
    typed: _Import,
    data: bytes,
    heads: Heads,
    found: Preview | None,
    error: BadInput | None = None,
) -> Response:
    content = base64.b64encode(data).decode()
    guessed = found.mapping if found else heads.mapping
    return desk.show(
        ask,
        "import_preview.html",
        title=_title(ask, kind),
        crumbs=crumbs(ask, _below(ask, kind)),
        kind=kind,
        listed=LISTED[kind],
        columns={one.id: one.titles[ask.language] for one in offer_columns(kind)},
        heads=heads,
        mapping=(_mapping(typed) or {}) if typed.columns else guessed,
        found=found,
        typed=typed,
        chosen=frozenset(typed.rows),
        most=MOST_ROWS,
        content=[content[at : at + PART] for at in range(0, len(content), PART)],
        words=Words(ask.t),
        error=error,
        status=status_of(error) if error else 200,
    )


def _title(ask: Ask, kind: Exchanged) -> str:
    return ask.t("Import offers") if kind == "offer" else ask.t("Import activities")


def _below(ask: Ask, kind: Exchanged) -> tuple[str, str]:
    if kind == "offer":
        return ask.t("Offers of assistance"), "/assistance/offers"
    return ask.t("Activities"), "/assistance/activities"
