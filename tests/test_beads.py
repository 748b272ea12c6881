"""Beads: the chain over two documents, against a reference and under what translators do."""

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.beads import Side, _best_chain, _Scores, find_beads, shapes
from align.bitext import Bead
from align.config import BeadSettings
from align.errors import AlignError
from align.vectors import centred, unit
from tests.fakes import HashEncoder

ENCODER = HashEncoder(128)
SETTINGS = BeadSettings()
WORDS = [a + b + c for a in "bdglmn" for b in "aeiou" for c in ("ra", "ko", "lin", "sta", "vu")]

seeds = st.integers(0, 10**6)
sizes = st.integers(0, 9)


def sentences(count: int, seed: int = 0) -> list[str]:
    """Write a text of sentences that have hardly a word in common."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    return [" ".join(rng.sample(WORDS, rng.randint(6, 14))) for _ in range(count)]


def side(texts: Sequence[str]) -> Side:
    """Encode one side as the pipeline does."""
    lengths = np.array([len(text) for text in texts], np.float32)
    return Side(centred(ENCODER.encode(texts)), lengths)


def align(source: Sequence[str], target: Sequence[str]) -> tuple[Bead, ...]:
    """Align a text with a target text, which is in capitals."""
    return find_beads(side(source), side([text.upper() for text in target]), SETTINGS)


def drawn(count: int, rng: np.random.Generator) -> Side:
    """Draw a side of random vectors and lengths."""
    vectors = unit(rng.standard_normal((count, 12)).astype(np.float32))
    return Side(vectors, rng.integers(1, 200, count).astype(np.float32))


def random_sides(n: int, m: int, seed: int) -> tuple[Side, Side]:
    """Draw two sides; half of the target's rows are like some row of the source."""
    rng = np.random.default_rng(seed)
    source, target = drawn(n, rng), drawn(m, rng)
    if n:
        for j in np.flatnonzero(rng.random(m) < 0.5):
            i = min(n - 1, int(j) * n // max(m, 1))
            target.vectors[j] = source.vectors[i] + 0.5 * target.vectors[j]
    return source, Side(unit(target.vectors), target.lengths)


def pairs(beads: Sequence[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...], bool]]:
    """Return what stands for what, without order and scores."""
    return {(tuple(b.source), tuple(b.target), b.moved) for b in beads}


def one_to_one(count: int) -> list[tuple[range, range]]:
    """Return the beads of a text that was translated sentence by sentence."""
    return [(range(i, i + 1), range(i, i + 1)) for i in range(count)]


def assert_sound(beads: Sequence[Bead], n: int, m: int) -> None:
    """Assert that each segment is in one bead, and that beads ascend but for the moved ones."""
    assert sorted(i for bead in beads for i in bead.source) == list(range(n))
    assert sorted(j for bead in beads for j in bead.target) == list(range(m))
    assert [i for bead in beads for i in bead.source] == list(range(n))
    assert all(0 <= bead.score <= 1 for bead in beads)
    still = [bead for bead in beads if not bead.moved]
    ascending = [j for bead in still for j in bead.target]
    assert ascending == sorted(ascending)
    assert all(len(b.source) == len(b.target) == 1 for b in beads if b.moved)


@settings(deadline=None)
@given(sizes, sizes, seeds)
def test_every_segment_is_in_one_bead(n: int, m: int, seed: int) -> None:
    """Whatever the vectors, beads cover both sides once and ascend."""
    assert_sound(find_beads(*random_sides(n, m, seed), SETTINGS), n, m)


@settings(deadline=None)
@given(sizes, sizes, seeds)
def test_swapping_the_sides_mirrors_random_beads(n: int, m: int, seed: int) -> None:
    """Neither side is favoured, whatever the vectors and lengths."""
    source, target = random_sides(n, m, seed)
    there, back = (find_beads(*both, SETTINGS) for both in ((source, target), (target, source)))
    assert pairs(there) == {(t, s, moved) for s, t, moved in pairs(back)}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 14), seeds)
def test_swapping_the_sides_mirrors_the_beads_of_texts(count: int, seed: int) -> None:
    """A translation with losses, additions and merges has the same beads both ways."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    source = sentences(count, seed)
    target = [text for text in source if rng.random() < 0.8] + sentences(
        rng.randint(0, 2), seed + 1
    )
    if len(target) > 1 and rng.random() < 0.5:
        target[:2] = [" ".join(target[:2])]
    assert pairs(align(source, target)) == {(t, s, m) for s, t, m in pairs(align(target, source))}


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 8), st.integers(1, 8), seeds, st.sampled_from([1, 2, 4]))
def test_the_chain_is_the_best_there_is(n: int, m: int, seed: int, longest: int) -> None:
    """The chain row by row is as good as that of a plain quadratic recursion over all steps."""
    limits = BeadSettings(longest_run=longest)
    scores = _Scores(*random_sides(n, m, seed), limits)
    tables = {(a, b): scores.beads(a, b) for a, b in shapes(longest) if a <= n and b <= m}
    best = {(0, 0): 0.0}
    for i in range(n + 1):
        for j in range(m + 1):
            steps = [
                best[i - a, j - b] - limits.gap_cost
                for a, b in ((1, 0), (0, 1))
                if a <= i and b <= j
            ]
            steps += [
                best[i - a, j - b] + float(table[i - a, j - b])
                for (a, b), table in tables.items()
                if a <= i and b <= j
            ]
            best[i, j] = max(steps, default=0.0)
    chain = _best_chain(scores, limits)
    total = sum(
        float(tables[len(s), len(t)][s.start, t.start]) if s and t else -limits.gap_cost
        for s, t in chain
    )
    assert total == pytest.approx(best[n, m], abs=1e-5)
    assert [i for s, _ in chain for i in s] == list(range(n))
    assert [j for _, t in chain for j in t] == list(range(m))


def test_shapes_have_at_most_two_on_one_side() -> None:
    """With runs of four, five segments at most are in a bead, and two at most on one side."""
    assert shapes(1) == ((1, 1),)
    assert shapes(2) == ((1, 1), (1, 2), (2, 1))
    assert set(shapes(4)) == {
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
        (3, 2),
        (4, 1),
    }


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_a_faithful_translation_is_one_to_one(count: int) -> None:
    """Each sentence finds its own, and all beads are sure."""
    text = sentences(count)
    beads = align(text, text)
    assert [(b.source, b.target) for b in beads] == one_to_one(count)
    assert all(b.score > 0.7 and not b.moved for b in beads)


@settings(max_examples=30, deadline=None)
@given(st.integers(12, 25), st.data(), seeds)
def test_a_deleted_sentence_is_unmatched(count: int, data: st.DataObject, seed: int) -> None:
    """Its source stands alone; no bead further away than three has changed."""
    text = sentences(count, seed)
    gone = data.draw(st.integers(0, count - 1))
    beads = align(text, text[:gone] + text[gone + 1 :])
    assert (range(gone, gone + 1), range(0)) in [(b.source, range(len(b.target))) for b in beads]
    for bead in beads:
        if min(abs(i - gone) for i in bead.source) > 3:
            (i,) = bead.source
            assert list(bead.target) == [i if i < gone else i - 1]


@settings(max_examples=30, deadline=None)
@given(st.integers(8, 20), st.data(), seeds)
def test_merged_sentences_are_one_bead(count: int, data: st.DataObject, seed: int) -> None:
    """Two sentences that became one are a 2-1 bead, and 1-2 the other way round."""
    text = sentences(count, seed)
    first = data.draw(st.integers(0, count - 2))
    merged = [*text[:first], " ".join(text[first : first + 2]), *text[first + 2 :]]
    two, one = range(first, first + 2), range(first, first + 1)
    assert (two, one) in [(b.source, b.target) for b in align(text, merged)]
    assert (one, two) in [(b.source, b.target) for b in align(merged, text)]


@pytest.mark.parametrize("block", [range(2, 3), range(3, 6), range(14, 17)])
def test_a_moved_block_is_moved(block: range) -> None:
    """Sentences that the translation put elsewhere are matched there, and marked."""
    text = sentences(20)
    kept = [i for i in range(20) if i not in block]
    order = [*kept[:9], *block, *kept[9:]]
    beads = align(text, [text[i] for i in order])
    assert_sound(beads, 20, 20)
    assert {b.source.start: order[b.target.start] for b in beads} == {i: i for i in range(20)}
    assert {b.source.start for b in beads if b.moved} == set(block)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_leaves_all_unmatched(n: int, m: int) -> None:
    """Every segment of the other side is a bead of its own, and that is sure."""
    beads = align(sentences(n), sentences(m))
    assert_sound(beads, n, m)
    assert len(beads) == n + m
    assert all(b.score == 1.0 for b in beads)


def test_one_sentence_against_two_hundred() -> None:
    """The one finds its own among many; the others are additions in their order."""
    text = sentences(200)
    beads = align([text[77]], text)
    assert_sound(beads, 1, 200)
    assert (range(1), range(77, 78)) in [(b.source, b.target) for b in beads]
    assert pairs(align(text, [text[77]])) == {(t, s, m) for s, t, m in pairs(beads)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([""] * 500, [""] * 500),
        (["a"] * 500, ["a"] * 450),
        (["The same again."] * 500, ["The same again."] * 500),
        ([""] * 500, sentences(30)),
        ([*sentences(250), *[""] * 250], [*[""] * 250, *sentences(250)]),
    ],
    ids=["empty", "letters", "identical", "against-text", "crossed"],
)
def test_five_hundred_segments_without_sense(source: list[str], target: list[str]) -> None:
    """Texts that say nothing are aligned somehow, quickly, and cover both sides all the same."""
    assert_sound(align(source, target), len(source), len(target))


@pytest.mark.parametrize("count", [4, 5, 60])
def test_a_refrain_is_one_to_one(count: int) -> None:
    """A text of one line over and over is a translation all the same."""
    vectors = ENCODER.encode(["row row row your boat"] * count)
    one = Side(vectors, np.full(count, 21, np.float32))
    assert [(b.source, b.target) for b in find_beads(one, one, SETTINGS)] == one_to_one(count)


def test_a_long_text_of_furniture_keeps_its_sentences() -> None:
    """Sentences among hundreds of one-letter lines find each other."""
    text = sentences(20)
    source = [line for sentence in text for line in (sentence, *["x"] * 5)]
    beads = align(source, source)
    linked = {b.source.start: b.target.start for b in beads if len(b.source) == len(b.target) == 1}
    assert all(linked.get(6 * k) == 6 * k for k in range(20))


def test_too_long_a_text_is_an_error() -> None:
    """Beyond the limit the user is told which setting to raise."""
    limits = BeadSettings(exact_limit=3)
    find_beads(side(sentences(3)), side(sentences(3)), limits)
    for n, m in ((4, 1), (1, 4)):
        with pytest.raises(AlignError, match=r"4 segments; up to 3 are aligned") as caught:
            find_beads(side(sentences(n)), side(sentences(m)), limits)
        assert "exact_limit" in caught.value.fix


def test_other_dimensions_are_a_programmers_mistake() -> None:
    """Vectors of two encoders cannot be compared."""
    other = Side(np.ones((2, 3), np.float32), np.ones(2, np.float32))
    with pytest.raises(ValueError, match=r"matmul|dimension"):
        find_beads(side(sentences(2)), other, SETTINGS)


def test_target_only_beads_stand_where_the_target_has_them() -> None:
    """An added sentence is listed after the one that it follows."""
    text = sentences(6)
    beads = align(text, [*text[:3], *sentences(1, 99), *text[3:]])
    order = [(tuple(b.source), tuple(b.target)) for b in beads]
    assert order[2:5] == [((2,), (2,)), ((), (3,)), ((3,), (4,))]
    assert all(b.target.start - a.target.start == 1 for a, b in pairwise(beads))
