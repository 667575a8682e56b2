"""The store itself: what is kept, found, judged and given back."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

import open1540
from open1540.documents.reading import Reading
from open1540.store import archive, audit, restoring, schema, search
from open1540.store.accounts import SIGNED_IN, Accounts
from open1540.store.archive import BackupSummary
from open1540.store.assistance import Assistance
from open1540.store.audit import AuditRow, AuditVerdict
from open1540.store.authors import author
from open1540.store.characters import storable
from open1540.store.engine import one_moment, writing
from open1540.store.figures import Counting
from open1540.store.hooks import Hooks
from open1540.store.judgements import Judgements, latest_judgements
from open1540.store.log import Log
from open1540.store.matrices import Matrices
from open1540.store.records import DocumentRow, Found, Saved, StoredClaim
from open1540.store.uploads import Upload, Uploads, end_upload
from open1540.vocabulary import Claim, UnknownCode

_ROW = [schema.documents.c[field] for field in DocumentRow.__struct_fields__]


class Store(Judgements, Matrices, Assistance, Accounts, Log, Counting, Hooks, Uploads):
    """The records of one database. Every change is one transaction that also writes its line to the log."""

    def __init__(self, engine: Engine) -> None:
        """Keep an engine on an up-to-date schema; ``open1540.store.open`` makes one."""
        self._engine, self._writer = engine, writing(engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def save_reading(self, data: bytes, reading: Reading, by: str, shown_to: str = "members") -> Saved:
        """Keep a document with its passages and claims, to be shown to ``everyone``, to ``members`` or to one State.

        The same file is kept once, under its first name: another reading of it (a newer reader, another language or State
        given) replaces the earlier one. Claims that people judged or an assistant proposed stay, and the log says so.
        """
        with self._writer.begin() as connection:
            return _keep(connection, data, reading, by, shown_to)

    def keep_upload(self, upload: Upload, data: bytes, reading: Reading) -> Saved | None:
        """Keep what was read from a file given to the server, and that it was; None where another reader took it meanwhile."""
        with self._writer.begin() as connection:
            if not end_upload(connection, upload, "kept", document_id=reading.sha256[:16]):
                return None
            return _keep(connection, data, reading, upload.by, upload.shown_to)

    def add_claims(self, document_id: str, claims: Iterable[Claim], by: str) -> int:
        """Add further claims to a kept document; those it has already are left as they are. Returns how many were new."""
        with self._writer.begin() as connection:
            added = _insert_claims(connection, document_id, tuple(claims))
            audit.record(connection, by, "claims proposed", document_id, str(added))
        return added

    def show_document(self, document_id: str, shown_to: str, by: str) -> None:
        """Keep whom a document is shown to from now on. Raises UnknownCode where there is none of this id."""
        with self._writer.begin() as connection:
            of_document = schema.documents.c.id == document_id
            if not connection.execute(update(schema.documents).where(of_document).values(shown_to=shown_to)).rowcount:
                raise _unknown("document", document_id, "open1540 documents")
            audit.record(connection, by, "document shown", document_id, shown_to)

    def changes(self) -> int:
        """Number of the last change of the records on the log; signing in changes none."""
        log = schema.audit
        last = select(log.c.number).where(log.c.action != SIGNED_IN).order_by(log.c.number.desc()).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(last).scalar() or 0

    def documents(self) -> list[DocumentRow]:
        """Kept documents, latest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_ROW).order_by(schema.documents.c.kept_at.desc()))
            return [DocumentRow(*row) for row in rows]

    def document(self, document_id: str) -> DocumentRow | None:
        """A kept document; None where there is none of this id."""
        with self._engine.connect() as connection:
            row = connection.execute(select(*_ROW).where(schema.documents.c.id == document_id)).first()
        return DocumentRow(*row) if row else None

    def documents_with_symbols(self, symbols: Iterable[str]) -> list[DocumentRow]:
        """Kept documents that bear one of the symbols, latest first."""
        of_symbols = select(*_ROW).where(schema.documents.c.symbol.in_(tuple(symbols)))
        with self._engine.connect() as connection:
            rows = connection.execute(of_symbols.order_by(schema.documents.c.kept_at.desc()))
            return [DocumentRow(*row) for row in rows]

    def document_of_claim(self, claim_id: str) -> str | None:
        """Id of the document a claim was read in; None where there is no such claim."""
        with self._engine.connect() as connection:
            return connection.execute(
                select(schema.claims.c.document_id).where(schema.claims.c.id == claim_id)
            ).scalar()

    def reading(self, document_id: str) -> Reading:
        """What was read from a kept document. Raises UnknownCode where there is none of this id."""
        return msgspec.json.decode(self.reading_json(document_id), type=Reading)

    def reading_json(self, document_id: str) -> bytes:
        """What was read, as JSON, for whoever wants a part of it only."""
        return zlib.decompress(self.reading_packed(document_id))

    def reading_packed(self, document_id: str) -> bytes:
        """What was read as it is kept, by which a reading worked out before is known to be still the same."""
        return self._column(document_id, "reading")

    def raw(self, document_id: str) -> bytes:
        """The file itself, byte for byte."""
        content: bytes = self._column(document_id, "raw")
        return content

    def _column(self, document_id: str, column: str) -> bytes:
        with self._engine.connect() as connection:
            found = connection.execute(
                select(schema.documents.c[column]).where(schema.documents.c.id == document_id)
            ).scalar()
        if found is None:
            raise _unknown("document", document_id, "open1540 documents")
        return bytes(found)

    def claims(self, document_id: str | None = None) -> list[StoredClaim]:
        """Claims of one document or of all, in text order, each with its latest judgement."""
        query = select(schema.claims).order_by(schema.claims.c.document_id, schema.claims.c.start, schema.claims.c.id)
        if document_id is not None:
            query = query.where(schema.claims.c.document_id == document_id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            latest = latest_judgements(connection, None if document_id is None else [row.id for row in rows])
            return [
                StoredClaim(row.id, row.document_id, msgspec.json.decode(row.claim, type=Claim), latest.get(row.id))
                for row in rows
            ]

    def search(
        self,
        phrases: Sequence[str],
        languages: Iterable[str] | None = None,
        limit: int = 50,
        among: Set[str] | None = None,
    ) -> list[Found]:
        """Passages that hold any of the phrases, in all documents or in those of the ids ``among``."""
        with self._engine.connect() as connection:
            return search.search(connection, phrases, languages, limit, among)

    def audit(self, limit: int = 100) -> list[AuditRow]:
        """The latest changes, latest first."""
        with self._engine.connect() as connection:
            return audit.latest(connection, limit)

    def verify_audit(self, noted: str | None = None) -> AuditVerdict:
        """Whether the log is whole, and still holds the line whose hash was noted earlier."""
        with self._engine.connect() as connection:
            return audit.verify(connection, noted)

    def backup(self, path: Path) -> BackupSummary:
        """Write every record, as of one moment, to an archive that restores into either engine."""
        with one_moment(self._engine).connect() as connection:
            return archive.write(connection, path)

    def restore(self, path: Path, replace_for: str | None = None) -> BackupSummary:
        """Bring an archive back into an empty store; or, for the user named, in place of what is there, on the log."""
        return restoring.restore(self._writer, path, replace_for)


def claim_id(sha256: str, claim: Claim) -> str:
    """The id of a claim: the same passage of the same file for the same State and fields keeps its id for ever."""
    key = [
        sha256,
        claim.state,
        sorted(claim.fields),
        claim.article,
        claim.start,
        claim.end,
        claim.proposed_by,
    ]
    return hashlib.sha256(msgspec.json.encode(key)).hexdigest()[:16]


def _keep(connection: Connection, data: bytes, reading: Reading, by: str, shown_to: str) -> Saved:
    document_id = reading.sha256[:16]
    kept = select(schema.documents.c.name, schema.documents.c.reading).where(schema.documents.c.id == document_id)
    known = connection.execute(kept).first()
    if known is None:
        _insert_document(connection, document_id, data, reading, shown_to)
    elif bytes(known.reading) != _packed(same := msgspec.structs.replace(reading, name=known.name)):
        _replace_reading(connection, document_id, same)
    action = "document kept" if known is None else "document read again"
    audit.record(connection, by, action, document_id, reading.name)
    return Saved(document_id, known is None)


def _insert_document(connection: Connection, document_id: str, data: bytes, reading: Reading, shown_to: str) -> None:
    connection.execute(
        insert(schema.documents).values(
            id=document_id,
            sha256=reading.sha256,
            name=reading.name,
            kept_at=dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            raw=data,
            shown_to=shown_to,
            **_read_of(reading),
        )
    )
    _insert_parts(connection, document_id, reading)


def _replace_reading(connection: Connection, document_id: str, reading: Reading) -> None:
    subject = schema.judgements.c.subject
    judged = select(subject).where((subject == schema.claims.c.id) | subject.startswith(schema.claims.c.id + ":"))
    superseded = (schema.claims.c.proposed_by == "rules") & ~judged.exists()
    connection.execute(delete(schema.passages).where(schema.passages.c.document_id == document_id))
    connection.execute(delete(schema.claims).where(schema.claims.c.document_id == document_id, superseded))
    connection.execute(update(schema.documents).where(schema.documents.c.id == document_id).values(**_read_of(reading)))
    _insert_parts(connection, document_id, reading)


def _read_of(reading: Reading) -> dict[str, object]:
    """What a reading says of its document as a whole."""
    head = reading.document
    return {
        "kind": head.kind,
        "symbol": head.symbol,
        "language": head.language,
        "date": head.date,
        "title": head.title,
        "author": author(reading),
        "reader": open1540.__version__,
        "reading": _packed(reading),
    }


def _insert_parts(connection: Connection, document_id: str, reading: Reading) -> None:
    passages = [
        {
            "document_id": document_id,
            "position": position,
            "number": paragraph.number,
            "kind": paragraph.kind,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": storable(paragraph.text),
            "searched": search.folded(storable(paragraph.text)),
        }
        for position, paragraph in enumerate(reading.paragraphs)
    ]
    if passages:
        connection.execute(insert(schema.passages), passages)
    _insert_claims(connection, document_id, reading.claims, reading.sha256)


def _insert_claims(connection: Connection, document_id: str, claims: Sequence[Claim], sha256: str | None = None) -> int:
    if sha256 is None:
        sha256 = connection.execute(
            select(schema.documents.c.sha256).where(schema.documents.c.id == document_id)
        ).scalar()
        if sha256 is None:
            raise _unknown("document", document_id, "open1540 documents")
    rows = {
        claim_id(sha256, claim): {
            "document_id": document_id,
            "state": claim.state,
            "proposed_by": claim.proposed_by,
            "start": claim.start,
            "claim": storable(msgspec.json.encode(claim).decode()),
        }
        for claim in claims
    }
    if not rows:
        return 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(schema.claims).on_conflict_do_nothing(index_elements=["id"])
    before = connection.execute(select(schema.claims.c.id).where(schema.claims.c.id.in_(rows))).scalars().all()
    connection.execute(statement, [{"id": key, **row} for key, row in rows.items()])
    return len(rows) - len(before)


def _packed(reading: Reading) -> bytes:
    return zlib.compress(msgspec.json.encode(reading), 6)


def _unknown(what: str, key: str, command: str) -> UnknownCode:
    return UnknownCode(
        f"{what} {key!r}",
        expected=f"the id of a kept {what}",
        where="store",
        remedy=f"run `{command}` for the ids",
    )
