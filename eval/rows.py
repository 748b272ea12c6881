"""Measures how a bilingual file of many rows is answered: the first answer, the rate, the memory.

    python eval/rows.py [--formats tsv po docx] [--rows 10000 100000] [--select QUOT]

The rows are made from a few sentences with running numbers, and only text checks run, so what is
measured is the reading, the checks and the writing. Memory is constant if the peak of the longest
run is that of the shortest. Runs that were not asked for stay in eval/results/rows.json.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "eval" / "results" / "rows.json"
SENTENCES = (
    ("The mayor met {} people on the bridge on Saturday.",
     "Thị trưởng đã gặp {} người trên cầu hôm thứ Bảy."),
    ("About {} houses are without water, she said.",
     "Bà nói khoảng {} ngôi nhà không có nước."),
    ("The work will cost {} dollars and end in March.",
     "Công trình sẽ tốn {} đô la và kết thúc vào tháng 3."),
)  # fmt: skip
KILOBYTE = 1024
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def main() -> None:
    """Run each format and size in a process of its own, print the figures and store them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--select", default="QUOT")
    options = parser.parse_args()
    runs: list[dict[str, float | str]] = json.loads(RESULTS.read_text("utf-8"))["runs"]
    for name in options.formats:
        for rows in sorted(options.rows):
            found = measured(name, rows, options.select)
            print(json.dumps(found), flush=True)
            runs = [r for r in runs if (r["format"], r["rows"]) != (name, rows)] + [found]
    runs.sort(key=lambda run: (FORMATS.index(str(run["format"])), run["rows"]))
    text = json.dumps({"checks": options.select, "runs": runs}, indent=1)
    RESULTS.write_text(text + "\n", "utf-8")


def measured(name: str, rows: int, select: str) -> dict[str, float | str]:
    """Check so many rows; return seconds to the first and the last answer, and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{name}"
        # In a process of its own: what this one holds would count as the other's memory.
        maker = multiprocessing.get_context("spawn").Process(target=write, args=(name, rows, path))
        maker.start()
        maker.join()
        command = [sys.executable, "-m", "align", "check", str(path), "--select", select]
        return {"format": name, "MB": round(path.stat().st_size / 1e6, 1), **timed(command, rows)}


def write(name: str, rows: int, path: Path) -> None:
    """Make a file of that many rows."""
    if name in PACKED:
        PACKED[name](rows, path)
        return
    head, line, tail = TEXTS[name]
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(line(number, *pair) for number, pair in enumerate(pairs(rows)))
        file.write(tail)


def pairs(rows: int) -> Iterator[tuple[str, str]]:
    """Yield that many pairs; every hundredth has a wrong number."""
    for i in range(rows):
        source, target = SENTENCES[i % len(SENTENCES)]
        yield source.format(i), target.format(i + (i % 100 == 99))


def _tsv(_number: int, source: str, target: str) -> str:
    return f"{source}\t{target}\n"


def _csv(_number: int, source: str, target: str) -> str:
    return f'"{source}","{target}"\n'


def _jsonl(_number: int, source: str, target: str) -> str:
    return json.dumps({"source": source, "target": target}) + "\n"


def _xliff(number: int, source: str, target: str) -> str:
    texts = f"<source>{escape(source)}</source><target>{escape(target)}</target>"
    return f'<unit id="u{number}"><segment>{texts}</segment></unit>\n'


def _tmx(_number: int, source: str, target: str) -> str:
    one, two = (
        f'<tuv xml:lang="{language}"><seg>{escape(text)}</seg></tuv>'
        for language, text in (("en", source), ("vi", target))
    )
    return f"<tu>{one}{two}</tu>\n"


def _po(_number: int, source: str, target: str) -> str:
    return f'msgid "{source}"\nmsgstr "{target}"\n\n'


def _workbook(rows: int, path: Path) -> None:
    """Write a sheet whose strings are shared, as Excel does."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, pair in enumerate(pairs(rows)):
            sheet.write_row(number, 0, pair)


def _table(rows: int, path: Path) -> None:
    """Write a Word document with a table, its text in runs with properties as Word has them."""
    cell = (
        '<w:tc><w:tcPr><w:tcW w:w="4675" w:type="dxa"/></w:tcPr><w:p><w:r><w:rPr>'
        '<w:lang w:val="{}"/></w:rPr><w:t>{}</w:t></w:r></w:p></w:tc>'
    )
    with (
        ZipFile(path, "w", ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        part.write(f"<w:document {WORD}><w:body><w:tbl>".encode())
        for source, target in pairs(rows):
            row = cell.format("en-US", escape(source)) + cell.format("vi-VN", escape(target))
            part.write(f"<w:tr>{row}</w:tr>".encode())
        part.write(b"</w:tbl></w:body></w:document>")


TEXTS: dict[str, tuple[str, Callable[[int, str, str], str], str]] = {
    "tsv": ("", _tsv, ""),
    "csv": ("", _csv, ""),
    "jsonl": ("", _jsonl, ""),
    "xliff": ('<xliff version="2.0" srcLang="en" trgLang="vi"><file id="f">\n', _xliff,
              "</file></xliff>\n"),
    "tmx": ('<tmx version="1.4"><header srclang="en"/><body>\n', _tmx, "</body></tmx>\n"),
    "po": ('msgid ""\nmsgstr "Language: vi\\n"\n\n', _po, ""),
}  # fmt: skip
"""What a file of a format begins with, a row of it, and what it ends with."""
PACKED: dict[str, Callable[[int, Path], None]] = {"xlsx": _workbook, "docx": _table}
FORMATS = (*TEXTS, *PACKED)


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
