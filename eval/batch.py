"""Measures batches: articles a minute, memory of a worker and its growth, and a second run.

    python -m eval.batch --data DIR --cache DIR --work DIR [--articles 1000]

Pairs are cut from NTREX articles, with sentences dropped and numbered anew, so that few vectors are
known from before. Runs with two processes, then with one, then again with nothing changed, each
with a store of vectors of its own. A measurement that was stopped goes on: figures of runs that
ended are kept in WORK. Writes eval/results/batch.json.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from align.batch.outcome import entries
from eval.alignment_data import Files
from eval.speed import machine

ROOT = Path(__file__).parent.parent
LENGTH = 20
DROPPED = 0.05
EVERY_SECONDS = 1.0

Figures = dict[str, float]


def main() -> None:
    """Run, print the figures, and store them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ntrex/")
    parser.add_argument("--cache", type=Path, required=True, help="where weights are converted")
    parser.add_argument("--work", type=Path, required=True, help="where pairs and results go")
    parser.add_argument("--articles", type=int, default=1000)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    manifest = write_pairs(options.data, options.work, options.articles)
    runs = {}
    for name, jobs in (("two processes", 2), ("one process", 1), ("nothing changed", 1)):
        kept = options.work / f"{name}.json"
        if not kept.exists():
            out = options.work / f"out-{jobs}"
            kept.write_text(json.dumps(measured(manifest, out, options.cache, jobs)), "utf-8")
        runs[name] = json.loads(kept.read_text("utf-8"))
    two, one = options.work / "out-2/results.jsonl", options.work / "out-1/results.jsonl"
    figures = {
        "machine": machine(),
        "pairs": options.articles,
        "runs": runs,
        "two processes to one": round(runs["one process"]["s"] / runs["two processes"]["s"], 2),
        "second run, share": round(runs["nothing changed"]["s"] / runs["one process"]["s"], 4),
        "same bytes": float(two.read_bytes() == one.read_bytes()),
        "failed": sum(entry.error is not None for entry in entries(one)),
    }
    text = json.dumps(figures, indent=1)
    (ROOT / "eval" / "results" / "batch.json").write_text(text + "\n", "utf-8")
    print(text)


def write_pairs(data: Path, work: Path, count: int) -> Path:
    """Write pairs of articles, the same for the same data, and their manifest."""
    files = Files(data)
    columns = [
        [line for split in ("dev", "train") for line in files.lines(f"ntrex/{split}/{name}.txt")]
        for name in ("eng", "vie")
    ]
    chance = random.Random(1)  # noqa: S311 - it draws articles
    rows = ["source,target"]
    for number in range(count):
        start = chance.randrange(len(columns[0]) - LENGTH)
        for side, (lines, tag) in enumerate(zip(columns, ("en", "vi"), strict=True)):
            kept = [
                f"{number}.{k} {line}"
                for k, line in enumerate(lines[start : start + LENGTH])
                if not side or chance.random() >= DROPPED
            ]
            (work / f"{number}.{tag}.txt").write_text("\n\n".join(kept) + "\n", "utf-8")
        rows.append(f"{number}.en.txt,{number}.vi.txt")
    manifest = work / "pairs.csv"
    manifest.write_text("\n".join(rows) + "\n", "utf-8")
    return manifest


def measured(manifest: Path, out: Path, cache: Path, jobs: int) -> Figures:
    """Return what a run takes, and what its workers hold of memory after a tenth and near the end."""
    for store in cache.glob("vectors.sqlite3*"):
        store.unlink()
    command = ["-m", "align", "batch", str(manifest), "-o", str(out), "-j", str(jobs)]
    begun = time.perf_counter()
    sizes: list[float] = []
    with tempfile.TemporaryFile() as sink:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *command, "--cache", str(cache)], stdout=sink, stderr=sink, cwd=ROOT
        )
        while process.poll() is None:
            sizes.extend([max(found)] if (found := list(_workers_mb(process.pid))) else [])
            time.sleep(EVERY_SECONDS)
        if process.returncode not in (0, 1, 2):
            sink.seek(0)
            sys.exit(sink.read().decode())
    seconds = time.perf_counter() - begun
    pairs = len(entries(out / "results.jsonl"))
    early = sizes[len(sizes) // 10] if sizes else 0.0
    return {
        "s": round(seconds, 1),
        "pairs a minute": round(pairs / seconds * 60, 1),
        "MB of a worker, shared pages by share, after a tenth": round(early),
        "at most": round(max(sizes, default=0.0)),
        "after nine tenths": round(sizes[len(sizes) * 9 // 10] if sizes else 0.0),
    }


def _workers_mb(parent: int) -> Iterator[float]:
    """Yield the proportional size of each worker, where the system tells it."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split()
    except OSError:
        return
    for child in children:
        try:
            told = Path(f"/proc/{child}/smaps_rollup").read_text("utf-8")
        except OSError:
            continue  # it has just ended
        found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
        if found:
            yield int(found.group(1)) / 1000


if __name__ == "__main__":
    main()
