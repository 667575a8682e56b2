"""The matrix: versions, their steps, comments; and room for the ids of proposals among the judgements."""

from alembic import op

from open1540.store.schema import matrix_comments, matrix_steps, matrix_versions, metadata

revision = "0002"
down_revision = "0001"

TABLES = [matrix_versions, matrix_steps, matrix_comments]


def upgrade() -> None:
    """Create the tables and the guards that let them only be added to."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=TABLES)
    if connection.dialect.name == "postgresql":
        # SQLite holds no text to a length.
        op.execute("ALTER TABLE judgements ALTER COLUMN subject TYPE VARCHAR(200)")
    for table in (known.name for known in TABLES):
        if connection.dialect.name == "sqlite":
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN "
                    f"SELECT RAISE(ABORT, '{table} is only ever added to'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION only_added_to()"
            )
