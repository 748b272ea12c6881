"""What an engine is: it has pairs compared by processes, on one machine or on many."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from align.batch.outcome import Digested, Failure, Outcome, render
from align.batch.pair import Pair
from align.errors import AlignError, ConfigError, ModelError

Work = Callable[[Pair], Outcome]
"""Compares one pair. What is wrong with a pair is its outcome; what is wrong with all is raised."""

Prepare = Callable[[], Work]
"""Makes a process ready for work: loads models, once. It travels to the process as a pickle."""

FOR_ALL = (ConfigError, ModelError)
"""Errors that no other pair would be spared, so that they end the run."""

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Environment of a worker: the libraries below numpy would take all cores in each, and add up
numbers in another order on another machine."""


class Engine(Protocol):
    """What a run needs of an engine."""

    def run(self, pairs: Iterable[Pair], prepare: Prepare) -> Iterator[bytes]:
        """Yield the line of each pair as soon as it is there, in any order.

        Raises:
            AlignError: What is wrong is not one pair's fault.
        """


def answer(work: Work, pair: Pair) -> bytes:
    """Return the line of a pair; whatever becomes of it, there is one.

    Raises:
        ConfigError: A setting is wrong, whatever the pair.
        ModelError: A model cannot be loaded.
    """
    try:
        outcome = work(pair)
    except FOR_ALL:
        raise
    except AlignError as error:
        outcome = failed(pair, Failure(error.what, error.where, error.fix))
    except MemoryError:
        outcome = failed(pair, Failure("There was not enough memory for this pair."))
    except Exception as error:  # noqa: BLE001 - one strange pair must not end a night's run
        kind = type(error).__name__
        outcome = failed(
            pair,
            Failure(
                f"veralign failed in a way that it should not: {kind}: {error}",
                fix="Run `veralign --verbose check` on this pair and report what it prints.",
            ),
        )
    return line(outcome)


def line(outcome: Outcome) -> bytes:
    """Return the line of an outcome; half of a surrogate pair costs one sign and not the run."""
    return render(outcome).encode("utf-8", "replace")


def failed(pair: Pair, failure: Failure) -> Outcome:
    """Return the outcome of a pair of which nothing was read, and which is worth another try."""
    return Outcome(
        pair.name,
        Digested(pair.source, ""),
        Digested(pair.target, ""),
        pair.fields,
        error=failure,
    )
