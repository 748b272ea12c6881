"""Reports that were written as JSON are read back: exactly, or with one clear error."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import split
from align.bitext import Bead, Bitext, Document, Place, Span
from align.errors import ReadError
from align.finding import BeadRisk, ErrorType, Quote, Report, Severity
from align.read.report import parse, parse_bytes
from align.write import csv
from align.write import json as json_writer
from align.write.places import find_span
from tests.reports import REPORTS, accepting, finding, mark, rich_report, seed_report
from tests.strategies import documents
from tests.test_write_json import validate


def again(report: Report) -> Report:
    """Write a report and read it."""
    return parse_bytes(json_writer.render(report).encode())


@pytest.mark.parametrize("name", REPORTS)
def test_written_again_a_report_is_the_same(name: str) -> None:
    """The JSON of what was read is the JSON that was read, and fits the schema."""
    written = json_writer.render(REPORTS[name]())
    validate(json.loads(written))
    assert json_writer.render(parse_bytes(written.encode())) == written


def test_accepted_findings_and_the_risks_of_beads_come_back() -> None:
    """A reason stays with its finding, and the risk of each bead with its bead."""
    report = rich_report()
    risks = tuple(BeadRisk(n / 10, n % 2 == 0) for n in range(len(report.bitext.beads)))
    report = replace(accepting(report, {report.findings[1].key: "as agreed"}), risks=risks)
    validate(json.loads(json_writer.render(report)))
    assert again(report).risks == risks
    assert again(report).findings == report.findings
    assert again(report).bitext.beads == report.bitext.beads


@pytest.mark.parametrize("name", ["seed", "rich"])
def test_a_table_of_what_was_read_has_the_same_places(name: str) -> None:
    """Place, line, column and offsets of marked words are in the file, so CSV is the same."""
    report = REPORTS[name]()
    assert csv.render(again(report)) == csv.render(report)


@st.composite
def placed_documents(draw: st.DrawFn) -> Document:
    """Draw a page, of which stretches may have a name, or which may have no lines."""
    document = draw(documents())
    edges = draw(st.lists(st.integers(0, len(document.text)), max_size=5, unique=True))
    labels = st.sampled_from(("", "cue 3", "page 1"))
    places = tuple(
        Place(Span(edge, edge + 1), draw(labels), draw(st.sampled_from(("", "a.xml"))))
        for edge in sorted(edges)
    )
    lines = document.line_starts if draw(st.booleans()) else ()
    return replace(document, places=places, line_starts=lines)


@given(placed_documents())
def test_every_stretch_of_a_segment_leads_to_the_same_place(document: Document) -> None:
    """Each piece of each segment has the offsets, line, column and place that it had."""
    segments = tuple(s for s in split.whole_blocks(document) if s.text)
    beads = tuple(Bead(range(n, n + 1), range(n, n + 1), 0.5) for n in range(len(segments)))
    report = Report(Bitext(document, document, segments, segments, beads), (), (), "veralign:t", 0)
    table = json.loads(json_writer.render(report))
    validate(table)
    read = parse(table)
    assert json.loads(json_writer.render(read)) == table
    theirs = read.bitext.source_segments
    assert [s.text for s in theirs] == [s.text for s in segments]
    for one, two in zip(segments, theirs, strict=True):
        assert two.text == two.span.of(read.bitext.source.text)
        for at in range(len(one.text)):
            spans = Span(one.span.start + at, one.span.end), Span(two.span.start + at, two.span.end)
            was, now = find_span(document, spans[0]), find_span(read.bitext.source, spans[1])
            assert (now.start, now.end, now.first) == (was.start, was.end, was.first)
            assert now.label == was.label
            assert (now.place.path if now.place else "") == (was.place.path if was.place else "")


def _set(*path: str | int, to: object) -> Any:
    def change(table: dict[str, Any]) -> None:
        *way, last = path
        at: Any = table
        for key in way:
            at = at[key]
        at[last] = to

    return change


DAMAGE = {
    "another schema": _set("schema", to="other/1"),
    "no schema": _set("schema", to=None),
    "a document that is a text": _set("source", to="x"),
    "a segment that is a number": _set("source", "segments", 0, to=5),
    "a text that is a number": _set("source", "segments", 0, "text", to=5),
    "half a character": _set("source", "segments", 0, "text", to="\ud800"),
    "an offset below zero": _set("source", "segments", 0, "start", to=-1),
    "an offset that is true": _set("source", "segments", 0, "start", to=True),
    "a line that no file has": _set("source", "segments", 0, "line", to=10**12),
    "a line without a column": _set("source", "segments", 0, "column", to=0),
    "lines out of order": _set("source", "segments", 0, "line", to=99),
    "runs out of order": _set("source", "segments", 0, "runs", to=[{"at": 0, "start": 1}]),
    "a reason that nobody has": _set("target", "excluded", 0, "reason", to="dull"),
    "a probability above one": _set("beads", 0, "score", to=1.5),
    "a probability that is none": _set("beads", 0, "score", to=float("nan")),
    "a probability that is a word": _set("summary", "risk", to="high"),
    "a bead of a segment that is not there": _set("beads", 0, "source", to=[400]),
    "a bead with a hole": _set("beads", 0, "source", to=[0, 2]),
    "a doubt that nobody has": _set("beads", 0, "doubt", to="perhaps"),
    "a finding in no bead": _set("findings", 0, "bead", to=77),
    "a finding of no severity": _set("findings", 0, "severity", to=["major"]),
    "a finding of no type": _set("findings", 0, "type", to="accuracy"),
    "a mark in no segment": _set("findings", 0, "source", 0, "segment", to=400),
    "a mark that ends before it begins": _set("findings", 0, "source", 0, "end", to=0),
    "evidence that is a number": _set("findings", 0, "evidence", to=[3]),
    "a risk of a bead that is a number": _set("beads", 0, "risk", to=0.5),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_no_report_is_one_clear_error(name: str) -> None:
    """Whatever is wrong, the error names the file and says what it is."""
    table = copy.deepcopy(json.loads(json_writer.render(rich_report())))
    parse(table)
    DAMAGE[name](table)
    with pytest.raises(ReadError) as caught:
        parse(table, "results.jsonl, line 3")
    assert caught.value.where == "results.jsonl, line 3"
    assert caught.value.what.startswith("This is no report of veralign: ")
    assert caught.value.fix


@pytest.mark.parametrize("key", ["source", "target", "beads", "findings", "skipped", "summary"])
def test_a_missing_part_is_named(key: str) -> None:
    """Without a part, the error says which one is missing."""
    table = json.loads(json_writer.render(seed_report()))
    del table[key]
    with pytest.raises(ReadError, match=f"`{key}` is missing"):
        parse(table)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"1" * 5000, b"[" * 100_000])
def test_bytes_that_are_no_json_object(data: bytes) -> None:
    """Bytes of any kind are refused with the same error."""
    with pytest.raises(ReadError, match="no report of veralign"):
        parse_bytes(data)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_value_in_the_place_of_another_is_read_or_refused(value: object) -> None:
    """No value that JSON can hold makes the reader fail in another way than with its error."""
    table = json.loads(json_writer.render(rich_report()))
    for part in list(table):
        damaged = {**table, part: value}
        try:
            parse(damaged)
        except ReadError:
            continue
        assert part == "signature" or value == []


def test_a_mark_without_a_counterpart_is_read() -> None:
    """A finding with marks on one side only keeps them there."""
    report = rich_report()
    ours = report.bitext.source_segments
    kind = ("omission", ErrorType.OMISSION, Severity.MINOR)
    found = finding(kind, 3, (mark(ours, 4, "Moved"),), (), "Lost.")
    assert again(replace(report, findings=(found,))).findings == (found,)


def test_quotes_of_other_reports_come_back() -> None:
    """What other reports say is in the JSON as records, and read back as they were."""
    report = rich_report()
    quotes = (
        Quote("afp.txt", "en", 3, "They “met” on Monday.", "supports source", 0.91, 7),
        Quote("b.txt", None, 0, "+x", "supports target", 1.0),
    )
    first, *rest = report.findings
    report = replace(report, findings=(replace(first, reports=quotes), *rest))
    table = json.loads(json_writer.render(report))
    validate(table)
    assert table["findings"][0]["reports"][0]["stance"] == "supports source"
    assert again(report).findings == report.findings
    table["findings"][0]["reports"][0]["stance"] = "shrugs"
    with pytest.raises(ReadError, match="shrugs"):
        parse(table)
