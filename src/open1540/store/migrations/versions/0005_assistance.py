"""Assistance: requests, offers, activities, feedback and plans; the steps requests take."""

from alembic import op

from open1540.store.schema import assistance_records, assistance_steps, metadata

revision = "0005"
down_revision = "0004"

TABLES = [assistance_records, assistance_steps]


def upgrade() -> None:
    """Create the tables and the guards that let them only be added to."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=TABLES)
    for table in (known.name for known in TABLES):
        if connection.dialect.name == "sqlite":
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN "
                    f"SELECT RAISE(ABORT, '{table} is only ever added to'); END"
                )
        else:
            for name, change, each in (
                ("only_added_to", "UPDATE OR DELETE", "ROW"),
                ("never_emptied", "TRUNCATE", "STATEMENT"),
            ):
                op.execute(
                    f"CREATE TRIGGER {table}_{name} BEFORE {change} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION only_added_to()"
                )
