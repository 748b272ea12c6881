"""Accepted findings: what the file says, what it does to a report, and two processes that write."""

import logging
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import baseline
from align.baseline import Accepted
from align.cli import accepted as file
from align.config import BaselineSettings, CheckSettings, Config
from align.errors import ConfigError
from align.finding import Severity
from tests.reports import rich_report, silent_report

CHECKS = frozenset({"omission", "addition", "number", "date", "tense"})

words = st.text(st.characters(codec="utf-8"), max_size=30)
entries = st.lists(
    st.builds(
        Accepted,
        key=st.text("0123456789abcdef", min_size=1, max_size=16),
        reason=words.filter(bool),
        documents=st.tuples(words, words),
        check=words,
        severity=words,
        source=words,
        target=words,
        who=words,
    ),
    max_size=5,
    unique_by=lambda entry: entry.key,
)


@given(entries)
def test_what_is_written_is_read(given_entries: list[Accepted]) -> None:
    """Any words at all survive the file, and the order of the entries does not matter to it."""
    text = baseline.render(given_entries)
    assert set(baseline.parse(text)) == set(given_entries)
    assert baseline.render(reversed(given_entries)) == text


def test_an_entry_is_for_people_too() -> None:
    """The file says of each finding its check, its words, why it was accepted and by whom."""
    report = rich_report()
    found = report.findings[-1]
    text = baseline.render(baseline.accept((), report, [found], "a  known\ntic", "Lan"))
    assert f'key = "{found.key}"' in text
    assert 'documents = [\n    "a <b>&.html",\n    "dịch: b%.txt",\n]' in text
    assert 'check = "addition"\nseverity = "major"\ntarget = "-جملة زائدة"' in text
    assert 'reason = "a known tic"' in text
    assert 'who = "Lan"' in text


def test_accepted_findings_stay_but_do_not_count() -> None:
    """An accepted finding is in the report with its reason, outside of every count and the risk."""
    report = rich_report()
    grave = [f for f in report.findings if f.severity >= Severity.MAJOR]
    applied = baseline.apply(report, baseline.accept((), report, grave, "checked"))
    assert len(applied.findings) == len(report.findings)
    assert {f.accepted for f in applied.accepted()} == {"checked"}
    assert [f.key for f in applied.accepted()] == [f.key for f in grave]
    assert applied.by_severity() == {"minor": 1, "neutral": 1}
    assert not applied.has(Severity.MAJOR)
    assert applied.has(Severity.MINOR)
    assert applied.risk is not None
    assert report.risk is not None
    assert applied.risk < report.risk
    assert baseline.apply(applied, ()).accepted() == ()


def test_nothing_accepted_changes_nothing() -> None:
    """Entries of other findings leave a report, its risk included, as it was."""
    report = rich_report()
    assert baseline.apply(report, [Accepted("another", "known")]) == report


def test_a_changed_text_is_a_new_finding() -> None:
    """A finding whose key is another, since its texts are, is not covered by the old entry."""
    report = rich_report()
    known = baseline.accept((), report, report.findings)
    changed = replace(report, findings=(replace(report.findings[0], key="other"),))
    assert baseline.apply(changed, known).open() == changed.findings
    stale = baseline.unused(changed, known, CHECKS)
    assert len(stale) == len(known)


def test_only_what_could_have_been_found_is_unused() -> None:
    """Entries of other articles, of checks that did not run and of texts not compared are kept."""
    report = rich_report()
    known = baseline.accept((), report, report.findings)
    empty = replace(report, findings=())
    foreign = tuple(replace(entry, documents=("x", "y")) for entry in known)
    assert baseline.unused(empty, foreign, CHECKS) == ()
    assert {e.check for e in baseline.unused(empty, known, {"number"})} == {"number"}
    assert baseline.unused(replace(silent_report()), known, CHECKS) == ()


def test_a_reason_is_kept_until_another_is_given() -> None:
    """Accepting all again does not wipe out why one was accepted; a new reason replaces it."""
    report = rich_report()
    one = report.findings[:1]
    first = baseline.accept((), report, one, "quoted so", "Lan")
    assert baseline.accept(first, report, one) == first
    assert baseline.accept(first, report, one, "no, wrong")[0].reason == "no, wrong"
    assert baseline.withdraw(first, [one[0].key]) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("version = ", "not TOML"),
        ("", "its version is None"),
        ("version = 2", "its version is 2"),
        ("version = 1\naccepted = 3", "no list of tables"),
        ("version = 1\naccepted = [3]", "entry 1 is no table"),
        ("version = 1\n[[accepted]]\nkey = 'k'", "no text as its reason"),
        ("version = 1\n[[accepted]]\nkey = 1\nreason = 'r'", "no text as its key"),
        ("version = 1\n[[accepted]]\nkey = 'k'\nreason = 'r'\nkez = 1", "'kez'"),
        ("version = 1\n[[accepted]]\nkey = 'k'\nreason = 'r'\ndocuments = ['a']", "two names"),
        ("version = 1\n[[accepted]]\nkey = 'k'\nreason = 'r'\ndocuments = [1, 2]", "documents"),
    ],
)
def test_a_broken_file_is_one_clear_error(text: str, why: str) -> None:
    """What cannot be read says where it is and why, and what to do."""
    with pytest.raises(ConfigError) as caught:
        baseline.parse(text, "some.toml")
    assert why in caught.value.what
    assert caught.value.where == "some.toml"
    assert caught.value.fix


# The file


def settings(path: Path) -> Config:
    """Return settings that keep accepted findings in that file."""
    return Config(checks=CheckSettings(select=tuple(CHECKS)), baseline=BaselineSettings(str(path)))


def test_all_findings_can_be_accepted_at_once(tmp_path: Path) -> None:
    """Writing the baseline accepts what there is, and forgets what no longer occurs."""
    path = tmp_path / "known.toml"
    report = rich_report()
    applied = file.accept_all(report, settings(path), "old sins", "")
    assert applied.open() == ()
    fewer = replace(report, findings=report.findings[:2])
    file.accept_all(fewer, settings(path), "", "")
    assert {(e.key, e.reason) for e in file.read(str(path))} == {
        (f.key, "old sins") for f in fewer.findings
    }


def test_unused_entries_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An entry that nothing matches any more is named in a note, not kept in silence."""
    path = tmp_path / "known.toml"
    report = rich_report()
    file.accept_all(report, settings(path), "", "")
    with caplog.at_level(logging.WARNING, "align"):
        file.apply(replace(report, findings=report.findings[1:]), settings(path))
    assert "1 accepted findings of these texts no longer occur: omission ““port”" in caplog.text


def test_a_file_that_is_no_file(tmp_path: Path) -> None:
    """A folder in the place of the file, and bytes that are no text, are clear errors."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for path in (tmp_path, tmp_path / "bytes"):
        with pytest.raises(ConfigError, match="cannot be read"):
            file.read(str(path))


def add_one(path: str, key: str) -> None:
    """Accept one more finding, as another process does."""
    file.update(path, lambda entries: (*entries, Accepted(key, "known")))


def test_two_processes_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that write at the same time each find the others' entries; no file is left over."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "texts"
    folder.mkdir()
    path = str(folder / "known.toml")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=add_one, args=(path, f"k{n}")) for n in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert {entry.key for entry in file.read(path)} == {f"k{n}" for n in range(6)}
    assert [p.name for p in folder.iterdir()] == ["known.toml"]
