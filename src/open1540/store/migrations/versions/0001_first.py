"""The first schema: documents, passages, claims, judgements, audit, and what refuses changes to the last two."""

from alembic import op

from open1540.store.schema import audit, claims, documents, judgements, metadata, passages

revision = "0001"
down_revision = None

TABLES = [documents, passages, claims, judgements, audit]
APPEND_ONLY = ("judgements", "audit")


def upgrade() -> None:
    """Create the tables, the search index of this engine, and the guards of what is only added to."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=TABLES)
    if connection.dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE trigrams USING fts5(searched, content='passages', content_rowid='id', tokenize='trigram')"
    )
    op.execute(
        "CREATE TRIGGER trigrams_added AFTER INSERT ON passages BEGIN "
        "INSERT INTO trigrams(rowid, searched) VALUES (new.id, new.searched); END"
    )
    op.execute(
        "CREATE TRIGGER trigrams_removed AFTER DELETE ON passages BEGIN "
        "INSERT INTO trigrams(trigrams, rowid, searched) VALUES ('delete', old.id, old.searched); END"
    )
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )


def _postgresql() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE INDEX passages_trigrams ON passages USING gin (searched gin_trgm_ops)")
    op.execute(
        "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION only_added_to()"
        )
