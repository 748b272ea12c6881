"""Measures a cold run of the seed pair: seconds, peak memory, and where the seconds go.

    python eval/speed.py [--runs 5]

Each run is a process of its own. The first one of all converts the weights and is told apart.
Writes eval/results/speed.json with the machine's description.
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

ROOT = Path(__file__).parent.parent
PAIR = (ROOT / "seeds/000_293dd51d06a938cd.txt", ROOT / "seeds/004_7d26e8ad050225a4.txt")
STEPS = {
    "import torch": "import torch",
    "import sentence_transformers": "import sentence_transformers",
    "import align.pipeline": "import align.pipeline",
    "--help": "import sys; sys.argv = ['veralign', '--help']; import align.cli; align.cli.main()",
}


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, and its largest resident size in megabytes."""

    seconds: float
    peak_mb: float


def main() -> None:
    """Run, print a table, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    count = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as cache:
        check = ["-m", "align", "check", *map(str, PAIR), "--format", "json", "--cache", cache]
        first = measured(check)
        cold = [measured(check) for _ in range(count)]
    steps = {name: [measured(["-c", code]) for _ in range(count)] for name, code in STEPS.items()}
    figures = {
        "machine": machine(),
        "runs": count,
        "first run, converts the weights": described([first]),
        "cold run": described(cold),
        "steps": {name: described(runs) for name, runs in steps.items()},
    }
    text = json.dumps(figures, indent=1)
    (ROOT / "eval" / "results" / "speed.json").write_text(text + "\n", "utf-8")
    print(text)


def described(runs: Sequence[Run]) -> dict[str, float]:
    """Return the median and the range of some runs."""
    seconds = [run.seconds for run in runs]
    return {
        "seconds": round(statistics.median(seconds), 2),
        "fastest": round(min(seconds), 2),
        "slowest": round(max(seconds), 2),
        "peak MB": round(max(run.peak_mb for run in runs)),
    }


def measured(arguments: Sequence[str]) -> Run:
    """Return what a fresh interpreter takes for something."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as sink:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *arguments], stdout=sink, stderr=sink, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sink.seek(0)
            sys.exit(sink.read().decode())
    unit = 1 if platform.system() == "Darwin" else 1024
    return Run(seconds, usage.ru_maxrss * unit / 1e6)


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
