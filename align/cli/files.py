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
from align.bitext import Document
from align.config import Config
from align.errors import ConfigError, ReadError
from align.house import House

if TYPE_CHECKING:
    from align.read.formats import Format, Kind
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
    return parse_document(read_bytes(path, config.read.limit_mb), path, config, language)


def parse_document(data: bytes, path: str, config: Config, language: str | None = None) -> Document:
    """Return the content of a file, which is called so, as one text.

    Raises:
        ReadError: It cannot be read as a text.
    """
    from align.read import formats

    origin = _origin(path)
    parse = formats.document_reader(_format(data, path, "text", config))
    document = parse(data, origin.name, origin.where, config.read)
    if language is None:
        return document
    return replace(document, language=language, language_confidence=1.0)


@contextmanager
def open_rows(path: str, config: Config, asked: "Asked") -> "Iterator[Iterator[Row]]":
    """Open a bilingual file, or standard input, and yield its rows while it is being read.

    Raises:
        ReadError: There is no such file, or it holds no rows.
    """
    from align.read import formats

    with _opened(path) as file:
        head = file.peek(_HEAD)
        is_archive = head.startswith(_ARCHIVE)
        data = file.read(int(config.read.limit_mb * _MEGABYTE) + 1) if is_archive else head
        wanted = _format(data, path, "rows", config)
        source = io.BytesIO(data) if is_archive else file
        yield formats.row_reader(wanted)(source, asked)


def read_rows(path: str, config: Config, asked: "Asked") -> "tuple[list[Row], Origin]":
    """Read all rows of a bilingual file, and its decoded text if it has lines.

    Raises:
        ReadError: As `open_rows`, or the file is larger than the limit.
    """
    return parse_rows(read_bytes(path, config.read.limit_mb), path, config, asked)


def parse_rows(
    data: bytes, path: str, config: Config, asked: "Asked"
) -> "tuple[list[Row], Origin]":
    """Return the rows of the content of a bilingual file, which is called so.

    Raises:
        ReadError: It holds no rows.
    """
    from align.read import formats

    wanted = _format(data, path, "rows", config)
    rows = list(formats.row_reader(wanted)(io.BytesIO(data), asked))
    return rows, replace(_origin(path), decoded=formats.decoded(wanted, data, asked.origin))


def _origin(path: str) -> "Origin":
    from align.read.pieces import Origin

    return Origin("standard input") if path == STANDARD_INPUT else Origin(Path(path).name, path)


def _format(data: bytes, path: str, kind: "Kind", config: Config) -> "Format":
    """Return the format of a file: what its content is where that is sure, or what its name says.

    Raises:
        ReadError: The file holds rows and one text is wanted, or the other way round.
    """
    from align.read import formats, sniff

    named = "" if path == STANDARD_INPUT else Path(path).suffix
    content = sniff.suffix_of(data, config.read)
    promised = formats.find(named, kind)
    found = formats.find(content, kind)
    if promised and (not content or content in formats.UNSURE or found is promised):
        return promised
    if found:
        if formats.is_known(named):
            log.warning("%s: read as %s, which it is, whatever its name says.", path, found.name)
        return found
    fallback = formats.fallback(named, kind)
    if content or fallback is None:
        raise ReadError(_WRONG_KIND[kind][0], where=path, fix=_WRONG_KIND[kind][1])
    return fallback


_WRONG_KIND = {
    "text": (
        "This file holds rows of both texts, and one text is needed here.",
        "Give it alone: `veralign check FILE` compares its rows.",
    ),
    "rows": (
        "One file alone must be bilingual, with both texts in its rows, and this one is not.",
        "Give two files, or a table, XLIFF, TMX or PO file.",
    ),
}


def read_bytes(path: str, limit_mb: float) -> bytes:
    """Return the content of a file, or of standard input for `-`.

    Raises:
        ReadError: There is no such file, it is a folder, it may not be read, or it is too large.
    """
    limit = int(limit_mb * _MEGABYTE)
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limit + 1)
    else:
        check_readable(path)
        try:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise ReadError(f"The file cannot be read: {error.strerror}.", where=path) from error
    if len(data) > limit:
        raise ReadError(
            f"The file is larger than the limit of {limit_mb:g} MB.",
            where=path,
            fix="Give a higher limit with --max-size-mb, or cut the file into parts.",
        )
    return data


@contextmanager
def _opened(path: str) -> Iterator[io.BufferedReader]:
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer  # type: ignore[misc] # it is buffered, and typed as any file
        return
    check_readable(path)
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below; a refusal must be ours
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror}.", where=path) from error
    with file:
        yield file


def check_readable(path: str) -> None:
    """Refuse what is no file.

    Raises:
        ReadError: There is no such file, or it is a folder.
    """
    place = Path(path)
    if place.is_dir():
        raise ReadError("This is a folder, not a file.", where=path, fix="Name a file in it.")
    if not place.exists():
        raise ReadError("There is no such file.", where=path, fix="Check the path.")


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
    path = Path(output)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise ReadError(
            f"The result cannot be written: {error.strerror}.",
            where=output,
            fix="Choose a folder that exists and that you may write to.",
        ) from error


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
