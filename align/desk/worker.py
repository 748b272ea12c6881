"""The process that checks: apart from the server, so that what ends it ends nothing else.

The server never loads a model. A thread of it hands one check after the other to the process,
writes down how far it is, and starts another process when one has ended. Of several servers on one
database, one checks; the others wait until it ends.
"""

import json
import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Any

from sqlalchemy import Engine

from align.desk import jobs
from align.desk.turn import turn_on
from align.errors import AlignError

log = logging.getLogger(__name__)

_SPAWN = multiprocessing.get_context("spawn")

_IDLE_SECONDS = 2.0
"""How often the queue is looked at unasked: another server may share the database, and end."""

_BETWEEN_SECONDS = 0.25
"""How long to wait between two notes of how far a check has come."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the process is handed: names and contents of two files, or of one bilingual file."""

    names: tuple[str, str]
    contents: tuple[bytes, bytes | None]
    languages: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a check has come, and at last its report as JSON, or why there is none."""

    progress: float = 0.0
    report: str = ""
    problem: tuple[str, str, str] | None = None


Check = Callable[[Texts], Iterator[Step]]
"""What the process does. It is pickled, so it is a function of a module, or a record of values."""


class Worker:
    """The thread that feeds the process, and the process."""

    def __init__(self, engine: Engine, check: Check, clock: Callable[[], str]) -> None:
        """Take what is needed; nothing starts yet.

        Args:
            engine: The database of the queue.
            check: What the process does with two texts.
            clock: Tells the time as it is written down.
        """
        self._engine = engine
        self._check = check
        self._clock = clock
        self._turn = turn_on(engine)
        self._wake = Event()
        self._over = Event()
        self._thread = Thread(target=self._run, name="desk-worker", daemon=True)
        self._process: BaseProcess | None = None
        self._pipe: Pipe | None = None

    def start(self) -> None:
        """Take up the queue as soon as no other server has it."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something in the queue."""
        self._wake.set()

    def stop(self) -> None:
        """End the process and the thread; what was under way is queued again at the next start."""
        self._over.set()
        self._wake.set()
        if self._process is not None:
            self._process.kill()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                job = self._next()
                if job is not None:
                    self._do(job)
                    continue
            except Exception:
                # The database may be away for a moment; the queue must not stand still for ever.
                log.exception("The queue of checks cannot be worked on.")
                self._give_up()
                self._over.wait(_IDLE_SECONDS)
                continue
            self._wake.wait(_IDLE_SECONDS)
            self._wake.clear()
        self._give_up()

    def _next(self) -> jobs.Job | None:
        if not self._turn.holds():
            if not self._turn.take():
                return None
            # What is running now was begun by a server that has ended.
            jobs.requeue(self._engine)
        return jobs.claim(self._engine)

    def _give_up(self) -> None:
        """End the process, what it still says being of a check given up, and leave the turn."""
        if self._process is not None:
            self._process.kill()
            self._ending()
        self._turn.leave()

    def _do(self, job: jobs.Job) -> None:
        try:
            report = self._report(job)
        except EOFError:
            if self._over.is_set():
                jobs.release(self._engine, job)
            else:
                jobs.put_back(self._engine, job, self._ending())
            return
        except AlignError as error:
            jobs.fail(self._engine, job, error)
            return
        jobs.finish(self._engine, job, report, self._clock())

    def _report(self, job: jobs.Job) -> dict[str, Any]:
        pipe = self._ready()
        if self._over.is_set():  # and nobody has seen the process that was just begun
            raise EOFError
        with self._engine.connect() as connection:
            source = jobs.get_upload(connection, job.task.source_sha256)
            other = job.task.target_sha256
            target = jobs.get_upload(connection, other) if other else None
        one, two = (tag or None for tag in job.task.languages)
        names = (job.task.source_name, job.task.target_name)
        try:
            pipe.send(Texts(names, (source, target), (one, two)))
            return self._followed(pipe, job)
        except OSError as error:  # the pipe is broken
            raise EOFError from error

    def _followed(self, pipe: Pipe, job: jobs.Job) -> dict[str, Any]:
        noted = time.monotonic()
        while True:
            step: Step = pipe.recv()
            if step.problem is not None:
                what, where, fix = step.problem
                raise AlignError(what, where=where, fix=fix)
            if step.report:
                table: dict[str, Any] = json.loads(step.report)
                return table
            if time.monotonic() - noted >= _BETWEEN_SECONDS:
                jobs.advance(self._engine, job, step.progress)
                noted = time.monotonic()

    def _ready(self) -> Pipe:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            ours, theirs = _SPAWN.Pipe()
            self._process = _SPAWN.Process(target=_work, args=(theirs, self._check), daemon=True)
            self._process.start()
            theirs.close()  # else its end would not be noticed
            self._pipe = ours
        return self._pipe

    def _ending(self) -> str:
        process, self._process = self._process, None
        if process is None:
            return "The process that checks has ended."
        process.join(timeout=10)
        code = process.exitcode
        if code is not None and code < 0:
            return f"The process that checks was ended by {signal.Signals(-code).name}."
        return f"The process that checks has ended with code {code}."


def _work(pipe: Pipe, check: Check) -> None:
    # Ctrl-C in a terminal goes to every process there; the server ends this one itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            texts = pipe.recv()
        except EOFError:
            return
        try:
            for step in check(texts):
                pipe.send(step)
        except AlignError as error:
            pipe.send(Step(problem=(error.what, error.where, error.fix)))
        except BrokenPipeError:
            return  # the server was killed
        except Exception as error:  # noqa: BLE001 - one article must not end the checks of others
            pipe.send(Step(problem=(f"The check failed: {type(error).__name__}: {error}.", "", "")))
