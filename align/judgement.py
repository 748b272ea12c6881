"""What the verifier says of a pair, and the runs of words that follow from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span

Floats = NDArray[np.float32]

ERRORS = (
    "omission",
    "addition",
    "number",
    "date",
    "name",
    "negation",
    "tense",
    "modality",
    "roles",
    "mistranslation",
    "unrelated",
)
"""What may be wrong with a pair, in the order of the verifier's outputs."""

LACKING, LACKING_ENTRY = 0.15, 1.0
CHANGED, CHANGED_ENTRY = 0.1, 0.0
"""From which probability a word of a doubtful pair speaks for a run, and what a run costs in log
odds. They are low because the probabilities hold for any pair, and runs are sought where the risk
is high; chosen on errors planted in development articles, in eight languages and in Vietnamese."""

_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class WordOdds:
    """The words of one side, and how probably each is lost or added, or says something else.

    `lacking` and `changed` are float32 of shape (words,), calibrated probabilities.
    """

    spans: tuple[Span, ...]
    lacking: Floats
    changed: Floats


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the verifier says of one pair.

    `errors` has a calibrated probability for each of `ERRORS`; `risk` is that of a major error of
    any kind. `critical` is how probable the network holds it, uncalibrated, that people would call
    the pair a critical error of a machine. Spans are code points of the two texts of the pair.
    """

    source: WordOdds
    target: WordOdds
    errors: Mapping[str, float]
    risk: float
    critical: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Risks from which what the verifier sees is a major finding, and a finding at all."""

    major: float
    any: float


SILENT = Limits(1.0, 1.0)
"""The limits of a verifier that nobody asked."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words `first` to `last`, both included, and how sure it is that they differ.

    `odds` is the sum of the words' log odds, less the cost of a run.
    """

    first: int
    last: int
    odds: float
    confidence: float

    def span(self, spans: tuple[Span, ...]) -> Span:
        """Return the run from its first to its last character."""
        return Span(spans[self.first].start, spans[self.last].end)


def find_runs(
    probabilities: Floats, threshold: float = LACKING, entry: float = LACKING_ENTRY
) -> Iterator[Run]:
    """Yield the runs of words that are more probably concerned than not, as one would mark them.

    The most probable sequence of words inside and outside of runs, where each run costs something:
    a word the verifier overlooked inside a phrase does not cut the phrase in two, and a single
    word that just reaches the threshold is not marked.

    Args:
        probabilities: One value a word.
        threshold: The probability from which a word speaks for a run.
        entry: The cost of a run, in log odds.
    """
    gains = _log_odds(probabilities) - _log_odds(np.array([threshold], np.float32))[0]
    inside = _best_path(gains, entry)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside, [0]])))
    for first, stop in edges.reshape(-1, 2).tolist():
        odds = float(gains[first:stop].sum()) - entry
        confidence = float(np.max(probabilities[first:stop]))
        yield Run(first, stop - 1, odds, confidence)


def _log_odds(probabilities: Floats) -> Floats:
    p = np.clip(probabilities, _EDGE, 1 - _EDGE)
    odds: Floats = np.log(p / (1 - p)).astype(np.float32)
    # A word can speak for or against a run, but not outvote a whole phrase.
    return np.clip(odds, -4.0, 4.0)


def _best_path(gains: Floats, entry: float) -> NDArray[np.int8]:
    out, within = 0.0, -np.inf
    came: list[tuple[bool, bool]] = []
    for gain in gains.tolist():
        ends, begins = within > out, out - entry > within
        came.append((ends, begins))
        out, within = max(out, within), max(within, out - entry) + gain
    path = np.zeros(len(gains), np.int8)
    state = within > out
    for k in range(len(gains) - 1, -1, -1):
        path[k] = state
        ends, begins = came[k]
        state = (not begins) if state else ends
    return path
