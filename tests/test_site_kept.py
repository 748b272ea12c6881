"""Rows of the last report: what has not changed is not read again, and damage costs time only."""

from pathlib import Path

import pytest

from align.batch.outcome import Outcome, parse, render
from align.rulings import Ruling
from align.site import folder, kept, tables, workbook
from align.site.facts import gather
from align.site.folder import RESULTS, write_all
from align.site.kept import Kept, Rows
from tests.outcomes import mixed, outcome, store
from tests.reports import clean_report
from tests.test_site_folder import contents


def rows_of(one: Outcome) -> Rows:
    """Return the rows of an outcome, with a verdict on its first finding."""
    if one.report is None:
        return Rows(gather(one))
    key = one.report.findings[0].key if one.report.findings else "0000"
    ruled = {key: Ruling(one.pair, key, "agreed", who="Lan")}
    return Rows(
        gather(one, ruled),
        one.report.signature,
        "0" * 64,
        tuple(tables.finding_rows(one.report, ruled)),
        tuple(tables.finding_cells(one.report, ruled)),
        tuple(workbook.finding_cells(one.report, ruled)),
    )


def test_rows_read_back_equal(tmp_path: Path) -> None:
    """Rows of outcomes of all kinds are the same after a file, and after a second one."""
    given = {f"{number:064d}": rows_of(one) for number, one in enumerate(mixed())}
    with Kept(tmp_path / "none", tmp_path / "first") as first:
        assert first.take("0" * 64) is None
        for key, rows in given.items():
            first.add(key, rows)
    with Kept(tmp_path / "first", tmp_path / "second") as second:
        assert {key: second.take(key) for key in given} == given
        assert second.take("f" * 64) is None
    assert (tmp_path / "second").read_bytes() == (tmp_path / "first").read_bytes()


def test_only_what_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of one pair, one report is parsed; the files are those of a fresh report."""
    given = mixed()
    write_all(store(tmp_path / "old", given))
    read: list[str] = []

    def heard(line: bytes, where: str) -> Outcome:
        found = parse(line, where)
        read.append(found.pair)
        return found

    monkeypatch.setattr(folder, "parse", heard)
    changed = [outcome("port vi", clean_report(), translator="Lan"), *given[1:]]
    write_all(store(tmp_path / "old", changed))
    assert read == ["port vi"]
    write_all(store(tmp_path / "new", changed))
    assert contents(tmp_path / "old") == contents(tmp_path / "new")


@pytest.mark.parametrize("damage", ["cut", "flipped", "strange", "gone"])
def test_damage_costs_only_time(tmp_path: Path, damage: str) -> None:
    """Kept rows that are torn, changed or lost are made again, and no wrong word is shown."""
    given = mixed()
    write_all(store(tmp_path, given))
    whole = contents(tmp_path)
    path = tmp_path / kept.FILE
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        harmed = {
            "cut": data[: len(data) // 2],
            "flipped": data.replace(b"port", b"Port"),
            "strange": b"\xff\x00\n\n" * 9,
        }
        path.write_bytes(harmed[damage])
    lines = "".join(map(render, given))
    (tmp_path / RESULTS).write_text(lines + render(given[-1]), "utf-8")
    write_all(tmp_path)
    (tmp_path / RESULTS).write_text(lines, "utf-8")
    write_all(tmp_path)
    assert contents(tmp_path) == whole
