"""Files given to a server: kept at once, read one at a time in a process of its own, each kept or refused with its reason."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import BinaryIO

import msgspec

from open1540 import documents, reference
from open1540.backends.apart import Apart, Died
from open1540.documents import formats
from open1540.store import Store, Upload, UploadStatus
from open1540.vocabulary import BadInput, JobFailed, NotAllowed, Open1540Error, UnknownCode, UnreadableDocument
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, check_open, is_shown, readers_given

__all__ = ["Upload"]

LARGEST_BATCH = 200
LARGEST_FILE = formats.MAX_BYTES
LATEST_BATCHES = 20
LONGEST_NAME = 240
TRIES = 2
LONGEST = dt.timedelta(minutes=15)
HELD = dt.timedelta(seconds=30)
BEAT = dt.timedelta(seconds=10)
# Another server on the same database may have been given files this one can read.
LOOKS_EVERY = dt.timedelta(seconds=5)
_WAKE: dict[str | None, Event] = {}


class Batch(msgspec.Struct, frozen=True):
    """Files given together, and what has become of each so far."""

    id: str
    at: str
    by: str
    uploads: tuple[Upload, ...]
    done: int
    finished: bool


def receive(
    files: Iterable[tuple[str, BinaryIO]],
    *,
    database_url: str | None,
    who: Person,
    shown_to: str = "",
    state: str | None = None,
    language: str | None = None,
    largest: int = LARGEST_FILE,
) -> Batch:
    """Keep files to be read one after the other; either all of them wait then, or none does.

    Arguments:
        files: name and content of each.
        shown_to: who is to be shown the documents: ``everyone``, ``members``, or a State; empty for the State of a point
            of contact, for members otherwise.
        state: whose laws they are, where their text does not tell; language: of all, where the detected one would be wrong.
        largest: bytes of the largest file taken.

    A file that is empty, too large, or already kept for somebody else is refused at once; the others wait. Raises
    BadInput where there is no file or too many, NotAllowed for readers the person is not among.
    """
    check_open(who, "upload")
    readers = readers_given(who, shown_to)
    own = reference.state(state).iso3 if state else None
    _check_language(language)
    batch, now = secrets.token_hex(8), dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")

    def rows(store: Store) -> Iterator[tuple[Upload, bytes]]:
        for count, (name, content) in enumerate(files, 1):
            if count > LARGEST_BATCH:
                raise _wrong_number(f"more than {LARGEST_BATCH} files")
            data = content.read(largest + 1)
            shown = _plain_name(name)
            told = _refused_at_once(store, who, shown, data, largest)
            status: UploadStatus = "refused" if told else "waiting"
            yield Upload(0, batch, who.name, shown, readers, own, language or None, status, told, None, now, 0), data

    with opened(database_url) as store:
        if not store.add_uploads(rows(store), batch, who.name):
            raise _wrong_number("no file")
    wake(database_url)
    return progress(batch, database_url=database_url, who=who)


def progress(batch: str, *, database_url: str | None, who: Person) -> Batch:
    """What has become of each file of a batch, for whoever gave it or is shown its documents.

    Raises UnknownCode where there is no such batch, or none this person is shown.
    """
    check_open(who, "upload")
    with opened(database_url) as store:
        files = tuple(one for one in store.uploads(batch) if one.by == who.name or is_shown(who, one.shown_to))
    if not files:
        raise UnknownCode(
            f"batch {batch!r}",
            expected="the id of files given together",
            where="uploads",
            remedy="choose one of your batches on the page for giving documents",
        )
    done = sum(one.status in ("kept", "refused") for one in files)
    return Batch(batch, files[0].at, files[0].by, files, done, done == len(files))


def batches(*, database_url: str | None, who: Person) -> tuple[Upload, ...]:
    """The first file of each of a person's latest batches, latest first."""
    check_open(who, "upload")
    with opened(database_url) as store:
        return tuple(store.batches(who.name, LATEST_BATCHES))


class Reader:
    """Reads what waits, one file at a time, in a process of its own; a thread of the server watches over it."""

    def __init__(self, database_url: str | None) -> None:
        """Read for the server at a database."""
        self._database_url = database_url
        self._wake, self._over = _WAKE.setdefault(database_url, Event()), Event()
        self._apart = Apart(_read)
        self._thread = Thread(target=self._go_on, name="reader of uploads", daemon=True)

    def start(self) -> None:
        """Begin; files that waited before are read first."""
        self._thread.start()

    def stop(self) -> None:
        """End; a file in the middle of its reading waits again."""
        self._over.set()
        self._wake.set()
        self._apart.end()
        self._thread.join()

    @property
    def pid(self) -> int | None:
        """The number of the process that reads, while there is one."""
        return self._apart.pid

    def _go_on(self) -> None:
        while not self._over.is_set():
            try:
                busy = self._next()
            except JobFailed:
                # The database stopped answering: what is being read is taken up again when its time is over.
                busy = False
            if not busy:
                self._wake.wait(LOOKS_EVERY.total_seconds())
                self._wake.clear()

    def _next(self) -> bool:
        """Read the next file, if there is one."""
        with opened(self._database_url) as store:
            now = dt.datetime.now(dt.UTC)
            upload = store.take_upload(now, now + HELD)
            if upload is None:
                return False
            if upload.tries > TRIES:
                store.refuse_upload(upload, _fatal(upload, f"a file on which the reader died {TRIES} times").as_dict())
                return True
            self._watch(store, upload)
            return True

    def _watch(self, store: Store, upload: Upload) -> None:
        def hold() -> None:
            store.hold_upload(upload, dt.datetime.now(dt.UTC) + HELD)

        try:
            given = (self._database_url, upload)
            self._apart.call(given, seconds=LONGEST.total_seconds(), every=BEAT.total_seconds(), meanwhile=hold)
        except Died as error:
            if self._over.is_set():
                store.leave_upload(upload)
            else:
                store.refuse_upload(upload, _fatal(upload, error.found).as_dict())


@contextmanager
def reading(database_url: str | None) -> Iterator[Reader]:
    """Read what is given to a server as long as it runs."""
    reader = Reader(database_url)
    reader.start()
    try:
        yield reader
    finally:
        reader.stop()


def wake(database_url: str | None) -> None:
    """Have a reader of this process look at once whether anything waits."""
    if database_url in _WAKE:
        _WAKE[database_url].set()


def _read(given: tuple[str | None, Upload]) -> None:
    """Read one file and keep it, or keep why it is refused; runs in the process apart."""
    database_url, upload = given
    with opened(database_url) as store:
        data = store.upload_bytes(upload)
        if data is None:
            return
        try:
            read = documents.read(data, upload.name, lang=upload.language, state=upload.state)
        except Open1540Error as error:
            store.refuse_upload(upload, error.as_dict())
        except Exception as error:  # a fault of ours must not stop the files behind this one
            store.refuse_upload(upload, _fatal(upload, f"a fault of the reader ({type(error).__name__})").as_dict())
        else:
            store.keep_upload(upload, data, read)


def _refused_at_once(store: Store, who: Person, name: str, data: bytes, largest: int) -> dict[str, str]:
    try:
        formats.check_size(len(data), name)
        if len(data) > largest:
            raise UnreadableDocument(
                f"a file larger than {largest / 1e6:.0f} MB",
                expected=f"at most {largest // 1_000_000} MB",
                where=name,
                remedy="split the file, or take images out of it",
            )
        kept = store.document(hashlib.sha256(data).hexdigest()[:16])
        if kept and not is_shown(who, kept.shown_to):
            raise NotAllowed(
                "a file that is kept already, for somebody else",
                expected="a file you may be shown",
                where=name,
                remedy="ask the Group of Experts, or whoever gave it",
            )
    except BadInput as error:
        return error.as_dict()
    return {}


def _plain_name(name: str) -> str:
    """The name of a file without folders and signs that do not print."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last.encode("utf-8", "replace").decode() if sign.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "document"


def _check_language(language: str | None) -> None:
    if language and language not in reference.LANGUAGES:
        raise UnknownCode(
            f"language {language!r}",
            expected="one of " + " ".join(reference.LANGUAGES),
            where="language",
            remedy="choose one of these, or leave it to be detected",
        )


def _wrong_number(found: str) -> BadInput:
    return BadInput(
        found,
        expected=f"1 to {LARGEST_BATCH} files at a time",
        where="files",
        remedy="choose the files, then send them",
    )


def _fatal(upload: Upload, found: str) -> UnreadableDocument:
    return UnreadableDocument(
        found,
        expected="a file that can be read within the time and memory of this server",
        where=upload.name,
        remedy="save it anew in another program or split it, then give it again; tell the administrator if it stays so",
    )
