"""Doubtful beads and gaps, read by the verifier, which parts the former and pairs the latter.

Vectors of sentences cannot always tell a lost sentence from a related one: where both sides lost
one, the two that are left may be paired, and a lone one may be taken into the bead beside it; and a
sentence that was moved, beside others that resemble it, may be left alone. The verifier compares
word with word. It reads few beads: those of more than two segments, pairs of which the alignment
itself is not quite sure, and gaps that are each other's best.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from align import beads
from align.beads import Link
from align.bitext import Bead, Span
from align.config import BeadSettings
from align.judgement import Judgement, WordOdds
from align.vectors import TokenVectors
from align.verifier import Passage, Verifier, join_passages

_SURE = 0.99
"""A pair of a higher score is not read: of 6,043 right ones in noised NTREX articles 5 % have a
lower one, of 57 wrong ones two thirds, and those above are hardly ever told by the verifier."""
_LOST = 0.6
"""Mean probability of being lost of the words of a segment, from which it is taken out."""
_LOST_TOO = 0.25
"""The least of that on the other side where a pair is parted."""
_UNRELATED = 0.9
"""Probability that the sides of a pair have nothing to do with each other, from which they are
parted: of 59 wrong pairs in noised NTREX articles that is right for 45 (47 from .5), and for no
right one of 271; a sentence that was translated as something else may have .83."""

_WHOLE = 0.02
"""Mean probability of being lost of the words of a gap, up to which it may belong to another."""
_FAITHFUL = 0.2
"""Risk of such a pair. In two sets of noised NTREX articles in nine languages 28 of 51 pairs of
gaps that belong together are below both, and 2 of 708 that do not."""
_FEWEST_WORDS = 4
"""Words of a gap from which that tells anything."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Both sides as the verifier reads them.

    `segments` are the running texts of each side. `tokens` are the centred vectors of their tokens
    by number, of at least those segments that stand in a doubtful bead.
    """

    segments: tuple[Sequence[str], Sequence[str]]
    tokens: tuple[Mapping[int, TokenVectors], Mapping[int, TokenVectors]]


def is_in_doubt(found: Sequence[Bead]) -> bool:
    """Tell whether there is anything for the verifier to read."""
    both = any(not bead.target for bead in found) and any(not bead.source for bead in found)
    return both or bool(doubtful(found))


def doubtful(found: Sequence[Bead]) -> tuple[Bead, ...]:
    """Return the beads that the verifier should read."""
    return tuple(
        bead
        for bead in found
        if bead.source and bead.target and (_is_joined(bead) or bead.score < _SURE)
    )


def recut(
    found: Sequence[Bead],
    sides: tuple[beads.Side, beads.Side],
    texts: Texts,
    verifier: Verifier,
    settings: BeadSettings,
) -> tuple[Bead, ...]:
    """Return the beads without the segments that the verifier holds for lost, and these as gaps.

    Each bead is read in both directions, so that the sides may be swapped. What remains of a bead
    is read again. Last, gaps are paired that say the same, if the tokens of all segments are known.

    Args:
        found: As `find_beads` gives them.
        sides: What they were found in.
        texts: The texts of both sides, with their tokens.
        verifier: A loaded verifier that reads these vectors.
        settings: As for `find_beads`.
    """
    now = tuple(found)
    read: set[tuple[range, range]] = set()
    while True:
        unread = [b for b in doubtful(now) if (b.source, b.target) not in read]
        read.update((bead.source, bead.target) for bead in unread)
        pairs = [(_passage(texts, 0, b.source), _passage(texts, 1, b.target)) for b in unread]
        one = verifier.judge(pairs)
        other = verifier.judge([(target, source) for source, target in pairs])
        lone = {
            segment
            for bead, there, back in zip(unread, one, other, strict=True)
            for segment in _lone(bead, texts, there, back)
        }
        if not lone:
            break
        now = beads.without_lone(*sides, now, lone, settings)
    if any(len(texts.tokens[side]) < len(texts.segments[side]) for side in (0, 1)):
        return now
    whole = _whole(beads.gap_pairs(*sides, now, settings), now, texts, verifier)
    return beads.with_links(*sides, now, whole, settings) if whole else now


@dataclass(frozen=True, slots=True)
class _Read:
    """What the verifier says of a link: its risk, and each side's worst share of lost words."""

    risk: float
    lost: tuple[float, float]

    @property
    def is_whole(self) -> bool:
        return max(self.lost) <= _WHOLE and self.risk <= _FAITHFUL


def _whole(
    links: Sequence[Link], now: Sequence[Bead], texts: Texts, verifier: Verifier
) -> list[Link]:
    """Return those links of which the verifier misses nothing.

    Where it misses nothing on one side, the link is also tried with a gap beside it.
    """
    read = _read(links, texts, verifier)
    half = [link for link, said in read.items() if min(said.lost) <= _WHOLE < max(said.lost)]
    wide = [wider for link in half for wider in beads.widened(link, now)]
    read |= _read(wide, texts, verifier)
    found = {link: said.risk for link, said in read.items() if said.is_whole}
    whole: list[Link] = []
    for s, t in sorted(found, key=lambda link: (found[link], link[0].start, link[1].start)):
        if not any(_overlap(s, one) or _overlap(t, other) for one, other in whole):
            whole.append((s, t))
    return whole


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _read(links: Sequence[Link], texts: Texts, verifier: Verifier) -> dict[Link, _Read]:
    """Read links that have enough words, in both directions."""
    pairs = [(_passage(texts, 0, s), _passage(texts, 1, t)) for s, t in links]
    there = verifier.judge(pairs)
    back = verifier.judge([(target, source) for source, target in pairs])
    read = {}
    for link, one, other in zip(links, there, back, strict=True):
        source = _shares(_places(texts, 0, link[0]), one.source, other.target)
        target = _shares(_places(texts, 1, link[1]), one.target, other.source)
        if min(len(one.source.spans), len(one.target.spans)) >= _FEWEST_WORDS:
            risk = (one.risk + other.risk) / 2
            read[link] = _Read(risk, (max(source), max(target)))
    return read


def _is_joined(bead: Bead) -> bool:
    return len(bead.source) + len(bead.target) > 2


def _passage(texts: Texts, side: int, run: range) -> Passage:
    own = [texts.segments[side][k] for k in run]
    offsets = [span.start for span in _places(texts, side, run)]
    return join_passages(" ".join(own), [texts.tokens[side][k] for k in run], offsets)


def _places(texts: Texts, side: int, run: range) -> list[Span]:
    """Return where each segment stands in the passage of its run."""
    places, start = [], 0
    for k in run:
        places.append(Span(start, start + len(texts.segments[side][k])))
        start = places[-1].end + 1
    return places


def _lone(bead: Bead, texts: Texts, there: Judgement, back: Judgement) -> Iterator[tuple[int, int]]:
    """Yield the segments of a bead that nothing in it stands for."""
    lost = [
        _shares(_places(texts, 0, bead.source), there.source, back.target),
        _shares(_places(texts, 1, bead.target), there.target, back.source),
    ]
    if _is_joined(bead):
        for side, run in enumerate((bead.source, bead.target)):
            yield from ((side, k) for k in _idle(run, lost[side]))
        return
    unrelated = (there.errors["unrelated"] + back.errors["unrelated"]) / 2
    shares = lost[0][0], lost[1][0]
    if unrelated > _UNRELATED or (max(shares) > _LOST and min(shares) > _LOST_TOO):
        yield 0, bead.source[0]
        yield 1, bead.target[0]


def _shares(places: Sequence[Span], one: WordOdds, other: WordOdds) -> list[float]:
    """Return the mean probability of being lost of the words of each segment, of two readings."""
    lacking = (one.lacking + other.lacking) / 2
    starts = np.array([span.start for span in one.spans], np.intp)
    found = []
    for place in places:
        inside = lacking[(place.start <= starts) & (starts < place.end)]
        found.append(float(inside.mean()) if len(inside) else 0.0)
    return found


def _idle(run: range, lost: Sequence[float]) -> Iterator[int]:
    """Yield the members at the edges of a run that are lost, the surest first, but not the last."""
    first, stop = 0, len(run)
    while stop - first > 1:
        edge = first if lost[first] >= lost[stop - 1] else stop - 1
        if lost[edge] <= _LOST:
            return
        yield run[edge]
        first, stop = (first + 1, stop) if edge == first else (first, stop - 1)
