"""The log of every change: each row carries the hash of the one before it.

A row that was changed, removed or put in between breaks the chain. Rows taken off its end, or a chain computed anew by
somebody with the whole database in hand, leave a chain that looks whole; only a hash noted elsewhere tells of them.
Backups carry such a hash.
"""

import datetime as dt
import hashlib

import msgspec
from sqlalchemy import Connection, insert, select, text

from open1540.store.characters import storable
from open1540.store.schema import audit

FIRST = "0" * 64
# Writers take turns, or two of them would follow the same row; this number names the turn in PostgreSQL.
CHAIN_LOCK = 15400002


class AuditRow(msgspec.Struct, frozen=True):
    """One change: who did what to what, when (UTC, ISO 8601)."""

    number: int
    at: str
    by: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str


class AuditVerdict(msgspec.Struct, frozen=True):
    """Whether the chain holds, and where it first breaks.

    Attributes:
        noted_in: number of the row that carries the hash noted earlier; None where no row does, or none was asked for.
    """

    intact: bool
    rows: int
    first_broken: int | None
    last_hash: str | None
    noted_in: int | None = None


def take_turn(connection: Connection) -> None:
    """Wait until no other writer is at work, and keep the others waiting until this transaction ends.

    On SQLite every transaction is one writer's from its beginning.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})"))


def record(connection: Connection, by: str, action: str, subject: str, detail: str = "") -> None:
    """Add a row within the transaction of the change it tells of."""
    take_turn(connection)
    last = connection.execute(select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, FIRST)
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    values = (number, at, storable(by), storable(action), storable(subject), storable(detail), previous)
    row = AuditRow(*values, hash=chained(*values))
    connection.execute(insert(audit).values(**msgspec.structs.asdict(row)))


def chained(number: int, at: str, by: str, action: str, subject: str, detail: str, previous: str) -> str:
    """The hash of a row: sha256 over the JSON of its values, the hash of the row before among them."""
    return hashlib.sha256(msgspec.json.encode([number, at, by, action, subject, detail, previous])).hexdigest()


def verify(connection: Connection, noted: str | None = None) -> AuditVerdict:
    """Walk the chain from its beginning; numbers must follow each other and every hash must be right.

    ``noted`` is a hash seen earlier as the last one: a log that grew since still holds it.
    """
    previous, count, noted_in = FIRST, 0, None
    for row in connection.execute(select(audit).order_by(audit.c.number)):
        values = (row.number, row.at, row.by, row.action, row.subject, row.detail, row.previous)
        if row.number != count + 1 or row.previous != previous or row.hash != chained(*values):
            return AuditVerdict(False, count, row.number, previous, noted_in)
        previous, count = row.hash, count + 1
        if row.hash == noted:
            noted_in = row.number
    return AuditVerdict(noted is None or noted_in is not None, count, None, previous if count else None, noted_in)


def last_hash(connection: Connection) -> str | None:
    """The hash of the last row, to be noted elsewhere; None for an empty log."""
    return connection.execute(select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)).scalar()


def latest(connection: Connection, limit: int) -> list[AuditRow]:
    """The latest rows, latest first."""
    rows = connection.execute(select(audit).order_by(audit.c.number.desc()).limit(limit))
    return [AuditRow(**row._mapping) for row in rows]
