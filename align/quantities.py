"""Numbers of a text by value, whether in digits or in words.

Checks compare values because form changes with the language: 60,000 is 60.000, "nineteen" is 19,
"1.5 billion" is "1,5 tỷ". Each number also says how much a comparison may rest on it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from align.bitext import Span
from align.dates import find_date_parts, mask, plain
from align.languages.language import Language

_DIGITS = (
    # Groups that are no thousands, eight digits or more: a telephone number, an account.
    r"(?!\d{1,3}(?:[. ]\d{3})+(?![ .-]?\d))(?=(?:[ ().-]{0,2}\d){8})"
    r"(?P<code>\(?\d{2,5}\)?(?:[ .-]\d{2,5}){2,})(?![\d/])"
    r"|(?P<hour>\d{1,2})[:h](?P<minute>[0-5]\d)(?!\d)"
    r"|(?P<digits>\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)*)(?P<decade>['’]?s(?!\w))?"
)
_LIST_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s")
_SHORT_YEAR = re.compile(r"(?<!\d)((?:1[0-9]|20)\d\d)[-–/]$")
_RANGE_GAP = re.compile(r"[\s$€£¥%]*(?:[-–—,]|\w{1,4})?[\s$€£¥]*")
_LARGE = 1000
VAGUE_FLOOR = 100
"""Scale words alone below this ("dozens", "hàng chục") are too loose to compare."""


class Weight(IntEnum):
    """How much a comparison may rest on a number."""

    MUTE = 0
    """It can only be the counterpart of another: "một" is an article as well."""
    QUIET = 1
    """It is a number, yet translations often turn it into something else."""
    LOUD = 2
    """Its loss is an error by itself: digits."""


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


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a number: digits, or one word of it."""

    kind: str
    span: Span
    values: frozenset[Decimal]
    weight: Weight


@dataclass(frozen=True, slots=True)
class _Lexicon:
    language: Language
    scanner: re.Pattern[str]
    words: dict[str, tuple[str, Decimal]]
    joiner: re.Pattern[str]
    not_numbers: re.Pattern[str]
    hour: re.Pattern[str]


_LEXICONS: dict[str, _Lexicon] = {}
"""Compiled once for each language; an entry is as good as new for an equal language."""


def find_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the numbers of a text, without those of its dates, in reading order."""
    lexicon = _lexicon(language)
    text = mask(plain(text), find_date_parts(text, language))
    text = lexicon.not_numbers.sub(lambda m: "\x01" * len(m.group()), text)
    runs = list(_runs(list(_items(text, lexicon)), text, lexicon))
    found = [_quantity(run) for run in runs]
    for i, run in enumerate(runs[1:], start=1):
        gap = text[found[i - 1].span.end : found[i].span.start]
        found[i - 1 : i + 1] = _neighbours(found[i - 1], found[i], (runs[i - 1], run), gap)
    return tuple(found)


def readings(digits: str) -> frozenset[Decimal]:
    """Return the values that a number in digits can have, whatever the country.

    >>> sorted(readings("1.500"))
    [Decimal('1.500'), Decimal('1500')]
    >>> sorted(readings("1,234.5"))
    [Decimal('1234.5')]
    """
    digits = digits.replace(" ", "")
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return frozenset({Decimal(digits)})
    parts = re.split(r"[.,]", digits)
    values = set()
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:-1])
    if grouped and len(set(marks)) == 1 and len(parts[-1]) == 3:
        values.add(Decimal("".join(parts)))
    if grouped and (len(marks) == 1 or (marks[-1] not in marks[:-1] and len(set(marks)) == 2)):
        values.add(Decimal(f"{''.join(parts[:-1])}.{parts[-1]}"))
    if not values and len(marks) == 1:
        values.add(Decimal(f"{parts[0]}.{parts[1]}"))
    # A version, a section, a malformed group is no value, but the same digits are the same.
    return frozenset(values or {Decimal(digits.replace(".", "").replace(",", ""))})


def _items(text: str, lexicon: _Lexicon) -> Iterator[_Item]:
    first = _LIST_NUMBER.match(text)
    for match in lexicon.scanner.finditer(text):
        span = Span(*match.span())
        if clock := _clock_time(match, lexicon):
            yield from clock
        elif match["code"]:
            value = Decimal(re.sub(r"\D", "", match["code"]))
            yield _Item("digits", span, frozenset({value}), Weight.QUIET)
        elif match["digits"]:
            listed = first is not None and first.start(1) == span.start
            yield _digits_item(match, lexicon, loud=not listed)
        else:
            kind, value = lexicon.words[_key(match.group())]
            weight = _word_weight(match, kind, lexicon.language)
            yield _Item(kind, span, frozenset({value}), weight)


def _clock_time(match: re.Match[str], lexicon: _Lexicon) -> list[_Item]:
    """Return the hour and the minute of 7:55, 7h55 or 7.55 am; nothing if it is no time."""
    if match["hour"]:
        spans = [Span(*match.span("hour")), Span(*match.span("minute"))]
    elif re.fullmatch(r"\d{1,2}[.,][0-5]\d", match["digits"] or "") and lexicon.hour.match(
        match.string, match.end()
    ):
        spans = [Span(match.start(), match.end() - 3), Span(match.end() - 2, match.end())]
    else:
        return []
    hour, minute = (Decimal(span.of(match.string)) for span in spans)
    # On the other side "7.55" may stand without a word that tells it from a decimal.
    dotted = hour + minute / 100
    return [
        _Item("digits", spans[0], _half_days(hour) | {dotted}, Weight.LOUD),
        _Item(
            "digits",
            spans[1],
            frozenset({minute, dotted}),
            Weight.LOUD if minute else Weight.MUTE,
        ),
    ]


def _half_days(hour: Decimal) -> frozenset[Decimal]:
    """Return an hour on the clocks of twelve and of twenty-four hours."""
    return frozenset({hour} | {h for h in (hour - 12, hour + 12) if 0 <= h <= 24})


def _digits_item(match: re.Match[str], lexicon: _Lexicon, loud: bool) -> _Item:
    text, digits = match.string, match["digits"]
    before, after = text[: match.start()], text[match.end() :]
    values = set(readings(digits))
    for value in tuple(values):
        if match["decade"]:  # "the 1990s" is "những năm 90", and "the 90s" "thập niên 1990"
            values |= {value % 100, value + 1900, value + 2000}
        elif short := _SHORT_YEAR.search(before):  # "2018-19" is "2018-2019"
            values.add(Decimal(short[1][:2] + "00") + value)
        if lexicon.hour.match(after):
            values |= _half_days(value)
    if re.search(r"['’] ?$", before) and len(digits) == 2:
        values |= {value + century for value in tuple(values) for century in (1800, 1900, 2000)}
    # The digits of a name (COVID-19, G7, F-35) may leave with the name, those of 2/3 with words.
    name = re.search(r"(?:^|[\W\d])[^\W\d_]*[A-Z][^\W\d_]*-?$|[^\W\d_]$|\d[/]$", before)
    weight = Weight.LOUD if loud and not name and not re.match(r"/\d", after) else Weight.QUIET
    return _Item("digits", Span(*match.span("digits")), frozenset(values), weight)


def _word_weight(match: re.Match[str], kind: str, language: Language) -> Weight:
    word = match.group()
    if kind in {"fraction", "ordinal"} or _key(word) in language.unclear_numbers:
        return Weight.MUTE
    # A capital inside a sentence makes a name: the Seven Network, "chị Bảy".
    inside = re.search(r"[\w,;]\s*$", match.string[: match.start()])
    return Weight.MUTE if inside and word[0].isupper() and not word.isupper() else Weight.QUIET


def _runs(items: Sequence[_Item], text: str, lexicon: _Lexicon) -> Iterator[list[_Item]]:
    """Group the pieces that make one number: "two", "hundred", "five" in "two hundred and five"."""
    run: list[_Item] = []
    for item in items:
        gap = text[run[-1].span.end : item.span.start] if run else ""
        # "1.7 million four years ago": after digits and a scale, words begin another number.
        other = bool(run) and run[0].kind == "digits" and item.kind not in {"scale", "fraction"}
        if run and not other and _continues(run[-1], item, gap, lexicon):
            run.append(item)
            continue
        if run:
            yield run
        run = [item] if _can_begin(item, text, lexicon) else []
    if run:
        yield run


def _can_begin(item: _Item, text: str, lexicon: _Lexicon) -> bool:
    word = _key(item.span.of(text))
    # "m" and "bn" are numbers only after digits, "lăm" only after tens.
    return item.kind != "unit" and (item.kind != "scale" or len(word) > 2 or word in {"tỷ", "tỉ"})


def _continues(last: _Item, item: _Item, gap: str, lexicon: _Lexicon) -> bool:
    value, before = min(item.values), min(last.values)
    joined = bool(lexicon.joiner.fullmatch(gap))
    if item.kind == "digits" or not (joined or re.fullmatch(r"[\s-]{0,2}", gap)):
        return False
    if item.kind == "scale":
        return last.kind != "ordinal" or value < VAGUE_FLOOR
    if item.kind == "fraction":
        return not joined and last.kind != "ordinal"  # "the second quarter" is no 2.25
    if last.kind == "scale":
        # "hai mươi" + "ba", "two hundred" + "five": a smaller number fills what the scale left.
        # "thế kỷ hai mươi" is the 20th century, though: a noun is not filled up.
        clear = last.weight is not Weight.MUTE
        return clear and value < before and (not joined or before >= VAGUE_FLOOR)
    return last.kind == "number" and not joined and before in _TENS and value < 10


_TENS = frozenset(Decimal(tens) for tens in range(10, 100, 10))


def _quantity(run: Sequence[_Item]) -> Quantity:
    span = Span(run[0].span.start, run[-1].span.end)
    values = {_evaluate(first, run[1:], run[0].kind) for first in run[0].values}
    last = run[-1]
    if len(run) > 1 and last.weight is Weight.MUTE and last.kind in {"number", "scale"}:
        # The last word may be something else: "hai mươi năm" is twenty years or (rarely) 25,
        # "5m" five metres.
        values |= {_evaluate(first, run[1:-1], run[0].kind) for first in run[0].values}
    if run[0].kind == "fraction" and len(run) == 1:
        values |= _fractions(last.values)
    loose = run[0].weight is Weight.MUTE or run[0].values == {Decimal(1)}
    if last.kind == "fraction" and len(run) == 2 and loose:
        # "1 nửa" is one half; in "một năm rưỡi" năm is the year, not five.
        values |= _fractions(last.values)
    form = _form(run)
    weight = max(item.weight for item in run)
    if form is Form.VAGUE and max(values) < VAGUE_FLOOR:
        weight = Weight.MUTE
    if len(run) > 1 and all(item.kind != "digits" for item in run) and weight is Weight.MUTE:
        weight = Weight.QUIET if max(values) >= VAGUE_FLOOR else Weight.MUTE
    return Quantity(span, frozenset(values), weight, form)


def _fractions(values: frozenset[Decimal]) -> frozenset[Decimal]:
    """Return what a part of one may be called: half is 50 %, one in 2, 30 minutes, 6 months.

    "một năm rưỡi", a year and a half, is 18 months.
    """
    ways = ((v, v * 100, 1 / v, v * 60, v * 12, 60 + v * 60, 12 + v * 12) for v in values)
    return frozenset(value for way in ways for value in way)


def _form(run: Sequence[_Item]) -> Form:
    kinds = {item.kind for item in run}
    if "digits" in kinds:
        return Form.DIGITS
    if "ordinal" in kinds:
        return Form.ORDINAL
    return Form.VAGUE if kinds == {"scale"} else Form.WORDS


def _evaluate(first: Decimal, rest: Sequence[_Item], kind: str) -> Decimal:
    total, current, scale = Decimal(0), None, Decimal(1)
    if kind == "scale" and first >= _LARGE:
        total, scale = first, first
    else:
        current = first
    for item in rest:
        value = min(item.values)
        if item.kind == "scale" and value < _LARGE:
            current, scale = (1 if current is None else current) * value, value
        elif item.kind == "scale" and current is None:
            total, scale = total * value, value  # "nghìn tỷ", a thousand billion
        elif item.kind == "scale":
            current = current or Decimal(0)
            total = total + current * value if scale > value else (total + current) * value
            current, scale = None, value
        elif item.kind == "fraction":
            current = (current or Decimal(0)) + value * scale  # "hai triệu rưỡi", "two and a half"
        else:
            current = (current or Decimal(0)) + value
    return total + (current or Decimal(0))


def _neighbours(
    first: Quantity, second: Quantity, runs: tuple[Sequence[_Item], Sequence[_Item]], gap: str
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


def _lexicon(language: Language) -> _Lexicon:
    known = _LEXICONS.get(language.tag)
    if known is None or (known.language is not language and known.language != language):
        known = _LEXICONS[language.tag] = _compile(language)
    return known


def _compile(language: Language) -> _Lexicon:
    words: dict[str, tuple[str, Decimal]] = {}
    for kind, table in (
        ("number", language.number_words),
        ("unit", language.unit_words),
        ("scale", language.scale_words),
        ("ordinal", language.ordinal_words),
        ("fraction", language.fraction_words),
    ):
        words |= {_key(word): (kind, Decimal(str(value))) for word, value in table.items()}
    ordered = sorted(words, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)
    joiner = "|".join(language.number_joiners) or r"(?!)"
    return _Lexicon(
        language=language,
        scanner=re.compile(
            rf"{_DIGITS}|(?<![^\W\d])(?:{pattern or '(?!)'})(?![^\W_])", re.IGNORECASE
        ),
        words=words,
        joiner=re.compile(rf"\s+(?:{joiner})\s+", re.IGNORECASE),
        not_numbers=re.compile(
            rf"(?<!\w)(?:{'|'.join(language.not_numbers) or '(?!)'})(?!\w)", re.IGNORECASE
        ),
        hour=re.compile(rf"\s*(?:{'|'.join(language.hour_words) or '(?!)'})(?!\w)", re.IGNORECASE),
    )


def _key(word: str) -> str:
    return " ".join(word.lower().split())
