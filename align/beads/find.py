"""Two documents as vectors to beads: the steps of alignment in their order."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from align.beads.chain import Link, best_chain
from align.beads.cuts import SAMPLES, pieces
from align.beads.doubts import Placed, assess
from align.beads.links import find_links
from align.beads.mend import mended
from align.beads.moves import moved_links
from align.beads.scale import Scale, best_pairs, measure
from align.beads.scores import Scores
from align.beads.side import Side
from align.bitext import Bead
from align.config import BeadSettings
from align.cores import count_cores

VERSION = 7
"""Rises whenever the same input may give another result; part of a report's signature."""


def find_beads(source: Side, target: Side, settings: BeadSettings) -> tuple[Bead, ...]:
    """Find the best chain of beads over two documents, then the segments that were moved.

    Every kind of bead is scored from single-segment vectors: the vector of a run is the
    length-weighted sum of its members', so no window needs a second pass of the encoder. Scores
    follow the idea of Thompson & Koehn, "Vecalign" (EMNLP 2019), in that a bead must beat chance,
    but chance is measured on the document itself, and a gap is cheap. Where words are known, a
    second pass also counts those that are each other's best counterparts, and beads are mended by
    what each segment explains that nothing else explains. The chain is exact for articles; a longer
    text is cut at sure anchors first, so that time and memory grow with its length.

    Args:
        source: Centred unit vectors and lengths of the source segments.
        target: The same for the target, of the same dimension.
        settings: Costs; see `BeadSettings`.

    Returns:
        Beads in the order of the source, target-only beads where they stand in the target. Every
        segment is in exactly one. Those that are not `moved` ascend on both sides.

    Raises:
        ValueError: The dimensions differ.
    """
    if not len(source) or not len(target):
        return (*_lonely(range(len(source)), range(0)), *_lonely(range(0), range(len(target))))
    pairs = best_pairs(source, target, SAMPLES)
    scale = measure(source, target, pairs, settings.length_slack)
    chain: list[Link] = []
    cut = pieces(source, target, scale, pairs, settings.exact_limit)
    with ThreadPoolExecutor(count_cores()) as pool:
        parts = [(source.part(s), target.part(t)) for s, t in cut]
        chains = pool.map(lambda part: _align(part[0], part[1], scale, settings), parts)
        for (s, t), found in zip(cut, chains, strict=True):
            chain += [(_shift(a, s.start), _shift(b, t.start)) for a, b in found]
    placed = _with_moves(chain, moved_links(source, target, scale, chain, settings))
    return assess(source, target, scale, in_order(placed, len(source)))


def _align(source: Side, target: Side, scale: Scale, settings: BeadSettings) -> list[Link]:
    """Return the best chain of one piece; with words, of the second pass."""
    if not len(source) or not len(target):
        return [
            *((range(i, i + 1), range(0)) for i in range(len(source))),
            *((range(0), range(j, j + 1)) for j in range(len(target))),
        ]
    chain = best_chain(Scores(source, target, scale, settings))
    if max(len(source), len(target)) > settings.exact_limit:
        return chain
    links = find_links(source, target, chain)
    if links is None:
        return chain
    return mended(source, target, scale, best_chain(Scores(source, target, scale, settings, links)))


def _shift(numbers: range, offset: int) -> range:
    return range(numbers.start + offset, numbers.stop + offset)


def _with_moves(chain: Sequence[Link], moved: Sequence[Link]) -> list[Placed]:
    """Put moved links in the place of the gaps that they fill."""
    taken_source = {i for s, _ in moved for i in s}
    taken_target = {j for _, t in moved for j in t}
    kept = [
        Placed(s, t)
        for s, t in chain
        if (s and t) or not (taken_source.intersection(s) or taken_target.intersection(t))
    ]
    return kept + [Placed(s, t, moved=True) for s, t in moved]


def in_order(placed: Sequence[Placed], n: int) -> list[Placed]:
    """Sort by source, with each target-only bead before what follows it in the target."""
    anchors = sorted(
        (link.target.start, link.source.start)
        for link in placed
        if link.source and link.target and not link.moved
    )

    def place(link: Placed) -> tuple[int, int, int]:
        if link.source:
            return link.source.start, 1, 0
        after = bisect_right(anchors, (link.target.start, n))
        return (anchors[after][1] if after < len(anchors) else n), 0, link.target.start

    return sorted(placed, key=place)


def _lonely(source: range, target: range) -> Iterator[Bead]:
    """Yield a sure gap for each segment of a side whose other side is empty."""
    for i in source:
        yield Bead(range(i, i + 1), range(0), 1.0, source_alone=(1.0,))
    for j in target:
        yield Bead(range(0), range(j, j + 1), 1.0, target_alone=(1.0,))
