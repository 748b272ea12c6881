"""Beads as a table: one row a bead, for a spreadsheet or a script."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from align.bitext import Bitext, Segment, running

_HEADER = (
    "source_ids",
    "target_ids",
    "score",
    "moved",
    "doubt",
    "source_alone",
    "target_alone",
    "source",
    "target",
)

# Chinese and Japanese put no space between sentences; Thai, which has none between words, does.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\u3000-\u303F\uFF00-\uFFEF]")


def render_alignment(bitext: Bitext) -> str:
    """Return one line a bead: segment numbers, score, moved, doubt, probabilities, both texts.

    `source_alone` and `target_alone` are the probabilities, for each segment, that it has no
    counterpart.
    """
    lines = ["\t".join(_HEADER)]
    for bead in bitext.beads:
        cells = (
            " ".join(map(str, bead.source)),
            " ".join(map(str, bead.target)),
            f"{bead.score:.4f}",
            "moved" if bead.moved else "",
            bead.doubt,
            _probabilities(bead.source_alone),
            _probabilities(bead.target_alone),
            side_text(bitext.source_segments, bead.source),
            side_text(bitext.target_segments, bead.target),
        )
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def side_text(segments: Sequence[Segment], numbers: range) -> str:
    """Return the text of one side of a bead on one line, its segments joined as their script is."""
    texts = [running(segments[i].text) for i in numbers if segments[i].text]
    if not texts:
        return ""
    return texts[0] + "".join(joint(one, two) + two for one, two in pairwise(texts))


def joint(before: str, after: str) -> str:
    """Return what stands between two segments on one line: a space, if their script has one."""
    return "" if _UNSPACED.match(before[-1:]) or _UNSPACED.match(after[:1]) else " "


def _probabilities(values: Sequence[float]) -> str:
    return " ".join(f"{value:.4f}" for value in values)
