"""Work for tests of batches: it loads no model, and dies on demand. As a program, it runs a batch.

    python -m tests.batch_work OUT COUNT

compares so many pairs in two processes, and prints a line for each.
"""

import hashlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from align.batch.course import Progress, Summary, drive
from align.batch.engine import Work
from align.batch.local import Local
from align.batch.outcome import Digested, Failure, Outcome
from align.batch.pair import Batch, Pair
from align.batch.results import opened
from align.bitext import Bead, Bitext, Document, Segment, Span
from align.errors import ModelError
from align.finding import BeadRisk, Report


def pairs(count: int) -> tuple[Pair, ...]:
    """Return so many pairs with names in an order that is not that of the alphabet."""
    return tuple(
        Pair(f"{k * 7 % count}-of-{count}", f"{k}.en.txt", f"{k}.vi.txt", (("desk", "thế giới"),))
        for k in range(count)
    )


def key(pair: Pair) -> str:
    """Return the digest of a pair's paths: these files never change."""
    return hashlib.sha256(f"{pair.source} {pair.target}".encode()).hexdigest()


def outcome(pair: Pair) -> Outcome:
    """Return a report on a sentence, or for some pairs an error, the same each time."""
    digests = (Digested(pair.source, key(pair)), Digested(pair.target, key(pair)))
    digest = key(pair)
    if int(digest, 16) % 5 == 0:
        error = Failure(f"{pair.source} cannot be read.", pair.source)
        return Outcome(pair.name, *digests, pair.fields, digest, error=error)
    sides = [_side(path, digest) for path in (pair.source, pair.target)]
    beads = (Bead(range(1), range(1), 0.5),)
    bitext = Bitext(sides[0][0], sides[1][0], sides[0][1], sides[1][1], beads)
    report = Report(bitext, (), (), "test", 0.25, (BeadRisk(0.25, is_judged=True),))
    return Outcome(pair.name, *digests, pair.fields, digest, report)


def _side(path: str, digest: str) -> tuple[Document, tuple[Segment, ...]]:
    text = f"Câu này có dấu “{digest[:9]}”.\u2028" * (1 + int(digest, 16) % 40)
    span = Span(0, len(text))
    return Document(path, text, (span,), path, "vi", 1.0), (Segment(span, text, 0, "vi"),)


def work(folder: str, pair: Pair) -> Outcome:
    """Return the outcome of a pair; what a pair's first field says may come before that."""
    wish = pair.fields[0][1]
    if wish == "die" or (wish == "die once" and _is_first(folder, pair)):
        os.kill(os.getpid(), signal.SIGKILL)
    if wish == "swallow all memory":
        raise MemoryError
    if wish == "fail":
        raise RuntimeError("no such luck")
    if wish == "refuse":
        raise ModelError("The model is not there.", where="here", fix="Fetch it.")
    if wish == "slow":
        time.sleep(0.003)
    return outcome(pair)


def _is_first(folder: str, pair: Pair) -> bool:
    mark = Path(folder) / hashlib.sha256(pair.name.encode()).hexdigest()
    was_there = mark.exists()
    mark.touch()
    return not was_there


def prepare(folder: str = "") -> Work:
    """Return the work."""
    return partial(work, folder)


def refuse() -> Work:
    """Refuse to be prepared."""
    raise ModelError("The model is not there.", where="here", fix="Fetch it.")


def die_at_start() -> Work:
    """Die before there is any work."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


class Idler:
    """Somebody else's actor on a cluster."""

    def stay(self) -> None:
        """Do nothing."""


def run(out: str, batch: Batch, jobs: int = 2) -> Summary:
    """Run a batch of this work, printing a line for each pair that is done."""

    def tell(progress: Progress) -> None:
        sys.stdout.write(f"{progress.done}\n")
        sys.stdout.flush()

    def answers(due: Iterator[Pair]) -> Iterator[bytes]:
        return Local(jobs).run(due, prepare)

    with opened(out) as results:
        return drive(batch, results, key, answers, tell)


if __name__ == "__main__":
    run(sys.argv[1], Batch("", pairs(int(sys.argv[2]))))
