"""`veralign desk`: the reviewers' web page, and the care of what it keeps."""

import getpass
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import files, flags, loading, screen
from align.errors import ConfigError

if TYPE_CHECKING:
    from align.config import Config
    from align.desk.access import Access
    from align.desk.worker import Step, Texts
    from align.encoder import Encoder

_INSTALL = 'Run: pip install "veralign[desk]"'


class _Group(typer.core.TyperGroup):
    """Commands of which the first is meant where none is named."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put `open` before arguments that name no command."""
        if not args or args[0] not in {*self.commands, "-h", "--help"}:
            args = ["open", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Group,
    help="Serve the reviewers' web page on this machine.\n\n"
    "\b\n"
    "veralign desk\n"
    "veralign desk OUT\n"
    "veralign desk decisions OUT\n"
    "veralign desk backup monday.zip",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Database = Annotated[
    str | None,
    typer.Option("--database", metavar="FILE|URL", help="SQLite file, or postgresql://…"),
]


@app.command("open")
def run(
    out: Annotated[
        Path | None,
        typer.Argument(help="A folder that `veralign batch` wrote.", show_default=False),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8770,
    host: Annotated[
        str, typer.Option("--host", help="Other than this machine's own: see --passwords.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="Known under this name, too.")
    ] = None,
    database: Database = None,
    passwords: Annotated[
        Path | None, typer.Option("--passwords", metavar="FILE", help="Who may log in.")
    ] = None,
    behind_proxy: Annotated[
        str | None,
        typer.Option("--behind-proxy", metavar="HEADER", help="A proxy says here who comes."),
    ] = None,
    head: Annotated[
        list[str] | None, typer.Option("--head", metavar="NAME", help="A head, of whom it names.")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    encoder: flags.EncoderName = None,
    cache: flags.Cache = None,
    max_size_mb: flags.MaxSize = None,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides here.")] = "",
) -> None:
    """Serve the reviewers' web page.

    \b
    veralign desk
    veralign desk OUT --no-browser
    veralign desk --host 0.0.0.0 --passwords people.txt --database postgresql://desk@db/desk

    It runs until Ctrl-C. Whoever opens the address that it prints may decide.
    """
    config = files.load_config(flags.table(encoder=encoder, max_size_mb=max_size_mb))
    _require()
    from align.desk import server, store

    access = _access((passwords, behind_proxy, head), who, (host, *(name or ())))
    engine = store.open_store(_database(database))
    if out is not None:
        _take(engine, out)

    def announce(url: str) -> None:
        typer.echo(f"The desk is open at {url}")
        typer.echo("Ctrl-C closes it.")
        if browser and sys.stdout.isatty():
            server.open_browser(url, host)

    address = server.Address(host, port)
    server.serve(engine, Checker(config, cache), access, address, config.read.limit_mb, announce)


@app.command()
def decisions(
    out: Annotated[Path, typer.Argument(help="A folder that `veralign batch` wrote.")],
    database: Database = None,
) -> None:
    """Put what was decided on a batch into its report: who was right."""
    _require()
    from align import rulings
    from align.desk import batches, store
    from align.site.folder import INDEX, write_all
    from align.write.words import count

    found = batches.rulings(store.open_store(_database(database)), out)
    files.write(rulings.render(found), str(out / rulings.FILE))
    with screen.working("Writing the report …"):
        write_all(out)
    pairs = len({ruling.pair for ruling in found})
    counts = f"{count(len(found), 'finding')} of {count(pairs, 'pair')}"
    typer.echo(f"Decided: {counts}. {out / INDEX} says how.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")], database: Database = None
) -> None:
    """Write everything that the desk keeps into one file, while it runs or not."""
    _require()
    from align.desk import backup as backups
    from align.desk import store

    count = backups.back_up(store.open_store(_database(database)), file)
    typer.echo(f"{count} decisions and all that they are about are in {file}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `veralign desk backup` wrote.")],
    database: Database = None,
) -> None:
    """Put a backup into an empty database, of either kind."""
    _require()
    from align.desk import backup as backups
    from align.desk import store

    count = backups.restore(store.open_store(_database(database)), file)
    typer.echo(f"{count} decisions and all that they are about are back.")


@app.command()
def password(
    name: Annotated[str, typer.Argument(help="Who it is for.")],
    role: Annotated[str, typer.Option("--role", help="reviser or head.")] = "reviser",
) -> None:
    """Print a line for the password file; the password is asked for, or read from a pipe."""
    _require()
    from align.desk import people

    given = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    typer.echo(people.render_line(name, people.role_named(role), given), nl=False)


@dataclass(frozen=True, slots=True)
class Checker:
    """What the process that checks does; the models are loaded there, when the first text comes."""

    config: "Config"
    cache: Path | None

    def __call__(self, texts: "Texts") -> "Iterator[Step]":
        """Compare two texts, or the rows of a bilingual file, and say how far it has come."""
        from align.desk.worker import Step
        from align.read import choice
        from align.read.pieces import Origin
        from align.write import json

        yield Step(0.02)
        if texts.contents[1] is None:
            report = self._rows(texts)
            yield Step(1.0, json.render(report))
            return
        documents = [
            choice.parse(content, Origin(name, name), self.config.read, language)
            for content, name, language in zip(
                texts.contents, texts.names, texts.languages, strict=True
            )
            if content is not None
        ]
        yield Step(0.05)
        from align import pipeline

        encoder = _encoder(self.config, self.cache)
        yield Step(0.1)
        for progress in pipeline.unfold(documents[0], documents[1], self.config, encoder):
            if progress.is_whole:
                yield Step(1.0, json.render(progress.report))
                return
            found, beads = progress.report.findings, len(progress.report.bitext.beads)
            yield Step(0.5 + 0.5 * (found[-1].bead + 1) / beads if found else 0.5)

    def _rows(self, texts: "Texts") -> Any:  # noqa: ANN401 - a Report, imported where it is made
        import io

        from align import pipeline
        from align.read import choice, formats
        from align.read.pieces import Origin
        from align.read.row import Asked

        name, data = texts.names[0], texts.contents[0]
        asked = Asked(name, self.config.read, (), texts.languages)
        wanted = choice.choose(data, Origin(name, name), "rows", self.config.read)
        rows = list(formats.row_reader(wanted)(io.BytesIO(data), asked))
        origin = Origin(name, name, formats.decoded(wanted, data, name))
        encoder = _encoder(self.config, self.cache)
        return pipeline.compare_rows(rows, self.config, encoder, texts.languages, origin)


_loaded: "dict[str, Encoder]" = {}
"""The encoder of this process by its name, kept from one text to the next."""


def _encoder(config: "Config", cache: Path | None) -> "Encoder":
    from align.checks import selected

    if config.encoder not in _loaded:
        loading.begin(cache)
        selected(config.checks)
        _loaded[config.encoder] = loading.load_encoder(config, cache, verifies=True)
    return _loaded[config.encoder]


def _require() -> None:
    try:
        import fastapi
        import python_multipart
        import sqlalchemy
        import uvicorn
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"The desk needs a library that is not installed: {error.name}.", fix=_INSTALL
        ) from error
    del fastapi, python_multipart, sqlalchemy, uvicorn


def _access(
    given: tuple[Path | None, str | None, list[str] | None], who: str, hosts: tuple[str, ...]
) -> "Access":
    import secrets
    import socket

    from align.desk.access import Access
    from align.desk.people import Person, parse_people, plain_name

    passwords, header, heads = given
    names = frozenset(h.lower() for h in ("localhost", socket.gethostname(), *hosts))
    if passwords is not None and header is not None:
        raise ConfigError("A desk asks for passwords or believes a proxy, not both.")
    if passwords is not None:
        text = files.read_bytes(str(passwords), 1.0).decode("utf-8", "replace")
        return Access(accounts=parse_people(text, str(passwords)), hosts=names)
    if header is not None:
        return Access(header=header, heads=frozenset(map(plain_name, heads or ())), hosts=names)
    owner = Person(plain_name(who) or _user(), "head")
    return Access(token=secrets.token_urlsafe(24), owner=owner, hosts=names)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        return "me"


def _database(given: str | None) -> str:
    if given is not None:
        return given
    import platformdirs

    folder = platformdirs.user_data_path("veralign")
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "desk.sqlite")


def _take(engine: Any, out: Path) -> None:  # noqa: ANN401 - SQLAlchemy is imported where it is used
    from align.desk import batches
    from align.desk.desk import written_now

    taken = batches.take(engine, out, written_now())
    typer.echo(f"{taken.pairs} pairs, {taken.changed} of them new or changed.")
