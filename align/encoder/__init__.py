"""Texts to vectors: the Encoder protocol, the embedded encoder, and any other model."""

from align.encoder.encoder import Encoder, encode_sides
from align.encoder.load import default_cache, load_encoder, load_reference, load_remembered

__all__ = [
    "Encoder",
    "default_cache",
    "encode_sides",
    "load_encoder",
    "load_reference",
    "load_remembered",
]
