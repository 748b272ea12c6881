"""Markdown: read back with a reader of it, and nothing of an article becomes a sign."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from align.write.markdown import plain, render
from align.write.slices import tidy
from tests.reports import REPORTS, accepting, mark, rich_report, seed_report
from tests.strategies import hostile_texts

SIGNS = st.text(st.sampled_from("*_`[]()<>#+-=|~&@!.1 a\\:/\"'{}$^\n"), max_size=30)


def read(text: str) -> str:
    """Return what a reader of a paragraph sees."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    assert [token.type for token in tokens] in (
        [],
        ["paragraph_open", "inline", "paragraph_close"],
    )
    seen = ""
    for token in tokens:
        for child in token.children or ():
            assert child.type in ("text", "text_special"), child
            seen += child.content
    return seen


@given(hostile_texts | SIGNS)
def test_any_text_shows_as_it_is(text: str) -> None:
    """No sign of Markdown or HTML in an article has any effect."""
    assert read(plain(text)) == tidy(text)


@pytest.mark.parametrize("report", REPORTS)
def test_only_our_own_markup_is_there(report: str) -> None:
    """The only HTML in a report is the bold of marked words."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(render(REPORTS[report]()))
    inline = [child for token in tokens for child in token.children or ()]
    found = {child.content for child in inline if child.type == "html_inline"}
    assert found <= {"<b>", "</b>"}
    assert not [t for t in (*tokens, *inline) if t.type in ("html_block", "link_open", "image")]


def test_findings_stand_in_order_with_their_words() -> None:
    """The gravest comes first; each has its title, reason, places, and both texts."""
    written = render(seed_report())
    titles = re.findall(r"^## (.*)$", written, re.MULTILINE)
    assert titles[0] == "1. major · lost · 95% sure"
    assert titles[3:7] == [
        "4. major · changed: tense · 81% sure",
        "5. major · lost · 71% sure",
        "6. major · added · 70% sure",
        "7. minor · added · 66% sure",
    ]
    assert "Biden instead <b>held</b> separate meetings" in written
    assert "gặp" in written
    assert "_no counterpart_" in written
    assert "tense check; source line 2, column 222; translation line 2, column 288" in written
    assert "- Evidence: “Lavrov”, “Brahimi”, “al-Khatib” are missing" in written


def test_only_a_space_between_two_marks() -> None:
    """Two marked words side by side are two words."""
    report = seed_report()
    segments = report.bitext.source_segments
    marks = (mark(segments, 2, "Biden"), mark(segments, 2, "instead"))
    found = replace(report.findings[1], source=marks)
    written = render(replace(report, findings=(found,)))
    assert "<b>Biden</b> <b>instead</b> held" in written


def test_marks_that_touch_are_not_torn() -> None:
    """Words that another finding marks in part are bold in one piece."""
    assert "<b>3 boats left on Monday</b>." in render(rich_report())


def test_accepted_findings_say_why() -> None:
    """An accepted finding is counted, and has its reason."""
    report = seed_report()
    written = render(accepting(report, {report.findings[0].key: "as *agreed*"}))
    assert "Accepted besides: 1 finding." in written
    assert "- Accepted: as \\*agreed\\*" in written
