"""langdetect's counts of runs of letters, unpacked once: a text has few of all those it knows."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import marisa_trie
from langdetect import DetectorFactory
from langdetect.detector_factory import PROFILES_DIRECTORY

from align import copies

UNPACKING = 1
"""Rises whenever the same profiles would be unpacked in another way."""

log = logging.getLogger(__name__)

Counts = Callable[[str], Sequence[tuple[int, int]]]
"""From a run of letters to the numbers of the languages that have it, with how often."""

_RUNS, _TOTALS = "runs.marisa", "totals.json"
_RECORD = "<BI"


def load_detectors(cache: Path | None, seed: int) -> DetectorFactory:
    """Return langdetect's factory, with its profiles from an unpacked copy where there is one.

    Args:
        cache: The folder that holds the copy, which is made if it is missing or damaged. Without
            one, the profiles are read as they come.
        seed: langdetect draws at random; without a seed it changes its mind from run to run.
    """
    unpacked = _unpacked(cache) if cache is not None else None
    counts, totals = unpacked or _as_they_come()
    factory = DetectorFactory()
    factory.set_seed(seed)
    factory.langlist = list(totals)
    factory.word_lang_prob_map = Shares(counts, list(totals.values()))
    return factory


class Shares(dict[str, list[float]]):
    """What langdetect holds of every run of letters, worked out for those that a text has."""

    def __init__(self, counts: Counts, totals: Sequence[Sequence[int]]) -> None:
        """Take the counts of each run, and those of all runs of one, two and three by language."""
        super().__init__()
        self._counts = counts
        self._totals = totals

    def __contains__(self, run: object) -> bool:
        """Tell whether any language has this run; if so, its shares can be asked for."""
        if super().__contains__(run):
            return True
        found = self._counts(run) if isinstance(run, str) else ()
        if not found:
            return False
        self[str(run)] = shares = [0.0] * len(self._totals)
        for k, count in found:
            shares[k] = count / self._totals[k][len(str(run)) - 1]
        return True


def _profiles() -> tuple[dict[str, Mapping[str, int]], dict[str, Sequence[int]]]:
    """Return the counts of each language, and their totals."""
    paths = sorted(Path(PROFILES_DIRECTORY).iterdir())
    profiles = [json.loads(path.read_text("utf-8")) for path in paths]
    return (
        {profile["name"]: profile["freq"] for profile in profiles},
        {profile["name"]: profile["n_words"] for profile in profiles},
    )


def _as_they_come() -> tuple[Counts, dict[str, Sequence[int]]]:
    frequencies, totals = _profiles()
    each = list(frequencies.values())
    return (lambda run: [(k, own[run]) for k, own in enumerate(each) if run in own]), totals


def _unpacked(cache: Path) -> tuple[Counts, dict[str, Sequence[int]]] | None:
    sizes = [(p.name, p.stat().st_size) for p in sorted(Path(PROFILES_DIRECTORY).iterdir())]
    folder = cache / f"langdetect-{crc32(repr(sizes).encode()):08x}-{UNPACKING}"
    try:
        if not copies.is_sound(folder):
            copies.make(folder, _unpack)
        trie = marisa_trie.RecordTrie(_RECORD).mmap(str(folder / _RUNS))
        totals: dict[str, Sequence[int]] = json.loads((folder / _TOTALS).read_text("utf-8"))
    except OSError as error:
        log.info("Languages are detected without the cache: %s.", error)
        return None
    return (lambda run: trie.get(run, ())), totals


def _unpack(folder: Path) -> None:
    frequencies, totals = _profiles()
    records = (
        (run, (k, count))
        for k, own in enumerate(frequencies.values())
        for run, count in own.items()
    )
    marisa_trie.RecordTrie(_RECORD, records).save(str(folder / _RUNS))
    (folder / _TOTALS).write_text(json.dumps(totals), "utf-8")
