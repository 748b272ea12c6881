"""Beads mended by their words, on tokens made by hand: each word is an axis of its own."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from align.beads.chain import Link
from align.beads.mend import mended
from align.beads.scale import Scale
from align.beads.side import Side
from align.vectors import unit
from tests.test_beads import drawn

WORDS = "abcdefghijklmnopqrstuvwxyz"
SCALE = Scale(low=0.0, high=0.8, ratio=1.0)


def side(*segments: str) -> Side:
    """Make a side whose tokens are letters; a segment's vector is the mean of its letters'."""
    axes = np.eye(len(WORDS), dtype=np.float32)
    tokens = tuple(axes[[WORDS.index(letter) for letter in text]] for text in segments)
    means = unit(np.array([rows.sum(axis=0) for rows in tokens], np.float32))
    return Side(means, np.array([len(text) for text in segments], np.float32), tokens)


def mend(source: Side, target: Side, *chain: tuple[Sequence[int], Sequence[int]]) -> list[Link]:
    """Mend a chain that is given as the first number and the stop of each run."""
    return mended(source, target, SCALE, [(range(*s), range(*t)) for s, t in chain])


def test_a_member_that_explains_nothing_becomes_a_gap() -> None:
    """A lost sentence that hid at the end of a bead is told apart; one that says a part stays."""
    found = mend(side("abcd", "xyz"), side("abcd"), ((0, 2), (0, 1)))
    assert found == [(range(1), range(1)), (range(1, 2), range(0))]
    found = mend(side("xyz", "abcd"), side("abcd"), ((0, 2), (0, 1)))
    assert found == [(range(1), range(0)), (range(1, 2), range(1))]
    assert mend(side("abcd", "xyz"), side("abcdxyz"), ((0, 2), (0, 1))) == [(range(2), range(1))]


def test_a_gap_that_explains_what_nothing_explains_joins_its_bead() -> None:
    """The half of a sentence that was split off belongs to the bead, on either side of it."""
    found = mend(side("abcd", "xyz"), side("abcdxyz"), ((0, 1), (0, 1)), ((1, 2), (0, 0)))
    assert found == [(range(2), range(1))]
    found = mend(side("abcdxyz"), side("abcd", "xyz"), ((0, 0), (0, 1)), ((0, 1), (1, 2)))
    assert found == [(range(1), range(2))]


def test_a_gap_that_nothing_speaks_of_stays_alone() -> None:
    """A lost sentence beside a whole bead is still lost."""
    chain = (range(1), range(1)), (range(1, 2), range(0))
    assert mended(side("abcd", "xyz"), side("abcd"), SCALE, chain) == list(chain)


def test_beads_join_where_words_moved_over_their_border() -> None:
    """Two sentences whose border lies elsewhere in the translation are one bead."""
    source = side("abcdefgh", "nopqrst")
    assert mend(source, side("abcdef", "ghnopqrst"), ((0, 1), (0, 1)), ((1, 2), (1, 2))) == [
        (range(2), range(2))
    ]
    chain = (range(1), range(1)), (range(1, 2), range(1, 2))
    assert mended(source, side("abcdefgh", "nopqrst"), SCALE, chain) == list(chain)


def test_a_bead_with_a_clean_border_inside_is_two() -> None:
    """What the vectors joined without need is parted again."""
    found = mend(side("abcdefgh", "nopqrst"), side("abcdefgh", "nopqrst"), ((0, 2), (0, 2)))
    assert found == [(range(1), range(1)), (range(1, 2), range(1, 2))]


def test_sentences_that_changed_places_leave_one_pair_in_order() -> None:
    """The longer pair stays; the other two are gaps, which the search for moves will pair."""
    found = mend(side("abcdefgh", "nop"), side("nop", "abcdefgh"), ((0, 2), (0, 2)))
    assert found == [
        (range(0), range(1)),
        (range(1), range(1, 2)),
        (range(1, 2), range(0)),
    ]


def test_without_tokens_nothing_changes() -> None:
    """Any encoder will do; only one that gives tokens lets beads be mended."""
    bare = Side(side("ab", "cd").vectors, np.array([2, 2], np.float32))
    assert mended(bare, side("ab"), SCALE, [(range(2), range(1))]) == [(range(2), range(1))]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_mended_chain_covers_the_same_segments_in_order(seed: int) -> None:
    """Whatever the tokens say, no segment is lost, doubled or out of its place."""
    rng = np.random.default_rng(seed)
    sides = []
    for count in rng.integers(1, 9, 2).tolist():
        bare = drawn(count, rng)
        sizes = rng.integers(0, 6, count).tolist()
        tokens = tuple(unit(rng.standard_normal((n, 12)).astype(np.float32)) for n in sizes)
        sides.append(Side(bare.vectors, bare.lengths, tokens))
    chain, i, j = [], 0, 0
    while i < len(sides[0]) or j < len(sides[1]):
        a = min(int(rng.integers(0, 3)), len(sides[0]) - i)
        b = min(int(rng.integers(0, 3)), len(sides[1]) - j)
        if a and b:
            chain.append((range(i, i + a), range(j, j + b)))
        else:
            chain += [(range(k, k + 1), range(0)) for k in range(i, i + a)]
            chain += [(range(0), range(k, k + 1)) for k in range(j, j + b)]
        i, j = i + a, j + b
    found = mended(sides[0], sides[1], SCALE, chain)
    for k in (0, 1):
        assert [n for link in found for n in link[k]] == list(range(len(sides[k])))
