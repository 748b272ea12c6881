"""Reading plain text: encodings told or refused, normal form, line breaks, positions."""

import codecs
import logging
import unicodedata

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align.bitext import Document, Place, Span
from align.errors import ReadError
from align.read.text import by_line, compose, decode, parse
from tests.strategies import LINE_BREAKS, hostile_texts

FRENCH = "Le maire a déclaré que l’été serait très sec ; où ira-t-on chercher de l’eau ?"
GERMAN = "Die Brücke öffnet übermorgen, sagte der Bürgermeister – größer als die alte."
SPANISH = "¿Qué pasará mañana? El alcalde respondió que la ciudad está preparada."
PORTUGUESE = "Não há água nas aldeias, e as negociações não avançaram, disse o ministro."
ITALIAN = "Il sindaco può parlare giovedì, perché ciò che dirà è già noto: la città è più sicura."
ICELANDIC = "Borgarstjórinn sagði á þriðjudag að brúin yrði opnuð í næstu viku og það þætti gott."
VIETNAMESE = "Thị trưởng cho biết cây cầu mới sẽ mở cửa vào tuần tới, người dân rất vui mừng."
RUSSIAN = "Мэр сообщил, что новый мост откроют на следующей неделе."

GRAPHEME = regex.compile(r"\X")


def windows_1258(text: str) -> bytes:
    """Encode as that code page wants it: letters whole, tones behind them."""
    data = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        try:
            data += letter.encode("windows-1258")
        except UnicodeEncodeError:
            data += (base + tones).encode("windows-1258")
    return data


def lines(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


def refusal(data: bytes) -> ReadError:
    """Return the error that reading raises, after looking that it says all three things."""
    with pytest.raises(ReadError) as caught:
        parse(data, "name", "folder/page.txt")
    error = caught.value
    assert error.what
    assert error.where == "folder/page.txt"
    assert error.fix
    return error


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_read_without_a_guess(
    mark: bytes, encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each Unicode encoding gives the same document, without its mark, and nothing is logged."""
    text = "Cầu mới 桥 🙂\nRiver"
    document = parse(mark + text.encode(encoding), "page")
    assert document.text == text
    assert lines(document) == ["Cầu mới 桥 🙂", "River"]
    assert caplog.records == []


@pytest.mark.parametrize("text", [FRENCH, GERMAN, SPANISH, PORTUGUESE, ITALIAN, ICELANDIC])
def test_western_code_page_is_a_logged_guess(text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Western text in windows-1252 is read right, and the log says that this was a guess."""
    with caplog.at_level(logging.WARNING):
        assert decode(text.encode("windows-1252"), "page.txt") == text
    assert [r.getMessage() for r in caplog.records] == [
        "page.txt: not UTF-8; read as windows-1252, which is a guess."
    ]


@pytest.mark.parametrize("text", [VIETNAMESE, VIETNAMESE.upper(), "Cầu Rồng đã mở cửa đón khách"])
def test_vietnamese_code_page_is_a_logged_guess(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Vietnamese in windows-1258 is read right in NFC, and the log says that this was a guess."""
    with caplog.at_level(logging.WARNING):
        assert parse(windows_1258(text), "page", "page.txt").text == text
    assert [r.getMessage() for r in caplog.records] == [
        "page.txt: not UTF-8; read as windows-1258, which is a guess."
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "cp866"),
        ("Ο δήμαρχος είπε ότι η νέα γέφυρα ανοίγει αύριο.", "windows-1253"),
        ("قال العمدة إن الجسر الجديد سيفتح الأسبوع المقبل.", "windows-1256"),
        ("ראש העיר אמר כי הגשר החדש ייפתח בשבוע הבא.", "windows-1255"),
        ("市長は新しい橋が来週開通すると述べた。", "shift-jis"),
        ("市長は新しい橋が来週開通すると述べた。", "euc-jp"),
        ("市長は新しい橋が来週開通すると述べた。", "iso2022-jp"),
        ("市长说新桥将于下周开放，大家都很高兴。", "gbk"),
        ("市長說新橋將於下週開放，大家都很高興。", "big5"),
        ("시장은 새 다리가 다음 주에 열린다고 말했다.", "euc-kr"),
        ("นายกเทศมนตรีกล่าวว่าสะพานใหม่จะเปิดสัปดาห์หน้า", "cp874"),
        ("Burmistrz powiedział, że nowy most będzie otwarty w przyszłym tygodniu.", "windows-1250"),
        ("Burmistrz powiedział, że nowy most będzie otwarty w przyszłym tygodniu.", "iso8859-2"),
        ("Starosta řekl, že se nový most otevře příští týden pro všechny řidiče.", "windows-1250"),
        ("A polgármester szerint az új híd a jövő héten nyílik meg, és erősebb lesz.", "cp1250"),
        ("Belediye başkanı yeni köprünün gelecek hafta açılacağını söyledi.", "windows-1254"),
    ],
)
def test_other_code_pages_are_refused(text: str, encoding: str) -> None:
    """Bytes of an encoding that we do not guess are an error, never a misreading."""
    error = refusal(text.encode(encoding))
    assert "UTF-8" in error.fix


def test_two_words_in_a_vietnamese_encoding_are_refused() -> None:
    """Where two encodings give Vietnamese words, none of them is guessed."""
    assert "encoding" in refusal(windows_1258("Tổng thống")).what


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_file_is_refused(data: bytes) -> None:
    """A file without a character is called empty, with or without a mark."""
    assert refusal(data).what == "The file is empty."


@pytest.mark.parametrize("data", [b" ", b"\r\n\r\n\t", "\u3000\u2028\xa0".encode()])
def test_blank_file_is_refused(data: bytes) -> None:
    """A file of white space of any kind is called blank."""
    assert refusal(data).what == "The file holds nothing but white space."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "zip"),
        (b"PK\x05\x06" + bytes(18), "binary"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"{\\rtf1\\ansi The bridge opens today.}", "rich text"),
        (
            b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?The=20bridge?=\r\n =?utf-8?Q?opens?=\r\n"
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n--b\r\n",
            "web archive",
        ),
        (b'<?xml version="1.0"?>\n<tt><p>The bridge opens today.</p></tt>', "an XML file"),
        (b"text\x00text", "binary"),
        (b"\x01\x02\x03\x04 text", "binary"),
    ],
)
def test_binary_files_are_refused_by_kind(data: bytes, kind: str) -> None:
    """A file that is no text is refused with a word for what it seems to be."""
    assert kind in refusal(data).what


def test_headers_amid_a_text_are_text() -> None:
    """An article on mail, and a mail that is plain text, are no web archives."""
    for page in ("The header\nContent-Type: multipart/mixed\nsays so.", "Subject: a\n\nRain."):
        assert parse(page.encode(), "a.txt").text == page


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("text", ["Bridge opens today.", RUSSIAN, VIETNAMESE])
def test_wide_text_without_a_mark_is_refused(text: str, encoding: str) -> None:
    """UTF-16 without a mark is an error that names the missing mark."""
    assert "without a byte order mark" in refusal(text.encode(encoding)).what


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"\xff\xfea\x00b", 4), (codecs.BOM_UTF8 + b"ab\xff", 5), (b"\xff\xfe\x00\xd8a\x00", 2)],
)
def test_broken_marked_text_names_the_byte_of_the_file(data: bytes, place: int) -> None:
    """Text that breaks the encoding its mark promises is refused, with the place in the file."""
    assert f"byte {place} " in refusal(data).what


def test_origin_falls_back_to_the_name() -> None:
    """Without a path, errors name the document."""
    with pytest.raises(ReadError) as caught:
        parse(b"", "first page")
    assert caught.value.where == "first page"


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_every_line_break_ends_a_block(line_break: str) -> None:
    """Blocks are the same whichever line break a system writes, and blank lines are none."""
    text = f"  Bridge opens {line_break}{line_break}\t{line_break}River\u3000{line_break}"
    assert lines(parse(text.encode(), "page")) == ["Bridge opens", "River"]


def test_last_line_needs_no_break() -> None:
    """A file that ends without a line break keeps its last line."""
    assert lines(parse(b"one\r\ntwo", "page")) == ["one", "two"]


def test_decomposed_text_keeps_its_positions() -> None:
    """Text in NFD becomes NFC, and each position leads back to the file as read."""
    raw = unicodedata.normalize("NFD", "Cầu mới.")
    document = parse(raw.encode(), "page")
    assert document.text == "Cầu mới."
    assert [document.file_offset(i) for i in range(9)] == [0, 1, 4, 5, 6, 7, 10, 11, 12]


def test_composed_text_has_no_offsets() -> None:
    """Text that was in NFC already carries no table, and positions are their own."""
    document = parse("Cầu mới.".encode(), "page")
    assert document.offsets is None
    assert document.file_offset(5) == 5


@settings(max_examples=300, deadline=None)
@given(hostile_texts)
def test_composing_gives_nfc_and_true_offsets(raw: str) -> None:
    """Any text becomes NFC, and its offsets ascend, stay inside, and cut the same text."""
    text, offsets = compose(raw)
    assert text == unicodedata.normalize("NFC", raw)
    places = offsets if offsets is not None else tuple(range(len(raw) + 1))
    assert len(places) == len(text) + 1
    assert list(places) == sorted(places)
    assert places[0] == 0
    assert places[-1] == len(raw)
    for match in GRAPHEME.finditer(text):
        piece = raw[places[match.start()] : places[match.end()]]
        assert unicodedata.normalize("NFC", piece) == match.group()


@settings(max_examples=150, deadline=None)
@given(hostile_texts, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_marked_bytes_decode_to_their_text(raw: str, encoding: str) -> None:
    """Text that was encoded with a mark is read back as it was."""
    # The mark of UTF-16 and a NUL are the mark of UTF-32.
    assume(encoding != "utf-16" or not raw.startswith("\0"))
    assert decode(raw.encode(encoding), "page") == raw


@settings(max_examples=200, deadline=None)
@given(hostile_texts)
def test_blocks_hold_every_character_that_is_not_blank(raw: str) -> None:
    """Blocks ascend, begin and end with a character to see, and leave only white space out."""
    data = codecs.BOM_UTF8 + raw.encode()
    if not raw.strip():
        refusal(data)
        return
    document = parse(data, "page")
    end = 0
    for block in document.blocks:
        assert not document.text[end : block.start].strip()
        assert block.of(document.text) == block.of(document.text).strip() != ""
        end = block.end
    assert not document.text[end:].strip()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_text_or_a_read_error(data: bytes) -> None:
    """No bytes whatever make reading fail in a way that a command does not expect."""
    try:
        document = parse(data, "page")
    except ReadError:
        return
    assert document.blocks


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_keep_their_numbers(line_break: str) -> None:
    """Taken by line, a blank line is a block, and odd characters inside a line end none."""
    lines = ["one", "", " two ", "a\u2028b\x0cc", "\t", "last"]
    for end in ("", line_break):
        document = by_line(parse((line_break.join(lines) + end).encode(), "a"))
        found = [block.of(document.text) for block in document.blocks]
        assert found == ["one", "", "two", "a\u2028b\x0cc", "", "last"]


@given(hostile_texts)
def test_lines_are_those_of_an_editor(raw: str) -> None:
    """Whatever the text, there are as many blocks as lines, in order, without space around them."""
    text = unicodedata.normalize("NFC", raw)
    blocks = by_line(Document("a", text, ())).blocks
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    assert [block.of(text) for block in blocks] == (
        [line.strip() for line in lines] if text else []
    )


def test_a_position_has_the_line_and_column_of_the_file_as_it_was_saved() -> None:
    """Composing letters shortens the text; an editor still counts what the file holds."""
    document = parse("Một dòng.\r\nTha\u0302\u0301t bại".encode(), "a.txt")
    assert document.line_and_column(document.text.index("M")) == (1, 1)
    assert document.line_and_column(document.text.index("bại")) == (2, 8)


def test_a_place_is_the_one_that_begins_last_before_a_position() -> None:
    """A position between two named stretches belongs to the one before it."""
    places = (Place(Span(0, 4), "cue 1"), Place(Span(5, 8), "cue 2"))
    document = Document("a.srt", "one\n\ntwo", (), places=places)
    found = [document.place_at(position) for position in (0, 4, 5, 7)]
    assert found == [places[0], places[0], places[1], places[1]]
    assert Document("a.txt", "one", ()).place_at(0) is None
