"""`veralign batch`: compare thousands of pairs, resumably."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from align.cli import accepted, files, flags, screen
from align.cli.check import FailOn
from align.errors import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, EXIT_TERMINATED, ConfigError

if TYPE_CHECKING:
    from align.batch.course import Progress, Summary
    from align.batch.engine import Engine

log = logging.getLogger(__name__)

_PLAIN_SECONDS = 10.0
"""How often progress is said where there is no terminal."""
_MOST_NOTES = 10


class EngineName(StrEnum):
    """What runs a batch."""

    LOCAL = "local"
    RAY = "ray"


def run(
    pairs: Annotated[
        str, typer.Argument(metavar="MANIFEST|FOLDER", help="A table of pairs, or their folder.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="The folder for the results.")
    ],
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes; as many as cores.")
    ] = None,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="This machine, or a Ray cluster.")
    ] = EngineName.LOCAL,
    ray_address: Annotated[
        str | None, typer.Option("--ray-address", metavar="ADDRESS", help="A cluster that runs.")
    ] = None,
    ray_patience: Annotated[
        float | None,
        typer.Option(
            "--ray-patience",
            metavar="SECONDS",
            min=1,
            help="How long nothing may come back from the cluster; 1800.",
        ),
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit 1 from here.")] = FailOn.MAJOR,
    select: flags.Select = None,
    ignore: flags.Ignore = None,
    precision: flags.Precision = None,
    source_language: flags.SourceLanguage = None,
    target_language: flags.TargetLanguage = None,
    segmented: flags.Segmented = False,
    encoder: flags.EncoderName = None,
    cache: flags.Cache = None,
    max_size_mb: flags.MaxSize = None,
    baseline: flags.Baseline = None,
) -> None:
    """Compare thousands of pairs; stop it and run it again as you like.

    \b
    veralign batch pairs.csv -o out
    veralign batch articles/ -o out --source-language en
    veralign batch pairs.csv -o out --engine ray --ray-address auto

    A manifest has the columns source and target, paths from where it lies; what else it has is
    passed through. In a folder source/X belongs to target/X, or X.en.txt to X.vi.txt.

    Exit code 0: nothing at or above --fail-on; 1: findings; 2: pairs that could not be compared,
    or no run at all; 130, 143: interrupted, and the same command goes on from there.
    """
    config = files.load_config(
        flags.table(
            encoder=encoder,
            segmented=segmented,
            max_size_mb=max_size_mb,
            select=select,
            ignore=ignore,
            precision=precision,
            baseline=baseline,
        )
    )
    from align.batch.pairs import read_batch

    batch = read_batch(pairs, (source_language, target_language), output)
    _say(batch.notes)
    chosen = _engine(engine, jobs, (ray_address, ray_patience), output)
    from align.batch import articles
    from align.batch.run import run as compare

    known = accepted.read(config.baseline.path)
    job = articles.plan(batch.folder, config, known, cache)
    with _stoppable(), _shown(len(batch.pairs)) as tell:
        summary = compare(batch, job, output, chosen, tell)
    _report(output)
    _print(_table(summary, output))
    raise typer.Exit(_exit_code(summary, fail_on))


def _engine(
    name: EngineName, jobs: int | None, cluster: tuple[str | None, float | None], output: str
) -> "Engine":
    address, patience = cluster
    if name is EngineName.RAY:
        from align.batch.ray import PATIENCE_SECONDS, Ray

        return Ray(jobs, address, patience or PATIENCE_SECONDS)
    from align.batch import places
    from align.batch.local import Local

    if cluster != (None, None):
        option = "--ray-address" if address is not None else "--ray-patience"
        raise ConfigError(f"{option} needs a cluster.", fix="Add --engine ray.")
    if places.is_remote(output):
        raise ConfigError(
            "This engine writes to a folder of this machine.",
            where=output,
            fix="Give a folder, or add --engine ray.",
        )
    return Local(jobs)


def _report(output: str) -> None:
    """Write the tables over all pairs, and the site where there is a folder for it."""
    from align.batch import places

    with screen.working("Writing the report …"):
        if places.is_remote(output):
            from align.site.remote import write_tables

            write_tables(output)
        else:
            from align.site.folder import write_all

            write_all(Path(output))


def _say(notes: tuple[str, ...]) -> None:
    for note in notes[:_MOST_NOTES]:
        log.warning("%s", note)
    if len(notes) > _MOST_NOTES:
        log.warning("… and %d more files in no pair.", len(notes) - _MOST_NOTES)


@contextmanager
def _stoppable() -> "Iterator[None]":
    """Let SIGTERM end a run as Ctrl-C does, with its processes, and say what becomes of it."""

    def stop(number: int, frame: object) -> NoReturn:
        del number, frame
        raise SystemExit(EXIT_TERMINATED)

    before = signal.signal(signal.SIGTERM, stop) if current_thread() is main_thread() else None
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        log.warning("What is done is kept: run the same command again.")
        raise
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


@contextmanager
def _shown(total: int) -> "Iterator[Callable[[Progress], None]]":
    """Show progress on stderr: a bar on a terminal, else a line now and then."""
    if logging.getLogger("align").level >= logging.ERROR:
        yield lambda _: None
    elif screen.is_lively():
        with _bar(total) as tell:
            yield tell
    else:
        yield _plain()


def _plain() -> "Callable[[Progress], None]":
    begun = last = time.monotonic()

    def tell(progress: "Progress") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _PLAIN_SECONDS:
            return
        last = now
        fresh = progress.done - progress.kept
        left = (now - begun) / fresh * (progress.total - progress.done) if fresh else None
        # Nobody may be reading any more; that is no reason to end a night's run.
        with suppress(OSError):
            sys.stderr.write(
                f"{progress.done} of {progress.total} pairs"
                + (f", {progress.failed} failed" if progress.failed else "")
                + (f", {_span(left)} left" if left else "")
                + "\n"
            )

    return tell


@contextmanager
def _bar(total: int) -> "Iterator[Callable[[Progress], None]]":
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("pairs, {task.fields[failed]} failed,"),
        bars.TimeRemainingColumn(),
        bars.TextColumn("left"),
    )
    with bars.Progress(*columns, console=Console(stderr=True), speed_estimate_period=600) as bar:
        task = bar.add_task("", total=total, failed=0)

        def tell(now: "Progress") -> None:
            if now.done == now.kept:
                bar.reset(task, total=now.total - now.kept, failed=now.failed)
            bar.update(task, completed=now.done - now.kept, failed=now.failed)

        yield tell


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def _print(words: str) -> None:
    """Write to stdout; if nobody reads it, the exit code still says how the batch ended."""
    try:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _table(summary: "Summary", output: str) -> str:
    rows = [("pairs", summary.pairs), ("not done again, as nothing has changed", summary.kept)]
    rows += [
        (f"gravest finding {severity.label}", count)
        for severity, count in sorted(summary.worst.items(), reverse=True)
    ]
    rows += [
        ("failed; their lines say why", summary.failed),
        ("no translation of their original", summary.unlike),
        ("gone from the manifest, and dropped", summary.dropped),
    ]
    shown = [f"{count:>7}  {what}" for k, (what, count) in enumerate(rows) if count or not k]
    place = output if "://" in output else str(Path(output))
    return "\n".join([*shown, f"results: {place}"])


def _exit_code(summary: "Summary", fail_on: FailOn) -> int:
    if summary.has(fail_on.severity()):
        return EXIT_FINDINGS
    return EXIT_FAILED if summary.failed or summary.unlike else EXIT_CLEAN
