"""The workbench: accounts and how they sign in, files waiting to be read, who is told; whom a document is shown to."""

from alembic import op
from sqlalchemy import inspect

from open1540.store.schema import (
    accounts,
    attempts,
    deliveries,
    documents,
    hooks,
    keys,
    metadata,
    sessions,
    tokens,
    uploads,
)

revision = "0003"
down_revision = "0002"

TABLES = [accounts, sessions, keys, tokens, attempts, uploads, hooks, deliveries]


def upgrade() -> None:
    """Create the tables; a document kept before is shown to members only."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=TABLES)
    # A new database has been made from the present schema, the column included.
    if "shown_to" not in {column["name"] for column in inspect(connection).get_columns("documents")}:
        op.add_column("documents", documents.c.shown_to.copy())
