"""`veralign models`: encoders, where their weights come from, and whether they are sound."""

from typing import TYPE_CHECKING, Annotated

import typer

from align.errors import EXIT_CLEAN, EXIT_FAILED, ModelError

if TYPE_CHECKING:
    from align.manifest import Manifest

app = typer.Typer(help="List and verify encoders.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_() -> None:
    """List the encoders that have a manifest."""
    from align.manifest import load_manifests

    for manifest in load_manifests():
        place = (
            f"package {manifest.weights.package}" if manifest.weights else "the Hub, on first use"
        )
        typer.echo(
            f"{manifest.name:<10} {manifest.id:<34} {manifest.dimension:>5} dimensions  "
            f"{manifest.licence:<11} {place}"
        )


@app.command("verify")
def verify(
    name: Annotated[str | None, typer.Argument(help="An encoder; all, if not given.")] = None,
) -> None:
    """Compare weights with the digests in their manifests."""
    from align import manifest as manifests

    chosen = [manifests.find_manifest(name)] if name else manifests.load_manifests()
    sound = True
    for manifest in chosen:
        try:
            answer = _verify(manifest)
        except ModelError as error:
            sound = False
            answer = f"NOT SOUND. {error.what} {error.fix}"
        typer.echo(f"{manifest.name:<10} {answer}")
    raise typer.Exit(EXIT_CLEAN if sound else EXIT_FAILED)


def _verify(manifest: "Manifest") -> str:
    from align import manifest as manifests

    if manifest.weights is None:
        return "no weights here: they are downloaded on first use, pinned by nothing but a name"
    manifests.verify(manifest.weights)
    if manifest.centre is not None:
        manifests.verify_centre(manifest.centre)
    return f"sound: {manifest.weights.file} has sha256 {manifest.weights.sha256}"
