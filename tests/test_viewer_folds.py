"""What the viewer folds away, and that of a book it lays out no more than is looked at."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from align.cli import diff
from align.viewer import layout as layouts
from align.viewer import state
from align.viewer.app import Viewer
from align.viewer.cells import Cell, Piece, pieces
from align.viewer.draw import draw, lights
from align.viewer.layout import Layout, lay_out
from align.viewer.outside import Documents
from align.viewer.state import Filters, Seen, View
from align.viewer.texts import Texts
from align.write.rows import near
from tests.reports import REPORTS
from tests.viewers import book, book_viewer, is_shown, screen_text, shown, shows, until, whole

Drive = Callable[[Pilot[None], Viewer], Awaitable[None]]

ABOVE, BETWEEN, BELOW = (
    "⋯ 9 pairs without a finding; from line 1",
    "⋯ 12 pairs without a finding; from line 13",
    "⋯ 13 pairs without a finding; from line 28",
)
"""The folds of a book of 40 sentences, of which the numbers 10 and 25 are lost."""


def drive(app: Viewer, script: Drive, size: tuple[int, int] = (80, 24)) -> None:
    """Run a viewer, wait until everything is checked, and do what the script says."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await whole(pilot, app)
            await pilot.pause()
            await script(pilot, app)

    asyncio.run(run())


def small_book(*, is_folded: bool = True) -> Viewer:
    """Return a viewer of a book of 40 sentences."""
    return book_viewer(book(40, (10, 25)), is_folded=is_folded)


def test_faithful_stretches_are_folded() -> None:
    """After a check there are the lost sentences, one pair before and after, and folds."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await until(pilot, partial(shows, app, ABOVE))
        assert [n for n in range(40) if is_shown(app, n)] == [9, 10, 11, 24, 25, 26]
        assert shows(app, BETWEEN)
        assert shows(app, BELOW)

    drive(small_book(), script, (120, 60))


def test_steps_between_findings_leave_folds_alone() -> None:
    """`n` and `p` go to the next finding, which is in sight; nothing is opened on the way."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        for key, bead in (("n", 25), ("n", 10), ("p", 25)):
            await pilot.press(key)
            assert app.view.bead == bead
            await shown(pilot, app, bead)
        assert shows(app, BETWEEN)

    drive(small_book(), script)


def test_one_fold_is_opened_and_closed() -> None:
    """Enter opens the fold behind what is looked at, and closes the same one again."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("enter")
        await shown(pilot, app, 12)
        assert not shows(app, BETWEEN)
        assert shows(app, ABOVE)
        await pilot.press("enter")
        await until(pilot, partial(shows, app, BETWEEN))
        assert not is_shown(app, 12)

    drive(small_book(), script)


def test_a_fold_out_of_sight_is_opened_where_it_is() -> None:
    """What Enter opens comes into sight, even where it was not."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("n", "home")
        await until(pilot, partial(shows, app, ABOVE))
        await pilot.press("enter")
        await shown(pilot, app, 27)
        assert is_shown(app, 28)

    drive(small_book(), script)


def test_all_folds_are_opened_and_closed() -> None:
    """`z` opens all folds, and closes all of them, also one that was opened by itself."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("enter", "z")
        await until(pilot, lambda: "⋯" not in draw_all(app))
        assert "Sentence 00008" in draw_all(app)
        assert is_shown(app, 10)
        await pilot.press("z")
        await until(pilot, partial(shows, app, BETWEEN))
        assert shows(app, ABOVE)
        assert BELOW in draw_all(app)

    drive(small_book(), script, (200, 60))


@pytest.mark.parametrize(("key", "steps", "bead"), [("full_stop", 2, 12), ("comma", 2, 8)])
def test_walking_into_a_fold_opens_it(key: str, steps: int, bead: int) -> None:
    """`.` and `,` go to the next pair of sentences, also where it is folded away."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press(*([key] * steps))
        assert app.view.bead == bead
        await shown(pilot, app, bead)

    drive(small_book(), script)


def test_a_search_opens_the_fold_of_what_it_finds() -> None:
    """What was searched for is seen, and so is the next place, in folds or not."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("slash", *"ship 17", "enter")
        await shown(pilot, app, 17)
        assert app.view.bead == 17
        assert not shows(app, BETWEEN)
        await pilot.press("slash")
        app.screen.query_one("Input").value = "ship 3"  # type: ignore[attr-defined] # an Input
        await pilot.press("enter")
        await shown(pilot, app, 30)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await shown(pilot, app, 3)
        assert app.view.bead == 3

    drive(small_book(), script)


def test_a_click_opens_a_fold() -> None:
    """Who clicks on a fold sees what is in it, and looks at the same pair as before."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await until(pilot, partial(shows, app, BETWEEN))
        line = next(n for n, row in enumerate(screen_text(app).split("\n")) if BETWEEN in row)
        await pilot.click(Texts, offset=(20, line - 1))
        await shown(pilot, app, 12)
        assert app.view.bead == 10

    drive(small_book(), script)


def test_the_looked_at_pair_marks_its_fold() -> None:
    """A fold that is closed around what is looked at bears its bar, and opens there again."""

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await pilot.press("full_stop", "full_stop", "full_stop", "enter")
        await until(pilot, partial(shows, app, "▌   " + BETWEEN))
        await pilot.press("enter")
        await shown(pilot, app, 13)

    drive(small_book(), script)


def test_what_is_read_when_the_check_ends_stays_open() -> None:
    """Who reads on while the check goes on does not lose their place to a fold."""
    report, gate = book(40, (10, 25)), threading.Event()

    def check(_: Documents) -> Iterator[Seen]:
        yield Seen(report)
        gate.wait(10)
        yield Seen(report, is_whole=True)

    app = book_viewer(report, check=check)

    async def run() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: app.view.current() is not None)
            await pilot.press("full_stop", "full_stop", "full_stop", "full_stop", "full_stop")
            await shown(pilot, app, 15)
            before = screen_text(app).split("\n")
            gate.set()
            await whole(pilot, app)
            await until(pilot, lambda: ABOVE in draw_all(app))
            after = screen_text(app).split("\n")
            line = next(n for n, row in enumerate(before) if "Sentence 00015" in row)
            assert after[line][:70] == before[line][:70]
            assert BETWEEN not in draw_all(app)

    asyncio.run(run())


def draw_all(app: Viewer) -> str:
    """Return all lines of the texts, also those that are not in sight."""
    texts = app.query_one(Texts)
    assert texts._page is not None
    lit = lights(app.view)
    return "\n".join(draw(texts._page, n, lit).plain for n in range(texts._page.height))


def test_nothing_is_folded_with_all_context() -> None:
    """`--context all` shows every pair from the beginning."""

    async def script(_pilot: Pilot[None], app: Viewer) -> None:
        assert "⋯" not in draw_all(app)
        assert is_shown(app, 10)

    drive(small_book(is_folded=False), script)
    assert diff._context("all") is None


def test_a_hidden_finding_is_counted_on_its_fold() -> None:
    """Who filters a finding out is told on the fold that there is one."""
    report = book(40, (10, 25))
    view = View((report.bitext.source, report.bitext.target))
    view = state.with_seen(view, Seen(report, is_whole=True))
    lost = report.findings[0].error_type
    view = state.with_filters(view, Filters(frozenset((lost,))))
    page = lay_out(view, 80)
    shown = [draw(page, n, lights(view)).plain.strip() for n in range(page.height)]
    assert shown == ["▌   ⋯ 40 pairs, 2 findings filtered out; from line 1", "│"]


@given(st.sets(st.integers(0, 29)), st.integers(0, 12) | st.just(10**12), st.just(30))
def test_nearness_is_a_distance(places: set[int], context: int, count: int) -> None:
    """A row is near another if so few lie between, however large the context is."""
    expected = {n for n in range(count) if any(abs(n - place) <= context for place in places)}
    assert near(sorted(places), context, count) == expected


# Only what is looked at


class Work:
    """Counts the cells that are wrapped, as they are."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begin to count."""
        self.cells = 0
        monkeypatch.setattr(layouts, "pieces", self._pieces)

    def _pieces(self, cell: Cell, width: int) -> Iterator[Piece]:
        self.cells += 1
        return pieces(cell, width)


def test_of_a_book_only_what_is_looked_at_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of 50,000 sentences costs no more cells than a few screens have, wherever one goes."""
    work = Work(monkeypatch)
    app = book_viewer(book(50_000, (7, 25_000, 49_990)), is_folded=False)
    a_few_screens = 2 * 6 * 24
    counts: list[int] = []

    async def script(pilot: Pilot[None], app: Viewer) -> None:
        await shown(pilot, app, 7)
        counts.append(work.cells)
        for keys, number in ((("n",), 25_000), (("end",), 49_999), (("home",), 0)):
            work.cells = 0
            await pilot.press(*keys)
            await shown(pilot, app, number)
            counts.append(work.cells)

    drive(app, script)
    assert max(counts) <= a_few_screens
    assert counts[0] > 10


def test_before_beads_a_book_is_not_laid_out_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that are still being put together are wrapped a screen at a time as well."""
    work = Work(monkeypatch)
    report = book(50_000, ())
    page = lay_out(View((report.bitext.source, report.bitext.target)), 80)
    assert page.settle(0, 24) == 0
    assert 10 < work.cells <= 2 * 24
    page.settle(page.height, 24)
    assert work.cells <= 4 * 24


def in_sight(page: Layout, view: View, top: int, height: int) -> list[str]:
    """Return the lines on a screen that begins with one of them."""
    return [draw(page, n, lights(view)).plain for n in range(top, top + height)]


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=12)
@given(width=st.integers(32, 120), height=st.integers(3, 30))
def test_scrolling_moves_by_one_line(name: str, width: int, height: int) -> None:
    """Each step up or down shows one new line, though heights above and below were only guessed."""
    report = REPORTS[name]()
    view = View((report.bitext.source, report.bitext.target))
    for shown_view in (view, state.with_seen(view, Seen(report, is_whole=True))):
        page = lay_out(shown_view, width)
        top = page.settle(10**6, height)
        screen = in_sight(page, shown_view, top, height)
        while top > 0:
            top = page.settle(top - 1, height)
            above = in_sight(page, shown_view, top, height)
            assert above[1:] == screen[:-1]
            screen = above
        page = lay_out(shown_view, width)
        top = page.settle(0, height)
        screen = in_sight(page, shown_view, top, height)
        while page.settle(top + 1, height) == top + 1:
            top += 1
            below = in_sight(page, shown_view, top, height)
            assert below[:-1] == screen[1:]
            screen = below
        assert top == max(page.height - height, 0)
