"""Reading Vietnamese from before Unicode: every letter, and only where one encoding makes sense."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_every_capital_of_viscii_is_read() -> None:
    """The capitals of VISCII are those that glibc's iconv and Perl's Encode write."""
    capitals = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕÀÁÂÃẢĂÈÉÊẺÌÍĨĐÒÓÔÙÚÝƠƯỰỨỪỬỶỸỴẲẴẪỠỮ"
    written = bytes.fromhex(
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0"
        "c0c1c2c3c4c5c8c9cacbcccdced0d2d3d4d9daddb4bfb9babbbc14191e020506b3ff"
    )
    around = plain("Người dân rất vui mừng vì cây cầu mới đã mở cửa vào tuần trước: ")
    read = vietnamese.decode(
        encode(around, "VISCII") + b" ".join(written[i : i + 1] for i in range(len(written)))
    )
    assert read == ("VISCII", around + " ".join(capitals))


@pytest.mark.parametrize("encoding", ["VISCII", "TCVN3", "VNI"])
def test_an_article_is_read(encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    """A whole article in an old encoding is what it was, and the log names the guess."""
    text = plain(seed(SEEDS[4]).text)
    assert parse(encode(text, encoding), "old", "old.txt").text == text
    assert caplog.messages == [f"old.txt: not UTF-8; read as {encoding}, which is a guess."]


LEGACY = (
    ("cp1252 latin-1 iso8859-15 mac_roman cp850",
     "Le maire a déclaré que l'été serait sec ; où ira-t-on, là-bas, près de la forêt brûlée "
     "? Ça va."),
    ("cp1252 cp850 mac_roman",
     "Der Bürgermeister sagt, die Brücke über den Fluß müsse für größere Züge geöffnet werden."),
    ("cp1252 cp850",
     "Não há água nas aldeias, e as negociações não avançaram. A decisão será já à tarde."),
    ("cp1252",
     "Borgarstjórinn sagði á þriðjudag að brúin yrði opnuð í næstu viku. Já, þá væri það búið."),
    ("cp1252 cp850",
     "Borgmästaren sade att vattnet nått ända fram till byn på ön. Å, så där går det ju."),
    ("cp1250 iso8859-2 cp852",
     "Burmistrz mówi, że most będzie otwarty, a źródła są zatrute. Łódź płynęła."),
    ("cp1250 iso8859-2 cp852",
     "Starosta řekl, že příští týden bude most otevřen. Žluťoučký kůň úpěl."),
    ("cp1250 iso8859-2",
     "A polgármester azt mondta, hogy a hidat jövő héten nyitják. Árvíztűrő tükörfúró."),
    ("cp1250 iso8859-2",
     "Primarul a spus că podul va fi deschis în ţară şi în oraş, însă apa nu este bună."),
    ("cp1251 koi8-r iso8859-5 cp866 mac_cyrillic",
     "Мэр сказал, что мост откроют, и вода уже дошла до села. Я и он там был, а она ушла в "
     "лес."),
    ("cp1251 koi8-u iso8859-5",
     "Міський голова сказав, що міст відкриють, і вода вже дійшла до села. Її та його."),
    ("cp1253 iso8859-7",
     "Ο δήμαρχος είπε ότι η γέφυρα θα ανοίξει και το νερό έφτασε ήδη στο χωριό. Ή όχι."),
    ("cp1254 iso8859-9",
     "Belediye başkanı köprünün açılacağını söyledi; çünkü su köye ulaştı. Şu ağaç da."),
    ("cp1255 iso8859-8",
     "ראש העיר אמר שהגשר ייפתח בשבוע הבא והמים כבר הגיעו לכפר."),
    ("cp1256 iso8859-6",
     "قال رئيس البلدية إن الجسر سيفتح الأسبوع المقبل وإن المياه وصلت إلى القرية."),
    ("cp1257 iso8859-13",
     "Meras sakė, kad tiltas bus atidarytas kitą savaitę. Žąsys ėjo į ežerą, čia pat."),
    ("gbk gb18030 big5 big5hkscs",
     "市 长 说 这 座 桥 将 在 下 周 开 放 水 已 经 到 了 村 里 人 们 都 "
     "很 高 兴"),
    ("cp932 euc_jp",
     "市 長 は 橋 が 来 週 開 通 す る と 述 べ た 水 は も う 村 に 届 "
     "い た みんな とても 喜んで いる"),
    ("cp949 euc_kr johab",
     "시장은 다리가 다음 주에 개통된다고 말했다. 물이 이미 마을에 도착했다."),
    ("tis_620 cp874",
     "นายก เทศมนตรี กล่าว ว่า สะพาน จะ เปิด ใน สัปดาห์ หน้า น้ำ มา ถึง หมู่บ้าน แล้ว"),
)  # fmt: skip
"""Texts in the encodings that their languages had; East Asian ones in pieces, to be cut there."""


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(encoding, text) for encodings, text in LEGACY for encoding in encodings.split()],
)
def test_other_languages_are_not_vietnamese(encoding: str, text: str) -> None:
    """No scrap of another language, however short, is read as another text than it is."""
    words = text.split()
    for length in (1, 2, 3, 4, 6, 9, 14, len(words)):
        for start in range(max(1, len(words) - length + 1)):
            scrap = " ".join(words[start : start + length])
            data = scrap.encode(encoding, "ignore")
            found = vietnamese.decode(data)
            assert found is None or found[1] == scrap


WESTERN = st.text(
    st.sampled_from([chr(c) for c in range(0xA0, 0x100)]) | st.sampled_from(" aeinrst")
)


@given(WESTERN)
def test_letters_at_random_are_not_vietnamese(text: str) -> None:
    """Bytes that are letters in every code page must be syllables, all but a tenth, to be read."""
    found = vietnamese.decode(text.encode("latin-1"))
    if found is not None:
        accented = [word for word in found[1].split() if not word.isascii()]
        assert len(accented) >= vietnamese._LEAST


@pytest.mark.parametrize("encoding", ["VISCII", "TCVN3", "VNI"])
def test_a_sentence_is_enough(encoding: str) -> None:
    """Five words with accents tell the encoding, two do not."""
    assert vietnamese.decode(encode("bà ấy nói rằng cầu đã mở", encoding)) == (
        encoding, "bà ấy nói rằng cầu đã mở"
    )  # fmt: skip
    assert vietnamese.decode(encode("cầu mới", encoding)) is None
