"""The workbench: accounts and how they sign in, files waiting to be read, who is told; a document's author and readers."""

import zlib

import msgspec
from alembic import op
from sqlalchemy import Connection, inspect, select, update

from open1540.documents.reading import Reading
from open1540.store.authors import author
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
    """Create the tables; a document kept before is shown to members only, its author is read from what was read."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=TABLES)
    # A new database has been made from the present schema, the columns included.
    known = {column["name"] for column in inspect(connection).get_columns("documents")}
    if "shown_to" not in known:
        op.add_column("documents", documents.c.shown_to.copy())
    if "author" not in known:
        op.add_column("documents", documents.c.author.copy())
        _find_authors(connection)


def _find_authors(connection: Connection) -> None:
    for document_id in connection.execute(select(documents.c.id)).scalars().all():
        of_document = documents.c.id == document_id
        packed = connection.execute(select(documents.c.reading).where(of_document)).scalar_one()
        reading = msgspec.json.decode(zlib.decompress(bytes(packed)), type=Reading)
        connection.execute(update(documents).where(of_document).values(author=author(reading)))
