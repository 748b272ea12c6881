"""One side of a bitext as the aligner sees it, and the small sums that every step needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.vectors import Vectors

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Side:
    """Segments as numbers.

    `vectors` are centred and of unit length, shape (n, d); `lengths` are characters, shape (n,).
    `tokens` holds, for each segment, the centred unit vectors of its tokens, shape (tokens, d); it
    is None where nobody has them, and beads then rest on whole sentences alone.
    """

    vectors: Vectors
    lengths: NDArray[np.float32]
    tokens: tuple[Vectors, ...] | None = None

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self.lengths)

    def part(self, numbers: range) -> "Side":
        """Return a run of the segments as a side of its own."""
        inside = slice(numbers.start, numbers.stop)
        tokens = None if self.tokens is None else self.tokens[inside]
        return Side(self.vectors[inside], self.lengths[inside], tokens)

    def weights(self) -> NDArray[np.float64]:
        """Return what each segment weighs in a run: its characters, at least 1."""
        return np.maximum(self.lengths, 1.0).astype(np.float64)

    def run_sizes(self, most: int) -> list[NDArray[np.float64]]:
        """Return how long the vectors of the runs of 1 to `most` segments are.

        The vector of a run is the weighted sum of its members', so that no run needs a second pass
        of the encoder.

        Returns:
            For runs of k segments, at place k - 1, an array of shape (n - k + 1,).
        """
        weighted = self.vectors * self.weights()[:, None].astype(np.float32)
        total, sizes = weighted, []
        # Few and short sums: adding shifted copies is exact, where a running total would drift.
        for size in range(1, most + 1):
            if size > 1:
                total = total[:-1] + weighted[size - 1 :]
            squares = np.einsum("ij,ij->i", total, total, dtype=np.float64)
            sizes.append(np.maximum(np.sqrt(squares), 1e-12))
        return sizes


def window_sums(values: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Return the sum of each run of `size` values, at least 1, shape (n - size + 1,)."""
    count = max(0, len(values) - size + 1)
    total = np.zeros(count, np.float32)
    for k in range(size):
        total += values[k : k + count]
    return np.maximum(total, np.float32(1.0))
