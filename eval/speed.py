"""Measures how fast veralign is, and how much of the machine it uses.

    python -m eval.speed --data DIR [--runs 5] [--articles 60]
    python -m eval.speed --data DIR --short 10000

Each run is a process of its own: of the seed pair, with the weights just converted, with nothing
kept of its texts, and with everything kept; of sentences in bulk, beside sentence-transformers as
it comes; of articles in a row, and of one that grows; of beads, beside other aligners where they
are installed. Figures are to be compared within one file: the machine's own limits stand beside
them. With --short, only so many short pairs are compared in one process, to see whether its memory
grows.
Writes eval/results/speed.json.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.speed_tasks import BODY_MFLOP, Figures

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "eval" / "results" / "speed.json"
PAIR = (ROOT / "seeds/000_293dd51d06a938cd.txt", ROOT / "seeds/004_7d26e8ad050225a4.txt")
STEPS = {
    "import torch": "import torch",
    "import sentence_transformers": "import sentence_transformers",
    "import align.pipeline": "import align.pipeline",
    "--help": "import sys; sys.argv = ['veralign', '--help']; import align.cli; align.cli.main()",
}
LENGTHS = (20, 80, 320, 1280)


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, those of all cores, and its largest size in megabytes."""

    seconds: float
    core_seconds: float
    peak_mb: float


def main() -> None:
    """Run, print a table, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ntrex/")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--short", type=int, default=0, help="only so many short pairs, for memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        if options.short:
            store(
                known() | {"short pairs": _task("steady", options.data, cache, str(options.short))}
            )
            return
        figures = known() | {
            "machine": machine(),
            "runs": options.runs,
            "seed pair": seed_pair(cache, options.runs),
            "steps": {
                name: described([measured(["-c", code]) for _ in range(options.runs)])
                for name, code in STEPS.items()
            },
            "bulk": bulk(options.data, cache),
            "articles of 20 sentences": {
                str(count): _task("articles", options.data, cache, str(count))
                for count in (options.articles // 4, options.articles)
            },
            f"aligning {LENGTHS[-1]} sentences, vectors given": _task(
                "aligners", options.data, cache, str(LENGTHS[-1])
            ),
            "sentences of one pair": {
                str(count): _task("length", options.data, cache, str(count)) for count in LENGTHS
            },
        }
    store(figures)


def known() -> dict[str, object]:
    """Return the stored figures, of which a run replaces what it has measured."""
    return dict(json.loads(RESULTS.read_text("utf-8"))) if RESULTS.exists() else {}


def store(figures: dict[str, object]) -> None:
    """Print all figures, and write them."""
    text = json.dumps(figures, indent=1)
    RESULTS.write_text(text + "\n", "utf-8")
    print(text)


def seed_pair(cache: Path, runs: int) -> dict[str, Figures]:
    """Return what a check of the seed pair takes, from the very first run on."""
    check = ["-m", "align", "check", *map(str, PAIR), "--format", "json", "--cache", str(cache)]
    first = measured(check)
    cold, second = [], []
    for _ in range(runs):
        for store in cache.glob("vectors.sqlite3*"):
            store.unlink()
        cold.append(measured(check))
        second.append(measured(check))
    return {
        "first run, converts the weights": described([first]),
        "cold, no text known": described(cold),
        "second, all texts known": described(second),
    }


def bulk(data: Path, cache: Path) -> dict[str, Figures]:
    """Return how fast sentences are encoded, and how far the vectors are from the reference's."""
    names = ("sentence-transformers", "bulk", "bulk with tokens")
    found: dict[str, Figures] = {"peaks": _task("peaks", data, cache)}
    mean = _task("tokens", data, cache)["tokens a sentence"]
    rows = {}
    for name in names:
        kept = cache / f"{name}.npy"
        found[name] = _task(name, data, cache, str(kept))
        rows[name] = np.load(kept)
        rate = found[name]["sentences a second"] * mean * BODY_MFLOP / 1e3
        found[name]["share of the float32 peak"] = round(
            rate / found["peaks"]["float32 GFLOP/s"], 2
        )
    for name in names[1:]:
        found[name] |= fidelity(rows[name], rows[names[0]])
        ratio = found[name]["sentences a second"] / found[names[0]]["sentences a second"]
        found[name]["times sentence-transformers"] = round(ratio, 2)
    return found


def fidelity(ours: np.ndarray, reference: np.ndarray) -> Figures:
    """Return the worst cosine, and how far those of true pairs move, over their own spread."""
    half = 194
    moved = np.abs(_true(ours, half) - _true(reference, half)).mean() / _true(reference, half).std()
    worst = float((ours * reference).sum(axis=1).min())
    return {"worst cosine": round(worst, 6), "moved, of the spread": round(float(moved), 4)}


def _true(rows: np.ndarray, half: int) -> np.ndarray:
    cosines: np.ndarray = (rows[:half] * rows[half : 2 * half]).sum(axis=1)
    return cosines


def described(runs: Sequence[Run]) -> Figures:
    """Return the median and the range of some runs."""
    seconds = [run.seconds for run in runs]
    return {
        "seconds": round(statistics.median(seconds), 2),
        "fastest": round(min(seconds), 2),
        "slowest": round(max(seconds), 2),
        "core seconds": round(statistics.median(run.core_seconds for run in runs), 2),
        "peak MB": round(max(run.peak_mb for run in runs)),
    }


def measured(arguments: Sequence[str]) -> Run:
    """Return what a fresh interpreter takes for something."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as sink:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *arguments], stdout=sink, stderr=sink, env=_environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sink.seek(0)
            sys.exit(sink.read().decode())
    unit = 1 if platform.system() == "Darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def _task(name: str, data: Path, cache: Path, *more: str) -> Figures:
    command = [sys.executable, "-m", "eval.speed_tasks", name, str(data), str(cache), *more]
    done = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, check=False, env=_environment(), cwd=ROOT
    )
    if done.returncode:
        sys.exit(done.stderr)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _environment() -> dict[str, str]:
    # Without compiled modules, a third of a cold run would be Python's own reading of source.
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**given, "PYTHONPATH": str(ROOT)}


def machine() -> str:
    """Return what a reader must know to compare figures."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text("utf-8").splitlines() if "model name" in line]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    version = platform.python_version()
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {version}"


if __name__ == "__main__":
    main()
