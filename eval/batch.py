"""Measures batches: pairs a minute, what a second process brings, memory of a worker, a second run.

    python -m eval.batch --data DIR --work DIR [--articles 1000] [--step 100] [--short 3000]
    python -m eval.batch --data DIR --work DIR --articles 0       only the short pairs

Pairs are cut from NTREX articles, with sentences dropped and numbered anew, so that few vectors are
known from before. The manifest grows step by step, and each step is run with two processes and with
one, each with a cache and results of its own: the two are compared on the same minutes of the same
machine, and a batch that goes on is what is measured. Then one process compares many short pairs
whose sentences it has met, so that its memory can be seen to grow, or not, and that of the process
that hands out pairs and writes the report over all of them.

A measurement that was stopped goes on: the figures of each step that ended are kept in WORK, where
there must be room for a gigabyte. Writes eval/results/batch.json after each step.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from align.batch.outcome import entries
from align.batch.results import RESULTS
from align.encoder.load import STORE
from align.encoder.store import remove
from eval.alignment_data import Files
from eval.speed import machine

ROOT = Path(__file__).parent.parent
RESULT = ROOT / "eval" / "results" / "batch.json"
LENGTH = 20
DROPPED = 0.05
SHORT_LENGTH = 3
SHORT_SENTENCES = 60
"""So few are the sentences of short pairs that their vectors are soon known."""
EVERY_SECONDS = 0.5

Figures = dict[str, float]


def main() -> None:
    """Run what is not yet done, and store the figures after each step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ntrex/")
    parser.add_argument("--work", type=Path, required=True, help="where pairs and results go")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--step", type=int, default=100, help="pairs between two measurements")
    parser.add_argument("--short", type=int, default=3000, help="short pairs for the memory")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    rows = write_pairs(options.data, options.work, options.articles)
    steps: list[dict[str, Figures]] = []
    size = min(options.step, options.articles)
    for number in range(size, options.articles + 1, size) if size else ():
        manifest = write_manifest(options.work / f"{number}.csv", rows[:number])
        steps.append({})
        for jobs in (2, 1):
            first = partial(step, manifest, jobs, number - size)
            steps[-1][str(jobs)] = kept(options.work, f"{number} pairs, -j {jobs}", first)
        second = partial(step, manifest, 1, number)
        again = kept(options.work, f"{number} pairs, again", second)
        store(options.work, number, steps, again)
    if options.short:
        short = write_short_pairs(options.data, options.work, options.short)
        name = f"{options.short} short pairs"
        figures = json.loads(RESULT.read_text("utf-8"))
        write_result(figures | {name: kept(options.work, name, partial(step, short, 1, 0))})


def store(work: Path, number: int, steps: Sequence[dict[str, Figures]], again: Figures) -> None:
    """Write what all steps up to so many pairs say together."""
    sums = {
        jobs: {kind: round(sum(one[jobs][kind] for one in steps), 1) for kind in ("s", "cpu s")}
        for jobs in ("2", "1")
    }
    by_two, by_one = (work / f"out-{jobs}" / RESULTS for jobs in (2, 1))
    ratios = sorted(one["1"]["s"] / one["2"]["s"] for one in steps)
    write_result(
        {
            "machine": machine(),
            "pairs": number,
            "steps": len(steps),
            **{
                f"{jobs} process{'es' if jobs == '2' else ''}": {
                    **sums[jobs],
                    "pairs a minute": round(number / sums[jobs]["s"] * 60, 1),
                    "cpu s a pair": round(sums[jobs]["cpu s"] / number, 3),
                    "most MB of a worker, shared pages by share": most(steps, jobs),
                }
                for jobs in ("2", "1")
            },
            "two processes to one": round(sums["1"]["s"] / sums["2"]["s"], 2),
            "in the worst and the best step": [round(ratios[0], 2), round(ratios[-1], 2)],
            "nothing changed": again,
            "nothing changed, share": round(again["s"] / sums["1"]["s"], 4),
            "same bytes": by_two.read_bytes() == by_one.read_bytes(),
            "failed": sum(entry.error is not None for entry in entries(by_one)),
        }
    )


def most(steps: Sequence[dict[str, Figures]], jobs: str) -> float:
    """Return the most memory that a worker had in any step."""
    return max(one[jobs]["at most MB"] for one in steps)


def write_result(figures: Mapping[str, object]) -> None:
    """Store figures, and print them."""
    text = json.dumps(figures, indent=1)
    RESULT.write_text(text + "\n", "utf-8")
    print(text, flush=True)


def kept(work: Path, name: str, measure: Callable[[], Figures]) -> Figures:
    """Return the figures of a step, measured now if they were not before."""
    path = work / f"{name}.json"
    if not path.exists():
        path.write_text(json.dumps(measure()), "utf-8")
    figures: Figures = json.loads(path.read_text("utf-8"))
    return figures


def write_pairs(data: Path, work: Path, count: int) -> list[str]:
    """Write pairs of articles, the same for the same data, and return their rows."""
    columns = read_columns(data)
    chance = random.Random(1)  # noqa: S311 - it draws articles
    rows = []
    for number in range(count):
        start = chance.randrange(len(columns[0]) - LENGTH)
        for side, (lines, tag) in enumerate(zip(columns, ("en", "vi"), strict=True)):
            numbered = [
                f"{number}.{k} {line}"
                for k, line in enumerate(lines[start : start + LENGTH])
                if not side or chance.random() >= DROPPED
            ]
            write_text(work / f"{number}.{tag}.txt", numbered)
        rows.append(f"{number}.en.txt,{number}.vi.txt")
    return rows


def write_short_pairs(data: Path, work: Path, count: int) -> Path:
    """Write pairs of a few sentences, drawn from few, and their manifest."""
    columns = read_columns(data)
    chance = random.Random(2)  # noqa: S311 - it draws articles
    rows = []
    for number in range(count):
        drawn = chance.sample(range(SHORT_SENTENCES), SHORT_LENGTH)
        for lines, tag in zip(columns, ("en", "vi"), strict=True):
            write_text(work / f"short-{number}.{tag}.txt", [lines[k] for k in drawn])
        rows.append(f"short-{number}.en.txt,short-{number}.vi.txt")
    return write_manifest(work / "short.csv", rows)


def read_columns(data: Path) -> list[list[str]]:
    """Return the sentences of NTREX in English and in Vietnamese."""
    files = Files(data)
    return [
        [line for split in ("dev", "train") for line in files.lines(f"ntrex/{split}/{name}.txt")]
        for name in ("eng", "vie")
    ]


def write_text(path: Path, paragraphs: Sequence[str]) -> None:
    """Write the paragraphs of an article."""
    path.write_text("\n\n".join(paragraphs) + "\n", "utf-8")


def write_manifest(path: Path, rows: Sequence[str]) -> Path:
    """Write rows as a manifest, and return its path."""
    path.write_text("\n".join(("source,target", *rows)) + "\n", "utf-8")
    return path


def step(manifest: Path, jobs: int, done: int) -> Figures:
    """Return what a run takes by the clock and of the processors, and its largest worker's memory.

    The memory is looked at after a tenth of the run and after nine tenths, so that it can be seen
    to grow. A cache that is new is filled with the models first, which is nobody's time; of a run
    that was stopped, what came after the first `done` pairs is forgotten.
    """
    work = manifest.parent
    stem = "short" if manifest.stem == "short" else str(jobs)
    out, cache = work / f"out-{stem}", work / f"cache-{stem}"
    if not cache.exists():
        first = write_manifest(work / "warm.csv", ["0.en.txt,0.vi.txt"])
        run(first, work / f"warm-{stem}", cache, jobs)
    results = out / RESULTS
    lines = results.read_bytes().splitlines(keepends=True) if results.exists() else []
    if len(lines) > done:
        results.write_bytes(b"".join(lines[:done]))
    if len(lines) != done or not done:
        remove(cache / STORE)
    return run(manifest, out, cache, jobs)


def run(manifest: Path, out: Path, cache: Path, jobs: int) -> Figures:
    """Run a batch, and return what it takes; see `step`."""
    command = ["-m", "align", "batch", str(manifest), "-o", str(out), "-j", str(jobs)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    sizes: list[float] = []
    own: list[float] = []
    with tempfile.TemporaryFile() as sink:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *command, "--cache", str(cache)], stdout=sink, stderr=sink, cwd=ROOT
        )
        while process.poll() is None:
            sizes.extend([max(found)] if (found := list(_workers_mb(process.pid))) else [])
            own.extend(_mb(str(process.pid)))
            time.sleep(EVERY_SECONDS)
        if process.returncode not in (0, 1, 2):
            sink.seek(0)
            sys.exit(sink.read().decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sizes, own = sizes or [0.0], own or [0.0]
    return {
        "s": round(time.perf_counter() - begun, 1),
        "cpu s": round(used, 1),
        "MB after a tenth": round(sizes[len(sizes) // 10]),
        "at most MB": round(max(sizes)),
        "MB after nine tenths": round(sizes[len(sizes) * 9 // 10]),
        "own MB after a tenth": round(own[len(own) // 10]),
        "own at most MB": round(max(own)),
        "own MB after nine tenths": round(own[len(own) * 9 // 10]),
    }


def _workers_mb(parent: int) -> Iterator[float]:
    """Yield the proportional size of each worker, where the system tells it."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split()
    except OSError:
        return
    for child in children:
        try:
            command = Path(f"/proc/{child}/cmdline").read_text("utf-8")
        except OSError:
            continue  # it has just ended
        if "spawn_main" in command:
            yield from _mb(child)


def _mb(process: str) -> Iterator[float]:
    """Yield the proportional size of a process, where the system tells it."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    except OSError:
        return  # it has just ended
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    if found:
        yield int(found.group(1)) / 1000


if __name__ == "__main__":
    main()
