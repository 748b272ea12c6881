"""Fits the probabilities of beads: that one is right, and that a segment has no counterpart.

    python -m models.train.beads --data DIR [--language vie …] [--split train]

DIR/ntrex holds NTREX-128 (see `eval/alignment.py`). Articles are noised with known beads, aligned,
and every bead and segment that comes out is an observation. Prints the coefficients that stand in
`align/beads/doubts.py`, and how far the probabilities are off by tenths (expected calibration
error).
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import platformdirs
from sklearn.linear_model import LogisticRegression

from align.beads import Side, find_beads
from align.beads.doubts import Placed, measure_fit, stretches
from align.beads.scale import best_pairs, measure
from align.bitext import Bead
from align.config import BeadSettings
from align.encoder import Encoder, load_encoder
from align.manifest import find_manifest
from align.relate import centred_tokens
from align.vectors import Centre, Embedding, centred
from eval.alignment_data import Files, cases
from eval.bead_scores import calibration_error
from eval.noise import KINDS, Case

LANGUAGES = ("vie", "zho-CN", "deu", "arb", "jpn", "fin")
CEILING = 1.3

Row = tuple[bool, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Observed:
    """What is true, and the values from which that is to be told."""

    one: list[Row] = field(default_factory=list)
    joined: list[Row] = field(default_factory=list)
    linked: list[Row] = field(default_factory=list)
    gap: list[Row] = field(default_factory=list)


def main() -> None:
    """Align noised articles and print a regression for each kind of observation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", action="append")
    parser.add_argument("--split", default="train")
    parser.add_argument("--articles", type=int, default=40, help="at most so many a language")
    parser.add_argument("--cache", type=Path, default=platformdirs.user_cache_path("veralign"))
    options = parser.parse_args()
    encoder = load_encoder(find_manifest("e5-small"), options.cache)
    files, observed = Files(options.data), Observed()
    for language in options.language or LANGUAGES:
        noised = [
            case
            for kind, noise in KINDS.items()
            for case in cases(files, language, options.split, noise, 1, f"fit {kind}")[
                : options.articles
            ]
        ]
        observe(noised, encoder, observed)
        print(f"{language}: {len(observed.one) + len(observed.joined)} beads so far", flush=True)
    report("_RIGHT_ONE", observed.one)
    report("_RIGHT_JOINED", observed.joined)
    report("_ALONE_LINKED", observed.linked)
    report("_ALONE_GAP", observed.gap)


def observe(noised: Sequence[Case], encoder: Encoder, observed: Observed) -> None:
    """Align each case of one language and add what came out."""
    texts = sorted({text for case in noised for text in (*case.source, *case.target)})
    known = dict(zip(texts, range(len(texts)), strict=True))
    all_of_them = encoder.encode_tokens(texts)
    for case in noised:
        source, target = (
            _side(side, [known[text] for text in side], all_of_them, encoder.centre)
            for side in (case.source, case.target)
        )
        _observe(case, source, target, observed)


def _observe(case: Case, source: Side, target: Side, observed: Observed) -> None:
    settings = BeadSettings()
    beads = find_beads(source, target, settings)
    scale = measure(source, target, best_pairs(source, target), settings.length_slack)
    placed = [Placed(bead.source, bead.target, bead.moved) for bead in beads]
    fit = measure_fit(source, target, scale, placed)
    far = stretches(source, target, scale, placed)
    true = {(s, t) for s, t in case.beads if s and t}
    for k, link in enumerate(placed):
        if link.source and link.target:
            is_right = (tuple(link.source), tuple(link.target)) in true
            values = (float(fit.worst[k]), float(far[k]))
            (observed.joined if link.joined else observed.one).append((is_right, values))
    for side, values_of in enumerate((fit.source, fit.target)):
        linked = {i for bead in true for i in bead[side]}
        for is_linked, is_joined, i in _members(beads, side):
            if is_linked:
                row = (i not in linked, (float(values_of[i]), float(is_joined)))
                observed.linked.append(row)
            else:
                observed.gap.append((i not in linked, (float(values_of[i]),)))


def _members(beads: Iterable[Bead], side: int) -> Iterator[tuple[bool, bool, int]]:
    for bead in beads:
        for i in (bead.source, bead.target)[side]:
            joined = len(bead.source) + len(bead.target) > 2
            yield bool(bead.source and bead.target), joined, i


def _side(
    texts: Sequence[str], rows: Sequence[int], embedding: Embedding, centre: Centre | None
) -> Side:
    tokens = centred_tokens(
        [embedding.tokens[row] for row in rows], centre.token if centre else None
    )
    return Side(
        centred(embedding.sentences[list(rows)], centre.sentence if centre else None),
        np.array([len(text) for text in texts], np.float32),
        tuple(t.vectors for t in tokens),
    )


def report(name: str, rows: Sequence[Row]) -> None:
    """Fit a logistic regression and print it as it stands in the code."""
    truth = np.array([is_true for is_true, _ in rows])
    values = np.minimum(np.array([values for _, values in rows]), CEILING)
    if truth.all() or not truth.any():
        print(f"{name}: all {len(truth)} alike, nothing to fit")
        return
    model = LogisticRegression(C=1000.0, max_iter=1000).fit(values, truth)
    weights = tuple(round(float(w), 2) for w in (*model.intercept_, *model.coef_[0]))
    chances = model.predict_proba(values)[:, 1].tolist()
    error = calibration_error(list(zip(chances, truth.tolist(), strict=True)))
    print(f"{name} = {weights}  # {len(truth)}, {truth.mean():.3f} true; off by {error:.4f}")


if __name__ == "__main__":
    main()
