"""`veralign check`: compare an article with its translation, or the rows of a bilingual file."""

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from align.cli import files, flags, loading, screen
from align.errors import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, ConfigError, ReadError

if TYPE_CHECKING:
    from align.config import Config
    from align.finding import Report, Severity
    from align.read.table import Row
    from align.write import formats

log = logging.getLogger(__name__)


class Format(StrEnum):
    """What a report is written as: for a terminal, row by row, or as `write.formats` lists it."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    SARIF = "sarif"
    JUNIT = "junit"
    XLIFF = "xliff"
    TMX = "tmx"


class FailOn(StrEnum):
    """The least severity that makes the exit code 1."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    def severity(self) -> "Severity":
        """Return the severity of that name."""
        from align.finding import Severity

        return Severity[self.name]


@dataclass(frozen=True, slots=True)
class _Job:
    """What the flags ask for, beyond the settings."""

    config: "Config"
    cache: Path | None
    languages: tuple[str | None, str | None]
    output: str | None
    fail_on: FailOn


def run(
    source: Annotated[str, typer.Argument(help="The original, or a .tsv of both; - is stdin.")],
    target: Annotated[str | None, typer.Argument(help="The translation; - is stdin.")] = None,
    format: Annotated[Format | None, typer.Option("--format", help="How to report.")] = None,  # noqa: A002
    output: flags.Output = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit 1 from here.")] = FailOn.MAJOR,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="NAMES", help="Only these: OM,NUM")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="NAMES", help="All but these.")
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(
            "--precision", metavar="N", min=0.1, max=50, help="Major alarms in 100 pairs."
        ),
    ] = None,
    source_language: flags.SourceLanguage = None,
    target_language: flags.TargetLanguage = None,
    segmented: flags.Segmented = False,
    encoder: flags.EncoderName = None,
    cache: flags.Cache = None,
    max_size_mb: flags.MaxSize = None,
    color: Annotated[
        screen.Color, typer.Option("--color", help="When to use colours.")
    ] = screen.Color.AUTO,
    width: Annotated[
        int | None, typer.Option("--width", min=20, help="Columns of the report.")
    ] = None,
) -> None:
    """Compare an article with its translation.

    \b
    veralign check article.txt translation.txt
    veralign check article.txt translation.txt -o report.html
    veralign check pairs.tsv --format jsonl > answers.jsonl

    Exit code 0: nothing at or above --fail-on; 1: findings; 2: could not run.
    """
    loading.begin()
    given = flags.table(
        encoder=encoder,
        segmented=segmented,
        max_size_mb=max_size_mb,
        select=select,
        ignore=ignore,
        precision=precision,
    )
    job = _Job(
        config=files.load_config(given),
        cache=cache,
        languages=(source_language, target_language),
        output=output,
        fail_on=fail_on,
    )
    chosen = _chosen_format(format, output)
    if target is None:
        raise typer.Exit(_check_rows(source, chosen, job))
    report = _compare(source, target, chosen, job)
    files.write(_rendered(report, chosen, (color, width), job), output)
    if report.risk is None:
        log.error("The texts could not be compared: %s.", report.skipped[0].reason)
        raise typer.Exit(EXIT_FAILED)
    raise typer.Exit(EXIT_FINDINGS if report.has(fail_on.severity()) else EXIT_CLEAN)


def _chosen_format(given: Format | None, output: str | None) -> Format | None:
    """Return the format that was given, or else the one that the name of the output calls for.

    Raises:
        ConfigError: The two contradict each other, or the format is none for a terminal.
    """
    suffix = Path(output or "").suffix.casefold()
    if suffix or given not in (None, Format.TERMINAL, Format.JSONL):
        from align.write import formats

        fitting = [Format(known.name) for known in formats.of_suffix(suffix)]
        if suffix == ".jsonl":
            fitting = [Format.JSONL]
        if given is None:
            given = fitting[0] if fitting else None
        elif fitting and given not in fitting:
            raise ConfigError(
                f"The format {given} is not what a file that ends in {suffix} holds.",
                where=output or "",
                fix=f"Leave out --format for {fitting[0]}, or give the file another name.",
            )
        if given not in (None, Format.TERMINAL, Format.JSONL):
            _check_terminal(formats.named(given), output)
    return given


def _check_terminal(known: "formats.Format", output: str | None) -> None:
    if known.is_binary and output in (None, files.STANDARD_INPUT) and sys.stdout.isatty():
        raise ConfigError(
            f"The format {known.name} is binary, and a terminal cannot show it.",
            fix=f"Write it to a file: -o report{known.suffixes[0]}",
        )


def _compare(source: str, target: str, format_: Format | None, job: _Job) -> "Report":
    if format_ is Format.JSONL:
        raise ConfigError(
            "The format jsonl is for bilingual files, one object a row.",
            fix="Use --format json, or give one .tsv file.",
        )
    if source == target == files.STANDARD_INPUT:
        raise ConfigError("Only one side can come from standard input.", fix="Name a file.")
    one = files.read_document(source, job.config, job.languages[0])
    two = files.read_document(target, job.config, job.languages[1])
    with screen.working("Comparing …"):
        from align import pipeline
        from align.checks import selected

        selected(job.config.checks)  # a wrong name is told before the weights are loaded
        encoder = loading.load_encoder(job.config, job.cache)
        return pipeline.compare(one, two, job.config, encoder)


def _rendered(
    report: "Report", format_: Format | None, look: tuple[screen.Color, int | None], job: _Job
) -> str | bytes:
    if format_ in (None, Format.TERMINAL):
        from align.write import terminal

        color, width = look
        columns = screen.columns(width, job.output)
        return terminal.render(report, width=columns, colour=screen.has_colour(color, job.output))
    from align.write import formats
    from align.write.policy import Policy

    return formats.named(str(format_)).render(report, Policy(job.fail_on.severity()))


def _check_rows(path: str, format_: Format | None, job: _Job) -> int:
    """Answer each row of a bilingual file as soon as its chunk is done; return the exit code."""
    if format_ not in (None, Format.JSONL):
        raise ConfigError(
            f"A bilingual file is answered row by row, not as {format_}.",
            fix="Use --format jsonl, or give two files.",
        )
    if path != files.STANDARD_INPUT and Path(path).suffix.casefold() != ".tsv":
        raise ConfigError(
            "One file must be bilingual: source, tab, target on each line.",
            where=path,
            fix="Give two files, or one that ends in .tsv.",
        )
    if path != files.STANDARD_INPUT:
        files.check_readable(path)
    from align.read import table

    worst, errors = None, 0
    with _lines(path) as lines, _sink(job.output) as sink:
        for severity, answer, failed in _answers(table.parse(lines), job):
            sink.write(answer)
            errors += failed
            worst = severity if worst is None or (severity or -1) > worst else worst
    if errors:
        log.warning("%d rows could not be read; their answers say why.", errors)
    found = worst is not None and worst >= job.fail_on.severity()
    return EXIT_FINDINGS if found else EXIT_CLEAN


def _answers(rows: "Iterable[Row]", job: _Job) -> "Iterator[tuple[Severity | None, str, bool]]":
    """Yield, for each row in order, its worst severity, its line, and whether it is an error."""
    from align import pipeline
    from align.checks import selected
    from align.write import json

    checks = selected(job.config.checks)
    encoder = None
    if any(check.needs_encoder for check in checks):
        encoder = loading.load_encoder(job.config, job.cache)
    for report in pipeline.check_rows(rows, job.config, encoder, job.languages):
        worst = max((finding.severity for finding in report.findings), default=None)
        yield worst, json.render_row(report), bool(report.error)


@contextmanager
def _lines(path: str) -> Iterator[Iterable[bytes]]:
    if path == files.STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below; a refusal must be ours
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror}.", where=path) from error
    with file:
        yield file


@contextmanager
def _sink(output: str | None) -> Iterator[TextIO]:
    if output is None or output == files.STANDARD_INPUT:
        yield sys.stdout
        return
    try:
        file = Path(output).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115 - as above
    except OSError as error:
        raise ReadError(f"The result cannot be written: {error.strerror}.", where=output) from error
    with file:
        yield file
