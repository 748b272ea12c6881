"""Models for a command: loaded beside each other, so that no core waits."""

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.config import Config
    from align.encoder import Encoder


def begin() -> None:
    """Begin to load what detects languages, while the command imports the rest.

    Whoever needs it first waits for it, and raises what the loading may have met.
    """

    def load() -> None:
        from align import detect

        detect.load()

    Thread(target=load, daemon=True).start()


def load_encoder(config: "Config", cache: Path | None) -> "Encoder":
    """Return the encoder that the settings name.

    Args:
        config: Settings.
        cache: The folder for caches; the platform's, if not given.

    Raises:
        ModelError: There is no such encoder, or it cannot be loaded.
    """
    from align.encoder import default_cache, load_remembered
    from align.manifest import find_manifest

    manifest = find_manifest(config.encoder)
    return load_remembered(manifest, cache or default_cache(), config.cache.size_mb)
