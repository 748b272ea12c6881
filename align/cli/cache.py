"""`veralign cache`: what is kept from one run to the next, and how to be rid of it."""

import shutil
from pathlib import Path

import typer

from align.cli import files, flags
from align.errors import ReadError

app = typer.Typer(
    help="Show or clear what is kept between runs.", no_args_is_help=True, rich_markup_mode=None
)

_MEGABYTE = 1_000_000


@app.command("show")
def show(cache: flags.Cache = None) -> None:
    """Say what is kept, and how much room it takes.

    \b
    veralign cache show
    """
    from align.encoder.load import STORE
    from align.encoder.store import Store

    folder = _folder(cache)
    limit = files.load_config({}).cache.size_mb
    typer.echo(f"{folder}")
    for copy in _copies(folder):
        typer.echo(f"converted weights  {_size(copy):7.1f} MB  {copy.name}")
    count, size = Store(folder / STORE, limit).size()
    typer.echo(f"vectors            {size / _MEGABYTE:7.1f} MB  {count} texts, of {limit:g} MB")


@app.command("clear")
def clear(cache: flags.Cache = None) -> None:
    """Remove it all; the next run makes what it needs.

    \b
    veralign cache clear
    """
    from align.encoder.load import STORE
    from align.encoder.store import remove

    folder = _folder(cache)
    try:
        remove(folder / STORE)
        for copy in _copies(folder):
            shutil.rmtree(copy)
    except OSError as error:
        raise ReadError(
            f"The cache cannot be cleared: {error.strerror}.",
            where=str(folder),
            fix="Remove the folder yourself, when no veralign is running.",
        ) from error
    typer.echo(f"{folder} is cleared.")


def _folder(given: Path | None) -> Path:
    from align.encoder import default_cache

    return given or default_cache()


def _copies(folder: Path) -> list[Path]:
    """Return the converted copies: nothing else in a folder is ours to remove."""
    from align.encoder.copies import is_copy

    return sorted(p for p in folder.iterdir() if is_copy(p)) if folder.is_dir() else []


def _size(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / _MEGABYTE
