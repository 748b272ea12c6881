"""Numbers of a text by value, whether in digits or in words.

Checks compare values because form changes with the language: 60,000 is 60.000, "nineteen" is 19,
"1.5 billion" is "1,5 tỷ". Each number also says how much a comparison may rest on it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from align.bitext import Span
from align.dates import find_date_parts, mask, plain
from align.languages.language import Language
from align.numerals import Item, Lexicon, Weight, find_items, find_lexicon, word_key

_RANGE_GAP = re.compile(r"[\s$€£¥%]*(?:[-–—~〜～,]|\w{1,4})?[\s$€£¥]*")
_TENS = frozenset(Decimal(tens) for tens in range(10, 100, 10))
_HUNDREDS = frozenset(Decimal(hundreds) for hundreds in range(100, 1000, 100))
_OVER_TEENS = frozenset({Decimal(60), Decimal(80)})
"""French counts on to nineteen after these: soixante-douze, quatre-vingt-quinze."""
VAGUE_FLOOR = 100
"""Scale words alone below this ("dozens", "hàng chục") are too loose to compare."""
_CLEAR_LENGTH = 2
"""Letters from which a single number word tells in a text without spaces."""
_BESIDE_CENTURY = 4
"""Most characters between a number and the word for century: "19th century", "XIX. Jh."."""
_REMEMBERED = 64
"""Texts whose numbers are kept in mind, since more than one check asks for those of a pair."""


class Form(IntEnum):
    """How a number is written."""

    DIGITS = 0
    WORDS = 1
    VAGUE = 2
    """A scale without a count: "thousands", "hàng nghìn"."""
    ORDINAL = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `values` are all its readings: "1.500" is 1500 or one and a half."""

    span: Span
    values: frozenset[Decimal]
    weight: Weight
    form: Form


def find_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the numbers of a text, without those of its dates, in reading order."""
    return _find(text, find_lexicon(language))


def find_rounded(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the numbers that a text calls rounded: "nearly 650", "khoảng 650"."""
    about = find_lexicon(language).rounded
    return tuple(q for q in find_quantities(text, language) if about.search(text[: q.span.start]))


def find_centuries(text: str, language: Language) -> frozenset[Quantity]:
    """Return the numbers that count centuries: "the 19th century", "thế kỷ 19"."""
    quantities = find_quantities(text, language)
    if not quantities:
        return frozenset()
    words = [Span(*m.span()) for m in find_lexicon(language).century.finditer(text)]
    return frozenset(
        q
        for q in quantities
        for word in words
        if max(word.start - q.span.end, q.span.start - word.end) <= _BESIDE_CENTURY
    )


@lru_cache(maxsize=_REMEMBERED)
def _find(text: str, lexicon: Lexicon) -> tuple[Quantity, ...]:
    text = mask(plain(text), find_date_parts(text, lexicon.language))
    text = lexicon.not_numbers.sub(lambda m: "\x01" * len(m.group()), text)
    runs = _runs(list(find_items(text, lexicon)), text, lexicon)
    found = [_quantity(run, lexicon.language) for run in runs]
    for i, run in enumerate(runs[1:], start=1):
        gap = text[found[i - 1].span.end : found[i].span.start]
        found[i - 1 : i + 1] = _neighbours(found[i - 1], found[i], (runs[i - 1], run), gap)
    return tuple(found)


def _runs(items: Sequence[Item], text: str, lexicon: Lexicon) -> list[list[Item]]:
    """Group the pieces that make one number: "two", "hundred", "five" in "two hundred and five"."""
    runs: list[list[Item]] = []
    run: list[Item] = []
    for item in items:
        gap = text[run[-1].span.end : item.span.start] if run else ""
        if run and _continues(run, item, gap, lexicon):
            run.append(item)
        elif _can_begin(item, text, lexicon):
            run = [item]
            runs.append(run)
        else:
            run = []
    return runs


def _can_begin(item: Item, text: str, lexicon: Lexicon) -> bool:
    word = word_key(item.span.of(text))
    # "m" and "bn" are numbers only after digits, "lăm" only after tens.
    short = len(word) < 3 and word.isascii()
    return item.kind != "unit" and not (item.kind == "scale" and short and lexicon.language.spaced)


def _continues(run: Sequence[Item], item: Item, gap: str, lexicon: Lexicon) -> bool:
    last = run[-1]
    if item.kind == "digits":
        # "3万5千", "1억 2천만": after a scale the rest of the number is in digits too.
        mixed = last.kind == "scale" and not lexicon.language.spaced and gap in {"", " "}
        return mixed and run[0].kind == "digits" and max(item.values) < min(last.values)
    # "since 2011 en miljoenen": what is joined to digits is not their scale.
    if last.kind == "digits" and gap.strip() and not lexicon.gap.fullmatch(gap):
        return False
    # "1.7 million four years ago": after digits and a scale, words begin another number.
    if (
        run[0].kind == "digits"
        and lexicon.language.spaced
        and item.kind not in {"scale", "fraction"}
    ):
        return False
    joined = bool(lexicon.joiner.fullmatch(gap))
    if not (joined or lexicon.gap.fullmatch(gap) or lexicon.tens_joiner.fullmatch(gap)):
        return False
    fused = not gap and lexicon.language.fused_numbers
    tens_joined = fused or bool(lexicon.tens_joiner.fullmatch(gap))
    return _adds_up(last, item, joined, tens_joined, lexicon)


def _adds_up(last: Item, item: Item, joined: bool, tens_joined: bool, lexicon: Lexicon) -> bool:
    value, before = min(item.values), min(last.values)
    if item.kind == "scale":
        # "a B cap": a letter is a scale behind digits only.
        if last.kind != "digits" and lexicon.language.spaced and len(item.span) == 1:
            return False
        return last.kind != "ordinal" or value < VAGUE_FLOOR
    if item.kind == "fraction":
        # "the second quarter" is no 2.25, "một phần tư" no 1.25
        return not (joined or tens_joined) and last.kind != "ordinal"
    if last.kind == "scale":
        # "hai mươi" + "ba", "two hundred" + "five": a smaller number fills what the scale left.
        # "thế kỷ hai mươi" is the 20th century, though: a noun is not filled up.
        clear = last.weight is not Weight.MUTE
        return clear and value < before and (not joined or before >= VAGUE_FLOOR)
    ordinal = last.kind == "ordinal" and lexicon.language.units_first and tens_joined
    joins = (joined, tens_joined)
    return (last.kind == "number" or ordinal) and _fills(before, value, joins, lexicon.language)


def _fills(before: Decimal, value: Decimal, joins: tuple[bool, bool], language: Language) -> bool:
    """Tell whether a number in words goes on with the next word: "twenty" with "five"."""
    joined, tens_joined = joins
    if before in _HUNDREDS:
        return value < 100
    if language.units_first and tens_joined:
        return 0 < before < 10 and value in _TENS
    if before == 0 and not language.spaced:
        return 0 < value < 10  # "一百零五"
    most = 20 if before in _OVER_TEENS else 10
    return (tens_joined or not joined) and before in _TENS and value < most


def _quantity(run: Sequence[Item], language: Language) -> Quantity:
    span = Span(run[0].span.start, run[-1].span.end)
    # Of "1億2,500万" the second number is a whole one.
    rest = [(i.kind, max(i.values) if i.kind == "digits" else min(i.values)) for i in run[1:]]
    starts = [(run[0].kind, value) for value in run[0].values]
    values = {_evaluate((start, *rest)) for start in starts}
    last = run[-1]
    if len(run) > 1 and last.weight is Weight.MUTE and last.kind in {"number", "scale"}:
        # The last word may be something else: "hai mươi năm" is twenty years or (rarely) 25,
        # "5m" five metres.
        values |= {_evaluate((start, *rest[:-1])) for start in starts}
    if len(run) > 1 and last.kind == "fraction" and not language.spaced:
        values |= {_evaluate((start, *rest[:-1])) for start in starts}  # "반전" is no half
    if run[0].kind == "fraction" and len(run) == 1:
        values |= _fractions(last.values)
    loose = run[0].weight is Weight.MUTE or run[0].values == {Decimal(1)}
    if last.kind == "fraction" and len(run) == 2 and loose:
        # "1 nửa" is one half; in "một năm rưỡi" năm is the year, not five.
        values |= _fractions(last.values)
    form = _form(run)
    return Quantity(span, frozenset(values), _weight(run, form, max(values), language), form)


def _weight(run: Sequence[Item], form: Form, value: Decimal, language: Language) -> Weight:
    weight = max(item.weight for item in run)
    if form is Form.VAGUE and value < VAGUE_FLOOR:
        return Weight.MUTE
    if form is Form.DIGITS:
        return weight
    if not language.spaced and len(run) == 1 and len(run[0].span) < _CLEAR_LENGTH:
        return Weight.MUTE  # one sign is part of another word too often: 一些, 万一
    if len(run) > 1 and weight is Weight.MUTE:
        return Weight.QUIET if value >= VAGUE_FLOOR else Weight.MUTE
    return weight


def _fractions(values: frozenset[Decimal]) -> frozenset[Decimal]:
    """Return what a part of one may be called: half is 50 %, one in 2, 30 minutes, 6 months.

    "một năm rưỡi", a year and a half, is 18 months.
    """
    ways = ((v, v * 100, 1 / v, v * 60, v * 12, 60 + v * 60, 12 + v * 12) for v in values)
    return frozenset(value for way in ways for value in way)


def _form(run: Sequence[Item]) -> Form:
    kinds = {item.kind for item in run}
    if "digits" in kinds:
        return Form.DIGITS
    if "ordinal" in kinds:
        return Form.ORDINAL
    return Form.VAGUE if kinds == {"scale"} else Form.WORDS


def _evaluate(parts: Sequence[tuple[str, Decimal]]) -> Decimal:
    """Return the value of the pieces of one number.

    The largest scale divides them: what stands before it is multiplied, what stands behind it is
    added. So "nghìn tỷ" is a thousand billions and "一億二千三百万" one hundred and 23 millions.
    """
    scales = [(value, place) for place, (kind, value) in enumerate(parts) if kind == "scale"]
    if not scales:
        return sum((value for _, value in parts), Decimal(0))
    scale, place = max(scales)
    before, after = parts[:place], parts[place + 1 :]
    total = scale * (_evaluate(before) if before else 1)
    if after and after[0][0] == "fraction":  # "hai triệu rưỡi", two million and a half of one
        return total + after[0][1] * scale + _evaluate(after[1:])
    return total + _evaluate(after)


def _neighbours(
    first: Quantity, second: Quantity, runs: tuple[Sequence[Item], Sequence[Item]], gap: str
) -> tuple[Quantity, Quantity]:
    """Add the readings that two numbers have because they stand side by side."""
    own, scales = ([min(item.values) for item in run if item.kind == "scale"] for run in runs)
    if scales and not own and _RANGE_GAP.fullmatch(gap):
        # "5 to 10 million": the first is millions too.
        scaled = frozenset(v * scales[-1] for v in first.values)
        first = replace(first, values=first.values | scaled)
    tens = first.form is not Form.DIGITS and min(first.values) in _TENS
    if gap == " " and ((scales and own) or tens) and max(second.values) < max(first.values):
        # "2 triệu 300 nghìn" is one number, 2.3 million, and so is "mười 4", 14.
        both = frozenset({max(first.values) + max(second.values)})
        first = replace(first, values=first.values | both)
        second = replace(second, values=second.values | both)
    return first, second
