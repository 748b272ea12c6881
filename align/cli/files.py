"""What commands do with files: read input within a limit, find the settings, write the result."""

import os
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from align import config as settings
from align.bitext import Document
from align.config import Config
from align.errors import ConfigError, ReadError
from align.house import House

STANDARD_INPUT = "-"
_MEGABYTE = 1_000_000


def read_document(path: str, config: Config, language: str | None = None) -> Document:
    """Read a text file, or standard input for `-`, as a document.

    Raises:
        ReadError: There is no such file, or it cannot be read as text.
    """
    from align.read import text

    data = read_bytes(path, config.read.limit_mb)
    name = "standard input" if path == STANDARD_INPUT else Path(path).name
    document = text.parse(data, name, origin=name if path == STANDARD_INPUT else path)
    if language is None:
        return document
    return replace(document, language=language, language_confidence=1.0)


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
    return replace(config, house=_read_house(config, Path(origin).parent))


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
