"""What the terminal can show: its width, its colours, and a sign of life on stderr."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

PLAIN_COLUMNS = 100
"""Width of a report that goes to a file or a pipe."""


class Color(StrEnum):
    """When to use colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def columns(given: int | None, output: str | None) -> int:
    """Return the width of a report: as asked, else the terminal's, else `PLAIN_COLUMNS`."""
    if given is not None:
        return given
    if output is None and sys.stdout.isatty():
        return shutil.get_terminal_size((PLAIN_COLUMNS, 24)).columns
    return PLAIN_COLUMNS


def has_colour(when: Color, output: str | None) -> bool:
    """Tell whether to colour a report; see no-color.org for `NO_COLOR`."""
    if when is not Color.AUTO:
        return when is Color.ALWAYS
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or output is not None:
        return False
    return sys.stdout.isatty()


def is_lively() -> bool:
    """Tell whether stderr is a terminal that can show something moving."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def working(message: str) -> Iterator[None]:
    """Show a message with a moving sign on stderr while something runs, if stderr is a terminal."""
    if not is_lively():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(message):
        yield
