"""Converted copies of weights in the user's cache: sealed with digests, never seen half made."""

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from align.manifest import sha256

log = logging.getLogger(__name__)

ABANDONED_SECONDS = 3600.0
"""Age from which a conversion that nobody finished is cleared away; one takes seconds."""

_SEAL = "veralign.json"
_WORK = ".converting-"


def is_sound(folder: Path) -> bool:
    """Tell whether a copy is there and as it was sealed."""
    try:
        seal: dict[str, str] = json.loads((folder / _SEAL).read_text("utf-8"))
        return all(sha256(folder / name) == digest for name, digest in seal.items())
    except (OSError, ValueError, AttributeError):
        return False


def is_copy(folder: Path) -> bool:
    """Tell whether a folder is a copy that was made here, sound or not, or the rest of one."""
    return folder.is_dir() and (folder.name.startswith(_WORK) or (folder / _SEAL).is_file())


def make(folder: Path, write: Callable[[Path], None]) -> None:
    """Make a copy beside its final place and rename it, so that nobody ever sees half of one.

    Args:
        folder: Where the copy belongs.
        write: Fills an empty folder with the copy.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(folder.parent)
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder.parent))
    try:
        write(work)
        seal = {
            p.relative_to(work).as_posix(): sha256(p)
            for p in sorted(work.rglob("*"))
            if p.is_file()
        }
        (work / _SEAL).write_text(json.dumps(seal, indent=1), "utf-8")
        work.chmod(0o755)
        # What another process has put there in the meantime may be in use already.
        if folder.exists() and not is_sound(folder):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            work.rename(folder)
        except OSError:
            # Another process was faster; its copy is as good as ours.
            if not is_sound(folder):
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _clear_abandoned(cache: Path) -> None:
    """Remove what conversions that were killed have left, but none that may still be running."""
    for work in cache.glob(f"{_WORK}*"):
        try:
            age = time.time() - work.stat().st_mtime
        except OSError:
            continue  # another process has cleared it
        if age > ABANDONED_SECONDS:
            log.info("Removing %s, which a conversion has left.", work)
            shutil.rmtree(work, ignore_errors=True)
