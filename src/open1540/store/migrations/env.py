"""Runs migrations on the connection the store has opened."""

from alembic import context

from open1540.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
