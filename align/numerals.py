"""The pieces that numbers in running text are made of: digits, clock times, number words.

Which pieces make one number is for `quantities.py`; here only what a language calls a number
counts, and how it writes it: as words between spaces, fused ("zweihundertfünf"), with particles
written on ("وعشرون"), or without any spaces ("三百五十").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from align.bitext import Span
from align.dates import INDIC, UNSPACED, spoken
from align.languages.language import Language

_DIGITS = (
    # Groups that are no thousands, eight digits or more: a telephone number, an account.
    r"(?=[\d(])(?:"
    r"(?!\d{1,3}(?:[. ]\d{3})+(?![ .-]?\d))(?=(?:[ ().-]{0,2}\d){8})"
    r"(?P<code>\(?\d{2,5}\)?(?:[ .-]\d{2,5}){2,})(?![\d/])"
    r"|(?P<hour>\d{1,2})(?::|\s?h\s?)(?P<minute>[0-5]\d)(?!\d)"
    r"|(?P<digits>\d{1,3}(?: \d{3})+(?!\d)|\d{1,3}(?:['’]\d{3})+(?!\d)"
    r"|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|\d+(?:[.,]\d+)*)(?P<decade>['’]?s(?!\w))?"
    r")"
)
_LIST_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s")
_SHORT_YEAR = re.compile(r"(?<!\d)((?:1[0-9]|20)\d\d)[-–/]$")
_PERCENT = re.compile(r"\s*(?:%|per ?cent)", re.IGNORECASE)
_YEARS = range(1000, 2700)
_SHORT_SCALES = {"mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12}
"""Short words of the finance pages, which other languages keep as they are: "$3.6bn"."""


class Weight(IntEnum):
    """How much a comparison may rest on a number."""

    MUTE = 0
    """It can only be the counterpart of another: "một" is an article as well."""
    QUIET = 1
    """It is a number, yet translations often turn it into something else."""
    LOUD = 2
    """Its loss is an error by itself: digits."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a number: digits, or one word of it. `values` are all its readings."""

    kind: str
    span: Span
    values: frozenset[Decimal]
    weight: Weight


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What a language writes numbers with, compiled."""

    language: Language
    scanner: re.Pattern[str]
    pieces: re.Pattern[str]
    """One number word, for those that are fused with others."""
    words: Mapping[str, tuple[str, Decimal]]
    unclear: frozenset[str]
    joiner: re.Pattern[str]
    tens_joiner: re.Pattern[str]
    gap: re.Pattern[str]
    not_numbers: re.Pattern[str]
    hour: re.Pattern[str]
    hour_cue: re.Pattern[str]
    rounded: re.Pattern[str]
    century: re.Pattern[str]


_LEXICONS: dict[str, Lexicon] = {}
"""Compiled once for each language; an entry is as good as new for an equal language."""


def find_items(text: str, lexicon: Lexicon) -> Iterator[Item]:
    """Yield the pieces of numbers in a text that `dates.plain` has seen, in reading order."""
    first = _LIST_NUMBER.match(text)
    for match in lexicon.scanner.finditer(text):
        span = Span(*match.span())
        if clock := _clock_time(match, lexicon):
            yield from clock
        elif match["code"]:
            # Among words that run from right to left, groups of digits may be in either order.
            code = Decimal("".join(sorted(re.findall(r"\d+", match["code"]))))
            yield Item("digits", span, frozenset({code}), Weight.QUIET)
        elif match["digits"]:
            listed = first is not None and first.start(1) == span.start
            yield _digits_item(match, lexicon, loud=not listed)
        else:
            yield from _words(match, lexicon)


def readings(digits: str) -> frozenset[Decimal]:
    """Return the values that a number in digits can have, whatever the country.

    >>> sorted(readings("1.500"))
    [Decimal('1.500'), Decimal('1500')]
    >>> sorted(readings("1,234.5"))
    [Decimal('1234.5')]
    """
    digits = re.sub(r"[ '’]", "", digits)
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return frozenset({Decimal(digits)})
    parts = re.split(r"[.,]", digits)
    values = set()
    # In India the groups above the first thousand have two digits: 12,34,567.
    grouped = len(parts[0]) <= 3 and all(len(part) in {2, 3} for part in parts[1:-1])
    if grouped and len(set(marks)) == 1 and len(parts[-1]) == 3:
        values.add(Decimal("".join(parts)))
    grouped = grouped and all(len(part) == 3 for part in parts[1:-1])
    if grouped and (len(marks) == 1 or (marks[-1] not in marks[:-1] and len(set(marks)) == 2)):
        values.add(Decimal(f"{''.join(parts[:-1])}.{parts[-1]}"))
    if not values and len(marks) == 1:
        values.add(Decimal(f"{parts[0]}.{parts[1]}"))
    # A version, a section, a malformed group is no value, but the same digits are the same.
    return frozenset(values or {Decimal(digits.replace(".", "").replace(",", ""))})


def word_key(word: str) -> str:
    """Return a number word as its table is keyed."""
    # Turkish "İ" would become two signs.
    return " ".join(word.lower().replace("\u0307", "").split())


def find_lexicon(language: Language) -> Lexicon:
    """Return the compiled number words of a language."""
    known = _LEXICONS.get(language.tag)
    if known is None or (known.language is not language and known.language != language):
        known = _LEXICONS[language.tag] = _compile(language)
    return known


def _words(match: re.Match[str], lexicon: Lexicon) -> Iterator[Item]:
    if match["row"]:  # "二〇一九" is 2019, digit by digit
        digits = (str(int(lexicon.words[letter][1])) for letter in match["row"])
        year = frozenset({Decimal("".join(digits))})
        yield Item("number", Span(*match.span("row")), year, Weight.QUIET)
        return
    start, end = match.span("word")
    for piece in lexicon.pieces.finditer(match.string, start, end):
        kind, value = lexicon.words[word_key(piece.group())]
        weight = _word_weight(match, kind, word_key(piece.group()), lexicon)
        yield Item(kind, Span(*piece.span()), frozenset({value}), weight)


def _clock_time(match: re.Match[str], lexicon: Lexicon) -> list[Item]:
    """Return the hour and the minute of 7:55, 7h55 or 7.55 am; nothing if it is no time."""
    if match["hour"]:
        spans = [Span(*match.span("hour")), Span(*match.span("minute"))]
    elif re.fullmatch(r"\d{1,2}\.[0-5]\d", match["digits"] or "") and (
        lexicon.hour.match(match.string, match.end())
        or lexicon.hour_cue.search(match.string[: match.start()])
    ):
        spans = [Span(match.start(), match.end() - 3), Span(match.end() - 2, match.end())]
    else:
        return []
    hour, minute = (Decimal(span.of(match.string)) for span in spans)
    # On the other side "7.55" may stand without a word that tells it from a decimal.
    dotted = frozenset(h + minute / 100 for h in _half_days(hour))
    hours = Item("digits", spans[0], _half_days(hour) | dotted, Weight.LOUD)
    loud = Weight.LOUD if minute else Weight.MUTE
    return [hours, Item("digits", spans[1], dotted | {minute}, loud)]


def _half_days(hour: Decimal) -> frozenset[Decimal]:
    """Return an hour on the clocks of twelve and of twenty-four hours."""
    return frozenset({hour} | {h for h in (hour - 12, hour + 12) if 0 <= h <= 24})


def _digits_item(match: re.Match[str], lexicon: Lexicon, loud: bool) -> Item:
    text, digits = match.string, match["digits"]
    before, after = text[: match.start()], text[match.end() :]
    values = set(readings(digits))
    offset = lexicon.language.year_offset
    for value in tuple(values):
        if match["decade"]:  # "the 1990s" is "những năm 90", and "the 90s" "thập niên 1990"
            values |= {value % 100, value + 1900, value + 2000}
        elif short := _SHORT_YEAR.search(before):  # "2018-19" is "2018-2019"
            values.add(Decimal(short[1][:2] + "00") + value)
        if lexicon.hour.match(after) or lexicon.hour_cue.search(before):
            values |= _half_days(value)
        if offset and value - offset in _YEARS:
            values.add(value - offset)
    if re.search(r"['’] ?$", before) and len(digits) == 2:
        values |= {value + century for value in tuple(values) for century in (1800, 1900, 2000)}
    values |= _era_years(before, values, lexicon.language)
    named = _is_in_name(before)
    if named and len(digits) == 2:  # "the SS19 collection" is that of 2019
        values |= {value + 2000 for value in tuple(values)}
    # "100 percent certain" is as well said without a number.
    named = (
        named or bool(re.match(r"/\d", after)) or bool(values == {100} and _PERCENT.match(after))
    )
    weight = Weight.LOUD if loud and not named else Weight.QUIET
    return Item("digits", Span(*match.span("digits")), frozenset(values), weight)


def _is_in_name(before: str) -> bool:
    """Tell whether digits belong to a name (COVID-19, G7, F-35) or are the 3 of 2/3."""
    if re.search(r"(?:^|[\W\d])[^\W\d_]*[A-Z][^\W\d_]*[-+]?$|\d[/]$", before):
        return True
    letter = re.search(r"[^\W\d_]$", before)
    return letter is not None and not UNSPACED.match(letter.group())


def _era_years(before: str, values: set[Decimal], language: Language) -> set[Decimal]:
    """Return what the years of an era are in the common count: 令和5年 is 2023."""
    starts = [start for era, start in language.eras.items() if before.rstrip().endswith(era)]
    return {value + start for value in values for start in starts}


def _word_weight(match: re.Match[str], kind: str, key: str, lexicon: Lexicon) -> Weight:
    if kind in {"fraction", "ordinal"} or key in lexicon.unclear:
        return Weight.MUTE
    word = match["word"]
    if not lexicon.language.name_capitals or word.isupper():
        return Weight.QUIET
    # A capital inside a sentence makes a name: the Seven Network, "chị Bảy".
    inside = re.search(r"[\w,;]\s*$", match.string[: match.start()])
    return Weight.MUTE if inside and word[0].isupper() else Weight.QUIET


def _compile(language: Language) -> Lexicon:
    words: dict[str, tuple[str, Decimal]] = {}
    for kind, table in (
        ("number", language.number_words),
        ("unit", language.unit_words),
        ("scale", language.scale_words),
        ("ordinal", language.ordinal_words),
        ("fraction", language.fraction_words),
    ):
        for forms, value in table.items():
            words |= {word_key(form): (kind, Decimal(str(value))) for form in forms.split("|")}
    for word, size in _SHORT_SCALES.items():
        words.setdefault(word, ("scale", Decimal(size)))
    pieces = any_word(words)
    joiner, tens = any_of(language.number_joiners), any_of(language.tens_joiners)
    prefix, suffix = language.number_prefix, language.number_suffix
    start, edge = (r"(?<!\w)", r"(?!\w)") if language.spaced else ("", "")
    return Lexicon(
        language=language,
        scanner=re.compile(
            f"{_DIGITS}|{_row(words, language)}|{_word(pieces, language)}", re.IGNORECASE
        ),
        pieces=re.compile(pieces, re.IGNORECASE),
        words=words,
        unclear=frozenset(word_key(word) for word in language.unclear_numbers),
        joiner=re.compile(rf"\s*(?:{joiner})\s*(?:{prefix})?", re.IGNORECASE),
        tens_joiner=re.compile(rf"[\s-]*(?:{tens})[\s-]*(?:{prefix})?", re.IGNORECASE),
        gap=re.compile(rf"(?:{suffix})?[\s\u200c-]{{0,2}}(?:{prefix})?", re.IGNORECASE),
        not_numbers=spoken(language.not_numbers, language),
        hour=re.compile(rf"\s*(?:{any_of(language.hour_words)}){edge}", re.IGNORECASE),
        hour_cue=re.compile(rf"(?<!\w)(?:{any_of(language.hour_cues)})[\s:]*$", re.IGNORECASE),
        century=spoken(language.century_words, language),
        rounded=re.compile(
            rf"{start}(?:{any_of(language.approximations)})[\s$€£¥]*$", re.IGNORECASE
        ),
    )


def _row(words: Mapping[str, tuple[str, Decimal]], language: Language) -> str:
    """Return a pattern of digits in words that stand in a row, as Chinese writes years."""
    digits = [
        w for w, (kind, value) in words.items() if len(w) == 1 and value < 10 and kind == "number"
    ]
    if language.spaced or len(digits) < 10:
        return r"(?P<row>(?!))"
    return rf"(?P<row>[{''.join(digits)}]{{3,}})"


def _word(pieces: str, language: Language) -> str:
    prefix, suffix = language.number_prefix, language.number_suffix
    if not language.spaced:
        return rf"{prefix}(?P<word>{pieces})"
    if language.fused_numbers:
        joined = any_of((*language.tens_joiners, *language.number_joiners))
        pieces = rf"(?:{pieces})(?:(?:{joined})?(?:{pieces}))*"
    # The vowel signs of India go on with a word.
    start, end = rf"(?<![^\W\d])(?<![{INDIC}])", rf"(?![^\W_]|[{INDIC}])"
    return rf"{start}(?:{prefix})?(?P<word>{pieces})(?:{suffix})?{end}"


def any_of(patterns: tuple[str, ...]) -> str:
    """Return a pattern for any of some patterns; one that matches nothing if there is none."""
    return "|".join(patterns) or r"(?!)"


def any_word(words: Mapping[str, object]) -> str:
    """Return a pattern for any of some words, which may have more than one part."""
    ordered = sorted(words, key=len, reverse=True)
    return any_of(tuple(r"\s+".join(map(re.escape, word.split())) for word in ordered))
