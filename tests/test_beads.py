"""Beads: the chain over two documents, against a reference and under what translators do."""

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.beads import Side, find_beads, shapes
from align.beads.chain import best_chain
from align.beads.cuts import PIECE, pieces
from align.beads.links import find_links
from align.beads.scale import best_pairs, measure
from align.beads.scores import Links, Scores
from align.bitext import Bead
from align.config import BeadSettings
from align.vectors import centred, unit
from tests.fakes import HashEncoder

ENCODER = HashEncoder(128)
SETTINGS = BeadSettings()
WORDS = [a + b + c for a in "bdglmn" for b in "aeiou" for c in ("ra", "ko", "lin", "sta", "vu")]

seeds = st.integers(0, 10**6)
sizes = st.integers(0, 9)


def sentences(count: int, seed: int = 0) -> list[str]:
    """Write a text of sentences that have hardly a word in common."""
    rng = random.Random(seed)  # no secret
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
    for bead in beads:
        assert len(bead.source_alone) == len(bead.source)
        assert len(bead.target_alone) == len(bead.target)
        assert all(0 <= chance <= 1 for chance in (*bead.source_alone, *bead.target_alone))
        assert not bead.doubt or (bead.source and bead.target)


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
    rng = random.Random(seed)  # no secret
    source = sentences(count, seed)
    target = [text for text in source if rng.random() < 0.8] + sentences(
        rng.randint(0, 2), seed + 1
    )
    if len(target) > 1 and rng.random() < 0.5:
        target[:2] = [" ".join(target[:2])]
    assert pairs(align(source, target)) == {(t, s, m) for s, t, m in pairs(align(target, source))}


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 8), st.integers(1, 8), seeds, st.sampled_from([1, 2, 4, 5]), st.booleans())
def test_the_chain_is_the_best_there_is(
    n: int, m: int, seed: int, longest: int, linked: bool
) -> None:
    """The chain row by row is as good as that of a plain quadratic recursion over all steps."""
    limits = BeadSettings(longest_run=longest)
    source, target = random_sides(n, m, seed)
    scale = measure(source, target, best_pairs(source, target), limits.length_slack)
    share = np.random.default_rng(seed).random((2, n, m)).astype(np.float32)
    scores = Scores(source, target, scale, limits, Links(*share) if linked else None)
    kinds = tuple((a, b) for a, b in shapes(longest) if a <= n and b <= m)
    tables = scores.tables(kinds, range(n))
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
    chain = best_chain(scores)
    total = sum(
        float(tables[len(s), len(t)][s.start, t.start]) if s and t else -limits.gap_cost
        for s, t in chain
    )
    assert total == pytest.approx(best[n, m], abs=1e-4)
    assert [i for s, _ in chain for i in s] == list(range(n))
    assert [j for _, t in chain for j in t] == list(range(m))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 30), st.integers(1, 12), seeds)
def test_tables_of_a_few_rows_are_those_of_all(n: int, m: int, seed: int) -> None:
    """Scores are computed some rows at a time; where the rows begin changes nothing."""
    source, target = random_sides(n, m, seed)
    scale = measure(source, target, best_pairs(source, target), SETTINGS.length_slack)
    share = np.random.default_rng(seed).random((2, n, m)).astype(np.float32)
    scores = Scores(source, target, scale, SETTINGS, Links(*share))
    kinds = tuple((a, b) for a, b in shapes(3) if a <= n and b <= m)
    whole = scores.tables(kinds, range(n))
    rows = range(n // 3, n)
    for (a, b), table in scores.tables(kinds, rows).items():
        assert table == pytest.approx(whole[a, b][rows.start :], abs=1e-5)


def test_shapes_have_at_most_two_on_one_side() -> None:
    """With runs of four, five segments at most are in a bead, and two at most on one side."""
    assert shapes(1) == ((1, 1),)
    assert shapes(2) == ((1, 1), (1, 2), (2, 1))
    two = {(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1)}
    assert set(shapes(4)) == two
    assert set(shapes(5)) == two | {(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)}


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


def long_text(count: int, dimension: int = 48) -> tuple[Side, Side, list[int]]:
    """Return a long text, its translation that lost every 37th segment, and the segments left."""
    rng = np.random.default_rng(count)
    meaning = rng.standard_normal((count, dimension))
    kept = [i for i in range(count) if i % 37 != 5]
    sides = [
        unit((meaning[rows] + 0.4 * rng.standard_normal((len(rows), dimension))).astype(np.float32))
        for rows in (list(range(count)), kept)
    ]
    lengths = rng.integers(30, 200, count).astype(np.float32)
    return Side(sides[0], lengths), Side(sides[1], lengths[kept]), kept


def test_a_long_text_is_cut_at_sure_places() -> None:
    """Pieces follow each other, are short, and each cut stands between true pairs."""
    source, target, kept = long_text(3000)
    pairs = best_pairs(source, target, 1200)
    scale = measure(source, target, pairs, SETTINGS.length_slack)
    cut = pieces(source, target, scale, pairs, SETTINGS.exact_limit)
    assert [i for s, _ in cut for i in s] == list(range(len(source)))
    assert [j for _, t in cut for j in t] == list(range(len(target)))
    assert all(kept[t.start] == s.start for s, t in cut)
    assert max(len(s) for s, _ in cut) < 3 * PIECE


def test_a_long_text_has_the_beads_of_an_exact_search() -> None:
    """Cutting changes nothing where places to cut are sure."""
    source, target, kept = long_text(1500)
    exact = find_beads(source, target, BeadSettings(exact_limit=2000))
    assert pairs(find_beads(source, target, SETTINGS)) == pairs(exact)
    assert {(b.source.start, kept[b.target.start]) for b in exact if b.target} == {
        (i, i) for i in kept
    }


def test_a_long_text_without_anchors_is_aligned_somehow() -> None:
    """One line twenty thousand times over leaves no sure place to cut, and is a refrain still."""
    one = Side(
        np.tile(unit(np.ones((1, 4), np.float32)), (20_000, 1)), np.full(20_000, 9, np.float32)
    )
    beads = find_beads(one, one, SETTINGS)
    assert_sound(beads, 20_000, 20_000)


def test_tokens_tell_which_neighbour_a_sentence_belongs_to() -> None:
    """A third sentence as like one as the other goes to that which shares its tokens."""
    rng = np.random.default_rng(3)
    words = unit(rng.standard_normal((40, 64)).astype(np.float32))
    one, two = words[:8], words[8:16]
    third = words[12:16]
    source = Side(unit(np.array([one.sum(0), two.sum(0)])), np.array([80, 80], np.float32))
    rows = np.array([one.sum(0), one.sum(0) + two.sum(0), two[:4].sum(0)])
    target = Side(unit(rows), np.array([80, 40, 40], np.float32), (one, third, two[:4]))
    links = find_links(
        Side(source.vectors, source.lengths, (one, two)),
        target,
        [(range(1), range(1)), (range(1, 2), range(1, 3))],
    )
    assert links is not None
    assert links.source[1, 1] > 0.5 > links.source[0, 1]
    assert find_links(source, target, [(range(1), range(1))]) is None


def test_two_lost_sentences_that_face_each_other_are_no_pair() -> None:
    """They are two gaps, or at least a less sure pair than any true one."""
    for seed in range(6):
        text = sentences(20, seed)
        beads = align(text, [*text[:9], sentences(1, 77 + seed)[0], *text[10:]])
        facing = [b for b in beads if 9 in b.source]
        others = [b for b in beads if 9 not in b.source and 9 not in b.target]
        assert all(not b.doubt for b in others)
        assert all(not b.target or b.score < min(o.score for o in others) for b in facing)


def test_a_lost_sentence_is_alone_and_others_are_not() -> None:
    """The probability of having no counterpart is high for it and low for the rest."""
    text = sentences(20)
    beads = align(text, [*text[:9], *text[10:]])
    alone = {i: chance for b in beads for i, chance in zip(b.source, b.source_alone, strict=True)}
    assert alone[9] > 0.9
    assert all(chance < 0.1 for i, chance in alone.items() if i != 9)


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
