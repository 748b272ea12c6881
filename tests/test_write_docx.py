"""Word: read back as a review table, with its comments at the marked words."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from align.write.docx import render
from align.write.policy import Policy
from align.write.slices import visible
from align.write.tsv import side_text
from align.write.words import TYPES, ranked
from align.write.xml import writable
from tests.reports import REPORTS, rich_report, seed_report


def read(written: bytes) -> Any:
    """Return a document as Word's reader sees it."""
    return docx.Document(BytesIO(written))


def commented(word: Any) -> dict[int, str]:
    """Return, for each comment, the words that it stands at."""
    found: dict[int, str] = {}
    open_ones: set[int] = set()
    for element in word.element.body.iter():
        number = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            open_ones.add(int(number))
        elif element.tag == qn("w:commentRangeEnd"):
            open_ones.remove(int(number))
        elif element.tag == qn("w:t"):
            for one in open_ones:
                found[one] = found.get(one, "") + (element.text or "")
    assert not open_ones
    return found


@pytest.mark.parametrize("make", [seed_report, rich_report])
def test_the_table_has_both_texts(make: Any) -> None:
    """A row for each bead under the header: the source on the left, its translation beside it."""
    report = make()
    (table,) = read(render(report)).tables
    head, *rows = table.rows
    assert [cell.text.split()[0] for cell in head.cells] == ["Source", "Translation"]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(rows) == len(report.bitext.beads)
    for bead, row in zip(report.bitext.beads, rows, strict=True):
        source = side_text(report.bitext.source_segments, bead.source)
        target = side_text(report.bitext.target_segments, bead.target)
        assert [c.text for c in row.cells] == [writable(visible(t)) for t in (source, target)]


@pytest.mark.parametrize("make", [seed_report, rich_report])
def test_each_finding_is_a_comment_at_its_words(make: Any) -> None:
    """Severity, kind, reason and evidence stand at the words of the translation, if it has any."""
    report = make()
    word = read(render(report))
    at = commented(word)
    comments = {c.text.split(".")[0]: c for c in word.comments if c.text[0].isdigit()}
    assert len(comments) == len(report.findings)
    for number, finding in ranked(report):
        comment = comments[str(number)]
        first = (*finding.target, *finding.source)[0]
        assert at[comment.comment_id] == writable(visible(first.text))
        assert finding.severity.label in comment.text
        assert TYPES[finding.error_type] in comment.text
        assert finding.message in comment.text
        assert all(f"Evidence: {line}" in comment.text for line in finding.evidence)
        assert finding.key in comment.text
        assert comment.author == "veralign"
        assert comment.timestamp is None


def test_a_finding_without_marks_is_a_comment_on_the_sentence() -> None:
    """Where a check points at no words, its comment stands at the whole translation."""
    report = seed_report()
    bare = replace(report.findings[1], source=(), target=())
    word = read(render(replace(report, findings=(bare,))))
    (said,) = commented(word).values()
    assert said == report.bitext.target_segments[2].text


def test_marked_words_are_shaded_and_underlined() -> None:
    """A mark is seen without its colour, and without its comment."""
    (table,) = read(render(seed_report())).tables
    runs = table.rows[3].cells[0].paragraphs[0].runs
    shaded = [run for run in runs if run._r.find(f".//{qn('w:shd')}") is not None]
    words = "Biden instead held separate meetings with Lavrov, Brahimi, and al-Khatib"
    assert "".join(run.text for run in shaded) == words
    assert all(run.underline for run in shaded)
    assert not any(run.underline for run in runs if run not in shaded)


def test_properties_stand_in_the_order_of_the_schema() -> None:
    """Word refuses files whose run properties stand in another order than the schema's."""
    order = [qn(f"w:{name}") for name in ("b", "color", "sz", "u", "shd", "rtl", "lang")]
    for properties in read(render(rich_report())).element.body.iter(qn("w:rPr")):
        tags = [element.tag for element in properties if element.tag in order]
        assert tags == sorted(tags, key=order.index)


def test_right_to_left_texts_are_set_so() -> None:
    """Arabic paragraphs and runs are marked as such, English ones are not."""
    (table,) = read(render(rich_report())).tables
    source, target = table.rows[1].cells
    assert target.paragraphs[0]._p.pPr.find(qn("w:bidi")) is not None
    assert all(run.font.rtl for run in target.paragraphs[0].runs if run.text)
    assert not any(run.font.rtl for run in source.paragraphs[0].runs)


def test_what_is_known_of_a_bead_is_a_comment_too() -> None:
    """Moved and doubtful rows say so without a word in the texts."""
    said = [c.text for c in read(render(rich_report())).comments]
    for fact in ("moved", "suspect", "partly covered"):
        assert f"About the alignment: {fact}" in said


def test_accepted_findings_say_why() -> None:
    """The comment of an accepted finding has the reason."""
    report = seed_report()
    word = read(render(report, Policy(suppressed={report.findings[0].key: "as agreed"})))
    assert sum("Accepted: as agreed" in comment.text for comment in word.comments) == 1


def test_what_was_left_out_is_listed() -> None:
    """Excluded blocks and skipped checks follow the table."""
    lines = [p.text for p in read(render(rich_report())).paragraphs]
    assert "Translation, left out (page furniture): Post a Comment" in lines
    assert "Not checked: tense: no tense facts for 'ar'" in lines
    silent = [p.text for p in read(render(REPORTS["silent"]())).paragraphs]
    assert "both texts are in English" in silent
