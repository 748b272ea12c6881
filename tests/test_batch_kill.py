"""Tests that a batch survives: killed at any moment, it ends as if nothing had been."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from align.batch.results import RESULTS, opened
from tests import batch_work

ROOT = Path(__file__).parent.parent
KILLS = 50
COUNT = 30


def start(out: Path, count: int = COUNT) -> subprocess.Popen[str]:
    """Start a run in a process of its own; it leads a group, so that its workers can be found."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.batch_work", str(out), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> int:
    """Wait for the end of a run, and return its exit code."""
    process.communicate(timeout=120)
    return process.returncode


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the results of a run that nothing disturbs."""
    out = tmp_path_factory.mktemp("undisturbed")
    assert finish(start(out)) == 0
    return (out / RESULTS).read_bytes()


def test_fifty_kills_change_nothing(tmp_path: Path, undisturbed: bytes) -> None:
    """Killed at fifty random moments, start and end included, results are the undisturbed ones."""
    chance = random.Random(11)
    kills = whole = 0
    while kills < KILLS:
        out = tmp_path / str(whole)
        process = start(out)
        assert process.stdout is not None
        for _ in range(chance.randint(0, 12)):
            if not process.stdout.readline():
                break
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.wait()
        process.stdout.close()
        if process.returncode == -signal.SIGKILL:
            kills += 1
        else:
            assert process.returncode == 0
            assert (out / RESULTS).read_bytes() == undisturbed
            whole += 1
    assert finish(start(out)) == 0
    assert (out / RESULTS).read_bytes() == undisturbed
    assert sorted(p.name for p in out.iterdir()) == [".veralign.lock", RESULTS]


def test_workers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    """A run that is killed leaves no process behind."""
    process = start(tmp_path, 4000)
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    process.kill()
    process.wait()
    deadline = time.monotonic() + 60
    while _group_lives(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.stdout.close()


def test_an_interrupted_run_goes_on(tmp_path: Path, undisturbed: bytes) -> None:
    """Ctrl-C ends a run at once, with all its processes, and the next one completes it."""
    process = start(tmp_path)
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert finish(start(tmp_path)) == 0
    assert (tmp_path / RESULTS).read_bytes() == undisturbed


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    """A folder whose run was killed is free for the next one at once."""
    process = start(tmp_path, 4000)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    with opened(str(tmp_path)) as results:
        assert not set(results.known()) - {pair.name for pair in batch_work.pairs(4000)}


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
