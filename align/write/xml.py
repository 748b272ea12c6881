"""Characters that XML 1.0 has no way to write, and what stands for them."""

import regex

NOT_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_CONTROL_PICTURES = 0x2400
_REPLACEMENT = "\ufffd"


def writable(text: str) -> str:
    """Return a text of the same length without characters that XML cannot hold.

    One of them in a text must not cost the whole file.
    """
    return counted(text)[0]


def counted(text: str) -> tuple[str, int]:
    """Do what `writable` does, and return with it how many characters were replaced."""
    written, number = NOT_XML.subn(_picture, text)
    return str(written), int(number)


def _picture(match: regex.Match[str]) -> str:
    r"""Return the sign that stands for a character: ␛ for an escape, otherwise a question mark."""
    code = ord(match.group())
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else _REPLACEMENT
