"""Tests of the JSON report against its published schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from align import baseline, pipeline, split
from align.bitext import Bead, Bitext
from align.config import Config
from align.finding import PairReport, Report
from align.read import text
from align.write import json as json_writer
from align.write import tsv
from tests.fakes import HashEncoder
from tests.reports import rich_report
from tests.test_pipeline import ARTICLE, document, translated

SCHEMA: dict[str, Any] = json.loads(
    (Path(json_writer.__file__).parent / "report.schema.json").read_text("utf-8")
)


def validate(report: dict[str, Any]) -> None:
    """Hold a report against the published schema."""
    jsonschema.Draft202012Validator(SCHEMA).validate(report)


def report(target: str) -> dict[str, Any]:
    """Return the JSON report of the article and a target, read back."""
    pair = document(ARTICLE, "en"), document(target, "vi")
    written = json_writer.render(pipeline.compare(*pair, Config(), HashEncoder()))
    parsed: dict[str, Any] = json.loads(written)
    return parsed


def test_the_schema_is_a_schema() -> None:
    """The published schema is itself valid."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("lines", [6, 5, 3, 1])
def test_reports_are_valid(lines: int) -> None:
    """Reports with and without findings, and of texts that do not match, fit the schema."""
    kept = "\n".join(translated(ARTICLE).splitlines()[:lines])
    validate(report(kept))


def test_the_schema_refuses_what_is_not_a_report() -> None:
    """A report with an unknown severity, a missing part or a surplus one does not fit."""
    good = report("\n".join(translated(ARTICLE).splitlines()[1:]))
    for key, value in (("schema", "other/1"), ("beads", None), ("surplus", 1)):
        with pytest.raises(jsonschema.ValidationError):
            validate({**good, key: value})
    finding = {**good["findings"][0], "severity": "grave"}
    with pytest.raises(jsonschema.ValidationError):
        validate({**good, "findings": [finding]})


def test_offsets_are_those_of_the_file_as_read() -> None:
    """Segments and excluded blocks of a decomposed file point into the file, not into its NFC."""
    raw = "Cafe\u0301 Lumie\u0300re closed.\nPost a Comment\nNobody asked why."
    source = text.parse(raw.encode(), "a.txt")
    target = document("CAFÉ LUMIÈRE CLOSED.\nNOBODY ASKED WHY.", "vi")
    source = type(source)(
        name=source.name,
        text=source.text,
        blocks=source.blocks,
        language="en",
        offsets=source.offsets,
    )
    written = json_writer.render(pipeline.compare(source, target, Config(), HashEncoder()))
    side = json.loads(written)["source"]
    places = [(s["start"], s["end"]) for s in side["segments"]]
    assert [raw[a:b] for a, b in places] == [
        "Cafe\u0301 Lumie\u0300re closed.",
        "Nobody asked why.",
    ]
    (excluded,) = side["excluded"]
    assert raw[excluded["start"] : excluded["end"]] == "Post a Comment"


def test_rows_are_one_line_each() -> None:
    """The answer for a row is one line of JSON, an error or a risk with findings."""
    good = json_writer.render_row(PairReport(0, 0.5, (("omission", 0.5),), ()))
    bad = json_writer.render_row(PairReport(7, error="the target is empty"))
    assert good.count("\n") == bad.count("\n") == 1
    assert json.loads(good) == {
        "row": 0,
        "risk": 0.5,
        "probabilities": {"omission": 0.5},
        "findings": [],
    }
    assert json.loads(bad) == {"row": 7, "error": "the target is empty"}


def test_alignment_table_has_one_row_a_bead() -> None:
    """The table of beads names the segments of both sides and shows their texts."""
    kept = "\n".join(translated(ARTICLE).splitlines()[1:])
    pair = document(ARTICLE, "en"), document(kept, "vi")
    bitext = pipeline.align_documents(*pair, Config(), HashEncoder()).bitext
    head, *rows = tsv.render_alignment(bitext).splitlines()
    cells = [row.split("\t") for row in rows]
    assert head.split("\t") == [
        "source_ids",
        "target_ids",
        "score",
        "moved",
        "doubt",
        "source_alone",
        "target_alone",
        "source",
        "target",
    ]
    assert [c[0] for c in cells] == list("012345")
    assert [c[1] for c in cells] == ["", "0", "1", "2", "3", "4"]
    assert cells[1][-2].upper() == cells[1][-1]


DOUBTED = Bead(range(1), range(2), 0.4, True, "suspect", (0.3,), (0.25, 0.5))


def test_doubts_and_probabilities_are_in_every_format() -> None:
    """What is known of a bead is in the report, fits the schema, and is in the table of beads."""
    pair = document("One.", "en"), document("Two.\nThree.", "vi")
    segments = [split.whole_blocks(side) for side in pair]
    bitext = Bitext(*pair, segments[0], segments[1], (DOUBTED,))
    written = json.loads(json_writer.render(Report(bitext, (), (), "veralign:test", None)))
    validate(written)
    assert written["beads"] == [
        {
            "id": 0,
            "source": [0],
            "target": [0, 1],
            "score": 0.4,
            "moved": True,
            "doubt": "suspect",
            "alone": {"source": [0.3], "target": [0.25, 0.5]},
        }
    ]
    assert json.loads(json_writer.render_alignment(bitext))["beads"] == written["beads"]
    assert tsv.render_alignment(bitext).splitlines()[1].split("\t") == [
        "0",
        "0 1",
        "0.4000",
        "moved",
        "suspect",
        "0.3000",
        "0.2500 0.5000",
        "One.",
        "Two. Three.",
    ]


def test_accepted_findings_are_told_apart() -> None:
    """An accepted finding has its reason; the summary counts it apart, and the schema agrees."""
    found = rich_report()
    applied = baseline.apply(found, baseline.accept((), found, found.findings[:2], "as agreed"))
    written = json.loads(json_writer.render(applied))
    validate(written)
    reasons = [finding.get("accepted") for finding in written["findings"]]
    assert reasons[:2] == ["as agreed", "as agreed"]
    assert not any(reasons[2:])
    assert written["summary"]["accepted"] == 2
    assert sum(written["summary"]["by_severity"].values()) == len(reasons) - 2
    assert "accepted" not in json.loads(json_writer.render(found))["summary"]
