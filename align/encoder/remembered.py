"""An encoder that remembers: what it has given for a text once is not computed again."""

import hashlib
import struct
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np

from align.bitext import Span
from align.encoder.encoder import Encoder
from align.encoder.store import Store
from align.manifest import Manifest
from align.vectors import Centre, Embedding, TokenVectors, Vectors

FORMAT = 2
"""Rises whenever the same text would have other vectors, or they would be kept in another way."""

_HEAD = struct.Struct("<II")


class RememberedEncoder:
    """Any encoder behind the `Encoder` protocol, with a store of its vectors.

    The encoder itself is loaded when a text comes that the store does not know. Vectors are kept
    to their last digit: in float16 they would take half the room, and change the fourth digit of
    the verifier's probabilities from one run to the next.
    """

    def __init__(
        self, load: Callable[[], Encoder], manifest: Manifest, centre: Centre | None, store: Store
    ) -> None:
        """Take a way to load the encoder, and what is known of it before it is loaded."""
        self._load = load
        self._manifest = manifest
        self._centre = centre
        self._store = store
        self._loading = Lock()
        self._loaded: Encoder | None = None

    @property
    def identity(self) -> str:
        """Name and revision, for the report's signature."""
        return self._manifest.identity

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages the encoder knows; empty if nobody has said."""
        return self._manifest.languages

    @property
    def centre(self) -> Centre | None:
        """Mean vectors of texts at large; None if nobody has computed them."""
        return self._centre

    @property
    def store(self) -> Store:
        """Where it remembers; what is made of its vectors may be kept there as well."""
        return self._store

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text, float32, shape (n, d). No text, no rows."""
        return self._recalled(texts, with_tokens=False).sentences

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Return one unit row per text, and the tokens of each text with their vectors."""
        return self._recalled(texts, with_tokens=True)

    def has_met(self, texts: Sequence[str]) -> bool:
        """Tell whether whole texts have been met before, and meet them.

        Their vectors are then most likely known: a reason not to load the encoder in advance.
        """
        wanted = [self._key(text, with_tokens=None) for text in texts]
        unmet = dict.fromkeys(wanted, b"").keys() - self._store.get(wanted).keys()
        self._store.put(dict.fromkeys(unmet, b""))
        return not unmet

    def load(self) -> Encoder:
        """Return the encoder itself, loaded now if it was not."""
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _recalled(self, texts: Sequence[str], with_tokens: bool) -> Embedding:
        keys = [self._key(text, with_tokens) for text in texts]
        known = {key: _unpacked(entry) for key, entry in self._store.get(keys).items()}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing or not texts:
            new = self._computed(list(missing.values()), with_tokens)
            if not texts:
                return new
            entries = {
                key: _packed(sentence, new.tokens[k] if with_tokens else None)
                for k, (key, sentence) in enumerate(zip(missing, new.sentences, strict=True))
            }
            self._store.put(entries)
            known |= {key: _unpacked(entry) for key, entry in entries.items()}
        sentences, tokens = zip(*(known[key] for key in keys), strict=True)
        return Embedding(np.stack(sentences), tokens if with_tokens else ())

    def _computed(self, texts: Sequence[str], with_tokens: bool) -> Embedding:
        if with_tokens:
            return self.load().encode_tokens(texts)
        return Embedding(self.load().encode(texts))

    def _key(self, text: str, with_tokens: bool | None) -> bytes:
        manifest = self._manifest
        kind = (FORMAT, manifest.identity, manifest.token_layer, manifest.prompt, with_tokens)
        # Half of a surrogate pair can stand in a text that came from JSON.
        return hashlib.sha256(f"{kind}\n{text}".encode("utf-8", "surrogatepass")).digest()


def _packed(sentence: Vectors, tokens: TokenVectors | None) -> bytes:
    spans = [] if tokens is None else [(span.start, span.end) for span in tokens.spans]
    return b"".join(
        (
            _HEAD.pack(len(sentence), len(spans)),
            sentence.astype("<f4").tobytes(),
            np.array(spans, "<u4").tobytes(),
            b"" if tokens is None else tokens.vectors.astype("<f4").tobytes(),
        )
    )


def _unpacked(entry: bytes) -> tuple[Vectors, TokenVectors]:
    dimension, count = _HEAD.unpack_from(entry)
    at = _HEAD.size
    sentence = np.frombuffer(entry, "<f4", dimension, at)
    at += sentence.nbytes
    spans = np.frombuffer(entry, "<u4", 2 * count, at).reshape(-1, 2)
    at += spans.nbytes
    vectors = np.frombuffer(entry, "<f4", -1, at).reshape(count, -1 if count else dimension)
    places = tuple(Span(start, end) for start, end in spans.tolist())
    return sentence, TokenVectors(places, vectors)
