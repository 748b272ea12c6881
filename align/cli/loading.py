"""Models for a command: loaded beside each other, so that no core waits.

The command waits for these threads when it ends: what runs in them must not be cut off.
"""

from collections.abc import Sequence
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

    Thread(target=load).start()


def load_encoder(
    config: "Config", cache: Path | None, verifies: bool, texts: Sequence[str] = ()
) -> "Encoder":
    """Return the encoder that the settings name, and begin to load what is behind it.

    Args:
        config: Settings.
        cache: The folder for caches; the platform's, if not given.
        verifies: The verifier will be needed, too.
        texts: All that is to be encoded, if it is known. For texts that the encoder has met
            before, neither it nor the verifier is loaded in advance.

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
        encodes = not texts or not encoder.has_met(texts)
        # Reading and hashing leave Python to the command, which has texts to read meanwhile.
        if encodes:
            Thread(target=_load_behind, args=(encoder, verifies)).start()
    return encoder


def _load_behind(encoder: "RememberedEncoder", verifies: bool) -> None:
    from align.defaults import preload_verifier

    # What fails here fails again where it is used, and is told there. A command that ends while
    # this thread still loads ends its pool of threads with a RuntimeError.
    with suppress(AlignError, RuntimeError):
        encoder.load()
        if verifies:
            preload_verifier(encoder)
