"""Files given to a server, as the database keeps them until they are read: waiting, being read, kept or refused."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, func, insert, or_, select, update
from sqlalchemy.sql import Select

from open1540.store import audit, schema
from open1540.store.accounts import at

UploadStatus = Literal["waiting", "reading", "kept", "refused"]
_uploads = schema.uploads


class Upload(msgspec.Struct, frozen=True):
    """A file given to the server, without its bytes.

    Attributes:
        batch: what was given together; by: name of who gave it; at: when.
        shown_to: who is to be shown the document: ``everyone``, ``members``, or the State it belongs to.
        state, language: of the document, where whoever gave it said so.
        told: why it was refused, in the four parts of an error.
        document_id: of the document it became.
        tries: how often its reading was begun.
    """

    id: int
    batch: str
    by: str
    name: str
    shown_to: str
    state: str | None
    language: str | None
    status: UploadStatus
    told: dict[str, str]
    document_id: str | None
    at: str
    tries: int


_ROW = [_uploads.c[field] for field in Upload.__struct_fields__]


class Uploads:
    """What the store does with files that wait to be read; a part of ``Store``."""

    _engine: Engine
    _writer: Engine

    def add_uploads(self, uploads: Iterable[tuple[Upload, bytes]], batch: str, by: str) -> int:
        """Keep the files of a batch, all or none; those refused already without their bytes. Returns how many there were."""
        with self._writer.begin() as connection:
            count = 0
            for upload, data in uploads:
                values = msgspec.structs.asdict(upload) | {"told": msgspec.json.encode(upload.told).decode()}
                del values["id"]
                raw = data if upload.status == "waiting" else None
                connection.execute(insert(_uploads).values(**values, raw=raw))
                count += 1
            audit.record(connection, by, "files given", batch, str(count))
        return count

    def uploads(self, batch: str) -> list[Upload]:
        """The files of a batch, in the order they were given."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_ROW).where(_uploads.c.batch == batch).order_by(_uploads.c.id))
            return [_upload(row) for row in rows]

    def batches(self, by: str, limit: int) -> list[Upload]:
        """The first file of each of the latest batches of a person, latest first."""
        first = select(func.min(_uploads.c.id)).where(_uploads.c.by == by).group_by(_uploads.c.batch)
        query = select(*_ROW).where(_uploads.c.id.in_(first)).order_by(_uploads.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [_upload(row) for row in connection.execute(query)]

    def take_upload(self, now: dt.datetime, held_until: dt.datetime) -> Upload | None:
        """The next file that waits, or whose reader has not been heard of in time; it is held until a moment."""
        with self._engine.connect() as connection:
            if connection.execute(_next(now)).first() is None:
                return None
        with self._writer.begin() as connection:
            audit.take_turn(connection)
            row = connection.execute(_next(now)).first()
            if row is None:
                return None
            taken = _upload(row)
            values = {"status": "reading", "tries": taken.tries + 1, "held_until": at(held_until)}
            connection.execute(update(_uploads).where(_uploads.c.id == taken.id).values(**values))
        return msgspec.structs.replace(taken, status="reading", tries=taken.tries + 1)

    def hold_upload(self, upload: Upload, held_until: dt.datetime) -> None:
        """Go on holding a file that is being read."""
        with self._writer.begin() as connection:
            connection.execute(update(_uploads).where(_held(upload)).values(held_until=at(held_until)))

    def leave_upload(self, upload: Upload) -> None:
        """Let a file wait again whose reading was broken off for no fault of its own."""
        values = {"status": "waiting", "tries": upload.tries - 1, "held_until": None}
        with self._writer.begin() as connection:
            connection.execute(update(_uploads).where(_held(upload)).values(**values))

    def refuse_upload(self, upload: Upload, told: dict[str, str]) -> None:
        """Keep why a file was refused, and let go of its bytes."""
        with self._writer.begin() as connection:
            if end_upload(connection, upload, "refused", told=msgspec.json.encode(told).decode()):
                audit.record(connection, upload.by, "file refused", upload.name, told.get("found", ""))

    def upload_bytes(self, upload: Upload) -> bytes | None:
        """The file itself; None where it is no longer waited for."""
        with self._engine.connect() as connection:
            raw = connection.execute(select(_uploads.c.raw).where(_held(upload))).scalar()
        return None if raw is None else bytes(raw)


def end_upload(connection: Connection, upload: Upload, status: UploadStatus, **values: object) -> bool:
    """Within a transaction, note what became of a file; False where another reader has taken it meanwhile."""
    ended = update(_uploads).where(_held(upload)).values(status=status, raw=None, held_until=None, **values)
    return connection.execute(ended).rowcount == 1


def _next(now: dt.datetime) -> Select[tuple[object, ...]]:
    lost = and_(_uploads.c.status == "reading", _uploads.c.held_until < at(now))
    return select(*_ROW).where(or_(_uploads.c.status == "waiting", lost)).order_by(_uploads.c.id).limit(1)


def _held(upload: Upload) -> ColumnElement[bool]:
    """Still the try that was begun: a reader that was given up for dead keeps nothing."""
    return and_(_uploads.c.id == upload.id, _uploads.c.status == "reading", _uploads.c.tries == upload.tries)


def _upload(row: Row[tuple[object, ...]]) -> Upload:
    return Upload(**{**row._mapping, "told": msgspec.json.decode(row.told)})
