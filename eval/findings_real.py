"""What the risk and the findings say of real machine translation that people have judged.

Three sets: WMT21's critical errors, MQM annotations of TED talks, and the words that post-editors
of MLQE-PE changed. Nothing is trained on the second, and only the development parts are read.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from align.bitext import Span
from align.finding import PairReport, Severity
from eval import curves
from models.train.real import Real, read_critical, read_words

PAIRS = 400
"""Pairs of each pair of languages."""
MQM_KINDS = ("omission", "addition", "mistranslation")
MQM_LANGUAGES = "ende"
FEWEST = 10
"""A kind of error with fewer pairs tells nothing."""

Figures = Mapping[str, float]
Check = Callable[[Sequence[tuple[str, str]], str, str], Sequence[PairReport]]
"""Checks pairs of texts, given the tags of their languages."""

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A pair of machine translation, and the kinds of errors of accuracy that any rater saw."""

    source: str
    target: str
    kinds: frozenset[str]


def judged(data: Path, check: Check) -> dict[str, dict[str, Figures]]:
    """Return the figures of each set, by pair of languages or by kind of error."""
    return {
        "critical": dict(critical(data, check)),
        "mqm": dict(mqm(data, check)),
        "words": dict(words(data, check)),
    }


def critical(data: Path, check: Check) -> Iterator[tuple[str, Figures]]:
    """Yield how the risk tells critical errors, by pair of languages."""
    for name, rows in read_critical(data, "dev"):
        some = rows[:PAIRS]
        reports = check([(r.source, r.target) for r in some], name[:2], name[2:])
        yield name, ranked(np.array([bool(r.critical) for r in some]), reports)


def mqm(data: Path, check: Check) -> Iterator[tuple[str, Figures]]:
    """Yield how the risk tells each kind of error of accuracy, by kind."""
    rows = _evenly(read_mqm(data / "mqm-ted" / f"{MQM_LANGUAGES}.tsv"), PAIRS)
    texts = [(row.source, row.target) for row in rows]
    reports = check(texts, MQM_LANGUAGES[:2], MQM_LANGUAGES[2:])
    for kind in MQM_KINDS:
        wrong = np.array([kind in row.kinds for row in rows])
        if wrong.sum() >= FEWEST:
            yield kind, ranked(wrong, reports)


def read_mqm(path: Path) -> list[Annotated]:
    """Read annotations, a line each; the raters of a segment of a system are put together."""
    found: dict[tuple[str, str], Annotated] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            source, target = (
                row[side].replace("<v>", "").replace("</v>", "") for side in ("source", "target")
            )
            place = (row["system"], row["seg_id"])
            kinds = found[place].kinds if place in found else frozenset()
            kind = row["category"] or ""
            if kind.startswith(("Accuracy", "Non-translation")):
                kinds |= {kind.rpartition("/")[2].lower()}
            found[place] = Annotated(source, target, kinds)
    return list(found.values())


def words(data: Path, check: Check) -> Iterator[tuple[str, Figures]]:
    """Yield how the marks of findings agree with the words that were changed, by languages."""
    for name, rows in read_words(data, "dev"):
        some = _evenly(rows, PAIRS)
        one, _, other = name.partition("-")
        reports = check([(r.source, r.target) for r in some], one, other)
        yield name, agreement(some, reports)


def agreement(rows: Sequence[Real], reports: Sequence[PairReport]) -> Figures:
    """Return the correlation of marked with changed words, and the share of either, by side."""
    figures: dict[str, float] = {}
    for side in ("source", "target"):
        changed, marked = [], []
        for row, report in zip(rows, reports, strict=True):
            spans = _marked(report, side)
            for word, is_bad in (row.source_bad if side == "source" else row.target_bad) or ():
                changed.append(is_bad)
                marked.append(any(word.overlaps(span) for span in spans))
        if changed:
            both = (np.array(marked, float), np.array(changed, float))
            tells = all(values.std() > 0 for values in both)
            agreed = float(np.corrcoef(*both)[0, 1]) if tells else 0.0
            figures[f"{side} correlation"] = round(agreed, 3)
            figures[f"{side} changed"] = round(float(np.mean(changed)), 3)
            figures[f"{side} marked"] = round(float(np.mean(marked)), 3)
    return figures


def ranked(wrong: curves.Flags, reports: Sequence[PairReport]) -> Figures:
    """Return how well the risk tells the wrong pairs."""
    risks = np.array([report.risk for report in reports])
    return {
        "pairs": len(wrong),
        "wrong": int(wrong.sum()),
        "AUROC": round(curves.auroc(wrong, risks), 3),
        "average precision": round(curves.average_precision(wrong, risks), 3),
        "correlation": round(curves.best_correlation(wrong, risks), 3),
    }


def _evenly(rows: Sequence[_Row], count: int) -> list[_Row]:
    """Return about `count` rows from all over: systems and texts follow each other in a file."""
    return list(rows[:: max(1, len(rows) // count)])[:count]


def _marked(report: PairReport, side: str) -> list[Span]:
    return [
        mark.span
        for finding in report.findings
        if finding.severity >= Severity.MINOR
        for mark in (finding.source if side == "source" else finding.target)
    ]
