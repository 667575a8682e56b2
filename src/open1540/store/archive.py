"""Backup and restore: one zip of JSON lines that either engine can write and read.

An archive is checked as a whole before a single record is touched: its members, their sizes and their hashes.
"""

import base64
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Engine, Table, func, insert, select, text
from sqlalchemy.exc import StatementError

from open1540.documents.reading import Reading
from open1540.store import audit
from open1540.store.authors import author
from open1540.store.schema import APPEND_ONLY, ARCHIVED, COUNTED, claims, documents, judgements
from open1540.vocabulary import BadInput, Claim, Judgement

FORMAT = "open1540-archive-1"
MANIFEST = "manifest.json"
# Tables of the archives of earlier versions: before the matrix was kept, and before there were accounts.
FIRST_TABLES = {"documents", "passages", "claims", "judgements", "audit"}
WITH_MATRIX = FIRST_TABLES | {"matrix_versions", "matrix_steps", "matrix_comments"}
# No line of an archive is longer than the largest document with its reading, both in base64; no archive unpacks to more.
MAX_LINE = 1_000_000_000
MAX_MANIFEST = 1_000_000
MAX_UNPACKED = 50_000_000_000
CHUNK = 1 << 20
BATCH = 500


class BackupSummary(msgspec.Struct, frozen=True):
    """What an archive holds.

    Attributes:
        rows: their number by table.
        last_hash: of the log: noted elsewhere, it shows later that the log still holds all it held then.
    """

    path: str
    rows: dict[str, int]
    last_hash: str | None = None


class _Member(msgspec.Struct, frozen=True):
    rows: int
    sha256: str
    size: int


class _Manifest(msgspec.Struct, frozen=True):
    format: str
    tables: dict[str, _Member]
    last_hash: str | None = None

    def summary(self, path: Path) -> BackupSummary:
        return BackupSummary(str(path), {name: member.rows for name, member in self.tables.items()}, self.last_hash)


def write(connection: Connection, path: Path) -> BackupSummary:
    """Write an archive beside its place and move it there when it is complete."""
    partial = path.with_name(path.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            members = {table.name: _write_table(connection, archive, table) for table in ARCHIVED}
            manifest = _Manifest(FORMAT, members, audit.last_hash(connection))
            archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BadInput(
            f"a place that cannot be written ({error.strerror})",
            expected="an existing folder you may write to",
            where=str(path),
            remedy="create the folder or choose another one",
        ) from error
    return manifest.summary(path)


def restore(engine: Engine, path: Path, replace_for: str | None) -> BackupSummary:
    """Bring an archive back in one transaction; what a store held before is given up only for somebody who is named.

    Raises BadInput where the archive is not whole or its records do not fit each other; nothing is changed then.
    """
    manifest = _checked(path)
    try:
        with engine.begin() as connection, zipfile.ZipFile(path) as archive:
            given_up = _make_room(connection, path, replace_for)
            for table in ARCHIVED:
                if table.name in manifest.tables:
                    _restore_table(connection, archive, table)
            _continue_counts(connection)
            if given_up and replace_for:
                audit.record(connection, replace_for, "records replaced", path.name, given_up)
            last_hash = audit.last_hash(connection)
    except (msgspec.DecodeError, KeyError, ValueError, OverflowError, zlib.error, StatementError) as error:
        raise _damaged(path, f"records that do not fit their tables ({_short(error)})") from error
    return msgspec.structs.replace(manifest.summary(path), last_hash=last_hash)


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> _Member:
    digest, rows, size = hashlib.sha256(), 0, 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            line = msgspec.json.encode({name: _out(value) for name, value in row.items()}) + b"\n"
            member.write(line)
            digest.update(line)
            rows, size = rows + 1, size + len(line)
    return _Member(rows, digest.hexdigest(), size)


def _checked(path: Path) -> _Manifest:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename: info for info in archive.infolist()}
            with archive.open(names[MANIFEST]) as handle:
                manifest = msgspec.json.decode(handle.read(MAX_MANIFEST), type=_Manifest)
            all_tables = {table.name for table in ARCHIVED}
            tables = next((known for known in (FIRST_TABLES, WITH_MATRIX) if known == set(manifest.tables)), all_tables)
            expected = {MANIFEST, *(f"{name}.jsonl" for name in tables)}
            if set(manifest.tables) != tables:
                raise _damaged(path, "a manifest that does not list every table")
            if manifest.format != FORMAT or set(names) != expected or len(names) != len(archive.infolist()):
                raise _damaged(path, "members that do not belong to it")
            if sum(info.file_size for info in names.values()) > MAX_UNPACKED:
                raise _damaged(path, "a size no archive of open1540 has")
            for table, member in manifest.tables.items():
                _check_member(archive, f"{table}.jsonl", member, path)
    except FileNotFoundError as error:
        raise _damaged(path, "no such file") from error
    except (zipfile.BadZipFile, KeyError, msgspec.DecodeError, OSError, EOFError, ValueError) as error:
        raise _damaged(path, f"a file that is no archive of open1540, or a damaged one ({error})") from error
    return manifest


def _check_member(archive: zipfile.ZipFile, name: str, member: _Member, path: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > member.size:
                break
    if size != member.size or digest.hexdigest() != member.sha256:
        raise _damaged(path, f"{name} with another content than its manifest says")


def _make_room(connection: Connection, path: Path, replace_for: str | None) -> str:
    """Give up what the store holds, and say what that was; empty where it holds nothing."""
    held = sum(connection.execute(select(func.count()).select_from(table)).scalar() or 0 for table in ARCHIVED)
    if not held:
        return ""
    if replace_for is None:
        raise BadInput(
            f"a database that holds {held} records",
            expected="an empty one",
            where=str(path),
            remedy="restore into a new --database-url, or add --replace to give up what this one holds",
        )
    given_up = f"{held} records given up, last hash {audit.last_hash(connection) or 'none'}"
    with _guards_down(connection):
        for table in reversed(ARCHIVED):
            connection.execute(table.delete())
    return given_up


class _guards_down:  # noqa: N801
    """Lifts the guards of what is only added to, for as long as a whole store is replaced by an archive."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._triggers: list[tuple[str, str]] = []

    def __enter__(self) -> None:
        if self._connection.dialect.name == "postgresql":
            for table in APPEND_ONLY:
                self._connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_only_added_to"))
            return
        for table in APPEND_ONLY:
            found = self._connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
                {"table": table},
            )
            self._triggers += [(row.name, row.sql) for row in found]
        for name, _ in self._triggers:
            self._connection.execute(text(f"DROP TRIGGER {name}"))

    def __exit__(self, *error: object) -> None:
        if self._connection.dialect.name == "postgresql":
            for table in APPEND_ONLY:
                self._connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {table}_only_added_to"))
        for _, definition in self._triggers:
            self._connection.exec_driver_sql(definition)


def _restore_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    batch: list[dict[str, Any]] = []
    for row in _rows(archive, table):
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    with archive.open(f"{table.name}.jsonl") as handle:
        while line := handle.readline(MAX_LINE):
            written = msgspec.json.decode(line, type=dict[str, Any])
            row = {
                column.name: _in(column, written[column.name])
                for column in table.columns
                # Archives of earlier versions lack columns that came later.
                if column.name in written or not (column.nullable or column.server_default is not None)
            }
            _check_row(table, row)
            if table is documents and "author" not in row:
                row["author"] = author(_reading_of(row))
            yield row


def _in(column: Column[Any], value: object) -> object:
    """A value as its column holds it; SQLite by itself would hold any value in any column."""
    kind = column.type.python_type
    if value is None and column.nullable:
        return None
    if kind is bytes and isinstance(value, str):
        return base64.b64decode(value, validate=True)
    if type(value) is not kind:
        raise ValueError(f"{column.name} holds {type(value).__name__}, not {kind.__name__}")
    return value


def _check_row(table: Table, row: dict[str, Any]) -> None:
    """What a record is made of must be readable later, and a file must be the one its hash names."""
    if table is documents:
        _reading_of(row)
        if not row["sha256"].startswith(row["id"]) or hashlib.sha256(row["raw"]).hexdigest() != row["sha256"]:
            raise ValueError(f"document {row['id']} is not the file its hash names")
    elif table is claims:
        msgspec.json.decode(row["claim"], type=Claim)
    elif table is judgements:
        msgspec.json.decode(row["judgement"], type=Judgement)


def _reading_of(row: dict[str, Any]) -> Reading:
    return msgspec.json.decode(zlib.decompressobj().decompress(row["reading"], MAX_LINE), type=Reading)


def _continue_counts(connection: Connection) -> None:
    """PostgreSQL counts ids on its own; after a restore it must go on behind the highest one."""
    if connection.dialect.name == "postgresql":
        for counted in COUNTED:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{counted}', 'id'), "  # noqa: S608
                    f"COALESCE((SELECT MAX(id) FROM {counted}), 0) + 1, false)"
                )
            )


def _out(value: object) -> object:
    return base64.b64encode(bytes(value)).decode() if isinstance(value, bytes | memoryview) else value


def _short(error: Exception) -> str:
    cause = error.orig if isinstance(error, StatementError) and error.orig else error
    return f"{type(cause).__name__}: {str(cause).splitlines()[0][:120]}" if str(cause) else type(cause).__name__


def _damaged(path: Path, found: str) -> BadInput:
    return BadInput(
        found,
        expected="a complete archive written by `open1540 backup`",
        where=str(path),
        remedy="use another copy; nothing was changed",
    )
