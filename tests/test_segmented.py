"""Tests of texts that come one segment a line, blank lines among them, in every command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from align.encoder import Encoder
from tests.schemas import HOLD

SOURCE = """The port was closed on Monday.

Nobody was hurt in the accident.

The mayor will speak on Tuesday.
Prices rose by 5 percent.
"""
TARGET = """Cảng đã đóng cửa hôm thứ Hai.

Không ai bị thương trong vụ tai nạn.
\u0020
Giá tăng 5 phần trăm.

"""
LOST = 4
"""The line of the original, from 0, that the translation lacks."""

pytestmark = pytest.mark.model


@pytest.fixture
def pair(encoder: Encoder, tmp_path: Path) -> list[str]:
    """Write the two texts."""
    assert encoder.centre is not None  # the copy is in the cache
    paths = [tmp_path / "source.txt", tmp_path / "target.txt"]
    for path, text in zip(paths, (SOURCE, TARGET), strict=True):
        path.write_text(text, "utf-8")
    return [str(path) for path in paths]


def run(cache: Path, *arguments: str) -> str:
    """Return what a command writes."""
    command = [sys.executable, "-m", "align", *arguments, "--cache", str(cache)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def judge(report: dict[str, object]) -> None:
    """Demand that segments are lines, and that the lost sentence alone is reported, at its line."""
    said = json.dumps(report)
    HOLD["json"](said)
    assert [s["text"] for s in json.loads(said)["source"]["segments"]] == SOURCE.splitlines()
    lines = [line.strip() for line in TARGET.splitlines()]
    assert [s["text"] for s in json.loads(said)["target"]["segments"]] == lines
    findings = json.loads(said)["findings"]
    assert [(f["check"], f["source"][0]["segment"]) for f in findings] == [("omission", LOST)]


def test_check_keeps_line_numbers(pair: list[str], cache: Path) -> None:
    """The report's segments are lines; blank ones are neither lost nor added."""
    judge(json.loads(run(cache, "check", *pair, "--segmented", "--format", "json")))


def test_the_other_way_about_it_is_an_addition(pair: list[str], cache: Path) -> None:
    """The same line, seen from the other side, is too much there."""
    report = json.loads(run(cache, "check", *pair[::-1], "--segmented", "--format", "json"))
    assert [(f["check"], f["target"][0]["segment"]) for f in report["findings"]] == [
        ("addition", LOST)
    ]


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "markdown", "sarif", "xliff", "tmx"])
def test_every_format_takes_blank_lines(
    form: str, pair: list[str], cache: Path, tmp_path: Path
) -> None:
    """A report with blank segments can be written like any other, and fits its schema."""
    path = tmp_path / f"report.{form}"
    run(cache, "check", *pair, "--segmented", "--format", form, "-o", str(path))
    assert path.stat().st_size
    if form in HOLD:
        HOLD[form](path.read_text("utf-8"))


def test_align_and_diff_have_the_same_lines(pair: list[str], cache: Path) -> None:
    """Beads name lines; the plain view shows the lost sentence once."""
    beads = json.loads(run(cache, "align", *pair, "--segmented", "--format", "json"))["beads"]
    assert [bead["source"] for bead in beads if not bead["target"]].count([LOST]) == 1
    shown = run(cache, "diff", *pair, "--segmented", "--plain", "--width", "100")
    assert shown.count("mayor will speak") == 1


def test_batch_keeps_line_numbers(pair: list[str], cache: Path, tmp_path: Path) -> None:
    """A pair of a batch has the segments that a check of it has."""
    manifest = tmp_path / "pairs.csv"
    manifest.write_text(f"source,target\n{pair[0]},{pair[1]}\n", "utf-8")
    out = tmp_path / "out"
    run(cache, "batch", str(manifest), "-o", str(out), "--segmented")
    (line,) = (out / "results.jsonl").read_text("utf-8").splitlines()
    judge(json.loads(line)["report"])
