"""The desk's server: bound, announced, and run until it is stopped."""

import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from sqlalchemy import Engine

from align.desk.access import Access, Door, check_access, is_loopback
from align.desk.app import make_app
from align.desk.desk import Desk, written_now
from align.desk.worker import Check, Worker
from align.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk is served; with port 0, the system chooses one."""

    host: str = "127.0.0.1"
    port: int = 8770


def serve(
    engine: Engine,
    check: Check,
    access: Access,
    address: Address,
    limit_mb: float,
    announce: Callable[[str], None],
) -> None:
    """Serve until the process is told to stop.

    Args:
        engine: The desk's database.
        check: What the process that checks does.
        access: How people are let in.
        address: Where to listen.
        limit_mb: The largest file that is read; a request may hold two.
        announce: Is told the address to open, once it answers.

    Raises:
        ConfigError: The address cannot be had, or is not safe to have.
    """
    check_access(access, address.host)
    listening = _bind(address)
    host, port = listening.getsockname()[:2]
    desk = Desk(
        engine,
        Door(access, engine),
        Worker(engine, check, written_now),
        int(limit_mb * 2_000_000) + 100_000,
    )
    config = uvicorn.Config(
        make_app(desk),
        log_level="error",
        access_log=False,  # the token stands in the first address
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    shown = f"[{host}]" if ":" in host else host
    listening.listen(socket.SOMAXCONN)
    announce(f"http://{shown}:{port}/" + (f"enter?token={access.token}" if access.token else ""))
    uvicorn.Server(config).run(sockets=[listening])


def open_browser(url: str, host: str) -> None:
    """Open the desk in the user's browser, where the desk is on the user's machine."""
    if is_loopback(host):
        webbrowser.open(url)


def _bind(address: Address) -> socket.socket:
    try:
        family, _, _, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
    except OSError as error:
        raise ConfigError(
            f"The desk cannot listen on {address.host}, port {address.port}: {error.strerror}.",
            where="--host, --port",
            fix="Choose another port with --port; 0 lets the system choose.",
        ) from error
    return listening
