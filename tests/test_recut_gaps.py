"""Gaps of which the verifier misses nothing are paired, or joined to the bead beside them."""

from dataclasses import replace

import pytest

from align.bitext import Bead
from align.recut import Texts, recut
from tests.test_beads import SETTINGS, assert_sound, sentences, side
from tests.test_recut import COUNT, Comparing, Knowing, cut, faithful, links, tokens, words_of


def apart(place: int) -> tuple[list[str], list[str], list[Bead]]:
    """Return texts of which sentence 1 stands elsewhere in the translation, and in no bead."""
    source, target, _ = faithful()
    order = [0, *range(2, place + 1), 1, *range(place + 1, COUNT)]
    beads = [
        Bead(range(i, i + 1), range(j, j + 1), 0.999, source_alone=(0.0,), target_alone=(0.0,))
        for j, i in enumerate(order)
        if i != 1
    ]
    gaps = [
        Bead(range(1, 2), range(0), 0.9, source_alone=(0.9,)),
        Bead(range(0), range(place, place + 1), 0.9, target_alone=(0.9,)),
    ]
    return source, [target[i] for i in order], [beads[0], gaps[0], *beads[1:], gaps[1]]


@pytest.mark.parametrize(("place", "moved"), [(8, True), (1, False)])
def test_gaps_that_say_the_same_are_paired(place: int, moved: bool) -> None:
    """The pair is moved if it crosses another bead; all others stay as they are."""
    source, target, beads = apart(place)
    found = cut(beads, source, target, Knowing(frozenset(), risk=0.1))
    assert_sound(found, COUNT, COUNT)
    (pair,) = set(found) - set(beads)
    assert links([pair]) == [([1], [place])]
    assert pair.moved is moved
    assert len(found) == len(beads) - 1


@pytest.mark.parametrize(
    ("verifier", "text"),
    [
        (Knowing(frozenset(), risk=0.4), ""),
        (Knowing(words_of(*sentences(2)[1].split()[:1]), risk=0.1), ""),
        (Knowing(frozenset(), risk=0.1), "Read more here"),
    ],
    ids=["a risk", "a word lost", "few words"],
)
def test_other_gaps_are_left_alone(verifier: Knowing, text: str) -> None:
    """That they resemble each other is not enough."""
    source, target, beads = apart(8)
    if text:
        source[1] = target[8] = text
    assert set(cut(beads, source, target, verifier)) == set(beads)
    assert verifier.asked


@pytest.mark.parametrize(("parts", "alone"), [(1, [([], [9])]), (2, [])])
def test_a_moved_sentence_may_have_been_split(
    parts: int, alone: list[tuple[list[int], list[int]]]
) -> None:
    """The two gaps beside each other belong to the one that says both; a third is left alone."""
    source, target, beads = apart(8)
    words = target[8].split()
    target[8:9] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    if parts == 1:
        target[9] = sentences(COUNT, 1)[0].upper()
        target[8] = " ".join(words)
    beads = [
        *(
            replace(b, target=range(b.target.start + 1, b.target.stop + 1))
            if b.target and b.target.start > 8
            else b
            for b in beads
        ),
        Bead(range(0), range(9, 10), 0.9, target_alone=(0.9,)),
    ]
    found = cut(beads, source, target, Comparing(frozenset(), risk=0.1))
    assert_sound(found, COUNT, COUNT + 1)
    moved = [bead for bead in found if bead.moved]
    assert links(moved) == [([1], [8, 9][:parts])]
    assert [link for link in links(found) if not all(link)] == alone


def test_gaps_near_each_other_are_not_read() -> None:
    """A headline and what it sums up say the same, and both may have lost their counterparts.

    Nor are the beads beside them, of which they say nothing.
    """
    source, target, beads = apart(3)
    verifier = Knowing(frozenset(), risk=0.1)
    assert set(cut(beads, source, target, verifier)) == set(beads)
    assert not verifier.asked


def beside(place: int, *, said: bool, told: bool) -> tuple[list[str], list[str], list[Bead]]:
    """Return texts of which a sentence beside the pair of sentence 5 stands alone.

    `said` if the translation of 5 says it too, `told` if the pair misses more than that.
    """
    source, target, beads = faithful()
    del target[5 + place]
    target[5] = " ".join([*target[5].split(), *(source[5 + place].upper().split() * said)])
    if told:
        target[5] += " FURTHER NEWS"
    rest = [
        Bead(range(i, i + 1), range(j, j + 1), 0.999, source_alone=(0.0,), target_alone=(0.0,))
        for i, j in [(6 - place, 5), *((k, k - 1) for k in range(7, COUNT))]
    ]
    gap = Bead(range(5 + place, 6 + place), range(0), 0.9, source_alone=(0.9,))
    pair, *others = rest
    return source, target, [*beads[:5], *([pair, gap] if place else [gap, pair]), *others]


@pytest.mark.parametrize(
    ("said", "told", "risk", "joined"),
    [
        (True, False, 0.1, True),
        (True, False, 0.3, False),
        (True, True, 0.1, False),
        (False, False, 0.1, False),
        (False, True, 0.1, False),
    ],
    ids=["says both", "a risk", "says more", "faithful", "says another thing"],
)
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_gap_is_joined_to_the_bead_that_misses_it(
    mirrored: bool, place: int, said: bool, told: bool, risk: float, joined: bool
) -> None:
    """It is, if nothing is missed of the two together; all other beads stay as they are."""
    source, target, beads = beside(place, said=said, told=told)
    wide = ([5, 6], [5])
    if mirrored:
        source, target, wide = target, source, wide[::-1]
        beads = [
            replace(
                b,
                source=b.target,
                target=b.source,
                source_alone=b.target_alone,
                target_alone=b.source_alone,
            )
            for b in beads
        ]
    found = cut(beads, source, target, Comparing(frozenset(), risk=risk))
    assert_sound(found, len(source), len(target))
    new = [bead for bead in found if bead not in beads]
    assert links(new) == ([wide] if joined else [])
    assert not any(bead.moved for bead in found)
    assert joined or len(found) == len(beads)


def test_gaps_of_a_text_whose_tokens_are_not_all_known_are_not_read() -> None:
    """They would be all its gaps, of a book."""
    source, target, beads = apart(8)
    verifier = Knowing(frozenset(), risk=0.1)
    texts = Texts((source, target), ({1: tokens(source)[1]}, {8: tokens(target)[8]}))
    assert recut(beads, (side(source), side(target)), texts, verifier, SETTINGS) == tuple(beads)
    assert not verifier.asked
