"""`veralign check`: compare an article with its translation, or the rows of a bilingual file."""

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from align.cli import accepted, files, flags, loading, screen
from align.errors import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, ConfigError, ReadError

if TYPE_CHECKING:
    from align.config import Config
    from align.finding import Report, Severity
    from align.read.row import Asked, Row
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
    columns: tuple[str, ...]
    output: str | None
    fail_on: FailOn
    evidence: tuple[str, ...] = ()


def run(
    source: Annotated[str, typer.Argument(help="The original, or a file of both; - is stdin.")],
    target: Annotated[str | None, typer.Argument(help="The translation; - is stdin.")] = None,
    format: Annotated[Format | None, typer.Option("--format", help="How to report.")] = None,  # noqa: A002
    output: flags.Output = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit 1 from here.")] = FailOn.MAJOR,
    select: flags.Select = None,
    ignore: flags.Ignore = None,
    precision: flags.Precision = None,
    source_language: flags.SourceLanguage = None,
    target_language: flags.TargetLanguage = None,
    segmented: flags.Segmented = False,
    columns: flags.Columns = None,
    encoder: flags.EncoderName = None,
    cache: flags.Cache = None,
    max_size_mb: flags.MaxSize = None,
    evidence: flags.Evidence = None,
    baseline: flags.Baseline = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Accept all findings from now on.")
    ] = False,
    reason: flags.Reason = "",
    who: flags.Who = "",
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
    veralign check review.xlsx --columns English,Vietnamese
    veralign check article.txt translation.txt --evidence afp.txt reuters.txt

    Exit code 0: nothing at or above --fail-on; 1: findings; 2: could not run.
    """
    loading.begin(cache)
    given = flags.table(
        encoder=encoder,
        segmented=segmented,
        max_size_mb=max_size_mb,
        select=select,
        ignore=ignore,
        precision=precision,
        baseline=baseline,
    )
    job = _Job(
        config=files.load_config(given),
        cache=cache,
        languages=(source_language, target_language),
        columns=flags.columns(columns),
        output=output,
        fail_on=fail_on,
        evidence=tuple(evidence or ()),
    )
    chosen = _chosen_format(format, output)
    if target is None:
        _refuse_rows(write_baseline, evidence, source)
        if chosen in (None, Format.JSONL):
            raise typer.Exit(_check_rows(source, job))
    report = _compare(source, target, chosen, job) if target else _compare_rows(source, job)
    if write_baseline:
        report = accepted.accept_all(report, job.config, reason, who)
    else:
        report = accepted.apply(report, job.config)
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


def _refuse_rows(write_baseline: bool, evidence: list[str] | None, path: str) -> None:
    if evidence:
        raise ConfigError(
            "Other reports are evidence on two articles, not on the rows of a bilingual file.",
            where=path,
            fix="Leave out --evidence, or give the two articles as files of their own.",
        )
    if write_baseline:
        raise ConfigError(
            "Findings of a bilingual file cannot be accepted all at once.",
            where=path,
            fix="Leave out --write-baseline: what was accepted elsewhere counts here as well.",
        )


def _compare(source: str, target: str, format_: Format | None, job: _Job) -> "Report":
    if format_ is Format.JSONL:
        raise ConfigError(
            "The format jsonl is for bilingual files, one object a row.",
            fix="Use --format json, or give one bilingual file.",
        )
    if source == target == files.STANDARD_INPUT:
        raise ConfigError("Only one side can come from standard input.", fix="Name a file.")
    one = files.read_document(source, job.config, job.languages[0])
    two = files.read_document(target, job.config, job.languages[1])
    others = [files.read_document(path, job.config) for path in job.evidence]
    with screen.working("Comparing …"):
        from align.checks import selected

        selected(job.config.checks)  # a wrong name is told before the weights are loaded
        texts = (one.text, two.text)
        encoder = loading.load_encoder(job.config, job.cache, verifies=True, texts=texts)
        from align import pipeline

        report = pipeline.compare(one, two, job.config, encoder)
        if not others:
            return report
        from align.corroborate import corroborate

        return corroborate(report, others, job.config, encoder)


def _rendered(
    report: "Report", format_: Format | None, look: tuple[screen.Color, int | None], job: _Job
) -> str | bytes:
    if format_ in (None, Format.TERMINAL):
        from align.write import terminal

        color, width = look
        columns = screen.columns(width, job.output)
        return terminal.render(report, width=columns, colour=screen.has_colour(color, job.output))
    from align.write import formats

    return formats.named(str(format_)).render(report, job.fail_on.severity())


def _check_rows(path: str, job: _Job) -> int:
    """Answer each row of a bilingual file as soon as its chunk is done; return the exit code."""
    worst, errors, answers = None, 0, 0
    with files.open_rows(path, job.config, _asked(path, job)) as rows, _sink(job.output) as sink:
        for severity, answer, failed in _answers(rows, job):
            sink.write(answer)
            answers, errors = answers + 1, errors + failed
            worst = severity if worst is None or (severity or -1) > worst else worst
    if errors:
        log.warning("%d rows could not be read; their answers say why.", errors)
    if errors == answers:
        from align.rows import NO_ROWS

        log.error("Nothing was compared: %s.", "no row could be read" if answers else NO_ROWS)
        return EXIT_FAILED
    found = worst is not None and worst >= job.fail_on.severity()
    return EXIT_FINDINGS if found else EXIT_CLEAN


def _compare_rows(path: str, job: _Job) -> "Report":
    """Return one report on all rows of a bilingual file."""
    rows, file = files.read_rows(path, job.config, _asked(path, job))
    with screen.working("Comparing …"):
        from align import pipeline
        from align.checks import selected

        selected(job.config.checks)
        encoder = loading.load_encoder(job.config, job.cache, verifies=True)
        return pipeline.compare_rows(rows, job.config, encoder, job.languages, file)


def _asked(path: str, job: _Job) -> "Asked":
    from align.read.row import Asked

    where = "standard input" if path == files.STANDARD_INPUT else path
    return Asked(where, job.config.read, job.columns, job.languages)


def _answers(rows: "Iterable[Row]", job: _Job) -> "Iterator[tuple[Severity | None, str, bool]]":
    """Yield, for each row in order, its worst severity, its line, and whether it is an error."""
    from align import baseline, pipeline
    from align.checks import selected
    from align.write import json

    entries = accepted.read(job.config.baseline.path)
    checks = selected(job.config.checks)
    encoder = None
    if any(check.needs_encoder for check in checks):
        encoder = loading.load_encoder(job.config, job.cache, verifies=True)
    for report in pipeline.check_rows(rows, job.config, encoder, job.languages):
        findings = baseline.marked(report.findings, entries)
        worst = max((f.severity for f in findings if not f.accepted), default=None)
        answer = json.render_row(replace(report, findings=findings))
        yield worst, answer, bool(report.error)


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
