"""The command line: one file per command, and here what all of them share.

Nothing heavy is imported before a command needs it, so that `--help` answers at once.
"""

import gc
import logging
import os
import sys
import traceback
from typing import Annotated

import typer

from align import __version__
from align.cli import align, batch, cache, check, desk, diff, explain, init, match, models
from align.cli.several import Several
from align.errors import EXIT_FAILED, EXIT_INTERRUPTED, AlignError

# Before numpy is imported: products of the words of two sentences are so small that threads of the
# library wait for each other longer than they compute, most of all while other processes run.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

YOUNG = 10_000
"""Containers that Python allocates before it looks for garbage among them; its own is 700."""

app = typer.Typer(
    name="veralign",
    help="Tell what a translation lost, added or changed.\n\n"
    "\b\n"
    "veralign check article.txt translation.txt\n"
    "veralign check pairs.tsv --format jsonl\n"
    "veralign batch pairs.csv -o out",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
app.command("check", cls=Several)(check.run)
app.command("diff")(diff.run)
app.command("align")(align.run)
app.command("batch")(batch.run)
app.command("match", cls=Several)(match.run)
app.command("explain")(explain.run)
app.command("init")(init.run)
app.add_typer(desk.app, name="desk")
app.add_typer(models.app, name="models")
app.add_typer(cache.app, name="cache")


class _Formatter(logging.Formatter):
    """A message in a user's words: an error is one, anything less is a note."""

    def format(self, record: logging.LogRecord) -> str:
        kind = "error" if record.levelno >= logging.ERROR else "note"
        return f"{kind}: {super().format(record)}"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"veralign {__version__}")
        raise typer.Exit


@app.callback()
def options(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say only errors on stderr.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Set up what goes to stderr; stdout is for results alone."""
    level = logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(message)s"))
    log = logging.getLogger("align")
    log.handlers = [handler]
    log.setLevel(level)
    log.propagate = False


def main() -> None:
    """Run the command line; every failure is a few clear lines and an exit code."""
    # Nearly all that a start allocates stays; looking through it is a tenth of a short run.
    gc.set_threshold(YOUNG)
    _speak_utf8()
    try:
        app()
    except AlignError as error:
        _explain(error)
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader, `head` perhaps, has seen enough. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FAILED)
    except Exception as error:  # noqa: BLE001 - the outermost edge: a user gets a line, not a trace
        if {"-v", "--verbose"} & set(sys.argv):
            traceback.print_exc()
        name = type(error).__name__
        _explain(
            AlignError(
                f"veralign failed in a way that it should not: {name}: {error}",
                fix="Run it again as `veralign --verbose …` and report what it prints.",
            )
        )
        sys.exit(EXIT_FAILED)


def _explain(error: AlignError) -> None:
    sys.stderr.write(f"error: {error.what}\n")
    if error.where:
        sys.stderr.write(f"where: {error.where}\n")
    if error.fix:
        sys.stderr.write(f"to do: {error.fix}\n")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a terminal that cannot show it shows its own sign."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
