"""A verifier that remembers: what it has said of the same texts and vectors is not read again."""

import hashlib
import struct
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.encoder.store import Store
from align.judgement import ERRORS, Judgement, WordOdds
from align.manifest import VerifierManifest
from align.verifier import Pair, Verifier, risk_at

FORMAT = 1
"""Rises whenever the same pairs would be judged otherwise, or kept in another way."""

_HEAD = struct.Struct(f"<II{len(ERRORS) + 2}d")


class RememberedVerifier:
    """Any verifier behind the `Verifier` protocol, with a store of its judgements.

    The verifier itself is loaded when pairs come that the store does not know. Pairs are known
    together or not at all: batched with other neighbours, one may differ by the last digit, and a
    report must be the same bytes with the store and without.
    """

    def __init__(
        self, load: Callable[[], Verifier], manifest: VerifierManifest, store: Store
    ) -> None:
        """Take a way to load the verifier, and what is known of it before it is loaded."""
        self._load = load
        self._manifest = manifest
        self._store = store

    @property
    def identity(self) -> str:
        """Name and version, for the report's signature."""
        return self._manifest.identity

    def judge(self, pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
        """Return what there is to say of each pair, in order."""
        if not pairs:
            return ()
        key = self._key(pairs)
        known = self._store.get([key]).get(key)
        if known is not None:
            return _unpacked(known)
        judgements = self._load().judge(pairs)
        self._store.put({key: b"".join(map(_packed, judgements))})
        return judgements

    def risk_at(self, alarms: float) -> float:
        """Return the risk that `alarms` of 100 faithful pairs reach, as measured in training."""
        return risk_at(self._manifest, alarms)

    def _key(self, pairs: Sequence[Pair]) -> bytes:
        digest = hashlib.sha256(repr((FORMAT, self._manifest)).encode())
        for side in (side for pair in pairs for side in pair):
            # Half of a surrogate pair can stand in a text that came from JSON.
            text = side.text.encode("utf-8", "surrogatepass")
            digest.update(struct.pack("<QQ", len(text), len(side.tokens.spans)))
            digest.update(text)
            digest.update(_places(side.tokens.spans).tobytes())
            digest.update(side.tokens.vectors.astype("<f4").tobytes())
        return digest.digest()


def _packed(judgement: Judgement) -> bytes:
    sides = (judgement.source, judgement.target)
    errors = (judgement.errors[name] for name in ERRORS)
    head = _HEAD.pack(
        *(len(side.spans) for side in sides), judgement.risk, judgement.critical, *errors
    )
    rows = (
        part.tobytes()
        for side in sides
        for part in (
            _places(side.spans),
            side.lacking.astype("<f4"),
            side.changed.astype("<f4"),
        )
    )
    return b"".join((head, *rows))


def _unpacked(entry: bytes) -> tuple[Judgement, ...]:
    judgements, at = [], 0
    while at < len(entry):
        *counts, risk, critical = _HEAD.unpack_from(entry, at)[:4]
        errors = dict(zip(ERRORS, _HEAD.unpack_from(entry, at)[4:], strict=True))
        at += _HEAD.size
        sides = []
        for count in counts:
            places = np.frombuffer(entry, "<u4", 2 * count, at).reshape(-1, 2)
            at += places.nbytes
            lacking, changed = np.frombuffer(entry, "<f4", 2 * count, at).reshape(2, count)
            at += lacking.nbytes + changed.nbytes
            spans = tuple(Span(start, end) for start, end in places.tolist())
            sides.append(WordOdds(spans, lacking, changed))
        judgements.append(Judgement(sides[0], sides[1], errors, risk, critical))
    return tuple(judgements)


def _places(spans: Sequence[Span]) -> NDArray[np.uint32]:
    return np.array([(span.start, span.end) for span in spans], "<u4")
