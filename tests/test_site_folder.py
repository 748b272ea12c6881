"""The files of a batch's report: tables that read back, pages that are safe, nothing twice."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html
from pyarrow import parquet

from align import rulings
from align.baseline import Accepted
from align.batch.outcome import Outcome, render
from align.bitext import Span
from align.errors import ReadError
from align.finding import ErrorType, Severity
from align.rulings import Ruling
from align.site import tables, tally
from align.site.facts import page_name
from align.site.folder import ARTICLES, INDEX, RESULTS, SUMMARY, TABLES, Written, write_all
from align.site.kept import FILE
from align.site.workbook import Summary
from align.write import csv as findings_csv
from align.write.words import ranked
from tests.outcomes import HOSTILE, TRANSLATIONS, mixed, outcome, store
from tests.reports import clean_report

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report of outcomes of all kinds."""
    folder = store(tmp_path_factory.mktemp("batch"), mixed())
    write_all(folder)
    return folder


def page(path: Path) -> Any:
    """Return a page as a tree."""
    return html.document_fromstring(path.read_bytes(), html.HTMLParser(encoding="utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_results_give_the_same_bytes(tmp_path: Path, out: Path) -> None:
    """Two reports of the same results are equal in every file, and nothing else is left behind."""
    write_all(store(tmp_path, mixed()))
    assert contents(tmp_path) == contents(out)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {RESULTS, *TABLES, SUMMARY, FILE, "site"}


def test_every_column_is_documented() -> None:
    """The documented columns are those of the file."""
    documented = (ROOT / "docs" / "site.md").read_text("utf-8")
    for name in tables.schema((), is_ruled=True).names:
        side, _, column = name.partition("_")
        wanted = f"{{side}}_{column}" if side in ("source", "target") else name
        assert f"`{name}`" in documented or f"`{wanted}`" in documented, name


def test_parquet_reads_back_equal(out: Path) -> None:
    """Each finding is a row with its words, places, languages and manifest columns, typed."""
    table = parquet.read_table(out / "findings.parquet")
    assert table.schema.equals(tables.schema(("translator", "date", "desk")))
    rows = iter(table.to_pylist())
    for one in mixed():
        if one.report is None:
            continue
        fields = dict(one.fields)
        for number, finding in ranked(one.report):
            row = next(rows)
            assert row["pair"] == one.pair
            assert row["field_translator"] == fields.get("translator")
            assert row["field_date"] == fields.get("date")
            assert (row["number"], row["key"]) == (number, finding.key)
            assert row["severity"] == finding.severity.label
            assert row["confidence"] == finding.confidence
            assert row["message"] == finding.message
            assert row["evidence"] == list(finding.evidence)
            assert row["source_language"] == one.report.bitext.source.language
            for side, marks in (("source", finding.source), ("target", finding.target)):
                words = [
                    (m["segment"], Span(m["start"], m["end"]), m["text"])
                    for m in row[f"{side}_marks"]
                ]
                assert words == [(m.segment, m.span, m.text) for m in marks]
    assert next(rows, None) is None


def test_csv_says_what_parquet_says(out: Path) -> None:
    """The two tables of findings have the same rows; cells that look like formulas are harmless."""
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    table = parquet.read_table(out / "findings.parquet").to_pylist()
    assert [row["key"] for row in rows] == [row["key"] for row in table]
    assert list(rows[0]) == [
        "pair",
        "field_translator",
        "field_date",
        "field_desk",
        *findings_csv.HEADER,
    ]
    rich = [row for row in rows if row["pair"] == "rich"]
    assert {row["field_desk"] for row in rich} == {"'=1+1"}
    for row, known in zip(rows, table, strict=True):
        assert row["source_line"] == str(known["source_line"] or "")
        assert row["target_start"] == (
            "" if known["target_start"] is None else str(known["target_start"])
        )


def test_every_pair_has_a_row(out: Path) -> None:
    """Each pair is in the table once, in the order of the manifest, with its status and page."""
    with (out / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["pair"] for row in rows] == [one.pair for one in mixed()]
    status = {row["pair"]: row["status"] for row in rows}
    assert status["port vi"] == "compared"
    assert status["silent"] == "not compared"
    assert status[f"broken {HOSTILE}"] == "error"
    assert all((out / row["page"]).exists() for row in rows if row["page"])
    assert rows[-1]["problem"].startswith("The file is empty.")


def test_the_workbook_opens(out: Path) -> None:
    """Its three sheets have every pair and finding as text, and no formula."""
    book = openpyxl.load_workbook(out / SUMMARY)
    assert book.sheetnames == ["Overview", "Pairs", "Findings"]
    pairs = list(book["Pairs"].iter_rows(values_only=True))
    assert [row[0] for row in pairs[1:-1]] == [one.pair for one in mixed()[:-1]]
    assert pairs[0][:4] == ("Pair", "translator", "date", "desk")
    findings = parquet.read_table(out / "findings.parquet").num_rows
    assert book["Findings"].max_row == findings + 1
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book["Findings"].auto_filter.ref
    figures = {row[0]: row[1] for row in book["Overview"].iter_rows(values_only=True)}
    assert figures["Pairs with a critical finding"] == 2


def test_an_overview_asks_nothing_of_anyone(out: Path) -> None:
    """It names no address but those of the report, and its policy allows its own script alone."""
    tree = page(out / INDEX)
    assert not tree.xpath("//link | //img | //iframe | //object | //base | //@src | //@style")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    for address in tree.xpath("//@href"):
        if not address.startswith("#"):
            assert (out / "site" / address).exists(), address
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert len(tree.xpath("//script")) == 2


def test_hostile_names_are_only_text(out: Path) -> None:
    """Names that would end an element are shown as they are, and the data is whole JSON."""
    tree = page(out / INDEX)
    data = json.loads(tree.get_element_by_id("data").text)
    assert len(data["rows"]) == len(mixed())
    shown = "".join(tree.xpath("//section[@aria-labelledby='errors']//bdi/text()"))
    assert "document.title" in shown
    source = (out / INDEX).read_text("utf-8")
    assert "<script>document.title" not in source
    assert "<!--" not in source


def test_without_a_script_the_worst_are_listed(out: Path) -> None:
    """The plain table has the compared pairs by their risk, each with a link to its page."""
    tree = page(out / INDEX)
    rows = tree.xpath("//table[@id='list']/tbody/tr")
    assert len(rows) == 10
    assert page_name("rich") in rows[0].xpath(".//a/@href")[0]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_page_has_both_texts_in_their_language(out: Path, language: str) -> None:
    """The page of a pair has both texts, marked, in their language and direction."""
    tree = page(out / ARTICLES / page_name(f"port {language}"))
    (cell,) = tree.xpath(f"//td/div[@lang='{language}']")
    assert cell.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert TRANSLATIONS[language][:4] == cell.xpath("string(.//mark)")
    assert tree.xpath("//nav/a/@href") == ["../index.html"]
    facts = dict(zip(tree.xpath("//dl//dt//text()"), tree.xpath("//dl//dd//text()"), strict=True))
    assert facts["translator"] in ("Lan", "Omar")


def test_nothing_is_written_twice(tmp_path: Path) -> None:
    """A second run writes nothing; a changed pair costs its page, and a pair that is gone too."""
    given = mixed()
    pages = len(given) - 1
    assert write_all(store(tmp_path, given)) == Written(len(given), pages, 0)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write_all(tmp_path) == Written(len(given), 0, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times
    changed = [outcome("port vi", clean_report(), translator="Lan"), *given[2:]]
    assert write_all(store(tmp_path, changed)) == Written(len(changed), 1, 1)
    assert not (tmp_path / ARTICLES / page_name("port ar")).exists()


def test_a_lost_file_comes_back(tmp_path: Path) -> None:
    """A page or a table that somebody removed is written again."""
    write_all(store(tmp_path, mixed()))
    whole = contents(tmp_path)
    (tmp_path / ARTICLES / page_name("rich")).unlink()
    (tmp_path / "pairs.csv").unlink()
    assert write_all(tmp_path).pages == 1
    assert contents(tmp_path) == whole


def test_accepted_findings_are_shown_as_such(tmp_path: Path) -> None:
    """A finding that a person let pass is accepted in every file, and changes one page only."""
    given = mixed()
    report = given[0].report
    assert report
    write_all(store(tmp_path, given))
    key = report.findings[0].key
    assert write_all(tmp_path, [Accepted(key, "house style")]).pages == 1
    rows = parquet.read_table(tmp_path / "findings.parquet").to_pylist()
    assert [row["reason"] for row in rows if row["status"] == "accepted"] == ["house style"]
    assert "Who was right" in (tmp_path / INDEX).read_text("utf-8")
    tree = page(tmp_path / ARTICLES / page_name("port vi"))
    assert "Accepted: house style" in tree.text_content()


@pytest.mark.parametrize("number", [0, 1])
def test_a_batch_of_none_or_one(tmp_path: Path, number: int) -> None:
    """A report of no pairs, or of one, has all its files, and they open."""
    given = [outcome("only", clean_report())][:number]
    assert write_all(store(tmp_path, given)).pairs == number
    assert parquet.read_table(tmp_path / "findings.parquet").num_rows == 0
    assert openpyxl.load_workbook(tmp_path / SUMMARY).sheetnames[0] == "Overview"
    assert page(tmp_path / INDEX).findtext(".//h1")


def test_the_last_line_of_a_pair_counts(tmp_path: Path) -> None:
    """A pair that was done again is in the report once, as it ended."""
    again = outcome("broken", clean_report())
    write_all(store(tmp_path, [outcome("broken", None), again]))
    assert "errors" not in page(tmp_path / INDEX).xpath("//section/@aria-labelledby")


def test_a_damaged_report_is_an_error_of_its_pair(tmp_path: Path) -> None:
    """A line whose report makes no sense costs that pair, not the whole report."""
    good: list[Outcome] = mixed()[:2]
    lines = [render(one) for one in good]
    lines[0] = lines[0].replace('"segment": 0', '"segment": 99')
    tmp_path.joinpath(RESULTS).write_text("".join(lines), "utf-8")
    assert write_all(tmp_path).pages == 1
    assert "This is no report of veralign" in (tmp_path / INDEX).read_text("utf-8")


def test_progress_is_told(tmp_path: Path) -> None:
    """After each pair, the caller hears how many are done, and of how many."""
    heard: list[tuple[int, int]] = []
    write_all(store(tmp_path, mixed()[:3]), progress=lambda *numbers: heard.append(numbers))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_without_results_there_is_one_clear_error(tmp_path: Path) -> None:
    """A folder that no batch has written is refused by name."""
    with pytest.raises(ReadError) as caught:
        write_all(tmp_path)
    assert RESULTS in caught.value.where


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    """Where a file stands in the place of the site, the error says so, and tables stay unharmed."""
    store(tmp_path, mixed()).joinpath("site").write_text("mine", "utf-8")
    with pytest.raises(ReadError, match="cannot be written"):
        write_all(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {RESULTS, "site"}


def ruled(folder: Path, *found: Ruling) -> Path:
    """Write what people ruled on the findings of a batch."""
    (folder / rulings.FILE).write_text(rulings.render(found), "utf-8")
    return folder


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a table by their pair."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["pair"]: row for row in csv.DictReader(file)}


def test_what_people_ruled_is_in_every_file(tmp_path: Path) -> None:
    """Verdicts stand in the tables, the workbook, the overview and the pages of their pairs."""
    given = mixed()
    reports = {one.pair: one.report for one in given if one.report}
    write_all(store(tmp_path, given))
    plain = contents(tmp_path)
    dismissed, agreed, changed = (
        reports[f"port {tag}"].findings[0].key for tag in ("vi", "ar", "th")
    )
    found = (
        Ruling("port vi", dismissed, "dismissed", "<b>style</b>", "Minh"),
        Ruling("port ar", agreed, "agreed", "", "Lan"),
        Ruling("port th", changed, "changed", "", "Lan", ErrorType.NAME, Severity.CRITICAL),
        Ruling("port th", "0000", "missed", "", "Lan", ErrorType.OMISSION, Severity.MAJOR),
        Ruling("gone", "0001", "agreed", "", "Lan"),
    )
    assert write_all(ruled(tmp_path, *found)).pages == 3
    table = parquet.read_table(tmp_path / "findings.parquet")
    assert table.schema.equals(tables.schema(("translator", "date", "desk"), is_ruled=True))
    said = {
        row["key"]: (row["verdict"], row["decided_by"], row["status"]) for row in table.to_pylist()
    }
    assert said[dismissed] == ("dismissed", "Minh", "accepted")
    assert said[agreed] == ("agreed", "Lan", "open")
    assert said[changed] == ("changed", "Lan", "open")
    assert {verdict for verdict, _, _ in said.values()} >= {"open"}
    pairs = rows_of(tmp_path / "pairs.csv")
    names = ("agreed", "dismissed", "undecided", "missed")
    assert [pairs["port vi"][name] for name in names] == ["0", "1", "0", "0"]
    assert [pairs["port th"][name] for name in names] == ["1", "0", "0", "1"]
    assert pairs["port th"]["critical"] == "1"
    assert rows_of(tmp_path / "findings.csv")["port ar"]["verdict"] == "agreed"
    sheets = openpyxl.load_workbook(tmp_path / SUMMARY)
    cells = [row for row in sheets["Overview"].iter_rows(values_only=True) if row[0] == "Lan"]
    assert cells[-1][1:5] == (1, 1, 1, 0.5)
    assert "Who was right: the translators" in (tmp_path / INDEX).read_text("utf-8")
    note = page(tmp_path / ARTICLES / page_name("port vi")).text_content()
    assert "Dismissed by Minh: <b>style</b>" in note
    (tmp_path / rulings.FILE).unlink()
    write_all(tmp_path)
    assert contents(tmp_path) == plain


def test_damaged_decisions_are_one_clear_error(tmp_path: Path) -> None:
    """What is no decision is named with its line, and the report stays as it was."""
    write_all(store(tmp_path, mixed()))
    before = contents(tmp_path)
    (tmp_path / rulings.FILE).write_bytes(b"{}\n")
    with pytest.raises(ReadError, match="no decision of the desk") as caught:
        write_all(tmp_path)
    assert caught.value.where.endswith(f"{rulings.FILE}:1")
    (tmp_path / rulings.FILE).write_bytes(b"\xff")
    with pytest.raises(ReadError, match="decisions cannot be read"):
        write_all(tmp_path)
    (tmp_path / rulings.FILE).unlink()
    assert contents(tmp_path) == before


def test_a_workbook_that_cannot_be_written_says_what_the_system_says(tmp_path: Path) -> None:
    """The library's own error becomes the system's, which the report puts into a user's words."""
    (tmp_path / SUMMARY).mkdir()
    summary = Summary(tmp_path / SUMMARY, ())
    with pytest.raises(IsADirectoryError), summary:
        summary.finish(tally.count([]))
