"""Sentence vectors to beads: which segments stand for which, and which have no counterpart."""

from align.beads.chain import Link, shapes
from align.beads.find import VERSION, find_beads
from align.beads.regroup import Segment, beside_gaps, gap_pairs, widened, with_links, without_lone
from align.beads.side import Side

__all__ = [
    "VERSION",
    "Link",
    "Segment",
    "Side",
    "beside_gaps",
    "find_beads",
    "gap_pairs",
    "shapes",
    "widened",
    "with_links",
    "without_lone",
]
