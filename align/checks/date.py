"""Dates and times that changed in translation: weekdays, months, days, years, halves of the day.

Why it matters: a wrong weekday or month is fluent and plausible, and it sends readers to the wrong
day. A number inside a date is reported here and not by the number check.
The hours and minutes of a clock are numbers, so they are the number check's; that 5 p.m. became 5
in the morning is told here.
For a language without facts the names are CLDR's, which has no inflected forms, so only a name
that became another is reported.
A time zone is compared where both sides name one.
Known misses: a time zone that only one side names; relative words ("yesterday", "hôm qua") are not
calendar statements; a month that is swapped with another of the same sentence; a lower-case "thứ
sáu" that may be "the sixth" is only reported when the source has a weekday too; see
tests/cases/date.toml.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.dates import (
    DatePart,
    PartKind,
    count_relative,
    find_date_parts,
    find_half_days,
    plain,
)
from align.finding import ErrorType, Severity
from align.languages.language import Language
from align.quantities import Form, Quantity, find_quantities
from align.zones import find_zones

_NAMES = frozenset({PartKind.MONTH, PartKind.WEEKDAY})
_YEARS = frozenset(Decimal(year) for year in range(1000, 2101))
_CLOCK = re.compile(r"(?<![\d.,:+-])([01]?\d|2[0-4])(?:\s?[:.h]\s?[0-5]\d|\s?[^\W\d_]|\s\()")
"""The hour of what may be a clock time: "5:30", "5 p.m.", "17h", "5 giờ"."""
_NEAR = 12
"""Parts of one date stand at most this many characters apart: ", ngày " and the like."""


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    parts: tuple[DatePart, ...]
    nearby: tuple[DatePart, ...]
    quantities: tuple[Quantity, ...]
    ordinals: Mapping[str, int]
    relative: int
    has_facts: bool
    """Names from CLDR are not inflected, so that a language without facts may hide some."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A part of a date, or a run of them, without its equal on the other side."""

    old: tuple[DatePart, ...]
    new: tuple[DatePart, ...]


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each date whose weekday, month, day or year differs, is missing or is new."""
    if not (pair.source.strip() and pair.target.strip()):
        return
    source = _read(pair.source, pair.source_language, pair.source_nearby)
    target = _read(pair.target, pair.target_language, pair.target_nearby)
    changes = [change for kind in PartKind for change in _compare(source, target, kind)]
    for change in _merge(changes):
        yield _mismatch(change, pair)
    yield from _half_days(pair)
    yield from _zones(pair)


def _half_days(pair: Pair) -> Iterator[Mismatch]:
    """Yield each hour that went from one half of the day to the other: 5 pm, "5 giờ sáng"."""
    source = find_half_days(pair.source, pair.source_language)
    target = find_half_days(pair.target, pair.target_language)
    for hour, half, old in source:
        same_hour = [(its, new) for other, its, new in target if other == hour]
        told = {its for its, _ in same_hour}
        kept = {its for other, its, _ in source if other == hour}
        if hour and told and half not in told and not told <= kept:
            new = same_hour[0][1]
            was, now = old.of(pair.source).strip(), new.of(pair.target).strip()
            yield Mismatch(f"{was} became {now} in the translation.", (old,), (new,))


def _zones(pair: Pair) -> Iterator[Mismatch]:
    """Yield the time zone that became another while the clock time stood: "5 p.m. EST", 17h GMT."""
    source = find_zones(pair.source, pair.source_language)
    target = find_zones(pair.target, pair.target_language)
    known = [{ahead for zone in side for ahead in zone.offsets} for side in (source, target)]
    if not (source and target and _hours(pair.source) & _hours(pair.target)):
        return
    old = next((zone for zone in source if not zone.offsets & known[1]), None)
    new = next((zone for zone in target if not zone.offsets & known[0]), None)
    if old and new:
        was, now = old.span.of(pair.source), new.span.of(pair.target)
        message = f"The time zone {was} became {now} in the translation."
        yield Mismatch(message, (old.span,), (new.span,))


def _hours(text: str) -> set[int]:
    """Return the hours of the clock times of a text, by a clock of twelve hours."""
    return {int(hour) % 12 for hour in _CLOCK.findall(plain(text))}


def _read(text: str, language: Language, nearby: str) -> _Side:
    quantities = find_quantities(text, language)
    years = (q for q in quantities if q.form is Form.DIGITS and q.values <= _YEARS)
    # A year alone is no date, but it is what a changed year of the other side came from.
    bare = (
        DatePart(PartKind.YEAR, frozenset(map(int, q.values)), q.span, sure=False) for q in years
    )
    return _Side(
        text,
        (*find_date_parts(text, language), *bare),
        find_date_parts(nearby, language),
        quantities,
        language.ordinal_words,
        count_relative(text, language),
        bool(language.months),
    )


def _compare(source: _Side, target: _Side, kind: PartKind) -> Iterator[_Change]:
    lost, added = _unmatched(source, target, kind), _unmatched(target, source, kind)
    # A word that may be a date is one if the other side has a date that lacks its counterpart.
    while lost and added and (lost[0].sure or added[0].sure):
        yield _Change((lost.pop(0),), (added.pop(0),))
    # What stands nearby may have moved there, unless the neighbours of this side have it too.
    moved = _values(target.nearby, kind) ^ _values(source.nearby, kind)
    lost = [part for part in lost if not part.values & moved]
    added = [part for part in added if not part.values & moved]
    if kind in _NAMES and not (source.has_facts and target.has_facts):
        return
    # "on Friday" may rightly be "tomorrow", then the other side has one such word more.
    if target.relative <= source.relative:
        yield from (_Change((part,), ()) for part in lost if part.sure)
    if source.relative <= target.relative:
        yield from (_Change((), (part,)) for part in added if part.sure)


def _unmatched(side: _Side, other: _Side, kind: PartKind) -> list[DatePart]:
    """Return the parts of a kind that the other side does not have, sure ones first."""
    theirs = [part for part in other.parts if part.kind is kind]
    values = {value for part in theirs for value in part.values}
    if kind not in _NAMES:
        # "the 5th" and "in 2011" need no month beside them on the other side.
        values |= {int(v) for q in other.quantities for v in q.values}
    elif kind is PartKind.MONTH and not any(part.sure for part in theirs):
        digits = (q for q in other.quantities if q.form is Form.DIGITS)
        values |= {int(v) for q in digits for v in q.values}  # "9/2018"
    parts = [p for p in side.parts if p.kind is kind and not p.values & values]
    parts = [p for p in parts if kind not in _NAMES or not _is_kept(p, side, other)]
    return sorted(parts, key=lambda part: not part.sure)


def _values(parts: Sequence[DatePart], kind: PartKind) -> set[int]:
    return {value for part in parts if part.kind is kind for value in part.values}


def _is_kept(part: DatePart, side: _Side, other: _Side) -> bool:
    """Tell whether a name went over as it is ("The Sunday Times"), or as an ordinal."""
    word = part.span.of(side.text)
    ordinal = side.ordinals.get(word.lower())
    return word in other.text or any(
        Decimal(ordinal) in q.values and _is_ordinal(q, other.text)
        for q in other.quantities
        if ordinal is not None
    )


def _is_ordinal(quantity: Quantity, text: str) -> bool:
    """Tell whether a number is an ordinal: in words, or in digits with letters ("2nd")."""
    return quantity.form is Form.ORDINAL or text[quantity.span.end :][:1].isalpha()


def _merge(changes: Sequence[_Change]) -> Iterator[_Change]:
    """Join the changes that belong to one date, so that it is reported once."""
    ordered = sorted(changes, key=lambda c: (not c.old, (c.old or c.new)[0].span))
    run: _Change | None = None
    for change in ordered:
        if run and _adjoin(run.old, change.old) and _adjoin(run.new, change.new):
            run = _Change(_joined(run.old, change.old), _joined(run.new, change.new))
            continue
        if run:
            yield run
        run = change
    if run:
        yield run


def _adjoin(first: tuple[DatePart, ...], second: tuple[DatePart, ...]) -> bool:
    if not (first and second):
        return not (first or second)
    spans = sorted(part.span for part in (*first, *second))
    return all(b.start - a.end <= _NEAR for a, b in pairwise(spans))


def _joined(first: tuple[DatePart, ...], second: tuple[DatePart, ...]) -> tuple[DatePart, ...]:
    return tuple(sorted((*first, *second), key=lambda part: part.span))


def _mismatch(change: _Change, pair: Pair) -> Mismatch:
    old, new = _words(change.old, pair.source), _words(change.new, pair.target)
    if old and new:
        message = f"{old} became {new} in the translation."
    elif old:
        message = f"{old} has no counterpart in the translation."
    else:
        message = f"{new} has no counterpart in the source."
    names_only = all(part.kind in _NAMES for part in (*change.old, *change.new))
    return Mismatch(
        message,
        source=tuple(part.span for part in change.old),
        target=tuple(part.span for part in change.new),
        severity=Severity.MINOR if names_only and not (old and new) else None,
    )


def _words(parts: tuple[DatePart, ...], text: str) -> str:
    return Span(parts[0].span.start, parts[-1].span.end).of(text) if parts else ""


CHECK = Check(
    name="date",
    code="DATE",
    version=4,
    error_type=ErrorType.DATE,
    severity=Severity.MAJOR,
    confidence=0.9,
    find=find,
    examples=(
        Example(
            source="Parliament meets again on Saturday.",
            wrong="Quốc hội sẽ họp lại vào thứ Sáu.",
            right="Quốc hội sẽ họp lại vào thứ Bảy.",
        ),
        Example(
            source="The bridge was opened on March 12, 2011.",
            wrong="Cây cầu được khánh thành ngày 12 tháng 5 năm 2011.",
            right="Cây cầu được khánh thành ngày 12/3/2011.",
        ),
    ),
)
