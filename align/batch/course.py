"""The course of a batch: what is done already stays, the rest is answered, all of it is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from align.batch.outcome import Entry
from align.batch.pair import Batch, Pair
from align.batch.results import Results
from align.finding import Severity

Key = Callable[[Pair], str]
"""Tells the key that the outcome of a pair would have now."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: `done` of `total` pairs, of which `kept` were done before."""

    total: int
    done: int = 0
    kept: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a batch.

    `failed` pairs have an error, `unlike` ones were no translation or in one language, and
    `dropped` ones stood in the results and stand no more in the manifest. `worst` has, for each
    severity, the number of pairs whose gravest open finding is of it.
    """

    pairs: int
    kept: int
    failed: int
    unlike: int
    dropped: int
    worst: dict[Severity, int] = field(default_factory=dict)

    def has(self, severity: Severity) -> bool:
        """Tell whether any pair has an open finding that is at least as severe."""
        return any(found >= severity for found in self.worst)


def drive(
    batch: Batch,
    results: Results,
    key: Key,
    answers: Callable[[Iterator[Pair]], Iterator[bytes]],
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Take a batch through, whatever its work is; see `align.batch.run.run`.

    Returns:
        What became of it.

    Args:
        batch: The pairs.
        results: Where lines go.
        key: Tells the key of a pair; only of one that has a line is it asked.
        answers: Takes the pairs that are to be done, and gives the line of each in any order.
        tell: Is told how far the run has come.
    """
    known = results.known()
    entries: dict[str, Entry] = {}
    progress = Progress(len(batch.pairs))

    def is_done(pair: Pair) -> bool:
        entry = known.get(pair.name)
        return entry is not None and bool(entry.key) and entry.key == key(pair)

    due = []
    for pair in batch.pairs:
        if is_done(pair):
            entries[pair.name] = known[pair.name]
        else:
            due.append(pair)
    failed = sum(entry.error is not None for entry in entries.values())
    progress = replace(progress, done=len(entries), kept=len(entries), failed=failed)
    tell(progress)
    if due:
        for line in answers(iter(due)):
            entry = results.append(line)
            entries[entry.pair] = entry
            failed += entry.error is not None
            progress = replace(progress, done=progress.done + 1, failed=failed)
            tell(progress)
    names = [pair.name for pair in batch.pairs]
    results.finish(names)
    return _summary([entries[name] for name in names], progress.kept, len(set(known) - set(names)))


def _summary(entries: list[Entry], kept: int, dropped: int) -> Summary:
    worst: dict[Severity, int] = {}
    for entry in entries:
        found = [severity for severity in Severity if entry.by_severity.get(severity.label)]
        if found:
            worst[max(found)] = worst.get(max(found), 0) + 1
    failed = sum(entry.error is not None for entry in entries)
    unlike = sum(entry.error is None and entry.risk is None for entry in entries)
    return Summary(len(entries), kept, failed, unlike, dropped, worst)
