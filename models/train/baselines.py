"""Trains one of three networks for a few minutes, all alike but for what they read, and judges it.

    python models/train/baselines.py --data DIR --out FOLDER --network NAME [--minutes N] [--seed N]

NAME is

    head    two small layers over token vectors of the encoder's layers 7 and 12, which stay as they
            are: a late interaction. Layer 12 is computed from what layer 7 gives, for each side
            alone.
    upper   the encoder's layers 8 to 12, trained, over both sides at once: what is shipped.
    cross   all twelve layers, trained, over both sides at once, from the word embeddings; nothing
            is told about how the tokens of the two sides relate.

The pairs come in the same order from the same seed, and what they cost on the processor decides how
many each has seen. Prints AUROC against the faithful pairs and recall at 5 and 1 false alarms of
100 for errors of the own generator in development articles and for the generator that is kept out,
how well WMT21's critical errors are told, and how long a pair takes.
"""

import argparse
import json
import sys
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from align.judgement import ERRORS
from align.vectors import Vectors
from eval.curves import auroc, best_correlation, recall_at
from models.train import meaning
from models.train.corpus import Text, load_corpus
from models.train.factory import SCARCE, Factory, RealPairs
from models.train.frozen import Frozen
from models.train.network import FEATURES, Network, Shape, adopt
from models.train.pairs import Example, batches, collate
from models.train.real import read_critical
from models.train.verifier import (
    HELD_OUT,
    STEP_TOKENS,
    Run,
    optimiser_of,
    save,
    supply,
    train,
)

JUDGED = ("vie", "deu", "fin")
"""Languages of the development articles; the last is never trained on."""
GROUPS, MACHINE_PAIRS = 60, 400
MACHINE = ("ende", "enja")
SMALL = Shape(192, 6, 384, 2)

Judged = dict[str, dict[str, float]]


class Head(Network):
    """Small layers over vectors of two of the encoder's layers."""

    def __init__(self, above: Network) -> None:
        """Take the layers above the encoder's token layer, which stay as they are."""
        super().__init__(SMALL)
        self.above = above.requires_grad_(requires_grad=False)
        self.narrow = torch.nn.Linear(2 * above.shape.dimension, SMALL.dimension)

    def read(
        self, vectors: Tensor, side: Tensor, relations: Tensor, told: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the logits, given what `relate` found."""
        x = self.above.entry(vectors)
        apart = (side[:, :, None] != side[:, None, :]).to(x.dtype)[:, None] * -1e4
        with torch.no_grad():
            for layer in self.above.layers:
                x = layer(x, torch.zeros_like(relations), apart)
        both = torch.cat([vectors, torch.nn.functional.normalize(x, dim=-1)], -1)
        return super().read(self.narrow(both), side, relations, told)


class Cross(Network):
    """Layers that are told nothing about how the two sides relate."""

    def relate(self, vectors: Tensor, side: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """Return relations and features that say nothing, and the marks."""
        rows, width = side.shape
        nothing = vectors.new_zeros(rows, width, FEATURES)
        return vectors.new_zeros(rows, 3, width, width), torch.cat([nothing, marks], -1)


def main() -> None:
    """Train one network, and print what it finds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--network", choices=("head", "upper", "cross"), required=True)
    parser.add_argument("--cache", type=Path, help="folder of the encoder's converted weights")
    parser.add_argument("--vectors", type=Path, help="folder of the faithful texts' vectors")
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    options.without = list(HELD_OUT)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    encoder = Frozen(options.cache)
    run = start(encoder, options.network, options.seed)
    train(run, supply(encoder, options, run.rng), options, time.process_time)
    save(run, options.out)
    figures = {"network": options.network, "pairs": run.pairs, "seconds": round(run.seconds)}
    figures |= judged(run, encoder, options)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def start(encoder: Frozen, name: str, seed: int) -> Run:
    """Make a network that begins as the encoder."""
    shape = encoder.shape(5)
    if name == "cross":
        layers, scale = encoder.all_layers()
        network: Network = Cross(replace(shape, layers=len(layers)))
        adopt(network, layers, torch.zeros(shape.dimension), scale)
        return Run(network, optimiser_of(network), Random(seed), read=_Embedded(encoder))
    network = Network(shape)
    layers, scale = encoder.upper(shape.layers)
    adopt(network, layers, torch.from_numpy(encoder.prior), scale)
    if name == "head":
        network = Head(network)
    return Run(network, optimiser_of(network), Random(seed))


class _Embedded:
    """Examples with the vectors that enter the encoder's lowest layer."""

    def __init__(self, encoder: Frozen) -> None:
        self._encoder = encoder

    def __call__(self, examples: Sequence[Example]) -> list[Example]:
        return [
            replace(e, source=self._text(e.source), target=self._text(e.target)) for e in examples
        ]

    def _text(self, text: Text) -> Text:
        pieces = self._encoder.embed(text.text)
        # Several lines that are one text are cut a little otherwise than each alone.
        starts = [span.start for span in pieces.spans]
        rows = [max(0, bisect_right(starts, span.start) - 1) for span in text.spans]
        nothing: Vectors = np.zeros(pieces.vectors.shape[1], np.float32)
        return replace(text, vectors=pieces.vectors[rows].astype(np.float16), mean=nothing)


def judged(run: Run, encoder: Frozen, options: argparse.Namespace) -> Mapping[str, object]:
    """Return what the network finds, and how long it takes."""
    run.network.eval()
    store = options.vectors or options.out / "vectors"
    planted: Judged = {}
    kept: Judged = {}
    tokens = seconds = 0.0
    for name in JUDGED:
        corpus = load_corpus(options.data, store, "dev", ["eng", name], encoder.encode)
        for found, scarce in ((planted, SCARCE), (kept, (meaning.quantifier,))):
            factory = Factory(corpus, encoder.prior, encoder.encode, scarce)
            examples = factory.groups(Random(1), GROUPS)
            if found is kept:
                examples = [e for e in examples if e.kind in ("clean", "quantifier")]
            begun = time.process_time()
            odds = asked(run, examples)[:, len(ERRORS)]
            seconds += time.process_time() - begun
            tokens += len(examples)
            found[name] = figures_of(examples, odds)
    return {
        "planted": planted,
        "quantifier": kept,
        "critical": dict(critical(run, encoder, options.data)),
        "milliseconds a pair": round(1000 * seconds / tokens, 1),
        "weights": sum(w.numel() for w in run.network.parameters()),
    }


def asked(run: Run, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return the log odds of each example, shape (examples, 13)."""
    place = {id(example): k for k, example in enumerate(examples)}
    odds = np.zeros((len(examples), len(ERRORS) + 2))
    for some in batches(examples, STEP_TOKENS, Random(0)):
        batch = collate(run.read(some))
        with torch.inference_mode():
            _, pairs = run.network(*map(torch.from_numpy, (batch.vectors, batch.side, batch.marks)))
        odds[[place[id(example)] for example in some]] = pairs.numpy()
    return odds


def figures_of(examples: Sequence[Example], odds: NDArray[np.float64]) -> dict[str, float]:
    """Return AUROC and recall of errors against the faithful pairs, means over the kinds."""
    kind = np.array([e.kind if e.error else "" for e in examples])
    sound = odds[kind == ""]
    kinds = sorted(set(kind) - {""})
    ranks = [auroc(kind[s] == k, odds[s]) for k in kinds for s in [(kind == k) | (kind == "")]]
    figures = {"pairs": float((kind != "").sum()), "AUROC": float(np.mean(ranks))}
    for alarms in (5, 1):
        figures[f"recall at {alarms}"] = recall_at(odds[kind != ""], sound, alarms)
    return {name: round(value, 3) for name, value in figures.items()}


def critical(run: Run, encoder: Frozen, data: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield how well critical errors of machines are told, by pair of languages."""
    for name, rows in read_critical(data, "dev"):
        if name not in MACHINE:
            continue
        pairs = RealPairs(rows[:MACHINE_PAIRS], encoder.encode).draw(Random(0), MACHINE_PAIRS, 1)
        odds = asked(run, pairs)[:, len(ERRORS) + 1]
        wrong = np.array([bool(pair.critical) for pair in pairs])
        figures = {"AUROC": auroc(wrong, odds), "correlation": best_correlation(wrong, odds)}
        yield name, {key: round(value, 3) for key, value in figures.items()}


if __name__ == "__main__":
    main()
