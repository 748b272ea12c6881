"""The viewer driven by keys and mouse, at two sizes, over texts that a made-up encoder aligns."""

import asyncio
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual.app import SuspendNotSupported
from textual.pilot import Pilot
from textual.widgets import Input, SelectionList

from align.cli import accepted, diff
from align.config import BaselineSettings, CheckSettings, Config
from align.errors import ReadError
from align.finding import Severity
from align.viewer.app import Viewer
from align.viewer.dialogs import Ask, Choose, Help
from align.viewer.state import View
from align.viewer.texts import Texts
from tests.fakes import HashEncoder
from tests.viewers import head, said, screen_text, shows, until, whole

ARTICLE = """The harbour of Karvel was closed on Monday after a storm tore loose two cranes.
Engineers hope to open the northern basin before the end of the week.
Nobody was hurt, the port authority said in a statement.
Ships that carry 4,500 tonnes of grain are waiting in the bay, some since Saturday.
The governor promised money for the families of the dock workers.
A year ago a smaller storm had broken the same cranes."""
LOST = (1, 4)
SIZES = ((80, 24), (200, 60))

Drive = Callable[[Pilot[None], Viewer], Awaitable[None]]


def lacking(*lost: int) -> str:
    """Return the article in capitals, without some sentences."""
    lines = ARTICLE.upper().splitlines()
    return "\n".join(line for number, line in enumerate(lines) if number not in lost)


@pytest.fixture(name="texts")
def fixture_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> diff.Texts:
    """Return two files of which the second lacks two sentences, and settings for them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(diff, "_encoder", lambda _config, _cache: HashEncoder())
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "b.txt").write_text(lacking(*LOST), "utf-8")
    config = Config(
        checks=CheckSettings(select=("omission", "addition", "number")),
        baseline=BaselineSettings(str(tmp_path / "known.toml")),
    )
    return diff.Texts((str(tmp_path / "a.txt"), str(tmp_path / "b.txt")), ("en", "de"), config)


def viewer(texts: diff.Texts, **changes: object) -> Viewer:
    """Return a viewer of those texts, some of its world replaced."""
    outside = replace(diff.outside(texts, None, "Lan"), **changes)  # type: ignore[arg-type]
    return Viewer(outside, View(texts.read()))


def drive(app: Viewer, script: Drive, size: tuple[int, int] = (80, 24)) -> None:
    """Run a viewer, wait until everything is checked, and do what the script says."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await whole(pilot, app)
            await script(pilot, app)

    asyncio.run(run())


@pytest.mark.parametrize("size", SIZES)
def test_both_texts_and_the_first_finding_are_shown(
    texts: diff.Texts, size: tuple[int, int]
) -> None:
    """After the check the texts stand side by side, a gap where one is lost, and its reason."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await until(pilot, partial(shows, app, "(no counterpart)"))
        shown = screen_text(app)
        assert "This sentence has no counterpart in the translation." in said(app)
        assert head(app).startswith("1/2 · a.txt → b.txt")
        assert all(label in shown for label in ("Next", "Accept", "Help", "Quit"))
        assert len(shown.split("\n")) == size[1]

    drive(viewer(texts), script, size)


def test_texts_are_there_before_anything_is_checked(texts: diff.Texts) -> None:
    """While models load the texts can be read; findings appear when they are found."""
    gate = threading.Event()
    outside = diff.outside(texts, None, "")

    def check(documents: object) -> Iterator[object]:
        gate.wait(10)
        yield from outside.check(documents)  # type: ignore[arg-type] # what was read

    app = viewer(texts, check=check)

    async def run() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await pilot.pause(0.2)
            assert "The harbour of Karvel" in screen_text(app)
            assert "THE HARBOUR OF KARVEL" in screen_text(app)
            assert app.view.seen is None
            await pilot.press("n", "a", "right", "full_stop", "e")
            gate.set()
            await whole(pilot, app)
            assert len(app.view.listed()) == 2

    asyncio.run(run())


def test_beads_come_before_findings(texts: diff.Texts) -> None:
    """What a check yields is seen step by step: beads, then findings, then the whole report."""
    steps = list(diff.outside(texts, None, "").check(texts.read()))
    assert [len(step.report.findings) for step in steps] == [0, 1, 2, 2]
    assert [step.is_whole for step in steps] == [False, False, False, True]
    assert not steps[0].words
    assert steps[-1].words
    pair = steps[-1].words[0][1]
    bitext = steps[-1].report.bitext
    assert pair.source[1].of(bitext.source_segments[pair.source[0]].text) == "harbour"
    assert pair.target[1].of(bitext.target_segments[pair.target[0]].text) == "HARBOUR"


@pytest.mark.parametrize("size", SIZES)
def test_next_and_previous_finding(texts: diff.Texts, size: tuple[int, int]) -> None:
    """`n` and `p` go round through the findings, and both texts scroll to them as one."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        beads = []
        for key in ("n", "n", "p", "p"):
            await pilot.press(key)
            beads.append(app.view.bead)
            words = "dock workers" if app.view.bead == 4 else "northern basin"
            await until(pilot, partial(shows, app, words))
        assert beads == [4, 1, 4, 1]

    drive(viewer(texts), script, size)


def test_pairs_of_sentences_and_their_words(texts: diff.Texts) -> None:
    """`.` and `,` go from bead to bead; the arrows light words that stand for each other."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("full_stop", "full_stop")
        assert app.view.bead == 3
        assert app.view.current() is None
        await pilot.press("right", "right")
        pair = app.view.lit()
        assert pair is not None
        bitext = app.view.bitext
        assert bitext is not None
        words = (
            pair.source[1].of(bitext.source_segments[pair.source[0]].text),
            pair.target[1].of(bitext.target_segments[pair.target[0]].text),
        )
        assert words == ("that", "THAT")
        await pilot.press("left")
        assert app.view.pair == 0
        await pilot.press("comma", "comma", "comma", "comma", "comma")
        assert app.view.bead == 0

    drive(viewer(texts), script)


def test_accepting_and_taking_back(texts: diff.Texts) -> None:
    """`a` asks for a reason, writes the file of accepted findings, and takes it back again."""
    path = texts.config.baseline.path

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("a")
        assert isinstance(app.screen, Ask)
        await pilot.press(*"cut", "enter")
        (entry,) = accepted.read(path)
        assert (entry.reason, entry.who, entry.check) == ("cut", "Lan", "omission")
        assert "✓ accepted: cut" in said(app)
        assert app.view.seen is not None
        assert len(app.view.seen.report.open()) == 1
        await pilot.press("a")
        assert accepted.read(path) == ()
        assert "accepted" not in said(app)
        await pilot.press("a", "escape")
        assert accepted.read(path) == ()

    drive(viewer(texts), script)


def test_what_was_accepted_is_known_again(texts: diff.Texts) -> None:
    """A finding that was accepted in one session is accepted in the next."""

    async def accept(pilot: Pilot[None], _app: Viewer) -> None:
        await pilot.press("a", "x", "enter")

    async def look(_pilot: Pilot[None], app: Viewer) -> None:
        assert app.view.seen is not None
        assert [f.accepted for f in app.view.seen.report.findings] == ["x", ""]

    drive(viewer(texts), accept)
    drive(viewer(texts), look)


def test_filtering(texts: diff.Texts) -> None:
    """`f` hides findings by type, severity and acceptance, and says how many are hidden."""
    path = Path(texts.paths[1])
    path.write_text(path.read_text("utf-8").replace("4,500", "5,400"), "utf-8")

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        everything = len(app.view.listed())
        assert everything == 3
        await pilot.press("f")
        assert isinstance(app.screen, Choose)
        boxes = app.screen.query_one(SelectionList)
        boxes.deselect("accuracy/omission")
        await pilot.press("enter")
        assert [f.check for f in app.view.listed()] == ["number"]
        assert "2 filtered out" in head(app)
        await pilot.press("f", "space", "escape")
        assert len(app.view.listed()) == 1
        await pilot.press("f", "space", "enter")
        assert app.view.listed() == ()
        assert app.view.filters.hidden_severities == {Severity.MAJOR}

    drive(viewer(texts), script)


def test_searching(texts: diff.Texts) -> None:
    """`/` finds words in both texts in any case, and the brackets go from place to place."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("slash")
        await pilot.press(*"cranes", "enter")
        assert "“cranes”: 4 places" in head(app)
        beads = [app.view.bead]
        for _ in range(3):
            await pilot.press("right_square_bracket")
            beads.append(app.view.bead)
        assert beads == [5, 5, 0, 0]
        await pilot.press("left_square_bracket")
        assert app.view.bead == 0
        await pilot.press("slash")
        assert app.screen.query_one(Input).value == "cranes"
        app.screen.query_one(Input).value = "zeppelin"
        await pilot.press("enter")
        await until(pilot, lambda: "stands in neither text" in screen_text(app))

    drive(viewer(texts), script)


@pytest.mark.parametrize("size", SIZES)
def test_help_names_every_key(texts: diff.Texts, size: tuple[int, int]) -> None:
    """`?` shows what each key does; Escape goes back."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        shown = screen_text(app)
        assert "next finding, the one before" in shown
        await pilot.press("escape")
        assert not isinstance(app.screen, Help)

    drive(viewer(texts), script, size)


def test_checking_again(texts: diff.Texts) -> None:
    """`r` reads the texts again; what was mended is no finding any more."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        Path(texts.paths[1]).write_text(lacking(4), "utf-8")
        await pilot.press("r")
        await until(pilot, lambda: len(app.view.listed()) == 1)
        finding = app.view.current()
        assert finding is not None
        assert finding.source[0].segment == 4

    drive(viewer(texts), script)


def test_watching(texts: diff.Texts) -> None:
    """`w` checks again after a text was saved; a text that is gone meanwhile is told."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("w")
        assert "watching" in head(app)
        Path(texts.paths[1]).write_text(lacking(), "utf-8")
        os.utime(texts.paths[1], ns=(1, 1))
        await until(pilot, lambda: app.view.listed() == ())
        await whole(pilot, app)
        assert "Nothing found" in said(app)
        Path(texts.paths[1]).unlink()
        await until(pilot, lambda: "There is no such file." in screen_text(app))
        await pilot.press("w")
        assert "watching" not in head(app)

    drive(viewer(texts), script)


def test_the_editor_opens_at_the_words(texts: diff.Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    """`e` opens the translation where the lost sentence would stand, `E` the original at it."""
    opened: list[tuple[str, int, int]] = []

    @contextmanager
    def suspended(_self: object) -> Iterator[None]:
        yield

    monkeypatch.setattr(Viewer, "suspend", suspended)

    async def script(pilot: Pilot[None], _app: Viewer) -> None:
        await pilot.press("e", "E", "n", "e")

    drive(viewer(texts, edit=lambda *place: opened.append(place)), script)
    first = len(ARTICLE.splitlines()[0])
    assert opened == [
        (texts.paths[1], 1, first + 1),
        (texts.paths[0], 2, 1),
        (texts.paths[1], 3, len(ARTICLE.splitlines()[3]) + 1),
    ]


def test_no_editor_in_a_terminal_that_cannot_wait(texts: diff.Texts) -> None:
    """Where the screen cannot be given to an editor, that is said, and nothing breaks."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        with pytest.raises(SuspendNotSupported), app.suspend():
            pass
        await pilot.press("e")
        await until(pilot, lambda: "cannot be given" in screen_text(app))

    drive(viewer(texts), script)


def test_the_mouse(texts: diff.Texts) -> None:
    """A click looks at a bead; a word under the mouse and its counterpart light up."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("home")
        await until(pilot, lambda: "harbour of Karvel" in screen_text(app))
        rows = screen_text(app).split("\n")
        line = next(n for n, row in enumerate(rows) if "harbour of Karvel" in row)
        x = rows[line].index("Karvel") + 1
        await pilot.hover(Texts, offset=(x, line - 1))
        pair = app.view.lit()
        assert pair is not None
        assert pair.source[1].of(ARTICLE) == "Karvel"
        await pilot.click(Texts, offset=(x, line - 1))
        assert app.view.bead == 0
        assert app.view.current() is None

    drive(viewer(texts), script)


def test_an_error_that_can_be_mended_is_shown(texts: diff.Texts) -> None:
    """A check that cannot run says why and what to do, over texts that can still be read."""

    def check(_documents: object) -> Iterator[object]:
        raise ReadError("The weights are damaged.", where="a.bin", fix="Delete them.")

    app = viewer(texts, check=check)

    async def run() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: "Delete them." in screen_text(app))
            assert "Not checked" in head(app)
            assert app.failure is None

    asyncio.run(run())


def test_any_other_error_ends_the_viewer(texts: diff.Texts) -> None:
    """What nobody foresaw closes the viewer and is handed to the command, which says it."""

    def check(_documents: object) -> Iterator[object]:
        raise ZeroDivisionError("oh")

    app = viewer(texts, check=check)

    async def run() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: app.failure is not None)

    asyncio.run(run())
    assert isinstance(app.failure, ZeroDivisionError)


def test_notes_are_shown_in_the_viewer(texts: diff.Texts) -> None:
    """What a command logs becomes a note on the screen, and goes to stderr again afterwards."""
    log = logging.getLogger("align")
    before = log.handlers

    async def accept(pilot: Pilot[None], _app: Viewer) -> None:
        await pilot.press("a", "x", "enter")

    async def look(pilot: Pilot[None], app: Viewer) -> None:
        Path(texts.paths[1]).write_text(lacking(4), "utf-8")
        await pilot.press("r")
        await until(pilot, partial(shows, app, "1 accepted findings of these texts"))

    drive(viewer(texts), accept)
    app = viewer(texts)
    with diff._notes_to(app.note):
        drive(app, look, (200, 60))
    assert log.handlers is before


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_quitting(texts: diff.Texts, key: str) -> None:
    """`q` quits; Ctrl-C does so too, and is told apart, even from within a question."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        if key == "ctrl+c":
            await pilot.press("slash", "x")
        await pilot.press(key)
        assert app._exit

    app = viewer(texts)
    drive(app, script)
    assert app.was_interrupted == (key == "ctrl+c")


def test_the_screen_needs_no_model() -> None:
    """Before the first paint no model library is loaded."""
    code = (
        "import sys, align.cli.diff, align.cli.files, align.read.text;"
        "import align.viewer.app, align.viewer.state;"
        "print([m for m in ('torch', 'onnxruntime', 'transformers') if m in sys.modules])"
    )
    result = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
