"""Draws what `findings.py` stored: precision against recall, and how the risk holds.

    python -m eval.findings_plot [-o docs]

Writes findings.svg of all languages and kinds of errors together, findings-languages.svg and
findings-kinds.svg with a picture each. The same figures give the same files, byte for byte.
"""

import argparse
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
STORED = ROOT / "eval" / "results" / "findings-dev.json"
COLUMNS = 5

Points = Sequence[Sequence[float]]
Shapes = Mapping[str, Points]
"""`precision-recall` and `reliability`, as `eval.curves` gives them."""


def main() -> None:
    """Draw the stored figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs")
    output = parser.parse_args().output
    stored = json.loads(STORED.read_text("utf-8"))
    output.mkdir(exist_ok=True)
    draw(stored["all"], output / "findings.svg")
    draw_each(stored["languages"].items(), output / "findings-languages.svg")
    draw_each(stored["all"]["planted"].items(), output / "findings-kinds.svg")


def draw(figures: Shapes, output: Path) -> None:
    """Write the two curves side by side as SVG."""
    with _style():
        figure = Figure(figsize=(8, 3.8), layout="constrained")
        one, two = figure.subplots(1, 2)
        _line(one, figures["precision-recall"], "black")
        one.set(xlabel="recall", ylabel="precision")
        _reliability(two, figures["reliability"])
        two.set(xlabel="risk as reported", ylabel="share with an error")
        for said, true, count in figures["reliability"]:
            two.annotate(f"{count:.0f}", (said, true), (4, -9), textcoords="offset points")
        _save(figure, output)


def draw_each(figures: Iterable[tuple[str, Shapes]], output: Path) -> None:
    """Write a small picture for each name as SVG: precision black, reliability blue."""
    named = list(figures)
    rows = math.ceil(len(named) / COLUMNS)
    with _style():
        figure = Figure(figsize=(2 * COLUMNS, 2 * rows + 0.6), layout="constrained")
        grid = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False)
        for axis in grid.flat[len(named) :]:
            axis.set_visible(False)
        for axis, (name, shapes) in zip(grid.flat, named, strict=False):
            _line(axis, shapes["precision-recall"], "black")
            _reliability(axis, shapes["reliability"])
            axis.set_title(name, fontsize=9)
        figure.supxlabel("recall (black), risk as reported (blue)", fontsize=9)
        figure.supylabel("precision (black), share with an error (blue)", fontsize=9)
        _save(figure, output)


def _style() -> AbstractContextManager[None]:
    return mpl.rc_context({"svg.hashsalt": "veralign", "svg.fonttype": "none", "font.size": 9})


def _save(figure: Figure, output: Path) -> None:
    figure.savefig(output, format="svg", metadata={"Date": None, "Creator": "veralign"})


def _reliability(axis: Axes, rows: Points) -> None:
    _line(axis, [row[:2] for row in rows], "#1f5fa8")
    axis.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle=":")


def _line(axis: Axes, points: Points, colour: str) -> None:
    axis.plot(
        [point[0] for point in points],
        [point[1] for point in points],
        color=colour,
        marker="o",
        markersize=2.5,
    )
    axis.set_xlim(-0.02, 1.02)
    axis.set_ylim(-0.02, 1.02)
    axis.grid(visible=True, color="#dddddd", linewidth=0.6)
    axis.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()
