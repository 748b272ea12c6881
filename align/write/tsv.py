"""Beads as a table: one row a bead, for a spreadsheet or a script."""

from collections.abc import Sequence

from align.bitext import Bitext, Segment, running

_HEADER = ("source_ids", "target_ids", "score", "moved", "source", "target")


def render_alignment(bitext: Bitext) -> str:
    """Return one line a bead: segment numbers, score, whether it moved, and both texts."""
    lines = ["\t".join(_HEADER)]
    for bead in bitext.beads:
        cells = (
            " ".join(map(str, bead.source)),
            " ".join(map(str, bead.target)),
            f"{bead.score:.4f}",
            "moved" if bead.moved else "",
            _text(bitext.source_segments, bead.source),
            _text(bitext.target_segments, bead.target),
        )
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def _text(segments: Sequence[Segment], numbers: range) -> str:
    return " ".join(running(segments[i].text) for i in numbers)
