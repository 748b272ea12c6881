"""The networks that the shipped one is compared with."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from models.train import stand_in
from models.train.baselines import Cross, Head, asked, figures_of
from models.train.corpus import load_corpus
from models.train.factory import Factory
from models.train.network import Network, Shape
from models.train.pairs import Example
from models.train.verifier import Run, optimiser_of, step

TINY = Shape(24, 3, 48, 2)


@pytest.fixture
def examples(tmp_path: Path) -> list[Example]:
    """Draw some examples of the made-up corpus."""
    data, encoder = stand_in.write(tmp_path / "data"), stand_in.Encoder()
    names = ("deu", "eng", "xxx")
    corpus = load_corpus(data, tmp_path / "vectors", "train", names, encoder.encode)
    return Factory(corpus, encoder.prior, encoder.encode).groups(Random(1), 6)


@pytest.mark.parametrize("network", [Head(Network(TINY)), Cross(TINY)], ids=["head", "cross"])
def test_each_network_learns_in_the_same_steps(network: Network, examples: list[Example]) -> None:
    """A step changes the weights that are to be trained, and the answers come in order."""
    torch.manual_seed(0)
    run = Run(network, optimiser_of(network), Random(1))
    first = asked(run, examples)
    before = network.pair.weight.detach().clone()
    for group in run.optimiser.param_groups:
        group["lr"] = 1e-2
    losses = [sum(step(run, examples).values()) for _ in range(12)]
    assert losses[-1] < losses[0]
    assert not torch.equal(before, network.pair.weight)
    assert asked(run, examples[::-1]).shape == first.shape
    np.testing.assert_allclose(asked(run, examples[::-1])[::-1], asked(run, examples), atol=1e-3)


def test_the_head_leaves_what_is_below_as_it_is(examples: list[Example]) -> None:
    """The layers that give it its vectors are not trained."""
    below = Network(TINY)
    before = {name: weight.clone() for name, weight in below.state_dict().items()}
    run = Run(Head(below), optimiser_of(below), Random(1))
    run.optimiser = optimiser_of(run.network)
    step(run, examples)
    after = below.state_dict()
    assert all(torch.equal(weight, after[name]) for name, weight in before.items())


def test_nothing_is_told_to_a_cross_encoder() -> None:
    """Equal words of the two sides are not shown to it as such."""
    vectors = torch.ones(1, 6, 24)
    side = torch.tensor([[0, 1, 1, 2, 2, -1]])
    relations, told = Cross(TINY).relate(vectors, side, torch.ones(1, 6, 6))
    assert not relations.any()
    assert not told[:, :, :6].any()
    assert told[:, :, 6:].all()


def test_figures_are_of_errors_against_faithful_pairs(examples: list[Example]) -> None:
    """Odds that are high for errors alone find all of them."""
    odds = np.array([float(bool(example.error)) for example in examples])
    figures = figures_of(examples, odds)
    assert figures["AUROC"] == figures["recall at 5"] == figures["recall at 1"] == 1.0
    assert figures["pairs"] == odds.sum()
