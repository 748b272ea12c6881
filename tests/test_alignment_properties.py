"""Beads as seen from outside: what must hold for any two texts, however odd or long."""

import random
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import pipeline
from align.beads import Side, find_beads
from align.bitext import Bead
from align.config import BeadSettings
from align.encoder import load_encoder
from align.encoder.transformer import SentenceEncoder
from align.manifest import find_manifest
from align.vectors import centred, unit
from eval.noise import KINDS, Case, Noise, noised
from tests.fakes import HashEncoder
from tests.test_encoder import WORDS as KNOWN_WORDS
from tests.test_encoder import save_model, word_pieces

ENCODER = HashEncoder(256)
SETTINGS = BeadSettings()
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]
NEAR = 4
"""How many segments away from a change beads may change with it."""

MOST_SECONDS = 60.0
"""Processor time, not time on the wall, for 2,000 segments a side. Usual is a tenth of it; a cost
per bead that grew with the length of the text would be hours."""

seeds = st.integers(0, 10**6)
kinds = st.sampled_from(sorted(KINDS))


def written(count: int, seed: int) -> list[str]:
    """Write sentences of words that hardly recur."""
    rng = random.Random(seed)
    return [
        " ".join(
            "".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))) for _ in range(rng.randint(6, 16))
        )
        for _ in range(count)
    ]


def story(count: int, kind: str, seed: int) -> Case:
    """Return a text and its translation, which is in capitals, after noise of some kind."""
    pairs, strangers = (
        [(text, text.upper()) for text in written(n, s)] for n, s in ((count, seed), (9, seed + 1))
    )
    return noised(kind, pairs, KINDS[kind], strangers, random.Random(seed))


def side(texts: Sequence[str], encoder: HashEncoder = ENCODER) -> Side:
    """Encode one side as the pipeline does."""
    return Side(centred(encoder.encode(texts)), np.array([len(t) for t in texts], np.float32))


def beads_of(source: Sequence[str], target: Sequence[str]) -> tuple[Bead, ...]:
    """Align two lists of texts."""
    return find_beads(side(source), side(target), SETTINGS)


def links(beads: Sequence[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...], bool]]:
    """Return what stands for what, without order and scores."""
    return {(tuple(b.source), tuple(b.target), b.moved) for b in beads}


def assert_covers(beads: Sequence[Bead], n: int, m: int) -> None:
    """Assert that each segment is in one bead, that beads ascend but for moved ones, and scores."""
    assert [i for bead in beads for i in bead.source] == list(range(n))
    assert sorted(j for bead in beads for j in bead.target) == list(range(m))
    ascending = [j for bead in beads if not bead.moved for j in bead.target]
    assert ascending == sorted(ascending)
    assert all(bead.source or bead.target for bead in beads)
    assert all(bead.source and bead.target for bead in beads if bead.moved or bead.doubt)
    for bead in beads:
        said = (bead.score, *bead.source_alone, *bead.target_alone)
        assert all(0 <= probability <= 1 for probability in said)
        assert len(bead.source_alone) in (0, len(bead.source))
        assert len(bead.target_alone) in (0, len(bead.target))


@settings(max_examples=60)
@given(st.integers(1, 60), kinds, seeds)
def test_beads_cover_whatever_happened_to_a_text(count: int, kind: str, seed: int) -> None:
    """After any noise each segment is in one bead, and all but moved ones ascend."""
    case = story(count, kind, seed)
    assert_covers(beads_of(case.source, case.target), len(case.source), len(case.target))


@settings(max_examples=40)
@given(st.integers(1, 50), kinds, seeds)
def test_swapping_the_sides_mirrors_whatever_happened(count: int, kind: str, seed: int) -> None:
    """Which text is called the source changes nothing but the names.

    Of two blocks of one size that changed places either may be said to have moved.
    """
    case = story(count, kind, seed)
    there = links(beads_of(case.source, case.target))
    back = links(beads_of(case.target, case.source))
    assert {link[:2] for link in there} == {(source, target) for target, source, _ in back}
    assert sum(moved for *_, moved in there) == sum(moved for *_, moved in back)


@settings(max_examples=25)
@given(st.integers(20, 40), seeds, st.data())
def test_a_lost_block_changes_no_distant_bead(count: int, seed: int, data: st.DataObject) -> None:
    """In a translation that joined sentences, a lost block of target sentences is local.

    What stood for it stands alone, and every bead further away is what it was.
    """
    noise = Noise(merged=0.15)
    pairs = [(text, text.upper()) for text in written(count, seed)]
    case = noised("merged", pairs, noise, [], random.Random(seed))
    m = len(case.target)
    size = data.draw(st.integers(1, 3))
    first = data.draw(st.integers(0, m - size))
    gone = range(first, first + size)
    before = beads_of(case.source, case.target)
    after = links(beads_of(case.source, [t for j, t in enumerate(case.target) if j not in gone]))
    linked = {i for source, target, _ in after if target for i in source}
    for bead in before:
        if set(bead.target) and set(bead.target) <= set(gone):
            assert not linked & set(bead.source)
        elif all(abs(j - k) > NEAR for j in bead.target for k in (gone[0], gone[-1])):
            kept = tuple(j if j < first else j - size for j in bead.target)
            assert (tuple(bead.source), kept, bead.moved) in after


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([""] * 2000, [""] * 2000),
        (["a"] * 2000, ["b"] * 1900),
        (["The same again."] * 2000, ["THE SAME AGAIN."] * 2000),
        ([""] * 2000, written(40, 1)),
        ([*written(1000, 2), *["x"] * 1000], [*["x"] * 1000, *written(1000, 2)]),
    ],
    ids=["empty", "letters", "identical", "against-text", "crossed"],
)
def test_two_thousand_segments_without_sense(source: list[str], target: list[str]) -> None:
    """Empty, one-letter and identical segments do no harm, and take no more time than others."""
    start = time.process_time()
    beads = beads_of(source, target)
    assert time.process_time() - start < MOST_SECONDS
    assert_covers(beads, len(source), len(target))


@pytest.mark.parametrize("short", [1, 2])
def test_one_side_a_thousand_times_longer(short: int) -> None:
    """A few sentences find their own among thousands, in order; all others are alone."""
    text = written(1000 * short, 4)
    places = [700, 1500][:short]
    few = [text[i].upper() for i in places]
    beads = beads_of(text, few)
    assert_covers(beads, len(text), short)
    found = {(tuple(b.source), tuple(b.target)) for b in beads if b.source and b.target}
    assert found == {((place,), (j,)) for j, place in enumerate(places)}
    assert links(beads_of(few, text)) == {(t, s, moved) for s, t, moved in links(beads)}


@pytest.mark.parametrize("dimension", [1, 2, 3, 32, 384, 1024])
def test_any_dimension(dimension: int) -> None:
    """Encoders may have any dimension; with enough of it, a faithful text is one to one."""
    text = written(30, 5)
    encoder = HashEncoder(dimension)
    one, two = side(text, encoder), side([t.upper() for t in text], encoder)
    beads = find_beads(one, two, SETTINGS)
    assert_covers(beads, 30, 30)
    if dimension >= 32:
        assert links(beads) == {((i,), (i,), False) for i in range(30)}


@settings(max_examples=30)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 5), seeds)
def test_vectors_without_length(n: int, m: int, dimension: int, seed: int) -> None:
    """Vectors of nothing but zeros, as centring may leave them, and texts of no characters."""
    rng = np.random.default_rng(seed)
    one, two = (
        Side(
            unit(
                (rng.standard_normal((k, dimension)) * (rng.random((k, 1)) < 0.5)).astype(
                    np.float32
                )
            ),
            rng.integers(0, 3, k).astype(np.float32),
        )
        for k in (n, m)
    )
    assert_covers(find_beads(one, two, SETTINGS), n, m)


def test_the_same_texts_have_the_same_beads_again() -> None:
    """Nothing is left to chance: two runs agree in every score."""
    case = story(50, "web", 6)
    assert beads_of(case.source, case.target) == beads_of(case.source, case.target)


@pytest.fixture(scope="module")
def like_labse(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    """Make a local folder with LaBSE's modules: first token, a dense layer, unit length."""
    from sentence_transformers import SentenceTransformer  # torch takes seconds
    from sentence_transformers.sentence_transformer import modules

    folder = tmp_path_factory.mktemp("labse")
    body = modules.Transformer(str(save_model(folder / "bert", word_pieces(), 32)))
    pooling = modules.Pooling(32, pooling_mode="cls")
    parts = [body, pooling, modules.Dense(32, 32), modules.Normalize()]
    SentenceTransformer(modules=parts, device="cpu").save(str(folder / "model"))
    loaded = load_encoder(find_manifest(str(folder / "model")), folder / "unused")
    assert isinstance(loaded, SentenceEncoder)
    return loaded


def test_an_encoder_like_labse_aligns(like_labse: SentenceEncoder) -> None:
    """An encoder of 32 dimensions with a dense layer and no centre of its own serves as well."""
    rng = random.Random(8)
    words = KNOWN_WORDS.split()
    source = [" ".join(rng.choices(words, k=rng.randint(4, 14))) for _ in range(24)]
    target = [text.upper() for text in source]
    beads = pipeline.align_segments(source, target, like_labse)
    assert links(beads) == {((i,), (i,), False) for i in range(24)}
    beads = pipeline.align_segments(source, target[:9] + target[10:], like_labse)
    assert_covers(beads, 24, 23)
    assert ((9,), (), False) in links(beads)
    assert all(a.source.stop == b.source.start for a, b in pairwise(beads))


def test_the_folder_is_as_labse_has_it(like_labse: SentenceEncoder) -> None:
    """The stand-in is what it claims: unit rows of 32 numbers, and no centre."""
    rows = like_labse.encode(["the cat sat", ""])
    assert rows.shape == (2, 32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(2), abs=1e-5)
    assert like_labse.centre is None
    assert Path(like_labse.identity.split("@")[0]).name
