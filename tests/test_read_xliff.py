"""Reading XLIFF 1.2 and 2.x, and what Trados and memoQ make of it."""

import io

import pytest

from align.config import ReadSettings
from align.errors import ReadError
from align.read.row import Asked, Row
from align.read.xliff import parse

SPACE = 'xmlns="urn:oasis:names:tc:xliff:document:'


def read(page: str, limits: ReadSettings | None = None) -> list[Row]:
    """Read an XLIFF file."""
    asked = Asked("a.xlf", limits or ReadSettings())
    return list(parse(io.BytesIO(page.encode()), asked))


def one(body: str) -> str:
    """Return an XLIFF 1.2 file with this body."""
    return (
        f'<?xml version="1.0"?>\n<xliff version="1.2" {SPACE}1.2"><file original="a.docx"'
        f' source-language="en-US" target-language="vi"><header/><body>{body}</body></file></xliff>'
    )


def two(units: str) -> str:
    """Return an XLIFF 2.1 file with these units."""
    return (
        f'<xliff version="2.1" {SPACE}2.0" srcLang="en" trgLang="vi-VN"><file id="f">{units}'
        "</file></xliff>"
    )


def check_places(rows: list[Row], page: str) -> None:
    """Look that each character that is not a space stands where its row says."""
    for row in rows:
        for text, offsets in ((row.source, row.offsets[0]), (row.target, row.offsets[1])):
            assert not text or len(offsets) == len(text) + 1
            for character, offset in zip(text, offsets, strict=False):
                written = page[offset] in (character, "&") or page.startswith("<cp", offset)
                assert character.isspace() or written


def texts(rows: list[Row]) -> list[tuple[str, str]]:
    """Return both texts of each row."""
    return [(row.source, row.target) for row in rows]


@pytest.mark.parametrize(
    ("inner", "seen"),
    [
        ("Hello <g id='1'>big</g> world", "Hello big world"),
        ("<bpt id='1'>&lt;b></bpt>Bold<ept id='1'>&lt;/b></ept>", "Bold"),
        ("a<x id='1'/>b<bx id='2'/>c<ex id='2'/>", "abc"),
        ("a<x id='1' ctype='lb'/>b", "a b"),
        ("<ph id='1'>{0}</ph> of <it id='2' pos='open'>x</it>y", "of y"),
        ("<mrk mtype='x-sdl-comment'>kept</mrk><mrk mtype='x-sdl-deleted'> gone</mrk>", "kept"),
        ("Fish &amp; chips &#233;&#x1F642;", "Fish & chips é🙂"),
        ("<![CDATA[a <b>]]>c<!-- no -->d", "a <b>cd"),
        ("Ca\u0302\u0300u\n   mo\u031b\u0301i", "Cầu mới"),
        ("a\u200eb\u200b", "a\u200eb\u200b"),
    ],
)
def test_inline_tags_are_no_text_and_move_nothing(inner: str, seen: str) -> None:
    """A person sees text without tags, and each letter leads to its place in the file."""
    page = one(f"<trans-unit id='1'><source>{inner}</source><target>{inner}</target></trans-unit>")
    rows = read(page)
    assert texts(rows) == [(seen, seen)]
    assert rows[0].languages == ("en", "vi")
    assert (rows[0].label, rows[0].path) == ("unit 1", "a.docx")
    if "\u0302" not in inner:
        check_places(rows, page)


def test_segments_of_trados_are_rows() -> None:
    """SDLXLIFF puts segments into marks, in the source and the target, inside of tags."""
    page = one(
        '<trans-unit id="7"><source>One. Two.</source><seg-source><g id="1"><mrk mtype="seg"'
        ' mid="4">One.</mrk> <mrk mtype="seg" mid="5">Two <x id="2"/>more.</mrk></g></seg-source>'
        '<target><g id="1"><mrk mtype="seg" mid="5">Hai.</mrk> <mrk mtype="seg" mid="4">Một.</mrk>'
        "</g></target></trans-unit>"
    )
    rows = read(page)
    assert texts(rows) == [("One.", "Một."), ("Two more.", "Hai.")]
    assert [row.label for row in rows] == ["unit 7, segment 4", "unit 7, segment 5"]
    check_places(rows, page)


def test_notes_proposals_and_locked_units_are_passed_over() -> None:
    """What is not to be translated, or is only a proposal, is no row; groups hand it down."""
    rows = read(
        one(
            "<group translate='no'><trans-unit id='0'><source>a</source><target>a</target>"
            "</trans-unit></group><trans-unit id='1'><source>b</source><target>c</target>"
            "<note>n</note><alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>"
            "<trans-unit id='2' translate='no'><source>d</source><target>d</target></trans-unit>"
        )
    )
    assert texts(rows) == [("b", "c")]


def test_what_is_not_translated_yet_says_its_state() -> None:
    """An empty target with a state is an error that says so."""
    rows = read(
        one(
            "<trans-unit id='1'><source>a</source><target state='needs-translation'/></trans-unit>"
            "<trans-unit id='2'><source>b</source></trans-unit>"
        )
    )
    assert rows[0].error == "the target is empty (state needs-translation)"
    assert texts(rows)[1] == ("b", "")


@pytest.mark.parametrize("digits", ["", "x", "0", "D800", "110000", "FFFFFFFFF"])
def test_a_number_that_is_no_character_is_no_text(digits: str) -> None:
    """What XLIFF may not write as a code point costs nothing but itself."""
    page = two(
        f'<unit id="u"><segment><source>a<cp hex="{digits}"/>b</source><target>c</target>'
        "</segment></unit>"
    )
    assert texts(read(page)) == [("ab", "c")]


def test_version_2_has_segments_in_units() -> None:
    """Segments are rows; ignorables, notes, matches and data are none; states are told."""
    page = two(
        '<unit id="u1"><notes><note>n</note></notes><mtc:matches xmlns:mtc="urn:m"><mtc:match>'
        "<source>x</source><target>y</target></mtc:match></mtc:matches><originalData>"
        '<data id="d">&lt;br/></data></originalData><segment id="s1" state="final"><source>Big '
        '<pc id="1">news</pc><ph id="2" type="fmt" subType="xlf:lb"/>today<cp hex="0007"/></source>'
        '<target>Tin <mrk id="m" type="term">lớn</mrk></target></segment><ignorable><source> '
        '</source></ignorable><segment id="s2"><source>Two</source></segment></unit>'
        '<unit id="u2" translate="no"><segment><source>A</source><target/></segment></unit>'
        '<unit id="u3"><segment><source>A</source><target>B</target></segment></unit>'
    )
    rows = read(page)
    assert texts(rows) == [("Big news today\x07", "Tin lớn"), ("", ""), ("A", "B")]
    assert [row.label for row in rows] == ["unit u1, segment s1", "unit u1, segment s2", "unit u3"]
    assert rows[1].error == "the target is empty (state initial)"
    assert rows[0].languages == ("en", "vi")
    check_places(rows, page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_encodings_are_those_that_the_file_says(encoding: str) -> None:
    """A mark or a declaration decides, and offsets count decoded characters."""
    page = one("<trans-unit id='1'><source>côté</source><target>x</target></trans-unit>")
    if encoding == "windows-1252":
        page = page.replace("?>", " encoding='windows-1252'?>", 1)
    rows = list(parse(io.BytesIO(page.encode(encoding)), Asked("a")))
    assert texts(rows) == [("côté", "x")]
    check_places(rows, page)


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("", "no element found"),
        ("<xliff><file>", "no element found"),
        ("<html/>", "no XLIFF"),
        ("<xliff>&nosuch;</xliff>", "undefined entity"),
        ("<xliff>" * 201 + "</xliff>" * 201, "nested deeper than the limit of 200"),
        (
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xliff>&b;</xliff>',
            "declares entities",
        ),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff>&a;</xliff>',
            "declares entities",
        ),
        ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://x/y"> %a;]><xliff/>', "declares entities"),
        ("<?xml version='1.0' encoding='nosuch'?><xliff/>", "Nobody knows"),
        ("<?xml version='1.0' encoding='bz2'?><xliff/>", "Nobody knows"),
        ("<xliff>\x00</xliff>", "well-formed"),
    ],
)
def test_hostile_and_broken_files_are_one_error(page: str, what: str) -> None:
    """Bombs, fetches and cuts are refused, and the error says which."""
    with pytest.raises(ReadError) as caught:
        read(page)
    assert what in caught.value.what
    assert caught.value.where == "a.xlf"
    assert caught.value.fix


def test_bytes_of_another_encoding_are_refused() -> None:
    """A file that is not what it says is no text."""
    with pytest.raises(ReadError) as caught:
        list(parse(io.BytesIO(b"<xliff>\xff</xliff>"), Asked("a")))
    assert "should be utf-8" in caught.value.what


def test_a_hundred_levels_are_read() -> None:
    """Nesting within the limit is no matter."""
    deep = "<g id='1'>" * 100 + "deep" + "</g>" * 100
    page = one(f"<trans-unit id='1'><source>{deep}</source><target>x</target></trans-unit>")
    assert texts(read(page)) == [("deep", "x")]


def test_an_outer_document_type_is_never_fetched() -> None:
    """A declaration that names a file elsewhere is passed over."""
    page = one("<trans-unit id='1'><source>a</source><target>b</target></trans-unit>")
    declared = page.replace("\n", '<!DOCTYPE xliff SYSTEM "http://x.invalid/x.dtd">', 1)
    assert texts(read(declared)) == [("a", "b")]


def test_a_long_segment_is_an_error_of_its_row() -> None:
    """Ten megabytes in one segment cost that row, and no memory."""
    unit = "<trans-unit id='{}'><source>{}</source><target>b</target></trans-unit>"
    rows = read(one(unit.format(1, "word " * 2_000_000) + unit.format(2, "a")))
    assert "row_chars" in rows[0].error
    assert texts(rows)[1] == ("a", "b")
