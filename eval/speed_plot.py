"""Draws what `speed.py` stored: a run of the seed pair, sentences in bulk, growth with length.

    python -m eval.speed_plot [-o docs/speed.svg]

The same figures give the same file, byte for byte.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
STORED = ROOT / "eval" / "results" / "speed.json"

OURS, OTHER = "black", "#D55E00"
"""Ours, and Okabe and Ito's vermilion, which nearly everybody can tell from it."""


def main() -> None:
    """Draw the stored figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "speed.svg")
    output = parser.parse_args().output
    stored = json.loads(STORED.read_text("utf-8"))
    output.parent.mkdir(exist_ok=True)
    draw(stored, output)


def draw(stored: dict[str, Any], output: Path) -> None:
    """Write three pictures side by side as SVG."""
    with mpl.rc_context({"svg.hashsalt": "veralign", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 3.2), layout="constrained")
        axes = figure.subplots(1, 3)
        runs = {"import torch": stored["steps"]["import torch"], **stored["seed pair"]}
        names = {"import torch": "import torch, alone", "first run, converts the weights": "first"}
        names |= {"cold, no text known": "cold", "second, all texts known": "second"}
        _bars(axes[0], {names[k]: v["seconds"] for k, v in runs.items()}, "seconds, seed pair")
        bulk = {k: v["sentences a second"] for k, v in stored["bulk"].items() if k != "peaks"}
        _bars(axes[1], bulk, "sentences a second")
        lengths = stored["sentences of one pair"]
        axes[2].plot(
            [int(k) for k in lengths],
            [v["seconds"] for v in lengths.values()],
            color=OURS,
            marker="o",
            markersize=4,
        )
        axes[2].set_xscale("log")
        axes[2].set_yscale("log")
        axes[2].set_xlabel("sentences a side")
        axes[2].set_ylabel("seconds, all stages")
        for axis in axes:
            axis.grid(visible=True, color="#dddddd", linewidth=0.6)
            axis.set_axisbelow(True)
            axis.spines[["top", "right"]].set_visible(False)
        figure.savefig(output, format="svg", metadata={"Date": None, "Creator": "veralign"})


def _bars(axis: Axes, values: dict[str, float], label: str) -> None:
    colours = [OTHER if "torch" in k or "transformers" in k else OURS for k in values]
    axis.barh(list(values), list(values.values()), color=colours, height=0.6)
    axis.invert_yaxis()
    axis.set_xlabel(label)


if __name__ == "__main__":
    main()
