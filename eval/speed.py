"""Measures a cold run of the seed pair: seconds, peak memory, and where the seconds go.

    python eval/speed.py [--runs 5]

Each run is a process of its own. The first one of all converts the weights and is told apart.
Writes eval/results/speed.json with the machine's description.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAIR = (ROOT / "seeds/000_293dd51d06a938cd.txt", ROOT / "seeds/004_7d26e8ad050225a4.txt")
STEPS = {
    "import torch": "import torch",
    "import sentence_transformers": "import sentence_transformers",
    "import align.pipeline": "import align.pipeline",
    "--help": "import sys; sys.argv = ['veralign', '--help']; import align.cli; align.cli.main()",
}


def main() -> None:
    """Run, print a table, and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as cache:
        check = ["-m", "align", "check", *map(str, PAIR), "--format", "json", "--cache", cache]
        first = measured(check)
        cold = [measured(check) for _ in range(runs)]
    figures = {
        "machine": machine(),
        "runs": runs,
        "first run, converts the weights: seconds": round(first, 2),
        "cold run: seconds, median": round(statistics.median(cold), 2),
        "cold run: seconds, all": [round(seconds, 2) for seconds in cold],
        "peak memory of any run: MB": round(peak_mb()),
        "steps: seconds, median": {
            name: round(statistics.median(measured(["-c", code]) for _ in range(runs)), 2)
            for name, code in STEPS.items()
        },
    }
    text = json.dumps(figures, indent=1)
    (ROOT / "eval" / "results" / "speed.json").write_text(text + "\n", "utf-8")
    print(text)


def measured(arguments: Sequence[str]) -> float:
    """Return the seconds that a fresh interpreter takes for something."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *arguments], capture_output=True, env=environment, check=False
    )
    seconds = time.perf_counter() - start
    if result.returncode not in (0, 1):
        sys.exit(result.stderr.decode())
    return seconds


def peak_mb() -> float:
    """Return the largest resident size that any child process has had, in megabytes."""
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6


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
