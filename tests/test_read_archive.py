"""Reading archives: bombs, tricks and damage are one error each, and nothing touches the disk."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from align.config import ReadSettings
from align.errors import ReadError
from align.read.archive import open_archive, read_member
from tests.archives import zipped

LIMITS = ReadSettings(unpacked_mb=2, members=20)


def refusal(data: bytes, member: str = "a") -> ReadError:
    """Return the error of opening an archive and reading a member."""

    def read() -> bytes:
        return read_member(open_archive(data, "a.docx", LIMITS), member)

    with pytest.raises(ReadError) as caught:
        read()
    assert caught.value.where == "a.docx"
    assert caught.value.fix
    return caught.value


def test_a_bomb_is_counted_as_it_unpacks() -> None:
    """What says that it is small, and is not, is stopped at the limit."""
    bomb = bytearray(zipped({"a": bytes(50_000_000)}))
    place = bomb.rindex(b"PK\x01\x02")
    bomb[place + 24 : place + 28] = struct.pack("<I", 1000)  # the directory lies about its size
    for data in (bytes(bomb), zipped({"a": bytes(50_000_000)})):
        error = refusal(data)
        assert "limit of 2 MB" in error.what or "damaged" in error.what


def test_all_members_together_count() -> None:
    """Many members that are each within the limit are not, together."""
    archive = open_archive(zipped({str(n): bytes(500_000) for n in range(8)}), "x", LIMITS)
    for n in range(4):
        assert len(read_member(archive, str(n))) == 500_000
    with pytest.raises(ReadError) as caught:
        read_member(archive, "4")
    assert "unpacked_mb" in caught.value.fix


def test_too_many_members_are_refused() -> None:
    """An archive of a million empty files would take long to list."""
    assert (
        "more than the limit of 20 files" in refusal(zipped({str(n): "" for n in range(21)})).what
    )


def test_paths_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members with absolute paths, or that climb upwards, are names and no more."""
    monkeypatch.chdir(tmp_path)
    archive = open_archive(zipped({"../up": "x", "/abs": "y", "a\\b": "z"}), "x", LIMITS)
    assert read_member(archive, "../up") == b"x"
    assert read_member(archive, "/abs") == b"y"
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "up").exists()


def test_encrypted_archives_are_refused() -> None:
    """A member with a password is an error that says so."""
    data = bytearray(zipped({"a": "x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert "encrypted" in refusal(bytes(data)).what


def test_a_document_with_a_password_is_not_called_damaged() -> None:
    """Office puts what a password locks into a file of another kind, under the same name."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert "password" in refusal(locked).what


@pytest.mark.parametrize("cut", [1, 20, 60, 90])
def test_a_cut_archive_is_damaged(cut: int) -> None:
    """Wherever the end is missing, it is one error."""
    data = zipped({"a": "some text " * 20})
    assert "damaged" in refusal(data[:-cut]).what


def test_damaged_content_is_noticed() -> None:
    """A member whose bytes were changed does not pass."""
    data = bytearray(zipped({"a": bytes(range(256)) * 8}))
    data[60] ^= 0xFF
    assert "damaged" in refusal(bytes(data)).what


def test_an_unknown_compression_is_an_error() -> None:
    """A method that Python does not know is no crash."""
    data = bytearray(zipped({"a": "text"}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(mark) + place
        data[at : at + 2] = struct.pack("<H", 77)
    assert "damaged" in refusal(bytes(data)).what


def test_an_archive_in_an_archive_is_not_opened() -> None:
    """What is inside is bytes; nobody unpacks it further."""
    inner = zipped({"a": bytes(10_000)})
    assert read_member(open_archive(zipped({"a": inner}), "x", LIMITS), "a") == inner
    assert zipfile.is_zipfile(io.BytesIO(inner))
