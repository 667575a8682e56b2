"""The records of this installation: documents, passages, claims, judgements, and the log of every change.

Records come in and go out as they are; SQLite and PostgreSQL hold the same schema and pass the same tests.
Who may do what is decided in workflows; what a record means, in the rooms below.
"""

from open1540.store.accounts import Account, Token
from open1540.store.archive import BackupSummary
from open1540.store.audit import AuditRow, AuditVerdict
from open1540.store.engine import open_engine
from open1540.store.figures import Figures, ReadingSize
from open1540.store.hooks import Delivery, Hook, Sending
from open1540.store.log import LogAsked, Seen
from open1540.store.records import DocumentRow, Found, Saved, StoredClaim
from open1540.store.store import Store, claim_id
from open1540.store.uploads import Upload, UploadStatus

__all__ = [
    "Account",
    "AuditRow",
    "AuditVerdict",
    "BackupSummary",
    "Delivery",
    "DocumentRow",
    "Figures",
    "Found",
    "Hook",
    "LogAsked",
    "ReadingSize",
    "Saved",
    "Seen",
    "Sending",
    "Store",
    "StoredClaim",
    "Token",
    "Upload",
    "UploadStatus",
    "claim_id",
    "open",
]


def open(url: str, *, pooled: bool = False) -> Store:
    """The store at a SQLite file or a PostgreSQL URL, created or brought up to this version's schema.

    ``pooled`` keeps connections for the many threads of a server.

    Raises BadInput where the URL names no database, or one made by a newer version.
    """
    return Store(open_engine(url, pooled=pooled))
