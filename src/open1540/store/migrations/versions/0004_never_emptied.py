"""PostgreSQL can empty a table without deleting a row; the guards refuse that too."""

from alembic import op

revision = "0004"
down_revision = "0003"

APPEND_ONLY = ("judgements", "audit", "matrix_versions", "matrix_steps", "matrix_comments")


def upgrade() -> None:
    """Add the guards."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )
