"""The tables, the same on SQLite and PostgreSQL."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True, comment="first half of the file's sha256"),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("symbol", Text),
    Column("language", String(2), nullable=False),
    Column("date", String(10)),
    Column("title", Text),
    Column("kept_at", String(32), nullable=False),
    Column("reader", String(32), nullable=False, comment="version of open1540 that read it"),
    Column("raw", LargeBinary, nullable=False),
    Column("reading", LargeBinary, nullable=False, comment="the Reading as compressed JSON"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("number", Text),
    Column("kind", String(16), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("searched", Text, nullable=False, comment="the text folded for searching"),
    UniqueConstraint("document_id", "position"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", String(3), index=True),
    Column("proposed_by", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("claim", Text, nullable=False, comment="the Claim as JSON"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("judgement", Text, nullable=False, comment="the Judgement as JSON"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)

# What is only ever added to; the databases themselves refuse to change it.
APPEND_ONLY = ("judgements", "audit")
# Order in which an archive is written and restored, so that references find their targets.
ARCHIVED = (documents, passages, claims, judgements, audit)
