"""Opens the database: its URL, its settings, and its schema brought up to date."""

from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from open1540.vocabulary import BadInput, JobFailed

BUSY_MILLISECONDS = 30_000
# The schema is brought up to date by one process at a time; this number names that lock in PostgreSQL.
SCHEMA_LOCK = 15400001


def open_engine(url: str, *, pooled: bool = False) -> Engine:
    """An engine on an up-to-date schema; ``pooled`` where many threads ask at once, as in a server.

    Raises BadInput or JobFailed saying what is wrong with the database.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed)
    engine = create_engine(parsed, poolclass=QueuePool if pooled else NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
    try:
        _upgrade(engine)
    except (OperationalError, DatabaseError) as error:
        raise _unusable(parsed, error) from error
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that change something."""
    return engine.execution_options(writes=True)


def _parsed(url: str) -> URL:
    if "://" not in url:
        url = f"sqlite:///{url}"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _unknown(url) from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise _unknown(url)
    try:
        parsed.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError) as error:
        raise JobFailed(
            f"no driver for {parsed.drivername}",
            expected="the optional part `postgres`",
            where="installation",
            remedy="install open1540[postgres], or use a SQLite file",
        ) from error
    return parsed


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(
                f"a folder that cannot be made ({error.strerror})",
                expected="a place you may write to",
                where=url.database,
                remedy="choose another --database-url",
            ) from error


def _set_up_sqlite(connection: object, _: object) -> None:
    # Transactions are begun by us (BEGIN IMMEDIATE), so that a writer never works on what another is changing.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_on_sqlite(connection: Connection) -> None:
    # Readers never wait in write-ahead mode; a writer takes its turn at once, before it reads what it will change.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _upgrade(engine: Engine) -> None:
    with as_file(files("open1540.store") / "migrations") as folder, writing(engine).begin() as connection:
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
                where=str(engine.url.render_as_string(hide_password=True)),
                remedy="use the newer open1540 that made it",
            ) from error


def _unknown(url: str) -> BadInput:
    return BadInput(
        f"database URL {url!r}",
        expected="a path, sqlite:///FILE or postgresql://USER@HOST/NAME",
        where="--database-url",
        remedy="give one of these forms",
    )


def _unusable(url: URL, error: DatabaseError) -> BadInput:
    return BadInput(
        f"a database that cannot be used ({str(error.orig).strip().splitlines()[0]})",
        expected="a SQLite file of open1540, or a PostgreSQL database you may write to",
        where=url.render_as_string(hide_password=True),
        remedy="check the path or address and your permissions, then run the command again",
    )
