"""Draws what `alignment.py --curve` stored: F1 against noise, ours and theirs.

    python -m eval.alignment_plot [-o docs/alignment.svg]

The same figures give the same file, byte for byte.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
STORED = ROOT / "eval" / "results" / "alignment-curve.json"
OURS = "veralign"

COLUMNS = {
    "deleted": "sentences lost from either side",
    "web": "all noise together (1: a typical scraped page)",
}
ROWS = {"strict": "strict F1", "alone": "F1 of “has no counterpart”"}

# Okabe and Ito's colours, which nearly everybody can tell apart; ours is black and thicker.
COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
MARKS = ("s", "^", "v", "D", "P", "X")
DASHES = ("-", "--", ":")
"""Of ours, and of what is left of it without the verifier, and without words."""

Curves = Mapping[str, Mapping[str, Mapping[str, float]]]


def main() -> None:
    """Draw the stored figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "alignment.svg")
    output = parser.parse_args().output
    stored = json.loads(STORED.read_text("utf-8"))
    output.parent.mkdir(exist_ok=True)
    draw(stored["figures"], output)


def draw(curves: Curves, output: Path) -> None:
    """Write two columns of two pictures as SVG.

    Args:
        curves: Figures of each aligner under titles such as "deleted 0.1" and "web 1.0".
        output: The file.
    """
    with mpl.rc_context({"svg.hashsalt": "veralign", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 6.2), layout="constrained")
        axes = figure.subplots(len(ROWS), len(COLUMNS), sharex="col", sharey="row", squeeze=False)
        for row, (measure, label) in zip(axes, ROWS.items(), strict=True):
            row[0].set_ylabel(label)
            for axis, kind in zip(row, COLUMNS, strict=True):
                _draw_lines(axis, curves, kind, measure)
        for axis, label in zip(axes[-1], COLUMNS.values(), strict=True):
            axis.set_xlabel(label)
        handles, names = axes[0][0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper center", ncols=3, frameon=False)
        figure.savefig(output, format="svg", metadata={"Date": None, "Creator": "veralign"})


def _draw_lines(axis: Axes, curves: Curves, kind: str, measure: str) -> None:
    names = list(dict.fromkeys(name for row in curves.values() for name in row))
    peers = cycle(zip(COLOURS, MARKS, strict=True))
    own = cycle(DASHES)
    for name in names:
        points = _points(curves, kind, name, measure)
        is_ours = name.startswith(OURS)
        colour, mark = ("black", "o") if is_ours else next(peers)
        axis.plot(
            [x for x, _ in points],
            [y for _, y in points],
            label=name,
            color=colour,
            marker=mark,
            linestyle=next(own) if is_ours else "-",
            linewidth=2.0 if is_ours else 1.2,
            markersize=4,
            zorder=3 if is_ours else 2,
        )
    axis.set_ylim(-0.02, 1.02)
    axis.grid(visible=True, color="#dddddd", linewidth=0.6)
    axis.spines[["top", "right"]].set_visible(False)


def _points(curves: Curves, kind: str, name: str, measure: str) -> Sequence[tuple[float, float]]:
    """Return the strengths of noise of one kind, and what an aligner reached at each."""
    points = []
    for title, row in curves.items():
        group, strength = title.rsplit(" ", 1)
        if group == kind and measure in row.get(name, {}):
            points.append((float(strength), row[name][measure]))
    return sorted(points)


if __name__ == "__main__":
    main()
