"""What the report over many pairs costs: time, memory, size, and how soon a browser shows it.

python -m eval.site                      ten thousand pairs, made from the seeds
python -m eval.site --pairs 1000 --out FOLDER --browser /usr/bin/chromium

The articles are sentences of the seeds, drawn with a fixed seed; the findings are drawn too, so
that nothing here says how good the checks are.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from align import split
from align.batch.outcome import Digested, Failure, Outcome, render
from align.bitext import Bead, Bitext, Document, Segment, Span
from align.finding import (
    BeadRisk,
    ErrorType,
    Finding,
    Mark,
    Report,
    Severity,
    Skipped,
    finding_key,
)
from align.read import text
from align.site.folder import ARTICLES, INDEX, RESULTS, SUMMARY, TABLES, write_all
from eval.speed import machine

ROOT = Path(__file__).parent.parent
SOURCES = (
    "000_293dd51d06a938cd.txt",
    "001_f2d3f8588458385a.txt",
    "002_e725bbac2807780b.txt",
    "003_cb1b29ba97778e86.txt",
)
TARGET = "004_7d26e8ad050225a4.txt"
RESULT = ROOT / "eval" / "results" / "site.json"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
KINDS = (
    ("omission", ErrorType.OMISSION, "Nothing in the translation stands for these words."),
    ("addition", ErrorType.ADDITION, "Nothing in the source stands for these words."),
    ("number", ErrorType.NUMBER, "The numbers are not the same."),
    ("name", ErrorType.NAME, "The name is another one."),
    ("tense", ErrorType.TENSE, "One is past, the other is still to come."),
)
SEGMENTS = (18, 32)
_FIRST_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (paint) done(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""


def read_side(name: str, language: str) -> tuple[Document, tuple[Segment, ...]]:
    """Return a seed with its segments."""
    document = text.parse((ROOT / "seeds" / name).read_bytes(), name)
    document = replace(document, language=language, language_confidence=1.0)
    return document, split.whole_blocks(document)


def drawn(
    side: tuple[Document, tuple[Segment, ...]], number: int, rng: random.Random
) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of that many segments, drawn from those of another."""
    texts = rng.choices([segment.text for segment in side[1]], k=number)
    spans, start = [], 0
    for line in texts:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    document = replace(
        side[0],
        text="\n".join(texts),
        blocks=tuple(spans),
        offsets=None,
        line_starts=tuple(span.start for span in spans),
        places=(),
    )
    pieces = zip(spans, texts, strict=True)
    return document, tuple(Segment(span, line, n) for n, (span, line) in enumerate(pieces))


def find(number: int, sides: tuple[tuple[Segment, ...], ...], rng: random.Random) -> Finding:
    """Return a finding in a bead, with a word marked on each side."""
    check, error_type, message = rng.choice(KINDS)
    marks: list[tuple[Mark, ...]] = []
    for segments in sides:
        segment = segments[number].text
        word = rng.choice(segment.split())
        start = segment.index(word)
        marks.append((Mark(number, Span(start, start + len(word)), word),))
    severity = rng.choices(list(Severity), (1, 5, 4, 1))[0]
    key = finding_key(check, *(m.text for side in marks for m in side), str(rng.random()))
    confidence = round(rng.uniform(0.5, 1), 4)
    return Finding(
        key, check, error_type, severity, confidence, number, marks[0], marks[1], message
    )


def draw_report(sources: list[tuple[Document, tuple[Segment, ...]]], rng: random.Random) -> Report:
    """Return a report on articles of the usual length."""
    number = rng.randint(*SEGMENTS)
    source, ours = drawn(rng.choice(sources[:-1]), number, rng)
    target, theirs = drawn(sources[-1], number, rng)
    beads = tuple(Bead(range(n, n + 1), range(n, n + 1), 0.97) for n in range(number))
    wanted = rng.choices((0, 1, 2, 4, 9), (8, 4, 3, 2, 1))[0]
    findings = tuple(
        find(n, (ours, theirs), rng) for n in sorted(rng.sample(range(number), wanted))
    )
    risks = tuple(BeadRisk(round(rng.betavariate(1, 20), 4), True) for _ in beads)
    risk: float | None = round(rng.betavariate(1 + wanted, 6), 4)
    if rng.random() < 0.01:
        risk, findings = None, ()
    skipped = (Skipped("all", "the second text is no translation"),) if risk is None else ()
    bitext = Bitext(source, target, ours, theirs, beads)
    return Report(bitext, findings, skipped, "veralign:0|drawn", risk, risks)


def outcomes(number: int) -> Iterator[Outcome]:
    """Yield drawn outcomes: one in a hundred has an error, another could not be compared."""
    rng = random.Random(7)  # noqa: S311 - draws articles
    sources = [read_side(name, "en") for name in SOURCES] + [read_side(TARGET, "vi")]
    for n in range(number):
        fields = (
            ("translator", f"Translator {rng.randint(1, 40):02d}"),
            ("desk", rng.choice(("World", "Economy", "Sport", "Culture"))),
            ("date", f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"),
        )
        outlet = rng.choice(("agency-a", "agency-b", "agency-c"))
        files = Digested(f"{outlet}/{n:05d}.txt", "0" * 64), Digested(f"vi/{n:05d}.txt", "1" * 64)
        error = Failure("The file is empty.", files[1].path) if rng.random() < 0.01 else None
        report = None if error else draw_report(sources, rng)
        yield Outcome(f"{n:05d}", *files, fields, "key", report, error)


def timed(name: str, action: Callable[[], object]) -> dict[str, float]:
    """Return the seconds that something takes, by the clock and of the processor.

    On a busy machine only the second says what it costs.
    """
    start, busy = time.perf_counter(), time.process_time()
    action()
    return {
        f"{name}_seconds": round(time.perf_counter() - start, 2),
        f"{name}_cpu_seconds": round(time.process_time() - busy, 2),
    }


def size_mb(*paths: Path) -> float:
    """Return the size of files in megabytes."""
    return round(sum(path.stat().st_size for path in paths) / 1e6, 2)


def measure(out: Path, number: int) -> dict[str, object]:
    """Return what writing costs: at first, again, and after one pair has changed."""
    results = out / RESULTS
    with results.open("w", encoding="utf-8") as file:
        for outcome in outcomes(number):
            file.write(render(outcome))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    times = timed("first", lambda: write_all(out))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    times |= timed("again", lambda: write_all(out))
    with results.open("a", encoding="utf-8") as file:
        last = next(outcomes(1))
        file.write(render(replace(last, fields=(("translator", "Translator 99"),))))
    times |= timed("one_changed", lambda: write_all(out))
    pages = list((out / ARTICLES).iterdir())
    return {
        "pairs": number,
        "results_mb": size_mb(results),
        **times,
        "memory_before_mb": round(before),
        "memory_peak_mb": round(peak),
        "pages": len(pages),
        "pages_mb": size_mb(*pages),
        "overview_mb": size_mb(out / INDEX),
        **{f"{name}_mb": size_mb(out / name) for name in (*TABLES, SUMMARY)},
    }


def clicked(page: Page, script: str) -> float:
    """Return the milliseconds until the page has done something and is drawn again."""
    return float(
        page.evaluate(
            f"""async () => {{ const start = performance.now(); {script};
            await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            return performance.now() - start; }}"""
        )
    )


def browse(out: Path, browser: str) -> dict[str, float]:
    """Return how soon a browser shows the overview, sorts and filters it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto((out / INDEX).resolve().as_uri())
        paint = page.evaluate(_FIRST_PAINT)
        ready = page.evaluate(
            "performance.timing.loadEventEnd - performance.timing.navigationStart"
        )
        head = "document.getElementById('list').tHead.rows[0].cells"
        figures = {
            "first_paint_ms": paint,
            "list_ready_ms": ready,
            "sort_by_risk_ms": clicked(page, f"{head}[0].firstChild.click()"),
            "sort_by_title_ms": clicked(page, f"{head}[1].firstChild.click()"),
            "filter_ms": clicked(page, "location.hash = 'translator=Translator%2007'"),
            "search_ms": clicked(page, "location.hash = '.search=04 lavrov'"),
        }
        chromium.close()
    return {name: round(value, 1) for name, value in figures.items()}


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--out", type=Path, help="keep the report in this folder")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = given.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        figures = {"machine": machine(), **measure(out, given.pairs)}
        if Path(given.browser).exists():
            figures |= browse(out, given.browser)
    written = json.dumps(figures, indent=1) + "\n"
    RESULT.write_text(written, "utf-8")
    print(written, end="")


if __name__ == "__main__":
    main()
