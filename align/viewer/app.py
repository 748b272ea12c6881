"""The viewer as an application: keys to views, a check in a thread of its own, and the screen."""

import asyncio
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from typing import ClassVar

from rich.console import Console
from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Footer, Static

from align.errors import AlignError
from align.finding import Report
from align.viewer import state
from align.viewer.dialogs import Ask, Choose, Help
from align.viewer.outside import Documents, Outside
from align.viewer.state import Filters, Seen, View
from align.viewer.summary import head, reason
from align.viewer.texts import Texts

_FIRST_PAINT = 0.05
"""Seconds that the texts get to appear, before a check takes the processor."""

_LOOK = 0.5
"""Seconds between two looks at whether a text was saved."""

_KEYS = (
    ("n, p", "next finding, the one before"),
    (". ,", "next pair of sentences, the one before"),
    ("← →", "light the words that stand for each other, one by one"),
    ("↑ ↓ PgUp PgDn", "scroll; Home and End go to the ends"),
    ("f", "which findings are listed, by type and severity"),
    ("Enter", "open the fold that is looked at, or the next; or close it"),
    ("z", "open all folds, or close them"),
    ("a", "accept the finding with a reason, or take that back"),
    ("/", "search both texts; ] and [ go to the next place"),
    ("e, E", "open the translation, the original in $EDITOR"),
    ("r", "check again"),
    ("w", "check again whenever a text is saved, or no longer"),
    ("?", "this page"),
    ("q, Ctrl-C", "quit"),
    ("mouse", "a click looks at a pair or opens a fold; words light up"),
)


class Viewer(App[None]):
    """Both texts, what was found in them, and what a person says to that."""

    CSS_PATH = "viewer.tcss"
    TITLE = "veralign"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "step(1)", "Next"),
        Binding("p", "step(-1)", "Prev"),
        Binding("a", "accept", "Accept"),
        Binding("f", "choose", "Filter"),
        Binding("z", "fold", "Fold"),
        Binding("enter", "turn", "Open or close a fold", show=False),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("e", "edit(1)", "Edit"),
        Binding("E", "edit(0)", "Edit the original", show=False),
        Binding("r", "check", "Recheck"),
        Binding("w", "watch", "Watch", show=False),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding("ctrl+c", "interrupt", "Quit", show=False, priority=True),
        Binding("full_stop", "bead(1)", "Next sentence", show=False),
        Binding("comma", "bead(-1)", "Previous sentence", show=False),
        Binding("right", "light(1)", "Next words", show=False, priority=True),
        Binding("left", "light(-1)", "Previous words", show=False, priority=True),
        Binding("right_square_bracket", "hit(1)", "Next place", show=False),
        Binding("left_square_bracket", "hit(-1)", "Previous place", show=False),
    ]

    class Progressed(Message):
        """A check has found something."""

        def __init__(self, run: int, seen: Seen) -> None:
            """Keep which check it was, and what is known now."""
            super().__init__()
            self.run = run
            self.seen = seen

    class Failed(Message):
        """A check could not go on."""

        def __init__(self, run: int, error: Exception) -> None:
            """Keep which check it was, and why."""
            super().__init__()
            self.run = run
            self.error = error

    class Noted(Message):
        """Something is to be known that is no finding."""

        def __init__(self, words: str) -> None:
            """Keep the words."""
            super().__init__()
            self.words = words

    def __init__(self, outside: Outside, view: View, *, watching: bool = False) -> None:
        """Take the world, what is shown at first, and whether to check after each save."""
        super().__init__()
        self._outside = outside
        self._watching = watching
        self._run = 0
        self._stamps: tuple[int, ...] = ()
        self.view = view
        self.status = ""
        self.problem: AlignError | None = None
        self.failure: Exception | None = None
        self.was_interrupted = False
        # What slides is hard to follow over a slow line, and lines are counted as they are wrapped.
        self.animation_level = "none"
        # Textual would print pages of traceback; the command says in a line what `failure` is.
        self.error_console = Console(file=StringIO())

    def compose(self) -> ComposeResult:
        """Lay out the line above, the texts, what is said about them, and the line of keys."""
        yield Static(id="head", markup=False)
        yield Texts(self.view)
        with VerticalScroll(id="reason", can_focus=False):
            yield Static(id="said", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the texts, and check them once they are seen."""
        self.query_one(Texts).focus()
        self._say("Loading …")
        self._stamps = self._outside.stamps()
        self._obey_signals()
        self.set_timer(_FIRST_PAINT, self._check)
        self.set_interval(_LOOK, self._look)

    def _obey_signals(self) -> None:
        """Restore the terminal before a signal ends the program."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # Windows has no such handlers, and a thread that is not the first one may set none.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self.action_interrupt)

    def note(self, words: str) -> None:
        """Show a note for a while; any thread may ask for that."""
        self.post_message(self.Noted(words))

    # What checks bring

    def on_viewer_progressed(self, message: Progressed) -> None:
        """Show what a check has found; one that was overtaken by another is not heard."""
        if message.run != self._run:
            return
        if message.seen.is_whole:
            self._say("")
        elif self.view.seen is not None and self.view.seen.is_whole:
            return  # a second check replaces the first one's findings when it has its own
        has_looked = self.view.current() is not None
        self.show(state.with_seen(self.view, message.seen), follow=not has_looked)

    def on_viewer_failed(self, message: Failed) -> None:
        """Say why a check could not go on; what cannot be mended here ends the viewer."""
        if message.run != self._run:
            return
        if isinstance(message.error, AlignError):
            self.problem = message.error
            self._say("Not checked")
            self._warn(message.error)
        else:
            self.failure = message.error
            self.exit()

    def on_viewer_noted(self, message: Noted) -> None:
        """Show a note for a while."""
        self.notify(message.words, timeout=12, markup=False)

    def on_texts_chosen(self, message: Texts.Chosen) -> None:
        """Look at the bead that was clicked on."""
        self.show(state.look_at(self.view, message.bead), follow=False)

    def on_texts_touched(self, message: Texts.Touched) -> None:
        """Light the word under the mouse and its counterpart."""
        if message.place is None:
            self.show(replace(self.view, pair=None), follow=False)
            return
        segment, position = message.place
        lit = state.light_at(
            self.view, is_source=message.is_source, segment=segment, position=position
        )
        self.show(lit, follow=False)

    # Keys

    def action_step(self, by: int) -> None:
        """Go to the next finding, or to the one before."""
        self.show(state.step(self.view, by))

    def action_bead(self, by: int) -> None:
        """Go to the next pair of sentences, or to the one before."""
        self.show(state.look_at(self.view, self.view.bead + by))

    def action_light(self, by: int) -> None:
        """Light the next words that stand for each other."""
        self.show(state.light(self.view, by))

    def action_hit(self, by: int) -> None:
        """Go to the next place that was searched for."""
        self.show(state.search_on(self.view, by))

    def action_search(self) -> None:
        """Ask for words, and go to where they stand."""

        def found(query: str | None) -> None:
            if query is not None:
                self.show(state.search(self.view, query))
                if query and not self.view.found:
                    self.notify(f"“{query}” stands in neither text.", markup=False)

        self.push_screen(Ask("Search both texts:", self.view.query), found)

    def action_choose(self) -> None:
        """Ask which findings are listed."""

        def chosen(filters: Filters | None) -> None:
            if filters is not None:
                self.show(state.with_filters(self.view, filters))

        findings = self.view.seen.report.findings if self.view.seen else ()
        self.push_screen(Choose(findings, self.view.filters), chosen)

    def action_turn(self) -> None:
        """Open the fold that is looked at, or the next one; or close it."""
        self.query_one(Texts).turn()

    def action_fold(self) -> None:
        """Open all folds, or close them."""
        self.show(replace(self.view, is_folded=not self.view.is_folded), follow=False)

    def action_accept(self) -> None:
        """Ask why the finding is let pass, and keep that; one that is already comes back."""
        seen, finding = self.view.seen, self.view.current()
        if seen is None or finding is None:
            return
        if not seen.is_whole:
            self.notify("Wait until everything is checked.")
            return
        if finding.accepted:
            self._keep(lambda: self._outside.withdraw(seen.report, finding))
            return

        def answered(why: str | None) -> None:
            if why is not None:
                self._keep(lambda: self._outside.accept(seen.report, finding, why))

        self.push_screen(Ask("Accept this finding, because:"), answered)

    def action_edit(self, side: int) -> None:
        """Open a text in the editor at the words that are looked at."""
        place = state.place_of(self.view, side)
        if place is None:
            self.notify("This file has no lines to go to.")
            return
        try:
            with self.suspend():
                self._outside.edit(*place)
        except AlignError as error:
            self._warn(error)
        except SuspendNotSupported:
            self.notify("This screen cannot be given to an editor.")
        self.refresh()

    def action_check(self) -> None:
        """Read both texts again and check them."""
        try:
            documents = self._outside.read()
        except AlignError as error:
            self._warn(error)
            return
        self._stamps = self._outside.stamps()
        self.view = replace(self.view, documents=documents)
        self._check()

    def action_watch(self) -> None:
        """Check after each save from now on, or no longer."""
        self._watching = not self._watching
        self.notify("Checking after each save." if self._watching else "Not watching any more.")
        self._paint()

    def action_help(self) -> None:
        """Show what each key does."""
        self.push_screen(Help(_KEYS))

    def action_interrupt(self) -> None:
        """Quit as Ctrl-C does elsewhere."""
        self.was_interrupted = True
        self.exit()

    # The screen and the thread

    def show(self, view: View, *, follow: bool = True) -> None:
        """Show another view; with `follow`, scroll to what is looked at."""
        self.view = view
        self.query_one(Texts).show(view, follow=follow)
        self._paint()

    def _paint(self) -> None:
        watched = " watching" if self._watching else ""
        self.query_one("#head", Static).update(head(self.view, self.status + watched))
        self.query_one("#said", Static).update(reason(self.view))

    def _say(self, status: str) -> None:
        self.status = status
        self._paint()

    def _warn(self, error: AlignError) -> None:
        words = "\n".join(filter(None, (error.what, error.where, error.fix)))
        self.notify(words, severity="error", timeout=12, markup=False)

    def _keep(self, change: Callable[[], Report]) -> None:
        try:
            report = change()
        except AlignError as error:
            self._warn(error)
            return
        if self.view.seen is not None:
            self.show(state.with_seen(self.view, replace(self.view.seen, report=report)))

    def _look(self) -> None:
        if self._watching and self._outside.stamps() != self._stamps:
            self.action_check()

    def _check(self) -> None:
        self._run += 1
        self.problem = None
        self._say("Checking …")
        # Whoever quits does not wait for a model that is still being loaded: a daemon may be left.
        threading.Thread(
            target=self._work, args=(self._run, self.view.documents), daemon=True
        ).start()

    def _work(self, run: int, documents: Documents) -> None:
        try:
            for seen in self._outside.check(documents):
                if run != self._run:
                    return
                self.post_message(self.Progressed(run, seen))
        except Exception as error:  # noqa: BLE001 - a thread has nobody above it to tell
            self.post_message(self.Failed(run, error))

    def _handle_exception(self, error: Exception) -> None:
        self.failure = self.failure or error
        super()._handle_exception(error)
