"""Reading translation memories: the languages that are asked for, or the memory's own."""

import io

import pytest

from align.errors import ReadError
from align.read.row import Asked, Row
from align.read.tmx import parse


def memory(units: str, source: str = "en-US") -> str:
    """Return a memory with these units."""
    return (
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header'
        f' srclang="{source}" segtype="sentence"/><body>{units}</body></tmx>'
    )


def unit(*variants: tuple[str, str], name: str = "") -> str:
    """Return a unit with these variants."""
    inner = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants)
    return f"<tu tuid='{name}'>{inner}</tu>" if name else f"<tu>{inner}</tu>"


def read(
    page: str, languages: tuple[str | None, str | None] = (None, None), encoding: str = "utf-8"
) -> list[Row]:
    """Read a memory."""
    return list(parse(io.BytesIO(page.encode(encoding)), Asked("a.tmx", languages=languages)))


def texts(rows: list[Row]) -> list[tuple[str, str]]:
    """Return both texts of each row."""
    return [(row.source, row.target) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_units_are_rows(encoding: str) -> None:
    """The source is the memory's own, whatever the order; tags are no text; names are kept."""
    units = unit(("vi", "Chào"), ("EN-us", "Hi <bpt i='1'>&lt;b></bpt>you<ept i='1'/>"), name="a")
    page = memory(units + unit(("en", "<hi>Bye</hi> <ph/>now"), ("vi-VN", "Tạm")))
    rows = read(page, encoding=encoding)
    assert texts(rows) == [("Hi you", "Chào"), ("Bye now", "Tạm")]
    assert [row.label for row in rows] == ["unit a", "unit 2"]
    assert rows[1].languages == ("en", "vi")
    start, end = rows[0].offsets[1][0], rows[0].offsets[1][-1]
    assert page[start:end] == "Chào"


@pytest.mark.parametrize(
    ("languages", "pair"),
    [
        ((None, None), ("one", "một")),
        ((None, "de"), ("one", "eins")),
        (("vi", "en"), ("một", "one")),
        (("de", None), ("eins", "one")),
    ],
)
def test_languages_can_be_asked_for(
    languages: tuple[str | None, str | None], pair: tuple[str, str]
) -> None:
    """A memory of several languages gives those that are asked for."""
    page = memory(unit(("en", "one"), ("vi", "một"), ("de", "eins")))
    assert texts(read(page, languages)) == [pair]


def test_a_unit_without_the_language_is_an_error() -> None:
    """The error says what languages there are."""
    rows = read(memory(unit(("en", "one")) + unit(("en", "a"), ("vi", "b"))), (None, "de"))
    assert rows[0].error == "languages are en, asked for de"
    assert rows[1].error == "languages are en, vi, asked for de"


def test_a_memory_of_any_source_takes_the_first() -> None:
    """`*all*` means that each unit's first variant is as good as any."""
    assert texts(read(memory(unit(("vi", "a"), ("en", "b")), "*all*"))) == [("a", "b")]


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<xliff/>", "no TMX"),
        (memory("")[:-20], "well-formed"),
        (memory("<!-- " + "x" * 10), "well-formed"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>', "declares entities"),
    ],
)
def test_broken_memories_are_refused(page: str, what: str) -> None:
    """What is no memory, is cut, or is a bomb, is one error."""
    with pytest.raises(ReadError) as caught:
        read(page)
    assert what in caught.value.what
