"""Whose turn it is to work on the queue: of all servers on one database, one at a time.

The turn is a lock that the operating system or PostgreSQL takes from a process that ends, however
it ends; so another server can go on at once, and never while the first one lives.
"""

from contextlib import suppress
from pathlib import Path
from typing import Protocol

import filelock
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

_KEY = 0x7665726C
"""What is locked in PostgreSQL, beside the name of the schema; others' locks have other numbers."""

_KEEPALIVE = {"idle": 20, "interval": 5, "count": 3}
"""Seconds, and tries, after which PostgreSQL takes the turn from a machine that has vanished."""


class Turn(Protocol):
    """The turn of one server. Only the thread that works on the queue asks for it."""

    def holds(self) -> bool:
        """Tell whether it is ours, still."""
        ...

    def take(self) -> bool:
        """Take it if nobody has it, and tell whether it is ours now."""
        ...

    def leave(self) -> None:
        """Let another server have it; nothing happens where it is not ours."""
        ...


def turn_on(engine: Engine) -> Turn:
    """Return the turn on a database, not yet taken."""
    if engine.dialect.name == "sqlite":
        return _FileTurn(Path(str(engine.url.database)))
    return _SessionTurn(engine)


class _FileTurn:
    """A locked file beside the database; the file itself stays, and says nothing."""

    def __init__(self, database: Path) -> None:
        # Two names of one database are one queue.
        real = database.resolve()
        self._lock = filelock.FileLock(real.with_name(f"{real.name}.turn"), timeout=0)

    def holds(self) -> bool:
        return self._lock.is_locked

    def take(self) -> bool:
        with suppress(filelock.Timeout):
            self._lock.acquire()
        return self._lock.is_locked

    def leave(self) -> None:
        self._lock.release()


class _SessionTurn:
    """An advisory lock of PostgreSQL, which lasts as long as a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def holds(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(select(1))
        except SQLAlchemyError:  # with the connection went the lock
            self.leave()
            return False
        return True

    def take(self) -> bool:
        opened = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        opened.detach()  # closing it ends the session, and gives it back to no pool
        try:
            for name, value in _KEEPALIVE.items():
                opened.execute(text(f"SET tcp_keepalives_{name} = {value}"))
            key = func.pg_try_advisory_lock(_KEY, func.hashtext(func.current_schema()))
            is_ours = bool(opened.scalar(select(key)))
        except SQLAlchemyError:
            opened.close()
            raise
        if is_ours:
            self._connection = opened
        else:
            opened.close()
        return is_ours

    def leave(self) -> None:
        opened, self._connection = self._connection, None
        if opened is not None:
            opened.close()
