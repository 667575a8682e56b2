"""Opens the database: its URL, its settings, and its schema brought up to date."""

from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from open1540.vocabulary import BadInput, JobFailed

BUSY_MILLISECONDS = 30_000


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
        if not _up_to_date(engine):
            # Migrations load a library of their own; only a database that needs them waits for it.
            from open1540.store.upgrading import upgrade

            upgrade(writing(engine))
    except DatabaseError as error:
        raise _unusable(parsed, error) from error
    event.listen(engine, "handle_error", _failed)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that change something."""
    return engine.execution_options(writes=True)


def one_moment(engine: Engine) -> Engine:
    """The same engine for reading several tables as they stand at one moment, whatever others write meanwhile."""
    # A transaction on SQLite sees one moment anyway.
    return (
        engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else engine
    )


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


def _up_to_date(engine: Engine) -> bool:
    """Whether the database has the newest schema: asked as a reader, so that no writer is waited for."""
    newest = max(file.name[:4] for file in (files("open1540.store") / "migrations" / "versions").iterdir())
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest


def _failed(context: ExceptionContext) -> None:
    """A full disk, a lost server or another writer's long turn stops the job; what was refused as wrong goes its way."""
    if type(context.sqlalchemy_exception) in (OperationalError, DatabaseError):
        raise JobFailed(
            f"a database that stopped answering ({_first_line(context.original_exception)})",
            expected="a database that can be read and written",
            where=context.engine.url.render_as_string(hide_password=True) if context.engine else "store",
            remedy="check the disk or the server and run the command again; nothing was stored half",
        ) from context.original_exception


def _unknown(url: str) -> BadInput:
    return BadInput(
        f"database URL {url!r}",
        expected="a path, sqlite:///FILE or postgresql://USER@HOST/NAME",
        where="--database-url",
        remedy="give one of these forms",
    )


def _unusable(url: URL, error: DatabaseError) -> BadInput:
    return BadInput(
        f"a database that cannot be used ({_first_line(error.orig)})",
        expected="a SQLite file of open1540, or a PostgreSQL database you may write to",
        where=url.render_as_string(hide_password=True),
        remedy="check the path or address and your permissions, then run the command again",
    )


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]
