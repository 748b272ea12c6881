"""The models that are loaded once, where a caller brings none."""

from functools import cache
from threading import Lock

from align.copies import default_cache
from align.encoder import Encoder, load_encoder
from align.manifest import find_manifest, find_verifier
from align.verifier import Verifier, load_verifier


@cache
def default_encoder(name: str) -> Encoder:
    """Return the encoder of that name, from the platform's cache."""
    return load_encoder(find_manifest(name), default_cache())


def default_verifier(identity: str) -> Verifier | None:
    """Return the verifier that reads the vectors of that encoder; None if there is none.

    Args:
        identity: Name and revision of the encoder. With any other's vectors than its own a
            verifier is worthless.
    """
    with _LOADING:
        return _load_verifier(identity)


_LOADING = Lock()
"""Who comes second waits, and does not load it again."""


@cache
def _load_verifier(identity: str) -> Verifier | None:
    manifest = find_verifier()
    return load_verifier(manifest) if manifest.encoder == identity else None
