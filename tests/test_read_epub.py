"""Reading e-books: chapters in the order of the book, nothing from outside of it."""

import pytest

from align.bitext import Document
from align.errors import ReadError
from align.read.epub import parse
from tests.archives import epub, zipped

CHAPTERS = {"b.xhtml": "<h1>Two</h1><p>Rain&#160;fell.</p>", "a b.xhtml": "<p>One.</p>"}


def blocks(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


def test_chapters_come_in_the_order_of_the_spine() -> None:
    """The order is that of the spine, and each paragraph has its chapter and file."""
    data = epub(CHAPTERS, ("a b.xhtml", "b.xhtml"))
    document = parse(data, "a.epub")
    assert blocks(document) == ["One.", "Two", "Rain\u00a0fell."]
    assert [(place.label, place.path) for place in document.places] == [
        ("chapter 1, paragraph 1", "OEBPS/a b.xhtml"),
        ("chapter 2, paragraph 1", "OEBPS/b.xhtml"),
        ("chapter 2, paragraph 2", "OEBPS/b.xhtml"),
    ]


def test_addresses_never_lead_out_of_the_archive() -> None:
    """A chapter whose address climbs upwards is looked for in the archive alone."""
    with pytest.raises(ReadError) as caught:
        parse(epub({"../../../etc/hostname": ""}, ("../../../etc/hostname",), ""), "a.epub")
    assert "lacks its chapter etc/hostname" in caught.value.what


def test_a_protected_book_is_refused() -> None:
    """Encrypted chapters are an error that says so."""
    data = zipped(
        {
            "META-INF/container.xml": "<container/>",
            "META-INF/encryption.xml": '<encryption><EncryptionMethod Algorithm="aes"/>'
            "</encryption>",
        }
    )
    with pytest.raises(ReadError) as caught:
        parse(data, "a.epub")
    assert "copy-protected" in caught.value.what


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped({"mimetype": "application/epub+zip"}), "container.xml is missing"),
        (zipped({"META-INF/container.xml": "<container/>"}), "where its text is"),
        (epub({}, ()), "no text"),
        (epub(CHAPTERS, ("b.xhtml",))[:-50], "damaged"),
    ],
)
def test_broken_books_are_refused(data: bytes, what: str) -> None:
    """Whatever is missing, one error says what."""
    with pytest.raises(ReadError) as caught:
        parse(data, "a.epub")
    assert what in caught.value.what
