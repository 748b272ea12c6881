"""The records of a batch: a pair of files, and all of them with what was noted on the way."""

from dataclasses import dataclass

Languages = tuple[str | None, str | None]
"""Tags of both sides, None where they are to be detected."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of a batch: its name, and its files as the manifest names them.

    `fields` are the other columns. The tags of the languages are None where they are detected.
    """

    name: str
    source: str
    target: str
    fields: tuple[tuple[str, str], ...] = ()
    languages: Languages = (None, None)


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs in the order of their manifest, the folder from which their paths start, and notes.

    A note is a sentence on what stands there and is in no pair.
    """

    folder: str
    pairs: tuple[Pair, ...]
    notes: tuple[str, ...] = ()
