"""A request read from a file: a filled form, a letter, a note verbale, or a request as JSON; nothing is kept by it."""

from pathlib import Path
from threading import Lock

import msgspec

from open1540 import documents
from open1540.assistance.form import Doubt, FormRead, read_form
from open1540.assistance.reading import read_request as read_document
from open1540.assistance.records import Request
from open1540.backends.apart import Apart
from open1540.documents.tables import read_tables
from open1540.vocabulary import BadInput, Open1540Error, UnreadableDocument
from open1540.workflows.permissions import Person, check_open
from open1540.workflows.reading import load, shown_name

LARGEST = 10_000_000
SECONDS, TICK = 60.0, 5.0
# Endings of files in which a form would be a table.
WITH_TABLES = (".docx", ".pdf", ".xlsx")


class RequestRead(msgspec.Struct, frozen=True):
    """A request read from a file, and the answers that were not surely understood."""

    name: str
    request: Request
    doubts: tuple[Doubt, ...] = ()


def read_file(path: Path) -> RequestRead:
    """Read a request from a file of this machine.

    Raises BadInput where there is no such file or its JSON is no request, UnreadableDocument where it cannot become text.
    """
    return _read((load(path), shown_name(path)))


def read_request(data: bytes, name: str, *, who: Person) -> RequestRead:
    """Read a request from a file somebody gave, in a process of its own: what kills it kills nothing else.

    Raises NotAllowed where the person may file no request, and as ``read_file`` does; JobFailed where the reading did not end.
    """
    check_open(who, "request")
    if len(data) > LARGEST:
        raise UnreadableDocument(
            f"a file of more than {LARGEST // 1_000_000} MB",
            expected="a form, a letter or a note verbale of a few pages",
            where=name,
            remedy="give the pages with the request alone",
        )
    with _ONE_AT_A_TIME:
        told = _APART.call((data, name), seconds=SECONDS, every=TICK, meanwhile=lambda: None)
    if isinstance(told, Open1540Error):
        raise told
    read: RequestRead = told
    return read


def _read(given: tuple[bytes, str]) -> RequestRead:
    data, name = given
    if name.casefold().endswith(".json"):
        return RequestRead(name, _from_json(data, name))
    form = _form(data, name) if name.casefold().endswith(WITH_TABLES) else None
    request = read_document(documents.read(data, name), form)
    return RequestRead(name, request, form.doubts if form else ())


def _tell(given: tuple[bytes, str]) -> RequestRead | Open1540Error:
    """What is sent back from the other process: an error of the file is an answer there."""
    try:
        return _read(given)
    except Open1540Error as error:
        return error


def _form(data: bytes, name: str) -> FormRead | None:
    try:
        return read_form(read_tables(data, name))
    except UnreadableDocument:
        # A letter without any table: what stands in its text is read then.
        return None


def _from_json(data: bytes, name: str) -> Request:
    try:
        return msgspec.json.decode(data, type=Request)
    except msgspec.DecodeError as error:
        raise BadInput(
            f"JSON that is no request ({error})",
            expected="a request as `open1540 assist request show --json` gives it",
            where=name,
            remedy="correct it; the form in Word says the same",
        ) from error


_APART = Apart(_tell)
_ONE_AT_A_TIME = Lock()
