"""Trains the verifier, and writes it as ONNX.

    python models/train/verifier.py --data DIR --out FOLDER [--resume] [--minutes N] [--seed N]
        [--start CHECKPOINT|MODEL --rate .5] [--vectors FOLDER]
    python models/train/verifier.py --out FOLDER --dry-run

DIR holds ntrex/, mlqe-pe/ and wmt21-critical-errors/. FOLDER keeps the vectors of the faithful
texts, unless `--vectors` names another folder for them, the checkpoint, from which `--resume` goes
on, and the result. `--start` goes on from another run's checkpoint, its weights and its optimiser,
or from the weights of an exported model, as a run of its own. The dry run does all of it on a few
made-up sentences, in seconds.

One process draws the pairs and encodes them, another learns from them, each on a core of its own.
The rate of learning falls with the clock to nothing, so a run needs its cores to itself: with
bfloat16 in the processor's matrix units they take 40 pairs a second, 190,000 in 80 minutes, and
weights that are worth having need as many.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from align.judgement import ERRORS
from align.manifest import sha256
from align.vectors import TokenVectors, Vectors
from models.train import corpus as texts
from models.train import real, stand_in
from models.train.beside import beside
from models.train.edited import load_edited
from models.train.export import export, weights
from models.train.factory import Factory, RealPairs
from models.train.frozen import Frozen
from models.train.network import Network, Shape, adopt
from models.train.pairs import Batch, Example, batches, collate

HELD_OUT = ("fin", "heb", "tha")
"""Languages that are never trained on, one of each kind of script, to see what carries over."""

GROUPS, EDITED_GROUPS = 24, 12
"""Groups drawn at once, of news and of post-edits: their edited texts are encoded together."""
_FAR = 10**6
REAL_WORDS, REAL_CRITICAL = 10, 18
"""Pairs of real machine translation among them."""
STEP_TOKENS = 2400
WARM_STEPS = 30
RATES = {"layers": 1e-4, "drawn": 2e-3, "rest": 5e-4}
POSITIVE = (3.0, 3.0, 1.5)
"""Weight of a positive token label: lost, changed, bad."""
SAVE_SECONDS = 180


class Lower(Protocol):
    """What is asked of the encoder below."""

    prior: Vectors

    def encode(self, texts: Sequence[str]) -> Sequence[TokenVectors]:
        """Return the tokens of each text with their vectors."""

    def shape(self, layers: int) -> Shape:
        """Return the shape of the network above."""

    def upper(self, count: int) -> tuple[list[dict[str, Tensor]], float]:
        """Return the layers to begin with, and the length of a vector between them."""


@dataclass(slots=True)
class Run:
    """A training run, as it is kept in the checkpoint."""

    network: Network
    optimiser: torch.optim.Optimizer
    rng: Random
    step: int = 0
    pairs: int = 0
    seconds: float = 0.0
    seen: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    read: Callable[[Sequence[Example]], Sequence[Example]] = list
    """What the network reads in the place of the examples, if it has vectors of its own."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Train until the time is over, then export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="folder of the encoder's converted weights")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--minutes", type=float, default=70.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--start", type=Path, help="a checkpoint or model to begin with")
    parser.add_argument("--rate", type=float, default=1.0, help="of learning, against the usual")
    parser.add_argument("--without", nargs="*", default=list(HELD_OUT))
    parser.add_argument("--vectors", type=Path, help="folder of the faithful texts' vectors")
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.dry_run:
        options.data = stand_in.write(options.out / "data")
        options.minutes = 0.05
    elif options.data is None:
        parser.error("--data is needed")
    torch.manual_seed(options.seed)
    torch.set_flush_denormal(True)
    run = start(_lower(options), options)
    train(run, beside(partial(drawn, options, run.rng)), options)
    save(run, options.out)
    model = options.out / "model.onnx"
    export(run.network, model)
    sys.stderr.write(f"\n{model.name} {sha256(model)}\n")


def _lower(options: argparse.Namespace) -> Lower:
    return stand_in.Encoder() if options.dry_run else Frozen(options.cache)


def drawn(options: argparse.Namespace, rng: Random) -> Iterator[list[Example]]:
    """Yield batches without end, with an encoder of its own on one core."""
    torch.set_flush_denormal(True)
    yield from supply(_lower(options), options, rng)


def start(encoder: Lower, options: argparse.Namespace) -> Run:
    """Make a run, or take up the one that was interrupted."""
    shape = encoder.shape(options.layers)
    network = Network(shape)
    layers, scale = encoder.upper(shape.layers)
    if layers:
        adopt(network, layers, torch.from_numpy(encoder.prior), scale)
    run = Run(network, optimiser_of(network, options.rate), Random(options.seed))
    path = options.out / "checkpoint.pt"
    if options.resume and path.exists():
        state = torch.load(path, weights_only=False)
        _take_up(run, state, options.rate)
        run.step, run.pairs, run.seconds = state["step"], state["pairs"], state["seconds"]
        # Not the pairs again that it has seen.
        run.rng.seed(f"{options.seed}/{run.step}")
    elif options.start is not None and options.start.suffix == ".onnx":
        network.load_state_dict(weights(options.start, network))
    elif options.start is not None:
        _take_up(run, torch.load(options.start, weights_only=False), options.rate)
    return run


def _take_up(run: Run, state: Mapping[str, Any], rate: float) -> None:
    run.network.load_state_dict(state["network"])
    run.optimiser.load_state_dict(state["optimiser"])
    for group, peak in zip(run.optimiser.param_groups, RATES.values(), strict=True):
        group["peak"] = peak * rate


def optimiser_of(network: Network, factor: float = 1.0) -> torch.optim.Optimizer:
    """Return AdamW with a rate for each kind of weight."""
    kinds: dict[str, list[nn.Parameter]] = {"layers": [], "drawn": [], "rest": []}
    for name, weight in network.named_parameters():
        inside = name.startswith(("layers.", "entry."))
        kinds["drawn" if name.endswith("drawn") else "layers" if inside else "rest"].append(weight)
    groups = [{"params": kinds[k], "lr": rate, "peak": rate * factor} for k, rate in RATES.items()]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def save(run: Run, folder: Path) -> None:
    """Keep the run, whole or not at all."""
    state = {
        "network": run.network.state_dict(),
        "optimiser": run.optimiser.state_dict(),
        "step": run.step,
        "pairs": run.pairs,
        "seconds": run.seconds,
        "shape": run.network.shape,
    }
    partial = folder / "checkpoint.part"
    torch.save(state, partial)
    partial.rename(folder / "checkpoint.pt")


def train(
    run: Run,
    source: Iterator[Sequence[Example]],
    options: argparse.Namespace,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Take steps until the minutes of the clock are over."""
    # What is read and encoded once, before the first batch, does not count.
    batch = next(source)
    run.network.train()
    total = options.minutes * 60
    begun = clock() - run.seconds
    saved = run.seconds
    while run.seconds < total:
        rate = min(1.0, (run.step + 1) / WARM_STEPS) * max(0.02, 1 - run.seconds / total)
        for group in run.optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        losses = step(run, batch)
        batch = next(source)
        run.seconds = clock() - begun
        report(run, losses, total)
        if run.seconds - saved > SAVE_SECONDS:
            save(run, options.out)
            saved = run.seconds


def supply(encoder: Lower, options: argparse.Namespace, rng: Random) -> Iterator[list[Example]]:
    """Yield batches without end."""
    folder = options.data / "ntrex" / "train"
    names = sorted(p.stem for p in folder.glob("*.txt") if p.stem != "document_ids")
    names = [name for name in names if name not in options.without]
    store = options.vectors or options.out / "vectors"
    corpus = texts.load_corpus(options.data, store, "train", names, encoder.encode)
    factory = Factory(corpus, encoder.prior, encoder.encode)
    edited = [
        Factory(one, encoder.prior, encoder.encode)
        for one in load_edited(options.data, store, encoder.encode, corpus)
    ]
    words = [RealPairs(rows, encoder.encode) for _, rows in real.read_words(options.data, "train")]
    critical = [
        RealPairs(rows, encoder.encode) for _, rows in real.read_critical(options.data, "train")
    ]
    turn = 0
    while True:
        turn += 1
        examples = factory.groups(rng, GROUPS)
        if edited:
            # Groups of another factory must not be taken for this one's.
            more = rng.choice(edited).groups(rng, EDITED_GROUPS)
            examples += [replace(e, group=e.group + _FAR * turn) for e in more]
        for kind, count in ((words, REAL_WORDS), (critical, REAL_CRITICAL)):
            if kind:
                examples += rng.choice(kind).draw(rng, count, factory.count * 100)
        yield from batches(examples, STEP_TOKENS, rng)


def step(run: Run, examples: Sequence[Example]) -> dict[str, float]:
    """Take one step of the optimiser; return the parts of the loss."""
    batch = collate(run.read(examples))
    vectors, side, marks = map(torch.from_numpy, (batch.vectors, batch.side, batch.marks))
    related = run.network.relate(vectors, side, marks)
    with torch.autocast("cpu", torch.bfloat16):
        tokens, pairs = run.network.read(vectors, side, *related)
    tokens, pairs = tokens.float(), pairs.float()
    parts = losses_of(tokens, pairs, batch)
    loss = torch.stack(list(parts.values())).sum()
    run.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call] # torch has it so
    nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
    run.optimiser.step()
    run.step += 1
    run.pairs += len(examples)
    major = pairs[:, len(ERRORS)].detach().numpy()
    clean = {e.group: float(m) for e, m in zip(examples, major, strict=True) if e.kind == "clean"}
    for example, value in zip(examples, major, strict=True):
        if example.group in clean and example.kind != "clean":
            run.seen[example.kind].append(float(value > clean[example.group]))
    return {name: float(part.detach()) for name, part in parts.items()}


def losses_of(tokens: Tensor, pairs: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Return the parts of the loss, weighed."""
    wanted = torch.from_numpy(batch.tokens)
    parts = {
        name: scale * _entropy(tokens[:, :, k], wanted[:, :, k], POSITIVE[k])
        for k, (name, scale) in enumerate((("lost", 2.0), ("changed", 2.0), ("bad", 0.8)))
    }
    errors = torch.from_numpy(batch.errors)
    parts["type"] = 3.0 * _entropy(pairs[:, : len(ERRORS)], errors[:, : len(ERRORS)], 2.0)
    major = errors[:, len(ERRORS)]
    parts["major"] = 2.0 * _entropy(pairs[:, len(ERRORS)], major, 1.0)
    parts["critical"] = 1.0 * _entropy(
        pairs[:, len(ERRORS) + 1], torch.from_numpy(batch.critical), 1.5
    )
    group = torch.from_numpy(batch.group)
    facing = (group[:, None] == group[None, :]) & (major[:, None] == 1) & (major[None, :] == 0)
    if facing.any():
        score = pairs[:, len(ERRORS)]
        parts["rank"] = 0.5 * softplus(2.0 - (score[:, None] - score[None, :]))[facing].mean()
    known = torch.from_numpy(batch.critical)
    facing = (known[:, None] == 1) & (known[None, :] == 0)
    if facing.any():
        score = pairs[:, len(ERRORS) + 1]
        parts["apart"] = 0.5 * softplus(1.0 - (score[:, None] - score[None, :]))[facing].mean()
    return parts


def _entropy(logits: Tensor, wanted: Tensor, positive: float) -> Tensor:
    known = wanted >= 0
    if not known.any():
        return logits.sum() * 0.0
    weight = torch.tensor(positive)
    return binary_cross_entropy_with_logits(logits[known], wanted[known], pos_weight=weight)


def report(run: Run, losses: dict[str, float], total: float) -> None:
    """Show where the run is; every hundred steps, how often an error outranks its faithful pair."""
    told = " ".join(f"{name} {value:.3f}" for name, value in losses.items())
    share = run.pairs / max(1e-9, run.seconds)
    line = f"{run.seconds / total:6.1%} step {run.step} pairs {run.pairs} ({share:.1f}/s) {told}"
    end = "\n" if run.step % 20 == 0 else "\r"
    sys.stderr.write(line + end)
    if run.step % 100 == 0:
        wins = {kind: round(float(np.mean(won)), 3) for kind, won in sorted(run.seen.items())}
        sys.stderr.write(json.dumps(wins) + "\n")
        run.seen.clear()
    sys.stderr.flush()


if __name__ == "__main__":
    main()
