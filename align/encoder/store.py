"""A bounded store of what has been computed, by content, that several processes may share.

Entries are bytes under digests; nothing of a text itself is kept. Each has a checksum that covers
its key, and what fails it is dropped, as is a file that is no database: a store is never trusted,
only asked, and whoever asks can do without.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Row = tuple[bytes, bytes, int, int]
"""A key, its checked value, the size of that, and when it was used."""

_WAIT_SECONDS = 5.0
_CHECK = 16
_KEPT_SHARE = 0.8
"""What remains after entries had to go, so that the next one does not make others go at once."""
_RUN_SHARE = 0.5
"""Most of the store that one process fills: a corpus that does not fit would drop all else."""
_MEGABYTE = 1_000_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB, size INTEGER, used INTEGER);
CREATE INDEX IF NOT EXISTS by_use ON entries (used, size);
"""


class Store:
    """Entries in one SQLite file, the longest unused of which go first when there are too many."""

    def __init__(self, path: Path, size_mb: float) -> None:
        """Name the file, which is made on first use, and the most that its entries may take."""
        self._path = path
        self._limit = int(size_mb * _MEGABYTE)
        self._written = 0

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the entries that are there and sound."""
        wanted = list(dict.fromkeys(keys))
        if not self._path.exists():
            return {}
        rows = self._with_database(lambda database: _read(database, wanted), [])
        found, damaged = {}, []
        for key, value in rows:
            if isinstance(value, bytes) and _check(key, value[_CHECK:]) == value[:_CHECK]:
                found[key] = value[_CHECK:]
            else:
                damaged.append((key,))
        if damaged:
            log.info("%d entries of %s are damaged and dropped.", len(damaged), self._path)
            self._with_database(lambda database: _drop(database, damaged), None)
        return found

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Add entries, and let others go if there are too many."""
        rows = []
        now = int(time.time())
        for key, value in entries.items():
            self._written += len(value)
            if self._written > _RUN_SHARE * self._limit:
                break
            rows.append((key, _check(key, value) + value, len(value), now))
        if rows:
            self._with_database(lambda database: _write(database, rows, self._limit), None)

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and their bytes."""
        return self._with_database(_size, (0, 0)) if self._path.exists() else (0, 0)

    def _with_database(
        self, work: Callable[[sqlite3.Connection], Result], without: Result
    ) -> Result:
        """Do something in one transaction; what goes wrong with the file is nobody's error."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as database:
                database.execute("PRAGMA journal_mode = WAL")
                # A lost entry is computed again: not worth waiting for the disk.
                database.execute("PRAGMA synchronous = OFF")
                database.executescript(_SCHEMA)
                with database:
                    return work(database)
        except (sqlite3.OperationalError, OSError) as error:
            log.info("The store %s cannot be used now: %s.", self._path, error)
        except sqlite3.DatabaseError as error:
            log.info("The store %s is damaged and removed: %s.", self._path, error)
            remove(self._path)
        return without


def remove(path: Path) -> None:
    """Remove a store's file and those that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _read(database: sqlite3.Connection, keys: Iterable[bytes]) -> list[tuple[bytes, object]]:
    rows = []
    for key in keys:
        row = database.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
        if row is not None:
            rows.append((key, row[0]))
    used = [(int(time.time()), key) for key, _ in rows]
    database.executemany("UPDATE entries SET used = ? WHERE key = ?", used)
    return rows


def _write(database: sqlite3.Connection, rows: Sequence[Row], limit: int) -> None:
    database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
    total = _size(database)[1]
    if total <= limit:
        return
    excess = total - int(_KEPT_SHARE * limit)
    going = []
    for key, size in database.execute("SELECT key, size FROM entries ORDER BY used"):
        if excess <= 0:
            break
        excess -= size
        going.append((key,))
    _drop(database, going)


def _drop(database: sqlite3.Connection, keys: Sequence[tuple[bytes]]) -> None:
    database.executemany("DELETE FROM entries WHERE key = ?", keys)


def _size(database: sqlite3.Connection) -> tuple[int, int]:
    found = database.execute("SELECT count(*), coalesce(sum(size), 0) FROM entries").fetchone()
    return int(found[0]), int(found[1])


def _check(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + value, digest_size=_CHECK).digest()
