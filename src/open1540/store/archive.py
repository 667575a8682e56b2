"""The archive of a backup: one zip of JSON lines that either engine can write and read.

An archive is checked as a whole before a single record is touched: its members, their sizes and their hashes.
"""

import base64
import hashlib
import zipfile
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Table, select

from open1540.store import audit
from open1540.store.schema import ARCHIVED
from open1540.vocabulary import BadInput

FORMAT = "open1540-archive-1"
MANIFEST = "manifest.json"
# Tables of the archives of earlier versions: before the matrix was kept, before there were accounts, and before assistance.
FIRST_TABLES = {"documents", "passages", "claims", "judgements", "audit"}
WITH_MATRIX = FIRST_TABLES | {"matrix_versions", "matrix_steps", "matrix_comments"}
WITH_ACCOUNTS = WITH_MATRIX | {"accounts"}
# No archive of open1540 is larger than this once unpacked.
MAX_UNPACKED = 50_000_000_000
MAX_MANIFEST = 1_000_000
CHUNK = 1 << 20


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


class Manifest(msgspec.Struct, frozen=True):
    """What an archive says of itself."""

    format: str
    tables: dict[str, _Member]
    last_hash: str | None = None

    def summary(self, path: Path) -> BackupSummary:
        """What the archive at a path holds."""
        return BackupSummary(str(path), {name: member.rows for name, member in self.tables.items()}, self.last_hash)


def write(connection: Connection, path: Path) -> BackupSummary:
    """Write an archive beside its place and move it there when it is complete."""
    partial = path.with_name(path.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            members = {table.name: _write_table(connection, archive, table) for table in ARCHIVED}
            manifest = Manifest(FORMAT, members, audit.last_hash(connection))
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


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> _Member:
    digest, rows, size = hashlib.sha256(), 0, 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            line = msgspec.json.encode({name: _out(value) for name, value in row.items()}) + b"\n"
            member.write(line)
            digest.update(line)
            rows, size = rows + 1, size + len(line)
    return _Member(rows, digest.hexdigest(), size)


def checked(path: Path) -> Manifest:
    """The manifest of an archive that is whole. Raises BadInput for any other file."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename: info for info in archive.infolist()}
            with archive.open(names[MANIFEST]) as handle:
                manifest = msgspec.json.decode(handle.read(MAX_MANIFEST), type=Manifest)
            all_tables = {table.name for table in ARCHIVED}
            earlier = (FIRST_TABLES, WITH_MATRIX, WITH_ACCOUNTS)
            tables = next((known for known in earlier if known == set(manifest.tables)), all_tables)
            expected = {MANIFEST, *(f"{name}.jsonl" for name in tables)}
            if set(manifest.tables) != tables:
                raise damaged(path, "a manifest that does not list every table")
            if manifest.format != FORMAT or set(names) != expected or len(names) != len(archive.infolist()):
                raise damaged(path, "members that do not belong to it")
            if sum(info.file_size for info in names.values()) > MAX_UNPACKED:
                raise damaged(path, "a size no archive of open1540 has")
            for table, member in manifest.tables.items():
                _check_member(archive, f"{table}.jsonl", member, path)
    except FileNotFoundError as error:
        raise damaged(path, "no such file") from error
    except (zipfile.BadZipFile, KeyError, msgspec.DecodeError, OSError, EOFError, ValueError) as error:
        raise damaged(path, f"a file that is no archive of open1540, or a damaged one ({error})") from error
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
        raise damaged(path, f"{name} with another content than its manifest says")


def _out(value: object) -> object:
    return base64.b64encode(bytes(value)).decode() if isinstance(value, bytes | memoryview) else value


def damaged(path: Path, found: str) -> BadInput:
    """The error for an archive that cannot be restored."""
    return BadInput(
        found,
        expected="a complete archive written by `open1540 backup`",
        where=str(path),
        remedy="use another copy; nothing was changed",
    )
