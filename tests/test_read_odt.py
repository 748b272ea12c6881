"""Reading OpenDocument texts: paragraphs, tables, notes; changes as accepted."""

import pytest

from align.bitext import Document
from align.errors import ReadError
from align.read.odt import parse
from tests.archives import odt, zipped


def blocks(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


def test_paragraphs_and_what_stands_in_them() -> None:
    """Headings, spans, links, tabs and breaks are what they look like; deletions are not there."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:h>Bridge<text:line-break/>opens</text:h>"
        '<text:p>The <text:span>new</text:span><text:s text:c="3"/>bridge<text:tab/>is '
        '<text:a href="x">open</text:a>.<office:annotation><text:p>Check.</text:p>'
        "</office:annotation></text:p><text:p/>"
    )
    document = parse(odt(body), "a.odt")
    assert document.text == "Bridge\nopens\n\nThe new bridge is open."
    assert [place.label for place in document.places][-1] == "paragraph 2"
    assert document.offsets is None


def test_lists_tables_boxes_and_notes_have_places() -> None:
    """A cell, a text box and a note are named; lists and sections are paragraphs."""
    note = (
        '<text:note text:note-class="{0}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>A {0}.</text:p></text:note-body></text:note>"
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<text:section><text:list><text:list-item><text:p>Item"
        + note.format("footnote")
        + "</text:p></text:list-item></text:list></text:section>"
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format("a")
        + "<table:covered-table-cell/>"
        + cell.format("c")
        + "</table:table-row></table:table-header-rows></table:table>"
        "<text:p>End"
        + note.format("endnote")
        + "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame></text:p>"
    )
    document = parse(odt(body), "a.odt")
    assert [(place.label, place.span.of(document.text)) for place in document.places] == [
        ("paragraph 1", "Item"),
        ("table 1, row 1, column 1", "a"),
        ("table 1, row 1, column 3", "c"),
        ("paragraph 2", "End"),
        ("text box", "Boxed."),
        ("footnote 1", "A footnote."),
        ("endnote 1", "A endnote."),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (odt("<text:p>Text.</text:p>")[:-30], "damaged"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "content.xml is missing"),
        (zipped({"content.xml": "<a/>"}), "no OpenDocument text"),
        (odt("<text:p/>"), "no text"),
        (odt("<text:section>" * 300 + "</text:section>" * 300), "nested deeper"),
    ],
)
def test_broken_files_are_refused(data: bytes, what: str) -> None:
    """Whatever is wrong, one error says what."""
    with pytest.raises(ReadError) as caught:
        parse(data, "a.odt")
    assert what in caught.value.what


def test_hidden_text_is_not_read() -> None:
    """Spans and paragraphs of a hidden style, and hidden sections, are not shown; others are."""
    styles = "".join(
        f'<style:style xmlns:style="urn:style" style:name="{name}" style:family="{family}">'
        f'<style:text-properties text:display="{display}"/></style:style>'
        for name, family, display in (
            ("T1", "text", "none"), ("T2", "text", "true"), ("P1", "paragraph", "none"),
        )
    )  # fmt: skip
    body = (
        '<text:p>Seen<text:span text:style-name="T1"> not this</text:span>'
        '<text:span text:style-name="T2"> too</text:span>.</text:p>'
        '<text:p text:style-name="P1">Nor this.</text:p><text:p text:style-name="P2">Last.</text:p>'
        '<text:section text:display="none"><text:p>Never.</text:p></text:section>'
    )
    content = odt(body, styles)
    assert blocks(parse(content, "a.odt")) == ["Seen too.", "Last."]


def test_text_comes_in_nfc() -> None:
    """Decomposed letters are composed."""
    document = parse(odt("<text:p>Ca\u0302\u0300u mo\u031b\u0301i</text:p>"), "a.odt")
    assert blocks(document) == ["Cầu mới"]
