"""Tests of the engine of one machine: processes that die, refuse, and are shared among pairs."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from align.batch.engine import Prepare, line
from align.batch.local import Local
from align.batch.outcome import Outcome, parse
from align.batch.pair import Pair
from align.errors import AlignError, ModelError
from tests import batch_work
from tests.batch_work import outcome, pairs


def wished(count: int, wishes: dict[int, str]) -> tuple[Pair, ...]:
    """Return pairs of which some make their process do something."""
    return tuple(
        replace(pair, fields=(("wish", wishes.get(k, "")),)) for k, pair in enumerate(pairs(count))
    )


def answers(given: tuple[Pair, ...], folder: Path, jobs: int = 2) -> dict[str, Outcome]:
    """Return what an engine answers, by pair, having checked that each has one answer."""
    lines = list(Local(jobs).run(given, partial(batch_work.prepare, str(folder))))
    found = {said.pair: said for said in map(parse, lines)}
    assert len(lines) == len(found) == len(given)
    return found


def test_each_pair_has_its_line(tmp_path: Path) -> None:
    """One process and three give the same lines, whatever their order."""
    given = wished(20, {})
    expected = sorted(line(outcome(pair)) for pair in given)
    for jobs in (1, 3):
        prepare = partial(batch_work.prepare, str(tmp_path))
        assert sorted(Local(jobs).run(given, prepare)) == expected


def test_a_process_that_dies_costs_only_its_pair(tmp_path: Path) -> None:
    """A pair that kills once is done in the end; one that always does is an error; others stay."""
    given = wished(9, {2: "die once", 5: "die", 8: "die once"})
    found = answers(given, tmp_path)
    for k, pair in enumerate(given):
        if k != 5:
            assert found[pair.name] == parse(line(outcome(pair)))
    dead = found[given[5].name]
    assert dead.error is not None
    assert "died, twice: signal 9" in dead.error.message
    assert dead.key == ""


def test_what_a_pair_does_wrong_is_its_line(tmp_path: Path) -> None:
    """No memory and unforeseen errors are lines, without a key, so that they are tried again."""
    given = wished(4, {1: "swallow all memory", 2: "fail"})
    found = answers(given, tmp_path, jobs=1)
    errors = [found[pair.name].error for pair in given[1:3]]
    assert errors[0] is not None
    assert "memory" in errors[0].message
    assert errors[1] is not None
    assert "RuntimeError: no such luck" in errors[1].message
    assert not any(found[pair.name].key for pair in given[1:3])


@pytest.mark.parametrize("prepare", [batch_work.refuse, batch_work.prepare])
def test_what_no_pair_is_spared_ends_the_run(prepare: Prepare) -> None:
    """A model that is missing is told once and as it is, whenever it is missed."""
    with pytest.raises(ModelError, match="not there") as caught:
        list(Local(2).run(wished(4, {1: "refuse"}), prepare))
    assert (caught.value.where, caught.value.fix) == ("here", "Fetch it.")


def test_processes_that_die_at_once_end_the_run() -> None:
    """Where no process comes to work, no pair is blamed, and nothing is tried for ever."""
    with pytest.raises(AlignError, match="die at their start: signal 9"):
        list(Local(2).run(wished(9, {}), batch_work.die_at_start))


def test_pairs_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    """No more pairs are taken from a long list than are under way."""
    taken = 0

    def endless() -> Iterator[Pair]:
        nonlocal taken
        for pair in pairs(5000):
            taken += 1
            yield pair

    said = Local(2).run(endless(), partial(batch_work.prepare, str(tmp_path)))
    for number in range(1, 40):
        json.loads(next(said))
        assert taken <= number + 2
    said.close()  # type: ignore[attr-defined] # it is a generator
