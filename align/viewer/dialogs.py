"""The viewer's questions: a line of text, a choice of findings, and the page of keys."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, SelectionList, Static
from textual.widgets.selection_list import Selection

from align.finding import ErrorType, Finding, Severity
from align.viewer.state import Filters
from align.write.words import SIGNS, TYPES, count


class Ask(ModalScreen[str | None]):
    """One line of text; Escape gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, question: str, given: str = "") -> None:
        """Take the question, and what the line says at first."""
        super().__init__()
        self._question = question
        self._given = given

    def compose(self) -> ComposeResult:
        """Lay out the question and its line."""
        with Vertical(classes="dialog"):
            yield Label(self._question, markup=False)
            yield Input(self._given)
            yield Label("Enter: done   Escape: leave it", classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line."""
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss(None)


class Choose(ModalScreen[Filters | None]):
    """Which findings are listed, by type, severity and acceptance."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("enter,f", "done", "Done", priority=True),
    ]

    def __init__(self, findings: Sequence[Finding], filters: Filters) -> None:
        """Take the findings there are, and what is chosen so far."""
        super().__init__()
        self._findings = findings
        self._filters = filters

    def compose(self) -> ComposeResult:
        """Lay out a box for each type and severity that occurs."""
        with Vertical(classes="dialog"):
            yield Label("List these findings")
            yield SelectionList[str](*self._selections())
            yield Label("Space: switch   Enter: done   Escape: leave it", classes="hint")

    def on_mount(self) -> None:
        """Stand on the first box, so that a key switches it."""
        self.query_one(SelectionList).highlighted = 0

    def action_done(self) -> None:
        """Answer with what is chosen."""
        chosen = frozenset(self.query_one(SelectionList).selected)
        types, severities = _kinds(self._findings)
        self.dismiss(
            Filters(
                frozenset(t for t in types if t not in chosen),
                frozenset(s for s in severities if s.label not in chosen),
                "accepted" in chosen,
            )
        )

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    def _selections(self) -> Iterable[Selection[str]]:
        filters = self._filters
        types, severities = _kinds(self._findings)
        for severity in severities:
            number = sum(f.severity is severity for f in self._findings)
            label = f"{SIGNS[severity]:<2} {severity.label} ({number})"
            yield Selection(label, severity.label, severity not in filters.hidden_severities)
        for kind in types:
            number = sum(f.error_type is kind for f in self._findings)
            yield Selection(
                f"{TYPES[kind]} ({number})", str(kind), kind not in filters.hidden_types
            )
        accepted = sum(bool(f.accepted) for f in self._findings)
        yield Selection(
            f"accepted ({count(accepted, 'finding')})", "accepted", filters.with_accepted
        )


class Help(ModalScreen[None]):
    """What each key does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "leave", "Back", priority=True)
    ]

    def __init__(self, keys: Iterable[tuple[str, str]]) -> None:
        """Take the keys with what they do."""
        super().__init__()
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """Lay out one line a key."""
        with Vertical(classes="dialog"):
            yield Label("Keys")
            with VerticalScroll():
                lines = "\n".join(f"{key:<14}{meaning}" for key, meaning in self._keys)
                yield Static(lines, markup=False)
            yield Label("Escape: back", classes="hint")

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def _kinds(findings: Sequence[Finding]) -> tuple[list[ErrorType], list[Severity]]:
    present = {finding.error_type for finding in findings}
    severities = {finding.severity for finding in findings}
    return [kind for kind in TYPES if kind in present], sorted(severities, reverse=True)
