"""The engine of one machine: processes side by side, each with its own models."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import current_thread, main_thread

from align.batch.engine import FOR_ALL, ONE_THREAD, Prepare, answer, failed, line
from align.batch.outcome import Failure
from align.batch.pair import Pair
from align.cores import count_cores, use_at_most
from align.errors import AlignError

STILLBORN = 3
"""Processes in a row that die before they are ready: then it is no pair that kills them."""

_READY, _LINE, _REFUSED = "ready", "line", "refused"
_PATIENCE = 5.0
"""Seconds that a process has to end when it is told to; it is killed then."""


@dataclass(slots=True)
class _Worker:
    """A process, the way to it, and the pair that it has in hand."""

    process: SpawnProcess
    connection: Connection
    pair: Pair
    is_ready: bool = False


class Local:
    """An engine of processes on this machine, of which each takes one core.

    A process that dies costs only the pair it had in hand. That pair is tried once more when all
    others are done, with no other beside it; if it kills again, its line says so.
    """

    def __init__(self, jobs: int | None = None) -> None:
        """Take the number of processes; as many as there are cores, if not given."""
        self._jobs = jobs or count_cores()

    def run(self, pairs: Iterable[Pair], prepare: Prepare) -> Iterator[bytes]:
        """Yield the line of each pair as soon as it is there; see `Engine`."""
        suspects: list[Pair] = []

        def put_off(pair: Pair, how: str) -> Iterator[bytes]:
            del how
            suspects.append(pair)
            yield from ()

        yield from _Crew(prepare).answers(pairs, self._jobs, put_off)
        yield from _Crew(prepare).answers(suspects, 1, _killed)


def _killed(pair: Pair, how: str) -> Iterator[bytes]:
    failure = Failure(
        f"The process that compared this pair died, twice: {how}.",
        fix="If the memory was short, free some or cut the article; then run the batch again.",
    )
    yield line(failed(pair, failure))


class _Crew:
    """Processes at work on one list of pairs."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._busy: dict[Connection, _Worker] = {}
        self._stillborn = 0

    def answers(
        self, pairs: Iterable[Pair], jobs: int, died: Callable[[Pair, str], Iterator[bytes]]
    ) -> Iterator[bytes]:
        """Yield the lines of pairs. No pair is taken before a process is free for it.

        Args:
            pairs: What is to be done.
            jobs: How many processes there are at most.
            died: What to answer for a pair whose process died, and how that died.
        """
        waiting = iter(pairs)
        try:
            for pair in waiting:
                self._hire(pair)
                if len(self._busy) == jobs:
                    break
            while self._busy:
                for connection in wait(list(self._busy)):
                    worker = self._busy[connection]  # type: ignore[index] # it is one of them
                    yield from self._heard(worker, waiting, died)
        finally:
            self._dismiss_all()

    def _heard(
        self,
        worker: _Worker,
        waiting: Iterator[Pair],
        died: Callable[[Pair, str], Iterator[bytes]],
    ) -> Iterator[bytes]:
        """Take what a process says, and give it the next pair."""
        try:
            kind, said = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._replace(worker, waiting, died)
            return
        if kind == _REFUSED:
            error, words = said
            raise error(words[0], where=words[1], fix=words[2])
        if kind == _READY:
            worker.is_ready, self._stillborn = True, 0
            return
        following = next(waiting, None)
        if following is None:
            self._dismiss(worker)
        else:
            worker.pair = following
            with suppress(OSError):  # if it died meanwhile, the next word from it is its end
                worker.connection.send(following)
        yield said

    def _replace(
        self,
        worker: _Worker,
        waiting: Iterator[Pair],
        died: Callable[[Pair, str], Iterator[bytes]],
    ) -> Iterator[bytes]:
        how = self._dismiss(worker)
        if worker.is_ready:
            yield from died(worker.pair, how)
            following = next(waiting, None)
        else:
            self._stillborn += 1
            following = worker.pair
        if self._stillborn == STILLBORN:
            raise AlignError(
                f"The processes that compare die at their start: {how}.",
                fix="Free some memory, or start fewer with --jobs. "
                "What is done already is kept: run the same command again.",
            )
        if following is not None:
            self._hire(following)

    def _hire(self, pair: Pair) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        with _environment():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, pair)
        self._busy[ours] = worker
        with suppress(OSError):
            ours.send(pair)

    def _dismiss(self, worker: _Worker) -> str:
        """Let a process go, and return how it ended."""
        del self._busy[worker.connection]
        worker.connection.close()
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        code = worker.process.exitcode or 0
        worker.process.close()
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def _dismiss_all(self) -> None:
        for worker in self._busy.values():
            worker.process.terminate()
        for worker in list(self._busy.values()):
            self._dismiss(worker)


def _serve(connection: Connection, prepare: Prepare) -> None:
    """Compare pairs as they come; the end of a worker process is the end of the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who tells us
    # So many processes take so many cores. Sentences side by side would use them less well: some
    # parts of an article's work have nothing beside them.
    use_at_most(1)
    try:
        work = prepare()
        # A connection that breaks is a parent that is gone, or has no more pairs.
        with suppress(EOFError, OSError):
            connection.send((_READY, None))
            while True:
                connection.send((_LINE, answer(work, connection.recv())))
    except FOR_ALL as error:
        with suppress(OSError):
            connection.send((_REFUSED, (type(error), (error.what, error.where, error.fix))))


@contextmanager
def _environment() -> Iterator[None]:
    """Start a process with one thread a library, and deaf to Ctrl-C from its first moment."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    listens = current_thread() is main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if listens else None
    try:
        yield
    finally:
        if listens:
            signal.signal(signal.SIGINT, handler)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
