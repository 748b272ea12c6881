"""Doubtful beads: what the verifier holds for lost is taken out of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from align.beads import find_beads
from align.bitext import Bead, Span
from align.judgement import ERRORS, Judgement, WordOdds
from align.recut import Texts, doubtful, recut
from align.vectors import TokenVectors
from align.verifier import Pair, Passage
from tests.test_beads import SETTINGS, assert_sound, sentences, side

COUNT = 12


@dataclass
class Knowing:
    """A verifier that knows which words are lost; it also remembers what it was asked."""

    lost: frozenset[str]
    identity: str = "knowing"
    risk: float = 0.5
    asked: list[tuple[str, str]] = field(default_factory=list)

    def judge(self, pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
        """Say that the words it knows are lost, and a pair of none but those unrelated."""
        self.asked += [(source.text, target.text) for source, target in pairs]
        return tuple(self._judged(source, target) for source, target in pairs)

    def _judged(self, source: Passage, target: Passage) -> Judgement:
        one, other = self._odds(source), self._odds(target)
        every = bool(one.spans) and bool(one.lacking.all() and other.lacking.all())
        errors = dict.fromkeys(ERRORS, 0.0) | {"unrelated": float(every)}
        return Judgement(one, other, errors, self.risk)

    def _odds(self, passage: Passage) -> WordOdds:
        spans = tuple(Span(*m.span()) for m in re.finditer(r"\w+", passage.text))
        words = [span.of(passage.text).casefold() for span in spans]
        lacking = np.array([float(word in self.lost) for word in words], np.float32)
        return WordOdds(spans, lacking, np.zeros(len(spans), np.float32))

    def risk_at(self, alarms: float) -> float:
        """Return some risk."""
        return 0.5


@dataclass
class Comparing(Knowing):
    """A verifier for which a word is lost that the other side has not, which may raise the risk."""

    amiss: float = 0.0

    def _judged(self, source: Passage, target: Passage) -> Judgement:
        theirs = words_of(target.text), words_of(source.text)
        one = replace(self, lost=words_of(source.text) - theirs[0])._odds(source)
        other = replace(self, lost=words_of(target.text) - theirs[1])._odds(target)
        lacks = one.lacking.any() or other.lacking.any()
        risk = max(self.risk, self.amiss) if lacks else self.risk
        return Judgement(one, other, dict.fromkeys(ERRORS, 0.0), risk)


def words_of(*texts: str) -> frozenset[str]:
    """Return the words of some texts."""
    return frozenset(word for text in texts for word in text.casefold().split())


def tokens(texts: Sequence[str]) -> dict[int, TokenVectors]:
    """Return a token for each text; the verifier here does not look at vectors."""
    return {
        k: TokenVectors((Span(0, len(text)),), np.ones((1, 4), np.float32))
        for k, text in enumerate(texts)
    }


def cut(
    beads: Sequence[Bead], source: list[str], target: list[str], verifier: Knowing
) -> tuple[Bead, ...]:
    """Cut the beads of two texts anew."""
    texts = Texts((source, target), (tokens(source), tokens(target)))
    return recut(beads, (side(source), side(target)), texts, verifier, SETTINGS)


def faithful() -> tuple[list[str], list[str], list[Bead]]:
    """Return a text, its translation and its beads."""
    source = sentences(COUNT)
    target = [text.upper() for text in source]
    return source, target, list(find_beads(side(source), side(target), SETTINGS))


def links(beads: Sequence[Bead]) -> list[tuple[list[int], list[int]]]:
    """Return the segments of each bead."""
    return [(list(bead.source), list(bead.target)) for bead in beads]


def test_sure_pairs_are_not_read() -> None:
    """Of a faithful translation nothing is read, and the very same beads come back."""
    source, target, beads = faithful()
    beads = [replace(bead, score=0.999) for bead in beads]
    verifier = Knowing(words_of(*source))
    assert cut(beads, source, target, verifier) == tuple(beads)
    assert not verifier.asked
    assert doubtful(beads) == ()
    assert doubtful([replace(beads[0], score=0.9)]) == (replace(beads[0], score=0.9),)


def test_two_lost_sentences_that_face_each_other_are_parted() -> None:
    """Each becomes a gap, in its place, and the pairs about it stay as they are."""
    source, target, beads = faithful()
    target[5] = sentences(COUNT, 1)[0].upper()
    beads[5] = replace(beads[5], score=0.7)
    found = cut(beads, source, target, Knowing(words_of(source[5], target[5])))
    assert_sound(found, COUNT, COUNT)
    gaps = [link for link in links(found) if not all(link)]
    assert sorted(gaps) == [([], [5]), ([5], [])]
    assert {bead for bead in beads if bead.source[0] != 5} <= set(found)


@pytest.mark.parametrize("place", [0, 1])
def test_a_lost_sentence_is_taken_out_of_its_neighbours_bead(place: int) -> None:
    """It may stand before or after what is translated."""
    source, target, beads = faithful()
    lost = 5 + place
    del target[lost]
    joined = Bead(range(5, 7), range(5, 6), 0.6, source_alone=(0.1, 0.1), target_alone=(0.1,))
    beads[5:] = [
        joined,
        *(
            Bead(range(i, i + 1), range(i - 1, i), 1.0, source_alone=(0.0,), target_alone=(0.0,))
            for i in range(7, COUNT)
        ),
    ]
    verifier = Knowing(words_of(source[lost]))
    found = cut(beads, source, target, verifier)
    assert_sound(found, COUNT, COUNT - 1)
    assert ([lost], []) in links(found)
    assert ([11 - lost], [5]) in links(found)
    assert (target[5], " ".join(source[5:7])) in verifier.asked, "read in both directions"


@pytest.mark.parametrize(
    ("own", "left_out", "risk", "amiss", "alone"),
    [
        (2, 0, 0.3, 0.9, True),
        (2, 0, 0.6, 0.9, False),
        (2, 1, 0.3, 0.9, False),
        (2, 0, 0.3, 0.3, False),
        (0, 0, 0.6, 0.9, False),
    ],
    ids=["rest whole", "rest at risk", "rest misses a word", "not at risk", "nothing lost"],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_segment_partly_lost_is_taken_out_if_the_rest_is_whole(
    place: int, own: int, left_out: int, risk: float, amiss: float, alone: bool
) -> None:
    """It may repeat words of its neighbour, which is why it was taken in."""
    source, target, beads = faithful()
    words = source[5].split()
    source[6] = " ".join([*words[-3:], *("further", "news")[:own]])
    target[5] = " ".join(words[left_out:]).upper()
    del target[6]
    if not place:
        source[5], source[6] = source[6], source[5]
    beads[5:] = [
        Bead(range(5, 7), range(5, 6), 0.6, source_alone=(0.1, 0.1), target_alone=(0.1,)),
        *(
            Bead(range(i, i + 1), range(i - 1, i), 1.0, source_alone=(0.0,), target_alone=(0.0,))
            for i in range(7, COUNT)
        ),
    ]
    found = cut(beads, source, target, Comparing(frozenset(), risk=risk, amiss=amiss))
    assert_sound(found, COUNT, COUNT - 1)
    gaps = [link for link in links(found) if not all(link)]
    assert gaps == ([([5 + place], [])] if alone else [])


@pytest.mark.parametrize("related", [False, True], ids=["both lost", "each other's"])
def test_segments_partly_lost_on_both_sides_are_taken_out_unless_they_are_a_pair(
    related: bool,
) -> None:
    """Each may repeat words of the other pair, which is why the two were taken together."""
    source, target, beads = faithful()
    words = [source[k].split() for k in (5, 6)]
    source[6] = " ".join(words[1] if related else [*words[0][-3:], "further", "news"])
    target[6] = " ".join([*words[1], "further"] if related else [*words[0][:3], "other", "facts"])
    target[6] = target[6].upper()
    beads[5:7] = [
        Bead(range(5, 7), range(5, 7), 0.6, source_alone=(0.1, 0.1), target_alone=(0.1, 0.1))
    ]
    found = cut(beads, source, target, Comparing(frozenset(), risk=0.3, amiss=0.9))
    assert_sound(found, COUNT, COUNT)
    gaps = [link for link in links(found) if not all(link)]
    assert sorted(gaps) == ([] if related else [([], [6]), ([6], [])])


@dataclass
class Crowded(Knowing):
    """A verifier that holds its words for lost only where two segments are one too many."""

    def _odds(self, passage: Passage) -> WordOdds:
        crowded = len(words_of(passage.text) & self.lost) > 1
        return Knowing._odds(self if crowded else replace(self, lost=frozenset()), passage)


def test_one_segment_at_a_time_is_taken_out() -> None:
    """Beside a lost one, another seems lost as well."""
    source, target, _ = faithful()
    source[5], source[7] = "first first first first first", "third third third third"
    target[6] = source[6].upper()
    del target[5], target[6]
    beads = [
        Bead(range(i, i + 1), range(j, j + 1), 0.999, source_alone=(0.0,), target_alone=(0.0,))
        for i, j in [*((k, k) for k in range(5)), *((k, k - 2) for k in range(8, COUNT))]
    ]
    wide = Bead(range(5, 8), range(5, 6), 0.6, source_alone=(0.1,) * 3, target_alone=(0.1,))
    beads.insert(5, wide)
    found = cut(beads, source, target, Crowded(words_of(source[5], source[7]), risk=0.1))
    assert_sound(found, COUNT, COUNT - 2)
    assert links(found)[5:7] == [([5, 6], [5]), ([7], [])]


def test_a_bead_whose_sides_have_nothing_to_do_with_each_other_is_parted() -> None:
    """All its segments are gaps at once, however many they are."""
    source, target, beads = faithful()
    target[5:7] = [text.upper() for text in sentences(COUNT, 1)[:2]]
    beads[5:7] = [
        Bead(range(5, 7), range(5, 7), 0.6, source_alone=(0.1, 0.1), target_alone=(0.1, 0.1))
    ]
    beads = [bead if len(bead.source) > 1 else replace(bead, score=0.999) for bead in beads]
    verifier = Knowing(words_of(*source[5:7], *target[5:7]))
    found = cut(beads, source, target, verifier)
    assert_sound(found, COUNT, COUNT)
    assert sorted(link for link in links(found) if not all(link)) == [
        ([], [5]),
        ([], [6]),
        ([5], []),
        ([6], []),
    ]
    whole = " ".join(source[5:7]), " ".join(target[5:7])
    assert verifier.asked[:2] == [whole, whole[::-1]]
    assert all({*pair} <= {*source, *target} for pair in verifier.asked[2:]), "no rest was read"


def test_of_a_run_that_is_all_lost_the_last_member_is_read_again() -> None:
    """A bead is not taken apart at once: what remains is judged as a pair of its own."""
    source, target, beads = faithful()
    del target[6]
    target[5] = sentences(COUNT, 1)[0].upper()
    beads[5:] = [
        Bead(range(5, 7), range(5, 6), 0.4, source_alone=(0.1, 0.1), target_alone=(0.1,)),
        *(
            Bead(range(i, i + 1), range(i - 1, i), 1.0, source_alone=(0.0,), target_alone=(0.0,))
            for i in range(7, COUNT)
        ),
    ]
    verifier = Knowing(words_of(source[5], source[6], target[5]))
    found = cut(beads, source, target, verifier)
    assert_sound(found, COUNT, COUNT - 1)
    assert sorted(link for link in links(found) if not all(link)) == [
        ([], [5]),
        ([5], []),
        ([6], []),
    ]


def test_a_member_between_others_stays() -> None:
    """A bead has no holes."""
    source, target, beads = faithful()
    del target[5:7]
    beads[4:] = [
        Bead(range(4, 7), range(4, 5), 0.6, source_alone=(0.1,) * 3, target_alone=(0.1,)),
        *(
            Bead(
                range(i, i + 1), range(i - 2, i - 1), 1.0, source_alone=(0.0,), target_alone=(0.0,)
            )
            for i in range(7, COUNT)
        ),
    ]
    assert cut(beads, source, target, Knowing(words_of(source[5]))) == tuple(beads)


def test_a_moved_pair_that_is_none_leaves_two_gaps_in_their_places() -> None:
    """Gaps are not moved; each stands where its own text has it."""
    source, target, beads = faithful()
    target = [target[0], *target[2:9], target[1], *target[9:]]
    beads = [
        Bead(range(i, i + 1), range(j, j + 1), 0.9, i == 1, "", (0.0,), (0.0,))
        for i, j in enumerate([0, 8, *range(1, 8), *range(9, COUNT)])
    ]
    found = cut(beads, source, target, Knowing(words_of(source[1])))
    assert_sound(found, COUNT, COUNT)
    assert not any(bead.moved for bead in found)
    assert links(found)[1] == ([1], [])
    assert ([], [8]) in links(found)


def test_segments_without_words_are_left_where_they_are() -> None:
    """Of a line of dashes the verifier says nothing."""
    source, target, beads = faithful()
    source[5] = target[5] = "—"
    beads[5] = replace(beads[5], score=0.2)
    assert cut(beads, source, target, Knowing(frozenset())) == tuple(beads)
