"""Measures how a bilingual file of many rows is answered: the first answer, the rate, the memory.

    python eval/rows.py [--rows 100000 1000000] [--select QUOT]

The rows are made from a few sentences with running numbers, and only text checks run, so what is
measured is the reading, the checks and the writing. Memory is constant if the peak of the longest
run is that of the shortest. Writes eval/results/rows.json.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SENTENCES = (
    ("The mayor met {} people on the bridge on Saturday.",
     "Thị trưởng đã gặp {} người trên cầu hôm thứ Bảy."),
    ("About {} houses are without water, she said.",
     "Bà nói khoảng {} ngôi nhà không có nước."),
    ("The work will cost {} dollars and end in March.",
     "Công trình sẽ tốn {} đô la và kết thúc vào tháng 3."),
)  # fmt: skip
KILOBYTE = 1024


def main() -> None:
    """Run each size in a process of its own, print the figures and store them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--select", default="QUOT")
    options = parser.parse_args()
    figures = {
        "checks": options.select,
        "runs": [measured(rows, options.select) for rows in sorted(options.rows)],
    }
    text = json.dumps(figures, indent=1)
    (ROOT / "eval" / "results" / "rows.json").write_text(text + "\n", "utf-8")
    print(text)


def measured(rows: int, select: str) -> dict[str, float]:
    """Check so many rows; return seconds to the first and the last answer, and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.tsv"
        with path.open("w", encoding="utf-8") as file:
            file.writelines("\t".join(pair) + "\n" for pair in pairs(rows))
        command = [sys.executable, "-m", "align", "check", str(path), "--select", select]
        return timed(command, rows)


def pairs(rows: int) -> Iterator[tuple[str, str]]:
    """Yield that many pairs; every hundredth has a wrong number.

    They are not kept: what this process holds would count as the other's memory.
    """
    for i in range(rows):
        source, target = SENTENCES[i % len(SENTENCES)]
        yield source.format(i), target.format(i + (i % 100 == 99))


def timed(command: Sequence[str], rows: int) -> dict[str, float]:
    """Run a command that writes a line for each row, and look at the clock."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, env=environment
    )
    first, answers = 0.0, 0
    for _ in process.stdout or ():
        first = first or time.perf_counter() - start
        answers += 1
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if answers != rows:
        raise SystemExit(f"{answers} answers for {rows} rows")
    return {
        "rows": rows,
        "first answer, s": round(first, 2),
        "all answers, s": round(seconds, 1),
        "processor, s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak, MB": round(usage.ru_maxrss / KILOBYTE, 1),
    }


if __name__ == "__main__":
    main()
