"""The widget that shows both texts: two columns that scroll as one."""

from itertools import takewhile

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from align.viewer.layout import Layout, draw, lay_out
from align.viewer.state import Hit, View, hits


class Texts(ScrollView, can_focus=True):
    """Both texts side by side; lines are drawn when they come into sight."""

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
        self._found: tuple[Hit, ...] = ()
        self._page: Layout | None = None
        self._touched: tuple[bool, tuple[int, int] | None] = (True, None)

    def show(self, view: View, *, follow: bool = True) -> None:
        """Show another view; with `follow`, scroll to the bead that is looked at."""
        before, self._view = self._view, view
        if view.bitext is not before.bitext or view.documents is not before.documents:
            self._wrap()
        if view.query != before.query or view.bitext is not before.bitext:
            self._found = hits(view)
        if follow and self._page is not None and view.bitext is not None:
            top = self._page.line_of(view.bead)
            height = self._height_of(top)
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True, center=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        number = y + round(self.scroll_offset.y)
        width = self.size.width
        if self._page is None or number >= len(self._page.lines):
            return Strip.blank(width, self.rich_style)
        text = draw(self._page, number, self._view, self._found)
        strip = Strip(list(text.render(self.app.console)), text.cell_len)
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    def on_resize(self) -> None:
        """Wrap the texts anew for another width; the same bead stays in sight."""
        self._wrap()
        self.show(self._view)

    def on_click(self, event: events.Click) -> None:
        """Tell which bead was clicked on."""
        found = self._at(event)
        if found is not None:
            self.post_message(self.Chosen(found[0]))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell which word the mouse stands on, when it comes to another one."""
        found = self._at(event)
        touched = (True, None) if found is None else found[1:]
        if touched != self._touched:
            self._touched = touched
            self.post_message(self.Touched(is_source=touched[0], place=touched[1]))

    def _at(self, event: events.MouseEvent) -> tuple[int, bool, tuple[int, int] | None] | None:
        offset = event.get_content_offset(self)
        if self._page is None or offset is None:
            return None
        return self._page.at(offset.x, offset.y + round(self.scroll_offset.y))

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        if width:
            self._page = lay_out(self._view, width)
            self.virtual_size = Size(width, len(self._page.lines))

    def _height_of(self, top: int) -> int:
        lines = self._page.lines if self._page else ()
        inside = takewhile(lambda line: line.row == lines[top].row, lines[top:])
        return max(sum(1 for _ in inside), 1)
