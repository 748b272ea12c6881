"""Beads mended by their words: what does each segment explain that nothing else explains?

Sentence vectors say which runs belong together, but blur what a short member adds. Here a segment's
gain is counted instead: how much better the tokens of the other side are matched with it than
without it, over their best stretch. The idea of a token's best counterpart is that of Jalili Sabet
et al., "SimAlign" (EMNLP Findings 2020); that of a best stretch is Bentley's maximum segment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.beads.chain import Link
from align.beads.scale import Scale
from align.beads.side import Side
from align.vectors import Vectors, unit

# All gains are sums of differences of centred cosines. Chosen on noised NTREX in Vietnamese,
# Chinese, German, Finnish and Japanese, and on Text+Berg.
_IDLE = 0.3
"""A member that gains less explains nothing: of 34 such ones, 32 were lost sentences."""
_TELLING = 1.3
_TELLING_TOKEN = 0.12
"""A gap that would gain as much in the bead beside it, in all or for each of its tokens, belongs
there: of 9 such ones, 8 did."""
_LEAK = 1.35
"""Gain of a stretch at a border from which two beads are one."""
_TIGHT = 1.2
"""Gain of a stretch at a border below which one bead is two."""
_SOUND = 0.45
"""Relatedness that both beads must have: two lost sentences that face each other leak, too."""
_NO_WORSE = 0.12
"""How much less related than the better of its parts a joined bead may be."""
_MOST_JOINED = 8
"""Segments of both sides that a joined bead may have."""
_CROSSED = 0.75
"""Relatedness of both pairs of a bead of two and two that stand in opposite order."""
_STRAIGHT = 0.4
"""Most relatedness of its pairs in running order."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Both sides with their tokens, and the scale of the two documents."""

    sides: tuple[Side, Side]
    tokens: tuple[tuple[Vectors, ...], tuple[Vectors, ...]]
    scale: Scale

    def of(self, side: int, numbers: range) -> Vectors:
        """Return the tokens of a run."""
        return np.concatenate([self.tokens[side][i] for i in numbers])

    def related(self, link: Link) -> float:
        """Return how related the two runs of a bead are."""
        means = []
        for side, numbers in zip(self.sides, link, strict=True):
            part = side.part(numbers)
            means.append(unit((part.vectors * np.maximum(part.lengths, 1.0)[:, None]).sum(0)[None]))
        return float(self.scale.relatedness(means[0] @ means[1].T)[0, 0])


def mended(source: Side, target: Side, scale: Scale, chain: Sequence[Link]) -> list[Link]:
    """Return the chain with its beads mended by what their words explain.

    A member at the edge of a run that explains nothing on the other side becomes a gap; a gap that
    explains what nothing explains joins the bead beside it; two beads become one where the words at
    the end of one stand for those at the beginning of the other; and a bead of two and two whose
    sentences changed places keeps the longer pair, so that the other can be found to be moved.

    Args:
        source: One side of a piece.
        target: The other.
        scale: The scale of the two documents.
        chain: Beads and gaps that cover the piece.

    Returns:
        A chain that covers the same segments; the same one if the tokens of a side are not known.
    """
    if source.tokens is None or target.tokens is None:
        return list(chain)
    words = _Words((source, target), (source.tokens, target.tokens), scale)
    chain = [part for link in chain for part in _without_idle(words, link)]
    chain = _with_telling(words, chain)
    chain = _joined(words, [part for link in chain for part in _parted(words, link)])
    return [part for link in chain for part in _uncrossed(words, link)]


def _without_idle(words: _Words, link: Link) -> Iterator[Link]:
    """Yield a bead without the members at its edges that explain nothing, and these as gaps."""
    before: list[Link] = []
    after: list[Link] = []
    for side in (0, 1):
        while len(link[side]) > 1 and len(link[1 - side]):
            run = link[side]
            ends = [(run[:1], run[1:]), (run[-1:], run[:-1])]
            gains = [_gain(words, side, end, rest, link[1 - side]) for end, rest in ends]
            least = int(np.argmin(gains))
            if gains[least] >= _IDLE:
                break
            (before if least == 0 else after).append(_one_sided(side, ends[least][0]))
            link = _replaced(link, side, ends[least][1])
    yield from before
    yield link
    yield from reversed(after)


def _with_telling(words: _Words, chain: Sequence[Link]) -> list[Link]:
    """Put gaps into the bead beside them where they explain what nothing else does."""
    found = list(chain)
    k = 0
    while k < len(found):
        gap = found[k]
        side = 0 if gap[0] else 1
        homes = [] if gap[0] and gap[1] else [_home(found, k, side, step) for step in (-1, 1)]
        gains = [
            _gain(words, side, gap[side], found[h][side], found[h][1 - side])
            if h is not None
            else 0.0
            for h in homes
        ]
        if not gains or max(gains) < _enough(words, side, gap[side]):
            k += 1
            continue
        home = homes[int(np.argmax(gains))] or 0
        run = found[home][side]
        both = range(min(run.start, gap[side].start), max(run.stop, gap[side].stop))
        found[home] = _replaced(found[home], side, both)
        del found[k]
        k = max(0, k - 1)
    return found


def _enough(words: _Words, side: int, gap: range) -> float:
    """Return the gain from which a gap belongs to the bead beside it."""
    return min(_TELLING, max(2 * _IDLE, _TELLING_TOKEN * len(words.of(side, gap))))


def _home(chain: Sequence[Link], gap: int, side: int, step: int) -> int | None:
    """Return the bead next to a gap on its own side; gaps of the other side may lie between."""
    k = gap + step
    while 0 <= k < len(chain) and not chain[k][side]:
        k += step
    return k if 0 <= k < len(chain) and chain[k][1 - side] else None


def _joined(words: _Words, chain: Sequence[Link]) -> list[Link]:
    """Join neighbouring beads where words at the border of one stand for those of the other."""
    found: list[Link] = []
    for link in chain:
        if found and _leaks(words, found[-1], link):
            source, target = found[-1]
            found[-1] = range(source.start, link[0].stop), range(target.start, link[1].stop)
        else:
            found.append(link)
    return found


def _parted(words: _Words, link: Link) -> Iterator[Link]:
    """Yield a bead, cut in two where hardly a word at the border stands for one beyond it."""
    source, target = link
    cuts = [
        (
            (range(source.start, i), range(target.start, j)),
            (range(i, source.stop), range(j, target.stop)),
        )
        for i in source[1:]
        for j in target[1:]
    ]
    leaks = [max((best for best, _ in _borders(words, *cut)), default=_LEAK) for cut in cuts]
    if cuts and min(leaks) < _TIGHT:
        parts = cuts[int(np.argmin(leaks))]
        if min(words.related(part) for part in parts) >= _SOUND:
            yield from parts
            return
    yield link


def _leaks(words: _Words, one: Link, two: Link) -> bool:
    sizes = [len(run) for link in (one, two) for run in link]
    if not all(sizes) or sum(sizes) > _MOST_JOINED:
        return False
    # Where a whole run belongs beyond the border, it only is as like that bead as its own.
    if not any(best >= _LEAK and whole < 0 for best, whole in _borders(words, one, two)):
        return False
    parts = words.related(one), words.related(two)
    both = range(one[0].start, two[0].stop), range(one[1].start, two[1].stop)
    return min(parts) >= _SOUND and words.related(both) >= max(parts) - _NO_WORSE


def _borders(words: _Words, one: Link, two: Link) -> Iterator[tuple[float, float]]:
    """Yield, for each of the four runs at the border, what it gains on the other side of it.

    First what its best stretch gains that touches the border, then what all of it would.
    """
    first = [words.of(side, one[side]) for side in (0, 1)]
    second = [words.of(side, two[side]) for side in (0, 1)]
    if not all(map(len, (*first, *second))):
        return
    for side in (0, 1):
        forth = _better(second[side], first[1 - side], second[1 - side])
        back = _better(first[side], second[1 - side], first[1 - side])[::-1]
        for gains in (forth.cumsum(), back.cumsum()):
            yield float(gains.max()), float(gains[-1])


def _uncrossed(words: _Words, link: Link) -> Iterator[Link]:
    """Yield a bead; one whose two sentences changed places as its longer pair and two gaps."""
    source, target = link
    if len(source) == len(target) == 2:
        straight = [words.related((source[k : k + 1], target[k : k + 1])) for k in (0, 1)]
        crossed = [words.related((source[k : k + 1], target[1 - k : 2 - k])) for k in (0, 1)]
        if min(crossed) >= _CROSSED and max(straight) <= _STRAIGHT:
            kept = int(words.sides[0].lengths[source].argmax())
            pair = source[kept : kept + 1], target[1 - kept : 2 - kept]
            others = (
                _one_sided(0, source[1 - kept : 2 - kept]),
                _one_sided(1, target[kept : kept + 1]),
            )
            yield from (others[1], pair, others[0]) if kept == 0 else (others[0], pair, others[1])
            return
    yield link


def _gain(words: _Words, side: int, member: range, others: range, facing: range) -> float:
    """Return how much better the facing tokens are matched with a member than without it."""
    own, rest = words.of(side, member), words.of(side, others)
    tokens = words.of(1 - side, facing)
    if not (len(own) and len(rest) and len(tokens)):
        return _IDLE  # nothing is known, so nothing changes
    return _best_stretch(_better(tokens, own, rest))


def _better(tokens: Vectors, own: Vectors, rest: Vectors) -> NDArray[np.float32]:
    difference: NDArray[np.float32] = (tokens @ own.T).max(axis=1) - (tokens @ rest.T).max(axis=1)
    return difference


def _best_stretch(values: NDArray[np.float32]) -> float:
    """Return the largest sum of a stretch of values, 0 if all are negative."""
    total = np.concatenate([[0.0], values.cumsum()])
    return float((total - np.minimum.accumulate(total)).max())


def _one_sided(side: int, run: range) -> Link:
    return (run, range(0)) if side == 0 else (range(0), run)


def _replaced(link: Link, side: int, run: range) -> Link:
    return (run, link[1]) if side == 0 else (link[0], run)
