"""Long output: through the user's pager on a terminal, straight out everywhere else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHOW = "from align.cli import pager; pager.show('one\\ntwo\\n', wanted={wanted})"

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


def on_a_terminal(wanted: bool, **variables: str) -> str:
    """Return what a terminal gets to see."""
    process, line = pty.fork()
    if process == 0:
        os.environ.update(PYTHONPATH=str(ROOT), TERM="xterm", **variables)
        code = SHOW.format(wanted=wanted)
        os.execv(sys.executable, [sys.executable, "-c", code])  # noqa: S606 - our own code
    received = b""
    while True:
        try:
            data = os.read(line, 4096)
        except OSError:
            break
        if not data:
            break
        received += data
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    os.close(line)
    return received.decode().replace("\r\n", "\n")


def test_a_pager_on_a_terminal() -> None:
    """`$PAGER` gets the text, with its own arguments."""
    assert on_a_terminal(True, PAGER="sed 's/^/paged: /'") == "paged: one\npaged: two\n"


def test_less_is_told_how_to_behave() -> None:
    """Without a wish of the user, less quits on short texts and passes colours on."""
    assert on_a_terminal(True, PAGER="sh -c 'cat; echo $LESS'") == "one\ntwo\nFRX\n"
    assert on_a_terminal(True, PAGER="sh -c 'echo $LESS'", LESS="-S") == "-S\n"


@pytest.mark.parametrize("pager", ["", "no-such-program --x"])
def test_no_pager(pager: str) -> None:
    """An empty or missing pager, or --no-pager, is no reason to show nothing."""
    assert on_a_terminal(True, PAGER=pager) == "one\ntwo\n"
    assert on_a_terminal(False, PAGER="sed 's/^/paged: /'") == "one\ntwo\n"


def test_no_pager_in_a_pipe() -> None:
    """What goes into a pipe goes there as it is."""
    result = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", SHOW.format(wanted=True)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PAGER": "sed 's/^/paged: /'"},
    )
    assert result.stdout == b"one\ntwo\n"
