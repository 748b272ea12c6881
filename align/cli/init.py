"""`veralign init`: write a settings file to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from align.errors import ConfigError

NAME = "veralign.toml"


def run(
    folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a commented veralign.toml: every setting with its default.

    \b
    veralign init
    veralign init desk/
    """
    from align import settings_file

    path = folder / NAME
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(settings_file.render())
    except FileExistsError:
        raise ConfigError(
            "There is a settings file already.", where=str(path), fix="Edit it, or use --force."
        ) from None
    except OSError as error:
        raise ConfigError(
            f"The file cannot be written: {error.strerror}.",
            where=str(path),
            fix="Name a folder that exists and may be written.",
        ) from error
    typer.echo(f"Wrote {path}.")
