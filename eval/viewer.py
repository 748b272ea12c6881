"""Measures how soon the viewer shows something.

    python -m eval.viewer [--runs 5] [--sentences 50000]

The viewer runs as a process of its own in a pseudo-terminal of 80 by 24. The clock starts when the
process does and stops when words of both texts have arrived at the terminal; then when the first
finding has, and when the terminal is given back after `q`. A made-up book of many sentences is laid
out besides, as it is when it is opened. Writes eval/results/viewer.json.
"""

import argparse
import fcntl
import json
import os
import pty
import re
import select
import statistics
import struct
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.bitext import Bead, Bitext, Segment
from align.finding import Report
from align.read.text import parse
from align.viewer import state
from align.viewer.layout import lay_out
from align.viewer.state import Seen, View
from eval.speed import machine

ROOT = Path(__file__).parent.parent
PAIR = (ROOT / "seeds/000_293dd51d06a938cd.txt", ROOT / "seeds/004_7d26e8ad050225a4.txt")
PATIENCE = 120.0
"""Seconds after which a run has failed."""

_QUIET = 1.5
"""Seconds without anything new, after which everything has been checked."""

_ESCAPE = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z@]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")
_LEAVES_THE_SCREEN = b"\x1b[?1049l"
# The middle of the first sentence on either side, and what the panel says of any finding.
_TEXTS = ("direct talks", "trực tiếp")
_FINDING = ("% sure",)


@dataclass(frozen=True)
class Run:
    """Seconds from the start of the process to each event, and of quitting."""

    first_paint: float
    first_finding: float
    quitting: float
    is_clean: bool


def main() -> None:
    """Run, and store the figures or the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sentences", type=int, default=50_000)
    given = parser.parse_args()
    runs = [measured() for _ in range(given.runs)]
    figures = {
        "machine": machine(),
        "runs": given.runs,
        "first paint": described([run.first_paint for run in runs]),
        "first finding": described([run.first_finding for run in runs]),
        "quitting": described([run.quitting for run in runs]),
        f"laying out {given.sentences} sentences": described(
            [laid_out(given.sentences) for _ in range(given.runs)]
        ),
        "terminal restored": all(run.is_clean for run in runs),
    }
    text = json.dumps(figures, indent=1)
    (ROOT / "eval" / "results" / "viewer.json").write_text(text + "\n", "utf-8")
    print(text)


def described(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the range of some seconds."""
    return {
        "seconds": round(statistics.median(seconds), 2),
        "fastest": round(min(seconds), 2),
        "slowest": round(max(seconds), 2),
    }


def measured() -> Run:
    """Return what one run in a pseudo-terminal took."""
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ.update(TERM="xterm-256color", PYTHONPATH=str(ROOT))
        os.execv(sys.executable, [sys.executable, "-m", "align", "diff", *map(str, PAIR)])  # noqa: S606
    before = termios.tcgetattr(terminal)
    seen = Screen(terminal)
    first_paint = seen.until(_TEXTS) - start
    first_finding = seen.until(_FINDING) - start
    seen.settle()
    asked = time.perf_counter()
    os.write(terminal, b"q")
    seen.to_the_end()
    quitting = time.perf_counter() - asked
    _, status = os.waitpid(process, 0)
    is_clean = (
        os.waitstatus_to_exitcode(status) == 1
        and _LEAVES_THE_SCREEN in seen.received
        and termios.tcgetattr(terminal)[3] == before[3]
    )
    os.close(terminal)
    return Run(first_paint, first_finding, quitting, is_clean)


def laid_out(sentences: int) -> float:
    """Return how long the first screen of a book takes, of which nothing is folded."""
    text = "\n".join(
        f"Sentence {n} of a book. " + "It goes on. " * (n % 9) for n in range(sentences)
    )
    read = parse(text.encode(), "book.txt")
    segments = tuple(
        Segment(block, block.of(read.text), number) for number, block in enumerate(read.blocks)
    )
    beads = tuple(Bead(range(n, n + 1), range(n, n + 1), 1.0) for n in range(len(segments)))
    report = Report(Bitext(read, read, segments, segments, beads), (), (), "", 0.0)
    start = time.perf_counter()
    view = state.with_seen(View((read, read), is_folded=False), Seen(report, is_whole=True))
    lay_out(view, 80).settle(0, 24)
    return time.perf_counter() - start


class Screen:
    """What has arrived at a terminal."""

    def __init__(self, terminal: int) -> None:
        """Take the terminal's own side of the line."""
        self._terminal = terminal
        self.received = b""

    def until(self, wanted: Sequence[str]) -> float:
        """Wait for words, and return when they were there."""
        while not all(words.encode() in _ESCAPE.sub(b"", self.received) for words in wanted):
            if not self._read():
                sys.exit(f"The viewer ended early:\n{self.received.decode(errors='replace')}")
        return time.perf_counter()

    def settle(self) -> None:
        """Wait until nothing has arrived for a while."""
        while select.select([self._terminal], [], [], _QUIET)[0]:
            self._read()

    def to_the_end(self) -> None:
        """Wait until nobody writes to the terminal any more."""
        while self._read():
            pass

    def _read(self) -> bool:
        if not select.select([self._terminal], [], [], PATIENCE)[0]:
            sys.exit("The viewer hangs.")
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # what Linux says when the other side is closed
            return False
        self.received += data
        return bool(data)


if __name__ == "__main__":
    main()
