"""The parts of calendar dates in a text: weekdays, months, and the days and years beside them.

Two checks share this. The date check compares the parts; the number check leaves them alone, for
a number inside a date is that check's and must not be reported twice.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from babel import Locale, UnknownLocaleError

from align.bitext import Span, running
from align.languages.language import Language

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})"
    r"|(?P<short_first>\d{1,2})/(?P<short_second>\d{1,2})(?:/(?P<short_year>\d\d))?)(?![\d/%])"
)
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?!\d|[.,]\d)"
_MASK = "\x01"
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean: words without spaces, or with endings."""
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
class _Calendar:
    language: Language
    names: dict[PartKind, dict[str, int]]
    pattern: dict[PartKind, re.Pattern[str]]
    cue: re.Pattern[str]
    day_before: re.Pattern[str]
    day_after: re.Pattern[str]
    year_after: re.Pattern[str]


_CALENDARS: dict[str, _Calendar] = {}
"""Compiled once for each language; an entry is as good as new for an equal language."""


def plain(text: str) -> str:
    """Return `text` with digits and number signs of any script as ASCII ones, at equal length.

    >>> plain("٢٠ ３")
    '20 3'
    """
    signs = running(text).translate(_SIGNS)
    if signs.isascii():
        return signs
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in signs)


def find_date_parts(text: str, language: Language) -> tuple[DatePart, ...]:
    """Return the parts of all dates in a text, in reading order.

    A day or year is a part only beside a month: "the 5th" and "2011" alone are plain numbers.
    Names come from the language's facts, or from CLDR if it has none; without either only
    numeric dates are found.
    """
    text = plain(text)
    calendar = _calendar(language)
    parts = list(_numeric_dates(text, calendar))
    text = mask(text, parts)
    for match in calendar.pattern[PartKind.MONTH].finditer(text):
        parts += _named_date(text, match, calendar)
    for match in calendar.pattern[PartKind.WEEKDAY].finditer(text):
        value = calendar.names[PartKind.WEEKDAY][_key(match.group())]
        sure = _is_clear(match, calendar)
        parts.append(DatePart(PartKind.WEEKDAY, frozenset({value}), Span(*match.span()), sure))
    return tuple(sorted(parts, key=lambda part: part.span))


def mask(text: str, parts: list[DatePart] | tuple[DatePart, ...]) -> str:
    """Blot out the sure parts, so that nothing else reads them; the length stays."""
    for part in parts:
        if part.sure:
            text = text[: part.span.start] + _MASK * len(part.span) + text[part.span.end :]
    return text


def count_relative(text: str, language: Language) -> int:
    """Count the times that are told by their distance, as "yesterday" and "last year" are."""
    words = "|".join(language.relative_dates) or r"(?!)"
    return len(re.findall(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE))


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
    if day is None and not month.group()[-1].isdigit():
        day = calendar.day_after.match(text, end)
        end = day.end() if day else end
    if day is not None and 1 <= int(day["day"]) <= 31:
        values = frozenset({int(day["day"])})
        beside.append(DatePart(PartKind.DAY, values, Span(*day.span("day"))))
    year = calendar.year_after.match(text, end)
    if year is not None:
        values = frozenset({int(year["year"])})
        beside.append(DatePart(PartKind.YEAR, values, Span(*year.span("year"))))
    value = calendar.names[PartKind.MONTH][_key(month.group())]
    sure = bool(beside) or _is_clear(month, calendar)
    yield DatePart(PartKind.MONTH, frozenset({value}), Span(*month.span()), sure)
    yield from beside


def _is_clear(match: re.Match[str], calendar: _Calendar) -> bool:
    """Tell whether a name is a date for sure: by itself, or by the word before it."""
    name = match.group()
    # "thứ Hai" is Monday and "thứ hai" may be the second, so the case of the number counts;
    # that of the first letter does not, which a sentence may begin with.
    name = name[0].lower() + name[1:] if " " in name else name.lower()
    return name not in calendar.language.unclear_dates or bool(
        calendar.cue.search(match.string[: match.start()])
    )


def _calendar(language: Language) -> _Calendar:
    known = _CALENDARS.get(language.tag)
    if known is None or (known.language is not language and known.language != language):
        known = _CALENDARS[language.tag] = _compile(language)
    return known


def _compile(language: Language) -> _Calendar:
    kinds = {
        PartKind.MONTH: language.months or _cldr(language.tag, "months"),
        PartKind.WEEKDAY: language.weekdays or _cldr(language.tag, "days"),
    }
    names = {
        kind: {_key(name): i for i, same in enumerate(table, start=1) for name in same}
        for kind, table in kinds.items()
    }
    joiner = "|".join(language.date_joiners) or r"(?!)"
    cue = "|".join(language.date_cues) or r"(?!)"
    later = "|".join((*language.hour_words, *language.scale_words)) or r"(?!)"
    link = rf"[\s,./-]+(?:(?:{joiner})\s+)?"
    ending = r"(?:st|nd|rd|th|\.|º)?"
    return _Calendar(
        language=language,
        names=names,
        pattern={
            kind: _names_pattern([name for same in table for name in same])
            for kind, table in kinds.items()
        },
        cue=re.compile(rf"(?<!\w)(?:{cue})\s+$", re.IGNORECASE),
        day_before=re.compile(
            rf"(?<![\w.,:/])(?P<day>\d{{1,2}}){ending}[\s,-]+(?:(?:{joiner})\s+)*$", re.IGNORECASE
        ),
        day_after=re.compile(
            rf"{link}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w%:]|[.,]\d|\s*(?:{later})(?!\w))",
            re.IGNORECASE,
        ),
        year_after=re.compile(link + _YEAR, re.IGNORECASE),
    )


def _names_pattern(names: list[str]) -> re.Pattern[str]:
    """Match any of the names as a word; one word alone must be written as in a calendar."""
    return re.compile("|".join(map(_name_pattern, sorted(names, key=len, reverse=True))) or "(?!)")


def _name_pattern(name: str) -> str:
    if UNSPACED.search(name):
        return rf"(?<!\d){re.escape(name)}"
    words = r"\s+".join(map(re.escape, name.split()))
    # English "may" and "march" are verbs, so case counts in names of one word.
    one = {name, name[:1].upper() + name[1:], name.upper()}
    forms = f"(?i:{words})" if " " in name else "|".join(map(re.escape, sorted(one)))
    return rf"(?<!\w)(?:{forms})(?!\w)"


def _key(name: str) -> str:
    return " ".join(name.lower().split())


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
        tuple(dict.fromkeys([wide[key], alone[key], *_unspaced([short[key]])]))
        for key in sorted(wide)
    )


def _unspaced(names: list[str]) -> list[str]:
    return [name for name in names if len(name) > 1 and UNSPACED.search(name[-1])]
