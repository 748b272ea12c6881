"""Reading Markdown: prose as a reader sees it, with its lines and columns."""

import pytest

from align.bitext import Document
from align.errors import ReadError
from align.read.markdown import parse


def read(page: str) -> Document:
    """Read a Markdown file."""
    return parse(page.encode(), "a.md")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("# Bridge *opens*\n\nAfter [years](http://x 't').", "Bridge opens\n\nAfter years."),
        ("one\ntwo  \nthree", "one two\nthree"),
        ("Title\n=====\n> quoted\n> on", "Title\n\nquoted on"),
        ("- a\n- b\n  1. c", "a\n\nb\n\nc"),
        ("a\n\n```\ncode\n```\n\n    more code\n\nb", "a\n\nb"),
        ("Call `run()` now, &copy; \\*us\\*", "Call run() now, © *us*"),
        ("<div>raw</div>\n\ntext <b>bold</b>", "text bold"),
        ("| a | b |\n|--|--|\n| c d | e |", "a\n\nb\n\nc d\n\ne"),
        ("---\ntitle: x\n---\ntext", "text"),
        ("![picture](x.png) shown", "shown"),
        ("text\n\n[ref]: http://x", "text"),
        ("a\r\n\r\nCa\u0302\u0300u", "a\n\nCầu"),
        ("***\ntext\n***", "text"),
    ],
)  # fmt: skip
def test_prose_is_read_as_it_is_shown(page: str, text: str) -> None:
    """Marks of style, code, raw HTML, addresses and front matter are not text."""
    assert read(page).text == text


def test_words_have_their_places() -> None:
    """Each word leads to its line and column, behind front matter, code, escapes and repeats."""
    page = (
        "---\na: b\n---\n# Rain\n\n```\nrain fell\n```\n\nThe *rain* fell\n> \\*rain\\* &amp; wind"
    )
    document = read(page)
    assert document.text == "Rain\n\nThe rain fell\n\n*rain* & wind"
    for word, place in (("The", (10, 1)), ("rain fell", (10, 6)), ("wind", (11, 18))):
        assert document.line_and_column(document.text.index(word)) == place
    assert [place.label for place in document.places] == ["heading", "paragraph 1", "paragraph 2"]


@pytest.mark.parametrize("page", ["", "```\ncode\n```", "<div>raw</div>", "---\na: b\n---"])
def test_a_file_without_prose_is_refused(page: str) -> None:
    """Code alone is nothing that a translation could have lost."""
    with pytest.raises(ReadError):
        read(page)


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "*", "[", "`", "_a", "|", "&", "<", "\\", "![", "\t"]
)
def test_odd_pages_end(piece: str) -> None:
    """Ten thousand of any mark are read or refused, in a time that one can wait for."""
    assert read("text\n\n" + piece * 10_000).text.startswith("text")


def test_what_is_not_found_is_not_looked_for_beyond_its_paragraph() -> None:
    """A span of code that the parser changed does not lead into the table behind it."""
    code = "```\nc``\nc``*three*\n\n```\nc``\nc``*three*\n\n```\nc``\nc``\ncode\n```\n\n"
    document = read(code + "| a |\n|-|\n| c | d |\n")
    assert document.offsets is not None
    assert list(document.offsets) == sorted(document.offsets)
