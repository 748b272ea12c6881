"""`veralign match`: which original does each translation come from?"""

import logging
import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli import files, flags, loading, screen
from align.errors import EXIT_CLEAN, EXIT_FINDINGS, ConfigError, ReadError

if TYPE_CHECKING:
    from align.bitext import Document
    from align.config import Config
    from align.match import Matches

log = logging.getLogger(__name__)


class Format(StrEnum):
    """What matches are written as; the last two are manifests for `veralign batch`."""

    TERMINAL = "terminal"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"


def run(
    sources: Annotated[list[str], typer.Argument(help="Originals: files or folders.")],
    translations: Annotated[
        list[str],
        typer.Option("--translations", metavar="FILE ...", help="Translations: files or folders."),
    ],
    format: Annotated[Format | None, typer.Option("--format", help="How to answer.")] = None,  # noqa: A002
    output: flags.Output = None,
    source_language: flags.SourceLanguage = None,
    target_language: flags.TargetLanguage = None,
    encoder: flags.EncoderName = None,
    cache: flags.Cache = None,
    max_size_mb: flags.MaxSize = None,
) -> None:
    """Tell which original each translation comes from.

    \b
    veralign match originals/ --translations translations/
    veralign match a.txt b.txt --translations c.txt -o pairs.csv
    veralign batch pairs.csv -o OUT

    Exit code 0: each has its original; 1: some are ambiguous or unmatched; 2: could not run.
    """
    loading.begin(cache)
    config = files.load_config(flags.table(encoder=encoder, max_size_mb=max_size_mb))
    chosen = _chosen(format, output)
    ours, theirs = _files(sources), _files(translations)
    with screen.working("Matching …"):
        loaded = loading.load_encoder(config, cache, verifies=False)
        from align.match import match

        found = match(
            _documents(ours, config, source_language),
            _documents(theirs, config, target_language),
            config,
            loaded,
        )
    files.write(_rendered(found, chosen, output), output)
    if chosen in (Format.CSV, Format.JSONL):
        _say_rest(found)
    clear = all(one.status == "matched" for one in found.matches)
    raise typer.Exit(EXIT_CLEAN if clear else EXIT_FINDINGS)


def _chosen(given: Format | None, output: str | None) -> Format:
    suffix = Path(output or "").suffix.removeprefix(".").casefold()
    fitting = Format(suffix) if suffix in ("json", "csv", "jsonl") else None
    if given and fitting and given is not fitting:
        raise ConfigError(
            f"The format {given} is not what a file that ends in .{suffix} holds.",
            where=output or "",
            fix=f"Leave out --format for {fitting}, or give the file another name.",
        )
    return given or fitting or Format.TERMINAL


def _files(given: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the files that paths stand for, in order, and whether each was named itself."""
    from align.batch import places
    from align.read import formats

    found: list[tuple[str, bool]] = []
    for path in given:
        place = Path(path)
        if not place.is_dir():
            places.check_readable(path)
            found.append((path, True))
            continue
        inside = [
            (str(file), False)
            for file in sorted(place.rglob("*"))
            if file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(place).parts)
            and formats.find(file.suffix, "text")
        ]
        if not inside:
            raise ReadError("This folder holds no text that can be read.", where=path)
        found += inside
    return list(dict.fromkeys(found))


def _documents(
    paths: Sequence[tuple[str, bool]], config: "Config", language: str | None
) -> "Iterator[Document]":
    """Read texts one by one; what a folder holds besides them is said, and left out."""
    for path, is_named in paths:
        try:
            yield files.read_document(path, config, language)
        except ReadError as error:
            if is_named:
                raise
            log.warning("%s is left out: %s", path, error.what)


def _rendered(matches: "Matches", format_: Format, output: str | None) -> str:
    from align.match import write

    if format_ is Format.TERMINAL:
        return write.render_terminal(matches)
    if format_ is Format.JSON:
        return write.render_json(matches)
    # A manifest's paths start from its own folder.
    folder = Path(output).parent if output and output != files.STANDARD_INPUT else Path()
    render = write.render_csv if format_ is Format.CSV else write.render_jsonl
    return render(matches, lambda path: os.path.relpath(path, folder))


def _say_rest(matches: "Matches") -> None:
    """Tell what a manifest has no room for."""
    for one in matches.matches:
        if one.status != "matched":
            text = matches.targets[one.target]
            log.warning("%s is %s: %s.", text.origin or text.name, one.status, one.reason)
