"""Loads encoders: the embedded one from its converted copy, any other through the Hub's cache."""

import logging
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from safetensors.numpy import load_file

from align import copies
from align.encoder.encoder import Encoder
from align.encoder.remembered import RememberedEncoder
from align.encoder.store import Store
from align.encoder.transformer import SentenceEncoder, load_folder
from align.errors import ModelError
from align.manifest import Manifest, PackagedWeights, locate, verify, verify_centre
from align.vectors import Centre

log = logging.getLogger(__name__)

STORE = "vectors.sqlite3"
"""The file in the cache that keeps vectors."""

Loaded = TypeVar("Loaded")


def load_encoder(manifest: Manifest, cache: Path) -> Encoder:
    """Load an encoder.

    Args:
        manifest: Which encoder; see `align.manifest.find_manifest`.
        cache: A folder for converted weights, made if missing. If it cannot be written, the
            conversion goes to a temporary folder, with a warning, and is gone afterwards.

    Raises:
        ModelError: The weights are missing, fail their digest, or cannot be loaded.
    """
    # ONNX Runtime and the tokenizer are not needed by who remembers all vectors.
    from align import e5s1
    from align.encoder.embedded import CONVERSION, EmbeddedEncoder, write_embedded

    centre = load_centre(manifest)
    weights = manifest.weights
    if weights is None:
        return load_folder(str(manifest.folder or manifest.id), manifest, centre)
    source = locate(weights)
    with ThreadPoolExecutor(1) as pool:
        # The digest of 70 MB takes a tenth of a second, in which another core can read the copy.
        verified = pool.submit(verify, weights)

        def write(place: Path) -> None:
            write_embedded(e5s1.parse(verified.result().read_bytes()), place)

        def read(place: Path) -> EmbeddedEncoder:
            return EmbeddedEncoder(source, place, manifest, centre)

        try:
            return _from_copy(cache / f"{_name(manifest, weights)}-{CONVERSION}", write, read)
        finally:
            verified.result()


def load_remembered(manifest: Manifest, cache: Path, size_mb: float) -> Encoder:
    """Return an encoder that keeps its vectors in the cache.

    Args:
        manifest: Which encoder.
        cache: A folder for converted weights and for vectors.
        size_mb: The most that vectors may take there; with 0, none are kept.

    Raises:
        ModelError: The weights are missing or, then or as soon as they are needed, not sound.
    """
    # A stranger's folder may change while its name stays.
    if size_mb <= 0 or manifest.folder is not None:
        return load_encoder(manifest, cache)
    if manifest.weights is not None:
        locate(manifest.weights)
    store = Store(cache / STORE, size_mb)
    return RememberedEncoder(
        lambda: load_encoder(manifest, cache), manifest, load_centre(manifest), store
    )


def load_reference(manifest: Manifest, cache: Path) -> SentenceEncoder:
    """Load the embedded encoder through sentence-transformers: what its own way is measured by.

    Raises:
        ModelError: The weights are missing, fail their digest, or cannot be loaded.
    """
    from align import e5s1

    weights = manifest.weights
    if weights is None:
        raise ValueError(f"the encoder {manifest.name!r} is not embedded")
    source = verify(weights)
    centre = load_centre(manifest)
    return _from_copy(
        cache / f"{_name(manifest, weights)}-reference",
        lambda place: e5s1.convert(source.read_bytes(), place),
        lambda place: load_folder(str(place), manifest, centre),
    )


def load_centre(manifest: Manifest) -> Centre | None:
    """Load the mean vectors of texts at large, if the manifest has them.

    Raises:
        ModelError: Their file is missing, or fails its digest.
    """
    if manifest.centre is None:
        return None
    tensors = load_file(verify_centre(manifest.centre))
    return Centre(sentence=tensors["sentence"], token=tensors["token"])


def _name(manifest: Manifest, weights: PackagedWeights) -> str:
    return f"{manifest.name}-{weights.sha256[:12]}"


def _from_copy(
    folder: Path, write: Callable[[Path], None], read: Callable[[Path], Loaded]
) -> Loaded:
    """Load from a converted copy, which is made first if there is no sound one.

    Args:
        folder: Where the copy belongs.
        write: Fills an empty folder with a copy.
        read: Loads from a copy.
    """
    if copies.is_sound(folder):
        return read(folder)
    if folder.exists():
        log.warning("The converted weights in %s are damaged; converting again.", folder)
    try:
        copies.make(folder, write)
        return read(folder)
    except OSError as error:
        log.warning(
            "The cache cannot be written (%s: %s); going on without it, which is slower.",
            folder.parent,
            error,
        )
    return _without_cache(write, read)


def _without_cache(write: Callable[[Path], None], read: Callable[[Path], Loaded]) -> Loaded:
    try:
        # Where a file in use cannot be removed, the system will clear it away.
        with tempfile.TemporaryDirectory(prefix="veralign-", ignore_cleanup_errors=True) as name:
            write(Path(name))
            return read(Path(name))
    except OSError as error:
        raise ModelError(
            "The encoder's weights cannot be converted: no folder has room for them.",
            where=tempfile.gettempdir(),
            fix="Free 500 MB there, or set TMPDIR or --cache to a folder that has them.",
        ) from error
