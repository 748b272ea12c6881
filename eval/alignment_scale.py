"""How long an aligner takes for a long text, and how much memory, vectors given.

The text is made up: vectors that spread like those of e5-small after centring, a translation whose
vectors are near their own, and three sentences in a hundred lost on each side. Each run is a
process of its own, so that memory is its own, too. Time is processor time, which other work on the
machine does not lengthen, and by the clock, which shows what a second core spares.
"""

import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from align.bitext import Span
from align.vectors import Embedding, TokenVectors, Vectors, unit
from eval.peers import Aligner, Input

DIMENSION = 384
LOST = 0.03
CONE = 2.0
"""How much all vectors have in common, which centring takes away: cosines of about .8."""
UNLIKE = 0.75
"""Noise between a sentence and its translation: centred cosines of about .65."""
LONGEST_SECONDS = 300
"""Processor time after which a run is given up."""
MOST_MB = 6000
"""Memory above the vectors at which a run is given up: a laptop's."""


def measure(name: str, size: int, seed: int = 5) -> dict[str, float | str]:
    """Return seconds, megabytes above the vectors, and the share of right beads, of one run."""
    with TemporaryDirectory() as folder:
        _write_text(Path(folder), size, np.random.default_rng(seed))
        command = [sys.executable, "-m", "eval.alignment", "--one", name, folder]
        done = subprocess.run(  # noqa: S603 - our own command
            command, capture_output=True, text=True, check=False
        )
    if done.returncode == -signal.SIGXCPU:
        return {"failed": f"not done after {LONGEST_SECONDS} seconds"}
    if done.returncode:
        return {"failed": done.stderr.strip().rsplit("\n", 1)[-1][:200]}
    figures: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run_one(aligner: Aligner, folder: Path) -> None:
    """Align the text of a folder and print what it took, as JSON."""
    given, true = _read_text(folder)
    # Compilers and caches are warm before the clock starts.
    aligner(_beginning(given, 50))
    before = _memory_mb("VmRSS")
    start, begun = time.process_time(), time.perf_counter()
    used = int(start) + LONGEST_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 10))
    room = int((_memory_mb("VmSize") + MOST_MB) * 2**20)
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    beads = aligner(given)
    seconds, elapsed = time.process_time() - start, time.perf_counter() - begun
    above = _memory_mb("VmHWM") - before
    right = len(true & {(i, j) for one, two in beads for i in one for j in two})
    figures = {
        "seconds": round(seconds, 2),
        "elapsed seconds": round(elapsed, 2),
        "MB above the vectors": round(above),
        "pairs found": round(right / len(true), 4),
    }
    print(json.dumps(figures))


def _beginning(given: Input, size: int) -> Input:
    sides = [(texts[:size], vectors[:size]) for texts, vectors in given.sides]
    (source, _), (target, _) = sides
    return Input(source, target, *(of_whole_texts(*side) for side in sides))


def of_whole_texts(texts: Sequence[str], vectors: Vectors) -> Embedding:
    """Return an embedding in which each text is one token."""
    tokens = (
        TokenVectors((Span(0, len(text)),), vectors[i : i + 1]) for i, text in enumerate(texts)
    )
    return Embedding(vectors, tuple(tokens))


def _write_text(folder: Path, size: int, rng: np.random.Generator) -> None:
    lengths = rng.gamma(3.0, 40.0, size).astype(int) + 5
    own = rng.standard_normal((size, DIMENSION), np.float32) / DIMENSION**0.5
    for side in ("source", "target"):
        kept = np.flatnonzero(rng.random(size) >= LOST)
        common = rng.standard_normal(DIMENSION, np.float32) / DIMENSION**0.5 * CONE
        noise = rng.standard_normal((len(kept), DIMENSION), np.float32) / DIMENSION**0.5
        np.save(folder / f"{side}.npy", unit(own[kept] + UNLIKE * noise + common))
        np.save(folder / f"{side}_numbers.npy", kept)
        stretch = lengths[kept] * rng.uniform(0.8, 1.2, len(kept))
        np.save(folder / f"{side}_lengths.npy", stretch.astype(int))


def _read_text(folder: Path) -> tuple[Input, set[tuple[int, int]]]:
    """Return the text, and the pairs of segments that stand for each other."""
    sides = ("source", "target")
    texts = [
        [
            f"{i} ".ljust(length, "x")
            for i, length in enumerate(np.load(folder / f"{s}_lengths.npy"))
        ]
        for s in sides
    ]
    numbers = [np.load(folder / f"{side}_numbers.npy") for side in sides]
    # So long a text is aligned by its sentences alone, and no aligner asks for tokens.
    source_rows, target_rows = (Embedding(np.load(folder / f"{s}.npy"), ()) for s in sides)
    _, source, target = np.intersect1d(*numbers, return_indices=True)
    pairs = set(zip(source.tolist(), target.tolist(), strict=True))
    return Input(texts[0], texts[1], source_rows, target_rows), pairs


def _memory_mb(field: str) -> float:
    """Return the resident size now (VmRSS) or at its largest (VmHWM); 0 where there is no /proc."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)
