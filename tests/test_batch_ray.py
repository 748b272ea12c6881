"""Tests of the engine of many machines, on a Ray cluster of two nodes that is started here."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from align.batch import articles
from align.batch.engine import line
from align.batch.local import Local
from align.batch.outcome import parse as parse_outcome
from align.batch.pair import Pair
from align.batch.ray import Ray
from align.config import parse
from align.errors import AlignError, ModelError
from tests import batch_work
from tests.batch_work import outcome, pairs

ray = pytest.importorskip("ray", reason="the extra [cluster] is not installed")
clusters = pytest.importorskip("ray.cluster_utils")


ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own, of many kinds


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Start a cluster: a head without cores, and two nodes of one core each."""
    started = clusters.Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    # Before there are others: of several nodes on a machine, Ray would take any for ours.
    ray.init(address=started.address, log_to_driver=False, logging_level="ERROR")
    try:
        nodes = [started.add_node(num_cpus=1, object_store_memory=80_000_000) for _ in range(2)]
        yield started, nodes
    finally:
        ray.shutdown()
        started.shutdown()


def wished(count: int, wishes: dict[int, str], other: str = "slow") -> tuple[Pair, ...]:
    """Return pairs of which some make their process do something."""
    return tuple(
        replace(pair, fields=(("wish", wishes.get(k, other)),))
        for k, pair in enumerate(pairs(count))
    )


def test_a_cluster_gives_what_one_machine_does(cluster: Any, tmp_path: Path) -> None:
    """Pairs that kill cost themselves; a node that dies costs nothing; nor is a model invented.

    One test, because a cluster takes long to start.
    """
    with pytest.raises(ModelError, match="not there"):
        list(Ray(1).run(wished(4, {}), batch_work.refuse))
    _kill_actors(tmp_path / "actors")
    _kill_last(tmp_path / "last")
    given = wished(200, {17: "fail"})
    prepare = partial(batch_work.prepare, str(tmp_path))
    lines = _bereft(cluster, Ray().run(given, prepare), after=40)
    assert sorted(lines) == sorted(Local(1).run(given, prepare))
    _wait_in_vain(cluster)


@pytest.mark.model
def test_real_models_say_on_a_cluster_what_they_say_here(
    cluster: Any, cache: Path, tmp_path: Path
) -> None:
    """Encoder and verifier give the same bytes on two nodes, one of which dies, as on one machine.

    Vectors are not kept, so that each engine computes its own.
    """
    names = [str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    couples = [(name, names[-1]) for name in names[:-1]]
    couples += [(target, source) for source, target in couples]
    couples += [(names[0], str(tmp_path / "lost.txt")), (names[0], names[1])]
    given = tuple(Pair(str(k), *couple) for k, couple in enumerate(couples))
    config = parse({"cache": {"size_mb": 0}})
    prepare = partial(articles.prepare, articles.plan("", config, cache=cache))
    lines = _bereft(cluster, Ray().run(given, prepare), after=1)
    assert sorted(lines) == sorted(Local(2).run(given, prepare))
    reports = [found.report for found in map(parse_outcome, lines) if found.report]
    assert len(reports) == len(given) - 1
    assert any(report.findings for report in reports)


def _kill_last(folder: Path) -> None:
    """Actors that are started anew when all is answered hold no core in the next pass.

    They did, for ever: Ray Data forgets its actors, and one that dies last is not told.
    """
    folder.mkdir()
    first_and_last = {0: "die once", 8: "die once"}
    given = wished(9, first_and_last, "")
    prepare = partial(batch_work.prepare, str(folder))
    found = {said.pair: said for said in map(parse_outcome, Ray(2, None, 600).run(given, prepare))}
    assert found == {pair.name: parse_outcome(line(outcome(pair))) for pair in given}


def _wait_in_vain(cluster: Any) -> None:
    """A cluster whose last core is held by others, or is gone, is an error and no endless wait."""
    started, nodes = cluster
    _until_cores(1)  # else the core could be one of the node that has just died
    holder = ray.remote(batch_work.Idler).options(num_cpus=1).remote()
    ray.get(holder.stay.remote())
    with pytest.raises(AlignError, match=r"Nothing came back .* for 5 seconds; 4 pairs") as caught:
        list(Ray(1, patience_seconds=5).run(wished(4, {}), batch_work.prepare))
    assert "--ray-patience" in caught.value.fix
    ray.kill(holder)
    # What was given up waits no longer: it would be given the core first.
    ray.get(ray.remote(batch_work.Idler).options(num_cpus=1).remote().stay.remote(), timeout=120)
    started.remove_node(nodes[0], allow_graceful=False)
    _until_cores(0)
    with pytest.raises(AlignError, match="No node of the cluster has a core") as caught:
        list(Ray(1, patience_seconds=5).run(wished(4, {}), batch_work.prepare))
    assert "run the same command again" in caught.value.fix


def _until_cores(count: int) -> None:
    """Wait: nobody misses a node before some of its signs of life have not come."""
    until = time.monotonic() + 120
    while ray.cluster_resources().get("CPU", 0) != count and time.monotonic() < until:
        time.sleep(1)


def _bereft(cluster: Any, said: Iterable[bytes], after: int) -> list[bytes]:
    """Return what a run says whose cluster loses its second node after so many lines."""
    started, nodes = cluster
    lines = []
    for outcome_line in said:
        lines.append(outcome_line)
        if len(lines) == after:
            started.remove_node(nodes[1], allow_graceful=False)
    return lines


def _kill_actors(folder: Path) -> None:
    """A pair that kills once is done in the end; one that always does is an error."""
    folder.mkdir()
    given = wished(10, {3: "die once", 8: "die"}, "")
    prepare = partial(batch_work.prepare, str(folder))
    found = {said.pair: said for said in map(parse_outcome, Ray(2).run(given, prepare))}
    assert len(found) == len(given)
    for k, pair in enumerate(given):
        if k != 8:
            assert found[pair.name] == parse_outcome(line(outcome(pair)))
    error = found[given[8].name].error
    assert error is not None
    assert "died, twice" in error.message
