"""Reading PDF files that LibreOffice made: paragraphs, hyphens, running heads; scans refused."""

import io
from pathlib import Path

import pypdfium2
import pytest

from align.bitext import Document
from align.clean import clean
from align.config import ReadSettings
from align.errors import ReadError
from align.read.pdf import parse

DATA = Path(__file__).parent / "data"


def read(name: str) -> Document:
    """Read one of the files."""
    return parse((DATA / name).read_bytes(), name)


def blocks(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


def empty(pages: int) -> bytes:
    """Return a PDF of pages without any text."""
    file = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        file.new_page(595, 842)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def test_lines_are_joined_and_hyphens_taken_out() -> None:
    """Words broken at the end of a line are whole again; a name with a hyphen keeps it."""
    assert blocks(read("hyphens.pdf")) == [
        "The committee for infrastructure announced on Wednesday that the reconstruction of the"
        " wellknown Müller-Armack bridge will require additional expenditure, transportation"
        " ministers complained.",
        "A decision about the committee will follow. The administration of the wellknown harbour"
        " said nothing about infrastructure or transportation.",
    ]


def test_marks_of_notes_lengthen_no_number() -> None:
    """A raised digit is one, and the line goes on behind it, though PDFium begins another."""
    assert read("notes.pdf").text.startswith("The war began in 1939¹ and lasted six years. Second")


def test_running_heads_are_left_out_and_pages_named() -> None:
    """What stands at the edge of every page is no text; a paragraph may go over two pages."""
    document = read("paper.pdf")
    texts = blocks(document)
    assert texts[0] == "Bridge opens after years of delay"
    assert not any("The Daily Paper" in text or "All rights" in text for text in texts)
    assert {place.label for place in document.places} == {f"page {n}" for n in range(1, 8)}
    crossing = [
        block
        for block in document.blocks
        for place in document.places
        if block.start < place.span.start < block.end
    ]
    assert crossing
    assert clean(document).blocks


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\nnothing", "cannot be read"),
        ((DATA / "hyphens.pdf").read_bytes()[:3000], ""),
        ((DATA / "locked.pdf").read_bytes(), "encrypted"),
        (empty(3), "pictures of its 3 pages: it is a scan"),
    ],
)
def test_what_has_no_text_is_refused_with_the_reason(data: bytes, what: str) -> None:
    """A damaged, a locked and a scanned file are three different errors."""
    with pytest.raises(ReadError) as caught:
        parse(data, "a.pdf")
    assert what in caught.value.what
    assert caught.value.fix


def test_too_many_pages_are_refused() -> None:
    """The limit of pages is a setting, and the error names it."""
    with pytest.raises(ReadError) as caught:
        parse((DATA / "paper.pdf").read_bytes(), "a.pdf", limits=ReadSettings(pages=2))
    assert "limit of 2" in caught.value.what
    assert "pages under [read]" in caught.value.fix
