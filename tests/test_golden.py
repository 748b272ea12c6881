"""The full reports of the seed articles, kept as text that a reviewer reads.

python tests/test_golden.py        rebuild them; `just golden` does the same
"""

import json
import sys
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from align import pipeline
from align.config import Config
from align.encoder import Encoder, load_encoder
from align.manifest import find_manifest
from align.read import text
from align.write import diff
from align.write import json as json_writer
from tests.reports import seed_report

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
TARGET = "004_7d26e8ad050225a4.txt"
PAIRS = {
    "voa-vi": ("000_293dd51d06a938cd.txt", TARGET),
    "ria-vi": ("001_f2d3f8588458385a.txt", TARGET),
    "afp-vi": ("002_e725bbac2807780b.txt", TARGET),
    "alarabiya-vi": ("003_cb1b29ba97778e86.txt", TARGET),
    "voa-ria": ("000_293dd51d06a938cd.txt", "001_f2d3f8588458385a.txt"),
}


def build(name: str, encoder: Encoder) -> dict[str, Any]:
    """Return the report of a seed pair as it is kept: figures of the encoder are rounded."""
    source, target = (text.parse((ROOT / "seeds" / f).read_bytes(), f) for f in PAIRS[name])
    report = json.loads(json_writer.render(pipeline.compare(source, target, Config(), encoder)))
    # Other processors round other last digits; what a report says must not hang on them.
    for bead in report["beads"]:
        bead["score"] = round(bead["score"], 1)
        if "risk" in bead:
            bead["risk"]["chance"] = round(bead["risk"]["chance"], 1)
    for side in ("source", "target"):
        report[side]["language_confidence"] = round(report[side]["language_confidence"], 1)
    result: dict[str, Any] = report
    return result


def written(report: dict[str, Any]) -> str:
    """Return a report as the golden file has it."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.model
@pytest.mark.parametrize("name", PAIRS)
def test_golden(name: str, encoder: Encoder) -> None:
    """The report of each seed pair is what it was; a change is read, then rebuilt."""
    assert written(build(name, encoder)) == (GOLDEN / f"{name}.json").read_text("utf-8")


def main() -> None:
    """Rebuild every golden report."""
    encoder = load_encoder(find_manifest("e5-small"), platformdirs.user_cache_path("veralign"))
    for name in PAIRS:
        (GOLDEN / f"{name}.json").write_text(written(build(name, encoder)), "utf-8")
        sys.stdout.write(f"{name}\n")
    (GOLDEN / "voa-vi.diff.txt").write_text(
        diff.render(seed_report(), width=100, colour=False), "utf-8"
    )


if __name__ == "__main__":
    main()
