"""Runs what yields the pairs to learn from in a process beside the one that learns from them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from torch.utils.data import DataLoader, IterableDataset

_T = TypeVar("_T")

AHEAD = 24
"""So many items may wait."""


class _Made(IterableDataset[_T], Generic[_T]):
    """What a function yields."""

    def __init__(self, make: Callable[[], Iterable[_T]]) -> None:
        self.make = make

    def __iter__(self) -> Iterator[_T]:
        return iter(self.make())


def beside(make: Callable[[], Iterable[_T]]) -> Iterator[_T]:
    """Yield what `make` yields, made in another process while the caller works.

    Args:
        make: A function of a module, or a `partial` of one; it is sent to the other process.

    Raises:
        Exception: What `make` raised there, of the same type, with its traceback as the message.
    """
    return iter(
        DataLoader(
            _Made(make),
            batch_size=None,
            num_workers=1,
            prefetch_factor=AHEAD,
            collate_fn=_as_it_is,
            multiprocessing_context="spawn",
        )
    )


def _as_it_is(item: _T) -> _T:
    return item
