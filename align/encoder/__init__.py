"""Texts to vectors: the Encoder protocol, the embedded encoder, and any other model."""

from align.encoder.encoder import Encoder, encode_sides
from align.encoder.load import load_encoder, load_reference, load_remembered

__all__ = [
    "Encoder",
    "encode_sides",
    "load_encoder",
    "load_reference",
    "load_remembered",
]
