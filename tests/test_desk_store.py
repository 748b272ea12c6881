"""Tests of what the desk keeps, in SQLite and in a real PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, func, select

from align.batch import outcome
from align.desk import articles, jobs
from align.desk.articles import Asked, Incoming, find, get, get_version, keep
from align.desk.backup import back_up, restore
from align.desk.batches import take
from align.desk.deciding import Wish, record
from align.desk.decisions import Action, standings
from align.desk.log import read_log
from align.desk.people import Person
from align.desk.statistics import count
from align.desk.store import open_store, writing
from align.desk.tables import decisions
from align.errors import ConfigError, ReadError
from tests.databases import fresh_postgres
from tests.desks import AT, ENVOY, HEAD, add_article, golden_report, shorter


@pytest.fixture
def engine(any_database: str) -> Iterator[Engine]:
    """Open the database."""
    opened = open_store(any_database)
    yield opened
    opened.dispose()


def decide(engine: Engine, article: int, key: str, *, person: Person = ENVOY, why: str = "") -> int:
    """Agree with a finding, or dismiss it where there is a reason."""
    action = Action.DISMISS if why else Action.AGREE
    return record(engine, article, Wish(action, key, reason=why), person, AT)


def test_a_report_comes_back_as_it_was(engine: Engine) -> None:
    """Reading a version gives the report that was kept, and the queue its counts."""
    article = add_article(engine)
    with engine.connect() as connection:
        listed, version = get(connection, article), get_version(connection, article, 1)
    assert listed is not None
    assert version is not None
    assert version.report == golden_report()
    assert (listed.found, listed.undecided, listed.translator) == (7, 7, "Bùi Thu Hà")


def test_decisions_are_counted_and_kept(engine: Engine) -> None:
    """Each decision is in the log, in order, and the queue says what is left."""
    article = add_article(engine)
    keys = [finding.key for finding in golden_report().findings]
    decide(engine, article, keys[0])
    decide(engine, article, keys[1], why="style")
    decide(engine, article, keys[1], person=replace(ENVOY, name="Tú"))
    with engine.connect() as connection:
        log, listed = read_log(connection, article), get(connection, article)
    assert [d.action for d in log] == [Action.AGREE, Action.DISMISS, Action.AGREE]
    assert listed is not None
    assert (listed.undecided, listed.disputed) == (6, 1)


def test_a_new_version_keeps_what_still_applies(engine: Engine) -> None:
    """Decisions hold for the findings that are still there, and come back with those that do."""
    article = add_article(engine)
    keys = [finding.key for finding in golden_report().findings]
    decide(engine, article, keys[0])
    decide(engine, article, keys[6])
    less = replace(shorter(golden_report(), 3), signature="next")
    assert add_article(engine, report=less) == article
    with engine.connect() as connection:
        listed, log = get(connection, article), read_log(connection, article)
    assert listed is not None
    assert (listed.version, listed.found, listed.undecided) == (2, 3, 2)
    assert len(standings(log)) == 2
    add_article(engine, report=replace(golden_report(), signature="third"))
    with engine.connect() as connection:
        again = get(connection, article)
    assert again is not None
    assert again.undecided == 5


def test_the_same_run_again_is_no_new_version(engine: Engine) -> None:
    """A run whose key is known changes nothing."""
    assert add_article(engine) == add_article(engine)
    with engine.connect() as connection:
        listed = get(connection, 1)
    assert listed is not None
    assert listed.version == 1


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        (Wish(Action.AGREE, "nothing"), "not in the newest version"),
        (Wish(Action.DISMISS, "KEY"), "with a reason"),
        (Wish(Action.TYPE, "KEY", "style"), "no error type"),
        (Wish(Action.SEVERITY, "KEY", "awful"), "no severity"),
        (Wish(Action.UNDO, value="77"), "no such decision"),
        (Wish(Action.ADD, version=9), "newer version"),
        (Wish(Action.ADD, error_type="terminology", severity="minor", version=1), "No words"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(tmp_path: Path, wish: Wish, problem: str) -> None:
    """What cannot be is answered with the reason, and leaves no trace."""
    engine = open_store(str(tmp_path / "d"))
    article = add_article(engine)
    wish = replace(wish, key=wish.key.replace("KEY", golden_report().findings[0].key))
    with pytest.raises(ReadError, match=problem):
        record(engine, article, wish, ENVOY, AT)
    with engine.connect() as connection:
        assert read_log(connection, article) == ()


def test_only_a_head_undoes_what_another_has_decided(tmp_path: Path) -> None:
    """A reviser's word is not another reviser's to take back."""
    engine = open_store(str(tmp_path / "d"))
    article = add_article(engine)
    number = decide(engine, article, golden_report().findings[0].key)
    undo = Wish(Action.UNDO, value=str(number))
    with pytest.raises(ReadError, match="Lan's decision"):
        record(engine, article, undo, replace(ENVOY, name="Tú"), AT)
    record(engine, article, undo, HEAD, AT)
    with engine.connect() as connection:
        listed = get(connection, article)
    assert listed is not None
    assert listed.undecided == 7


def test_an_attempt_that_is_repeated_is_kept_once(engine: Engine) -> None:
    """A browser that sends again what was lost on the way back decides once."""
    article = add_article(engine)
    wish = Wish(Action.AGREE, golden_report().findings[0].key, request="attempt-1")
    assert record(engine, article, wish, ENVOY, AT) == record(engine, article, wish, ENVOY, AT)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(decisions)) == 1


def decide_at_once(engine: Engine, article: int) -> None:
    """Let ten people decide ten times each, all at the same time."""
    keys = [finding.key for finding in golden_report().findings]
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            for turn in range(10):
                decide(engine, article, keys[turn % 7], person=Person(name, "reviser"))
        except Exception as error:  # noqa: BLE001 - a thread's failure is told below
            failures.append(error)

    threads = [Thread(target=work, args=(f"P{n}",)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_writers_of_one_process_stand_in_a_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite is never asked to wait, which it does by naps that some people never wake from."""
    monkeypatch.setattr("align.desk.store.PATIENCE_SECONDS", 0)
    engine = open_store(str(tmp_path / "desk.sqlite"))
    decide_at_once(engine, add_article(engine))
    engine.dispose()


def test_people_who_decide_at_once_lose_nothing(engine: Engine) -> None:
    """Ten writers with ten decisions each leave a hundred, and right counts."""
    article = add_article(engine)
    decide_at_once(engine, article)
    with engine.connect() as connection:
        log, listed = read_log(connection, article), get(connection, article)
    assert len(log) == len({d.id for d in log}) == 100
    assert listed is not None
    assert listed.undecided == 0


def test_the_queue_is_sorted_and_searched(engine: Engine) -> None:
    """Articles that could not be compared come first, then by risk; search knows no case."""
    add_article(engine, "ĐÀ NẴNG")
    add_article(engine, "calm", replace(golden_report(), risk=0.2, signature="b"))
    with writing(engine) as connection:
        broken = Incoming("week", "broken", ("a", "b"), None, "The file is empty.")
        keep(connection, broken, AT)
    with engine.connect() as connection:
        rows = find(connection, Asked()).rows
        assert [row.pair for row in rows] == ["broken", "ĐÀ NẴNG", "calm"]
        assert [r.pair for r in find(connection, Asked(search="đà nẵng")).rows] == ["ĐÀ NẴNG"]
        assert [r.pair for r in find(connection, Asked(standing="failed")).rows] == ["broken"]
        assert find(connection, Asked(search="100%")).total == 0
        assert find(connection, Asked(page=99)).page == 1


def test_hostile_text_is_kept(engine: Engine) -> None:
    """A zero byte, a lone surrogate and a bidi mark break neither kind of database."""
    report = golden_report()
    bad = "\x00\ud800\u202e<script>"
    segments = (replace(report.bitext.source_segments[0], text=bad),)
    document = replace(report.bitext.source, text=bad, name=bad)
    bitext = replace(report.bitext, source=document, source_segments=segments)
    packed = articles.pack(replace(report, bitext=bitext))
    assert isinstance(packed, bytes)
    incoming = Incoming("week", bad, (bad, bad), report, fields=((bad, bad),))
    with writing(engine) as connection:
        article = keep(connection, incoming, AT)
    record(engine, article, Wish(Action.DISMISS, report.findings[0].key, reason=bad), ENVOY, AT)


def test_backup_and_restore_bring_everything_back(engine: Engine, tmp_path: Path) -> None:
    """What a backup holds is what was there; numbers that are given out later are new."""
    article = add_article(engine)
    keys = [finding.key for finding in golden_report().findings]
    decide(engine, article, keys[0])
    with writing(engine) as connection:
        digest = jobs.keep_upload(connection, b"\x00\xff")
        jobs.enqueue(connection, jobs.Task("a.txt", digest), "Lan", AT)
    assert back_up(engine, tmp_path / "b.zip") == 1
    other = open_store(str(tmp_path / "other.sqlite"))
    assert restore(other, tmp_path / "b.zip") == 1
    for number in (2, 3):
        decide(other, article, keys[number])
    with other.connect() as connection:
        assert [d.id for d in read_log(connection, article)] == [1, 2, 3]
        assert jobs.get_upload(connection, digest) == b"\x00\xff"
    with pytest.raises(ConfigError, match="not empty"):
        restore(other, tmp_path / "b.zip")
    with pytest.raises(ConfigError, match="already"):
        back_up(engine, tmp_path / "b.zip")


def test_a_backup_moves_from_sqlite_to_postgresql(postgres: str, tmp_path: Path) -> None:
    """A desk that has outgrown its file takes its decisions along, and goes on counting."""
    small = open_store(str(tmp_path / "d.sqlite"))
    article = add_article(small)
    decide(small, article, golden_report().findings[0].key)
    back_up(small, tmp_path / "b.zip")
    large = open_store(fresh_postgres(postgres))
    restore(large, tmp_path / "b.zip")
    decide(large, article, golden_report().findings[1].key)
    with large.connect() as connection:
        assert [d.id for d in read_log(connection, article)] == [1, 2]
    large.dispose()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    """A damaged file is an error, and the database stays empty."""
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(ReadError, match="no sound backup"):
        restore(open_store(str(tmp_path / "d")), tmp_path / "b.zip")


def test_a_database_of_another_desk_is_refused(tmp_path: Path) -> None:
    """Tables of another version, and another program's, are left alone."""
    path = tmp_path / "d.sqlite"
    open_store(str(path)).dispose()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE about SET value = '99'")
    with pytest.raises(ConfigError, match="version 99"):
        open_store(str(path))
    (tmp_path / "x").write_text("this is a text and no database" * 100)
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_store(str(tmp_path / "x"))
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_store("postgresql://desk:secret@127.0.0.1:1/desk")
    with pytest.raises(ConfigError, match="SQLite or PostgreSQL"):
        open_store("mysql://localhost/desk")


def test_a_password_in_the_address_is_not_shown() -> None:
    """An error names the database without what opens it."""
    with pytest.raises(ConfigError) as caught:
        open_store("postgresql://desk:secret@127.0.0.1:1/desk")
    assert "secret" not in str(caught.value)


def write_batch(folder: Path, *outcomes: outcome.Outcome) -> None:
    """Write the results of a batch."""
    folder.mkdir(exist_ok=True)
    text = "".join(outcome.render(result) for result in outcomes)
    (folder / "results.jsonl").write_text(text, "utf-8")


def test_a_batch_is_opened_and_opened_again(engine: Engine, tmp_path: Path) -> None:
    """A second opening takes only what has changed, and decisions hold."""
    one, two = outcome.Digested("a/x.en.txt", "s"), outcome.Digested("a/x.vi.txt", "t")
    fields = (("translator", "Hà"),)
    good = outcome.Outcome("x", one, two, fields, "key 1", golden_report())
    bad = outcome.Outcome("y", one, two, error=outcome.Failure("It is no text.", "y.txt"))
    write_batch(tmp_path / "week", good, bad)
    assert take(engine, tmp_path / "week", AT).changed == 2
    with engine.connect() as connection:
        rows = {row.pair: row for row in find(connection, Asked()).rows}
    assert rows["y"].failure == "It is no text. y.txt"
    decide(engine, rows["x"].id, golden_report().findings[0].key)
    changed = replace(good, key="key 2", report=shorter(golden_report(), 2))
    write_batch(tmp_path / "week", changed, bad)
    take(engine, tmp_path / "week", AT)
    with engine.connect() as connection:
        again = get(connection, rows["x"].id)
    assert again is not None
    assert (again.version, again.found, again.undecided) == (2, 2, 1)
    with pytest.raises(ReadError, match="no results"):
        take(engine, tmp_path, AT)


def test_statistics_count_what_was_decided(engine: Engine) -> None:
    """Precision is the share of agreed findings among the decided ones of a check."""
    article = add_article(engine)
    lost = [f.key for f in golden_report().findings if f.check == "omission"]
    decide(engine, article, lost[0])
    decide(engine, article, lost[1])
    decide(engine, article, lost[2], why="style")
    with engine.connect() as connection:
        counted = count(connection)
    omission = next(c for c in counted.checks if c.check == "omission")
    assert (omission.found, omission.agreed, omission.dismissed, omission.open) == (4, 2, 1, 1)
    assert omission.precision == pytest.approx(2 / 3)
    (share,) = counted.translators
    assert share.translator == "Bùi Thu Hà"
    assert share.by_type["accuracy/omission"] == 3
    assert share.agreed["accuracy/omission"] == 2
