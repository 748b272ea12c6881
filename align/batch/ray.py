"""The engine of many machines: Ray Data, with models resident in its actors."""

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib import import_module
from types import ModuleType
from typing import Any

from align.batch.engine import FOR_ALL, Prepare, answer, failed, line
from align.batch.outcome import Failure, parse_entry
from align.batch.pair import Pair
from align.cores import use_at_most
from align.errors import AlignError, ConfigError, ModelError

BLOCK = 8
"""Pairs that go to an actor at once: some seconds of work, and what a node that dies costs."""

_KINDS = {kind.__name__: kind for kind in FOR_ALL}


class Ray:
    """An engine of Ray actors, on a cluster or on this machine.

    What a node or an actor had in hand when it died is done again elsewhere, one pair at a time;
    a pair that kills again has a line that says so.
    """

    def __init__(self, jobs: int | None = None, address: str | None = None) -> None:
        """Take the number of actors, and the cluster.

        Args:
            jobs: How many actors; one for each of the cluster's cores, if not given.
            address: Of a cluster that runs, or `auto`; one is started here, if not given.
        """
        self._jobs = jobs
        self._address = address

    def run(self, pairs: Iterable[Pair], prepare: Prepare) -> Iterator[bytes]:
        """Yield the line of each pair as soon as it is there; see `Engine`.

        Raises:
            ConfigError: Ray is not installed, or the cluster does not answer.
        """
        ray = _library()
        was_there = ray.is_initialized()
        if not was_there:
            _connect(ray, self._address)
        try:
            lost = list(pairs)
            for size in (BLOCK, 1):
                missing = {pair.name: pair for pair in lost}
                for said in _answers(ray, lost, prepare, size, self._jobs):
                    del missing[parse_entry(said).pair]
                    yield said
                lost = list(missing.values())
            yield from (_died(pair) for pair in lost)
        finally:
            if not was_there:
                ray.shutdown()


class Actor:
    """A process of the cluster that has its models loaded."""

    def __init__(self, prepare: Prepare) -> None:
        """Load what every pair needs. What cannot be loaded is told with the first pairs."""
        use_at_most(1)
        self._refusal = ""
        try:
            self._work = prepare()
        except FOR_ALL as error:
            self._refusal = _refusal(error)

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Answer some pairs: a line each, or why no pair can be answered."""
        lines: list[bytes] = []
        for told in batch["pair"]:
            try:
                lines.append(b"" if self._refusal else answer(self._work, _pair(str(told))))
            except FOR_ALL as error:
                self._refusal = _refusal(error)
                lines.append(b"")
        return {"line": lines, "refusal": [self._refusal] * len(lines)}


def _answers(
    ray: ModuleType, pairs: Sequence[Pair], prepare: Prepare, size: int, jobs: int | None
) -> Iterator[bytes]:
    """Yield the lines of the pairs whose actors live; `size` pairs share one fate."""
    if not pairs:
        return
    data = import_module("ray.data")
    context = data.DataContext.get_current().copy()
    context.enable_progress_bars = False
    # What a dead actor had in hand is done again by us: waiting for its return might take for ever.
    context.max_errored_blocks = -1
    rows = [{"pair": json.dumps(asdict(pair))} for pair in pairs]
    blocks = -(-len(rows) // size)
    actors = jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
    with data.DataContext.current(context):
        lines = data.from_items(rows, override_num_blocks=blocks).map_batches(
            Actor,
            fn_constructor_args=(prepare,),
            batch_size=None,
            # What waits in an actor dies with it: the second time a pair must die of itself alone.
            compute=data.ActorPoolStrategy(
                size=min(actors, blocks), max_tasks_in_flight_per_actor=1 if size == 1 else 2
            ),
            # With one core an actor, Ray gives the libraries below numpy one thread.
            num_cpus=1,
            max_restarts=-1,
            max_task_retries=0,
        )
        for row in lines.iter_rows():
            if row["refusal"]:
                kind, what, where, fix = json.loads(row["refusal"])
                raise _KINDS[kind](what, where=where, fix=fix)
            yield row["line"]


def _library() -> ModuleType:
    # Of a desk's texts and habits nothing leaves its machines.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        ray = import_module("ray")
        import_module("ray.data")
    except ImportError as error:
        raise ConfigError(
            "The engine ray is not installed.", fix="Run: pip install 'veralign[cluster]'."
        ) from error
    return ray


def _connect(ray: ModuleType, address: str | None) -> None:
    try:
        # Without an address Ray would join whatever cluster this machine last ran.
        ray.init(address=address or "local", log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise ConfigError(
            "The Ray cluster does not answer.",
            where=address or "this machine",
            fix=f"Give the address that `ray start --head` printed. ({_first_line(error)})",
        ) from error


def _refusal(error: AlignError) -> str:
    kind = ModelError if isinstance(error, ModelError) else ConfigError
    return json.dumps([kind.__name__, error.what, error.where, error.fix])


def _pair(told: str) -> Pair:
    table = json.loads(told)
    source, target = table["languages"]
    fields = tuple((name, value) for name, value in table["fields"])
    return Pair(table["name"], table["source"], table["target"], fields, (source, target))


def _died(pair: Pair) -> bytes:
    failure = Failure(
        "The process that compared this pair died, twice.",
        fix="If the memory was short, give its node more or cut the article; "
        "then run the batch again.",
    )
    return line(failed(pair, failure))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
