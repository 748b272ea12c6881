"""Files in a zip archive, read in memory within limits; nothing is ever unpacked to disk."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from align.config import ReadSettings
from align.errors import ReadError

_CHUNK = 1 << 16
_MEGABYTE = 1_000_000
_ENCRYPTED = 0x1
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


def read_member(archive: Archive, name: str) -> bytes:
    """Return the content of one member.

    What a member says of its own size is not believed: bytes are counted as they come out.

    Raises:
        ReadError: There is no such member, it is damaged, or the archive unpacks to more than the
            limit.
    """
    if name not in archive.members:
        raise ReadError(
            f"The file is incomplete: {name} is missing in it.", where=archive.where, fix=_SAVE
        )
    parts = []
    try:
        with archive.file.open(archive.members[name]) as member:
            while part := member.read(_CHUNK):
                parts.append(part)
                archive.left -= len(part)
                if archive.left < 0:
                    break
    except _BROKEN as error:
        raise _damaged(archive.where) from error
    if archive.left < 0:
        raise ReadError(
            f"The file unpacks to more than the limit of {archive.limits.unpacked_mb:g} MB.",
            where=archive.where,
            fix="If you trust it, set unpacked_mb under [read] higher.",
        )
    return b"".join(parts)


_SAVE = "Open it in the program that made it, save it again, and try once more."


def _damaged(where: str) -> ReadError:
    return ReadError("The file is damaged: it is no whole archive.", where=where, fix=_SAVE)
