"""The results of a batch while it runs: appended durably, resumable, put in order at the end."""

import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import filelock

from align.batch import places
from align.batch.outcome import Entry, entries, parse_entry, read_line
from align.errors import AlignError, ReadError

RESULTS = "results.jsonl"
"""The file of all lines, in the order of the manifest when the run is through."""

SYNC_SECONDS = 1.0
"""Lines go to the system one by one, and to the disk when the last time is so long ago: a process
that is killed loses none, a machine that loses power the last second's, which are done again."""

PART_LINES, PART_SECONDS = 200, 30.0
"""Size and age at which lines go to a store without appending, as a part of their own."""

log = logging.getLogger(__name__)

_LOCK, _NEW, _PARTS = ".veralign.lock", f".{RESULTS}.new", "parts"


class Results(Protocol):
    """Where the lines of a run go."""

    def known(self) -> Mapping[str, Entry]:
        """Return the entries that were there when it was opened, by their pairs."""

    def append(self, line: bytes) -> Entry:
        """Keep a line, whatever happens afterwards, and return its entry."""

    def finish(self, order: Iterable[str]) -> None:
        """Write the lines of these pairs, and of no others, in this order."""


@contextmanager
def opened(out: str) -> Iterator[Results]:
    """Open a folder of results for one run, which no other can write meanwhile.

    Args:
        out: A folder, made if missing; or a URL, which nothing locks.

    Raises:
        AlignError: Another run writes there, or it cannot be written.
    """
    if places.is_remote(out):
        remote = _Remote(out)
        yield remote
        remote.flush()
        return
    folder = Path(out)
    with _locked(folder), _Local(folder) as results:
        yield results


class _Local:
    """Results in a folder of this machine: one file, of which the end grows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / RESULTS
        with _explained(folder):
            (folder / _NEW).unlink(missing_ok=True)
            self._file = self._path.open("ab", buffering=0)
            self._size = _mended(self._path)
        self._known = {entry.pair: entry for entry in entries(self._path)}
        self._written = dict(self._known)
        self._synced = time.monotonic()

    def __enter__(self) -> "_Local":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            os.fsync(self._file.fileno())
        self._file.close()

    def known(self) -> Mapping[str, Entry]:
        """Return the entries that were there when it was opened, by their pairs."""
        return self._known

    def append(self, line: bytes) -> Entry:
        """Keep a line, whatever happens afterwards, and return its entry.

        Raises:
            AlignError: The disk is full, or fails.
        """
        with _explained(self._folder):
            try:
                _write(self._file.fileno(), line)
                if time.monotonic() - self._synced >= SYNC_SECONDS:
                    os.fsync(self._file.fileno())
                    self._synced = time.monotonic()
            except OSError:
                with suppress(OSError):  # what cannot be cut off now is cut off at the next start
                    os.ftruncate(self._file.fileno(), self._size)
                raise
        entry = parse_entry(line, self._size)
        self._size += len(line)
        self._written[entry.pair] = entry
        return entry

    def finish(self, order: Iterable[str]) -> None:
        """Write the lines of these pairs, and of no others, in this order.

        Raises:
            AlignError: The disk is full, or fails.
        """
        wanted = [self._written[pair] for pair in order]
        if _is_in_order(wanted, self._size):
            return
        new = self._folder / _NEW
        with _explained(self._folder):
            try:
                with new.open("wb") as file:
                    for entry in wanted:
                        file.write(read_line(self._path, entry))
                    file.flush()
                    os.fsync(file.fileno())
                new.replace(self._path)
            finally:
                new.unlink(missing_ok=True)
            _sync_folder(self._folder)


class _Remote:
    """Results in a store that cannot append: parts of lines, put together at the end."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._store = places.filesystem(url)
        self._lines: dict[str, bytes] = {}
        self._waiting: list[bytes] = []
        self._since = time.monotonic()
        with _explained(url):
            self._parts = self._existing()
            for place in (f"{self._url}/{RESULTS}", *self._parts):
                self._take(place)
        self._known = {e.pair: e for e in map(parse_entry, self._lines.values())}

    def known(self) -> Mapping[str, Entry]:
        """Return the entries that were there when it was opened, by their pairs."""
        return self._known

    def append(self, line: bytes) -> Entry:
        """Keep a line with the next part, and return its entry."""
        entry = parse_entry(line)
        self._lines[entry.pair] = line
        self._waiting.append(line)
        is_due = time.monotonic() - self._since >= PART_SECONDS
        if is_due or len(self._waiting) >= PART_LINES:
            self.flush()
        return entry

    def flush(self) -> None:
        """Put what waits into a part of its own."""
        if self._waiting:
            number = int(self._parts[-1].rpartition("/")[2].split(".")[0]) + 1 if self._parts else 0
            place = f"{self._url}/{_PARTS}/{number:08d}.jsonl"
            self._put(place, self._waiting)
            self._parts.append(place)
            self._waiting = []
        self._since = time.monotonic()

    def finish(self, order: Iterable[str]) -> None:
        """Write the lines of these pairs, and of no others, in this order; parts go."""
        self._put(f"{self._url}/{RESULTS}", (self._lines[pair] for pair in order))
        self._waiting = []
        with _explained(self._url):
            for place in self._parts:
                self._store.rm(place)
        self._parts = []

    def _existing(self) -> list[str]:
        folder = f"{self._url}/{_PARTS}"
        if not self._store.exists(folder):
            return []
        names = sorted(str(path).rpartition("/")[2] for path in self._store.ls(folder, False))
        return [f"{folder}/{name}" for name in names if name.endswith(".jsonl")]

    def _take(self, place: str) -> None:
        if not self._store.exists(place):
            return
        with places.opened(place, "rb") as file:
            for line in file:
                with suppress(ReadError):  # a store that died while it took a part
                    self._lines[parse_entry(line).pair] = line

    def _put(self, place: str, lines: Iterable[bytes]) -> None:
        with _explained(place):
            self._store.makedirs(places.folder_of(place), exist_ok=True)
            with places.opened(place, "wb") as file:
                for line in lines:
                    file.write(line)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder; the system lets go of a lock whose process was killed."""
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / _LOCK)
    with _explained(folder):
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise AlignError(
                "Another run is writing these results.",
                where=str(folder),
                fix="Wait for it to end, or give another folder with -o.",
            ) from error
    try:
        yield
    finally:
        lock.release()


def _mended(path: Path) -> int:
    """Cut off a last line that a crash has torn, and return the size of the rest."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        end = size
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
        if end < size:
            log.warning("%s: the last line was torn, and is dropped.", path)
            file.truncate(end)
            os.fsync(file.fileno())
    return end


def _is_in_order(wanted: Iterable[Entry], size: int) -> bool:
    at = 0
    for entry in wanted:
        if entry.offset != at:
            return False
        at += entry.size
    return at == size


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system opens folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _explained(place: Path | str) -> Iterator[None]:
    """Say in a user's words why results cannot be written."""
    try:
        yield
    except OSError as error:
        raise AlignError(
            f"The results cannot be written: {error.strerror or error}.",
            where=str(place),
            fix="Mend that, and run the same command again: it goes on where it stopped.",
        ) from error
