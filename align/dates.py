"""The parts of calendar dates in a text: weekdays, months, and the days and years beside them.

Two checks share this. The date check compares the parts; the number check leaves them alone, for
a number inside a date is that check's and must not be reported twice.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from align.bitext import Span
from align.languages.language import Language

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})"
    r"|(?P<short_first>\d{1,2})/(?P<short_second>\d{1,2})(?:/(?P<short_year>\d\d))?)(?![\d/%])"
)
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?!\d|[.,]\d)"
_OTHER_YEAR = r"(?P<year>(?:1[0-9]|2[0-6])\d\d)(?!\d|[.,]\d)"
_MASK = "\x01"
# The vowel signs of India are no \w to `re`, which would take them for the end of a word.
INDIC = r"\u0900-\u0963\u0966-\u0dff"
WORD_START = rf"(?<![\w{INDIC}])"
WORD_END = rf"(?![\w{INDIC}])"
_CAPITALS = r"(?=[A-ZÀ-ÖØ-Þ]{3})"
_CAPITALISED = r" [A-Z][a-z]+(?![\w.])"
_TITLE_START = re.compile(r"(?:\b[Tt]he |[“\"‘'])$")
_LAST_YEAR = 2100
_REMEMBERED = 64
"""Texts whose dates are kept in mind, since more than one check asks for those of a pair."""
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean: words without spaces, or with endings."""
_SPACE = re.compile(r"[^\S ]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
# Full width and Arabic signs that stand in numbers as "," and "." do.
_SIGNS = str.maketrans({"，": ",", "．": ".", "٫": ",", "٬": ".", "％": "%", "／": "/"})


class PartKind(StrEnum):
    """What a part of a date says."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class DatePart:
    """One part of a date.

    `values` has more than one member where the reading is open: 9/11 is in September or November.
    Weekdays count from Monday, 1. `sure` is False for words that may not be a date at all.
    """

    kind: PartKind
    values: frozenset[int]
    span: Span
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of months or weekdays: each group of the pattern is one name of one of them."""

    pattern: re.Pattern[str]
    numbers: tuple[int, ...]

    def value(self, match: re.Match[str]) -> int:
        """Return which month or weekday a match of the pattern is, counted from 1."""
        return self.numbers[(match.lastindex or 1) - 1]


@dataclass(frozen=True, slots=True, eq=False)
class _Calendar:
    """What a language says dates with, compiled."""

    language: Language
    months: _Names
    weekdays: _Names
    unclear: frozenset[str]
    cue: re.Pattern[str]
    day_before: re.Pattern[str]
    day_after: re.Pattern[str]
    year_before: re.Pattern[str]
    year_after: re.Pattern[str]
    relative: re.Pattern[str]
    halves: tuple[re.Pattern[str], ...]


_CALENDARS: dict[str, _Calendar] = {}
"""Compiled once for each language; an entry is as good as new for an equal language."""


def plain(text: str) -> str:
    """Return `text` with digits and number signs of any script as ASCII ones, at equal length.

    >>> plain("٢٠ ３")
    '20 3'
    """
    signs = _SPACE.sub(" ", text).translate(_SIGNS)
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), signs)


def find_date_parts(text: str, language: Language) -> tuple[DatePart, ...]:
    """Return the parts of all dates in a text, in reading order.

    A day or year is a part only beside a month: "the 5th" and "2011" alone are plain numbers.
    Names come from the language's facts, or from CLDR if it has none; without either only
    numeric dates are found.
    """
    return _find_parts(text, _calendar(language))


@lru_cache(maxsize=_REMEMBERED)
def _find_parts(text: str, calendar: _Calendar) -> tuple[DatePart, ...]:
    text = plain(text)
    parts = list(_numeric_dates(text, calendar))
    text = mask(text, parts)
    for match in calendar.months.pattern.finditer(text):
        parts += _named_date(text, match, calendar)
    for match in calendar.weekdays.pattern.finditer(text):
        value = frozenset({calendar.weekdays.value(match)})
        sure = _is_clear(match, calendar) and not _is_in_title(match, calendar)
        parts.append(DatePart(PartKind.WEEKDAY, value, Span(*match.span()), sure))
    return tuple(sorted(parts, key=lambda part: part.span))


def mask(text: str, parts: list[DatePart] | tuple[DatePart, ...]) -> str:
    """Blot out the sure parts, so that nothing else reads them; the length stays."""
    for part in parts:
        if part.sure:
            text = text[: part.span.start] + _MASK * len(part.span) + text[part.span.end :]
    return text


def spoken(patterns: Iterable[str], language: Language) -> re.Pattern[str]:
    """Compile patterns of whole words, as far as a language divides words."""
    either = "|".join(patterns) or r"(?!)"
    if not language.spaced:
        return re.compile(either, re.IGNORECASE)
    return re.compile(f"{WORD_START}(?:{either}){WORD_END}", re.IGNORECASE)


def count_relative(text: str, language: Language) -> int:
    """Count the times that are told by their distance, as "yesterday" and "last year" are."""
    return sum(1 for _ in _calendar(language).relative.finditer(text))


def find_half_days(text: str, language: Language) -> tuple[tuple[int, int, Span], ...]:
    """Return the hours that are told to be before noon, 0, or after it, 1, with their words.

    >>> from align.languages import find_language
    >>> [(hour, half) for hour, half, _ in find_half_days("at 5.30 pm", find_language("en"))]
    [(5, 1)]
    """
    return tuple(
        (int(match["hour"] or match["other"]) % 12, half, Span(*match.span()))
        for half, pattern in enumerate(_calendar(language).halves)
        for match in pattern.finditer(plain(text))
    )


def _half_day(words: str, language: Language) -> re.Pattern[str]:
    """Compile an hour beside words of its half of the day: "5:30 pm", "午後5時"."""
    start, end = (WORD_START, WORD_END) if language.spaced else ("", "")
    minute, unit = r"(?:[:.h]\d\d)?", r"[^\d.,;:!?]{0,10}?"
    return re.compile(
        rf"(?<![\d.,:])(?P<hour>1?\d){minute}{unit}{start}(?:{words}){end}"
        rf"|{start}(?:{words}){end}\D{{0,8}}(?P<other>1?\d)(?=[:.h時点點시]|\s*(?:시|โมง|बजे))",
        re.IGNORECASE,
    )


def _numeric_dates(text: str, calendar: _Calendar) -> Iterator[DatePart]:
    for match in _NUMERIC.finditer(text):
        groups = match.groupdict()
        if groups["iso_year"]:
            fields = {"iso_day": PartKind.DAY, "iso_month": PartKind.MONTH}
        elif groups["first"]:
            fields = {"first": PartKind.DAY, "second": PartKind.MONTH}
        else:
            fields = {"short_first": PartKind.DAY, "short_second": PartKind.MONTH}
        pair = {int(groups[name]) for name in fields}
        if min(pair) < 1 or min(pair) > 12 or max(pair) > 31:
            continue
        # A bare 2/3 may be two thirds, or a score; a word such as "ngày" tells.
        sure = "short_first" not in fields or bool(
            groups["short_year"] or calendar.cue.search(text[: match.start()])
        )
        for name, kind in fields.items():
            top = 12 if kind is PartKind.MONTH else 31
            # Which of the two is the month differs between countries, and a translator may keep
            # the order of the source: either reading will do.
            values = frozenset(v for v in pair if v <= top)
            yield DatePart(kind, values, Span(*match.span(name)), sure)
        for name in ("year", "iso_year", "short_year"):
            if groups[name]:
                year = int(groups[name])
                values = frozenset({year if year > 99 else 2000 + year})
                yield DatePart(PartKind.YEAR, values, Span(*match.span(name)), sure)


def _named_date(text: str, month: re.Match[str], calendar: _Calendar) -> Iterator[DatePart]:
    end = month.end()
    beside = []
    day = calendar.day_before.search(text[: month.start()])
    if day is None and (calendar.language.day_sign or not month.group()[-1].isdigit()):
        day = calendar.day_after.match(text, end)
        end = day.end() if day else end
    if day is not None and 1 <= int(day["day"]) <= 31:
        values = frozenset({int(day["day"])})
        beside.append(DatePart(PartKind.DAY, values, Span(*day.span("day"))))
    year = calendar.year_after.match(text, end) or calendar.year_before.search(
        text[: month.start()]
    )
    if year is not None:
        values = _common_years(int(year["year"]), calendar.language)
        beside.append(DatePart(PartKind.YEAR, values, Span(*year.span("year"))))
    sure = bool(beside) or _is_clear(month, calendar)
    value = frozenset({calendar.months.value(month)})
    yield DatePart(PartKind.MONTH, value, Span(*month.span()), sure)
    yield from beside


def _common_years(year: int, language: Language) -> frozenset[int]:
    """Return a year in the common count, whatever count the country has."""
    own = year - language.year_offset
    return frozenset({own}) if year > _LAST_YEAR else frozenset({year, own})


def _is_clear(match: re.Match[str], calendar: _Calendar) -> bool:
    """Tell whether a name is a date for sure: by itself, or by the word before it."""
    name = match.group()
    # "thứ Hai" is Monday and "thứ hai" may be the second, so the case of the number counts;
    # that of the first letter does not, which a sentence may begin with.
    name = name[0].lower() + name[1:] if " " in name else name.lower()
    return name not in calendar.unclear or bool(calendar.cue.search(match.string[: match.start()]))


def _is_in_title(match: re.Match[str], calendar: _Calendar) -> bool:
    """Tell whether a weekday begins a name: The Sunday Times, Saturday Night Live."""
    text, end = match.string, match.end()
    if not calendar.language.name_capitals or calendar.months.pattern.match(text, end + 1):
        return False
    words = 1 if _TITLE_START.search(text, 0, match.start()) else 2
    return re.compile(_CAPITALISED * words).match(text, end) is not None


def _calendar(language: Language) -> _Calendar:
    known = _CALENDARS.get(language.tag)
    if known is None or (known.language is not language and known.language != language):
        known = _CALENDARS[language.tag] = _compile(language)
    return known


def _compile(language: Language) -> _Calendar:
    joiner = "|".join(language.date_joiners) or r"(?!)"
    cue = "|".join(language.date_cues) or r"(?!)"
    scales = (form for forms in language.scale_words for form in forms.split("|"))
    later = "|".join((*language.hour_words, *scales)) or r"(?!)"
    gap = "+" if language.spaced else "*"
    before = r"\w" if language.spaced else r"\d"
    link = rf"[\s,./-]{gap}(?:(?:{joiner})\s{gap})?"
    ending = r"(?:st|nd|rd|th|er|ère|re|\.|º|°|ª)?"
    year = _OTHER_YEAR if language.year_offset else _YEAR
    sign = rf"\s*(?:{language.day_sign})" if language.day_sign else ""
    return _Calendar(
        language=language,
        months=_names(language.months or _cldr(language.tag, "months"), language),
        weekdays=_names(language.weekdays or _cldr(language.tag, "days"), language),
        unclear=frozenset(language.unclear_dates),
        cue=re.compile(rf"{WORD_START}(?:{cue})\s{gap}$", re.IGNORECASE),
        day_before=re.compile(
            rf"(?<![{before}.,:/])(?P<day>\d{{1,2}}){ending}[\s,-]{gap}(?:(?:{joiner})\s{gap})*$"
            if not sign
            else r"(?!)",
            re.IGNORECASE,
        ),
        day_after=re.compile(
            rf"\s*(?P<day>\d{{1,2}}){sign}"
            if sign
            else rf"{link}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?![\w%:]|[.,]\d|\s*(?:{later}){WORD_END})",
            re.IGNORECASE,
        ),
        year_before=re.compile(
            rf"{year}\s*(?:{language.year_sign})\s*$" if language.year_sign else r"(?!)"
        ),
        year_after=re.compile(link + year, re.IGNORECASE),
        relative=spoken(language.relative_dates, language),
        halves=tuple(_half_day(words, language) for words in language.half_days),
    )


def _names(table: tuple[tuple[str, ...], ...], language: Language) -> _Names:
    """Compile the names of a table, the longest first: "tháng Mười" begins "tháng Mười Một"."""
    numbered = [(name, number) for number, same in enumerate(table, start=1) for name in same]
    numbered.sort(key=lambda pair: len(pair[0]), reverse=True)
    either = "|".join(f"({_name_pattern(name)})" for name, _ in numbered) or r"(?!)"
    if language.spaced:
        either = f"{WORD_START}(?:{either}){WORD_END}"
    return _Names(re.compile(either), tuple(number for _, number in numbered))


def _name_pattern(name: str) -> str:
    start = r"(?<![\d.,])" if name[0].isdigit() else ""
    words = r"\s+".join(name.split())
    # English "may" and "march" are verbs, so case counts in names of one word.
    if " " in name or not name[0].isupper():
        return f"{start}(?i:{words})"
    return f"{start}(?:{words}|{_CAPITALS}(?i:{words}))"


def _cldr(tag: str, field: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of months or days that CLDR has for a language; nothing if it has none."""
    try:
        data = getattr(Locale.parse(tag), field)
    except (UnknownLocaleError, ValueError):
        return ()
    wide, short = data["format"]["wide"], data["format"]["abbreviated"]
    alone = data["stand-alone"]["wide"]
    # Short names of alphabets are words too often ("mar", "so"); "周六" and "9月" are not.
    return tuple(
        tuple(
            re.escape(name)
            for name in dict.fromkeys([wide[key], alone[key], *_unspaced([short[key]])])
        )
        for key in sorted(wide)
    )


def _unspaced(names: list[str]) -> list[str]:
    return [name for name in names if len(name) > 1 and UNSPACED.search(name[-1])]
