"""Who is let in: by the token in the printed address, by password, or by the word of a proxy."""

import hashlib
import hmac
import ipaddress
import math
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine

from align.desk.people import (
    Account,
    Person,
    Session,
    admitted,
    begin_session,
    end_session,
    find_session,
    plain_name,
)
from align.desk.store import writing
from align.errors import ConfigError

SESSION_SECONDS = 12 * 3600.0
"""A session lasts for a working day."""

TRIES = 5
"""Wrong passwords for one name, or from one address, within `TRIES_SECONDS`."""

TRIES_SECONDS = 60.0

_BEARER = "bearer "


ME = Person("me", "head")
"""Who decides on a desk of one's own, if nobody says a name."""


@dataclass(frozen=True, slots=True)
class Access:
    """How people are let in. One of `token`, `accounts` and `header` is given.

    `owner` is who comes with the token. `heads` are the heads of the desk among those whom a proxy
    names. `hosts` are the names under which the desk may be asked for, beside bare addresses.
    """

    token: str = ""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    header: str = ""
    heads: frozenset[str] = frozenset()
    owner: Person = ME
    hosts: frozenset[str] = frozenset({"localhost"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a request comes from. `is_browser` says that it could have been forged by a page."""

    person: Person
    csrf: str
    is_browser: bool = True


def check_access(access: Access, host: str) -> None:
    """Refuse to serve a whole network without asking who comes.

    Raises:
        ConfigError: The address is not this machine's own, and there is no password or proxy.
    """
    if access.accounts or access.header or is_loopback(host):
        return
    raise ConfigError(
        f"On {host}, anybody in the network could decide.",
        where="--host",
        fix="Give --passwords FILE, or --behind-proxy HEADER if a proxy says who comes.",
    )


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_own_host(access: Access, given: str) -> bool:
    """Tell whether a request's Host is one of ours.

    A page of a stranger can have its own name point to this machine, and then read what the desk
    answers; the name stands in the request. A bare address cannot be pointed elsewhere.
    """
    name = given.rsplit(":", 1)[0] if not given.endswith("]") else given
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name.lower() in access.hosts
    return True


class Door:
    """Lets people in, and counts wrong passwords."""

    def __init__(
        self, access: Access, engine: Engine, clock: Callable[[], float] = time.time
    ) -> None:
        """Take how people are let in, the database of sessions, and what tells the time."""
        self.access = access
        self._engine = engine
        self._clock = clock
        self._failures: dict[str, list[float]] = {}
        self._secret = secrets.token_bytes(32)

    def visitor(self, headers: Mapping[str, str], cookie: str) -> Visitor | None:
        """Return who a request comes from; None if nobody knows.

        Args:
            headers: Its headers, by their names in small letters.
            cookie: The value of the desk's cookie.
        """
        given = headers.get("authorization", "")
        if given.lower().startswith(_BEARER):
            return self._bearer(given[len(_BEARER) :].strip())
        if self.access.header:
            return self._named(headers.get(self.access.header.lower(), ""))
        session = self._session(cookie)
        return None if session is None else Visitor(session.person, session.csrf)

    def enter(self, token: str) -> str | None:
        """Return the secret of a new session for the token of the printed address."""
        if not self._is_token(token):
            return None
        return self._begin(self.access.owner)

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """Return the secret of a new session; None if the password is wrong.

        Raises:
            TooManyTriesError: There were too many wrong ones of late.
        """
        sides = (f"name {plain_name(name)}", f"address {address}")
        now = self._clock()
        for side in sides:
            recent = [at for at in self._failures.get(side, ()) if now - at < TRIES_SECONDS]
            self._failures[side] = recent
            if len(recent) >= TRIES:
                raise TooManyTriesError(math.ceil(TRIES_SECONDS - (now - recent[0])))
        # It counts as wrong until it is right: many at once must not slip through together.
        for side in sides:
            self._failures[side].append(now)
        person = admitted(self.access.accounts, name, password)
        if person is None:
            return None
        for side in sides:
            self._failures.pop(side, None)
        return self._begin(person)

    def leave(self, cookie: str) -> None:
        """End a session."""
        with writing(self._engine) as connection:
            end_session(connection, cookie, self._clock())

    def _begin(self, person: Person) -> str:
        with writing(self._engine) as connection:
            return begin_session(connection, person, self._clock() + SESSION_SECONDS)

    def _session(self, secret: str) -> Session | None:
        if not secret:
            return None
        with self._engine.connect() as connection:
            session = find_session(connection, secret, self._clock())
        if session is None or not self.access.accounts:
            return session
        # Who has left the password file, or got another role, is not what the session says.
        account = self.access.accounts.get(session.person.name)
        return session if account is not None and account.person == session.person else None

    def _bearer(self, secret: str) -> Visitor | None:
        if self._is_token(secret):
            return Visitor(self.access.owner, "", is_browser=False)
        session = self._session(secret)
        return None if session is None else Visitor(session.person, "", is_browser=False)

    def _named(self, given: str) -> Visitor | None:
        name = plain_name(given)
        if not name:
            return None
        sign = hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()
        return Visitor(Person(name, "head" if name in self.access.heads else "reviser"), sign)

    def _is_token(self, given: str) -> bool:
        token = self.access.token
        return bool(token) and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


class TooManyTriesError(Exception):
    """Too many wrong passwords; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
