"""One side of a bitext as the aligner sees it, and the small sums that every step needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.vectors import Vectors, unit

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

    def runs(self, size: int) -> Vectors:
        """Return the unit vector of each run of `size` segments, shape (n - size + 1, d).

        The vector of a run is the length-weighted sum of its members', so that no run needs a
        second pass of the encoder.
        """
        weighted = self.vectors * np.maximum(self.lengths, 1.0)[:, None]
        count = max(0, len(self) - size + 1)
        # Few and short sums: adding shifted copies is exact, where a running total would drift.
        total = np.zeros((count, weighted.shape[1]), np.float32)
        for k in range(size):
            total += weighted[k : k + count]
        return unit(total)


def window_sums(values: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Return the sum of each run of `size` values, at least 1, shape (n - size + 1,)."""
    count = max(0, len(values) - size + 1)
    total = np.zeros(count, np.float32)
    for k in range(size):
        total += values[k : k + count]
    return np.maximum(total, np.float32(1.0))
