"""Texts to vectors: the Encoder protocol, the embedded encoder, and any other model."""

from align.encoder.encoder import Encoder
from align.encoder.load import default_cache, load_encoder, load_reference

__all__ = ["Encoder", "default_cache", "load_encoder", "load_reference"]
