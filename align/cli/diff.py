"""`veralign diff`: an article and its translation side by side, to read or to work on."""

import functools
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from align.cli import accepted, files, flags, loading, pager, screen
from align.cli.check import FailOn
from align.errors import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, EXIT_INTERRUPTED, ConfigError

if TYPE_CHECKING:
    from align.bitext import Document
    from align.config import Config
    from align.encoder import Encoder
    from align.finding import Finding, Report
    from align.viewer.outside import Outside
    from align.viewer.state import Seen

log = logging.getLogger(__name__)

_ALL = "all"


def run(
    source: Annotated[str, typer.Argument(help="The original; - is stdin.")],
    target: Annotated[str, typer.Argument(help="The translation; - is stdin.")],
    plain: Annotated[
        bool, typer.Option("--plain", help="Text instead of the interactive viewer.")
    ] = False,
    context: Annotated[
        str, typer.Option("--context", metavar="N", help="Faithful pairs around; or all.")
    ] = "1",
    use_pager: Annotated[
        bool, typer.Option("--pager/--no-pager", help="Whether text goes through $PAGER.")
    ] = True,
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
    who: flags.Who = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a text is saved.")
    ] = False,
    color: Annotated[
        screen.Color, typer.Option("--color", help="When to use colours.")
    ] = screen.Color.AUTO,
    width: Annotated[int | None, typer.Option("--width", min=20, help="Columns of text.")] = None,
) -> None:
    """Show an article and its translation side by side.

    \b
    veralign diff article.txt translation.txt
    veralign diff article.txt translation.txt --plain --context all

    Exit code 0: nothing at or above --fail-on; 1: findings; 2: could not run.
    """
    given = flags.table(
        encoder=encoder,
        segmented=segmented,
        max_size_mb=max_size_mb,
        select=select,
        ignore=ignore,
        precision=precision,
        baseline=baseline,
    )
    texts = Texts((source, target), (source_language, target_language), files.load_config(given))
    around = _context(context)
    if _is_interactive(texts, plain=plain):
        _view(texts, cache, (who, watch, color, around), fail_on)
    report = _compared(texts, cache)
    from align.write import diff

    text = diff.render(
        report,
        width=screen.columns(width, None),
        colour=screen.has_colour(color, None),
        context=around,
    )
    pager.show(text, wanted=use_pager)
    raise typer.Exit(_exit_code(report, fail_on))


@dataclass(frozen=True, slots=True)
class Texts:
    """The two files, their languages as far as given, and the settings."""

    paths: tuple[str, str]
    languages: tuple[str | None, str | None]
    config: "Config"

    def read(self) -> "tuple[Document, Document]":
        """Return both texts as they stand in their files now."""
        if self.paths[0] == self.paths[1] == files.STANDARD_INPUT:
            raise ConfigError("Only one side can come from standard input.", fix="Name a file.")
        one, two = (
            files.read_document(path, self.config, language)
            for path, language in zip(self.paths, self.languages, strict=True)
        )
        return one, two


def _is_interactive(texts: Texts, *, plain: bool) -> bool:
    if plain or files.STANDARD_INPUT in texts.paths or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def _view(
    texts: Texts,
    cache: Path | None,
    look: tuple[str, bool, screen.Color, int | None],
    fail_on: FailOn,
) -> NoReturn:
    """Let a person look at the texts, and exit with the code of what was found at last."""
    who, watch, color, context = look
    documents = texts.read()
    if color is screen.Color.NEVER:
        os.environ["NO_COLOR"] = "1"
    from align.viewer.app import Viewer
    from align.viewer.state import View

    view = View(documents) if context is None else View(documents, context=context)
    view = replace(view, is_folded=context is not None)
    viewer = Viewer(outside(texts, cache, who), view, watching=watch)
    with _notes_to(viewer.note):
        viewer.run()
    problem = viewer.failure or viewer.problem
    if problem is not None:
        raise problem
    seen = viewer.view.seen
    code = EXIT_INTERRUPTED
    if seen is not None and seen.is_whole and not viewer.was_interrupted:
        code = _exit_code(seen.report, fail_on)
    # Who quits wants the prompt back: a model that is still being loaded cannot be stopped, and the
    # libraries of one that was take seconds to put themselves away.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


@contextmanager
def _notes_to(show: Callable[[str], object]) -> Iterator[None]:
    """Let what is logged be shown by the viewer: on the terminal it would tear the screen apart."""

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            show(record.getMessage())

    everything = logging.getLogger("align")
    before, everything.handlers = everything.handlers, [Notes()]
    try:
        yield
    finally:
        everything.handlers = before


def outside(texts: Texts, cache: Path | None, who: str) -> "Outside":
    """Return what the viewer may do with files, models and the editor."""
    from align import baseline
    from align.viewer.outside import Outside

    path = texts.config.baseline.path

    def accept(report: "Report", finding: "Finding", why: str) -> "Report":
        entries = accepted.update(
            path, lambda entries: baseline.accept(entries, report, [finding], why, who)
        )
        return baseline.apply(report, entries)

    def withdraw(report: "Report", finding: "Finding") -> "Report":
        entries = accepted.update(path, lambda entries: baseline.withdraw(entries, [finding.key]))
        return baseline.apply(report, entries)

    encoder = functools.cache(lambda: _encoder(texts.config, cache))
    return Outside(
        read=texts.read,
        check=lambda documents: _check(documents, texts.config, encoder),
        accept=accept,
        withdraw=withdraw,
        stamps=lambda: tuple(_stamp(given) for given in texts.paths),
        edit=_edit,
    )


def _check(
    documents: "tuple[Document, Document]", config: "Config", encoder: "Callable[[], Encoder]"
) -> "Iterator[Seen]":
    """Compare two texts, and yield what is known as soon as it is."""
    from align import baseline, pipeline
    from align.evidence import word_pairs
    from align.viewer.state import Seen

    entries = accepted.read(config.baseline.path)
    words = None
    for progress in pipeline.unfold(*documents, config, encoder()):
        report = baseline.apply(progress.report, entries)
        if words is None and progress.evidence is not None:
            words = word_pairs(report.bitext, progress.evidence)
        if progress.is_whole:
            accepted.note_unused(report, entries, config)
        yield Seen(report, words or (), progress.is_whole)


def _stamp(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0  # an editor may replace the file by another, and between the two there is none


def _edit(path: str, line: int, column: int) -> None:
    import shlex
    import subprocess

    from align.viewer.outside import editor_command

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        # The user's own editor, as git would start it.
        subprocess.run(editor_command(shlex.split(editor), path, line, column), check=False)  # noqa: S603
    except OSError as error:
        raise ConfigError(
            f"The editor {editor!r} does not start: {error.strerror}.",
            where="$EDITOR",
            fix="Set it to an editor that is installed.",
        ) from error


def _context(given: str) -> int | None:
    if given == _ALL:
        return None
    if not given.isdecimal():
        raise ConfigError(
            f"The context must be a number or {_ALL}, not {given!r}.", where="--context"
        )
    return int(given)


def _compared(texts: Texts, cache: Path | None) -> "Report":
    loading.begin(cache)
    one, two = texts.read()
    with screen.working("Comparing …"):
        from align import pipeline

        encoder = _encoder(texts.config, cache, (one.text, two.text))
        report = pipeline.compare(one, two, texts.config, encoder)
    return accepted.apply(report, texts.config)


def _encoder(config: "Config", cache: Path | None, texts: tuple[str, ...] = ()) -> "Encoder":
    from align.checks import selected

    selected(config.checks)  # a wrong name is told before the weights are loaded
    return loading.load_encoder(config, cache, verifies=True, texts=texts)


def _exit_code(report: "Report", fail_on: FailOn) -> int:
    if report.risk is None:
        log.error("The texts could not be compared: %s.", report.skipped[0].reason)
        return EXIT_FAILED
    return EXIT_FINDINGS if report.has(fail_on.severity()) else EXIT_CLEAN
