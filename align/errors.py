"""Errors that a user can mend, and the exit codes of every command."""

EXIT_CLEAN = 0
"""Nothing found at or above the severity of `--fail-on`."""

EXIT_FINDINGS = 1
"""At least one finding at or above the severity of `--fail-on`."""

EXIT_FAILED = 2
"""The command could not run: bad input, bad settings, missing weights."""

EXIT_INTERRUPTED = 130
"""The user pressed Ctrl-C."""

EXIT_TERMINATED = 143
"""A batch was told to end, by SIGTERM."""


class AlignError(Exception):
    """Something the user can mend: what happened, where, and what to do about it."""

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        """Keep the three lines apart, so that a command can print them one under the other.

        Args:
            what: What happened, one sentence.
            where: The file, row or setting concerned; empty if there is none.
            fix: What the user can do; empty if nothing is known to help.
        """
        super().__init__(what, where, fix)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        """Return the three lines, without the empty ones."""
        return "\n".join(line for line in (self.what, self.where, self.fix) if line)


class ReadError(AlignError):
    """An input file cannot be read as text."""


class ConfigError(AlignError):
    """A setting or an option has a value that it cannot have."""


class ModelError(AlignError):
    """A model's manifest or weights are missing, damaged or not what they claim to be."""
