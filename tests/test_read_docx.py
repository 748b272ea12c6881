"""Reading Word documents: what a person sees when all changes are accepted, and where it stands."""

import pytest

from align.bitext import Document
from align.errors import ReadError
from align.read.docx import parse
from tests.archives import docx, p, r, zipped

DELETED_MARK = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


def read(body: str, notes: dict[str, str] | None = None) -> Document:
    """Read a Word document with this body."""
    return parse(docx(body, notes), "a.docx")


def blocks(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


def labels(document: Document) -> list[str]:
    """Return what each place is called."""
    return [place.label for place in document.places]


def test_paragraphs_are_blocks_that_cleaning_does_not_join() -> None:
    """Each paragraph is a block and a place; white space in it is run together."""
    document = read(p("The bridge\n  opens ", "today.") + p("") + p("rain is expected"))
    assert blocks(document) == ["The bridge opens today.", "rain is expected"]
    assert labels(document) == ["paragraph 1", "paragraph 2"]
    assert document.text == "The bridge opens today.\n\nrain is expected"
    assert document.line_starts == ()


def sign(font: str, code: str) -> str:
    """Return a run with a sign of a font, by its number."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        (("He ", "<w:ins>" + r("now ") + "</w:ins>", "stays."), "He now stays."),
        (("He ", "<w:del>" + r("never ", "delText") + "</w:del>", "stays."), "He stays."),
        (("<w:moveFrom>" + r("Gone. ") + "</w:moveFrom>", "Here."), "Here."),
        (("<w:moveTo>" + r("Moved. ") + "</w:moveTo>", "Here."), "Moved. Here."),
        (("See ", "<w:hyperlink>" + r("the page") + "</w:hyperlink>", "."), "See the page."),
        (("<w:smartTag>" + r("Hue") + "</w:smartTag>",), "Hue"),
        (("<w:sdt><w:sdtPr/><w:sdtContent>" + r("Filled") + "</w:sdtContent></w:sdt>",), "Filled"),
        (("<w:fldSimple>" + r("12") + "</w:fldSimple>",), "12"),
        (("a", "<w:r><w:tab/></w:r>", "b"), "a b"),
        (("co", "<w:r><w:softHyphen/></w:r>", "operate"), "cooperate"),
        (("Jean", "<w:r><w:noBreakHyphen/></w:r>", "Luc"), "Jean\u2011Luc"),
        (("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "shown"), "shown"),
        (('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>',), "seen"),
        (("20 ", sign("Symbol", "F0B0"), "C ", sign("Symbol", "F0B1"), "5"), "20 °C ±5"),
        (("a ", sign("Symbol", "F062"), sign("Symbol", "F03D"), sign("Arial", "00BD")), "a β=½"),
        (("a", sign("Wingdings", "F0B0"), sign("Symbol", "D800"), sign("Symbol", ""), "b"), "ab"),
        (("co\u00adop", "erate"), "cooperate"),
        (("Ca\u0302\u0300u", " mo\u031b\u0301i"), "Cầu mới"),
    ],
)
def test_a_paragraph_is_what_a_reader_sees(runs: tuple[str, ...], seen: str) -> None:
    """Changes count as accepted; fields show their result; hidden text and soft hyphens do not."""
    assert blocks(read(p(*runs))) == [seen]


def test_a_field_shows_its_result_and_not_its_code() -> None:
    """Between its begin and its separator a field holds code, even if that has text in it."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inner = (mark("begin"), r("TITLE", "instrText"), mark("separate"), r("Deep"), mark("end"))
    code = (mark("begin"), r("REF ", "instrText"), r("no text"), *inner, mark("separate"))
    assert blocks(read(p("See ", *code, r("page 3"), mark("end"), "."))) == ["See page 3."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    """Who accepts the deletion of a paragraph's end gets one paragraph."""
    document = read(p("The mayor ", properties=DELETED_MARK) + p("spoke.") + p("Then rain."))
    assert blocks(document) == ["The mayor spoke.", "Then rain."]


def test_a_line_break_parts_lines_of_one_paragraph() -> None:
    """A line break is one; two of them part paragraphs."""
    line = "<w:r><w:br/></w:r>"
    document = read(p("Bridge opens", line, "after years of delay", line, line, "Rain"))
    assert document.text == "Bridge opens\nafter years of delay\n\nRain"


def test_cells_have_places() -> None:
    """A cell is called by its table, row and column; merged columns count, deleted rows do not."""
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("wide") + "</w:tc>"
    cell = "<w:tc>" + p("{}") + "</w:tc>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell.format("gone") + "</w:tr>"
    rows = f"<w:tr>{wide}{cell.format('c3')}</w:tr>{gone}<w:tr>{cell.format('d1')}</w:tr>"
    document = read(p("Before") + f"<w:tbl>{rows}</w:tbl>")
    assert blocks(document) == ["Before", "wide", "c3", "d1"]
    assert labels(document)[1:] == [
        "table 1, row 1, column 1",
        "table 1, row 1, column 3",
        "table 1, row 2, column 1",
    ]


def test_notes_follow_in_the_order_of_their_references() -> None:
    """Notes stand behind the text, with their own part as path; separators are none."""
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    body = p("One", reference("footnote", 5), " two", reference("footnote", 4)) + p(
        "End", reference("endnote", 2)
    )
    notes = {
        "footnotes": '<w:footnote w:id="0" w:type="separator">' + p("---") + "</w:footnote>"
        '<w:footnote w:id="4">' + p("Second.") + "</w:footnote>"
        '<w:footnote w:id="5">' + p("First.") + "</w:footnote>",
        "endnotes": '<w:endnote w:id="2">' + p("Last.") + "</w:endnote>",
    }
    document = read(body, notes)
    assert blocks(document) == ["One two", "End", "First.", "Second.", "Last."]
    assert labels(document)[2:] == ["footnote 1", "footnote 2", "endnote 1"]
    assert document.places[2].path == "word/footnotes.xml"


def test_headers_and_comments_are_not_the_article() -> None:
    """What stands on every page, and what was remarked, is not read."""
    comments = "<w:comment>" + p("Check this.") + "</w:comment>"
    header = p("The Daily Paper")
    assert blocks(read(p("Text."), {"comments": comments, "header": header})) == ["Text."]


def test_a_text_box_is_read_once() -> None:
    """Word writes each text box twice, for itself and for older programs."""
    box = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>' + box + "</w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(p("Around ", f"<w:r>{both}</w:r>", "it."))
    assert blocks(document) == ["Around it.", "In the box."]
    assert labels(document)[1] == "text box"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (docx(p("Text."))[:-40], "damaged"),
        (zipped({"other.xml": "<a/>"}), "word/document.xml is missing"),
        (zipped({"word/document.xml": "<html/>"}), "no Word document"),
        (zipped({"word/document.xml": "<w:document"}), "well-formed"),
        (docx(""), "no text"),
        (docx("<w:sdt>" * 300 + "</w:sdt>" * 300), "nested deeper"),
    ],
)
def test_broken_files_are_refused(data: bytes, what: str) -> None:
    """Whatever is wrong, one error says what, where, and what to do."""
    with pytest.raises(ReadError) as caught:
        parse(data, "a.docx", "folder/a.docx")
    assert what in caught.value.what
    assert "folder/a.docx" in caught.value.where
    assert caught.value.fix
