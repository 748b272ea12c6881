"""Sentence vectors to beads: which segments stand for which, and which have no counterpart."""

from align.beads.chain import shapes
from align.beads.find import VERSION, find_beads
from align.beads.lone import without_lone
from align.beads.side import Side

__all__ = ["VERSION", "Side", "find_beads", "shapes", "without_lone"]
