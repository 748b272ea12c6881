"""Vietnamese before Unicode: VISCII, TCVN3 (ABC), VNI and windows-1258.

Every byte string is text in each of them. What tells them apart is that only the right one gives
syllables that Vietnamese has. Tables: RFC 1456 for VISCII, TCVN 5712:1993 for TCVN3; VNI writes the
marks of a vowel as letters of windows-1252 behind it. In TCVN3 a capital with a tone is a small
letter in a font of capitals, and is read as a small letter.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_TCVN3_HIGH = (
    "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọ"
    "ồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ·"
)
_UNUSED = "·"

# VNI: what stands behind a vowel, and the marks that it means; the capitals mean the same.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile("([AEOUYÔÖ])([ÙØÛÕÏ])|([AEO])([ÂÁÀÅÃÄ])|(A)([ÊÉÈÚÜË])|([ÔÖÑÆÓÒÎ])", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvxq])?"
    "(?:uyê|uya|uây|uôi|oai|oay|oao|oeo|iêu|yêu|ươi|ươu|[iuưy]a|[iy]ê|u[ôâêơyi]|o[aăeoi]|ươ|uyu|uy|"
    "a[iouy]|â[uy]|[eê]o|êu|[iư]u|[ôơưu]i|[aăâeêioôơuưy])"
    "(?:ng|nh|ch|[cmnpt])?"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FITTING = 0.9
"""Share of the words with accents that must be syllables in the right encoding. Of the Vietnamese
seed in each of the four, read in each of the three others, it was .69 at most, and 1 in the right
one."""
_LEAST = 5
"""Fewest words with accents: of 32,000 scraps of 24 languages in their own old encodings, some of
up to four such words made sense as Vietnamese, and none with more that passed the next test."""
_SIGNS = 0.1
"""Most of the characters beyond ASCII that may be neither letters nor usual punctuation: bytes of
Chinese and Japanese give many currency signs, fractions and low quotes among their letters."""
_PUNCTUATION = frozenset("‘’“”«»–—…•·\u00a0")
_ACCENTED = 0.4
"""Share of the words that must have accents: in Vietnamese most have, in French a fifth."""


def decode(data: bytes) -> tuple[str, str] | None:
    """Decode Vietnamese text in an encoding of its own.

    Returns:
        The name of the encoding and the text; None unless just one of the four makes sense.
    """
    found = [(name, text) for name, text in _readings(data) if _makes_sense(text)]
    return found[0] if len({text for _, text in found}) == 1 else None


def _readings(data: bytes) -> list[tuple[str, str]]:
    readings = [("VISCII", _viscii(data))]
    for encoding, turns in _TURNS.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings += (
            (name, unicodedata.normalize("NFC", turn(text))) for name, turn in turns.items()
        )
    return readings


def _viscii(data: bytes) -> str:
    low = "".join(_VISCII_LOW.get(code, chr(code)) for code in range(0x80))
    return data.decode("latin-1").translate(dict(enumerate(low + _VISCII_HIGH)))


def _tcvn3(text: str) -> str:
    # Signs such as curly quotes are those of windows-1252.
    return text.translate({0xA1 + i: c for i, c in enumerate(_TCVN3_HIGH) if c != _UNUSED})


def _vni(text: str) -> str:
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    whole = match.group()
    base = _VNI_LETTERS.get(whole[0].lower(), whole[0].lower())
    marked = unicodedata.normalize("NFC", base + _VNI_MARKS.get(whole[1:].lower(), ""))
    return marked.upper() if whole[0].isupper() else marked


def _makes_sense(text: str) -> bool:
    high = [c for c in text if not c.isascii()]
    signs = sum(unicodedata.category(c)[0] not in "LM" and c not in _PUNCTUATION for c in high)
    if signs > _SIGNS * len(high):
        return False
    words = _WORD.findall(text)
    accented = [word for word in words if not word.isascii()]
    fitting = sum(_is_syllable(word) for word in accented)
    return len(accented) >= max(_LEAST, _ACCENTED * len(words)) and fitting >= _FITTING * len(
        accented
    )


def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in letters if c not in _TONES)
    if len(letters) - len(plain) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None


_TURNS: Mapping[str, Mapping[str, Callable[[str], str]]] = {
    "windows-1258": {"windows-1258": str},
    "windows-1252": {"TCVN3": _tcvn3, "VNI": _vni},
}
"""The code pages that texts are decoded with first, and what is then made of them."""
