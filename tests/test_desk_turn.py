"""Tests of several servers on one database: one checks, and another goes on when it ends."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from sqlalchemy import Engine, text

from align.desk import jobs
from align.desk.jobs import Job, Task
from align.desk.store import open_store, writing
from align.desk.turn import turn_on
from align.errors import AlignError
from tests.databases import fresh_postgres
from tests.desks import AT, GOLDEN, make_desk


def enqueued(engine: Engine, content: bytes, count: int) -> None:
    """Put checks of a text into the queue."""
    with writing(engine) as connection:
        digest = jobs.keep_upload(connection, content)
        for _ in range(count):
            jobs.enqueue(connection, Task("a.txt", digest, "b.txt", digest), "Hà", AT)


def job_when(engine: Engine, number: int, wanted: Callable[[Job], bool]) -> Job:
    """Wait until a check is as wanted, and return it."""
    for _ in range(1200):
        with engine.connect() as connection:
            job = jobs.get_job(connection, number)
        assert job is not None
        if wanted(job):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def work(database: str) -> None:
    """Work on the queue of a desk until killed."""
    make_desk(database).worker.start()
    time.sleep(120)


@contextmanager
def server_on(database: str) -> Iterator[BaseProcess]:
    """Start a server's worker in a process of its own."""
    server = get_context("spawn").Process(target=work, args=(database,))
    server.start()
    try:
        yield server
    finally:
        server.kill()
        server.join(timeout=30)


def under_way(attempts: int) -> Callable[[Job], bool]:
    """Return what tells whether a check has come some way, begun so many times."""
    return lambda job: job.status == "running" and job.progress > 0 and job.attempts == attempts


def test_a_second_server_waits_and_takes_over(any_database: str) -> None:
    """It leaves the first one's checks alone until that is killed, and then goes on with them."""
    engine = open_store(any_database)
    enqueued(engine, b"slow", 2)
    with server_on(any_database) as first:
        job_when(engine, 1, under_way(1))
        with server_on(any_database):
            assert job_when(engine, 1, lambda job: job.status == "done").attempts == 1
            job_when(engine, 2, under_way(1))
            first.kill()
            assert job_when(engine, 2, lambda job: job.status == "done").attempts == 2
    engine.dispose()


def test_a_killed_check_goes_on_or_says_why(any_database: str) -> None:
    """A check whose server was killed is done by the next; at the second kill it says so."""
    engine = open_store(any_database)
    enqueued(engine, b"slow", 2)
    with server_on(any_database) as server:
        job_when(engine, 1, under_way(1))
        server.kill()
    desk = make_desk(any_database)
    desk.worker.start()
    job_when(engine, 1, under_way(2))
    desk.worker.stop()
    desk.engine.dispose()
    assert job_when(engine, 1, lambda job: job.status == "queued").attempts == 1
    with server_on(any_database) as server:
        job_when(engine, 1, under_way(2))
        server.kill()
    desk = make_desk(any_database)
    desk.worker.start()
    failure = job_when(engine, 1, lambda job: job.status == "failed").failure
    assert "ended while this check ran" in failure
    assert job_when(engine, 2, lambda job: job.status == "done").article
    desk.worker.stop()
    desk.engine.dispose()
    engine.dispose()


def test_a_server_that_is_closed_lets_the_next_one_on(any_database: str) -> None:
    """A desk that is stopped gives its turn and its check back at once, as if not begun."""
    engine = open_store(any_database)
    enqueued(engine, b"slow", 1)
    desks = make_desk(any_database), make_desk(any_database)
    desks[0].worker.start()
    job_when(engine, 1, under_way(1))
    desks[1].worker.start()
    desks[0].worker.stop()
    assert job_when(engine, 1, lambda job: job.status == "done").attempts == 1
    desks[1].worker.stop()
    for desk in desks:
        desk.engine.dispose()
    engine.dispose()


def test_there_is_one_turn(any_database: str) -> None:
    """Of two that ask, one gets the turn; the other when it was left."""
    engines = open_store(any_database), open_store(any_database)
    one, two = map(turn_on, engines)
    assert not one.holds()
    assert one.take()
    assert one.holds()
    assert not two.take()
    assert not two.holds()
    one.leave()
    one.leave()
    assert not one.holds()
    assert two.take()
    two.leave()
    for engine in engines:
        engine.dispose()


def test_a_turn_is_lost_with_its_connection(postgres: str) -> None:
    """Where PostgreSQL ends the session, the turn is another's to take, and its holder knows."""
    database = fresh_postgres(postgres)
    engines = open_store(database), open_store(database)
    one, two = map(turn_on, engines)
    assert one.take()
    with engines[1].connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        ours = "current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(others + ours))
    assert not one.holds()
    assert two.take()
    assert not one.take()
    two.leave()
    for engine in engines:
        engine.dispose()


def test_a_check_that_another_has_claimed_is_no_longer_ours(any_database: str) -> None:
    """What a server says of a check that was taken from it in the meantime changes nothing."""
    engine = open_store(any_database)
    enqueued(engine, b"x", 1)
    before = jobs.claim(engine)
    assert before is not None
    jobs.requeue(engine)
    after = jobs.claim(engine)
    assert after is not None
    table = json.loads(GOLDEN.read_text("utf-8"))
    jobs.advance(engine, before, 0.9)
    jobs.fail(engine, before, AlignError("It was not to its taste."))
    jobs.finish(engine, before, table, AT)
    job = job_when(engine, 1, lambda job: job.status == "running")
    assert (job.progress, job.article, job.attempts) == (0.0, None, 2)
    jobs.finish(engine, after, table, AT)
    assert job_when(engine, 1, lambda job: job.status == "done").article == 1
    engine.dispose()
