"""Long output through a pager, as git does it."""

import os
import shlex
import shutil
import subprocess
import sys

_PAGER = "less"
_LESS = "FRX"  # quit if it fits on one screen, pass colours on, leave the screen as it was


def show(text: str, *, wanted: bool) -> None:
    """Write a text to standard output, through `$PAGER` if that is a terminal.

    Args:
        text: What to show.
        wanted: Whether a pager may be used at all.
    """
    command = shlex.split(os.environ.get("PAGER", _PAGER))
    is_possible = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if not (wanted and is_possible and command and shutil.which(command[0])):
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    environment = {"LESS": _LESS, "LESSCHARSET": "utf-8", **os.environ}
    # The user's own pager, as the shell would start it.
    subprocess.run(command, input=text.encode("utf-8", "replace"), env=environment, check=False)  # noqa: S603
