"""What was decided on the desk comes back into the report of the batch: who was right."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from align import cli, rulings
from align.batch.outcome import Digested, Outcome
from align.desk.articles import Asked, find, get_version
from align.desk.batches import rulings as rulings_of
from align.desk.batches import take
from align.desk.decided import decide
from align.desk.deciding import Wish, record
from align.desk.decisions import Action
from align.desk.log import read_log
from align.desk.people import Person
from align.desk.selection import Selected
from align.desk.statistics import count
from align.desk.store import open_store
from align.errors import ReadError
from align.site import tally
from align.site.facts import gather
from align.site.folder import INDEX
from tests.desks import AT, ENVOY, HEAD, golden_report
from tests.outcomes import store

REPORT = golden_report()
KEYS = [finding.key for finding in REPORT.findings]
FILES = Digested("a/x.en.txt", "s"), Digested("a/x.vi.txt", "t")
PAIR = Outcome("x", *FILES, (("translator", "Hà"),), "key", REPORT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a batch of one pair."""
    return store(tmp_path / "week", [PAIR])


def opened(database: Path, folder: Path) -> tuple[Engine, int]:
    """Return a desk's database that holds the batch, and the number of its article."""
    engine = open_store(str(database))
    take(engine, folder, AT)
    with engine.connect() as connection:
        (row,) = find(connection, Asked()).rows
    return engine, row.id


def added(word: str, reason: str) -> Wish:
    """Return the wish to add a word of the first segment as an error that no check found."""
    start = REPORT.bitext.source_segments[0].text.index(word)
    marked = (Selected(0, start, start + len(word)),)
    return Wish(
        Action.ADD,
        reason=reason,
        error_type="terminology",
        severity="minor",
        source=marked,
        version=1,
    )


def decide_all(engine: Engine, article: int) -> None:
    """Decide in every way there is: agree, dismiss, differ, change, add, and take back."""
    words = REPORT.bitext.source_segments[0].text.split()
    other = Person("Tú", "reviser")
    for wish, person in (
        (Wish(Action.AGREE, KEYS[0]), ENVOY),
        (Wish(Action.DISMISS, KEYS[1], reason="style"), ENVOY),
        (Wish(Action.AGREE, KEYS[2]), ENVOY),
        (Wish(Action.DISMISS, KEYS[2], reason="no"), other),
        (Wish(Action.SEVERITY, KEYS[3], "critical"), HEAD),
        (added(words[0], "missed"), ENVOY),
        (added(words[1], "mine was wrong"), ENVOY),
    ):
        record(engine, article, wish, person, AT)
    with engine.connect() as connection:
        last = read_log(connection, article)[-1].key
    record(engine, article, Wish(Action.DISMISS, last, reason="mine was wrong"), ENVOY, AT)


def test_the_site_counts_as_the_desk_does(tmp_path: Path, folder: Path) -> None:
    """Verdicts by check, and the decided report itself, are the same here and there."""
    engine, article = opened(tmp_path / "desk.sqlite", folder)
    decide_all(engine, article)
    found = rulings_of(engine, folder)
    verdicts = sorted(ruling.verdict for ruling in found)
    assert verdicts == ["agreed", "changed", "dismissed", "disputed", "missed"]
    ruled = rulings.by_pair(found)["x"]
    rights = tally.count([gather(PAIR, ruled)]).rights
    with engine.connect() as connection:
        counted, log = count(connection), read_log(connection, article)
        version = get_version(connection, article, 1)
    theirs = {c.check: (c.agreed, c.dismissed, c.open + c.disputed) for c in counted.checks}
    ours = {row.name: (row.agreed, row.dismissed, row.undecided) for row in rights.checks}
    assert ours == theirs
    assert rights.missed == sum(counted.missed.values()) == 1
    assert version is not None
    assert version.report is not None
    decided = {finding.key: finding for finding in decide(version.report, log).findings}
    changed = rulings.apply(REPORT, ruled).findings
    assert [decided[finding.key] for finding in changed] == list(changed)
    engine.dispose()


def test_a_batch_that_no_desk_has_opened_is_refused(tmp_path: Path, folder: Path) -> None:
    """Of another batch's decisions nothing gets into a report."""
    engine, _ = opened(tmp_path / "desk.sqlite", folder)
    with pytest.raises(ReadError, match="never opened"):
        rulings_of(engine, store(tmp_path / "other", [PAIR]))
    with pytest.raises(ReadError, match="no results"):
        rulings_of(engine, tmp_path)
    engine.dispose()


def test_the_command_writes_the_report_anew(tmp_path: Path, folder: Path) -> None:
    """After `veralign desk decisions`, the site says who was right; again, it changes nothing."""
    database = tmp_path / "desk.sqlite"
    engine, article = opened(database, folder)
    record(engine, article, Wish(Action.AGREE, KEYS[0]), ENVOY, AT)
    engine.dispose()
    command = ["desk", "decisions", str(folder), "--database", str(database)]
    answer = CliRunner().invoke(cli.app, command)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout == f"Decided: 1 finding of 1 pair. {folder / INDEX} says how.\n"
    (line,) = (folder / rulings.FILE).read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "schema": rulings.SCHEMA,
        "pair": "x",
        "key": KEYS[0],
        "verdict": "agreed",
        "who": ENVOY.name,
    }
    index = folder / INDEX
    assert "Who was right: the checks" in index.read_text("utf-8")
    before = index.stat().st_mtime_ns
    assert CliRunner().invoke(cli.app, command).exit_code == 0
    assert index.stat().st_mtime_ns == before
