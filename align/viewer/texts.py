"""The widget that shows both texts: two columns that scroll as one."""

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from align.viewer.draw import draw, lights
from align.viewer.layout import Layout, lay_out
from align.viewer.state import View


class Texts(ScrollView, can_focus=True):
    """Both texts side by side; lines are wrapped and drawn when they come into sight."""

    class Chosen(Message):
        """Somebody clicked on a bead."""

        def __init__(self, bead: int) -> None:
            """Keep which bead it was."""
            super().__init__()
            self.bead = bead

    class Touched(Message):
        """The mouse stands on a word, or on none."""

        def __init__(self, *, is_source: bool, place: tuple[int, int] | None) -> None:
            """Keep the side, and the segment and the position in it."""
            super().__init__()
            self.is_source = is_source
            self.place = place

    def __init__(self, view: View) -> None:
        """Take what is shown at first."""
        super().__init__()
        self._view = view
        self._lights = lights(view)
        self._page: Layout | None = None
        self._opened: frozenset[int] = frozenset()
        self._touched: tuple[bool, tuple[int, int] | None] = (True, None)

    def show(self, view: View, *, follow: bool = True) -> None:
        """Show another view; with `follow`, scroll to the bead that is looked at."""
        before, self._view = self._view, view
        self._lights = lights(view)
        if view.bitext is not before.bitext or view.is_folded != before.is_folded:
            self._opened = frozenset()
        if _folding(view) != _folding(before):
            self._wrap(keeps=_told(view) != _told(before))
        if follow and view.bitext is not None:
            self._open(view.bead)
            self._go_to(view.bead)
        self.refresh()

    def turn(self) -> None:
        """Open the fold that is looked at, or the next one; fold it again if it is open."""
        stretch = self._page.stretch_at(self._view.bead) if self._page else ()
        if not stretch:
            return
        self._opened ^= self._opened.intersection(stretch) or frozenset(stretch)
        self._wrap()
        if not self._is_in_sight(stretch[0]):
            self._go_to(stretch[0])

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        if self._page is None:
            return Strip.blank(width, self.rich_style)
        text = draw(self._page, y + self._top, self._lights)
        strip = Strip(list(text.render(self.app.console)), text.cell_len)
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Wrap what has come into sight."""
        super().watch_scroll_y(old_value, new_value)
        # Not at once: who scrolls by a key is still in the hands of Textual's animator, which
        # does not bear it that the place is set anew meanwhile.
        self.call_next(self._settle)

    def on_resize(self) -> None:
        """Wrap the texts anew for another width; what is in sight stays there."""
        self._wrap()

    def on_click(self, event: events.Click) -> None:
        """Open the fold that was clicked on, or tell which bead was."""
        found = self._at(event)
        if found is not None and not self._open(found[0]):
            self.post_message(self.Chosen(found[0]))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell which word the mouse stands on, when it comes to another one."""
        found = self._at(event)
        touched = (True, None) if found is None else found[1:]
        if touched != self._touched:
            self._touched = touched
            self.post_message(self.Touched(is_source=touched[0], place=touched[1]))

    @property
    def _top(self) -> int:
        return round(self.scroll_offset.y)

    @property
    def _lines(self) -> int:
        return max(self.scrollable_content_region.height, 1)

    def _at(self, event: events.MouseEvent) -> tuple[int, bool, tuple[int, int] | None] | None:
        offset = event.get_content_offset(self)
        if self._page is None or offset is None:
            return None
        return self._page.at(offset.x, offset.y + self._top)

    def _open(self, bead: int) -> bool:
        """Show what is folded away with a bead, and tell whether anything is."""
        folded = self._folded_with(bead)
        if folded:
            self._opened |= set(folded)
            self._wrap()
        return bool(folded)

    def _wrap(self, *, keeps: bool = False) -> None:
        """Put the lines together anew; what is in sight stays where it is on the screen.

        Args:
            keeps: What is being read stays open, though it has turned out to be faithful.
        """
        width = self.scrollable_content_region.width or self.size.width
        if not width:
            return
        held = self._held()
        was_folded = held is not None and bool(self._folded_with(held[0]))
        self._page = lay_out(self._view, width, self._opened)
        if held is None:
            self._settle()
        else:
            if keeps and not was_folded and self._folded_with(held[0]):
                self._opened |= set(self._folded_with(held[0]))
                self._page = lay_out(self._view, width, self._opened)
            self._page.reveal(held[0], self._lines)
            self._scroll(self._page.lines_of(held[0])[0] - held[1])
        self.refresh()

    def _held(self) -> tuple[int, int] | None:
        """Return a bead in sight, that which is looked at if it is, and its line on the screen."""
        page, bead = self._page, self._view.bead
        if page is None:
            return None
        found = bead if self._is_in_sight(bead) else page.bead_at(self._top)
        return None if found is None else (found, page.lines_of(found)[0] - self._top)

    def _is_in_sight(self, bead: int) -> bool:
        start, stop = self._page.lines_of(bead) if self._page else (0, 0)
        return start < self._top + self._lines and stop > self._top

    def _folded_with(self, bead: int) -> tuple[int, ...]:
        return self._page.folded_with(bead) if self._page else ()

    def _go_to(self, bead: int) -> None:
        """Scroll to a bead, so that it stands in the middle."""
        page, held = self._page, self._held()
        if page is None:
            return
        page.reveal(bead, self._lines)
        self._grow()
        if held is not None:  # what was wrapped above has moved everything below it
            self._scroll(page.lines_of(held[0])[0] - held[1])
        start, stop = page.lines_of(bead)
        region = Region(0, start, 1, max(stop - start, 1))
        self.scroll_to_region(region, animate=False, force=True, center=True)
        self._settle()

    def _settle(self) -> None:
        if self._page is not None:
            self._scroll(self._page.settle(self._top, self._lines))

    def _scroll(self, top: int) -> None:
        self._grow()
        if top != self._top:
            self.scroll_to(y=top, animate=False, force=True)

    def _grow(self) -> None:
        if self._page is not None:
            size = Size(self.size.width, self._page.height)
            if size != self.virtual_size:
                self.virtual_size = size


def _folding(view: View) -> tuple[object, ...]:
    """Return all that decides which lines there are."""
    told = _told(view)
    listed = frozenset(finding.bead for finding in view.listed()) if told[1] else ()
    return (*told, view.is_folded, view.context, listed)


def _told(view: View) -> tuple[int, bool]:
    """Return which texts are shown, and whether all is known of them."""
    seen = view.seen
    return (id(seen.report.bitext), seen.is_whole) if seen else (id(view.documents), False)
