"""The file of accepted findings: read for each check, and changed by one process at a time."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from align.cli import files
from align.errors import ConfigError

if TYPE_CHECKING:
    from align.baseline import Accepted
    from align.config import Config
    from align.finding import Report

log = logging.getLogger(__name__)

_PATIENCE = 10.0
"""Seconds to wait for another process; writing the file takes it some milliseconds."""

Change = Callable[["tuple[Accepted, ...]"], "tuple[Accepted, ...]"]


def read(path: str) -> "tuple[Accepted, ...]":
    """Return the accepted findings; none if there is no such file.

    Raises:
        ConfigError: The file cannot be read, or is no file of accepted findings.
    """
    if not Path(path).exists():
        return ()
    from align import baseline

    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"The file of accepted findings cannot be read: {error}.", where=path
        ) from error
    return baseline.parse(text, path)


def update(path: str, change: Change) -> "tuple[Accepted, ...]":
    """Change the accepted findings, and return them as they stand then.

    The file is read, changed and replaced under a lock, so that two processes lose nothing.
    """
    import filelock

    from align import baseline

    lock = _lock(path)
    try:
        with filelock.FileLock(lock, timeout=_PATIENCE):
            before = read(path)
            after = change(before)
            if after != before:
                files.write(baseline.render(after), path)
            return after
    except filelock.Timeout as error:
        raise ConfigError(
            "Another process has been writing the file of accepted findings for too long.",
            where=path,
            fix=f"If none is running, delete {lock}.",
        ) from error


def apply(report: "Report", config: "Config") -> "Report":
    """Mark what was accepted in a report, and say which entries no finding needs any more."""
    from align import baseline

    entries = read(config.baseline.path)
    note_unused(report, entries, config)
    return baseline.apply(report, entries)


def note_unused(report: "Report", entries: "tuple[Accepted, ...]", config: "Config") -> None:
    """Say which accepted findings of these texts no longer occur."""
    from align import baseline

    stale = baseline.unused(report, entries, _names(config))
    if stale:
        log.warning(
            "%d accepted findings of these texts no longer occur: %s. "
            "`veralign check --write-baseline` removes them from %s.",
            len(stale),
            ", ".join(f"{entry.check} “{entry.source or entry.target}”" for entry in stale),
            config.baseline.path,
        )


def accept_all(report: "Report", config: "Config", reason: str, who: str) -> "Report":
    """Accept every finding of a report, and forget what no longer occurs in these texts."""
    from align import baseline

    def changed(entries: "tuple[Accepted, ...]") -> "tuple[Accepted, ...]":
        stale = {entry.key for entry in baseline.unused(report, entries, _names(config))}
        fresh = [f for f in report.findings if f.key not in {entry.key for entry in entries}]
        return baseline.accept(
            baseline.withdraw(entries, stale), report, fresh, reason=reason, who=who
        )

    return baseline.apply(report, update(config.baseline.path, changed))


def _names(config: "Config") -> frozenset[str]:
    from align.checks import selected

    return frozenset(check.name for check in selected(config.checks))


def _lock(path: str) -> Path:
    # Beside the file it would turn up in the version control of the texts.
    import platformdirs

    digest = hashlib.sha256(str(Path(path).resolve()).encode("utf-8", "replace")).hexdigest()[:16]
    folder = platformdirs.user_cache_path("veralign") / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{digest}.lock"
