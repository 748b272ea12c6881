"""The models that are loaded once, where a caller brings none."""

from functools import cache
from threading import Lock

from align.copies import default_cache
from align.encoder import Encoder, load_encoder
from align.encoder.remembered import RememberedEncoder
from align.manifest import find_manifest, find_verifier
from align.recall import RememberedVerifier
from align.verifier import Verifier, load_verifier


@cache
def default_encoder(name: str) -> Encoder:
    """Return the encoder of that name, from the platform's cache."""
    return load_encoder(find_manifest(name), default_cache())


def default_verifier(encoder: Encoder) -> Verifier | None:
    """Return the verifier that reads the vectors of that encoder; None if there is none.

    With any other's vectors than its own a verifier is worthless. That of an encoder that
    remembers does so in the same store, and is loaded when it has something to read.
    """
    manifest = find_verifier()
    if manifest.encoder != encoder.identity:
        return None
    if isinstance(encoder, RememberedEncoder):
        return RememberedVerifier(_loaded_verifier, manifest, encoder.store)
    return _loaded_verifier()


def preload_verifier(encoder: Encoder) -> None:
    """Load the verifier of that encoder, if it has one, before it is needed."""
    if find_verifier().encoder == encoder.identity:
        _loaded_verifier()


_LOADING = Lock()
"""Who comes second waits, and does not load it again."""


def _loaded_verifier() -> Verifier:
    with _LOADING:
        return _load_verifier()


@cache
def _load_verifier() -> Verifier:
    return load_verifier(find_verifier())
