"""Models for a command: loaded beside each other, so that no core waits."""

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from align.errors import AlignError

if TYPE_CHECKING:
    from align.config import Config
    from align.encoder import Encoder
    from align.encoder.remembered import RememberedEncoder


def begin(cache: Path | None) -> None:
    """Begin to load what detects languages, while the command imports the rest.

    Whoever needs it first waits for it.

    Args:
        cache: The folder for caches; the platform's, if not given.
    """

    def load() -> None:
        from align import detect
        from align.copies import default_cache

        detect.load(cache or default_cache())

    Thread(target=load, daemon=True).start()


def load_encoder(config: "Config", cache: Path | None) -> "Encoder":
    """Return the encoder that the settings name, and begin to load what is behind it.

    Args:
        config: Settings.
        cache: The folder for caches; the platform's, if not given.

    Raises:
        ModelError: There is no such encoder, or it cannot be loaded.
    """
    from align.copies import default_cache
    from align.encoder import load_remembered
    from align.encoder.remembered import RememberedEncoder
    from align.manifest import find_manifest

    manifest = find_manifest(config.encoder)
    encoder = load_remembered(manifest, cache or default_cache(), config.cache.size_mb)
    if isinstance(encoder, RememberedEncoder) and manifest.weights is not None:
        # Reading and hashing leave Python to the command, which has texts to read meanwhile.
        Thread(target=_load_behind, args=(encoder,), daemon=True).start()
    return encoder


def _load_behind(encoder: "RememberedEncoder") -> None:
    from align.defaults import default_verifier

    # What fails here fails again where it is used, and is told there.
    with suppress(AlignError):
        encoder.load()
        default_verifier(encoder.identity)
