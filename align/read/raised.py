"""Raised digits of a PDF, which are marks of notes or powers and lengthen no number.

PDFium gives them as any digit, and often begins a new line behind them.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_BREAKS = frozenset({10, 13})
_DIGITS = range(ord("0"), ord("9") + 1)
_RAISED_DIGITS = tuple(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))
_NOTHING = 1
"""A control character in the place of a line break that is none; no text has any."""
_SMALLER = 0.8
"""Most of the size of the letters beside it that a raised digit has."""
_HIGHER = 0.15
"""Least that it stands above their line, in their size; letters on one line stand on it exactly."""
_LINE = 1.0
"""Most that it does: a line further up is another line."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """Where a character stands, in points, and how large it is."""

    left: float
    right: float
    base: float
    size: float


def raised(text_page: pypdfium2.PdfTextPage, codes: Sequence[int]) -> list[int]:
    """Return the characters of a page with raised digits as such, on the line that they stand on.

    Args:
        text_page: The page.
        codes: Its characters as PDFium gives them.

    Returns:
        As many: a digit may be another sign, and a line break behind one no sign at all.
    """
    told = list(codes)
    start = 0
    while start < len(codes):
        end = start + 1
        if codes[start] in _DIGITS:
            digit = _letter(text_page, start)
            while end < len(codes) and codes[end] in _DIGITS and _alike(text_page, end, digit):
                end += 1
            behind = end
            while behind < len(codes) and codes[behind] in _BREAKS:
                behind += 1
            around = _around(codes, start, behind)
            if around is not None and _is_above(digit, _letter(text_page, around)):
                told[start:end] = [
                    _RAISED_DIGITS[code - _DIGITS.start] for code in codes[start:end]
                ]
                if behind < len(codes) and _goes_on(text_page, end - 1, behind):
                    told[end:behind] = [_NOTHING] * (behind - end)
        start = end
    return told


def _around(codes: Sequence[int], start: int, behind: int) -> int | None:
    """Return what a number stands beside: what is before it on its line, or else behind it."""
    if start and codes[start - 1] not in _BREAKS:
        return start - 1
    return behind if behind < len(codes) else None


def _alike(text_page: pypdfium2.PdfTextPage, at: int, digit: _Letter) -> bool:
    other = _letter(text_page, at)
    return (other.size, other.base) == (digit.size, digit.base)


def _is_above(digit: _Letter, letter: _Letter) -> bool:
    rise = digit.base - letter.base
    is_higher = _HIGHER * letter.size < rise < _LINE * letter.size
    return is_higher and digit.size < _SMALLER * letter.size


def _goes_on(text_page: pypdfium2.PdfTextPage, digit: int, behind: int) -> bool:
    """Tell whether the line goes on behind a raised digit."""
    one, two = _letter(text_page, digit), _letter(text_page, behind)
    return _is_above(one, two) and 0 <= two.left - one.right + 0.5 < two.size


def _letter(text_page: pypdfium2.PdfTextPage, at: int) -> _Letter:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page.raw, at, x, y)
    left, _, right, _ = text_page.get_charbox(at, loose=True)
    return _Letter(left, right, y.value, raw.FPDFText_GetFontSize(text_page.raw, at))
