"""Where the commands write what they have found."""

import os
from pathlib import Path
from threading import Thread

import pytest

from align.cli import files
from align.errors import ReadError


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points at is replaced, not the link."""
    (tmp_path / "real.json").write_text("old", encoding="utf-8")
    link = tmp_path / "link.json"
    link.symlink_to("real.json")
    files.write("new", str(link))
    assert link.is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8") == "new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """Devices and pipes are not files to be replaced, whoever may do so."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    files.write("tin tức", str(pipe))
    reader.join(timeout=10)
    assert read == ["tin tức".encode()]
    assert pipe.is_fifo()


def test_nothing_is_left_of_what_cannot_be_written(tmp_path: Path) -> None:
    """A folder is refused, and no temporary file stays."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(ReadError, match="cannot be written"):
        files.write("new", str(tmp_path / "folder"))
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
