"""Brings a database up to this version's schema, or says that it is of a newer one."""

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, text

from open1540.vocabulary import BadInput

# One process at a time; this number names the lock in PostgreSQL. On SQLite the writer's turn is the lock.
SCHEMA_LOCK = 15400001


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all or none. Raises BadInput where a newer version made the database."""
    with as_file(files("open1540.store") / "migrations") as folder, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"))
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            newest = ScriptDirectory.from_config(config).get_current_head()
            raise BadInput(
                f"a database of another version ({error})",
                expected=f"schema {newest} or older",
                where=engine.url.render_as_string(hide_password=True),
                remedy="use the newer open1540 that made it",
            ) from error
