"""The engine of many machines: Ray Data, with models resident in its actors."""

import json
import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, TypeAlias

from align.batch.engine import FOR_ALL, Prepare, answer, failed, line
from align.batch.outcome import Failure, parse_entry
from align.batch.pair import Pair
from align.cores import use_at_most
from align.errors import AlignError, ConfigError, ModelError

BLOCK = 8
"""Pairs that go to an actor at once: some seconds of work, and what a node that dies costs."""

Handle: TypeAlias = Any
"""An actor, or what it will return, as others hold it: Ray's classes know none of our methods."""

PATIENCE_SECONDS = 1800.0
"""How long nothing may come back before a run ends with an error: Ray itself waits for ever for
nodes that are gone, and the longest articles take minutes."""

_SIZES = (BLOCK, 1, 1)
"""Pairs that share a fate, in each pass. What was lost beside others may die once more when it is
alone, or its node may: only who dies alone twice dies of itself."""

_LOOK_SECONDS = 1.0
_QUIET_SECONDS = 60.0
"""How long a cluster may be without a core before that is said."""

_KINDS = {kind.__name__: kind for kind in FOR_ALL}

log = logging.getLogger(__name__)


class Ray:
    """An engine of Ray actors, on a cluster or on this machine.

    What a node or an actor had in hand when it died is done again elsewhere, one pair at a time;
    a pair that kills twice when it is alone has a line that says so.
    """

    def __init__(
        self,
        jobs: int | None = None,
        address: str | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """Take the number of actors, and the cluster.

        Args:
            jobs: How many actors; one for each of the cluster's cores, if not given.
            address: Of a cluster that runs, or `auto`; one is started here, if not given.
            patience_seconds: How long nothing may come back before the run is given up.
        """
        self._jobs = jobs
        self._address = address
        self._patience = patience_seconds

    def run(self, pairs: Iterable[Pair], prepare: Prepare) -> Iterator[bytes]:
        """Yield the line of each pair as soon as it is there; see `Engine`.

        Raises:
            ConfigError: Ray is not installed, or the cluster does not answer.
            AlignError: Nothing came back for too long, or the cluster's processes cannot work.
        """
        ray = _library()
        was_there = ray.is_initialized()
        if not was_there:
            _connect(ray, self._address)
        try:
            lost = list(pairs)
            for size in _SIZES:
                if not lost:
                    break
                missing = {pair.name: pair for pair in lost}
                told = _Told(ray, missing, self._patience)
                for said in told.by(_Task(tuple(lost), prepare, size, self._jobs)):
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


@dataclass(frozen=True, slots=True)
class _Task:
    """What a pass has to do: `size` pairs share one fate, and `jobs` actors share the work."""

    pairs: tuple[Pair, ...]
    prepare: Prepare
    size: int
    jobs: int | None


class _Pass:
    """The process in which Ray Data shares out a pass; the actors are its own, and end with it.

    Ray Data waits without end, and only forgets its actors. One that is being started anew at that
    moment is never told, and holds its core while the actors of the next pass wait for it.
    """

    def __init__(self, task: _Task) -> None:
        """Take what there is to do."""
        self._answers = _answers(task)

    def next(self) -> tuple[bytes, str] | None:
        """Return a line, and why no pair can be answered if so; nothing after the last."""
        return next(self._answers, None)


class _Told:
    """What comes back from a cluster, or that nothing does."""

    def __init__(self, ray: ModuleType, missing: Mapping[str, Pair], patience: float) -> None:
        self._ray = ray
        self._missing = missing
        self._patience = patience

    def by(self, task: _Task) -> Iterator[bytes]:
        """Yield lines of a pass as they come, and end all its processes.

        Raises:
            AlignError: None came for too long, or the cluster failed as a whole.
        """
        strategies = import_module("ray.util.scheduling_strategies")
        # It lives as long as we do: on our own node, whatever becomes of others.
        here = strategies.NodeAffinitySchedulingStrategy(
            self._ray.get_runtime_context().get_node_id(), soft=False
        )
        remote = self._ray.remote(_Pass).options(num_cpus=0, scheduling_strategy=here)
        running = remote.remote(task)
        try:
            while (said := self._waited_for(running.next.remote())) is not None:
                line, refusal = said
                if refusal:
                    kind, what, where, fix = json.loads(refusal)
                    raise _KINDS[kind](what, where=where, fix=fix)
                yield line
        except self._ray.exceptions.RayError as error:
            raise _explained(error) from error
        finally:
            self._ray.kill(running)

    def _waited_for(self, promise: Handle) -> tuple[bytes, str] | None:
        begun = time.monotonic()
        is_said = False
        while not self._ray.wait([promise], timeout=_LOOK_SECONDS)[0]:
            waited = time.monotonic() - begun
            has_cores = self._ray.cluster_resources().get("CPU", 0) >= 1
            if waited >= self._patience:
                raise self._given_up(has_cores)
            if waited >= _QUIET_SECONDS and not (has_cores or is_said):
                is_said = True
                log.warning("No node of the cluster has a core; waiting for one.")
        said: tuple[bytes, str] | None = self._ray.get(promise)
        return said

    def _given_up(self, has_cores: bool) -> AlignError:
        names = sorted(self._missing)
        again = "What is done is kept: run the same command again."
        rest = "1 pair is" if len(names) == 1 else f"{len(names):,} pairs are"
        if not has_cores:
            return AlignError(
                f"No node of the cluster has a core, and nothing came back for "
                f"{self._patience:,.0f} seconds; {rest} not done.",
                fix=f"Start nodes; `ray status` lists those that live. {again}",
            )
        return AlignError(
            f"Nothing came back from the cluster for {self._patience:,.0f} seconds; "
            f"{rest} not done, such as {names[0]}.",
            fix="See with `ray status` whether others hold the cores. If articles take so long, "
            f"give more seconds with --ray-patience. {again}",
        )


def _explained(error: Exception) -> AlignError:
    """Say in our own words what no pair is at fault for."""
    # What Ray Data raised is wrapped, by Ray, in words on where that was.
    cause = getattr(error, "cause", None) or error
    return AlignError(
        f"The cluster's processes cannot work: {_first_line(cause)}",
        fix="Install the same veralign, Python and Ray on every node. "
        "What is done is kept: run the same command again.",
    )


def _answers(task: _Task) -> Iterator[tuple[bytes, str]]:
    """Yield the lines of the pairs whose actors live, or why there can be none."""
    ray, data = import_module("ray"), import_module("ray.data")
    context = data.DataContext.get_current()
    context.enable_progress_bars = False
    # What a dead actor had in hand is done again by us: waiting for its return might take for ever.
    context.max_errored_blocks = -1
    # Ray has a limit of its own; ours is the one that the caller has set.
    context.execution_no_progress_timeout_s = -1
    rows = [{"pair": json.dumps(asdict(pair))} for pair in task.pairs]
    blocks = -(-len(rows) // task.size)
    actors = task.jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
    lines = data.from_items(rows, override_num_blocks=blocks).map_batches(
        Actor,
        fn_constructor_args=(task.prepare,),
        batch_size=None,
        # What waits in an actor dies with it: a pair that is alone must die of itself.
        compute=data.ActorPoolStrategy(
            size=min(actors, blocks), max_tasks_in_flight_per_actor=1 if task.size == 1 else 2
        ),
        # With one core an actor, Ray gives the libraries below numpy one thread.
        num_cpus=1,
        max_restarts=-1,
        max_task_retries=0,
    )
    for row in lines.iter_rows():
        yield row["line"], row["refusal"]


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


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
