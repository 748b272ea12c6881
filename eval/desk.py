"""How fast the desk answers: many clients at once on a queue of many articles.

    python -m eval.desk --articles 1000 --clients 50
    python -m eval.desk --articles 1000 --clients 50 --database postgresql://desk@127.0.0.1/empty

Without a URL the database is an SQLite file of its own. The articles are copies of the first seed
pair's report, all but the first with other risks. Each client looks at the queue, searches it,
opens an article and decides on a finding, over real HTTP with a real server. Writes the figures
of that kind of database into eval/results/desk.json.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

import numpy as np

from align.desk.articles import Incoming, keep
from align.desk.store import open_store, writing
from align.read.report import parse_bytes
from eval.speed import machine

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "eval" / "results" / "desk.json"
AT = "2026-01-01T00:00:00Z"


def fill(database: str, articles: int) -> str:
    """Fill a database with articles, and return the key of a finding in each."""
    report = parse_bytes((ROOT / "tests" / "golden" / "voa-vi.json").read_bytes())
    risks = np.random.default_rng(8).uniform(size=articles)
    engine = open_store(database)
    with writing(engine) as connection:
        for number, risk in enumerate(risks):
            own = replace(report, risk=float(risk)) if number else report
            fields = (("translator", f"translator {number % 12}"),)
            names = (f"article {number}.txt", f"bài {number}.txt")
            keep(connection, Incoming("load", str(number), names, own, fields=fields), AT)
    engine.dispose()
    return report.findings[0].key


def visit(address: str, token: str, numbers: Sequence[int], key: str) -> list[tuple[str, float]]:
    """Do what a reviser does with some articles, and return how long each answer took."""
    took = []
    for number in numbers:
        wish = json.dumps({"action": "agree", "key": key}).encode()
        asked: list[tuple[str, str, bytes | None]] = [
            ("queue", "/", None),
            ("search", f"/?search=article+{number}", None),
            ("article", f"/articles/{number}", None),
            ("decision", f"/api/articles/{number}/decisions", wish),
        ]
        for name, path, body in asked:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            begun = time.perf_counter()
            with urlopen(Request(address + path, body, headers), timeout=120) as answer:  # noqa: S310 - our own
                answer.read()
            took.append((name, time.perf_counter() - begun))
    return took


def main() -> None:
    """Serve, visit, print a line for each kind of answer, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--database", help="URL of an empty PostgreSQL database")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        database = given.database or str(Path(folder) / "desk.sqlite")
        answers, seconds = measured(database, given)
    print(f"{len(answers)} answers to {given.clients} clients in {seconds:.1f} s, no error")
    store("postgresql" if given.database else "sqlite", {
        "machine": machine(),
        "load before": round(load, 1),
        "articles": given.articles,
        "clients": given.clients,
        "answers": len(answers),
        "errors": 0,
        "seconds": round(seconds, 1),
        "milliseconds": described(answers),
    })  # fmt: skip


def measured(database: str, given: argparse.Namespace) -> tuple[list[tuple[str, float]], float]:
    """Serve a filled database to all clients, and return what took how long, and all together."""
    begun = time.perf_counter()
    key = fill(database, given.articles)
    print(f"{given.articles} articles kept in {time.perf_counter() - begun:.1f} s")
    begun = time.perf_counter()
    with served(database) as (address, token):
        visit(address, token, [1], key)
        print(f"open after {time.perf_counter() - begun:.1f} s")
        draw = np.random.default_rng(9)
        rounds = draw.integers(1, given.articles + 1, (given.clients, given.rounds)).tolist()
        begun = time.perf_counter()
        with ThreadPoolExecutor(given.clients) as pool:
            # One that fails raises here: no error is a figure of this program.
            answers = list(pool.map(lambda own: visit(address, token, own, key), rounds))
        seconds = time.perf_counter() - begun
    return [row for rows in answers for row in rows], seconds


@contextmanager
def served(database: str) -> Iterator[tuple[str, str]]:
    """Serve a database as a user does, and yield the address and the token."""
    command = [sys.executable, "-u", "-m", "align", "desk", "--no-browser", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--database", database], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        url = server.stdout.readline().split()[-1]
        try:
            address, token = url.split("/enter?token=")
            yield address, token
        finally:
            server.terminate()


def described(answers: Sequence[tuple[str, float]]) -> dict[str, dict[str, int]]:
    """Return median and 95th percentile of each kind of answer, and print them."""
    found = {}
    for name in ("queue", "search", "article", "decision"):
        times = np.array([took for kind, took in answers if kind == name])
        middle, late = (round(float(p) * 1000) for p in np.percentile(times, (50, 95)))
        print(f"{name:10} median {middle:6} ms   95th percentile {late:6} ms")
        found[name] = {"median": middle, "95th percentile": late}
    return found


def store(kind: str, figures: dict[str, object]) -> None:
    """Write the figures of one kind of database beside those of the other."""
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    text = json.dumps({**known, kind: figures}, indent=1, sort_keys=True)
    RESULTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
