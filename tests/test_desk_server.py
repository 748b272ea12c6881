"""Tests of the desk as a process: killed, asked by many at once, and by other programs."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import uvicorn

from align.desk import statistics
from align.desk.app import THREADS, make_app
from align.desk.articles import get
from align.desk.desk import Desk
from align.desk.log import read_log
from align.desk.store import open_store
from tests.desk_process import serve, stop
from tests.desks import TOKEN, add_article, golden_report, make_database, make_desk

ROOT = Path(__file__).parent.parent
KEYS = tuple(finding.key for finding in golden_report().findings)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Make a database with one article."""
    return make_database(tmp_path)


def test_a_kill_loses_no_decision(database: Path) -> None:
    """Whatever was answered before kill -9 is there afterwards, and the desk opens again."""
    answered: list[int] = []
    for turn in range(3):
        served = serve(database)
        with ThreadPoolExecutor(4) as pool:
            wishes = [{"action": "agree", "key": KEYS[n % 7]} for n in range(40)]
            futures = [pool.submit(served.ask, "/api/articles/1/decisions", w) for w in wishes]
            answered += [future.result()["decision"] for future in futures[: 5 + 7 * turn]]
            served.process.send_signal(signal.SIGKILL)
            for future in futures:
                try:
                    answered.append(future.result()["decision"])
                except (OSError, ValueError):
                    continue
        served.process.wait(timeout=30)
        stop(served)
    engine = open_store(str(database))
    with engine.connect() as connection:
        kept = {decision.id for decision in read_log(connection, 1)}
    engine.dispose()
    assert set(answered) <= kept
    assert len(kept) >= 5 + 12 + 19


def test_many_at_once_lose_nothing(database: Path) -> None:
    """Ten clients over HTTP, each with seven decisions: all are kept, with right counts."""
    served = serve(database)
    try:
        wishes = [{"action": "agree", "key": KEYS[n % 7], "request": f"r{n}"} for n in range(70)]
        with ThreadPoolExecutor(10) as pool:
            given = list(pool.map(lambda w: served.ask("/api/articles/1/decisions", w), wishes))
        assert len({answer["decision"] for answer in given}) == 70
        assert len(served.ask("/api/articles/1/decisions")) == 70
        assert served.ask("/api/articles/1")["article"]["undecided"] == 0
        with pytest.raises(HTTPError):
            served.ask("/api/articles/2")
    finally:
        stop(served)
    engine = open_store(str(database))
    with engine.connect() as connection:
        listed = get(connection, 1)
    engine.dispose()
    assert listed is not None
    assert listed.undecided == 0


def test_only_so_many_requests_are_worked_on_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty clients at once are all answered, and no more of them compute than is good."""
    working, most, guard = 0, 0, Lock()

    def counting(_connection: object) -> statistics.Statistics:
        nonlocal working, most
        with guard:
            working += 1
            most = max(most, working)
        time.sleep(0.05)
        with guard:
            working -= 1
        return statistics.Statistics((), (), {})

    monkeypatch.setattr("align.desk.api.statistics.count", counting)
    with running(make_desk(str(tmp_path / "d.sqlite"))) as address:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        asked = Request(f"{address}/api/statistics", headers=headers)  # noqa: S310 - our own
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: urlopen(asked, timeout=60).status, range(20)))  # noqa: S310 - our own
    assert answers == [200] * 20
    assert most == THREADS


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--host", "0.0.0.0"], "anybody in the network"),  # noqa: S104 - which is refused
        (["--passwords", "/nowhere"], "no such file"),
        (["/nowhere"], "no results of a batch"),
        (["backup", "/nowhere/b.zip"], "cannot be written"),
        (["restore", "/nowhere/b.zip"], "no sound backup"),
        (["password", "Lan", "--role", "boss"], "no role"),
    ],
)
def test_a_command_that_cannot_be_says_why(
    tmp_path: Path, arguments: list[str], problem: str
) -> None:
    """Bad input is one clear error and exit code 2."""
    database = [] if arguments[0] == "password" else ["--database", str(tmp_path / "d")]
    answer = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "align", "desk", *arguments, *database],
        cwd=ROOT, capture_output=True, text=True, check=False, input="long enough\n",
    )  # fmt: skip
    assert answer.returncode == 2
    assert problem in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_example_of_a_client_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program in the documentation does what it says, with a check that needs no model."""
    text = (ROOT / "docs" / "desk.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    with running(make_desk(str(tmp_path / "d.sqlite"))) as address:
        exec(compile(example, "desk.md", "exec"), {"DESK": address, "TOKEN": TOKEN})  # noqa: S102
    assert "major Nothing in the translation stands for" in capsys.readouterr().out


def test_no_request_that_the_description_allows_breaks_the_api(tmp_path: Path) -> None:
    """Schemathesis asks whatever the description allows, and is never answered with a 5xx."""
    pytest.importorskip("schemathesis")
    desk = make_desk(str(tmp_path / "d.sqlite"))
    add_article(desk.engine)
    with running(desk) as address:
        answer = subprocess.run(  # noqa: S603 - a tool of the tests
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json",
                "-H", f"Authorization: Bearer {TOKEN}", "--checks", "not_a_server_error",
                "--max-examples", "15", "--phases", "examples,coverage,fuzzing", "--seed", "7",
                "--exclude-path", "/api/login", "--suppress-health-check", "all", "--no-color",
            ],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-1000:]


@contextmanager
def running(desk: Desk) -> Iterator[str]:
    """Serve a desk of the tests from a thread, and yield its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=30)
