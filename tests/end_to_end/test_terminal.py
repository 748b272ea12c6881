"""The viewer in real terminals: it opens, it quits, and the terminal is as it was before."""

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAIR = (ROOT / "seeds/000_293dd51d06a938cd.txt", ROOT / "seeds/004_7d26e8ad050225a4.txt")
ESCAPE = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z@]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")
WAIT = 60.0

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

RUN = "import sys; from align import cli; sys.argv[0] = 'veralign'; cli.main()"
BREAK = (
    "from align import pipeline\n"
    "def broken(*_): raise ZeroDivisionError('oh')\n"
    "pipeline.unfold = broken\n"
    "from align.cli import diff\n"
    "diff._encoder = lambda *_: None\n"
)

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@dataclass
class Terminal:
    """A pseudo-terminal, the process in it, and what it has written."""

    process: int
    line: int
    before: list[object]
    received: bytes = b""
    status: int | None = field(default=None)

    def read(self) -> bool:
        """Take what has arrived; False when nothing more will."""
        if not select.select([self.line], [], [], WAIT)[0]:
            pytest.fail(f"Nothing came: {self.received[-500:]!r}")
        try:
            data = os.read(self.line, 65536)
        except OSError:
            return False
        self.received += data
        return bool(data)

    def until(self, words: str, since: int = 0) -> None:
        """Wait until words come to the screen, after so many bytes."""
        while words.encode() not in ESCAPE.sub(b"", self.received[since:]):
            assert self.read(), self.received[-2000:]

    def press(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.line, keys)

    def leave(self) -> int:
        """Wait for the end, make sure the terminal is as before, and return the exit code."""
        modes: list[object] = termios.tcgetattr(self.line)
        while self.read():
            modes = termios.tcgetattr(self.line)
        code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        modes = termios.tcgetattr(self.line)
        self.process = 0
        assert modes[:4] == self.before[:4]
        assert b"\x1b[?1049h" in self.received
        after = self.received.rpartition(b"\x1b[?1049l")[2]
        assert after != self.received
        assert b"\x1b[?25h" in after
        assert b"Traceback" not in self.received
        return code


@contextmanager
def opened(tmp_path: Path, *arguments: str, code: str = "") -> Iterator[Terminal]:
    """Open the viewer on the seed pair in a pseudo-terminal of 80 by 24."""
    process, line = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        termios.tcsetwinsize(0, (24, 80))
        os.environ.update(TERM="xterm-256color", PYTHONPATH=str(ROOT), HF_HUB_OFFLINE="1")
        command = [sys.executable, "-c", code + RUN, "diff", *map(str, PAIR), *arguments]
        os.execv(sys.executable, command)  # noqa: S606 - our own code
    terminal = Terminal(process, line, termios.tcgetattr(line))
    try:
        yield terminal
    finally:
        if terminal.process:
            os.kill(terminal.process, signal.SIGKILL)
            os.waitpid(terminal.process, 0)
        os.close(line)


def test_quitting_early(tmp_path: Path) -> None:
    """Whoever quits before everything is checked gets the prompt back at once, and code 130."""
    with opened(tmp_path) as terminal:
        terminal.until("direct talks")
        terminal.press(b"q")
        start = time.monotonic()
        assert terminal.leave() == 130
        assert time.monotonic() - start < WAIT / 2


def test_control_c(tmp_path: Path) -> None:
    """Ctrl-C restores the terminal and exits as it does elsewhere."""
    with opened(tmp_path) as terminal:
        terminal.until("direct talks")
        terminal.press(b"\x03")
        assert terminal.leave() == 130


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals(tmp_path: Path, number: signal.Signals) -> None:
    """A signal from outside restores the terminal before it ends the viewer."""
    with opened(tmp_path) as terminal:
        terminal.until("direct talks")
        os.kill(terminal.process, number)
        assert terminal.leave() == 130


def test_an_error_nobody_foresaw(tmp_path: Path) -> None:
    """A fault of ours restores the terminal, says one clear line and exits with 2."""
    with opened(tmp_path, code=BREAK) as terminal:
        assert terminal.leave() == 2
        said = terminal.received.rpartition(b"\x1b[?1049l")[2]
        assert b"error: veralign failed in a way that it should not: ZeroDivisionError: oh" in said


def test_an_error_that_can_be_mended(tmp_path: Path) -> None:
    """Without its encoder the viewer still shows the texts, and says the error again at the end."""
    with opened(tmp_path, "--encoder", "no-such-encoder") as terminal:
        terminal.until("Not checked")
        terminal.press(b"q")
        assert terminal.leave() == 2
        assert b"error: " in terminal.received.rpartition(b"\x1b[?1049l")[2]


def test_a_missing_file_opens_nothing(tmp_path: Path) -> None:
    """What cannot be read is told on the plain terminal."""
    command = [sys.executable, "-m", "align", "diff", "no.txt", str(PAIR[1])]
    result = subprocess.run(  # noqa: S603 - our own command
        command,
        capture_output=True,
        cwd=tmp_path,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert result.returncode == 2
    assert b"There is no such file." in result.stderr


@pytest.mark.model
def test_folds_and_findings_in_a_terminal(tmp_path: Path) -> None:
    """Faithful pairs are folded when all is checked; `z` opens them, and `q` tells findings."""
    with opened(tmp_path, "--context", "0") as terminal:
        terminal.until("without a finding")
        seen = len(terminal.received)
        terminal.press(b"z")
        terminal.until("Conference is designed", seen)
        terminal.press(b"q")
        assert terminal.leave() == 1


@needs_tmux
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_in_tmux(tmp_path: Path, size: tuple[int, int]) -> None:
    """In tmux the viewer fills the window and leaves the shell's own screen and modes behind."""
    tmux = [str(shutil.which("tmux")), "-S", str(tmp_path / "socket"), "-f", os.devnull]
    script = tmp_path / "run.sh"
    script.write_text(
        "echo before the viewer; stty -g > modes.before\n"
        f"{sys.executable} -m align diff {PAIR[0]} {PAIR[1]}; echo code $?\n"
        "stty -g > modes.after; sleep 60\n",
        "utf-8",
    )

    def run(*arguments: str) -> str:
        return subprocess.run(  # noqa: S603 - tmux, with our own arguments
            [*tmux, *arguments],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm"},
        ).stdout

    def until(words: str) -> str:
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            shown = run("capture-pane", "-p")
            if words in shown:
                return shown
            time.sleep(0.1)
        pytest.fail(f"{words!r} never came:\n{shown}")

    width, height = map(str, size)
    run("new-session", "-d", "-x", width, "-y", height, f"sh {script}")
    try:
        shown = until("Quit")
        assert "direct talks" in shown
        assert "before the viewer" not in shown
        assert max(map(len, shown.split("\n"))) <= size[0]
        run("send-keys", "q")
        shown = until("code 130")
        assert "before the viewer" in shown
        assert "direct talks" not in shown
        end = time.monotonic() + WAIT
        while not (tmp_path / "modes.after").exists() and time.monotonic() < end:
            time.sleep(0.1)
        before, after = (tmp_path / f"modes.{when}" for when in ("before", "after"))
        assert after.read_text() == before.read_text()
    finally:
        run("kill-server")
