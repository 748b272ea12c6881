"""Other sentence aligners, each behind one function, where they are installed.

    bertalign     Liu & Zhu 2022, with its own cost of a gap, and with gaps for free
    galechurch    Gale & Church 1993: lengths only
    sentweave     Thompson & Koehn 2019, "Vecalign", as a package

All that take vectors get the same ones as veralign: of single segments, and for windows of segments
the mean of their members' vectors, weighted by characters. None of them asks for the vectors of
words, which veralign takes from the same pass of the encoder. None of them is a dependency:
`pip install bertalign galechurch sentweave`; bertalign needs Python 3.12 or later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from align.vectors import Embedding, Vectors, unit
from eval.noise import Bead

SENTWEAVE_WINDOWS = 8
"""What sentweave asks for on each side when nothing else is said."""

FILLER = "This is a sentence of the text."

BERTALIGN_LINE = 10_000
"""Characters of a window that bertalign looks at."""


@dataclass(frozen=True, slots=True)
class Input:
    """What an aligner is given: segments, and what the encoder says of them."""

    source: Sequence[str]
    target: Sequence[str]
    source_embedding: Embedding
    target_embedding: Embedding

    @property
    def sides(self) -> tuple[tuple[Sequence[str], Vectors], tuple[Sequence[str], Vectors]]:
        """Return the segments of each side with their vectors, shape (n, d)."""
        return (
            (self.source, self.source_embedding.sentences),
            (self.target, self.target_embedding.sentences),
        )


Aligner = Callable[[Input], list[Bead]]


def installed() -> tuple[dict[str, Aligner], dict[str, str]]:
    """Return the aligners that can be imported, and why the others cannot."""
    aligners: dict[str, Aligner] = {}
    missing: dict[str, str] = {}
    for package, make in _MAKERS.items():
        try:
            module = import_module(package)
        except ImportError as error:
            missing[package] = str(error)
        else:
            aligners |= make(module, f"{package} {version(package)}")
    return aligners, missing


def windows(texts: Sequence[str], vectors: Vectors, longest: int) -> NDArray[np.float32]:
    """Return the unit vectors of the windows of 1 to `longest` segments that end at each segment.

    The shape is (longest, n, d). A window that would begin before the text is cut off there.
    """
    lengths = np.array([max(1, len(text)) for text in texts], np.float32)
    total = np.zeros((len(texts) + 1, vectors.shape[1]), np.float64)
    np.cumsum(vectors * lengths[:, None], axis=0, out=total[1:])
    ends = np.arange(1, len(texts) + 1)
    result = np.empty((longest, *vectors.shape), np.float32)
    for size in range(1, longest + 1):
        result[size - 1] = unit(
            (total[ends] - total[np.maximum(0, ends - size)]).astype(np.float32)
        )
    return result


def _bertalign(module: ModuleType, name: str) -> dict[str, Aligner]:
    def align(given: Input, **options: float) -> list[Bead]:
        sides = iter(given.sides)

        def transform(_: Sequence[str], longest: int) -> tuple[Vectors, NDArray[np.int64]]:
            texts, vectors = next(sides)
            return windows(texts, vectors, longest), _byte_lengths(texts, longest)

        # Its encoder loads a model when it is made; ours has the vectors already.
        encoder = object.__new__(module.Encoder)
        encoder.model_name, encoder.transform = "given", transform
        # It reads the texts only to detect languages and to split, and stops at those that it does
        # not know; there is nothing to split here.
        source, target = ("\n".join([FILLER] * len(side)) for side in (given.source, given.target))
        aligner = module.Bertalign(source, target, is_split=True, model=encoder, **options)
        return [(tuple(one), tuple(two)) for one, two in aligner.align_sents()]

    return {name: align, f"{name}, skip=0": lambda given: align(given, skip=0.0)}


def _galechurch(module: ModuleType, name: str) -> dict[str, Aligner]:
    def align(given: Input) -> list[Bead]:
        return [
            (
                tuple(range(bead.source_start, bead.source_end)),
                tuple(range(bead.target_start, bead.target_end)),
            )
            for bead in module.align(given.source, given.target).beads
        ]

    return {name: align}


def _sentweave(module: ModuleType, name: str) -> dict[str, Aligner]:
    def align(given: Input) -> list[Bead]:
        # It asks for the windows of one size after the other, the source first.
        answers = (rows for side in given.sides for rows in windows(*side, SENTWEAVE_WINDOWS))
        result = module.align(given.source, given.target, encoder=lambda _: next(answers))
        return [(tuple(b.src_indices), tuple(b.tgt_indices)) for b in result.alignments]

    return {name: align}


_MAKERS: dict[str, Callable[[ModuleType, str], dict[str, Aligner]]] = {
    "bertalign": _bertalign,
    "galechurch": _galechurch,
    "sentweave": _sentweave,
}


def _byte_lengths(texts: Sequence[str], longest: int) -> NDArray[np.int64]:
    single = np.array([len(text.encode()) + 1 for text in texts], np.int64)
    total = np.concatenate([[0], np.cumsum(single)])
    ends = np.arange(1, len(texts) + 1)
    sizes = [total[ends] - total[np.maximum(0, ends - size)] - 1 for size in range(1, longest + 1)]
    return np.minimum(np.array(sizes, np.int64), BERTALIGN_LINE)
