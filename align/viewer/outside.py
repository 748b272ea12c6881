"""What the viewer needs of the world: files, models and editors, as functions it is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from align.bitext import Document
from align.finding import Finding, Report
from align.viewer.state import Seen

Documents = tuple[Document, Document]


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything that the viewer does beyond the screen.

    `read` reads both texts; `check` compares them and yields what it finds as it finds it;
    `accept` and `withdraw` write the file of accepted findings and return the report that follows;
    `stamps` tells when the texts were last changed; `edit` opens an editor and waits for it.
    `check` runs in a thread of its own, and so may take its time. All may raise an `AlignError`.
    """

    read: Callable[[], Documents]
    check: Callable[[Documents], Iterator[Seen]]
    accept: Callable[[Report, Finding, str], Report]
    withdraw: Callable[[Report, Finding], Report]
    stamps: Callable[[], tuple[int, ...]]
    edit: Callable[[str, int, int], None]


# Vim counts bytes: a column of code points has to be looked up in its line.
_VIM = ("+call cursor({line},byteidxcomp(getline({line}),{before})+1)", "{path}")

# How editors are told a line and a column; all others are taken to know vi's +LINE.
_LINE_AND_COLUMN = {
    "nano": ("+{line},{column}", "{path}"),
    "micro": ("+{line}:{column}", "{path}"),
    "emacs": ("+{line}:{column}", "{path}"),
    "emacsclient": ("+{line}:{column}", "{path}"),
    "hx": ("{path}:{line}:{column}",),
    "helix": ("{path}:{line}:{column}",),
    "kak": ("+{line}:{column}", "{path}"),
    "code": ("--wait", "--goto", "{path}:{line}:{column}"),
    "codium": ("--wait", "--goto", "{path}:{line}:{column}"),
    "subl": ("--wait", "{path}:{line}:{column}"),
    "zed": ("--wait", "{path}:{line}:{column}"),
    "nvim": _VIM,
    "vim": _VIM,
}
_LINE_ONLY = ("+{line}", "{path}")


def editor_command(editor: list[str], path: str, line: int, column: int) -> list[str]:
    """Return the command that opens a file at a place.

    Args:
        editor: The user's editor, with its own arguments.
        path: The file.
        line: From 1.
        column: From 1, in code points.

    >>> editor_command(["nano", "-l"], "a.txt", 3, 7)
    ['nano', '-l', '+3,7', 'a.txt']
    """
    name = PurePath(editor[0]).stem
    arguments = _LINE_AND_COLUMN.get(name, _LINE_ONLY)
    place = {"path": path, "line": line, "column": column, "before": column - 1}
    return [*editor, *(part.format_map(place) for part in arguments)]
