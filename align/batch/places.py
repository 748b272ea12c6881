"""Where files lie: paths, and for a cluster the URLs of any store that fsspec knows."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from align.errors import ConfigError, ReadError

_MEGABYTE = 1_000_000


def is_remote(place: str) -> bool:
    """Tell whether a place is a URL, such as `s3://news/run`, and no path."""
    return "://" in place


def beside(folder: str, place: str) -> str:
    """Return a place that is named from a folder; a whole path or URL stays what it is."""
    if is_remote(place) or not folder:
        return place
    if is_remote(folder):
        return f"{folder.rstrip('/')}/{place}"
    return str(Path(folder, place))


def folder_of(place: str) -> str:
    """Return the folder in which a file lies."""
    return place.rpartition("/")[0] if is_remote(place) else str(Path(place).parent)


def read_bytes(place: str, limit_mb: float) -> bytes:
    """Return the content of a file.

    Raises:
        ReadError: There is no such file, it is a folder, it may not be read, or it is too large.
        ConfigError: It is a URL, and what reads it is not installed.
    """
    limit = int(limit_mb * _MEGABYTE)
    if not is_remote(place):
        check_readable(place)
    try:
        with opened(place, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise ReadError(
            f"The file cannot be read: {error.strerror or error}.", where=place
        ) from error
    if len(data) > limit:
        raise too_large(place, limit_mb)
    return data


def too_large(place: str, limit_mb: float) -> ReadError:
    """Return what is said of a file that is larger than may be read."""
    return ReadError(
        f"The file is larger than the limit of {limit_mb:g} MB.",
        where=place,
        fix="Give a higher limit with --max-size-mb, or cut the file into parts.",
    )


@contextmanager
def opened(place: str, mode: str) -> Iterator[BinaryIO]:
    """Open a file in a binary mode.

    Raises:
        OSError: It cannot be opened.
        ConfigError: It is a URL, and what reads it is not installed.
    """
    if not is_remote(place):
        with Path(place).open(mode) as file:
            yield file  # type: ignore[misc] # the modes are binary
        return
    with filesystem(place).open(place, mode) as file:
        yield file


def filesystem(url: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - fsspec ships no types
    """Return what fsspec knows of the store that a URL names.

    Raises:
        ConfigError: fsspec, or what it needs for this kind of store, is not installed.
    """
    try:
        return import_module("fsspec").filesystem(url.split("://", 1)[0])
    except (ImportError, ValueError) as error:
        raise ConfigError(
            f"Nothing here reads this kind of URL: {error}.",
            where=url,
            fix="Run: pip install 'veralign[cluster]', and what fsspec names for this store.",
        ) from error


def check_readable(path: str) -> None:
    """Refuse what is no file.

    Raises:
        ReadError: There is no such file, it is a folder, or no file can be called so.
    """
    place = Path(path)
    try:
        is_folder, is_there = place.is_dir(), place.exists()
    except OSError as error:  # a name that is too long, a disk that is gone
        raise ReadError(
            f"The file cannot be read: {error.strerror or error}.",
            where=path,
            fix="Check the path.",
        ) from error
    if is_folder:
        raise ReadError("This is a folder, not a file.", where=path, fix="Name a file in it.")
    if not is_there:
        raise ReadError("There is no such file.", where=path, fix="Check the path.")


def check_ordinary(place: str) -> None:
    """Refuse a pipe or a device: whoever reads it may wait for ever.

    Raises:
        ReadError: It is there, and is neither a file nor a folder.
    """
    try:
        mode = Path(place).stat().st_mode
    except (OSError, ValueError):  # `read_bytes` says what is wrong
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise ReadError(
            "This is no ordinary file.", where=place, fix="Write what it gives into a file."
        )
