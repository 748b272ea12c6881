"""What commands do with files: read input within a limit, find the settings, write the result."""

import io
import logging
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from align import config as settings
from align.batch import places
from align.bitext import Document
from align.config import Config
from align.errors import ConfigError, ReadError
from align.house import House

if TYPE_CHECKING:
    from align.read.pieces import Origin
    from align.read.row import Asked, Row

log = logging.getLogger(__name__)

STANDARD_INPUT = "-"
_ARCHIVE = b"PK\x03\x04"
_HEAD = 4096
_MEGABYTE = 1_000_000


def read_document(path: str, config: Config, language: str | None = None) -> Document:
    """Read a file of any format, or standard input for `-`, as one text.

    A name that promises another format than the content has is not believed, and the log says so.

    Raises:
        ReadError: There is no such file, or it cannot be read as a text.
    """
    from align.read import choice

    data = read_bytes(path, config.read.limit_mb)
    return choice.parse(data, _origin(path), config.read, language)


@contextmanager
def open_rows(path: str, config: Config, asked: "Asked") -> "Iterator[Iterator[Row]]":
    """Open a bilingual file, or standard input, and yield its rows while it is being read.

    Raises:
        ReadError: There is no such file, or it holds no rows.
    """
    from align.read import choice, formats

    with _opened(path) as file:
        head = file.peek(_HEAD)
        is_archive = head.startswith(_ARCHIVE)
        data = file.read(int(config.read.limit_mb * _MEGABYTE) + 1) if is_archive else head
        wanted = choice.choose(data, _origin(path), "rows", config.read)
        source = io.BytesIO(data) if is_archive else file
        yield formats.row_reader(wanted)(source, asked)


def read_rows(path: str, config: Config, asked: "Asked") -> "tuple[list[Row], Origin]":
    """Read all rows of a bilingual file, and its decoded text if it has lines.

    Raises:
        ReadError: As `open_rows`, or the file is larger than the limit.
    """
    from align.read import choice, formats

    data = read_bytes(path, config.read.limit_mb)
    wanted = choice.choose(data, _origin(path), "rows", config.read)
    rows = list(formats.row_reader(wanted)(io.BytesIO(data), asked))
    return rows, replace(_origin(path), decoded=formats.decoded(wanted, data, asked.origin))


def _origin(path: str) -> "Origin":
    from align.read.pieces import Origin

    return Origin("standard input") if path == STANDARD_INPUT else Origin(Path(path).name, path)


def read_bytes(path: str, limit_mb: float) -> bytes:
    """Return the content of a file, or of standard input for `-`.

    Raises:
        ReadError: There is no such file, it is a folder, it may not be read, or it is too large.
    """
    limit = int(limit_mb * _MEGABYTE)
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limit + 1)
    else:
        return places.read_bytes(path, limit_mb)
    if len(data) > limit:
        raise places.too_large(path, limit_mb)
    return data


@contextmanager
def _opened(path: str) -> Iterator[io.BufferedReader]:
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer  # type: ignore[misc] # it is buffered, and typed as any file
        return
    places.check_readable(path)
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below; a refusal must be ours
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror}.", where=path) from error
    with file:
        yield file


def load_config(given: Mapping[str, object]) -> Config:
    """Read `veralign.toml`, found upwards from the working folder; what flags give wins.

    Args:
        given: Settings as a table of the shape of `veralign.toml`, only those that flags gave.

    Raises:
        ConfigError: The file is not TOML, or a setting is wrong.
    """
    table: dict[str, object] = {}
    origin = ""
    for folder in (Path.cwd(), *Path.cwd().parents):
        path = folder / "veralign.toml"
        if path.is_file():
            table, origin = _read_toml(path), str(path)
            break
    config = settings.parse(_merged(table, given), origin or "the command line")
    folder = Path(origin).parent
    baseline = replace(config.baseline, path=str(folder / config.baseline.path))
    return replace(config, house=_read_house(config, folder), baseline=baseline)


def write(content: str | bytes, output: str | None) -> None:
    """Write a result to a file, whole or not at all, or to standard output.

    Raises:
        ReadError: The file cannot be written.
    """
    if output is None or output == STANDARD_INPUT:
        if isinstance(content, str):
            sys.stdout.write(content)
        else:
            sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    # As on stdout, a lone surrogate costs one sign and not the report.
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    # A link stays a link, and a device or a pipe is written to: neither may be replaced.
    path = Path(output).resolve()
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        raise ReadError(
            f"The result cannot be written: {error.strerror}.",
            where=output,
            fix="Choose a folder that exists and that you may write to.",
        ) from error


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _read_house(config: Config, folder: Path) -> House:
    """Read the files that the checks' settings name, as paths from the settings file."""
    aliases, glossary = config.checks.name.aliases, config.checks.terminology.glossary
    if not (aliases or glossary):
        return House()
    from align.read import house

    def content(path: str) -> bytes:
        return read_bytes(str(folder / path), config.read.limit_mb)

    return House(
        terms=house.parse_terms(content(glossary), glossary) if glossary else (),
        names=house.parse_names(content(aliases), aliases) if aliases else {},
    )


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            "The settings cannot be read.", where=str(path), fix=str(error)
        ) from error


def _merged(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(old, value) if both else value  # type: ignore[arg-type] # both are
    return merged
