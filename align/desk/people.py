"""Who may use the desk: the password file, and sessions that outlive a restart."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from sqlalchemy import Connection, delete, insert, select

from align.desk.decisions import Role
from align.desk.tables import sessions
from align.errors import ConfigError
from align.write.slices import tidy

SHORTEST_PASSWORD = 10

_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26}
"""About a tenth of a second and 32 MB a guess, as OWASP's page on storing passwords wants."""

_KIND = "scrypt"
_LONGEST_NAME = 60
_LONGEST_PASSWORD = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the desk."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the password file."""

    person: Person
    salt: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Session:
    """Who a request comes from, and the sign by which a form of ours is known."""

    person: Person
    csrf: str


def render_line(name: str, role: Role, password: str, salt: bytes | None = None) -> str:
    """Return the line of the password file for a person.

    Raises:
        ConfigError: The name or the password cannot be one.
    """
    if name != plain_name(name) or ":" in name or not name or name.startswith("#"):
        raise ConfigError(f"{name!r} cannot be a name.", fix="Use letters, digits and spaces.")
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise ConfigError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    salt = secrets.token_bytes(16) if salt is None else salt
    parts = (base64.b64encode(part).decode("ascii") for part in (salt, _hash(password, salt)))
    return ":".join((name, role, _KIND, *parts)) + "\n"


def role_named(name: str) -> Role:
    """Return the role of that name.

    Raises:
        ConfigError: There is none.
    """
    if name not in get_args(Role):
        roles = " or ".join(get_args(Role))
        raise ConfigError(f"There is no role {name!r}.", where="--role", fix=f"Give {roles}.")
    return cast(Role, name)


def parse_people(text: str, where: str) -> dict[str, Account]:
    """Return the accounts of a password file, by name.

    Raises:
        ConfigError: A line is no account, a name stands there twice, or there is none.
    """
    accounts: dict[str, Account] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        account = _account(line.strip())
        if account is None or account.person.name in accounts:
            raise ConfigError(
                f"Line {number} of the password file is no account.",
                where=where,
                fix="Make each line with `veralign desk password NAME --role reviser|head`.",
            )
        accounts[account.person.name] = account
    if not accounts:
        raise ConfigError(
            "The password file has no account.",
            where=where,
            fix=f"Add one: `veralign desk password NAME --role head >> {where}`.",
        )
    return accounts


def admitted(accounts: Mapping[str, Account], name: str, password: str) -> Person | None:
    """Return the person if the password is theirs; it takes as long if there is no such name."""
    account = accounts.get(name)
    digest = _hash(password[:_LONGEST_PASSWORD], account.salt if account else b"nobody")
    if account is None or not hmac.compare_digest(digest, account.digest):
        return None
    return account.person


def plain_name(name: str) -> str:
    """Return a person's name as it is kept and shown."""
    return tidy(name)[:_LONGEST_NAME]


def begin_session(connection: Connection, person: Person, expires: float) -> str:
    """Begin a session, and return the secret by which it is known; the database has its digest."""
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(sessions).values(
            digest=_digest(secret),
            who=person.name,
            role=person.role,
            csrf=secrets.token_urlsafe(24),
            expires=expires,
        )
    )
    return secret


def find_session(connection: Connection, secret: str, now: float) -> Session | None:
    """Return the session of a secret; None if there is none or it is over."""
    row = connection.execute(
        select(sessions).where(sessions.c.digest == _digest(secret), sessions.c.expires > now)
    ).one_or_none()
    if row is None:
        return None
    return Session(Person(str(row.who), cast(Role, row.role)), str(row.csrf))


def end_session(connection: Connection, secret: str, now: float) -> None:
    """End a session, and forget those that are over."""
    gone = (sessions.c.digest == _digest(secret)) | (sessions.c.expires <= now)
    connection.execute(delete(sessions).where(gone))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=salt, dklen=32, **_SCRYPT)


def _account(line: str) -> Account | None:
    parts = line.split(":")
    if len(parts) != 5 or parts[1] not in get_args(Role) or parts[2] != _KIND:
        return None
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in parts[3:])
    except ValueError:
        return None
    return Account(Person(parts[0], cast(Role, parts[1])), salt, digest)
