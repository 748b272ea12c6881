"""The desk's database: opened, made if there is none, and refused if it is not ours."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from align.desk.tables import SCHEMA, about, metadata
from align.errors import ConfigError

PATIENCE_SECONDS = 30.0
"""How long a writer waits for another; a transaction takes some milliseconds."""

POSTGRES = "postgresql+psycopg"

_QUEUE = "queue"


def open_store(database: str) -> Engine:
    """Open a database, and make its tables if it has none.

    Args:
        database: A path, for SQLite, or a URL as SQLAlchemy knows them.

    Raises:
        ConfigError: It cannot be opened, or holds something else, or a newer desk's tables.
    """
    url = _url(database)
    shown = url.render_as_string(hide_password=True)
    try:
        engine = _engine(url)
        _prepare(engine, shown)
    except (SQLAlchemyError, OSError) as error:
        raise ConfigError(
            f"The desk's database cannot be opened: {_reason(error)}.",
            where=shown,
            fix="Give --database a file in a folder that exists, or postgresql://USER@HOST/NAME.",
        ) from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that writes, and end it durably when the block ends."""
    queue = engine.get_execution_options().get(_QUEUE) or nullcontext()
    with queue, engine.execution_options(writes=True).begin() as connection:
        yield connection


def _url(database: str) -> URL:
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).absolute()))
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:
        raise ConfigError("The database is no path and no URL.", where="--database") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername=POSTGRES)
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ConfigError(
            f"The desk keeps its decisions in SQLite or PostgreSQL, not {url.drivername}.",
            where="--database",
        )
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        # One file has one writer at a time. SQLite lets the others look again after longer and
        # longer naps, and whoever comes by then goes first: of fifty that decided at once, some
        # waited ten times as long as most. Writers of one process therefore stand in a queue, and
        # only those of another one are met with patience.
        engine = create_engine(
            url,
            connect_args={"timeout": PATIENCE_SECONDS},
            execution_options={_QUEUE: Lock()},
        )
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_size=20, max_overflow=20, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ConfigError(
            "PostgreSQL needs a library that is not installed.",
            where="--database",
            fix='Run: pip install "veralign[desk,postgres]"',
        ) from error


def _tune_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - as the driver has it
    # Python would begin transactions by itself, and only before the first change: two that had
    # read before they write could then not both go on.
    connection.isolation_level = None
    # Readers do not wait for writers; and a decision is on the disk before it is answered.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(engine: Engine, shown: str) -> None:
    with writing(engine) as connection:
        names = set(inspect(connection).get_table_names())
        if not names & set(metadata.tables):
            metadata.create_all(connection)
            connection.execute(insert(about).values(name="schema", value=str(SCHEMA)))
            return
        found = None
        if about.name in names:
            found = connection.scalar(select(about.c.value).where(about.c.name == "schema"))
    if found != str(SCHEMA):
        told = f"version {found}" if found else "none that it knows"
        raise ConfigError(
            f"The database's tables are of another desk: {told}, and this one needs {SCHEMA}.",
            where=shown,
            fix="Use the veralign that made it, or give --database another name.",
        )


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, OperationalError) and error.orig else error
    return " ".join(str(cause).split()).rstrip(".")
