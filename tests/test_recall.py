"""The verifier that remembers what it has said."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from align import defaults
from align.bitext import Span
from align.encoder.remembered import RememberedEncoder
from align.encoder.store import Store
from align.judgement import Judgement
from align.manifest import Manifest, VerifierManifest
from align.recall import RememberedVerifier
from align.vectors import TokenVectors
from align.verifier import Pair, Passage, Verifier, load_verifier
from tests.fakes import HashEncoder

TEXTS = (
    ("the old ship sailed south", "THE SHIP SAILED TODAY"),
    ("half a \ud800 pair", "HALF A PAIR"),
    ("lost", ""),
    ("", ""),
)


class Loading:
    """A way to load a verifier that counts how often it was gone."""

    def __init__(self, manifest: VerifierManifest) -> None:
        """Begin with nothing loaded."""
        self._manifest = manifest
        self.times = 0

    def __call__(self) -> Verifier:
        """Load it."""
        self.times += 1
        return load_verifier(self._manifest)


def passage(text: str) -> Passage:
    """Return a text with the hash encoder's tokens."""
    return Passage(text, HashEncoder().encode_tokens([text]).tokens[0])


def pairs() -> list[Pair]:
    """Return pairs of texts with their tokens, some sides of which have none."""
    return [(passage(source), passage(target)) for source, target in TEXTS]


def same(ones: Sequence[Judgement], others: Sequence[Judgement]) -> None:
    """Demand that judgements are equal to the last digit."""
    for one, other in zip(ones, others, strict=True):
        assert (one.errors, one.risk, one.critical) == (other.errors, other.risk, other.critical)
        for a, b in ((one.source, other.source), (one.target, other.target)):
            assert a.spans == b.spans
            np.testing.assert_array_equal(a.lacking, b.lacking)
            np.testing.assert_array_equal(a.changed, b.changed)


def test_the_same_pairs_are_not_read_again(tiny_verifier: VerifierManifest, tmp_path: Path) -> None:
    """The second time the answers are those of the verifier to the last digit, unasked."""
    load = Loading(tiny_verifier)
    first = RememberedVerifier(load, tiny_verifier, Store(tmp_path / "s", 10)).judge(pairs())
    again = RememberedVerifier(load, tiny_verifier, Store(tmp_path / "s", 10)).judge(pairs())
    assert load.times == 1
    same(first, load_verifier(tiny_verifier).judge(pairs()))
    same(again, first)


def test_no_pairs_load_nothing(tiny_verifier: VerifierManifest, tmp_path: Path) -> None:
    """Nothing to read needs no verifier, and neither does what the manifest says."""
    load = Loading(tiny_verifier)
    verifier = RememberedVerifier(load, tiny_verifier, Store(tmp_path / "s", 10))
    assert verifier.judge([]) == ()
    assert verifier.risk_at(5.0) == load_verifier(tiny_verifier).risk_at(5.0)
    assert verifier.identity == tiny_verifier.identity
    assert load.times == 0


def changed(vectors: bool = False, span: bool = False, text: bool = False) -> list[Pair]:
    """Return the pairs with one thing changed in the first."""
    (side, other), *rest = pairs()
    tokens = side.tokens
    if vectors:
        tokens = TokenVectors(tokens.spans, np.nextafter(tokens.vectors, np.float32(2)))
    if span:
        tokens = TokenVectors((Span(0, 2), *tokens.spans[1:]), tokens.vectors)
    return [(Passage(side.text.upper() if text else side.text, tokens), other), *rest]


@pytest.mark.parametrize("what", ["vectors", "span", "text"])
def test_whatever_is_read_counts(
    what: str, tiny_verifier: VerifierManifest, tmp_path: Path
) -> None:
    """Other vectors, places of tokens or texts are other pairs, though all else is alike."""
    load = Loading(tiny_verifier)
    verifier = RememberedVerifier(load, tiny_verifier, Store(tmp_path / "s", 10))
    verifier.judge(pairs())
    verifier.judge(changed(**{what: True}))
    assert load.times == 2


def test_pairs_are_known_together_or_not_at_all(
    tiny_verifier: VerifierManifest, tmp_path: Path
) -> None:
    """In other company or another order a pair is read again: its last digit may differ."""
    load = Loading(tiny_verifier)
    verifier = RememberedVerifier(load, tiny_verifier, Store(tmp_path / "s", 10))
    verifier.judge(pairs())
    verifier.judge(pairs()[:2])
    verifier.judge(pairs()[::-1])
    assert load.times == 3


def test_another_calibration_is_another_verifier(
    tiny_verifier: VerifierManifest, tmp_path: Path
) -> None:
    """What one verifier has said is not taken for another's, though they share a version."""
    load = Loading(tiny_verifier)
    RememberedVerifier(load, tiny_verifier, Store(tmp_path / "s", 10)).judge(pairs())
    table = {name: tuple(2 * x for x in row) for name, row in tiny_verifier.calibration.items()}
    other = replace(tiny_verifier, calibration=table)
    RememberedVerifier(load, other, Store(tmp_path / "s", 10)).judge(pairs())
    assert load.times == 2


def test_an_encoder_that_remembers_has_a_verifier_that_does(
    tiny_verifier: VerifierManifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It remembers in the same store; an encoder that the verifier cannot read has none."""
    monkeypatch.setattr(defaults, "find_verifier", lambda: tiny_verifier)
    known = Manifest("hash", "x/hash", "1", "MIT", 256, 1, "", ())
    for manifest, reads in ((known, True), (replace(known, revision="2"), False)):
        store = Store(tmp_path / "s", 10)
        verifier = defaults.default_verifier(RememberedEncoder(HashEncoder, manifest, None, store))
        if reads:
            assert isinstance(verifier, RememberedVerifier)
            assert verifier._store is store
        else:
            assert verifier is None
