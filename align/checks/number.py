"""Numbers that the translation lost, added or changed, compared by value.

Why it matters: a wrong figure reads as fluently as the right one, so a reviser's eye passes over
it, and a reader has no way to notice.
A language without facts is served too: its digits are compared, its number words are not known.
Known misses: small numbers in words that vanish ("three" lost); a changed number whose new value
stands elsewhere in the other text; numbers inside compounds that the language's endings do not
tell ("Dreimaster"). See tests/cases/number.toml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.dates import UNSPACED, DatePart, PartKind, count_relative, find_date_parts, plain
from align.finding import ErrorType, Severity
from align.measures import Measure, find_measures, is_converted, is_converted_heat
from align.numerals import Weight, readings
from align.quantities import Form, Quantity, find_centuries, find_quantities, find_rounded
from align.vectors import Relatedness
from align.zones import find_zones

_ROMAN = re.compile(r"(?<!\w)(?=[IVXL])(X{0,3}|XL|LX{0,3})(IX|IV|V?I{0,3})(?:e|º|ª)?(?!\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_LOUD_SCALE = 10**6
"""A scale without a count is only missed from here on: "hundreds" may be "nhiều", many."""
_SPELLED = 12
"""Style guides let numbers be words up to nine, ten or twelve."""
_ROUNDED = Decimal("0.05")
"""How far a rounded number may lie from the exact one, as a share of it."""
_CLEARLY = 10
"""From this ratio on a number in the same digits is an error of magnitude."""
_WESTERN_SCALES = frozenset(Decimal(10) ** power for power in (2, 3, 6, 9, 12))
_BESIDE = 30
"""Characters within which a number may be given in a second unit, in brackets."""
_YEARS = range(1000, 2101)
_LAST_HOUR = 24
_HALF_DAY = 720
"""Minutes after which a clock of twelve hours shows the same."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One text of the pair: its numbers, its dates, and all values that may be a counterpart."""

    is_target: bool
    quantities: tuple[Quantity, ...]
    rounded: tuple[Quantity, ...]
    measures: dict[Quantity, Measure]
    centuries: frozenset[Quantity]
    """Numbers that count centuries."""
    years: frozenset[Decimal]
    dates: tuple[DatePart, ...]
    relative: int
    zones: frozenset[int]
    """How many minutes the time zones that it names are ahead of Greenwich."""
    values: frozenset[Decimal]
    nearby: frozenset[Decimal]
    """The values of the sentences around it."""


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield each number of either side that has no counterpart of the same value."""
    if not (pair.source.strip() and pair.target.strip()):
        return
    source, target = _sides(pair)
    lost, added = _unmatched(source, target), _unmatched(target, source)
    for old, new in _changes(lost, added, pair):
        lost, added = [q for q in lost if q is not old], [q for q in added if q is not new]
        was, became = old.span.of(pair.source), new.span.of(pair.target)
        message = f"{was} became {became} in the translation."
        yield Mismatch(message, (old.span,), (new.span,), severity=_gravity(old, new))
    for quantity in (q for q in lost if _speaks(q, 1, target.relative - source.relative)):
        text = quantity.span.of(pair.source)
        message = f"{text} has no counterpart in the translation."
        severity = Severity.MINOR if _is_repeated(quantity, source, target) else None
        yield Mismatch(message, source=(quantity.span,), severity=severity)
    for quantity in (q for q in added if _speaks(q, 2, source.relative - target.relative)):
        text = quantity.span.of(pair.target)
        message = f"{text} has no counterpart in the source."
        severity = Severity.MINOR if _is_repeated(quantity, target, source) else None
        yield Mismatch(message, target=(quantity.span,), severity=severity)


def _gravity(old: Quantity, new: Quantity) -> Severity | None:
    """Return how grave a change is: a rounded figure is minor, a lost million critical."""
    was, became = max(old.values), max(new.values)
    low, high = sorted((was, became))
    if not low:
        return None
    if _digits(low) == _digits(high) and high / low >= _CLEARLY:
        return Severity.CRITICAL
    shorter = len(_digits(became)) < len(_digits(was))
    close = low > _SPELLED and (high - low) / was <= _ROUNDED
    return Severity.MINOR if shorter and close else None


def _sides(pair: Pair) -> tuple[_Side, _Side]:
    source = find_quantities(pair.source, pair.source_language)
    target = find_quantities(pair.target, pair.target_language)
    if not (pair.source_language.number_words and pair.target_language.number_words):
        myriads = bool(UNSPACED.search(pair.source + pair.target))
        source = tuple(_unspelled(q, pair.source, myriads) for q in source)
        target = tuple(_unspelled(q, pair.target, myriads) for q in target)
    return _side(pair, source, is_target=False), _side(pair, target, is_target=True)


def _side(pair: Pair, quantities: tuple[Quantity, ...], *, is_target: bool) -> _Side:
    text, language, nearby = (
        (pair.target, pair.target_language, pair.target_nearby)
        if is_target
        else (pair.source, pair.source_language, pair.source_nearby)
    )
    dates = find_date_parts(text, language)
    values = _values(quantities, dates)
    values |= {Decimal(_roman(match[1] + match[2])) for match in _ROMAN.finditer(text)}
    return _Side(
        is_target=is_target,
        quantities=quantities,
        rounded=find_rounded(text, language),
        measures={m.quantity: m for m in find_measures(text, language)},
        centuries=find_centuries(text, language),
        years=frozenset(v for q in quantities for v in q.values if v in _YEARS),
        dates=dates,
        relative=count_relative(text, language),
        zones=frozenset(ahead for zone in find_zones(text, language) for ahead in zone.offsets),
        values=frozenset(values),
        nearby=frozenset(
            _values(find_quantities(nearby, language), find_date_parts(nearby, language))
        ),
    )


def _values(quantities: Sequence[Quantity], dates: Sequence[DatePart]) -> set[Decimal]:
    """Return all values; "March" is "tháng 3", so a month's number may answer to a plain 3."""
    values = {v for q in quantities for v in q.values}
    return values | {Decimal(v) for d in dates if d.kind is not PartKind.WEEKDAY for v in d.values}


def _unspelled(quantity: Quantity, text: str, myriads: bool) -> Quantity:
    """Weaken a number for a language whose number words are not known.

    There "5" may be "fünf", and the scale of "19 Millionen" is not seen. In East Asia scales go
    by ten thousands ("12.5万", 125,000), so only the digits before the zeros are compared.
    """
    digits = re.match(r"\d[\d.,]*(?<=\d)", plain(quantity.span.of(text)))
    if digits is None:
        return replace(quantity, weight=Weight.MUTE)
    small = max(quantity.values) <= _SPELLED
    weight = min(quantity.weight, Weight.QUIET) if small else quantity.weight
    values = quantity.values | readings(digits.group())
    if myriads:
        values |= {Decimal("".join(map(str, _digits(v)))) for v in values}
    return replace(quantity, values=values, weight=weight)


def _roman(numeral: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    following = [*digits[1:], 0]
    return sum(-d if d < n else d for d, n in zip(digits, following, strict=True))


def _unmatched(side: _Side, other: _Side) -> list[Quantity]:
    # What stands nearby may have moved there, unless the neighbours of this side have it too.
    there = other.values | (other.nearby - side.nearby)
    numbers = [q for q in side.quantities if q.weight > Weight.MUTE and not q.values & there]
    excuses = (
        _is_rounded,
        _is_dated,
        _is_day_and_month,
        _is_converted,
        _is_century,
        _is_elsewhere,
        _is_loose,
    )
    return [q for q in numbers if not any(excuse(q, side, other) for excuse in excuses)]


def _is_rounded(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether the translation gives the original's number rounded, and says so: "gần 650"."""
    here = quantity in side.rounded
    return any(
        abs(a - b) <= _ROUNDED * a and (len(_digits(a)) < len(_digits(b))) is here
        for a in quantity.values
        for q in other.quantities
        for b in q.values
        if min(a, b) > _SPELLED and _is_whole(a) and _is_whole(b)
        if here is not (q in other.rounded) and here is side.is_target
    )


def _is_converted(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether one side gives the other's number in another unit: 6 miles, 10 km."""
    here = side.measures.get(quantity)
    theirs = other.measures.values()
    if here is None:
        return any(is_converted_heat(m, quantity) for m in theirs)
    bare = (q for q in other.quantities if q not in other.measures)
    return any(is_converted(here, m) for m in theirs) or any(
        is_converted_heat(here, q) for q in bare
    )


def _is_century(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether a century and its years face each other: the 1930s, "30. Jahre des 20. Jh."."""
    if quantity in side.centuries:
        return any(v == y // 100 + 1 for v in quantity.values for y in other.years)
    years = [v for v in quantity.values if v in _YEARS]
    centuries = {v for q in other.centuries for v in q.values}
    return any(not y % 100 and y // 100 + 1 in centuries for y in years)


def _is_elsewhere(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether an hour is that of the other side by the clock of another time zone."""
    return any(
        (60 * (there - here) - (ahead - behind)) % _HALF_DAY == 0
        for here in quantity.values
        for q in other.quantities
        for there in q.values
        if max(here, there) <= _LAST_HOUR
        for behind in side.zones
        for ahead in other.zones
        if ahead != behind
    )


def _is_repeated(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether a number only says in another unit what stands beside it: "6 m (18 feet)"."""
    here = side.measures.get(quantity)
    if here is None:
        return False
    beside = (m for m in side.measures.values() if m.quantity is not quantity)
    return any(
        m.dimensions & here.dimensions
        and not m.units & here.units
        and abs(m.span.start - here.span.start) <= _BESIDE
        and m.values & other.values
        for m in beside
    )


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _digits(value: Decimal) -> tuple[int, ...]:
    """Return the digits of a number without the zeros at its ends."""
    return value.normalize().as_tuple().digits


def _is_dated(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether a number is the date check's: "thứ 6" on a Friday, a year that changed."""
    weekdays = [d for d in side.dates if d.kind is PartKind.WEEKDAY]
    if any(quantity.span.overlaps(d.span) for d in weekdays):
        return any(d.kind is PartKind.WEEKDAY for d in other.dates)
    if not any(v in _YEARS for v in quantity.values):
        return False
    years = [d for d in other.dates if d.kind is PartKind.YEAR and d.sure]
    return any(not {Decimal(v) for v in year.values} & side.values for year in years)


def _is_day_and_month(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether a decimal is a date that the other side has in full: "30.9." in September."""
    days, months = (
        {str(value) for part in other.dates if part.kind is kind for value in part.values}
        for kind in (PartKind.DAY, PartKind.MONTH)
    )
    pairs = (str(value).split(".") for value in quantity.values)
    return any(
        len(pair) == 2 and pair[0] in days and pair[1].lstrip("0") in months for pair in pairs
    )


def _changes(
    lost: Sequence[Quantity], added: Sequence[Quantity], pair: Pair
) -> list[tuple[Quantity, Quantity]]:
    """Pair what is missing on one side with what is new on the other, likest first."""
    ranked = sorted(
        (-_likeness(old, new, pair), i, j)
        for i, old in enumerate(lost)
        for j, new in enumerate(added)
        if _comparable(old, new)
    )
    pairs: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(lost[i], added[j]) for i, j in sorted(pairs.items())]


def _comparable(old: Quantity, new: Quantity) -> bool:
    """Tell whether one number may stand for the other: written alike, or alike in size."""
    if {old.form, new.form} == {Form.VAGUE} and _is_custom(old, new):
        return False
    if old.form is new.form:
        return True
    large = min(max(old.values), max(new.values)) >= 1000
    alike = large or Form.VAGUE in {old.form, new.form} or _length(old) == _length(new)
    return alike and max(old.weight, new.weight) is Weight.LOUD


def _is_loose(quantity: Quantity, side: _Side, other: _Side) -> bool:
    """Tell whether the other side says as loosely how many: "millions", "lakhs"."""
    return quantity.form is Form.VAGUE and any(
        q.form is Form.VAGUE and _is_custom(quantity, q) for q in other.quantities
    )


def _is_custom(old: Quantity, new: Quantity) -> bool:
    """Tell whether two languages may say the same loosely: "millions", "lakhs"."""
    low, high = sorted((max(old.values), max(new.values)))
    return high / low <= _CLEARLY and bool({low, high} - _WESTERN_SCALES)


def _likeness(old: Quantity, new: Quantity, pair: Pair) -> float:
    place = abs(old.span.start / len(pair.source) - new.span.start / len(pair.target))
    return _related(old.span, new.span, pair.related) - place - abs(_length(old) - _length(new))


def _length(quantity: Quantity) -> int:
    """Return how many digits the number has before its decimals."""
    return len(str(int(max(quantity.values))))


def _related(source: Span, target: Span, related: Relatedness | None) -> float:
    if related is None:
        return 0.0
    rows, columns = related.source_indices(source), related.target_indices(target)
    if not (rows and columns):
        return 0.0
    return float(related.matrix[rows][:, columns].max())


def _speaks(quantity: Quantity, floor: int, relative: int) -> bool:
    """Tell whether a number without a counterpart is an error by itself.

    "một" and "hai" come and go with the grammar ("2 người", both of them), also as digits, and
    "in 2016" may be "last year", then the other side has one such time more.
    """
    if quantity.form is Form.VAGUE:
        return max(quantity.values) >= _LOUD_SCALE
    if relative > 0 and all(v in _YEARS for v in quantity.values):
        return False
    return quantity.weight is Weight.LOUD and not quantity.values <= {Decimal(1), Decimal(floor)}


CHECK = Check(
    name="number",
    code="NUM",
    version=3,
    error_type=ErrorType.NUMBER,
    severity=Severity.MAJOR,
    confidence=0.9,
    find=find,
    examples=(
        Example(
            source="The quake killed 1,200 people.",
            wrong="Trận động đất làm 12.000 người chết.",
            right="Trận động đất làm 1.200 người chết.",
        ),
        Example(
            source="The programme costs 1.5 billion dollars.",
            wrong="Chương trình này tốn 1,5 triệu đô la.",
            right="Chương trình này tốn 1,5 tỷ đô la.",
        ),
    ),
)
