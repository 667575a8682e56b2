"""The tables, the same on SQLite and PostgreSQL."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
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
    Column("subject", String(200), nullable=False, index=True, comment="claim id, or proposal id: claim id:field"),
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

matrix_versions = Table(
    "matrix_versions",
    metadata,
    Column("state", String(3), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("template", String(64), nullable=False),
    Column("as_of", String(10), nullable=False, index=True),
    Column("made_at", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_from", Integer),
    Column("header", Text, nullable=False, comment="the Header as JSON"),
    Column("withheld", Text, nullable=False, comment="fields the State has not agreed to show, as JSON"),
    Column("entries", LargeBinary, nullable=False, comment="the entries as compressed JSON"),
)

matrix_steps = Table(
    "matrix_steps",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("state", String(3), nullable=False),
    Column("number", Integer, nullable=False),
    Column("step", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(["state", "number"], ["matrix_versions.state", "matrix_versions.number"]),
    UniqueConstraint("state", "number", "step"),
)

matrix_comments = Table(
    "matrix_comments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("state", String(3), nullable=False),
    Column("number", Integer, nullable=False),
    Column("comment", Text, nullable=False, comment="the Comment as JSON"),
    ForeignKeyConstraint(["state", "number"], ["matrix_versions.state", "matrix_versions.number"]),
    Index("matrix_comments_of", "state", "number"),
)

# What is only ever added to; the databases themselves refuse to change it.
APPEND_ONLY = ("judgements", "audit", "matrix_versions", "matrix_steps", "matrix_comments")
# Order in which an archive is written and restored, so that references find their targets.
ARCHIVED = (documents, passages, claims, judgements, audit, matrix_versions, matrix_steps, matrix_comments)
# Tables whose ids the database counts itself.
COUNTED = ("passages", "judgements", "matrix_steps", "matrix_comments")
