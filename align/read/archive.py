"""Files in a zip archive, read in memory within limits; nothing is ever unpacked to disk."""

import io
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from align.config import ReadSettings
from align.errors import ReadError

_CHUNK = 1 << 16
_MEGABYTE = 1_000_000
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""Begins what Word and Excel wrote before 2007, and what they lock with a password now."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


@dataclass(slots=True)
class Archive:
    """An archive that was opened, and how many bytes it may still unpack to."""

    members: dict[str, zipfile.ZipInfo]
    where: str
    limits: ReadSettings
    left: int
    file: zipfile.ZipFile = field(repr=False)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a member of that name."""
        return name in self.members


def open_archive(data: bytes, where: str, limits: ReadSettings) -> Archive:
    """Look into a zip archive.

    Raises:
        ReadError: It is damaged, encrypted, or holds more files than the limit.
    """
    if data.startswith(_OLD_OFFICE):
        raise ReadError(
            "The file has a password, or is an old Word or Excel document.",
            where=where,
            fix="Open it in its program, save it as .docx or .xlsx without a password, and try"
            " once more.",
        )
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        members = {info.filename: info for info in file.infolist()}
    except _BROKEN as error:
        raise _damaged(where) from error
    if len(file.infolist()) > limits.members:
        raise ReadError(
            f"The archive holds more than the limit of {limits.members} files.",
            where=where,
            fix="If you trust it, set members under [read] higher.",
        )
    if any(info.flag_bits & _ENCRYPTED for info in members.values()):
        raise ReadError(
            "The file is encrypted.", where=where, fix="Save it without a password and try again."
        )
    return Archive(members, where, limits, int(limits.unpacked_mb * _MEGABYTE), file)


@dataclass(slots=True)
class Member:
    """One member while it is read. Bytes are counted as they come out, whatever it says of them."""

    archive: Archive
    file: IO[bytes] = field(repr=False)

    def read(self, size: int, /) -> bytes:
        """Return the next bytes of the content, none at its end.

        Raises:
            ReadError: It is damaged, or the archive unpacks to more than the limit.
        """
        try:
            part = self.file.read(size)
        except _BROKEN as error:
            raise _damaged(self.archive.where) from error
        self.archive.left -= len(part)
        if self.archive.left < 0:
            raise ReadError(
                f"The file unpacks to more than the limit of {self.archive.limits.unpacked_mb:g}"
                " MB.",
                where=self.archive.where,
                fix="If you trust it, set unpacked_mb under [read] higher.",
            )
        return part


def open_member(archive: Archive, name: str) -> Member:
    """Open one member, to be read in pieces.

    Raises:
        ReadError: There is no such member, or it is damaged.
    """
    if name not in archive.members:
        raise ReadError(
            f"The file is incomplete: {name} is missing in it.", where=archive.where, fix=_SAVE
        )
    try:
        return Member(archive, archive.file.open(archive.members[name]))
    except _BROKEN as error:
        raise _damaged(archive.where) from error


def read_member(archive: Archive, name: str) -> bytes:
    """Return the content of one member.

    Raises:
        ReadError: As `open_member`, or the archive unpacks to more than the limit.
    """
    return b"".join(_pieces(open_member(archive, name)))


def measure(archive: Archive) -> None:
    """Unpack everything once and keep nothing, for a library that unpacks without a limit.

    Raises:
        ReadError: A member is damaged, or the archive unpacks to more than the limit.
    """
    for name in archive.members:
        deque(_pieces(open_member(archive, name)), maxlen=0)


def _pieces(member: Member) -> Iterator[bytes]:
    while piece := member.read(_CHUNK):
        yield piece


_SAVE = "Open it in the program that made it, save it again, and try once more."


def _damaged(where: str) -> ReadError:
    return ReadError("The file is damaged: it is no whole archive.", where=where, fix=_SAVE)
