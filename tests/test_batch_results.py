"""Tests of the results of a batch: lines, torn ends, locks, full disks, order."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from align.batch import outcome as outcomes
from align.batch.course import drive
from align.batch.engine import line
from align.batch.outcome import Digested, Failure, Outcome
from align.batch.pair import Batch, Pair
from align.batch.results import RESULTS, opened
from align.errors import AlignError, ReadError
from tests.batch_work import key, outcome, pairs

PAIRS = pairs(6)
LINES = [line(outcome(pair)) for pair in PAIRS]
NAMES = [pair.name for pair in PAIRS]


def write(out: str) -> None:
    """Bring results to their end, doing only what is missing."""

    def answers(due: Iterator[Pair]) -> Iterator[bytes]:
        return (line(outcome(pair)) for pair in reversed(list(due)))

    with opened(out) as results:
        drive(Batch("", PAIRS), results, key, answers)


def test_a_line_reads_back() -> None:
    """An outcome is the same after it was written and read, and its line after that."""
    for pair in PAIRS:
        text = outcomes.render(outcome(pair))
        assert outcomes.render(outcomes.parse(text)) == text
        assert text.count("\n") == 1


def test_the_ends_of_a_line_tell_what_all_of_it_tells() -> None:
    """An entry is the same from a line's ends alone and from the whole of another layout."""
    tricky = (("report", '{"'), ("x", ', "report": {"summary": {'), ("\\", '"'))
    for pair in PAIRS:
        whole = line(replace(outcome(pair), fields=tricky))
        entry = outcomes.parse_entry(whole)
        spaced = whole.replace(b', "report": {', b',  "report": {', 1)
        assert outcomes.parse_entry(spaced) == replace(entry, size=len(spaced))
        assert entry.fields == tricky
        read = outcomes.parse(whole)
        assert entry.risk == (read.report.risk if read.report else None)
        assert entry.error == read.error


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"schema": "veralign-batch/1"}', '{"schema": 3, "report": {}}'],
)
def test_a_line_that_is_none_is_refused(text: str) -> None:
    """What is no line of results says so, whether read whole or in part."""
    with pytest.raises(ReadError):
        outcomes.parse(text)
    with pytest.raises(ReadError):
        outcomes.parse_entry(text.encode())


def test_the_last_line_of_a_pair_counts(tmp_path: Path) -> None:
    """A pair that was done twice is there once, as it was done last; damage is passed over."""
    path = tmp_path / RESULTS
    again = Outcome(NAMES[0], Digested("a", ""), Digested("b", ""), error=Failure("Again."))
    path.write_bytes(b"".join([*LINES, b"\0\0\n", line(again), LINES[1][:-9]]))
    found = {found.pair: found for found in outcomes.outcomes(path)}
    assert list(found) == [*NAMES[1:], NAMES[0]]
    assert found[NAMES[0]] == again


def test_results_cut_anywhere_are_completed(tmp_path: Path) -> None:
    """Whatever byte a crash has cut the file at, the next run ends with the same bytes."""
    write(str(tmp_path))
    whole = (tmp_path / RESULTS).read_bytes()
    assert whole == b"".join(LINES)
    for size in range(0, len(whole), 97):
        (tmp_path / RESULTS).write_bytes(whole[:size])
        write(str(tmp_path))
        assert (tmp_path / RESULTS).read_bytes() == whole


def test_damage_in_the_middle_is_done_again(tmp_path: Path) -> None:
    """A line that is none any more costs its pair a second time, and nothing else."""
    write(str(tmp_path))
    path = tmp_path / RESULTS
    path.write_bytes(LINES[0] + b"\0" * len(LINES[1]) + b"\n" + b"".join(LINES[2:]))
    write(str(tmp_path))
    assert path.read_bytes() == b"".join(LINES)


def test_a_second_run_is_kept_out(tmp_path: Path) -> None:
    """While one run writes, another is told so, and after it not."""
    with opened(str(tmp_path)), pytest.raises(AlignError, match="Another run"):
        write(str(tmp_path))
    write(str(tmp_path))


def test_pairs_that_are_gone_are_dropped(tmp_path: Path) -> None:
    """Lines of pairs that the manifest no longer has do not stay, and are counted."""
    write(str(tmp_path))
    with opened(str(tmp_path)) as results:
        summary = drive(Batch("", PAIRS[:4]), results, key, lambda _: iter(()))
    assert (summary.pairs, summary.kept, summary.dropped) == (4, 4, 2)
    assert (tmp_path / RESULTS).read_bytes() == b"".join(LINES[:4])


@contextmanager
def room(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 10, len(LINES[0]) * 2, sum(map(len, LINES)) - 1])
def test_a_full_disk_is_said_and_survived(tmp_path: Path, size: int) -> None:
    """Where a line has no room, the run ends with a clear error, and the next one completes it."""
    with room(size), pytest.raises(AlignError, match="cannot be written") as caught:
        write(str(tmp_path))
    assert caught.value.fix
    write(str(tmp_path))
    assert (tmp_path / RESULTS).read_bytes() == b"".join(LINES)


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    """Results that cannot go where they should are one clear error."""
    (tmp_path / "file").touch()
    with pytest.raises(AlignError, match="cannot be written"):
        write(str(tmp_path / "file" / "out"))


def test_a_store_without_appending_takes_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a URL, lines lie in parts until the end, and what a run left there is not redone."""
    pytest.importorskip("fsspec")
    monkeypatch.setattr("align.batch.results.PART_LINES", 2)
    url = f"file://{tmp_path}/out"

    def broken(due: Iterator[Pair]) -> Iterator[bytes]:
        for number, pair in enumerate(due):
            if number == 5:
                raise AlignError("The cluster is gone.")
            yield line(outcome(pair))

    with pytest.raises(AlignError), opened(url) as results:
        drive(Batch("", PAIRS), results, key, broken)
    assert len(list((tmp_path / "out" / "parts").iterdir())) == 2
    with opened(url) as results:
        assert sorted(results.known()) == sorted(NAMES[:4])
    write(url)
    assert (tmp_path / "out" / RESULTS).read_bytes() == b"".join(LINES)
    assert not list((tmp_path / "out" / "parts").iterdir())
