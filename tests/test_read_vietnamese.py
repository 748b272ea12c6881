"""Reading Vietnamese from before Unicode: every letter, and only where one encoding makes sense."""

import unicodedata

import pytest

from align.read import vietnamese
from align.read.text import parse
from tests.pages import SEEDS, seed

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
SMALL = tuple(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES
)
LETTERS = (*SMALL, "đ")

# Written down from the standards a second time, so that a slip in the reader's tables shows.
VISCII = {
    "à": 0xE0, "ả": 0xE4, "ã": 0xE3, "á": 0xE1, "ạ": 0xD5, "ă": 0xE5, "ằ": 0xA2, "ẳ": 0xC6,
    "ẵ": 0xC7, "ắ": 0xA1, "ặ": 0xA3, "â": 0xE2, "ầ": 0xA5, "ẩ": 0xA6, "ẫ": 0xE7, "ấ": 0xA4,
    "ậ": 0xA7, "đ": 0xF0, "è": 0xE8, "ẻ": 0xEB, "ẽ": 0xA8, "é": 0xE9, "ẹ": 0xA9, "ê": 0xEA,
    "ề": 0xAB, "ể": 0xAC, "ễ": 0xAD, "ế": 0xAA, "ệ": 0xAE, "ì": 0xEC, "ỉ": 0xEF, "ĩ": 0xEE,
    "í": 0xED, "ị": 0xB8, "ò": 0xF2, "ỏ": 0xF6, "õ": 0xF5, "ó": 0xF3, "ọ": 0xF7, "ô": 0xF4,
    "ồ": 0xB0, "ổ": 0xB1, "ỗ": 0xB2, "ố": 0xAF, "ộ": 0xB5, "ơ": 0xBD, "ờ": 0xB6, "ở": 0xB7,
    "ỡ": 0xDE, "ớ": 0xBE, "ợ": 0xFE, "ù": 0xF9, "ủ": 0xFC, "ũ": 0xFB, "ú": 0xFA, "ụ": 0xF8,
    "ư": 0xDF, "ừ": 0xD7, "ử": 0xD8, "ữ": 0xE6, "ứ": 0xD1, "ự": 0xF1, "ỳ": 0xCF, "ỷ": 0xD6,
    "ỹ": 0xDB, "ý": 0xFD, "ỵ": 0xDC,
}  # fmt: skip
TCVN3 = {
    "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ă": 0xA8, "ằ": 0xBB, "ẳ": 0xBC,
    "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6, "â": 0xA9, "ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9, "ấ": 0xCA,
    "ậ": 0xCB, "đ": 0xAE, "è": 0xCC, "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0, "ẹ": 0xD1, "ê": 0xAA,
    "ề": 0xD2, "ể": 0xD3, "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7, "ỉ": 0xD8, "ĩ": 0xDC,
    "í": 0xDD, "ị": 0xDE, "ò": 0xDF, "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3, "ọ": 0xE4, "ô": 0xAB,
    "ồ": 0xE5, "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8, "ộ": 0xE9, "ơ": 0xAC, "ờ": 0xEA, "ở": 0xEB,
    "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF, "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3, "ụ": 0xF4,
    "ư": 0xAD, "ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA, "ỷ": 0xFB,
    "ỹ": 0xFC, "ý": 0xFD, "ỵ": 0xFE,
}  # fmt: skip
VNI = {
    "à": "aø", "ả": "aû", "ã": "aõ", "á": "aù", "ạ": "aï", "ă": "aê", "ằ": "aè", "ẳ": "aú",
    "ẵ": "aü", "ắ": "aé", "ặ": "aë", "â": "aâ", "ầ": "aà", "ẩ": "aå", "ẫ": "aã", "ấ": "aá",
    "ậ": "aä", "đ": "ñ", "è": "eø", "ẻ": "eû", "ẽ": "eõ", "é": "eù", "ẹ": "eï", "ê": "eâ",
    "ề": "eà", "ể": "eå", "ễ": "eã", "ế": "eá", "ệ": "eä", "ì": "ì", "ỉ": "æ", "ĩ": "ó",
    "í": "í", "ị": "ò", "ò": "oø", "ỏ": "oû", "õ": "oõ", "ó": "où", "ọ": "oï", "ô": "oâ",
    "ồ": "oà", "ổ": "oå", "ỗ": "oã", "ố": "oá", "ộ": "oä", "ơ": "ô", "ờ": "ôø", "ở": "ôû",
    "ỡ": "ôõ", "ớ": "ôù", "ợ": "ôï", "ù": "uø", "ủ": "uû", "ũ": "uõ", "ú": "uù", "ụ": "uï",
    "ư": "ö", "ừ": "öø", "ử": "öû", "ữ": "öõ", "ứ": "öù", "ự": "öï", "ỳ": "yø", "ỷ": "yû",
    "ỹ": "yõ", "ý": "yù", "ỵ": "î",
}  # fmt: skip


def encode(text: str, encoding: str) -> bytes:
    """Write Vietnamese in an encoding of its own; what it has no sign for is left out."""
    if encoding == "VNI":
        written = (VNI.get(c) or (VNI[c.lower()].upper() if c.lower() in VNI else c) for c in text)
        return "".join(written).encode("windows-1252", "ignore")
    table = VISCII if encoding == "VISCII" else TCVN3
    return b"".join(bytes([table[c]]) if c in table else c.encode("ascii", "ignore") for c in text)


def plain(text: str) -> str:
    """Return the text with the signs that the old encodings had."""
    small = "".join(c if c in LETTERS or c.isascii() else c.lower() for c in text)
    return "".join(c for c in small if c.isascii() or c in LETTERS)


@pytest.mark.parametrize("letter", [letter for letter in LETTERS if not letter.isascii()])
@pytest.mark.parametrize("encoding", ["VISCII", "TCVN3", "VNI"])
def test_every_letter_is_read(letter: str, encoding: str) -> None:
    """Amid text that gives the encoding away, each letter of Vietnamese comes out as itself."""
    around = "Người dân rất vui mừng vì cây cầu mới đã mở cửa vào tuần trước ở thành phố này: "
    syllable = {"đ": "đi"}.get(letter, f"m{letter}")
    text = plain(around) + syllable
    assert vietnamese.decode(encode(text, encoding)) == (encoding, text)


@pytest.mark.parametrize("letter", [letter for letter in LETTERS if not letter.isascii()])
def test_every_capital_of_vni_is_read(letter: str) -> None:
    """VNI has capitals for all letters, and they are kept."""
    around = "NGƯỜI DÂN RẤT VUI MỪNG VÌ CÂY CẦU MỚI ĐÃ MỞ CỬA VÀO TUẦN TRƯỚC Ở THÀNH PHỐ NÀY: "
    text = around + {"đ": "ĐI"}.get(letter, f"M{letter.upper()}")
    assert vietnamese.decode(encode(text, "VNI")) == ("VNI", text)


@pytest.mark.parametrize("encoding", ["VISCII", "TCVN3", "VNI"])
def test_an_article_is_read(encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    """A whole article in an old encoding is what it was, and the log names the guess."""
    text = plain(seed(SEEDS[4]).text)
    assert parse(encode(text, encoding), "old", "old.txt").text == text
    assert caplog.messages == [f"old.txt: not UTF-8; read as {encoding}, which is a guess."]


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a déclaré que l’été serait très sec ; où ira-t-on chercher de l’eau ?",
        "Não há água nas aldeias, e as negociações não avançaram, disse o ministro.",
        "Borgarstjórinn sagði á þriðjudag að brúin yrði opnuð í næstu viku og það þætti gott.",
    ],
)
def test_other_languages_are_not_vietnamese(text: str) -> None:
    """Western text, whose bytes are letters in each of the encodings, is none of them."""
    assert vietnamese.decode(text.encode("windows-1252")) is None
