"""Tests of the desk as a process: killed, asked by many at once, and driven in a real browser."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import uvicorn
from sqlalchemy import Engine

from align.desk.app import make_app
from align.desk.articles import get
from align.desk.deciding import Wish, record
from align.desk.decisions import Action
from align.desk.desk import Desk
from align.desk.jobs import Job, Task, enqueue, get_job, keep_upload
from align.desk.log import read_log
from align.desk.store import open_store, writing
from align.read.report import parse_bytes
from tests.desks import AT, ENVOY, TOKEN, add_article, golden_report, make_desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
KEYS = tuple(finding.key for finding in golden_report().findings)


@dataclass
class Served:
    """A desk that runs in a process of its own."""

    process: subprocess.Popen[str]
    address: str

    @property
    def token(self) -> str:
        """Return the token of the printed address."""
        return self.address.split("token=")[1]

    def ask(self, path: str, wish: dict[str, Any] | None = None) -> Any:
        """Ask the API, with a wish or without."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = None if wish is None else json.dumps(wish).encode()
        url = self.address.split("/enter")[0] + path
        with urlopen(Request(url, body, headers), timeout=60) as answer:  # noqa: S310 - our own
            return json.loads(answer.read())


def serve(database: Path, *arguments: str) -> Served:
    """Start the desk as a user does, and read the address that it prints."""
    command = [sys.executable, "-m", "align", "desk", "--no-browser", "--port", "0"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--database", str(database), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    found = re.search(r"http\S+", process.stdout.readline())
    assert found is not None
    return Served(process, found.group())


def stop(served: Served) -> None:
    """End a desk as a service manager does."""
    served.process.terminate()
    served.process.wait(timeout=30)
    if served.process.stdout is not None:
        served.process.stdout.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Make a database with one article."""
    engine = open_store(str(tmp_path / "desk.sqlite"))
    add_article(engine)
    engine.dispose()
    return tmp_path / "desk.sqlite"


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


def work(database: str) -> None:
    """Work on the queue of a desk until killed."""
    make_desk(database).worker.start()
    time.sleep(120)


def state_of(engine: Engine, wanted: Callable[[Job], bool], number: int = 1) -> Job:
    """Wait until a check is as wanted, and return it."""
    for _ in range(1200):
        with engine.connect() as connection:
            job = get_job(connection, number)
        assert job is not None
        if wanted(job):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def killed_at_work(database: Path, engine: Engine) -> None:
    """Kill a server in the middle of the first check."""
    server = get_context("spawn").Process(target=work, args=(str(database),))
    server.start()
    state_of(engine, lambda job: job.status == "running" and job.progress > 0)
    server.kill()
    server.join(timeout=30)


def test_a_killed_check_goes_on_or_says_why(database: Path) -> None:
    """A check whose server was killed is done by the next; at the second kill it says so."""
    engine = open_store(str(database))
    record(engine, 1, Wish(Action.AGREE, KEYS[0]), ENVOY, AT)
    with writing(engine) as connection:
        digest = keep_upload(connection, b"slow")
        task = Task("a.txt", digest, "b.txt", digest)
        for _ in range(2):
            enqueue(connection, task, "Hà", AT)
    killed_at_work(database, engine)
    desk = make_desk(str(database))
    desk.worker.start()
    state_of(engine, lambda job: job.status == "running" and job.progress > 0)
    desk.worker.stop()
    desk.engine.dispose()
    assert state_of(engine, lambda job: job.status == "queued").attempts == 1
    killed_at_work(database, engine)
    desk = make_desk(str(database))
    desk.worker.start()
    assert "ended while this check ran" in state_of(engine, lambda j: j.status == "failed").failure
    assert state_of(engine, lambda job: job.status == "done", number=2).article
    desk.worker.stop()
    desk.engine.dispose()
    with engine.connect() as connection:
        assert [decision.key for decision in read_log(connection, 1)] == [KEYS[0]]
    engine.dispose()


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


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Start Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield started
        started.close()


def watched(browser: "Browser", served: Served, **options: Any) -> "tuple[Page, list[str]]":
    """Open the desk in a new window, and note what goes wrong or leaves this machine."""
    page = browser.new_context(**options).new_page()
    problems: list[str] = []
    origin = served.address.split("/enter")[0]
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith(origin) else problems.append(r.url))
    page.goto(served.address)
    return page, problems


@pytest.mark.model
def test_the_seed_pair_is_handed_in_and_decided_by_keyboard(
    browser: "Browser", tmp_path: Path
) -> None:
    """Upload, see the lost sentences and the changed tense, decide on each, reload, export."""
    served = serve(tmp_path / "desk.sqlite")
    try:
        page, problems = watched(browser, served)
        page.set_input_files("input[name=source]", SEEDS / "000_293dd51d06a938cd.txt")
        page.set_input_files("input[name=target]", SEEDS / "004_7d26e8ad050225a4.txt")
        page.click(".upload button.main")
        page.wait_for_selector(".card", timeout=240_000)
        lost = [text for text in page.locator("mark.major").all_inner_texts() if len(text) > 60]
        assert any(text.startswith("The White House says") for text in lost)
        assert any("humanitarian corridors" in text for text in lost)
        assert any(text.startswith('"Any use of force') for text in lost)
        assert page.locator("mark", has_text=re.compile("^sẽ$")).count() == 1
        keys = [card.get_attribute("data-key") for card in page.locator(".card").all()]
        for number, key in enumerate(keys):
            page.keyboard.press("n")
            if number % 2:
                page.keyboard.press("d")
                page.keyboard.type("said elsewhere")
                page.keyboard.press("Enter")
            else:
                page.keyboard.press("a")
            page.wait_for_selector(f"#f-{key}.{'dismissed' if number % 2 else 'agreed'}")
        page.keyboard.press("u")
        page.wait_for_selector(f"#f-{keys[-1]}.open")
        page.reload()
        assert page.locator(".card.agreed").count() == (len(keys) + 1) // 2 - 1
        with page.expect_download() as download:
            page.click(".exports a >> text=json")
        report = parse_bytes(Path(download.value.path()).read_bytes())
        accepted = {finding.key for finding in report.findings if finding.accepted}
        assert accepted == set(keys[1::2])
        assert not problems
    finally:
        stop(served)


def test_missed_words_are_selected_and_added(browser: "Browser", database: Path) -> None:
    """Words that are selected in both texts become a finding; the numbers of marks do not count."""
    served = serve(database)
    try:
        page, problems = watched(browser, served)
        page.goto(served.address.split("/enter")[0] + "/articles/1")
        for side, words in (("source", "separate meetings"), ("target", "bên lề hội nghị")):
            page.evaluate(
                """([side, words]) => {
                  for (const segment of document.querySelectorAll(`.segment[data-side=${side}]`)) {
                    const walker = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                      const at = walker.currentNode.data.indexOf(words);
                      if (at < 0) continue;
                      const range = document.createRange();
                      range.setStart(walker.currentNode, at);
                      range.setEnd(walker.currentNode, at + words.length);
                      getSelection().removeAllRanges();
                      getSelection().addRange(range);
                      return;
                    }
                  }
                }""",
                [side, words],
            )
            page.locator("[data-do=mark]").click()
        page.fill("#add input[name=reason]", "not the same meetings")
        page.click("#add button.main")
        page.wait_for_selector(".card >> text=not the same meetings")
        findings = served.ask("/api/articles/1")["report"]["findings"]
        (added,) = (f for f in findings if f["check"] == "reviser")
        assert [m["text"] for m in added["source"]] == ["separate meetings"]
        assert [m["text"] for m in added["target"]] == ["bên lề hội nghị"]
        assert not problems
    finally:
        stop(served)


def test_keys_change_a_finding_and_paper_shows_no_buttons(
    browser: "Browser", database: Path
) -> None:
    """`t` and `s` lead to type and severity, `?` explains; print leaves texts and findings."""
    served = serve(database)
    try:
        page, problems = watched(browser, served, reduced_motion="reduce")
        page.goto(served.address.split("/enter")[0] + "/articles/1")
        page.keyboard.press("n")
        for key, name, value in (("t", "type", "accuracy/addition"), ("s", "severity", "critical")):
            page.keyboard.press(key)
            picker = page.locator(f"#f-{KEYS[0]} .pick-{name}")
            assert picker.evaluate("(picker) => picker === document.activeElement")
            picker.select_option(value)
            picker.locator("xpath=ancestor::form").locator("button").click()
            chosen = f"#f-{KEYS[0]} .pick-{name} option[value='{value}'][selected]"
            page.wait_for_selector(chosen, state="attached")
            page.keyboard.press("Escape")
        changed = next(
            finding
            for finding in served.ask("/api/articles/1")["report"]["findings"]
            if finding["key"] == KEYS[0]
        )
        assert (changed["type"], changed["severity"]) == ("accuracy/addition", "critical")
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        page.keyboard.press("Escape")
        assert page.locator("#help").is_hidden()
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        page.emulate_media(media="print")
        assert page.locator(".card .message").first.is_visible()
        assert page.locator(".segment").first.is_visible()
        assert not [b for b in page.locator("button").all() if b.is_visible()]
        assert not problems
    finally:
        stop(served)


def test_two_files_are_dropped_on_the_page(browser: "Browser", tmp_path: Path) -> None:
    """Two files that are dropped at once fill both fields, in their order; a third is left out."""
    served = serve(tmp_path / "desk.sqlite")
    try:
        page, problems = watched(browser, served)
        page.evaluate(
            """() => {
              const dropped = new DataTransfer();
              for (const name of ["a.txt", "b.txt", "c.txt"])
                dropped.items.add(new File(["x"], name));
              const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true });
              document.querySelector(".upload").dispatchEvent(event);
            }"""
        )
        for field, name in (("source", "a.txt"), ("target", "b.txt")):
            held = page.locator(f"input[name={field}]").evaluate("(f) => f.files[0].name")
            assert held == name
        assert not problems
    finally:
        stop(served)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_nobody_is_shut_out(browser: "Browser", database: Path, scheme: str, width: int) -> None:
    """axe-core finds nothing serious on any page, and a phone need not be scrolled sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    served = serve(database)
    try:
        served.ask("/api/articles/1/decisions", {"action": "agree", "key": KEYS[0]})
        wish = {"action": "dismiss", "key": KEYS[1], "reason": "style"}
        served.ask("/api/articles/1/decisions", wish)
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
        page, _ = watched(browser, served, bypass_csp=True, **options)
        for path in ("/", "/articles/1", "/statistics", "/api/docs"):
            page.goto(served.address.split("/enter")[0] + path)
            found = axe.run(page).response["violations"]
            grave = [v for v in found if v["impact"] in ("serious", "critical")]
            told = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in grave]
            assert not told, (path, told)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    finally:
        stop(served)


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
