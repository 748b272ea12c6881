"""Fits the verifier's calibration, and writes its manifest.

    python models/train/calibrate.py --data DIR --out FOLDER --version V [--groups N] [--seed N]

FOLDER holds model.onnx, as models/train/verifier.py left it. Errors are planted in the development
articles of NTREX, which were not trained on; slopes and offsets are fitted so that an error is as
probable as the verifier says, if `PRIOR` of all pairs have one. Writes FOLDER/manifest.toml.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from align.judgement import ERRORS
from align.manifest import sha256
from models.train.corpus import SHORT, load_corpus
from models.train.factory import Factory
from models.train.frozen import Frozen
from models.train.pairs import Example, batches, collate

PRIOR = 0.2
"""Share of pairs with an error for which the probabilities hold."""
MIX = (1.0, 1.0, 1.0)
"""How the log odds of a major error, of the worst token and of a critical error are added up for
the risk; chosen on planted errors and on WMT21's, development parts."""
STEP_TOKENS = 4000
_SMALLEST = 1e-3

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network says of the examples: log odds, what is true, and what each row counts."""

    odds: Doubles
    truth: Doubles
    weights: Doubles


def main() -> None:
    """Draw examples, ask the network, fit, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--groups", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args()
    examples = draw(options)
    model = options.out / "model.onnx"
    tokens, pairs = ask(onnxruntime.InferenceSession(str(model)), examples)
    table = calibration(tokens, pairs)
    manifest = render(options.version, sha256(model), table)
    (options.out / "manifest.toml").write_text(manifest, "utf-8")
    sys.stderr.write(manifest)


def draw(options: argparse.Namespace) -> list[Example]:
    """Plant errors in the development articles of every language."""
    encoder = Frozen(options.cache)
    store = options.out / "vectors"
    corpus = load_corpus(options.data, store, "dev", sorted(SHORT), encoder.encode)
    rng = Random(options.seed)
    return Factory(corpus, encoder.prior, encoder.encode).groups(rng, options.groups)


def ask(
    session: onnxruntime.InferenceSession, examples: Sequence[Example]
) -> tuple[list[Answers], list[Answers]]:
    """Return the answers for tokens (lacking, changed) and pairs (errors, the risk's mix)."""
    wrong = float(np.mean([bool(example.error) for example in examples]))
    share = {True: PRIOR / max(wrong, _SMALLEST), False: (1 - PRIOR) / max(1 - wrong, _SMALLEST)}
    tokens: list[list[Doubles]] = [[], []]
    pairs: list[list[Doubles]] = [[] for _ in range(len(ERRORS) + 1)]
    place = len(ERRORS)
    for batch in batches(examples, STEP_TOKENS, Random(0)):
        arrays = collate(batch)
        inputs = {"vectors": arrays.vectors, "side": arrays.side, "marks": arrays.marks}
        said, judged = session.run(["tokens", "pairs"], inputs)
        weights = np.array([share[bool(example.error)] for example in batch])
        for label in (0, 1):
            known = arrays.tokens[:, :, label] >= 0
            spread = np.broadcast_to(weights[:, None], known.shape)[known]
            rows = (said[:, :, label][known], arrays.tokens[:, :, label][known], spread)
            tokens[label].append(np.stack(rows).astype(np.float64))
        worst = np.where(arrays.side[:, :, None] > 0, said[:, :, :2], -np.inf).max((1, 2))
        judged[:, place] = np.dot(MIX, (judged[:, place], worst, judged[:, place + 1]))
        for k, rows_of in enumerate(pairs):
            rows = (judged[:, k], arrays.errors[:, k], weights)
            rows_of.append(np.stack(rows).astype(np.float64))
    return [_answers(rows) for rows in tokens], [_answers(rows) for rows in pairs]


def _answers(rows: Sequence[Doubles]) -> Answers:
    odds, truth, weights = np.concatenate(rows, axis=1)
    return Answers(odds, truth, weights)


def calibration(
    tokens: Sequence[Answers], pairs: Sequence[Answers]
) -> dict[str, tuple[float, ...]]:
    """Return slope and offset for each output, and the weights of the risk."""
    table = {
        name: fit(answers)
        for name, answers in zip(("lacking", "changed", *ERRORS), (*tokens, *pairs), strict=False)
    }
    slope, offset = fit(pairs[len(ERRORS)])
    return {**table, "risk": (*(round(slope * weight, 4) for weight in MIX), offset)}


def fit(answers: Answers, rounds: int = 60) -> tuple[float, float]:
    """Fit slope and offset by Newton's method (Platt, "Probabilistic Outputs", 1999)."""
    design = np.stack([answers.odds, np.ones_like(answers.odds)], 1)
    # A little resistance, for an error that was hardly drawn.
    prior, resistance = np.array([1.0, 0.0]), np.eye(2)
    found, loss = prior, _loss(answers, design @ prior)
    for _ in range(rounds):
        p = _probabilities(design @ found)
        pull = design.T @ (answers.weights * (answers.truth - p)) - (found - prior)
        bend = design.T @ ((answers.weights * p * (1 - p))[:, None] * design)
        step = np.linalg.solve(bend + resistance, pull)
        # Newton's step is far too long where all odds are large.
        for _ in range(20):
            tried = (
                _loss(answers, design @ (found + step)) + ((found + step - prior) ** 2).sum() / 2
            )
            if tried <= loss:
                break
            step = step / 2
        else:
            break
        found, loss = found + step, tried
    return round(float(found[0]), 4), round(float(found[1]), 4)


def _probabilities(odds: Doubles) -> Doubles:
    p: Doubles = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))
    return p


def _loss(answers: Answers, odds: Doubles) -> float:
    wrong = np.logaddexp(0.0, np.where(answers.truth > 0, -odds, odds))
    return float((answers.weights * wrong).sum())


def render(version: str, digest: str, table: dict[str, tuple[float, ...]]) -> str:
    """Return the manifest."""
    rows = "\n".join(f"{name} = {list(row)}" for name, row in table.items())
    return f"""# The verifier; card.md beside this says what it is and what it finds.
name = "verifier"
version = "{version}"
licence = "CC-BY-SA-4.0"      # as NTREX-128, most of what it was trained on
encoder = "e5-small@q4-0.3.0" # the only one whose vectors it can read
token_layer = 7
file = "model.onnx"
sha256 = "{digest}"
# Of 100 faithful pairs, so many reach this risk, all signs weighed as in align/risk.py: development
# articles in the 14 languages of models/train/risk.py, which counts them with --manifest.
alarms = [[1.0, 1.0]]

# Slope and offset of the log odds, for texts of which one pair in {round(1 / PRIOR)} has an error;
# the risk has the weights of the odds of a major error, of the worst token and of a critical error.
[calibration]
{rows}
"""


if __name__ == "__main__":
    main()
