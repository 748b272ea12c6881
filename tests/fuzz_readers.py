"""Tries files on every reader for a given time each, and goes on where it was stopped.

python -m tests.fuzz_readers --seconds 600 [--readers docx-text po-rows] [--folder .fuzz]

What a reader has had is counted in the folder, and so is what made it fail: bytes that it neither
reads nor refuses, or takes more than ten seconds of the processor for, are kept and tried first at
the next start.
"""

import argparse
import json
import logging
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from align.read import formats, sniff
from tests.test_read_fuzz import ANY_BYTES, LIMITS, SAMPLES, mutated, read

ROUND = 200
"""Files between two looks at the clock."""
PATIENCE_SECONDS = 10
"""What a file may take of the processor, none being larger than a few kilobytes."""


def name_of(entry: formats.Format) -> str:
    """Return what a reader is called here."""
    kind = entry.function.removeprefix("parse_") if entry.function != "parse" else entry.kind
    return f"{entry.module}-{kind}"


READERS = {name_of(entry): entry for entry in formats.FORMATS}


def own_samples(entry: formats.Format) -> list[bytes]:
    """Return the samples that are of this format by their content, or all where none is."""
    own = [data for data in SAMPLES if sniff.suffix_of(data, LIMITS) in entry.suffixes]
    return own or SAMPLES


def attempt(entry: formats.Format, data: bytes) -> None:
    """Read one file.

    Raises:
        Exception: It was neither read nor refused, or not in time.
    """
    signal.setitimer(signal.ITIMER_PROF, PATIENCE_SECONDS)
    try:
        read(entry, data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def trial(entry: formats.Format, folder: Path) -> Callable[[], None]:
    """Return a round of a reader: so many files, almost right, of another format, or of any bytes.

    What once failed is tried again first, and smaller.
    """
    chance = st.randoms(use_true_random=False)
    mutants = st.builds(mutated, st.sampled_from(own_samples(entry)), chance)
    files = mutants | mutants | ANY_BYTES | st.builds(mutated, st.sampled_from(SAMPLES), chance)

    @settings(
        max_examples=ROUND,
        deadline=None,
        database=DirectoryBasedExampleDatabase(folder / "failing"),
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(data=files)
    def try_files(data: bytes) -> None:
        attempt(entry, data)

    return try_files


def late(_signal: int, _frame: FrameType | None) -> None:
    """Stop a reader that takes too long."""
    raise TimeoutError(f"no answer after {PATIENCE_SECONDS} seconds of the processor")


def main() -> None:
    """Give each reader the time that it lacks; stop at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS))
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    logging.disable(logging.WARNING)
    signal.signal(signal.SIGPROF, late)
    state = options.folder / "spent.json"
    spent: dict[str, list[float]] = json.loads(state.read_text()) if state.exists() else {}
    for name in options.readers:
        had = spent.setdefault(name, [0.0, 0])
        run = trial(READERS[name], options.folder)
        while had[0] < options.seconds:
            start = time.process_time()
            run()
            had[0] += time.process_time() - start
            had[1] += ROUND
            state.write_text(json.dumps(spent, indent=1))
        sys.stdout.write(
            f"{name}: {had[0]:.0f} s of processor time, {had[1]:,} files, none fails\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
