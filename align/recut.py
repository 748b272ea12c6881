"""Doubtful beads and gaps, read by the verifier, which parts the former and pairs the latter.

Vectors of sentences cannot always tell a lost sentence from a related one: where both sides lost
one, the two that are left may be paired, and a lone one may be taken into the bead beside it; and a
sentence that was moved, beside others that resemble it, may be left alone, as may a short one that
was put together with its neighbour. The verifier compares word with word. It reads few beads: those
of more than two segments, pairs of which the alignment itself is not quite sure, gaps that are each
other's best, and beads with a gap beside them that may belong to them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from align import beads
from align.beads import Link, Segment
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
"""Probability that the sides of a bead have nothing to do with each other, from which they are
parted: of 59 wrong pairs in noised NTREX articles that is right for 45 (47 from .5), and for no
right one of 271; a sentence that was translated as something else may have .83. Of 11 longer beads
8 had no right pair in them, 3 had one."""

_PARTLY = 0.05
"""The same of a segment that is taken out of a bead that is better without it."""
_AMISS = 0.43
"""Risk of that bead at least, and of the rest at most, of which all segments are whole. In noised
NTREX articles in thirteen languages such a segment was a lost one 17 times of 17; of the free
Text+Berg the beads that a lower risk would part have up to .42."""

_WHOLE = 0.02
"""Mean probability of being lost of the words of a segment, up to which nothing of it is missed."""
_FAITHFUL = 0.2
"""Risk of such a pair. In two sets of noised NTREX articles in nine languages 28 of 51 pairs of
gaps that belong together are below both, and 2 of 708 that do not."""
_MISSED = 0.03
"""The same of a segment of which something is missed. 11 beads in noised NTREX articles in thirteen
languages had one, and none with a gap beside them, and rightly so each; from .02 13 of 17 were."""
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
    return bool(doubtful(found)) or any(not (bead.source and bead.target) for bead in found)


def doubtful(found: Sequence[Bead]) -> tuple[Bead, ...]:
    """Return the beads that the verifier should read."""
    return tuple(
        bead
        for bead in found
        if bead.source
        and bead.target
        and (_is_joined(bead.source, bead.target) or bead.score < _SURE)
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
    is read again. Last, if the tokens of all segments are known, gaps are paired that say the same,
    and gaps are joined to the bead beside them that misses what they say.

    Args:
        found: As `find_beads` gives them.
        sides: What they were found in.
        texts: The texts of both sides, with their tokens.
        verifier: A loaded verifier that reads these vectors.
        settings: As for `find_beads`.
    """
    now = tuple(found)
    unread = [(bead.source, bead.target) for bead in doubtful(found)]
    while True:
        lone = _lone(unread, texts, verifier)
        if not lone:
            break
        before, now = set(now), beads.without_lone(*sides, now, lone, settings)
        unread = [(b.source, b.target) for b in now if b.source and b.target and b not in before]
    if any(len(texts.tokens[side]) < len(texts.segments[side]) for side in (0, 1)):
        return now
    pairs = beads.gap_pairs(*sides, now, settings)
    beside = beads.beside_gaps(*sides, now, settings)
    whole = _whole(pairs, beside, now, texts, verifier)
    return beads.with_links(*sides, now, whole, settings) if whole else now


@dataclass(frozen=True, slots=True)
class _Read:
    """What the verifier says of a link: both its readings, and the share of each segment lost."""

    there: Judgement
    back: Judgement
    lost: tuple[Sequence[float], Sequence[float]]

    @property
    def risk(self) -> float:
        return (self.there.risk + self.back.risk) / 2

    @property
    def unrelated(self) -> float:
        return (self.there.errors["unrelated"] + self.back.errors["unrelated"]) / 2

    @property
    def _tells(self) -> bool:
        return min(len(self.there.source.spans), len(self.there.target.spans)) >= _FEWEST_WORDS

    def is_whole(self, lost: float, risk: float) -> bool:
        """Tell whether nothing is missed, where the words of both sides tell anything."""
        worst = max(map(max, self.lost))
        return self._tells and worst <= lost and self.risk <= risk

    def is_half(self, whole: float, missed: float) -> bool:
        """Tell whether nothing is missed on one side, and something on the other."""
        worst = [max(shares) for shares in self.lost]
        return self._tells and min(worst) <= whole and max(worst) > missed


def _lone(found: Sequence[Link], texts: Texts, verifier: Verifier) -> set[Segment]:
    """Return the segments of links that nothing in them stands for.

    While something is amiss in a bead, the segment that may be too many is put aside, and the rest
    is read: if it is whole at last, they are lone.
    """
    read = _read(found, texts, verifier)
    lone = {segment for link, said in read.items() for segment in _lost(link, said)}
    aside = {link: frozenset[Segment]() for link in found if lone.isdisjoint(_segments(link))}
    while aside:
        rests: dict[Link, frozenset[Segment]] = {}
        for link, apart in aside.items():
            spare = _most_lost(link, read[link], _PARTLY)
            if spare and read[link].risk > _AMISS:
                rests[_without(link, spare)] = apart | {spare}
        read = _read(list(rests), texts, verifier)
        whole = {rest for rest, said in read.items() if said.is_whole(_WHOLE, _AMISS)}
        lone.update(*(rests[rest] for rest in whole if _are_apart(rests[rest], texts, verifier)))
        aside = {rest: apart for rest, apart in rests.items() if rest not in whole}
    return lone


def _are_apart(segments: Collection[Segment], texts: Texts, verifier: Verifier) -> bool:
    """Tell whether no two of these segments belong to each other."""
    one, other = ([range(k, k + 1) for own, k in segments if own == side] for side in (0, 1))
    read = _read(list(product(one, other)), texts, verifier)
    return all(any(_lost(link, said)) for link, said in read.items())


def _whole(
    pairs: Sequence[Link],
    beside: Sequence[Link],
    now: Sequence[Bead],
    texts: Texts,
    verifier: Verifier,
) -> list[Link]:
    """Return those pairs of gaps, and beads with a gap beside them, of which nothing is missed.

    Where that is so on one side only, the pair or the bead is tried with each gap beside it.
    """
    read = _read(pairs, texts, verifier)
    alone = read | _read(beside, texts, verifier)
    half = [link for link, said in alone.items() if said.is_half(_WHOLE, _MISSED)]
    wide = [wider for link in half for wider in beads.widened(link, now)]
    read |= _read(wide, texts, verifier)
    found = {link: said.risk for link, said in read.items() if said.is_whole(_WHOLE, _FAITHFUL)}
    whole: list[Link] = []
    for s, t in sorted(found, key=lambda link: (found[link], link[0].start, link[1].start)):
        if not any(_overlap(s, one) or _overlap(t, other) for one, other in whole):
            whole.append((s, t))
    return whole


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _read(links: Sequence[Link], texts: Texts, verifier: Verifier) -> dict[Link, _Read]:
    """Read links in both directions."""
    pairs = [(_passage(texts, 0, s), _passage(texts, 1, t)) for s, t in links]
    # In one go, so that no core waits.
    said = verifier.judge([*pairs, *((target, source) for source, target in pairs)])
    read = {}
    for link, one, other in zip(links, said[: len(links)], said[len(links) :], strict=True):
        source = _shares(_places(texts, 0, link[0]), one.source, other.target)
        target = _shares(_places(texts, 1, link[1]), one.target, other.source)
        read[link] = _Read(one, other, (source, target))
    return read


def _is_joined(s: range, t: range) -> bool:
    return len(s) + len(t) > 2


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


def _lost(link: Link, said: _Read) -> Iterator[Segment]:
    """Yield the segments of a link that are lost without doubt; of a joined one the surest."""
    if said.unrelated > _UNRELATED:
        yield from _segments(link)
    elif _is_joined(*link):
        segment = _most_lost(link, said, _LOST)
        if segment:
            yield segment
    else:
        shares = said.lost[0][0], said.lost[1][0]
        if max(shares) > _LOST and min(shares) > _LOST_TOO:
            yield from _segments(link)


def _most_lost(link: Link, said: _Read, least: float) -> Segment | None:
    """Return the segment at an edge of a longer run of which most is lost, if more than `least`."""
    edges = [
        (said.lost[side][k], (side, run[k]))
        for side, run in enumerate(link)
        if len(run) > 1
        for k in (0, -1)
    ]
    share, segment = max(edges, default=(0.0, None))
    return segment if share > least else None


def _without(link: Link, segment: Segment) -> Link:
    """Return a link without a segment at an edge of one of its runs."""
    side, k = segment
    run = link[side]
    shorter = run[1:] if k == run.start else run[:-1]
    return (shorter, link[1]) if side == 0 else (link[0], shorter)


def _segments(link: Link) -> Iterator[Segment]:
    return ((side, k) for side, run in enumerate(link) for k in run)


def _shares(places: Sequence[Span], one: WordOdds, other: WordOdds) -> list[float]:
    """Return the mean probability of being lost of the words of each segment, of two readings."""
    lacking = (one.lacking + other.lacking) / 2
    starts = np.array([span.start for span in one.spans], np.intp)
    found = []
    for place in places:
        inside = lacking[(place.start <= starts) & (starts < place.end)]
        found.append(float(inside.mean()) if len(inside) else 0.0)
    return found
