"""Tests that a batch survives a disk that is really full: it says so, and goes on when it is not.

A file system of a few pages is mounted for it, which only some users and machines may do.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from align.batch.results import RESULTS
from align.errors import AlignError
from align.site.folder import write_all
from tests.outcomes import mixed, store

ROOT = Path(__file__).parent.parent
COUNT = 30
STEP_KB = 32
ROOM_KB = 4096


def mount(folder: Path, *options: str) -> bool:
    """Mount a file system in memory, and tell whether one may."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except FileNotFoundError:
        return False


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own, of a few kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mount(folder, f"size={STEP_KB}k"):
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607 - its own mount


def run(out: Path) -> subprocess.CompletedProcess[str]:
    """Run a batch in a process of its own."""
    command = [sys.executable, "-m", "tests.batch_work", str(out), str(COUNT)]
    return subprocess.run(  # noqa: S603 - our own program
        command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
    )


def test_a_batch_goes_on_when_a_full_disk_grows(tmp_path: Path, disk: Path) -> None:
    """However often the disk is full, no line is lost, and the end is that of a quiet run."""
    assert run(tmp_path / "quiet").returncode == 0
    whole = (tmp_path / "quiet" / RESULTS).read_bytes()
    lines = set(whole.splitlines(keepends=True))
    size, full, kept = STEP_KB, 0, 0
    while (ended := run(disk / "out")).returncode:
        assert "No space left on device" in ended.stderr
        found = (disk / "out" / RESULTS).read_bytes().splitlines(keepends=True)
        assert lines.issuperset(found)
        assert len(found) >= kept
        kept, full, size = len(found), full + 1, size * 3 // 2
        assert size <= ROOM_KB
        assert mount(disk, "remount", f"size={size}k")
    # Lines are appended first, and put in order beside them at the end: both have met the end.
    assert full > 1
    assert kept == COUNT
    assert (disk / "out" / RESULTS).read_bytes() == whole


def test_a_report_goes_on_when_a_full_disk_grows(tmp_path: Path, disk: Path) -> None:
    """The report says that the disk is full, leaves the results alone, and is whole afterwards."""
    quiet = store(tmp_path / "quiet", mixed())
    write_all(quiet)
    assert mount(disk, "remount", f"size={ROOM_KB}k")
    out = store(disk / "out", mixed())
    results = (out / RESULTS).read_bytes()
    for size in (68, 96, 128, 160, 192):
        assert mount(disk, "remount", f"size={size}k")
        with pytest.raises(AlignError, match="No space left on device"):
            write_all(out)
        assert (out / RESULTS).read_bytes() == results
        assert not list(out.glob(".report-*"))
    assert mount(disk, "remount", f"size={ROOM_KB}k")
    write_all(out)
    files = [path for path in quiet.rglob("*") if path.is_file()]
    assert [path for path in files if path.read_bytes() != twin(path, quiet, out)] == []


def twin(path: Path, one: Path, other: Path) -> bytes:
    """Return what stands in the place of a file in another folder."""
    return (other / path.relative_to(one)).read_bytes()
