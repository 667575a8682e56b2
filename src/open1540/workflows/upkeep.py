"""The audit log and the safe-keeping of records."""

import datetime as dt
from pathlib import Path

from open1540.store import AuditRow, AuditVerdict, BackupSummary, DocumentRow
from open1540.workflows.database import opened

__all__ = [
    "AuditRow",
    "AuditVerdict",
    "BackupSummary",
    "DocumentRow",
    "audit_log",
    "backup",
    "changes",
    "kept_documents",
    "restore",
    "today",
    "verify_audit",
]


def kept_documents(*, database_url: str | None) -> tuple[DocumentRow, ...]:
    """Documents kept, latest first."""
    with opened(database_url) as store:
        return tuple(store.documents())


def audit_log(*, database_url: str | None, limit: int = 100) -> tuple[AuditRow, ...]:
    """The latest rows of the audit log, latest first."""
    with opened(database_url) as store:
        return tuple(store.audit(limit=limit))


def changes(*, database_url: str | None) -> int:
    """Number of the last change of the records: what was worked out at the same number still holds."""
    with opened(database_url) as store:
        return store.changes()


def today() -> dt.date:
    """The day questions are asked on where they name none."""
    return dt.date.today()


def verify_audit(*, database_url: str | None, noted: str | None = None) -> AuditVerdict:
    """Whether every row of the log still carries the hash of the one before it, and the log still holds the hash noted."""
    with opened(database_url) as store:
        return store.verify_audit(noted)


def backup(path: Path, *, database_url: str | None) -> BackupSummary:
    """Write every record to one archive that restores into SQLite or PostgreSQL alike."""
    with opened(database_url) as store:
        return store.backup(path)


def restore(path: Path, *, database_url: str | None, replace_for: str | None = None) -> BackupSummary:
    """Bring an archive back; for the user named also in place of what is there, which the log of the archive then tells.

    Raises BadInput where it is damaged, or the store is not empty and nobody is named.
    """
    with opened(database_url) as store:
        return store.restore(path, replace_for)
