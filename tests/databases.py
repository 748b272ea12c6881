"""A PostgreSQL of the tests' own."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
NOBODY = 65534


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server, yield its address, and leave nothing of it."""
    folder = Path("/tmp") / f"veralign-pg-{os.getpid()}"  # noqa: S108 - a socket's path is short
    folder.mkdir()
    user = NOBODY if os.getuid() == 0 else os.getuid()  # it will not run as root
    shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bin_ = PROGRAMS[-1].parent

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder)  # noqa: S603

    options = f"-p {port} -k {folder} -h 127.0.0.1 -c max_connections=100"
    run(str(bin_ / "initdb"), "-D", "data", "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync")
    run(str(bin_ / "pg_ctl"), "-D", "data", "-o", options, "-l", "log", "-w", "start")
    try:
        yield f"postgresql://desk@127.0.0.1:{port}"
    finally:
        run(str(bin_ / "pg_ctl"), "-D", "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def fresh_postgres(server: str) -> str:
    """Make a new database on a server, and return its address."""
    with pytest.importorskip("psycopg").connect(
        f"{server}/postgres", autocommit=True
    ) as connection:
        name = f"desk{os.urandom(6).hex()}"
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}"
