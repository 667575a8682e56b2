"""The tables, the same on SQLite and PostgreSQL."""

from sqlalchemy import (
    Boolean,
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
    Column("author", String(32), comment="State or body whose words it carries, where known"),
    Column("kept_at", String(32), nullable=False),
    Column("reader", String(32), nullable=False, comment="version of open1540 that read it"),
    Column("shown_to", String(16), nullable=False, server_default="members", comment="everyone, members, or a State"),
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

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(120), nullable=False, unique=True, comment="as typed to sign in, in small letters"),
    Column("role", String(32), nullable=False),
    Column("state", String(3), comment="the State a point of contact acts for"),
    Column("password", Text, comment="argon2id; none where another service knows the person"),
    Column("subject", Text, unique=True, comment="issuer and subject of OpenID Connect"),
    Column("active", Boolean, nullable=False),
    Column("made_at", String(40), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True, comment="sha256 of what the browser holds"),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("began", String(40), nullable=False),
    Column("seen", String(40), nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("key", String(64), primary_key=True, comment="sha256 of a link that sets a password once"),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), comment="none: makes the first administrator"),
    Column("ends", String(40), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("key", String(64), nullable=False, unique=True, comment="sha256 of the token"),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False, comment="with blanks between"),
    Column("made_at", String(40), nullable=False),
    Column("ends", String(40), nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("address", String(64), nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("batch", String(16), nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("shown_to", String(16), nullable=False),
    Column("state", String(3)),
    Column("language", String(2)),
    Column("status", String(16), nullable=False, index=True, comment="waiting, reading, kept, refused"),
    Column("told", Text, nullable=False, comment="why it was refused, as JSON"),
    Column("document_id", String(16)),
    Column("at", String(40), nullable=False),
    Column("tries", Integer, nullable=False, comment="how often its reading was begun"),
    Column("held_until", String(40), comment="while it is read; renewed by the server that reads it"),
    Column("raw", LargeBinary, comment="until it is read"),
)

hooks = Table(
    "hooks",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False, comment="signs what is sent; the receiver has it too"),
    Column("events", Text, nullable=False, comment="with blanks between"),
    Column("made_at", String(40), nullable=False),
    Column("after", Integer, nullable=False, comment="number of the last line of the log it was told of"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("hook_id", ForeignKey("hooks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try", String(40), index=True, comment="none: delivered or given up"),
    Column("delivered", Boolean, nullable=False),
    Column("told", Text, nullable=False, comment="what the receiver last answered"),
)

assistance_records = Table(
    "assistance_records",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False, index=True, comment="request, offer, activity, feedback, plan"),
    Column("state", String(3), comment="the State it belongs to, where it does"),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("record", Text, nullable=False, comment="the record as JSON"),
)

assistance_steps = Table(
    "assistance_steps",
    metadata,
    Column("request", String(32), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("step", String(32), nullable=False),
    Column("taken", Text, nullable=False, comment="the step taken as JSON"),
)

# What is only ever added to; the databases themselves refuse to change it.
APPEND_ONLY = (
    "judgements",
    "audit",
    "matrix_versions",
    "matrix_steps",
    "matrix_comments",
    "assistance_records",
    "assistance_steps",
)
# Order in which an archive is written and restored, so that references find their targets.
ARCHIVED = (
    documents,
    passages,
    claims,
    judgements,
    audit,
    matrix_versions,
    matrix_steps,
    matrix_comments,
    accounts,
    assistance_records,
    assistance_steps,
)
# Tables whose ids the database counts itself.
COUNTED = ("passages", "judgements", "matrix_steps", "matrix_comments")
