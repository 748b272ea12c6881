"""The verifier's network: layers that read the token vectors of both sides together.

The encoder's lower layers stay as they are, and what they give is the input: a token vector is
computed once and serves the alignment and this. The layers above begin as the encoder's own upper
layers, and see both sides at once; how close two tokens of different sides are is told to them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from align.judgement import ERRORS
from align.verifier import MARKS

RELATIONS = 3
FEATURES = 6
TOKEN_LABELS = ("lost", "changed", "bad")
PAIR_LABELS = (*ERRORS, "major", "critical")


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the network is."""

    dimension: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 5


class Layer(nn.Module):
    """A transformer layer as BERT's, whose attention is also drawn by how tokens relate."""

    def __init__(self, shape: Shape) -> None:
        """Make a layer with random weights; `adopt` gives it an encoder's."""
        super().__init__()
        d = shape.dimension
        self.heads = shape.heads
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, shape.inner)
        self.down = nn.Linear(shape.inner, d)
        self.last = nn.LayerNorm(d, eps=1e-12)
        # A third of the heads begins by looking at the counterpart, so that the layers need not
        # find out first what translates what.
        drawn = torch.zeros(shape.heads, RELATIONS)
        drawn[: shape.heads // 3] = torch.tensor([4.0, 4.0, 0.0])
        self.drawn = nn.Parameter(drawn)

    def forward(self, x: Tensor, relations: Tensor, mask: Tensor) -> Tensor:
        """Return the tokens (batch, n, d) after attention over `relations` (batch, 3, n, n)."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(d // self.heads)
        pull = (self.drawn @ relations.flatten(2)).view(b, self.heads, n, n)
        seen = (scores + pull + mask).softmax(-1) @ v
        x = self.norm(x + self.out(seen.transpose(1, 2).reshape(b, n, d)))
        read: Tensor = self.last(x + self.down(gelu(self.up(x))))
        return read


class Network(nn.Module):
    """Token vectors of two sides to logits for each token and for the pair."""

    def __init__(self, shape: Shape) -> None:
        """Make a network with random weights."""
        super().__init__()
        d = shape.dimension
        self.shape = shape
        self.entry = nn.Linear(d, d)
        self.features = nn.Linear(FEATURES + MARKS, d)
        # Nothing at first: what a token and its counterpart differ in is learnt on top.
        self.compare = nn.Linear(2 * d, d)
        nn.init.zeros_(self.compare.weight)
        nn.init.zeros_(self.compare.bias)
        self.sides = nn.Embedding(3, d)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.tokens = nn.Linear(d, len(TOKEN_LABELS))
        self.gather = nn.Linear(d + 4, d // 2)
        self.pair = nn.Linear(d // 2, len(PAIR_LABELS))
        nn.init.normal_(self.sides.weight, std=0.02)

    def forward(self, vectors: Tensor, side: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """Judge a batch of pairs.

        Args:
            vectors: Centred unit vectors, shape (batch, n, d). The first row of each pair is zero:
                its place is the pair's own. At least five rows.
            side: 0 for the first row, 1 for source tokens, 2 for target tokens, -1 for padding;
                shape (batch, n).
            marks: What `align.verifier.marks` says of each token, shape (batch, n, MARKS).

        Returns:
            Logits of each token, shape (batch, n, 3), and of each pair, shape (batch, 13).
        """
        return self.read(vectors, side, *self.relate(vectors, side, marks))

    def relate(self, vectors: Tensor, side: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """Return how the tokens of both sides relate, and what is told about each.

        Apart from `read`, because cosines need full precision and layers do not.
        """
        cross = (side[:, :, None] * side[:, None, :] == 2).to(vectors.dtype)
        cosines = vectors @ vectors.transpose(1, 2)
        relations = torch.stack([cosines * cross, _mutual(cosines, cross), cross], 1)
        return relations, torch.cat([_features(cosines, cross, marks[:, :, 4]), marks], -1)

    def read(
        self, vectors: Tensor, side: Tensor, relations: Tensor, told: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the logits, given what `relate` found."""
        mask = (side < 0).to(vectors.dtype)[:, None, None, :] * -1e4
        facing = _facing(relations) @ vectors
        differs = torch.cat([vectors - facing, vectors * facing * 20.0], -1)
        x = self.entry(vectors) + self.features(told) + self.sides(side.clamp(min=0))
        x = x + self.compare(differs)
        for layer in self.layers:
            x = layer(x, relations, mask)
        tokens = self.tokens(x)
        worst = [
            _softmax_pool(tokens[:, :, label], side == which)
            for label in (0, 1)
            for which in (1, 2)
        ]
        gathered = gelu(self.gather(torch.cat([x[:, 0], torch.stack(worst, -1)], -1)))
        return tokens, self.pair(gathered)


def _mutual(cosines: Tensor, cross: Tensor) -> Tensor:
    sharp = cosines * 10.0 - (1.0 - cross) * 1e4
    return sharp.softmax(-1) * sharp.softmax(-2) * cross


def _facing(relations: Tensor) -> Tensor:
    """Return how much each token of the other side counts as a token's counterpart."""
    cosines, _, cross = relations.unbind(1)
    return (cosines * 20.0 - (1.0 - cross) * 1e4).softmax(-1) * cross


def _features(cosines: Tensor, cross: Tensor, place: Tensor) -> Tensor:
    """Return how well each token is supported by the other side, shape (batch, n, 6)."""
    there = cross.amax(-1)
    matrix = cosines * cross - (1.0 - cross)
    best, where = matrix.topk(4, dim=-1)
    by_column = matrix.topk(2, dim=1).values
    top, second = by_column[:, :1], by_column[:, 1:]
    rival = torch.where(matrix >= top, second, top).expand_as(matrix)
    owed = (rival - matrix).clamp(min=0)
    support = (matrix - owed).amax(-1)
    first = where[:, :, :1]
    faced = place.gather(1, where[:, :, 0])
    columns = [
        best[:, :, 0],
        best[:, :, 0] - best[:, :, 1:].clamp(min=0).mean(-1),
        owed.gather(2, first)[:, :, 0],
        support,
        faced - place,
        (faced - place).abs(),
    ]
    return torch.stack(columns, -1) * there[:, :, None]


def _softmax_pool(logits: Tensor, chosen: Tensor) -> Tensor:
    weights = torch.where(chosen, logits, torch.full_like(logits, -1e4)).softmax(-1)
    return (weights * torch.where(chosen, logits, torch.zeros_like(logits))).sum(-1)


def adopt(
    network: Network, layers: Sequence[Mapping[str, Tensor]], prior: Tensor, scale: float
) -> None:
    """Begin with an encoder's upper layers.

    Args:
        network: The network, changed in place.
        layers: The state of each layer, under BERT's names.
        prior: The mean token vector that was subtracted from unit vectors, shape (d,).
        scale: Length of a vector between the encoder's layers: vectors are brought back to it.
    """
    spread = math.sqrt(max(1e-3, 1.0 - float(prior.square().sum())))
    with torch.no_grad():
        network.entry.weight.copy_(torch.eye(network.shape.dimension) * scale * spread)
        network.entry.bias.copy_(prior * scale)
        for layer, state in zip(network.layers, layers, strict=True):
            _adopt_layer(layer, state)


def _adopt_layer(layer: nn.Module, state: Mapping[str, Tensor]) -> None:
    parts = ("query", "key", "value")
    renamed = {
        f"qkv.{kind}": torch.cat([state[f"attention.self.{part}.{kind}"] for part in parts])
        for kind in ("weight", "bias")
    }
    names = {
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "last",
    }
    for old, new in names.items():
        for kind in ("weight", "bias"):
            renamed[f"{new}.{kind}"] = state[f"{old}.{kind}"]
    renamed["drawn"] = layer.get_parameter("drawn")
    layer.load_state_dict(renamed)
