"""Restoring an archive: every record is checked before it is kept, and all are kept or none."""

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

from open1540.assistance.records import RECORDS, Taken
from open1540.documents.reading import Reading
from open1540.store import audit
from open1540.store.archive import BackupSummary, checked, damaged
from open1540.store.authors import author
from open1540.store.schema import (
    APPEND_ONLY,
    ARCHIVED,
    COUNTED,
    assistance_records,
    assistance_steps,
    claims,
    documents,
    judgements,
)
from open1540.vocabulary import BadInput, Claim, Judgement

# No line of an archive is longer than the largest document with its reading, both in base64.
MAX_LINE = 1_000_000_000
BATCH = 500


def restore(engine: Engine, path: Path, replace_for: str | None) -> BackupSummary:
    """Bring an archive back in one transaction; what a store held before is given up only for somebody who is named.

    Raises BadInput where the archive is not whole or its records do not fit each other; nothing is changed then.
    """
    manifest = checked(path)
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
        raise damaged(path, f"records that do not fit their tables ({_short(error)})") from error
    return msgspec.structs.replace(manifest.summary(path), last_hash=last_hash)


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
    elif table is assistance_records:
        msgspec.json.decode(row["record"], type=RECORDS[row["kind"]])
    elif table is assistance_steps:
        msgspec.json.decode(row["taken"], type=Taken)


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


def _short(error: Exception) -> str:
    cause = error.orig if isinstance(error, StatementError) and error.orig else error
    return f"{type(cause).__name__}: {str(cause).splitlines()[0][:120]}" if str(cause) else type(cause).__name__
