"""Backup and restore: everything that is kept, as one zip file of JSON lines."""

import base64
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Table, func, insert, select, text

from align.desk.store import writing
from align.desk.tables import KEPT, SCHEMA, decisions
from align.errors import AlignError, ConfigError, ReadError

_ABOUT = "about.json"
_FORMAT = "veralign-desk-backup/1"
_AT_ONCE = 200


def back_up(engine: Engine, path: Path) -> int:
    """Write everything into a new file, as it stands at one moment, and return the decisions.

    Raises:
        ConfigError: The file is there already, or cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise ConfigError("There is such a file already.", where=str(path))
        with (
            engine.connect() as connection,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file,
        ):
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            file.writestr(_ABOUT, json.dumps({"format": _FORMAT, "schema": SCHEMA}))
            for table in KEPT:
                with file.open(f"{table.name}.jsonl", "w") as rows:
                    for line in _lines(connection, table):
                        rows.write(line)
            count = int(connection.scalar(select(func.count()).select_from(decisions)) or 0)
        part.replace(path)
    except OSError as error:
        raise ConfigError(f"The backup cannot be written: {error}.", where=str(path)) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(engine: Engine, path: Path) -> int:
    """Put everything back into an empty database, whole or not at all; return the decisions.

    Raises:
        ReadError: The file is no backup, or one of another version.
        ConfigError: The database is not empty.
    """
    try:
        with zipfile.ZipFile(path) as file:
            _check(json.loads(file.read(_ABOUT)), path)
            with writing(engine) as connection:
                _check_empty(connection)
                for table in KEPT:
                    _fill(connection, table, file)
                return int(connection.scalar(select(func.count()).select_from(decisions)) or 0)
    except AlignError:
        raise
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ReadError(f"This is no sound backup: {error}.", where=str(path)) from error


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for row in rows.mappings():
        values = {
            name: base64.b64encode(value).decode("ascii") if name in binary and value else value
            for name, value in row.items()
        }
        yield json.dumps(values).encode("ascii") + b"\n"


def _fill(connection: Connection, table: Table, file: zipfile.ZipFile) -> None:
    binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    waiting: list[dict[str, Any]] = []
    with file.open(f"{table.name}.jsonl") as rows:
        for line in rows:
            values = json.loads(line)
            for name in binary:
                if values[name]:
                    values[name] = base64.b64decode(values[name])
                elif values[name] == "":
                    values[name] = b""
            waiting.append(values)
            if len(waiting) == _AT_ONCE:
                connection.execute(insert(table), waiting)
                waiting = []
    if waiting:
        connection.execute(insert(table), waiting)
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        # The numbers that were put back are not those that the database has given out.
        largest = f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {table.name})"  # noqa: S608 - our names
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        connection.execute(text(f"SELECT setval({sequence}, {largest}, false)"))


def _check(table: object, path: Path) -> None:
    if table != {"format": _FORMAT, "schema": SCHEMA}:
        raise ReadError(
            "This is a backup of another version of the desk.",
            where=str(path),
            fix="Restore it with the veralign that wrote it.",
        )


def _check_empty(connection: Connection) -> None:
    for table in KEPT:
        if connection.scalar(select(func.count()).select_from(table)):
            raise ConfigError(
                "The database is not empty, and a backup is not mixed into another desk's work.",
                where="--database",
                fix="Give --database a new file or an empty database.",
            )
