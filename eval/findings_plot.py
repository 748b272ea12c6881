"""Draws what `findings.py` stored: precision against recall, and how the risk holds.

    python -m eval.findings_plot [-o docs/findings.svg]

The same figures give the same file, byte for byte.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
STORED = ROOT / "eval" / "results" / "findings-dev.json"

Points = Sequence[Sequence[float]]


def main() -> None:
    """Draw the stored figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "findings.svg")
    output = parser.parse_args().output
    stored = json.loads(STORED.read_text("utf-8"))
    output.parent.mkdir(exist_ok=True)
    draw(stored["all"], output)


def draw(figures: Mapping[str, Points], output: Path) -> None:
    """Write two pictures side by side as SVG.

    Args:
        figures: `precision-recall` and `reliability`, as `eval.curves` gives them.
        output: The file.
    """
    with mpl.rc_context({"svg.hashsalt": "veralign", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(8, 3.8), layout="constrained")
        one, two = figure.subplots(1, 2)
        _line(one, figures["precision-recall"], "recall", "precision")
        rows = [row[:2] for row in figures["reliability"]]
        _line(two, rows, "risk as reported", "share with an error")
        two.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle=":")
        for said, true, count in figures["reliability"]:
            two.annotate(f"{count:.0f}", (said, true), (4, -9), textcoords="offset points")
        figure.savefig(output, format="svg", metadata={"Date": None, "Creator": "veralign"})


def _line(axis: Axes, points: Points, along: str, up: str) -> None:
    axis.plot(
        [point[0] for point in points],
        [point[1] for point in points],
        color="black",
        marker="o",
        markersize=3,
    )
    axis.set_xlabel(along)
    axis.set_ylabel(up)
    axis.set_xlim(-0.02, 1.02)
    axis.set_ylim(-0.02, 1.02)
    axis.grid(visible=True, color="#dddddd", linewidth=0.6)
    axis.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()
